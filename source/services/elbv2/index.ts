import {defineService, hourMs, type Kind} from '../../model/index.js';
import {listenerRules, loadBalancerRules} from './rules/index.js';
import {type Action, type Listener, listenerType} from './rules/listener.js';
import {type LoadBalancer, loadBalancerType} from './rules/load-balancer.js';

const throttling = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html';

/** "A bucket size of 40 tokens and a refill rate of 10 tokens per second", for all that only describes. */
const describe = {requestsPerSecond: 10, burst: 40, bucket: 'Describe', source: throttling} as const;
const paging = {input: 'Marker', output: 'NextMarker'} as const;

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

const zonesOf = ({zones}: LoadBalancer): string | undefined => zones?.map(({name}) => name ?? 'unknown').join(', ') || undefined;

const listenersOf = ({listeners}: LoadBalancer): string | undefined =>
	listeners?.map(({protocol, port}) => [protocol, port].filter(part => part !== undefined).join(' ')).join(', ');

const addressesOf = ({zones = []}: LoadBalancer): string | undefined =>
	zones
		.flatMap(({addresses}) => addresses)
		.map(({ipAddress, allocationId, privateIpv4Address, ipv6Address}) =>
			[ipAddress ?? privateIpv4Address ?? ipv6Address, allocationId].filter(part => part !== undefined).join(' '),
		)
		.join(', ') || undefined;

/** The protocols by which its targets are spoken to, each once. */
const spokenBy = ({targetProtocols = {}}: LoadBalancer): string | undefined =>
	[...new Set(Object.values(targetProtocols))].sort().join(', ') || undefined;

const logsOf = ({attributes: {accessLogs, accessLogsBucket} = {}}: LoadBalancer): string | undefined =>
	accessLogs === true ? (accessLogsBucket ?? 'on') : accessLogs === false ? 'off' : undefined;

const loadBalancers: Kind<LoadBalancer> = {
	resourceType: loadBalancerType,
	title: 'Load balancers',
	columns: [
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Scheme', value: ({configuration}) => configuration.scheme},
		{title: 'Zones', value: ({configuration}) => configuration.zones?.length},
		{title: 'Listeners', value: ({configuration}) => listenersOf(configuration)},
		{title: 'Logs', value: ({configuration}) => logsOf(configuration)},
	],
	facts: [
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Scheme', value: ({configuration}) => configuration.scheme},
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'State reason', value: ({configuration}) => configuration.stateReason},
		{title: 'DNS name', value: ({configuration}) => configuration.dnsName},
		{title: 'Addresses', value: ({configuration}) => addressesOf(configuration)},
		{title: 'Address type', value: ({configuration}) => configuration.ipAddressType},
		{title: 'Zones', value: ({configuration}) => zonesOf(configuration)},
		{title: 'Listeners', value: ({configuration}) => listenersOf(configuration)},
		{title: 'Targets', value: ({configuration}) => configuration.targetTypes?.join(', ') || undefined},
		{title: 'Spoken to by', value: ({configuration}) => spokenBy(configuration)},
		{title: 'Target groups', value: ({configuration}) => configuration.targetGroupArns?.join(', ') || undefined},
		{title: 'Security groups', value: ({configuration}) => configuration.securityGroupIds.join(', ') || undefined},
		{title: 'VPC', value: ({configuration}) => configuration.vpcId},
		{title: 'Access logs', value: ({configuration}) => logsOf(configuration)},
		{
			title: 'Connection logs',
			value: ({configuration: {attributes}}) => attributes?.connectionLogsBucket ?? yesNo(attributes?.connectionLogs),
		},
		{title: 'Deletion protection', value: ({configuration: {attributes}}) => yesNo(attributes?.deletionProtection)},
		{title: 'Drops invalid headers', value: ({configuration: {attributes}}) => yesNo(attributes?.dropsInvalidHeaders)},
		{title: 'Desync mitigation', value: ({configuration: {attributes}}) => attributes?.desyncMitigationMode},
		{title: 'Passes requests without WAF', value: ({configuration: {attributes}}) => yesNo(attributes?.wafFailOpen)},
		{title: 'Balances across zones', value: ({configuration: {attributes}}) => yesNo(attributes?.crossZone)},
		{title: 'Made', value: ({configuration: {createdAt}}) => (createdAt === undefined ? undefined : {at: createdAt})},
	],
	rules: loadBalancerRules,
	consolePath: ({arn, awsRegion}) => `ec2/home?region=${awsRegion}#LoadBalancer:loadBalancerArn=${encodeURIComponent(arn)}`,
};

