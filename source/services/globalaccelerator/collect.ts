import {
	DescribeAcceleratorAttributesCommand,
	GlobalAcceleratorClient,
	ListAcceleratorsCommand,
	ListEndpointGroupsCommand,
	ListListenersCommand,
} from '@aws-sdk/client-global-accelerator';
import {type Aws, type CommandOutput, defineCollector, type Resource, type Yielded} from '../../model/index.js';
import {type Accelerator, acceleratorType, type EndpointGroup, type FlowLogs, type Listener} from './rules/accelerator.js';

const commands = {
	ListAccelerators: ListAcceleratorsCommand,
	ListListeners: ListListenersCommand,
	ListEndpointGroups: ListEndpointGroupsCommand,
	DescribeAcceleratorAttributes: DescribeAcceleratorAttributesCommand,
};
type GlobalAccelerator = Aws<typeof commands>;
type Facts = ReturnType<GlobalAccelerator['facts']>;

type Listed = NonNullable<CommandOutput<typeof ListAcceleratorsCommand>['Accelerators']>[number];
type ListedListener = NonNullable<CommandOutput<typeof ListListenersCommand>['Listeners']>[number];
type ListedGroup = NonNullable<CommandOutput<typeof ListEndpointGroupsCommand>['EndpointGroups']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/** Undefined where an endpoint has no id: then the group is not whole. */
const toGroup = (group: ListedGroup, arn: string): EndpointGroup | undefined => {
	const {EndpointGroupRegion, TrafficDialPercentage, HealthCheckProtocol, EndpointDescriptions} = group;
	const endpoints = EndpointDescriptions?.flatMap(({EndpointId, Weight, HealthState, ClientIPPreservationEnabled}) =>
		EndpointId === undefined
			? []
			: {
					endpointId: EndpointId,
					...present({weight: Weight, health: HealthState, preservesClientIp: ClientIPPreservationEnabled}),
				},
	);
	return endpoints === undefined || endpoints.length !== EndpointDescriptions?.length
		? undefined
		: {
				arn,
				...present({
					awsRegion: EndpointGroupRegion,
					trafficDialPercentage: TrafficDialPercentage,
					healthCheckProtocol: HealthCheckProtocol,
				}),
				endpoints,
			};
};

const readGroups = async (facts: Facts, listenerArn: string): Promise<readonly EndpointGroup[] | undefined> => {
	const pages = await facts.attemptPages('ListEndpointGroups', {ListenerArn: listenerArn, MaxResults: 100});
	const groups: EndpointGroup[] = [];
	for (const group of pages?.flatMap(({EndpointGroups}) => EndpointGroups ?? []) ?? []) {
		const read = group.EndpointGroupArn === undefined ? undefined : toGroup(group, group.EndpointGroupArn);
		if (read === undefined) {
			facts.missing('ListEndpointGroups', 'EndpointGroupArn or EndpointDescriptions');
			return undefined;
		}

		groups.push(read);
	}

	return pages ? groups : undefined;
};

const toListener = (listener: ListedListener, arn: string, groups: readonly EndpointGroup[]): Listener => ({
	arn,
	ports: (listener.PortRanges ?? []).map(({FromPort, ToPort}) =>
		FromPort === ToPort ? `${FromPort ?? '?'}` : `${FromPort ?? '?'}-${ToPort ?? '?'}`,
	),
	...present({protocol: listener.Protocol, clientAffinity: listener.ClientAffinity}),
	groups,
});

/** All or nothing: an endpoint that is not seen may be the healthy one, or the one that sees no visitor. */
const readListeners = async (facts: Facts, acceleratorArn: string): Promise<readonly Listener[] | undefined> => {
	const pages = await facts.attemptPages('ListListeners', {AcceleratorArn: acceleratorArn, MaxResults: 100});
	const listeners: Listener[] = [];
	for (const listener of pages?.flatMap(({Listeners}) => Listeners ?? []) ?? []) {
		if (listener.ListenerArn === undefined) {
			facts.missing('ListListeners', 'ListenerArn');
			return undefined;
		}

		const groups = await readGroups(facts, listener.ListenerArn);
		if (groups === undefined) {
			return undefined;
		}

		listeners.push(toListener(listener, listener.ListenerArn, groups));
	}

	return pages ? listeners : undefined;
};

const readFlowLogs = async (facts: Facts, acceleratorArn: string): Promise<FlowLogs | null | undefined> => {
	const answer = await facts.attempt('DescribeAcceleratorAttributes', {AcceleratorArn: acceleratorArn});
	const {FlowLogsEnabled, FlowLogsS3Bucket, FlowLogsS3Prefix} = answer?.AcceleratorAttributes ?? {};
	return FlowLogsEnabled === undefined ? undefined : FlowLogsEnabled ? present({bucket: FlowLogsS3Bucket, prefix: FlowLogsS3Prefix}) : null;
};

const toResource = async (aws: GlobalAccelerator, arn: string, accelerator: Listed): Promise<Resource<Accelerator>> => {
	const facts = aws.facts();
	const [listeners, flowLogs] = await Promise.all([readListeners(facts, arn), readFlowLogs(facts, arn)]);
	return {
		arn,
		resourceType: acceleratorType,
		resourceId: arn.slice(arn.lastIndexOf('/') + 1),
		resourceName: accelerator.Name || accelerator.DnsName || arn,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: present({
			enabled: accelerator.Enabled,
			status: accelerator.Status,
			ipAddressType: accelerator.IpAddressType,
			ipAddresses: accelerator.IpSets?.flatMap(({IpAddresses}) => IpAddresses ?? []),
			dnsName: accelerator.DnsName,
			dualStackDnsName: accelerator.DualStackDnsName,
			createdAt: accelerator.CreatedTime,
			lastModifiedAt: accelerator.LastModifiedTime,
			listeners,
			flowLogs,
		}),
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

type Identified = {readonly arn: string; readonly accelerator: Listed};

export const collector = defineCollector({
	client: GlobalAcceleratorClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		let complete = true;
		async function* listed(): AsyncGenerator<Identified, void, undefined> {
			for await (const {Accelerators = []} of aws.pages('ListAccelerators', {MaxResults: 100})) {
				for (const accelerator of Accelerators) {
					// Which it is, and whether the rest matters: an entry without these is not AWS's, and what was known of it stays.
					const lacking = (['AcceleratorArn', 'Name', 'Enabled'] as const).find(member => accelerator[member] === undefined);
					if (lacking !== undefined || accelerator.AcceleratorArn === undefined) {
						aws.facts().missing('ListAccelerators', lacking ?? 'AcceleratorArn');
						complete = false;
					} else {
						yield {arn: accelerator.AcceleratorArn, accelerator};
					}
				}
			}
		}

		for await (const resource of aws.each(listed(), async ({arn, accelerator}) => toResource(aws, arn, accelerator))) {
			yield {yields: 'resource', resource};
		}

		if (complete) {
			yield {yields: 'complete', of: acceleratorType};
		}
	},
});
