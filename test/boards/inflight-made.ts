import {inflight} from '../../source/boards/inflight/index.js';
import type {Inputs, Joined, Judgement, Refusal, Resource, ResourceEntry} from '../../source/model/index.js';
import type {Certificate} from '../../source/services/acm/rules/certificate.js';
import type {DomainName} from '../../source/services/apigateway/rules/domain-name.js';
import type {RestApi} from '../../source/services/apigateway/rules/rest-api.js';
import type {Api} from '../../source/services/apigatewayv2/rules/api.js';
import type {Distribution, Origin} from '../../source/services/cloudfront/rules/distribution.js';
import type {Listener} from '../../source/services/elbv2/rules/listener.js';
import type {LoadBalancer} from '../../source/services/elbv2/rules/load-balancer.js';
import type {Accelerator} from '../../source/services/globalaccelerator/rules/accelerator.js';
import type {Entry, HostedZone} from '../../source/services/route53/rules/zone.js';
import type {Bucket} from '../../source/services/s3/rules/bucket.js';
import {judgeAll} from '../services/watch.js';

// Made-up inputs of the board on encryption in flight: each in good order, `facts` say what differs.

const now = '2026-11-23T12:00:00.000Z';
export const accountId = '123456789012';
export const home = 'eu-west-1';
export const denied = (iamAction: string, over: Partial<Refusal> = {}): Refusal => ({
	status: 'denied',
	operation: iamAction.split(':')[1] ?? iamAction,
	iamAction,
	error: 'AccessDeniedException',
	message: 'no',
	...over,
});

type Over = Partial<Pick<Resource, 'arn' | 'resourceName' | 'awsRegion' | 'unread'>> & {
	readonly judged?: ReadonlyArray<Pick<Judgement, 'ruleId' | 'verdict'> & Partial<Judgement>>;
	readonly ends?: ResourceEntry['expirations'];
};

export const joined = <Configuration>(
	resourceType: Resource['resourceType'],
	arn: string,
	configuration: Configuration,
	over: Over = {},
): Joined<Configuration> => {
	const {judged = [], ends = [], ...rest} = over;
	const resource = {arn, resourceType, resourceId: arn, resourceName: arn.split('/').at(-1) ?? arn, accountId, awsRegion: home};
	return {
		entry: 'resource',
		key: arn,
		service: 'any',
		resource: {...resource, tags: {}, configuration, unread: {}, readAt: {}, ...rest},
		judgements: judged.map(one => ({severity: 'MEDIUM', reason: 'because', firstObservedAt: now, ...one})),
		cells: [],
		facts: [],
		expirations: ends,
		usdPerMonth: 0,
		consolePath: '',
		firstObservedAt: now,
	};
};

export const certificateArn = (name: string, awsRegion = home): string => `arn:aws:acm:${awsRegion}:${accountId}:certificate/${name}`;
export const valid = {ruleId: 'acm-certificate-valid', verdict: 'PASS', reason: 'valid for another 138 days'} as const;
export const certificate = (name: string, facts: Partial<Certificate> = {}, over: Over = {}) =>
	joined<Certificate>(
		'AWS::ACM::Certificate',
		certificateArn(name, over.awsRegion),
		{
			listedBy: 'SearchCertificates',
			domainName: name,
			subjectAlternativeNames: [name],
			status: 'ISSUED',
			notAfter: '2027-04-10T12:00:00.000Z',
			...facts,
		},
		{judged: [valid], ...over},
	);
export const fails = (ruleId: string, severity: Judgement['severity'], reason: string) =>
	({ruleId: `acm-certificate-${ruleId}`, verdict: 'FAIL', severity, reason}) as const;

export const balancerArn = `arn:aws:elasticloadbalancing:${home}:${accountId}:loadbalancer/app/shop/1`;
export const balancerHost = `Shop-1.${home}.elb.amazonaws.com`;
export const targets = `arn:aws:elasticloadbalancing:${home}:${accountId}:targetgroup/web/1`;
export const balancer = (facts: Partial<LoadBalancer> = {}, over: Over = {}) =>
	joined<LoadBalancer>(
		'AWS::ElasticLoadBalancingV2::LoadBalancer',
		balancerArn,
		{
			type: 'application',
			scheme: 'internet-facing',
			dnsName: balancerHost,
			securityGroupIds: [],
			listeners: [],
			targetGroupArns: [targets],
			targetProtocols: {[targets]: 'HTTPS'},
			...facts,
		},
		{resourceName: 'shop', ...over},
	);
export const listener = (protocol: string, port: number, facts: Partial<Listener> = {}, over: Over = {}) =>
	joined<Listener>(
		'AWS::ElasticLoadBalancingV2::Listener',
		`${balancerArn.replace('loadbalancer', 'listener')}/${port}`,
		{protocol, port, targetGroupArns: [targets], loadBalancer: {arn: balancerArn, name: 'shop'}, ...facts},
		over,
	);
export const https = (facts: Partial<Listener> = {}, over: Over = {}) =>
	listener(
		'HTTPS',
		443,
		{
			certificateArn: certificateArn('www.acme.com'),
			furtherCertificateArns: [],
			sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
			tls: {protocols: ['TLSv1.2', 'TLSv1.3'], ciphers: []},
			...facts,
		},
		{judged: [{ruleId: 'elbv2-listener-encrypted', verdict: 'PASS', reason: 'terminates HTTPS on 443'}], ...over},
	);
