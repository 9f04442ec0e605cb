import {type AutoScalingGroup, DescribeAutoScalingGroupsCommand} from '@aws-sdk/client-auto-scaling';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {AsgGroup, AsgState} from './autoscaling-state.js';

// Behaviour is that of https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html.

const launchOf = (one: AsgGroup): Partial<AutoScalingGroup> => {
	if (one.launchTemplate === undefined) {
		return one.launchConfiguration === undefined ? {} : {LaunchConfigurationName: one.launchConfiguration};
	}
	const template = {
		LaunchTemplateId: `lt-0${one.id.replaceAll('-', '').slice(0, 16)}`,
		LaunchTemplateName: one.launchTemplate,
		Version: '$Latest',
	};
	return one.mixed
		? {MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: template, Overrides: [{InstanceType: 'm7g.large'}]}}}
		: {LaunchTemplate: template};
};

const entryOf = (one: AsgGroup, context: Context<AsgState>): AutoScalingGroup => ({
	AutoScalingGroupName: one.name,
	AutoScalingGroupARN: context.arn(`autoScalingGroup:${one.id}:autoScalingGroupName/${one.name}`),
	...launchOf(one),
	MinSize: one.minSize,
	MaxSize: one.maxSize,
	DesiredCapacity: one.desiredCapacity,
	DefaultCooldown: 300,
	AvailabilityZones: [...one.zones],
	LoadBalancerNames: [...one.loadBalancerNames],
	TargetGroupARNs: [...one.targetGroupArns],
	HealthCheckType: one.healthCheckType,
	HealthCheckGracePeriod: 300,
	CreatedTime: one.createdTime,
	SuspendedProcesses: [...one.suspended],
	VPCZoneIdentifier: one.subnetIds.join(','),
	EnabledMetrics: [],
	...(one.status !== undefined && {Status: one.status}),
	Tags: Object.entries(one.tags).map(([Key, Value]) => ({
		ResourceId: one.name,
		ResourceType: 'auto-scaling-group',
		Key,
		Value,
		PropagateAtLaunch: true,
	})),
	TerminationPolicies: ['Default'],
	NewInstancesProtectedFromScaleIn: false,
	TrafficSources: [
		...one.targetGroupArns.map(arn => ({Identifier: arn, Type: 'elbv2'})),
		...one.loadBalancerNames.map(name => ({Identifier: name, Type: 'elb'})),
		...one.trafficSources,
	],
});

export const autoscaling = defineMockService({
	id: 'autoscaling',
	signingName: 'autoscaling',
	protocol: {name: 'awsQuery', version: '2011-01-01', xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/'},
	errors: {
		validation: 'ValidationError',
		invalidToken: 'InvalidNextToken',
		throttled: {name: 'Throttling', httpStatus: 400, message: 'Rate exceeded'},
		denied: {name: 'AccessDenied', httpStatus: 403},
		regionOff: {name: 'InvalidClientTokenId', httpStatus: 403, message: 'The security token included in the request is invalid'},
	},
	empty: (): AsgState => ({groups: [], refused: {}}),
	commands: {DescribeAutoScalingGroups: DescribeAutoScalingGroupsCommand},
	handlers: {
		DescribeAutoScalingGroups: (input, context) => {
			const reason = context.state.refused[context.operation];
			if (reason !== undefined) throw context.denied(undefined, reason);
			const names = input.AutoScalingGroupNames ?? [];
			const wanted = context.state.groups.filter(({name}) => names.length === 0 || names.includes(name));
			// "The default value is 50 and the maximum value is 100."
			const {page, token} = context.paginate(wanted, input, {
				token: 'NextToken',
				limit: 'MaxRecords',
				defaultLimit: 50,
				maximumLimit: 100,
			});
			const entries = page.map(one => entryOf(one, context));
			return {
				// Left out when not asked for; the mock has no instances.
				AutoScalingGroups: input.IncludeInstances === false ? entries : entries.map(entry => ({...entry, Instances: []})),
				...(token !== undefined && {NextToken: token}),
			};
		},
	},
});