const actionInWords = ({type = 'unknown', redirect, responseStatus, targetGroupArns}: Action): string =>
	[
		type,
		redirect && `${redirect.protocol ?? ''}:${redirect.port ?? ''}`,
		redirect?.statusCode?.replace('HTTP_', ''),
		responseStatus,
		targetGroupArns.map(arn => arn.split('/')[1] ?? arn).join(' '),
	]
		.filter(Boolean)
		.join(' ');

const actionsInWords = (actions: readonly Action[] | undefined): string | undefined => actions?.map(actionInWords).join(', ') || undefined;

const listeners: Kind<Listener> = {
	resourceType: listenerType,
	title: 'Listeners',
	columns: [
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Scheme', value: ({configuration}) => configuration.loadBalancer.scheme},
		{title: 'Action', value: ({configuration}) => actionsInWords(configuration.defaultActions)},
		{title: 'TLS policy', value: ({configuration}) => configuration.sslPolicy?.replace('ELBSecurityPolicy-', '')},
	],
	facts: [
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Port', value: ({configuration}) => configuration.port},
		{title: 'Load balancer', value: ({configuration}) => configuration.loadBalancer.name},
		{title: 'Scheme', value: ({configuration}) => configuration.loadBalancer.scheme},
		{title: 'Default action', value: ({configuration}) => actionsInWords(configuration.defaultActions)},
		{
			title: 'Rules',
			value: ({configuration: {rules}}) =>
				rules
					?.map(({priority, conditions, actions}) =>
						[priority, conditions.flatMap(({values}) => values).join(' '), actionsInWords(actions)].filter(Boolean).join(' '),
					)
					.join(', '),
		},
		{title: 'TLS policy', value: ({configuration}) => configuration.sslPolicy},
		{title: 'Versions of TLS', value: ({configuration}) => configuration.tls?.protocols.join(', ')},
		{title: 'Ciphers', value: ({configuration}) => configuration.tls?.ciphers.join(', ')},
		{title: 'Application protocols', value: ({configuration}) => configuration.alpnPolicy?.join(', ')},
		{title: 'Certificate', value: ({configuration}) => configuration.certificateArn},
		{title: 'Further certificates', value: ({configuration}) => configuration.furtherCertificateArns?.join(', ') || undefined},
		{title: 'Mutual TLS', value: ({configuration}) => configuration.mutualTls?.mode},
		{title: 'Trust store', value: ({configuration}) => configuration.mutualTls?.trustStoreArn},
		{title: 'Targets', value: ({configuration}) => configuration.targetTypes?.join(', ') || undefined},
	],
	rules: listenerRules,
	consolePath: ({arn, awsRegion}) => `ec2/home?region=${awsRegion}#ELBListenerV2:listenerArn=${encodeURIComponent(arn)}`,
};

export const elbv2 = defineService({
	id: 'elbv2',
	title: 'Load balancers',
	group: 'certificates and traffic',
	leads: 'worst',
	scope: 'regional',
	// A call for each load balancer, at 2 a second: 1,000 of them take 9 minutes, and as much again while nothing is cached.
	refresh: {full: {everyMs: 20 * 60_000, deadlineMs: 18 * 60_000}},
	iamPrefix: 'elasticloadbalancing',
	operations: {
		DescribeLoadBalancers: {...describe, paging, answers: ['LoadBalancers']},
		DescribeListeners: {...describe, paging, answers: ['Listeners']},
		DescribeTargetGroups: {...describe, paging, answers: ['TargetGroups']},
		DescribeLoadBalancerAttributes: {...describe, freshForMs: hourMs, answers: ['Attributes']},
		DescribeRules: {...describe, paging, freshForMs: hourMs, answers: ['Rules']},
		// Joined with ACM's certificates, and judged by nothing here.
		DescribeListenerCertificates: {...describe, paging, freshForMs: 6 * hourMs, answers: ['Certificates']},
		// AWS's own list: it changes when AWS makes a policy.
		DescribeSSLPolicies: {...describe, paging, freshForMs: 24 * hourMs, answers: ['SslPolicies']},
		DescribeTags: {...describe, freshForMs: 6 * hourMs, answers: ['TagDescriptions']},
	},
	kinds: [loadBalancers, listeners],
	load: async () => import('./collect/index.js'),
});
