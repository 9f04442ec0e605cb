import {type Inputs, type Joined, listed} from '../../../model/index.js';
import type {Group} from '../../../services/autoscaling/rules/group.js';
import type {LoadBalancer} from '../../../services/elbv2/rules/load-balancer.js';
import {doubtsOf, missing, no, notAsked, type Standing, unknown, yes} from '../standing.js';

// BP7: Auto Scaling over two zones behind the load balancer.

const minimumZones = 2;

/** What keeps a group from absorbing a flood; empty where nothing does. */
const lacks = ({zones, healthCheckTypes, minSize, maxSize}: Group): readonly string[] => [
	...(zones !== undefined && zones.length < minimumZones ? [`stands in ${zones.join(', ') || 'no zone'} alone`] : []),
	...(healthCheckTypes !== undefined && !healthCheckTypes.includes('ELB') ? ['does not ask the load balancer for health'] : []),
	...(maxSize !== undefined && maxSize === minSize ? [`is fixed at ${maxSize}`] : []),
];

const untold = ({zones, healthCheckTypes}: Group): string | undefined =>
	zones === undefined || zones.length === 0 ? 'zones' : healthCheckTypes === undefined ? 'health checks' : undefined;

/** A group, said once however many load balancers it stands behind. */
type Known = {readonly weak?: string; readonly untold?: string; readonly told: string};

const toKnown = ({resource: {resourceName, configuration}}: Joined<Group>): Known => {
	const lacking = lacks(configuration);
	const missed = untold(configuration);
	return {
		...(lacking.length > 0 && {weak: `${resourceName} ${lacking.join(', ')}`}),
		...(missed !== undefined && {untold: `AWS did not tell the ${missed} of ${resourceName}`}),
		told: `${resourceName} in ${configuration.zones?.length ?? 0} zones`,
	};
};

/** Whether what stands behind a load balancer grows with what comes. */
export type Scaling = (loadBalancer: Joined<LoadBalancer>) => Standing;

export const readScaling = (inputs: Inputs): Scaling => {
	const byTargetGroup = new Map<string, Known[]>();
	for (const group of inputs.of<Group>('AWS::AutoScaling::AutoScalingGroup')) {
		// One with a status is being deleted.
		if (group.resource.configuration.status === undefined) {
			const known = toKnown(group);
			for (const arn of group.resource.configuration.targetGroupArns) {
				const others = byTargetGroup.get(arn);
				if (others === undefined) {
					byTargetGroup.set(arn, [known]);
				} else {
					others.push(known);
				}
			}
		}
	}

	return ({resource}) => {
		const {targetGroupArns, targetTypes} = resource.configuration;
		if (targetGroupArns === undefined) {
			return unknown(missing(resource, 'its target groups', 'DescribeTargetGroups'));
		}

		if (targetGroupArns.length === 0) {
			return notAsked('it has no target groups: nothing stands behind it');
		}

		const lists = targetGroupArns.flatMap(arn => {
			const list = byTargetGroup.get(arn);
			return list === undefined ? [] : [list];
		});
		const groups = lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())];
		const weak = groups.flatMap(group => group.weak ?? []);
		if (weak.length > 0) {
			return no(listed(weak));
		}

		const odd = groups.find(group => group.untold !== undefined)?.untold;
		if (odd !== undefined) {
			return unknown({because: odd});
		}

		if (groups.length > 0) {
			return yes(`Auto Scaling stands behind it: ${listed(groups.map(({told}) => told))}`);
		}

		if (targetTypes !== undefined && targetTypes.length > 0 && !targetTypes.includes('instance')) {
			return notAsked(`its targets are ${targetTypes.join(', ')}, which no Auto Scaling group runs`);
		}

		const doubts = doubtsOf(inputs.gap('autoscaling', ['DescribeAutoScalingGroups'], resource.awsRegion));
		if (doubts.length > 0) {
			return unknown(...doubts);
		}

		return targetTypes === undefined
			? unknown(missing(resource, 'what its targets are', 'DescribeTargetGroups'))
			: no('no Auto Scaling group stands behind its target groups');
	};
};
