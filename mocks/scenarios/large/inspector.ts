import {covered, type InspectorState, image, instance, packageFinding, quietInspector} from '../../services/inspector-state.js';
import {hostAdvisories, imageAdvisories} from '../advisories.js';
import type {Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const total = 75_000;
const perResource = 40;

/** Seventy-five thousand findings over three Regions: forty on each host or image, each of another vulnerability. */
export const populate: Populate<InspectorState> = place => {
	const chance = place.random('inspector');
	const count = shareOf(place.awsRegion, total);
	const resources = Array.from({length: Math.ceil(count / perResource)}, (_, index) => {
		const name = bigName(chance, index);
		return index % 2 === 0 ? instance(place, name) : image(place, name, `1.${index}.0`, index % 7);
	});
	return {
		...quietInspector(),
		coverage: resources.map(({id = '', tags}, index) =>
			covered(id, 'PACKAGE', index % 40 === 7 ? 'NO_INVENTORY' : 'SUCCESSFUL', {
				lastScannedAt: place.hoursAgo(3),
				...(tags && {resourceMetadata: {ec2: {tags, platform: 'LINUX'}}}),
			}),
		),
		findings: Array.from({length: count}, (_, index) => {
			const resource = resources[Math.floor(index / perResource)] ?? instance(place, 'spare');
			const advisory = chance.pick(resource.type === 'AWS_EC2_INSTANCE' ? hostAdvisories : imageAdvisories);
			return packageFinding(
				place,
				{...advisory, id: `CVE-${2019 + (index % 7)}-${1000 + (index % 48_000)}`},
				{
					resource,
					firstDaysAgo: chance.between(1, 300),
					// None is of the last minutes, so that a steady refresh finds nothing new.
					updatedHoursAgo: 0.5 + chance.next() * 700,
					...(chance.chance(0.05) && {status: 'SUPPRESSED' as const}),
				},
			);
		}),
	};
};
