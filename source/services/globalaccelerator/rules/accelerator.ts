import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const acceleratorType = 'AWS::GlobalAccelerator::Accelerator';

/**
 * Names and values are AWS's; enumerations are open, because AWS adds to them. Times are ISO 8601. By ListAccelerators, but
 * where another operation is named. A member that was not told or could not be read is absent.
 */
export type Accelerator = {
	/** False where its addresses are kept and charged for, but answer nobody. */
	readonly enabled?: boolean;
	/** `DEPLOYED` once every edge location has it, else `IN_PROGRESS`. */
	readonly status?: string;
	/** `IPV4` or `DUAL_STACK`. */
	readonly ipAddressType?: string;
	/** The static addresses that visitors come by, for as long as it exists. */
	readonly ipAddresses?: readonly string[];
	/** `a1234567890abcdef.awsglobalaccelerator.com`. */
	readonly dnsName?: string;
	/** Of dual-stack ones: the name that has the IPv6 addresses too. */
	readonly dualStackDnsName?: string;
	readonly createdAt?: string;
	readonly lastModifiedAt?: string;
	/** By ListListeners and ListEndpointGroups: all of them, or absent where any could not be read. */
	readonly listeners?: readonly Listener[];
	/** By DescribeAcceleratorAttributes: where flow logs go, or `null` where they are off. */
	readonly flowLogs?: FlowLogs | null;
};

export type Listener = {
	readonly arn: string;
	/** `TCP` or `UDP`. */
	readonly protocol?: string;
	/** `443`, `8000-8010`. */
	readonly ports: readonly string[];
	/** `NONE` or `SOURCE_IP`. */
	readonly clientAffinity?: string;
	readonly groups: readonly EndpointGroup[];
};

/** The endpoints of one Region behind a listener. */
export type EndpointGroup = {
	readonly arn: string;
	readonly awsRegion?: string;
	/** How much of the traffic that belongs to this Region goes there; 0 where none does. */
	readonly trafficDialPercentage?: number;
	readonly healthCheckProtocol?: string;
	readonly endpoints: readonly Endpoint[];
};

export type Endpoint = {
	/** The ARN of a load balancer, the allocation id of an Elastic IP address, or the id of an instance. */
	readonly endpointId: string;
	/** Its share of the group's traffic, against the weights of the others; 0 where it gets none. */
	readonly weight?: number;
	/** `INITIAL`, `HEALTHY` or `UNHEALTHY`. */
	readonly health?: string;
	/** Whether it sees visitors' own addresses; otherwise those of Global Accelerator. */
	readonly preservesClientIp?: boolean;
};

export type FlowLogs = {readonly bucket?: string; readonly prefix?: string};

export type AcceleratorResource = Resource<Accelerator>;

export const disabled = ({configuration: {enabled}}: AcceleratorResource): string | undefined =>
	enabled === false ? 'disabled, so it answers nobody' : undefined;

/** An endpoint with where it lies. */
export type Placed = Endpoint & {readonly awsRegion: string | undefined; readonly trafficDialPercentage: number | undefined};

export const endpointsOf = ({listeners = []}: Accelerator): readonly Placed[] =>
	listeners.flatMap(({groups}) =>
		groups.flatMap(({endpoints, awsRegion, trafficDialPercentage}) =>
			endpoints.map(endpoint => ({...endpoint, awsRegion, trafficDialPercentage})),
		),
	);

/** The endpoint is an Application Load Balancer: what a web ACL of AWS WAF stands before. */
export const isApplicationLoadBalancer = ({endpointId}: Endpoint): boolean => /:loadbalancer\/app\//u.test(endpointId);

/** In the fewest words: a load balancer's name, an Elastic IP address's or instance's id. */
export const endpointName = ({endpointId}: Endpoint): string =>
	/:loadbalancer\/(?:app|net|gwy)\/([^/]+)/u.exec(endpointId)?.[1] ?? endpointId;
