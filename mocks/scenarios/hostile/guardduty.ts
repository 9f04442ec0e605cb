import {byUpdate, type GuardDutyState, guardDutyFinding, quietGuardDuty} from '../../services/guardduty-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** A finding for every hostile string, in all places where an attacker chooses what stands there: names, tags, domains, agents. */
export const populate: Populate<GuardDutyState> = place => {
	const quiet = quietGuardDuty();
	return {
		...quiet,
		detector: quiet.detector && {...quiet.detector, tags: Object.fromEntries(hostileStrings.slice(0, 20).map(text => [text, text]))},
		findings: byUpdate(
			hostileStrings.map((text, index) =>
				guardDutyFinding(place, `hostile-${index}`, {
					type: index % 5 === 4 ? text : 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
					severity: [2, 5, 8, 9.5, 0][index % 5] ?? 5,
					title: index === 0 ? hostileMegabyte : text,
					description: hostileAt(index + 1),
					resource: {
						ResourceType: 'Instance',
						InstanceDetails: {InstanceId: hostileAt(index + 2), Tags: [{Key: 'Name', Value: text}]},
					},
					createdHoursAgo: index,
					service: {
						AdditionalInfo: {Value: text, Type: text},
						Action: {ActionType: text, DnsRequestAction: {Domain: text}},
					},
				}),
			),
		),
		coverage: hostileStrings.map((text, index) => ({
			ResourceId: `i-${index}`,
			CoverageStatus: 'UNHEALTHY',
			Issue: text,
			ResourceDetails: {ResourceType: 'EC2', Ec2InstanceDetails: {InstanceId: text}},
		})),
	};
};
