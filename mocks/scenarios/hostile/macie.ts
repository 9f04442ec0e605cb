import {byUpdate, classificationFinding, type MacieState, macieBucket, policyFinding, quietMacie} from '../../services/macie-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** Findings and buckets for every hostile string: object keys are the attacker's to choose, and so are users and identifiers. */
export const populate: Populate<MacieState> = place => ({
	...quietMacie(),
	resultsBucket: hostileAt(0),
	buckets: hostileStrings.map((text, index) =>
		macieBucket(place, text, {tags: [{key: text, value: hostileAt(index + 1)}], errorMessage: text}),
	),
	findings: byUpdate(
		hostileStrings.flatMap((text, index) => [
			classificationFinding(place, `hostile-${index}`, {
				type: 'SensitiveData:S3Object/Multiple',
				severity: 'High',
				bucket: hostileAt(index + 1),
				key: index === 0 ? hostileMegabyte : text,
				category: 'PERSONAL_INFORMATION',
				found: [[text, 3]],
				custom: [[hostileAt(index + 2), 1]],
				createdHoursAgo: index,
			}),
			policyFinding(place, `hostile-policy-${index}`, {
				type: 'Policy:IAMUser/S3BucketPublic',
				severity: 'Medium',
				bucket: text,
				createdHoursAgo: index,
				api: text,
				user: hostileAt(index + 3),
				ip: text,
			}),
		]),
	),
});
