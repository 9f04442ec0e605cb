import type {
	DescribeListenersCommand,
	DescribeLoadBalancerAttributesCommand,
	DescribeLoadBalancersCommand,
	DescribeRulesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {CommandOutput} from '../../../model/index.js';
import type {Action, Condition, Listener, ListenerRule} from '../rules/listener.js';
import type {Attributes, LoadBalancer} from '../rules/load-balancer.js';

// AWS's answers in our own words.

export type Balancer = NonNullable<CommandOutput<typeof DescribeLoadBalancersCommand>['LoadBalancers']>[number];
export type Heard = NonNullable<CommandOutput<typeof DescribeListenersCommand>['Listeners']>[number];
type Acted = NonNullable<Heard['DefaultActions']>[number];
type Ruled = NonNullable<CommandOutput<typeof DescribeRulesCommand>['Rules']>[number];
type Conditioned = NonNullable<Ruled['Conditions']>[number];
type Attribute = NonNullable<CommandOutput<typeof DescribeLoadBalancerAttributesCommand>['Attributes']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

export const toLoadBalancer = (one: Balancer): LoadBalancer => ({
	securityGroupIds: one.SecurityGroups ?? [],
	...present({
		type: one.Type,
		scheme: one.Scheme,
		state: one.State?.Code,
		stateReason: one.State?.Reason,
		dnsName: one.DNSName,
		canonicalHostedZoneId: one.CanonicalHostedZoneId,
		vpcId: one.VpcId,
		ipAddressType: one.IpAddressType,
		createdAt: one.CreatedTime,
		zones: one.AvailabilityZones?.map(({ZoneName, SubnetId, OutpostId, LoadBalancerAddresses = []}) => ({
			...present({name: ZoneName, subnetId: SubnetId, outpostId: OutpostId}),
			addresses: LoadBalancerAddresses.map(({IpAddress, AllocationId, PrivateIPv4Address, IPv6Address}) =>
				present({
					ipAddress: IpAddress,
					allocationId: AllocationId,
					privateIpv4Address: PrivateIPv4Address,
					ipv6Address: IPv6Address,
				}),
			),
		})),
	}),
});

/** Attributes are strings: `true`, `false`, or anything that a later version of AWS may send. */
const flag = (text: string | undefined): boolean | undefined => (text === 'true' ? true : text === 'false' ? false : undefined);

export const toAttributes = (attributes: readonly Attribute[]): Attributes => {
	const of = new Map(attributes.map(({Key, Value}) => [Key, Value]));
	return present({
		deletionProtection: flag(of.get('deletion_protection.enabled')),
		accessLogs: flag(of.get('access_logs.s3.enabled')),
		accessLogsBucket: of.get('access_logs.s3.bucket') || undefined,
		accessLogsPrefix: of.get('access_logs.s3.prefix') || undefined,
		connectionLogs: flag(of.get('connection_logs.s3.enabled')),
		connectionLogsBucket: of.get('connection_logs.s3.bucket') || undefined,
		dropsInvalidHeaders: flag(of.get('routing.http.drop_invalid_header_fields.enabled')),
		desyncMitigationMode: of.get('routing.http.desync_mitigation_mode'),
		wafFailOpen: flag(of.get('waf.fail_open.enabled')),
		crossZone: flag(of.get('load_balancing.cross_zone.enabled')),
	});
};

const toAction = (action: Acted): Action => {
	const {RedirectConfig: redirect} = action;
	const many = (action.ForwardConfig?.TargetGroups ?? []).flatMap(({TargetGroupArn}) => TargetGroupArn ?? []);
	return {
		...present({type: action.Type, order: action.Order, responseStatus: action.FixedResponseConfig?.StatusCode}),
		targetGroupArns: [...new Set([...(action.TargetGroupArn === undefined ? [] : [action.TargetGroupArn]), ...many])],
		...(redirect && {
			redirect: present({protocol: redirect.Protocol, port: redirect.Port, host: redirect.Host, statusCode: redirect.StatusCode}),
		}),
	};
};

/** AWS tells the values of a condition twice where they are of the older sort, and in a member of their own elsewhere. */
const valuesOf = (condition: Conditioned): readonly string[] => [
	...new Set([
		...(condition.Values ?? []),
		...(condition.RegexValues ?? []),
		...(condition.HostHeaderConfig?.Values ?? []),
		...(condition.PathPatternConfig?.Values ?? []),
		...(condition.HttpHeaderConfig?.Values ?? []),
		...(condition.HttpRequestMethodConfig?.Values ?? []),
		...(condition.SourceIpConfig?.Values ?? []),
		...(condition.QueryStringConfig?.Values ?? []).map(({Key, Value}) => `${Key === undefined ? '' : `${Key}=`}${Value ?? ''}`),
	]),
];

const toCondition = (condition: Conditioned): Condition => ({field: condition.Field ?? 'unknown', values: valuesOf(condition)});

const position = ({isDefault, priority}: ListenerRule): number => (isDefault ? Number.POSITIVE_INFINITY : Number(priority));

/** In the order in which they are tried; undefined where one lacks what decides that. */
export const toRules = (rules: readonly Ruled[]): readonly ListenerRule[] | undefined => {
	const read = rules.map(({Priority, IsDefault, Conditions = [], Actions = []}) => ({
		priority: Priority ?? '',
		isDefault: IsDefault === true || Priority === 'default',
		conditions: Conditions.map(toCondition),
		actions: Actions.map(toAction),
	}));
	return read.some(rule => Number.isNaN(position(rule)) || rule.priority === '')
		? undefined
		: read.sort((a, b) => position(a) - position(b));
};

export const toListener = (one: Heard): Omit<Listener, 'loadBalancer' | 'targetGroupArns'> => {
	const {MutualAuthentication: mutual} = one;
	return present({
		protocol: one.Protocol,
		port: one.Port,
		sslPolicy: one.SslPolicy,
		alpnPolicy: one.AlpnPolicy !== undefined && one.AlpnPolicy.length > 0 ? one.AlpnPolicy : undefined,
		certificateArn: one.Certificates?.[0]?.CertificateArn,
		defaultActions: one.DefaultActions?.map(toAction),
		mutualTls:
			mutual &&
			present({
				mode: mutual.Mode,
				trustStoreArn: mutual.TrustStoreArn,
				ignoresExpiry: mutual.IgnoreClientCertificateExpiry,
				trustStoreAssociation: mutual.TrustStoreAssociationStatus,
			}),
	});
};
