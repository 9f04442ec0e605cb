import {type GuardDutyState, guardDutyFinding, quietGuardDuty} from '../../services/guardduty-state.js';
import type {Populate} from '../scenario.js';

/** Everything on, everything reporting; what was found was dealt with and archived. */
export const populate: Populate<GuardDutyState> = place => ({
	...quietGuardDuty(),
	findings:
		place.awsRegion === 'us-east-1'
			? [
					guardDutyFinding(place, 'archived', {
						type: 'Recon:EC2/PortProbeUnprotectedPort',
						severity: 2,
						title: 'Unprotected port on EC2 instance i-0f3b9c2d4e5a60718 is being probed.',
						resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-0f3b9c2d4e5a60718'}},
						createdHoursAgo: 700,
						archived: true,
					}),
				]
			: [],
	coverage: [
		{
			ResourceId: 'i-0f3b9c2d4e5a60718',
			CoverageStatus: 'HEALTHY',
			ResourceDetails: {ResourceType: 'EC2', Ec2InstanceDetails: {InstanceId: 'i-0f3b9c2d4e5a60718', InstanceType: 't4g.small'}},
			UpdatedAt: place.hoursAgo(2),
		},
	],
});
