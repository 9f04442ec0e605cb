import {controlFinding, quietSecurityHub, type SecurityHubState} from '../../services/securityhub-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** A finding for every hostile string, in all places where an attacker or a careless integration chooses what stands there. */
export const populate: Populate<SecurityHubState> = place => ({
	...quietSecurityHub(),
	standards: hostileStrings.map(text => ({name: text, status: 'READY' as const})),
	administrator: {accountId: hostileAt(1), status: hostileAt(2)},
	findings: hostileStrings.map((text, index) =>
		controlFinding(place, index % 5 === 4 ? text : 'S3.2', `hostile-${index}`, {
			resource: index % 3 === 0 ? text : `arn:aws:s3:::${text}`,
			type: index % 4 === 0 ? text : 'AwsS3Bucket',
			title: index === 0 ? hostileMegabyte : text,
			description: hostileAt(index + 1),
			annotation: hostileAt(index + 2),
			severity: 'HIGH',
		}),
	),
});
