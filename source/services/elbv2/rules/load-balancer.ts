import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Names and values are AWS's; enumerations are open, because AWS adds to them. Times are ISO 8601. */
export type LoadBalancer = {
	/** `application`, `network` or `gateway`. */
	readonly type?: string;
	/** `internet-facing` or `internal`; gateways have none. */
	readonly scheme?: string;
	/** `active`, `provisioning`, `active_impaired` or `failed`. */
	readonly state?: string;
	readonly stateReason?: string;
	/** What aliases of Route 53 and origins of CloudFront name. */
	readonly dnsName?: string;
	/** The hosted zone of `dnsName`, for aliases. */
	readonly canonicalHostedZoneId?: string;
	readonly vpcId?: string;
	/** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
	readonly ipAddressType?: string;
	readonly createdAt?: string;
	readonly zones?: readonly Zone[];
	readonly securityGroupIds: readonly string[];
	/** By DescribeLoadBalancerAttributes. */
	readonly attributes?: Attributes;
	/** By DescribeListeners; never of gateways. Each is a resource of its own too. */
	readonly listeners?: readonly ListenerSummary[];
	/** By DescribeTargetGroups: all that are attached to it, sorted. Auto Scaling groups name theirs by these. */
	readonly targetGroupArns?: readonly string[];
	/** By DescribeTargetGroups: by ARN, how each of those is spoken to: `HTTP`, `HTTPS`, `TCP`, `TLS`, …, or `lambda` for a function, which is called. */
	readonly targetProtocols?: Readonly<Record<string, string>>;
	/** By DescribeTargetGroups: `instance`, `ip`, `lambda`, `alb`, each once, of all that is attached to it; absent where one of them was not told. */
	readonly targetTypes?: readonly string[];
};

export type Zone = {
	/** `us-east-1a`. */
	readonly name?: string;
	readonly subnetId?: string;
	readonly outpostId?: string;
	readonly addresses: readonly Address[];
};

/** A fixed address of a Network Load Balancer. */
export type Address = {
	readonly ipAddress?: string;
	/** Of its Elastic IP address: what Shield Advanced protects. */
	readonly allocationId?: string;
	readonly privateIpv4Address?: string;
	readonly ipv6Address?: string;
};

/** Those that a rule or a board looks at. A type of load balancer lacks what it does not support. */
export type Attributes = {
	readonly deletionProtection?: boolean;
	/** To S3. Delivery through CloudWatch Logs is configured there, and told by no attribute. */
	readonly accessLogs?: boolean;
	readonly accessLogsBucket?: string;
	readonly accessLogsPrefix?: string;
	readonly connectionLogs?: boolean;
	readonly connectionLogsBucket?: string;
	readonly dropsInvalidHeaders?: boolean;
	/** `monitor`, `defensive` or `strictest`. */
	readonly desyncMitigationMode?: string;
	/** Whether requests pass uninspected while WAF gives no answer. */
	readonly wafFailOpen?: boolean;
	readonly crossZone?: boolean;
};

export type ListenerSummary = {readonly arn: string; readonly protocol?: string; readonly port?: number};

export type LoadBalancerResource = Resource<LoadBalancer>;

const typeNames: Readonly<Record<string, string>> = {
	application: 'an Application Load Balancer',
	network: 'a Network Load Balancer',
	gateway: 'a Gateway Load Balancer',
};

/** `a Network Load Balancer`, as far as this version knows the type. */
export const typeInWords = (type: string | undefined): string | undefined => typeNames[type ?? ''];

/** Why a question about Application Load Balancers does not arise. Types unknown to this version exempt from nothing. */
export const unlessApplication = ({configuration: {type}}: LoadBalancerResource): string | undefined =>
	type === 'network' || type === 'gateway' ? `${typeInWords(type)}, which does not look into HTTP` : undefined;
