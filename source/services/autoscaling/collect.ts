import {AutoScalingClient, DescribeAutoScalingGroupsCommand} from '@aws-sdk/client-auto-scaling';
import {type Aws, type CommandOutput, defineCollector, type Resource, type Yielded} from '../../model/index.js';
import {type Group, groupType} from './rules/group.js';

const commands = {DescribeAutoScalingGroups: DescribeAutoScalingGroupsCommand};
type AutoScaling = Aws<typeof commands>;
type Entry = NonNullable<CommandOutput<typeof DescribeAutoScalingGroupsCommand>['AutoScalingGroups']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

const split = (text: string | undefined): readonly string[] =>
	(text ?? '')
		.split(',')
		.map(part => part.trim())
		.filter(part => part !== '');

const toGroup = (entry: Entry): Group => {
	const {TrafficSources: sources = []} = entry;
	const template = entry.LaunchTemplate ?? entry.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
	const types = split(entry.HealthCheckType);
	const of = (sort: string): readonly string[] =>
		sources.flatMap(({Identifier, Type}) => (Type === sort && Identifier !== undefined ? [Identifier] : []));
	return {
		subnetIds: split(entry.VPCZoneIdentifier),
		// Traffic sources are the newer way to say the same; a group may have been told of either.
		targetGroupArns: [...new Set([...(entry.TargetGroupARNs ?? []), ...of('elbv2')])].sort(),
		loadBalancerNames: [...new Set([...(entry.LoadBalancerNames ?? []), ...of('elb')])].sort(),
		latticeTargetGroupArns: [...of('vpc-lattice')].sort(),
		...present({
			status: entry.Status,
			zones: entry.AvailabilityZones && [...entry.AvailabilityZones].sort(),
			healthCheckTypes: types.length === 0 ? undefined : types,
			healthCheckGraceSeconds: entry.HealthCheckGracePeriod,
			minSize: entry.MinSize,
			maxSize: entry.MaxSize,
			desiredCapacity: entry.DesiredCapacity,
			desiredCapacityType: entry.DesiredCapacityType,
			launchTemplate: template && present({id: template.LaunchTemplateId, name: template.LaunchTemplateName, version: template.Version}),
			launchConfigurationName: entry.LaunchConfigurationName,
			suspended: (entry.SuspendedProcesses ?? []).every(({ProcessName}) => ProcessName !== undefined)
				? (entry.SuspendedProcesses ?? []).map(({ProcessName = '', SuspensionReason}) => ({
						process: ProcessName,
						...present({reason: SuspensionReason}),
					}))
				: undefined,
			createdAt: entry.CreatedTime,
		}),
	};
};

const toResource = ({accountId, awsRegion}: AutoScaling, arn: string, entry: Entry): Resource<Group> => {
	// Its ARN ends in the name, behind an id that nobody sees elsewhere.
	const name = entry.AutoScalingGroupName ?? arn.split(':autoScalingGroupName/').at(-1) ?? arn;
	return {
		arn,
		resourceType: groupType,
		resourceId: name,
		resourceName: name,
		accountId,
		awsRegion,
		tags: Object.fromEntries((entry.Tags ?? []).flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? '']]))),
		configuration: toGroup(entry),
		unread: {},
		readAt: {},
	};
};

// Instances come and go all day; EC2 tells of them, with the group that each belongs to.
const everything = {MaxRecords: 100, IncludeInstances: false} as const;

export const collector = defineCollector({
	client: AutoScalingClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		let complete = true;
		for await (const {AutoScalingGroups = []} of aws.pages('DescribeAutoScalingGroups', everything)) {
			for (const entry of AutoScalingGroups) {
				if (entry.AutoScalingGroupARN === undefined) {
					aws.facts().missing('DescribeAutoScalingGroups', 'AutoScalingGroupARN');
					complete = false;
				} else {
					yield {yields: 'resource', resource: toResource(aws, entry.AutoScalingGroupARN, entry)};
				}
			}
		}

		if (complete) {
			yield {yields: 'complete', of: groupType};
		}
	},
});
