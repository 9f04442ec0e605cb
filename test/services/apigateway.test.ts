import {afterEach, describe, expect, test} from 'vitest';
import {toIamPolicy} from '../../source/commands/iam-policy.js';
import type {Answer, Refusal, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {readablePolicy} from '../../source/services/apigateway/collect/read.js';
import {apigateway} from '../../source/services/apigateway/index.js';
import type {ClientCertificate} from '../../source/services/apigateway/rules/client-certificate.js';
import type {DomainName} from '../../source/services/apigateway/rules/domain-name.js';
import {apiRules, certificateRules, domainRules, stageRules} from '../../source/services/apigateway/rules/index.js';
import type {RestApi} from '../../source/services/apigateway/rules/rest-api.js';
import type {MethodSettings, Stage} from '../../source/services/apigateway/rules/stage.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const now = '2026-11-23T12:00:00.000Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();

const of = <T>(configuration: T, over: Partial<Resource<T>> = {}): Resource<T> => ({
	arn: 'arn:aws:apigateway:eu-west-1::/restapis/abc123',
	resourceType: 'AWS::ApiGateway::RestApi',
	resourceId: 'abc123',
	resourceName: 'orders',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration,
	unread: {},
	readAt: {},
	...over,
});

const ask = <T>(rules: ReadonlyArray<Rule<T>>, id: string, resource: Resource<T>): Answer & {readonly severity: string} => {
	const rule = rules.find(one => one.id === `apigateway-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {now, settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const policy = (condition?: object, more: readonly object[] = []): string =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{Sid: 'All', Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: condition},
			...more,
		],
	});

const api = (facts: Partial<RestApi> = {}, over: Partial<Resource<RestApi>> = {}): Resource<RestApi> =>
	of(
		{
			endpointTypes: ['REGIONAL'],
			vpcEndpointIds: [],
			policy: null,
			defaultHost: 'abc123.execute-api.eu-west-1.amazonaws.com',
			defaultHostDisabled: false,
			securityPolicy: 'TLS_1_2',
			domains: [],
			routedDomains: [],
			...facts,
		},
		over,
	);
const secret = (facts: Partial<RestApi>) => api({endpointTypes: ['PRIVATE'], ...facts});
const refused = (operation: string): Readonly<Record<string, Refusal>> => ({
	[operation]: {status: 'denied', operation, iamAction: 'apigateway:GET', error: 'AccessDeniedException', message: 'no'},
});
const mapped = {domainName: 'api.acme.com', mutualTls: false};

const onAll = (settings: MethodSettings): Pick<Stage, 'methods'> => ({methods: {'*/*': settings}});
const stage = (facts: Partial<Stage> = {}): Resource<Stage> =>
	of({
		apiId: 'abc123',
		apiName: 'orders',
		apiArn: 'arn:aws:apigateway:eu-west-1::/restapis/abc123',
		endpointTypes: ['REGIONAL'],
		webAclArn: null,
		methods: {'*/*': {loggingLevel: 'ERROR', requestsPerSecond: 100, burst: 200}},
		cache: null,
		clientCertificateId: null,
		accessLog: null,
		usagePlans: [],
		account: {requestsPerSecond: 10_000, burst: 5000, logRoleArn: null},
		...facts,
	});

const domain = (facts: Partial<DomainName> = {}): Resource<DomainName> =>
	of({
		endpointTypes: ['REGIONAL'],
		regionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1',
		securityPolicy: 'TLS_1_2',
		status: 'AVAILABLE',
		mutualTls: null,
		policy: null,
		...facts,
	});
const at = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1`;

describe('rules on APIs', () => {
	test.each([
		['private-narrow', 'public', api(), 'NOT_APPLICABLE', 'HIGH', 'REGIONAL: not a private API'],
		['private-narrow', 'no policy', secret({}), 'FAIL', 'LOW', 'nobody can call it'],
		['private-narrow', 'anyone', secret({policy: policy()}), 'FAIL', 'HIGH', 'open to every VPC endpoint of any account'],
		[
			'private-narrow',
			'an endpoint',
			secret({policy: policy({StringEquals: {'aws:SourceVpce': 'vpce-1'}})}),
			'PASS',
			'HIGH',
			'names who may call it',
		],
		[
			'private-narrow',
			'all but one VPC denied',
			secret({
				policy: policy(undefined, [
					{
						Effect: 'Deny',
						Principal: '*',
						Action: 'execute-api:Invoke',
						Resource: 'execute-api:/*',
						Condition: {StringNotEquals: {'aws:sourceVpc': 'vpc-1'}},
					},
				]),
			}),
			'PASS',
			'HIGH',
			'',
		],
		[
			'private-narrow',
			'by private address, which every VPC may have',
			secret({policy: policy({IpAddress: {'aws:VpcSourceIp': '10.0.0.0/8'}})}),
			'FAIL',
			'HIGH',
			'its condition on aws:VpcSourceIp does not say from where',
		],
		[
			'private-narrow',
			'a condition of tomorrow',
			secret({policy: policy({StringEquals: {'aws:SourcePlanet': 'earth'}})}),
			'UNKNOWN',
			'HIGH',
			'aws:SourcePlanet, which this version cannot judge',
		],
		['private-narrow', 'no JSON', secret({policy: 'x'}), 'UNKNOWN', 'HIGH', 'not JSON'],

		['default-endpoint-off', 'off', api({defaultHostDisabled: true, domains: [mapped]}), 'PASS', 'LOW', ''],
		['default-endpoint-off', 'besides a name', api({domains: [mapped]}), 'FAIL', 'LOW', 'besides api.acme.com'],
		[
			'default-endpoint-off',
			'around mutual TLS',
			api({domains: [mapped, {domainName: 'login.acme.com', mutualTls: true}]}),
			'FAIL',
			'MEDIUM',
			'without the client certificate that login.acme.com demands',
		],
		['default-endpoint-off', 'no name', api(), 'NOT_APPLICABLE', 'LOW', 'no custom domain name'],
		[
			'default-endpoint-off',
			'names unseen',
			api({}, {unread: refused('GetDomainNames')}),
			'UNKNOWN',
			'LOW',
			'apigateway:GET on GetDomainNames',
		],
		[
			'default-endpoint-off',
			'one name seen, the others not',
			api({domains: [mapped]}, {unread: refused('GetBasePathMappings')}),
			'FAIL',
			'LOW',
			'',
		],
		['default-endpoint-off', 'routing rules', api({routedDomains: ['r.acme.com']}), 'UNKNOWN', 'LOW', 'r.acme.com may lead to it'],

		['modern-tls', 'tomorrow’s policy', api({securityPolicy: 'SecurityPolicy_TLS20_2030'}), 'UNKNOWN', 'LOW', 'not known to this version'],
		['own-edge', 'on the move', api({endpointTypes: ['EDGE', 'REGIONAL']}), 'FAIL', 'INFORMATIONAL', 'moving'],
		['own-edge', 'not told', api({endpointTypes: []}), 'UNKNOWN', 'INFORMATIONAL', 'did not tell'],
	] as const)('%s: %s', (id, _, resource, verdict, severity, reason) => {
		const answer = ask(apiRules, `api-${id}`, resource);
		expect(answer).toMatchObject({verdict, severity});
		expect(answer.reason).toContain(reason);
	});
});

describe('rules on stages', () => {
	test.each([
		['web-acl', 'none', stage(), 'FAIL', 'MEDIUM', 'has no web ACL'],
		['web-acl', 'none, in a VPC', stage({endpointTypes: ['PRIVATE']}), 'FAIL', 'LOW', 'only VPCs reach it'],
		[
			'web-acl',
			'of WAF Classic',
			stage({webAclArn: 'arn:aws:waf-regional:eu-west-1:123456789012:webacl/1'}),
			'FAIL',
			'MEDIUM',
			'whose support ended in 2025',
		],
		['web-acl', 'of WAF', stage({webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/eu/1'}), 'PASS', 'MEDIUM', 'web ACL eu'],

		['execution-logged', 'no settings', stage({methods: {}}), 'FAIL', 'MEDIUM', 'logs no executions'],
		['execution-logged', 'one method alone', stage({methods: {'/a/GET': {loggingLevel: 'INFO'}}}), 'FAIL', 'MEDIUM', 'logs 1 method alone'],
		[
			'execution-logged',
			'all but one',
			stage({methods: {'*/*': {loggingLevel: 'INFO'}, '/a/GET': {loggingLevel: 'OFF'}}}),
			'FAIL',
			'MEDIUM',
			'but not /a/GET',
		],
		['data-not-logged', 'while the log is off', stage(onAll({dataTrace: true, loggingLevel: 'OFF'})), 'PASS', 'MEDIUM', ''],

		['cache-encrypted', 'unused cache', stage({cache: {sizeGb: 0.5}}), 'NOT_APPLICABLE', 'MEDIUM', 'no method uses it'],
		[
			'cache-encrypted',
			'one method in plain',
			stage({
				cache: {sizeGb: 0.5},
				methods: {'*/*': {caching: true, cacheEncrypted: true}, '/a/GET': {caching: true, cacheEncrypted: false}},
			}),
			'FAIL',
			'MEDIUM',
			'unencrypted: /a/GET',
		],

		['throttled', 'its own limit', stage(), 'PASS', 'LOW', 'limited to 100 requests a second, 200 at once'],
		['throttled', 'lifted', stage(onAll({requestsPerSecond: -1, burst: -1})), 'FAIL', 'LOW', 'the account’s 10,000 requests a second'],
		['throttled', 'as high as the account’s', stage(onAll({requestsPerSecond: 10_000})), 'FAIL', 'LOW', ''],
		[
			'throttled',
			'lifted for one method',
			stage({methods: {'*/*': {requestsPerSecond: 5}, '/a/GET': {requestsPerSecond: -1}}}),
			'FAIL',
			'LOW',
			'not for /a/GET',
		],
		[
			'throttled',
			'by a plan',
			stage({methods: {}, usagePlans: [{id: 'p', name: 'Partners', requestsPerSecond: 50}]}),
			'PASS',
			'LOW',
			'“Partners” limits each API key to 50 requests a second',
		],
		['throttled', 'a plan without a rate', stage({methods: {}, usagePlans: [{id: 'p', name: 'Free'}]}), 'FAIL', 'LOW', ''],
	] as const)('%s: %s', (id, _, resource, verdict, severity, reason) => {
		const answer = ask(stageRules, `stage-${id}`, resource);
		expect(answer).toMatchObject({verdict, severity});
		expect(answer.reason).toContain(reason);
	});

	test('a cache costs by its size', () => {
		const kind = apigateway.kinds.find(({resourceType}) => resourceType === 'AWS::ApiGateway::Stage');
		expect(kind?.usdPerMonth?.(stage({cache: {sizeGb: 6.1}}))).toBeCloseTo(146);
		expect(kind?.usdPerMonth?.(stage())).toBe(0);
		expect(kind?.usdPerMonth?.(stage({cache: {sizeGb: 500}}))).toBe(0);
	});
});

describe('rules on domain names and certificates', () => {
	test.each([
		['certificate-region', 'its own', domain(), 'PASS', 'HIGH', 'in eu-west-1'],
		[
			'certificate-region',
			'a foreign one',
			domain({regionalCertificateArn: at('us-east-1')}),
			'FAIL',
			'HIGH',
			'needs a certificate in eu-west-1',
		],
		[
			'certificate-region',
			'the edge’s',
			domain({endpointTypes: ['EDGE'], certificateArn: at('us-east-1')}),
			'PASS',
			'HIGH',
			'in us-east-1',
		],
		[
			'certificate-region',
			'the edge’s in the API’s Region',
			domain({endpointTypes: ['EDGE'], certificateArn: at('eu-west-1')}),
			'FAIL',
			'HIGH',
			'EDGE needs a certificate in us-east-1, and has one in eu-west-1',
		],
		[
			'certificate-region',
			'both, on the move',
			domain({endpointTypes: ['EDGE', 'REGIONAL'], certificateArn: at('us-east-1')}),
			'PASS',
			'HIGH',
			'us-east-1 and eu-west-1',
		],
		['certificate-region', 'private', domain({endpointTypes: ['PRIVATE'], certificateArn: at('eu-west-1')}), 'PASS', 'HIGH', ''],
		['certificate-region', 'a type of tomorrow', domain({endpointTypes: ['ORBIT']}), 'UNKNOWN', 'HIGH', 'ORBIT'],
		['available', 'reimport', domain({status: 'PENDING_CERTIFICATE_REIMPORT'}), 'FAIL', 'MEDIUM', 'imported again'],
		['available', 'failed', domain({status: 'FAILED', statusMessage: 'Gone.'}), 'FAIL', 'HIGH', 'its last change failed: Gone'],
		['available', 'tomorrow', domain({status: 'PAUSED'}), 'UNKNOWN', 'MEDIUM', 'PAUSED'],
	] as const)('%s: %s', (id, _, resource, verdict, severity, reason) => {
		const answer = ask(domainRules, `domain-${id}`, resource);
		expect(answer).toMatchObject({verdict, severity});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/\.$/u);
	});

	test.each([
		['far', {expiresAt: inDays(200), usedBy: []}, 'PASS', 'MEDIUM', 'expires in 200 days'],
		['near', {expiresAt: inDays(20.5), usedBy: ['arn:x/stages/prod']}, 'FAIL', 'MEDIUM', 'expires in 20 days, used by stage prod'],
		['nearer', {expiresAt: inDays(3), usedBy: ['a', 'b']}, 'FAIL', 'HIGH', 'used by 2 stages'],
		['past, unused', {expiresAt: inDays(-3), usedBy: []}, 'FAIL', 'LOW', 'expired 3 days ago; no stage'],
		['past, of who knows whom', {expiresAt: inDays(-3)}, 'FAIL', 'HIGH', 'expired 3 days ago, and'],
		['not told', {}, 'UNKNOWN', 'MEDIUM', 'did not tell'],
	] as ReadonlyArray<readonly [string, ClientCertificate, string, string, string]>)(
		'a certificate that expires: %s',
		(_, facts, verdict, severity, reason) => {
			const answer = ask(certificateRules, 'certificate-not-expiring', of(facts));
			expect(answer).toMatchObject({verdict, severity});
			expect(answer.reason).toContain(reason);
		},
	);
});

test.each([
	['as API Gateway sends it', JSON.stringify(policy()).slice(1, -1), policy()],
	['as it should be', policy(), policy()],
	['none', undefined, null],
	['cut off', '{\\"a\\', '{\\"a\\'],
	['no policy', 'x', 'x'],
] as const)('a policy is read: %s', (_, sent, read) => {
	expect(readablePolicy(sent)).toBe(read);
});

// The domain name's own Region would be wrong for every edge-optimised one.
test('a certificate is requested where the endpoint takes it from', () => {
	const remediation = domainRules.find(({id}) => id === 'apigateway-domain-certificate-region')?.remediation;
	expect(remediation?.cli).toMatch(/ --region CERTIFICATE_REGION$/u);
	expect(remediation?.text).toContain('CERTIFICATE_REGION is us-east-1 for EDGE');
});

describe('collecting API Gateway', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const named = (resources: readonly Resource[], name: string) => resources.find(({resourceName}) => resourceName === name);

	test('one call a listing, one an API for its stages, and mappings once in hours', async () => {
		watch = await watchScenario('typical');
		const first = await watch.collect(apigateway, 'us-east-1');
		const count = (operation: string) => watch.endpoint.calls.count({operation});
		expect(['GetRestApis', 'GetStages', 'GetDomainNames', 'GetBasePathMappings', 'GetUsagePlans', 'GetAccount'].map(count)).toEqual([
			1, 8, 1, 5, 1, 1,
		]);
		expect(first.complete).toHaveLength(4);
		const storefront = named(first.resources, 'storefront')?.configuration;
		expect(storefront).toMatchObject({stages: ['prod', 'staging'], domains: [{domainName: 'edge.acme.com', mutualTls: false}]});
		expect(named(first.resources, 'storefront/prod')?.configuration).toMatchObject({
			methods: {'/catalogue/{proxy+}/GET': {caching: true, cacheEncrypted: true}},
		});
		expect(named(first.resources, 'partner backends')?.configuration).toMatchObject({usedBy: [expect.stringMatching(/\/stages\/prod$/u)]});

		watch.endpoint.calls.clear();
		await watch.collect(apigateway, 'us-east-1');
		expect(['GetStages', 'GetBasePathMappings', 'GetAccount'].map(count)).toEqual([8, 0, 0]);
	});

	test('stages of which one API tells nothing are not complete, and the API says why', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'apigateway', operation: 'GetStages', times: 1, effect: {kind: 'deny'}});
		const {complete, resources, outcome} = await watch.collect(apigateway, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(complete).toContain('AWS::ApiGateway::RestApi');
		expect(complete).not.toContain('AWS::ApiGateway::Stage');
		expect(resources.filter(({unread}) => unread['GetStages'] !== undefined)).toHaveLength(1);
		// Whose certificate it is cannot be told for sure any more.
		expect(named(resources, 'pilot 2025')?.configuration).not.toHaveProperty('usedBy');
	});

	test('an API deleted meanwhile is no resource and no failure', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({
			service: 'apigateway',
			operation: 'GetStages',
			times: 1,
			effect: {kind: 'error', name: 'NotFoundException', httpStatus: 404},
		});
		const {outcome, complete, resources} = await watch.collect(apigateway, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(complete).toHaveLength(4);
		expect(resources.filter(({resourceType}) => resourceType === 'AWS::ApiGateway::RestApi')).toHaveLength(7);
	});

	test.each(['empty-object', 'html', 'wrong-types', 'cycle-token'] as const)('a listing that is %s proves nothing gone', async kind => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'apigateway', operation: 'GetRestApis', effect: {kind}});
		const {complete, outcome} = await watch.collect(apigateway, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(complete).not.toContain('AWS::ApiGateway::RestApi');
		expect(complete).not.toContain('AWS::ApiGateway::Stage');
	});

	test('a large account is listed by the page of 500', async () => {
		watch = await watchScenario('large');
		const {resources, outcome} = await watch.collect(apigateway, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(resources.length).toBe(140 * 4 + 35 + 14);
		expect(watch.endpoint.calls.count({operation: 'GetRestApis'})).toBe(1);
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(apigateway, 'us-east-1');
		const judgements = judgeAll(apigateway, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile names, statements and messages cost no resource', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(apigateway, 'us-east-1');
		expect(outcome.status).toBe('ok');
		const entries = judgeAll(apigateway, resources, watch.now());
		expect(entries.flatMap(({judgements}) => judgements).filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});

test('the policy allows GET of nothing that holds keys, variables’ neighbours or definitions', () => {
	const [statement] = toIamPolicy([apigateway], 'aws-cn').Statement;
	expect(statement).toMatchObject({Sid: 'VedetteReadapigatewayGET', Action: ['apigateway:GET']});
	const resources = [statement?.Resource ?? []].flat();
	expect(resources).toContain('arn:aws-cn:apigateway:*::/restapis/*/stages');
	expect(resources.filter(resource => /apikeys|\*$/u.test(resource))).toEqual([]);
});
