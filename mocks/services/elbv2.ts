import {
	ActionTypeEnum,
	DescribeListenerCertificatesCommand,
	DescribeListenersCommand,
	DescribeLoadBalancerAttributesCommand,
	DescribeLoadBalancersCommand,
	DescribeRulesCommand,
	DescribeSSLPoliciesCommand,
	DescribeTagsCommand,
	DescribeTargetGroupsCommand,
	type Listener,
	type LoadBalancer,
	LoadBalancerSchemeEnum,
	LoadBalancerStateEnum,
	LoadBalancerTypeEnum,
	ProtocolEnum,
	RedirectActionStatusCodeEnum,
	type Rule,
	TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {sslPolicies} from './elbv2-policies.js';
import type {ElbListener, ElbLoadBalancer, ElbState} from './elbv2-state.js';

// Behaviour is that of https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html.

type Elb = Context<ElbState>;

/** "The maximum number of results to return with this call": 1 to 400 for each of them. */
const paging = {token: 'Marker', limit: 'PageSize', defaultLimit: 400, maximumLimit: 400} as const;

/** Defaults of AWS, by type: the SDK's comment on `LoadBalancerAttribute`. */
const common = {'deletion_protection.enabled': 'false', 'load_balancing.cross_zone.enabled': 'false'};
const logged = {
	'access_logs.s3.enabled': 'false',
	'access_logs.s3.bucket': '',
	'access_logs.s3.prefix': '',
	'ipv6.deny_all_igw_traffic': 'false',
	'zonal_shift.config.enabled': 'false',
};
const defaults: Readonly<Record<ElbLoadBalancer['type'], Readonly<Record<string, string>>>> = {
	gateway: common,
	network: {...common, ...logged, 'dns_record.client_routing_policy': 'any_availability_zone'},
	application: {
		...common,
		...logged,
		'load_balancing.cross_zone.enabled': 'true',
		'idle_timeout.timeout_seconds': '60',
		'client_keep_alive.seconds': '3600',
		'connection_logs.s3.enabled': 'false',
		'connection_logs.s3.bucket': '',
		'connection_logs.s3.prefix': '',
		'routing.http.desync_mitigation_mode': 'defensive',
		'routing.http.drop_invalid_header_fields.enabled': 'false',
		'routing.http.preserve_host_header.enabled': 'false',
		'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
		'routing.http.xff_client_port.enabled': 'false',
		'routing.http.xff_header_processing.mode': 'append',
		'routing.http2.enabled': 'true',
		'waf.fail_open.enabled': 'false',
	},
};

const allow = (context: Elb, refused: Readonly<Record<string, ElbState['refused'][string]>>, arn?: string): void => {
	const reason = refused[context.operation] ?? context.state.refused[context.operation];
	if (reason !== undefined) throw context.denied(arn, reason);
};

const balancerOf = (arn: string | undefined, context: Elb): ElbLoadBalancer => {
	const one = context.state.loadBalancers.find(other => other.arn === arn);
	if (one === undefined) {
		throw arn?.startsWith('arn:') === true
			? new AwsError('LoadBalancerNotFound', 'One or more load balancers not found')
			: context.invalid(`'${arn ?? ''}' is not a valid load balancer ARN`);
	}
	allow(context, one.refused, one.arn);
	return one;
};

const listenerArn = (balancer: ElbLoadBalancer, {id}: ElbListener): string =>
	`${balancer.arn.replace(':loadbalancer/', ':listener/')}/${id}`;

const listenerOf = (arn: string | undefined, context: Elb): ElbListener & {readonly arn: string} => {
	for (const balancer of context.state.loadBalancers) {
		const one = balancer.listeners.find(other => listenerArn(balancer, other) === arn);
		if (one !== undefined) {
			allow(context, one.refused, arn);
			return {...one, arn: arn ?? ''};
		}
	}
	throw new AwsError('ListenerNotFound', 'One or more listeners not found');
};

const balancerEntry = (one: ElbLoadBalancer): LoadBalancer => ({
	LoadBalancerArn: one.arn,
	DNSName: one.dnsName,
	CanonicalHostedZoneId: one.type === 'network' ? 'Z26RNL4JYFTOTI' : 'Z35SXDOTRQ7X7K',
	CreatedTime: one.createdTime,
	LoadBalancerName: one.name,
	...(one.type !== 'gateway' && {Scheme: one.scheme}),
	VpcId: 'vpc-0a1b2c3d4e5f60718',
	State: {Code: one.state, ...(one.stateReason !== undefined && {Reason: one.stateReason})},
	Type: one.type,
	AvailabilityZones: one.zones.map(({name, subnetId, addresses}) => ({
		ZoneName: name,
		SubnetId: subnetId,
		LoadBalancerAddresses: [...addresses],
	})),
	SecurityGroups: [...one.securityGroups],
	IpAddressType: 'ipv4',
});

const listenerEntry = (balancer: ElbLoadBalancer, one: ElbListener): Listener => ({
	ListenerArn: listenerArn(balancer, one),
	LoadBalancerArn: balancer.arn,
	Port: one.port,
	Protocol: one.protocol,
	// "The default certificate for the listener"; IsDefault "is not included in the output when describing a listener".
	...(one.certificates[0] !== undefined && {Certificates: [{CertificateArn: one.certificates[0]}]}),
	...(one.sslPolicy !== undefined && {SslPolicy: one.sslPolicy}),
	DefaultActions: [...one.defaultActions],
	...(one.protocol === 'HTTPS' && {MutualAuthentication: one.mutualAuthentication ?? {Mode: 'off'}}),
});

const rulesOf = (one: ElbListener & {readonly arn: string}): Rule[] => {
	const base = one.arn.replace(':listener/', ':listener-rule/');
	return [
		...one.rules.map(({id, conditions, actions}, index) => ({
			RuleArn: `${base}/${id}`,
			Priority: String(index + 1),
			Conditions: [...conditions],
			Actions: [...actions],
			IsDefault: false,
		})),
		{RuleArn: `${base}/0000000000000000`, Priority: 'default', Conditions: [], Actions: [...one.defaultActions], IsDefault: true},
	];
};

const forwardedBy = ({listeners}: ElbLoadBalancer): ReadonlySet<string | undefined> =>
	new Set(
		listeners.flatMap(({defaultActions, rules}) =>
			[...defaultActions, ...rules.flatMap(({actions}) => actions)].map(({TargetGroupArn}) => TargetGroupArn),
		),
	);

export const elbv2 = defineMockService({
	id: 'elbv2',
	signingName: 'elasticloadbalancing',
	protocol: {name: 'awsQuery', version: '2015-12-01', xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/'},
	errors: {
		validation: 'ValidationError',
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
		throttled: {name: 'ThrottlingException', httpStatus: 400, message: 'Rate exceeded'},
		denied: {name: 'AccessDenied', httpStatus: 403},
		regionOff: {name: 'InvalidClientTokenId', httpStatus: 403, message: 'The security token included in the request is invalid'},
	},
	enums: [
		ActionTypeEnum,
		LoadBalancerSchemeEnum,
		LoadBalancerStateEnum,
		LoadBalancerTypeEnum,
		ProtocolEnum,
		RedirectActionStatusCodeEnum,
		TargetTypeEnum,
	],
	empty: (): ElbState => ({loadBalancers: [], targetGroups: [], refused: {}}),
	commands: {
		DescribeLoadBalancers: DescribeLoadBalancersCommand,
		DescribeLoadBalancerAttributes: DescribeLoadBalancerAttributesCommand,
		DescribeListeners: DescribeListenersCommand,
		DescribeRules: DescribeRulesCommand,
		DescribeListenerCertificates: DescribeListenerCertificatesCommand,
		DescribeSSLPolicies: DescribeSSLPoliciesCommand,
		DescribeTargetGroups: DescribeTargetGroupsCommand,
		DescribeTags: DescribeTagsCommand,
	},
	handlers: {
		DescribeLoadBalancers: (input, context) => {
			allow(context, {});
			const {LoadBalancerArns: arns, Names: names} = input;
			const wanted = context.state.loadBalancers.filter(
				one => (arns === undefined || arns.includes(one.arn)) && (names === undefined || names.includes(one.name)),
			);
			if (wanted.length < (arns ?? names ?? []).length) throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
			const {page, token} = context.paginate(wanted, input, paging);
			return {LoadBalancers: page.map(balancerEntry), ...(token !== undefined && {NextMarker: token})};
		},

		DescribeLoadBalancerAttributes: (input, context) => {
			const one = balancerOf(input.LoadBalancerArn, context);
			return {Attributes: Object.entries({...defaults[one.type], ...one.attributes}).map(([Key, Value]) => ({Key, Value}))};
		},

		DescribeListeners: (input, context) => {
			if (input.LoadBalancerArn === undefined) throw context.invalid('You must specify either listener ARNs or a load balancer ARN');
			const one = balancerOf(input.LoadBalancerArn, context);
			const {page, token} = context.paginate(one.listeners, input, paging);
			return {Listeners: page.map(each => listenerEntry(one, each)), ...(token !== undefined && {NextMarker: token})};
		},

		DescribeRules: (input, context) => {
			if (input.ListenerArn === undefined) throw context.invalid('You must specify either listener rule ARNs or a listener ARN');
			const {page, token} = context.paginate(rulesOf(listenerOf(input.ListenerArn, context)), input, paging);
			return {Rules: [...page], ...(token !== undefined && {NextMarker: token})};
		},

		DescribeListenerCertificates: (input, context) => {
			const {certificates} = listenerOf(input.ListenerArn, context);
			const {page, token} = context.paginate(
				certificates.map((arn, index) => ({CertificateArn: arn, IsDefault: index === 0})),
				input,
				paging,
			);
			return {Certificates: [...page], ...(token !== undefined && {NextMarker: token})};
		},

		DescribeSSLPolicies: (input, context) => {
			allow(context, {});
			const wanted = sslPolicies.filter(({Name}) => input.Names === undefined || input.Names.includes(Name ?? ''));
			if (wanted.length < (input.Names ?? []).length) throw new AwsError('SSLPolicyNotFound', 'One or more SSL policies not found');
			const {page, token} = context.paginate(wanted, input, paging);
			return {SslPolicies: [...page], ...(token !== undefined && {NextMarker: token})};
		},

		DescribeTargetGroups: (input, context) => {
			allow(context, {});
			const users = context.state.loadBalancers.map(one => [one.arn, forwardedBy(one)] as const);
			const {page, token} = context.paginate(context.state.targetGroups, input, paging);
			return {
				TargetGroups: page.map(({arn, name, protocol, port, targetType}) => ({
					TargetGroupArn: arn,
					TargetGroupName: name,
					...(protocol !== undefined && {Protocol: protocol}),
					...(port !== undefined && {Port: port}),
					HealthCheckEnabled: true,
					// "You can use each target group with only one load balancer": a list all the same.
					LoadBalancerArns: users.filter(([, forwarded]) => forwarded.has(arn)).map(([user]) => user),
					TargetType: targetType,
					IpAddressType: 'ipv4' as const,
				})),
				...(token !== undefined && {NextMarker: token}),
			};
		},

		DescribeTags: (input, context) => {
			const arns = input.ResourceArns ?? [];
			// "You can specify up to 20 resources in a single call."
			if (arns.length > 20) throw context.invalid('The maximum number of resources is 20');
			return {
				TagDescriptions: arns.map(arn => ({
					ResourceArn: arn,
					Tags: Object.entries(balancerOf(arn, context).tags).map(([Key, Value]) => ({Key, Value})),
				})),
			};
		},
	},
});
