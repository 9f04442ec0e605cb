import type {
	Action,
	LoadBalancerAddress,
	LoadBalancerStateEnum,
	MutualAuthenticationAttributes,
	ProtocolEnum,
	RuleCondition,
	TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {DenialReason} from '../endpoint/aws-error.js';
import {loadBalancerArn, loadBalancerDnsName} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

export type ElbRule = {readonly id: string; readonly conditions: readonly RuleCondition[]; readonly actions: readonly Action[]};

export type ElbListener = {
	readonly id: string;
	protocol: ProtocolEnum;
	port: number;
	sslPolicy?: string | undefined;
	/** ARNs, the default one first. */
	certificates: readonly string[];
	defaultActions: readonly Action[];
	/** Besides the default rule, in the order of their priorities. */
	rules: readonly ElbRule[];
	mutualAuthentication?: MutualAuthenticationAttributes | undefined;
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type ElbZone = {readonly name: string; readonly subnetId: string; readonly addresses: readonly LoadBalancerAddress[]};

export type ElbLoadBalancer = {
	readonly arn: string;
	readonly name: string;
	readonly type: 'application' | 'network' | 'gateway';
	readonly dnsName: string;
	scheme: 'internet-facing' | 'internal';
	state: LoadBalancerStateEnum;
	stateReason?: string | undefined;
	createdTime: Date;
	zones: readonly ElbZone[];
	securityGroups: readonly string[];
	/** What differs from AWS's defaults for its type. */
	attributes: Readonly<Record<string, string>>;
	tags: Readonly<Record<string, string>>;
	listeners: readonly ElbListener[];
	refused: Readonly<Record<string, DenialReason>>;
};

export type ElbTargetGroup = {
	readonly arn: string;
	readonly name: string;
	readonly protocol?: ProtocolEnum;
	readonly port?: number;
	readonly targetType: TargetTypeEnum;
};

export type ElbState = {
	loadBalancers: ElbLoadBalancer[];
	targetGroups: readonly ElbTargetGroup[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

/** In good order: logged, protected, and strict about headers. */
export const goodAttributes: Readonly<Record<string, string>> = {
	'access_logs.s3.enabled': 'true',
	'access_logs.s3.bucket': 'acme-elb-logs',
	'deletion_protection.enabled': 'true',
	'routing.http.drop_invalid_header_fields.enabled': 'true',
};
const goodAttributesOf = (type: ElbLoadBalancer['type']): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(goodAttributes).filter(
			([key]) => type === 'application' || key.startsWith('deletion') || (type === 'network' && !key.startsWith('routing')),
		),
	);

type Facts = Partial<Omit<ElbLoadBalancer, 'arn' | 'zones' | 'listeners'>> & {
	/** Letters of its zones; `ab` by default. */
	readonly zones?: string;
	/** What stands for its Elastic IP addresses, by zone. */
	readonly addresses?: readonly LoadBalancerAddress[];
	readonly listeners?: ReadonlyArray<(arn: string) => ElbListener>;
};

/** An internet-facing Application Load Balancer in good order, in two zones; `facts` say what differs. `name` seeds its ids. */
export const loadBalancer = (place: Place, name: string, facts: Facts = {}): ElbLoadBalancer => {
	const {type = 'application', zones = 'ab', addresses = [], listeners = [], ...rest} = facts;
	const chance = place.random(`elbv2/${name}`);
	const arn =
		type === 'gateway'
			? place.arn('elasticloadbalancing', `loadbalancer/gwy/${name}/${chance.hex(16)}`)
			: loadBalancerArn(place, name, type === 'network' ? 'net' : 'app');
	return {
		arn,
		name,
		type,
		dnsName: loadBalancerDnsName(place, name),
		scheme: 'internet-facing',
		state: 'active',
		createdTime: place.daysAgo(chance.between(90, 900)),
		zones: [...zones].map((letter, index) => {
			const address = addresses[index];
			return {
				name: `${place.awsRegion}${letter}`,
				subnetId: `subnet-0${place.random(`subnet/${letter}`).hex(16)}`,
				addresses: address === undefined ? [] : [address],
			};
		}),
		securityGroups: type === 'gateway' ? [] : [`sg-0${chance.hex(16)}`],
		attributes: goodAttributesOf(type),
		tags: {},
		refused: {},
		...rest,
		listeners: listeners.map(make => make(arn)),
	};
};

export const targetGroupArn = (place: Place, name: string): string =>
	place.arn('elasticloadbalancing', `targetgroup/${name}/${place.random(`elbv2/targets/${name}`).hex(16)}`);

export const targetGroup = (place: Place, name: string, facts: Partial<Omit<ElbTargetGroup, 'arn' | 'name'>> = {}): ElbTargetGroup => ({
	arn: targetGroupArn(place, name),
	name,
	protocol: 'HTTP',
	port: 8080,
	targetType: 'instance',
	...facts,
});

export const forwardTo = (place: Place, name: string): Action => ({
	Type: 'forward',
	TargetGroupArn: targetGroupArn(place, name),
	Order: 1,
	ForwardConfig: {
		TargetGroups: [{TargetGroupArn: targetGroupArn(place, name), Weight: 1}],
		TargetGroupStickinessConfig: {Enabled: false},
	},
});

export const redirectTo = (protocol: 'HTTPS' | 'HTTP' | '#{protocol}', statusCode: 'HTTP_301' | 'HTTP_302' = 'HTTP_301'): Action => ({
	Type: 'redirect',
	Order: 1,
	RedirectConfig: {
		Protocol: protocol,
		Port: protocol === 'HTTPS' ? '443' : '#{port}',
		Host: '#{host}',
		Path: '/#{path}',
		Query: '#{query}',
		StatusCode: statusCode,
	},
});

export const answer = (status: string): Action => ({
	Type: 'fixed-response',
	Order: 1,
	FixedResponseConfig: {StatusCode: status, ContentType: 'text/plain'},
});

export const path = (...patterns: string[]): RuleCondition => ({
	Field: 'path-pattern',
	Values: patterns,
	PathPatternConfig: {Values: patterns},
});

export const host = (...names: string[]): RuleCondition => ({Field: 'host-header', Values: names, HostHeaderConfig: {Values: names}});

type ListenerFacts = Partial<Omit<ElbListener, 'id' | 'rules' | 'protocol' | 'port'>> & {
	readonly rules?: ReadonlyArray<readonly [RuleCondition, Action]>;
};

/** A listener of the load balancer that is made around it. */
export const listener =
	(place: Place, protocol: ProtocolEnum, port: number, action: Action, facts: ListenerFacts = {}) =>
	(balancerArn: string): ElbListener => {
		const {rules = [], ...rest} = facts;
		const chance = place.random(`elbv2/${balancerArn}/${protocol}/${port}`);
		return {
			id: chance.hex(16),
			protocol,
			port,
			certificates: [],
			defaultActions: [action],
			rules: rules.map(([condition, then]) => ({id: chance.hex(16), conditions: [condition], actions: [then]})),
			refused: {},
			...rest,
		};
	};

export const recommendedPolicy = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/** HTTPS on 443 with the policy that the console recommends. */
export const https = (place: Place, certificate: string, targets: string, facts: ListenerFacts = {}) =>
	listener(place, 'HTTPS', 443, forwardTo(place, targets), {certificates: [certificate], sslPolicy: recommendedPolicy, ...facts});

/** HTTP on 80 that sends everything on to HTTPS. */
export const redirecting = (place: Place, facts: ListenerFacts = {}) => listener(place, 'HTTP', 80, redirectTo('HTTPS'), facts);