export const http = (verdict: Judgement['verdict'], reason: string, over: Partial<Judgement> & Pick<Over, 'unread'> = {}) => {
	const {unread = {}, ...judgement} = over;
	return listener('HTTP', 80, {}, {judged: [{ruleId: 'elbv2-listener-redirects-to-https', verdict, reason, ...judgement}], unread});
};
export const tcp = (port: number, verdict: Judgement['verdict'], reason: string) =>
	listener('TCP', port, {}, {judged: [{ruleId: 'elbv2-listener-encrypted', verdict, reason}]});

export const origin = (domainName: string, protocolPolicy?: string, type: Origin['type'] = 'custom'): Origin => ({
	id: domainName,
	domainName,
	type,
	accessControlId: null,
	...(protocolPolicy !== undefined && {protocolPolicy}),
});
export const distribution = (facts: Partial<Distribution> = {}) =>
	joined<Distribution>(
		'AWS::CloudFront::Distribution',
		`arn:aws:cloudfront::${accountId}:distribution/E1`,
		{
			domainName: 'd1.cloudfront.net',
			enabled: true,
			aliases: ['www.acme.com'],
			origins: [origin('origin.example', 'https-only')],
			originGroups: [],
			behaviors: [{pathPattern: '*', targetOriginId: 'origin.example', viewerProtocolPolicy: 'redirect-to-https'}],
			viewerCertificate: {
				isDefault: false,
				acmCertificateArn: certificateArn('www.acme.com', 'us-east-1'),
				minimumProtocolVersion: 'TLSv1.2_2021',
			},
			...facts,
		},
		{awsRegion: 'global'},
	);
export const edge = certificate('www.acme.com', {}, {awsRegion: 'us-east-1'});

export const domain = (facts: Partial<DomainName> = {}) =>
	joined<DomainName>('AWS::ApiGateway::DomainName', `arn:aws:apigateway:${home}::/domainnames/api.acme.com`, {
		endpointTypes: ['REGIONAL'],
		regionalCertificateArn: certificateArn('api.acme.com'),
		securityPolicy: 'TLS_1_2',
		mutualTls: null,
		policy: null,
		...facts,
	});
export const rest = (facts: Partial<RestApi> = {}) =>
	joined<RestApi>('AWS::ApiGateway::RestApi', `arn:aws:apigateway:${home}::/restapis/abc`, {
		endpointTypes: ['REGIONAL'],
		vpcEndpointIds: [],
		policy: null,
		defaultHost: `abc.execute-api.${home}.amazonaws.com`,
		securityPolicy: 'TLS_1_0',
		domains: [],
		routedDomains: [],
		...facts,
	});
export const api = (facts: Partial<Api> = {}) =>
	joined<Api>('AWS::ApiGatewayV2::Api', `arn:aws:apigateway:${home}::/apis/def`, {protocol: 'HTTP', ...facts});
export const bucket = (verdict: Judgement['verdict'], reason: string, unread: Resource['unread'] = {}) =>
	joined<Bucket>(
		'AWS::S3::Bucket',
		'arn:aws:s3:::www.acme.com',
		{},
		{
			resourceName: 'www.acme.com',
			judged: [{ruleId: 's3-bucket-tls-only', verdict, reason}],
			unread,
		},
	);

export const leads = (name: string, target: string, kind: Entry['kind'] = 'load balancer'): Entry => ({
	name,
	type: 'A',
	target: target.toLowerCase(),
	kind,
});
export const zone = (
	name: string,
	entries: readonly Entry[] | undefined,
	facts: Partial<HostedZone> = {},
	unread: Resource['unread'] = {},
) =>
	joined<HostedZone>(
		'AWS::Route53::HostedZone',
		`arn:aws:route53:::hostedzone/${name}`,
		{isPrivate: false, ...(entries && {entries}), ...facts},
		{unread, awsRegion: 'global'},
	);
export const accelerator = (listeners: Accelerator['listeners'], facts: Partial<Accelerator> = {}, unread: Resource['unread'] = {}) =>
	joined<Accelerator>(
		'AWS::GlobalAccelerator::Accelerator',
		'arn:aws:globalaccelerator::1:accelerator/fixed',
		{enabled: true, dnsName: 'a1.awsglobalaccelerator.com', ...(listeners && {listeners}), ...facts},
		{unread},
	);

/** A load balancer with these listeners, told of as many. */
export const withListeners = (listeners: ReadonlyArray<Joined<Listener>>, facts: Partial<LoadBalancer> = {}) => [
	balancer({listeners: listeners.map(({resource}) => ({arn: resource.arn})), ...facts}),
	...listeners,
];

/** What could not be read, by service and operation, with a Region where it is of one alone. */
export type Gaps = Readonly<Record<string, Refusal>>;

const inputsOf = (entries: readonly Joined[], gaps: Gaps = {}): Inputs => ({
	accountId,
	partition: 'aws',
	now,
	regions: [home, 'us-east-1'],
	trustedAccounts: [],
	mutes: [],
	// The tests' promise: a type's entries have its configuration.
	of: resourceType => entries.filter(({resource}) => resource.resourceType === resourceType) as unknown as ReadonlyArray<Joined<never>>,
	gap: (service, operations, awsRegion = '') =>
		operations.map(operation => gaps[`${service}:${operation}`] ?? gaps[`${service}:${operation} ${awsRegion}`]).find(Boolean),
});

export const rowsOf = (entries: readonly Joined[], gaps?: Gaps): readonly ResourceEntry[] =>
	judgeAll(inflight, [...inflight.join(inputsOf(entries, gaps))], now);

/** The first row: that of the entry point, since boards give load balancers first, and the others as they were asked for. */
export const rowOf = (entries: readonly Joined[], gaps?: Gaps): ResourceEntry => {
	const [row] = rowsOf(entries, gaps);
	if (row === undefined) {
		throw new TypeError('No row');
	}

	return row;
};
