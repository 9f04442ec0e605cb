import {byUpdate, classificationFinding, type MacieState, macieBucket, policyFinding, quietMacie} from '../../services/macie-state.js';
import type {Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const total = 5000;

/** Five thousand findings and four hundred buckets over three Regions. */
export const populate: Populate<MacieState> = place => {
	const chance = place.random('macie');
	const buckets = Array.from({length: shareOf(place.awsRegion, 400)}, (_, index) => bigName(chance, index).replace('/', '-'));
	const bucketAt = (index: number): string => buckets[index % buckets.length] ?? 'spare';
	return {
		...quietMacie(),
		buckets: buckets.map((name, index) => macieBucket(place, name, {sensitivityScore: index % 9 === 0 ? 80 : 1})),
		findings: byUpdate(
			Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => {
				// Macie keeps findings for 90 days; none is of the last minutes, so that a steady refresh finds nothing new.
				const createdHoursAgo = 0.5 + chance.next() * 2100;
				const archived = chance.chance(0.25) ? ({archived: true} as const) : {};
				return index % 5 === 0
					? policyFinding(place, `large/${index}`, {
							type: 'Policy:IAMUser/S3BucketSharedExternally',
							severity: 'High',
							bucket: bucketAt(index),
							createdHoursAgo,
							api: 'PutBucketPolicy',
							user: `user-${index % 300}`,
							...archived,
						})
					: classificationFinding(place, `large/${index}`, {
							type: 'SensitiveData:S3Object/Personal',
							severity: chance.pick(['Low', 'Medium', 'Medium', 'High']),
							bucket: bucketAt(index),
							key: `data/${index}.csv`,
							category: 'PERSONAL_INFORMATION',
							found: [['NAME', chance.between(1, 9000)]],
							createdHoursAgo,
							...archived,
						});
			}),
		),
	};
};
