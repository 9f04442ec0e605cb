import {
	type Accelerator,
	AcceleratorStatus,
	DescribeAcceleratorAttributesCommand,
	HealthState,
	ListAcceleratorsCommand,
	ListEndpointGroupsCommand,
	ListListenersCommand,
} from '@aws-sdk/client-global-accelerator';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {GaAccelerator, GaListener, GaState} from './globalaccelerator-state.js';

// Behaviour is that of https://docs.aws.amazon.com/global-accelerator/latest/api/Welcome.html.

type Ga = Context<GaState>;

const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 10, maximumLimit: 100} as const;

const allowed = (one: GaAccelerator, context: Ga): GaAccelerator => {
	const reason = one.refused[context.operation];
	if (reason !== undefined) throw context.denied(one.arn, reason);
	return one;
};

const acceleratorOf = (arn: string | undefined, context: Ga): GaAccelerator => {
	const one = context.state.accelerators.find(other => other.arn === arn);
	if (one === undefined) throw new AwsError('AcceleratorNotFoundException', 'The accelerator does not exist.');
	return allowed(one, context);
};

// Eight hexadecimal digits, which its place gives.
const listenerArn = (one: GaAccelerator, index: number): string => `${one.arn}/listener/${index.toString(16).padStart(8, '0')}`;

const listenerOf = (arn: string | undefined, context: Ga): GaListener => {
	for (const one of context.state.accelerators) {
		const found = one.listeners.find((_, index) => listenerArn(one, index) === arn);
		if (found !== undefined) {
			allowed(one, context);
			return found;
		}
	}
	throw new AwsError('ListenerNotFoundException', 'The listener does not exist.');
};

const entryOf = (one: GaAccelerator): Accelerator => ({
	AcceleratorArn: one.arn,
	Name: one.name,
	IpAddressType: one.ipAddressType,
	Enabled: one.enabled,
	IpSets: [{IpFamily: 'IPv4', IpAddresses: [...one.ipAddresses], IpAddressFamily: 'IPv4'}],
	DnsName: one.dnsName,
	Status: one.status,
	CreatedTime: one.createdAt,
	LastModifiedTime: one.lastModified,
});

export const globalaccelerator = defineMockService({
	id: 'globalaccelerator',
	signingName: 'globalaccelerator',
	homeRegion: 'us-west-2',
	protocol: {name: 'awsJson1.1', target: 'GlobalAccelerator_V20180706'},
	errors: {validation: 'InvalidArgumentException', invalidToken: 'InvalidNextTokenException'},
	enums: [AcceleratorStatus, HealthState],
	empty: (): GaState => ({accelerators: []}),
	commands: {
		ListAccelerators: ListAcceleratorsCommand,
		ListListeners: ListListenersCommand,
		ListEndpointGroups: ListEndpointGroupsCommand,
		DescribeAcceleratorAttributes: DescribeAcceleratorAttributesCommand,
	},
	handlers: {
		ListAccelerators: (input, context) => {
			const {page, token} = context.paginate(context.state.accelerators, input, paging);
			return {Accelerators: page.map(entryOf), ...(token !== undefined && {NextToken: token})};
		},

		ListListeners: (input, context) => {
			const one = acceleratorOf(input.AcceleratorArn, context);
			const all = one.listeners.map(({protocol, ports}, index) => ({
				ListenerArn: listenerArn(one, index),
				PortRanges: ports.map(port => ({FromPort: port, ToPort: port})),
				Protocol: protocol,
				ClientAffinity: 'NONE' as const,
			}));
			const {page, token} = context.paginate(all, input, paging);
			return {Listeners: [...page], ...(token !== undefined && {NextToken: token})};
		},

		ListEndpointGroups: (input, context) => {
			const all = listenerOf(input.ListenerArn, context).groups.map((group, index) => ({
				EndpointGroupArn: `${input.ListenerArn}/endpoint-group/${index.toString(16).padStart(8, '0')}`,
				EndpointGroupRegion: group.awsRegion,
				EndpointDescriptions: group.endpoints.map(one => ({
					EndpointId: one.endpointId,
					Weight: one.weight,
					HealthState: one.health,
					ClientIPPreservationEnabled: one.preservesClientIp,
				})),
				TrafficDialPercentage: group.trafficDial,
				HealthCheckPort: 443,
				HealthCheckProtocol: 'TCP' as const,
				HealthCheckIntervalSeconds: 30,
				ThresholdCount: 3,
				PortOverrides: [],
			}));
			const {page, token} = context.paginate(all, input, paging);
			return {EndpointGroups: [...page], ...(token !== undefined && {NextToken: token})};
		},

		DescribeAcceleratorAttributes: (input, context) => {
			const {flowLogsBucket, name} = acceleratorOf(input.AcceleratorArn, context);
			return {
				AcceleratorAttributes:
					flowLogsBucket === ''
						? {FlowLogsEnabled: false}
						: {FlowLogsEnabled: true, FlowLogsS3Bucket: flowLogsBucket, FlowLogsS3Prefix: name},
			};
		},
	},
});
