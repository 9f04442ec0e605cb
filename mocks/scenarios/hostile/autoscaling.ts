import {type AsgState, group} from '../../services/autoscaling-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** Names of groups may hold nearly anything: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
export const populate: Populate<AsgState> = place => ({
	groups: [
		...hostileStrings.map((text, index) => ({
			...group(place, `hostile-${index}`, {
				healthCheckType: index % 2 === 0 ? 'EC2' : hostileAt(index + 1),
				loadBalancerNames: [hostileAt(index + 2)],
				launchTemplate: hostileAt(index + 3),
				suspended: [{ProcessName: 'Launch', SuspensionReason: text}],
				tags: {[`owner ${text}`.slice(0, 128)]: text},
			}),
			name: text === '' ? ' ' : text,
		})),
		group(place, 'long', {launchTemplate: hostileMegabyte}),
	],
	refused: {},
});
