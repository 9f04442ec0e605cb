import {defineService, type Kind} from '../../model/index.js';
import {type Group, groupType} from './rules/group.js';
import {groupRules} from './rules/index.js';

const size = ({desiredCapacity, minSize, maxSize, desiredCapacityType = 'units'}: Group): string | undefined =>
	desiredCapacity === undefined
		? undefined
		: `${desiredCapacity} (${minSize ?? '?'} to ${maxSize ?? '?'})${desiredCapacityType === 'units' ? '' : ` ${desiredCapacityType}`}`;

const launch = ({launchTemplate, launchConfigurationName}: Group): string | undefined =>
	launchTemplate === undefined
		? launchConfigurationName
		: [launchTemplate.name ?? launchTemplate.id, launchTemplate.version].filter(part => part !== undefined).join(' version ');

const behind = ({targetGroupArns, loadBalancerNames, latticeTargetGroupArns}: Group): string | undefined =>
	[...targetGroupArns.map(arn => arn.split('/')[1] ?? arn), ...loadBalancerNames, ...latticeTargetGroupArns].join(', ') || undefined;

const groups: Kind<Group> = {
	resourceType: groupType,
	title: 'Auto Scaling groups',
	columns: [
		{title: 'Size', value: ({configuration}) => size(configuration)},
		{title: 'Zones', value: ({configuration}) => configuration.zones?.length},
		{title: 'Health', value: ({configuration}) => configuration.healthCheckTypes?.join(', ')},
		{title: 'Behind', value: ({configuration}) => behind(configuration)},
	],
	facts: [
		{title: 'Size', value: ({configuration}) => size(configuration)},
		{title: 'Zones', value: ({configuration}) => configuration.zones?.join(', ')},
		{title: 'Subnets', value: ({configuration}) => configuration.subnetIds.join(', ') || undefined},
		{title: 'Health checks', value: ({configuration}) => configuration.healthCheckTypes?.join(', ')},
		{title: 'Grace in seconds', value: ({configuration}) => configuration.healthCheckGraceSeconds},
		{title: 'Target groups', value: ({configuration}) => configuration.targetGroupArns.join(', ') || undefined},
		{title: 'Classic load balancers', value: ({configuration}) => configuration.loadBalancerNames.join(', ') || undefined},
		{title: 'VPC Lattice', value: ({configuration}) => configuration.latticeTargetGroupArns.join(', ') || undefined},
		{title: 'Launches from', value: ({configuration}) => launch(configuration)},
		{title: 'Suspended', value: ({configuration}) => configuration.suspended?.map(({process}) => process).join(', ') || undefined},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Made', value: ({configuration: {createdAt}}) => (createdAt === undefined ? undefined : {at: createdAt})},
	],
	rules: groupRules,
	consolePath: ({resourceName, awsRegion}) =>
		`ec2/home?region=${awsRegion}#AutoScalingGroupDetails:id=${encodeURIComponent(resourceName)};view=details`,
};

export const autoscaling = defineService({
	id: 'autoscaling',
	title: 'Auto Scaling',
	group: 'edge',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 3 * 60_000}},
	iamPrefix: 'autoscaling',
	operations: {
		DescribeAutoScalingGroups: {
			requestsPerSecond: 10,
			answers: ['AutoScalingGroups'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: 'AWS publishes no rate for the Auto Scaling API: a guess, that of Elastic Load Balancing',
		},
	},
	kinds: [groups],
	load: async () => import('./collect.js'),
});
