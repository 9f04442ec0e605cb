import type {ProtocolEnum} from '@aws-sdk/client-elastic-load-balancing-v2';
import {afterEach, describe, expect, test} from 'vitest';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {elbv2 as mock} from '../../mocks/services/elbv2.js';
import {answer, type ElbState, forwardTo, listener as heard, loadBalancer, path, targetGroup} from '../../mocks/services/elbv2-state.js';
import {type Answer, hourMs, type Refusal, type Resource, type Rule, type RuleContext} from '../../source/model/index.js';
import {elbv2} from '../../source/services/elbv2/index.js';
import {listenerRules, loadBalancerRules} from '../../source/services/elbv2/rules/index.js';
import {type Action, type Listener, type ListenerRule, listenerType} from '../../source/services/elbv2/rules/listener.js';
import {type LoadBalancer, loadBalancerType} from '../../source/services/elbv2/rules/load-balancer.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const targets = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1111';
const refused = (operation: string): Readonly<Record<string, Refusal>> => ({
	[operation]: {status: 'denied', operation, iamAction: `elasticloadbalancing:${operation}`, error: 'AccessDenied', message: 'no'},
});

const https: Action = {type: 'redirect', order: 1, targetGroupArns: [], redirect: {protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301'}};
const sameProtocol: Action = {...https, redirect: {protocol: '#{protocol}', port: '443', statusCode: 'HTTP_301'}};
const forward: Action = {type: 'forward', order: 1, targetGroupArns: [targets]};
const forbid: Action = {type: 'fixed-response', order: 1, targetGroupArns: [], responseStatus: '403'};

const byDefault = (...actions: Action[]): ListenerRule => ({priority: 'default', isDefault: true, conditions: [], actions});
const at = (priority: number, field: string, values: readonly string[], ...actions: Action[]): ListenerRule => ({
	priority: String(priority),
	isDefault: false,
	conditions: [{field, values}],
	actions,
});

/** The listener on port 80 of an Application Load Balancer that the internet reaches; `facts` say what differs. */
const listener = (facts: Partial<Listener> = {}, over: Partial<Resource<Listener>> = {}): Resource<Listener> => ({
	arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/2222/3333',
	resourceType: listenerType,
	resourceId: 'app/web/2222/3333',
	resourceName: 'web:80',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {
		protocol: 'HTTP',
		port: 80,
		targetGroupArns: [targets],
		targetTypes: ['instance'],
		loadBalancer: {
			arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/2222',
			name: 'web',
			type: 'application',
			scheme: 'internet-facing',
		},
		...facts,
	},
	unread: {},
	readAt: {},
	...over,
});
const internal = {loadBalancer: {...listener().configuration.loadBalancer, scheme: 'internal'}};
const tcp = (port: number, facts: Partial<Listener> = {}) => listener({protocol: 'TCP', port, ...facts});
const tls = (protocols: readonly string[], ciphers: readonly string[] = ['ECDHE-RSA-AES128-GCM-SHA256']) =>
	listener({protocol: 'HTTPS', port: 443, sslPolicy: 'ELBSecurityPolicy-2031', tls: {protocols, ciphers}});

/** An Application Load Balancer without a fact that is not asked for. */
const balancer = (facts: Partial<LoadBalancer> = {}, over: Partial<Resource<LoadBalancer>> = {}): Resource<LoadBalancer> => ({
	arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/2222',
	resourceType: loadBalancerType,
	resourceId: 'app/web/2222',
	resourceName: 'web',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {type: 'application', scheme: 'internet-facing', state: 'active', securityGroupIds: [], ...facts},
	unread: {},
	readAt: {},
	...over,
});
const network = (facts: Partial<LoadBalancer> = {}) => balancer({type: 'network', ...facts});
const web = [{arn: 'a', protocol: 'TCP', port: 443}];

const answerOf = <T>(rules: ReadonlyArray<Rule<T>>, id: string, resource: Resource<T>): Answer => {
	const rule = rules.find(one => one.id === id);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {now: '', settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

type Case<T> = readonly [rule: string, what: string, Resource<T>, verdict: string, severity: string, reason: string];

const listenerCases: ReadonlyArray<Case<Listener>> = [
	['redirects-to-https', 'by default', listener({rules: [byDefault(https)]}), 'PASS', '', 'redirects everything to HTTPS'],
	[
		'redirects-to-https',
		'for a while',
		listener({rules: [byDefault({...https, redirect: {protocol: 'HTTPS', statusCode: 'HTTP_302'}})]}),
		'PASS',
		'',
		'temporary redirect (302)',
	],
	[
		'redirects-to-https',
		'one path of all: enough for Prowler',
		listener({rules: [at(1, 'path-pattern', ['/login'], https), byDefault(forward)]}),
		'FAIL',
		'HIGH',
		'the default rule forwards to targetgroup/web',
	],
	[
		'redirects-to-https',
		'all but one path',
		listener({rules: [at(1, 'path-pattern', ['/health'], forward), byDefault(https)]}),
		'FAIL',
		'MEDIUM',
		'rule 1 (/health) forwards to targetgroup/web',
	],
	[
		'redirects-to-https',
		'everything, before a default rule that nobody meets',
		listener({rules: [at(1, 'path-pattern', ['/*'], https), byDefault(forward)]}),
		'PASS',
		'',
		'redirects everything',
	],
	[
		'redirects-to-https',
		'everything of one host: the default rule is met by the others',
		listener({
			rules: [
				{
					...at(1, 'path-pattern', ['*'], https),
					conditions: [
						{field: 'path-pattern', values: ['*']},
						{field: 'host-header', values: ['a.acme.com']},
					],
				},
				byDefault(forward),
			],
		}),
		'FAIL',
		'HIGH',
		'the default rule forwards',
	],
	['redirects-to-https', 'to itself', listener({rules: [byDefault(sameProtocol)]}), 'FAIL', 'HIGH', 'redirects to #{protocol}'],
	['redirects-to-https', 'a refusal', listener({rules: [byDefault(forbid)]}), 'FAIL', 'LOW', 'the default rule answers 403'],
	['redirects-to-https', 'inside', listener({rules: [byDefault(forward)], ...internal}), 'FAIL', 'LOW', 'forwards'],
	[
		'redirects-to-https',
		'several offenders',
		listener({rules: [at(1, 'path-pattern', ['/a'], forward), at(2, 'host-header', ['b'], forbid), byDefault(https)]}),
		'FAIL',
		'MEDIUM',
		'rule 1 (/a) forwards to targetgroup/web, and so do 1 more of 3 rules',
	],
	[
		'redirects-to-https',
		'an action of tomorrow',
		listener({rules: [byDefault({type: 'teleport', targetGroupArns: []})]}),
		'UNKNOWN',
		'',
		'did not tell where the default rule leads',
	],
	[
		'redirects-to-https',
		'no default rule told',
		listener({rules: [at(1, 'path-pattern', ['/a'], https)]}),
		'UNKNOWN',
		'',
		'did not tell the default rule',
	],
	['redirects-to-https', 'a protocol of tomorrow', listener({protocol: 'HTTP9'}), 'UNKNOWN', '', 'HTTP9'],
	['redirects-to-https', 'TCP', tcp(80), 'NOT_APPLICABLE', '', 'cannot redirect'],

	['encrypted', 'passed through', tcp(443), 'NOT_APPLICABLE', '', 'cannot be seen from here'],
	['encrypted', 'in the clear', tcp(1883), 'FAIL', 'MEDIUM', 'TCP on 1883, the port of MQTT'],
	['encrypted', 'in the clear, inside', tcp(389, internal), 'FAIL', 'LOW', 'LDAP'],
	['encrypted', 'to an Application Load Balancer', tcp(80, {targetTypes: ['alb']}), 'NOT_APPLICABLE', '', 'whose own listener is judged'],
	[
		'encrypted',
		'to targets that are not known',
		{
			...tcp(80),
			configuration: {protocol: 'TCP', port: 80, targetGroupArns: [targets], ...internal},
			unread: refused('DescribeTargetGroups'),
		},
		'UNKNOWN',
		'',
		'elasticloadbalancing:DescribeTargetGroups',
	],
	['encrypted', 'QUIC', listener({protocol: 'TCP_QUIC', port: 443}), 'PASS', '', 'QUIC is encrypted'],
	['encrypted', 'UDP', listener({protocol: 'UDP', port: 53}), 'NOT_APPLICABLE', '', 'UDP'],
	['encrypted', 'TLS', listener({protocol: 'TLS', port: 8883}), 'PASS', '', 'terminates TLS on 8883'],

	['tls-current', 'both', tls(['TLSv1.2', 'TLSv1.3']), 'PASS', '', 'allows TLS 1.2, TLS 1.3'],
	['tls-current', 'the newest alone', tls(['TLSv1.3']), 'PASS', '', 'allows TLS 1.3'],
	['tls-current', 'old ones', tls(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']), 'FAIL', 'MEDIUM', 'allows TLS 1.0, TLS 1.1'],
	['tls-current', 'no TLS 1.3', tls(['TLSv1.2']), 'FAIL', 'LOW', 'but not TLS 1.3'],
	['tls-current', 'a version of tomorrow', tls(['TLSv1.3', 'TLSv2']), 'UNKNOWN', '', 'TLSv2, which this version does not know'],
	['tls-current', 'no versions', tls([]), 'UNKNOWN', '', 'no protocol'],
	['tls-current', 'a policy that is not listed', listener({protocol: 'TLS', sslPolicy: 'ours'}), 'UNKNOWN', '', 'does not list ours'],
	['tls-current', 'no policy', listener({protocol: 'TLS'}), 'UNKNOWN', '', 'did not tell its TLS policy'],
	['forward-secrecy', 'all', tls([], ['TLS_AES_128_GCM_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256']), 'PASS', '', 'all 2 ciphers'],
	['forward-secrecy', 'not all', tls([], ['ECDHE-RSA-AES128-SHA', 'AES128-SHA']), 'FAIL', 'LOW', ': AES128-SHA'],
	['forward-secrecy', 'no ciphers', tls([], []), 'UNKNOWN', '', 'no ciphers'],

	['clients-verified', 'nobody asks', listener({protocol: 'HTTPS', mutualTls: {mode: 'off'}}), 'NOT_APPLICABLE', '', 'asks no client'],
	['clients-verified', 'handed on', listener({protocol: 'HTTPS', mutualTls: {mode: 'passthrough'}}), 'NOT_APPLICABLE', '', 'the targets'],
	[
		'clients-verified',
		'by a store that is gone',
		listener({protocol: 'HTTPS', mutualTls: {mode: 'verify', ignoresExpiry: false, trustStoreAssociation: 'removed'}}),
		'FAIL',
		'MEDIUM',
		'shares it no more',
	],
	['clients-verified', 'a mode of tomorrow', listener({protocol: 'HTTPS', mutualTls: {mode: 'attest'}}), 'UNKNOWN', '', 'attest'],
];

test.each(listenerCases)('a listener: %s, %s', (rule, _, resource, verdict, severity, reason) => {
	const answer = answerOf(listenerRules, `elbv2-listener-${rule}`, resource);
	expect([answer.verdict, answer.reason]).toEqual([verdict, expect.stringContaining(reason)]);
	if (severity !== '') {
		expect(answer.severity).toBe(severity);
	}
});

const balancerCases: ReadonlyArray<Case<LoadBalancer>> = [
	[
		'logs-requests',
		'TCP alone has nothing to log',
		network({listeners: web, attributes: {accessLogs: false}}),
		'NOT_APPLICABLE',
		'',
		'TLS',
	],
	[
		'logs-requests',
		'TLS has',
		network({listeners: [{arn: 'a', protocol: 'TLS', port: 443}], attributes: {accessLogs: false}}),
		'FAIL',
		'MEDIUM',
		'are off',
	],
	[
		'logs-requests',
		'what it listens to is not known',
		{...network({attributes: {accessLogs: false}}), unread: refused('DescribeListeners')},
		'UNKNOWN',
		'',
		'elasticloadbalancing:DescribeListeners',
	],
	[
		'logs-requests',
		'where to',
		balancer({attributes: {accessLogs: true, accessLogsBucket: 'logs', accessLogsPrefix: 'web'}}),
		'PASS',
		'',
		'access logs go to logs/web',
	],
	['desync-mitigated', 'a mode of tomorrow', balancer({attributes: {desyncMitigationMode: 'paranoid'}}), 'UNKNOWN', '', 'paranoid'],
	['drops-invalid-headers', 'not told', balancer({attributes: {}}), 'UNKNOWN', '', 'did not tell'],
	[
		'deletion-protected',
		'a gateway',
		balancer({type: 'gateway', attributes: {deletionProtection: false}}),
		'FAIL',
		'MEDIUM',
		'not protected',
	],
	['spans-zones', 'on an Outpost', balancer({zones: [{name: 'a', outpostId: 'op-1', addresses: []}]}), 'NOT_APPLICABLE', '', 'Outpost'],
	['spans-zones', 'not told', balancer(), 'UNKNOWN', '', 'did not tell its zones'],
	['able-to-scale', 'being made', balancer({state: 'provisioning'}), 'NOT_APPLICABLE', '', 'being set up'],
	['able-to-scale', 'a state of tomorrow', balancer({state: 'dreaming'}), 'UNKNOWN', '', 'dreaming'],
	['waf-possible', 'web traffic', network({listeners: web, targetTypes: ['ip']}), 'FAIL', 'INFORMATIONAL', 'Global Accelerator'],
	['waf-possible', 'handed on', network({listeners: web, targetTypes: ['alb']}), 'PASS', '', 'forwards to an Application'],
	['waf-possible', 'some handed on', network({listeners: web, targetTypes: ['alb', 'ip']}), 'FAIL', '', 'WAF cannot protect'],
	['waf-possible', 'no web', network({listeners: [{arn: 'a', protocol: 'TCP', port: 25}]}), 'PASS', '', 'no web traffic: TCP 25'],
	['waf-possible', 'inside', network({scheme: 'internal'}), 'NOT_APPLICABLE', '', 'internal'],
	['waf-possible', 'a type of tomorrow', balancer({type: 'quantum', listeners: web, targetTypes: ['ip']}), 'UNKNOWN', '', 'quantum'],
];

test.each(balancerCases)('a load balancer: %s, %s', (rule, _, resource, verdict, severity, reason) => {
	const answer = answerOf(loadBalancerRules, `elbv2-load-balancer-${rule}`, resource);
	expect([answer.verdict, answer.reason]).toEqual([verdict, expect.stringContaining(reason)]);
	if (severity !== '') {
		expect(answer.severity).toBe(severity);
	}
});

describe('a collection', () => {
	let watch: Watch | undefined;
	afterEach(async () => {
		await watch?.close();
		watch = undefined;
	});
	const watching = async (scenario: Parameters<typeof watchScenario>[0] = 'typical'): Promise<Watch> => {
		watch = await watchScenario(scenario);
		return watch;
	};
	const counts = ({endpoint}: Watch): Readonly<Record<string, number>> => {
		const made: Record<string, number> = {};
		for (const {operation} of endpoint.calls.all) {
			made[operation] = (made[operation] ?? 0) + 1;
		}

		return made;
	};

	test('asks once for what many share, and for the rest no more often than it must', async () => {
		const one = await watching();
		await one.collect(elbv2, 'us-east-1');
		expect(counts(one)).toEqual({
			DescribeLoadBalancers: 1,
			DescribeTargetGroups: 1,
			DescribeTags: 1,
			DescribeSSLPolicies: 1,
			DescribeLoadBalancerAttributes: 12,
			// Not of the gateway.
			DescribeListeners: 11,
			// Of plain HTTP alone.
			DescribeRules: 7,
			DescribeListenerCertificates: 8,
		});
		one.pass(hourMs / 2);
		await one.collect(elbv2, 'us-east-1');
		// What was denied is not asked again; everything else but the listings comes from the cache.
		expect(counts(one)).toMatchObject({
			DescribeLoadBalancers: 2,
			DescribeListeners: 21,
			DescribeRules: 7,
			DescribeLoadBalancerAttributes: 12,
		});
	});

	test('asks for nothing else where there is no load balancer', async () => {
		const one = await watching();
		expect((await one.collect(elbv2, 'sa-east-1')).complete).toEqual([loadBalancerType, listenerType]);
		expect(counts(one)).toEqual({DescribeLoadBalancers: 1});
	});

	test('counts no listener as gone where one load balancer’s could not be listed', async () => {
		const one = await watching();
		const {outcome, complete, resources} = await one.collect(elbv2, 'us-east-1');
		expect([outcome.status, complete]).toEqual(['partial', [loadBalancerType]]);
		const erp = resources.find(({resourceName}) => resourceName === 'erp');
		expect(Object.keys(erp?.unread ?? {}).sort()).toEqual(['DescribeListeners', 'DescribeLoadBalancerAttributes']);
		expect(erp?.configuration).not.toHaveProperty('listeners');
		expect((await one.collect(elbv2, 'eu-west-1')).complete).toEqual([loadBalancerType, listenerType]);
	});

	test('has what others join with: certificates, addresses, target groups, names', async () => {
		const {resources} = await (await watching()).collect(elbv2, 'us-east-1');
		const of = (name: string): unknown => resources.find(({resourceName}) => resourceName === name)?.configuration;
		expect(of('old:443')).toMatchObject({
			certificateArn: expect.stringMatching(/^arn:aws:acm:us-east-1:123456789012:certificate\//u),
			furtherCertificateArns: ['arn:aws:iam::123456789012:server-certificate/legacy-shop'],
			loadBalancer: {name: 'old', type: 'application', scheme: 'internet-facing'},
		});
		expect(of('ingest')).toMatchObject({
			targetGroupArns: [
				expect.stringContaining('/ingest-mqtt/'),
				expect.stringContaining('/ingest-syslog/'),
				expect.stringContaining('/ingest/'),
			],
			targetTypes: ['instance', 'ip'],
			targetProtocols: expect.toSatisfy((told: Record<string, string>) => Object.values(told).sort().join() === 'TCP,TCP,UDP'),
			zones: [{addresses: [{allocationId: expect.stringMatching(/^eipalloc-/u)}]}, {}],
			dnsName: expect.stringMatching(/^ingest-\d+\.us-east-1\.elb\.amazonaws\.com$/u),
		});
	});

	test.each([
		['rules to addresses, and an answer by default', 'ip', answer('404'), ['ip']],
		['rules to instances, and functions by default', 'instance', 'lambda', ['instance', 'lambda']],
	] as const)('has the types of all targets: %s', async (_, ruled, byItself, types) => {
		const one = await watching('healthy');
		const [account] = scenarios.healthy.accounts;
		const place = placeOf('healthy', account, 'us-east-1', new Date());
		const state: ElbState = one.endpoint.world.state(mock, 'us-east-1');
		state.loadBalancers = [
			loadBalancer(place, 'ingress', {
				listeners: [
					heard(place, 'HTTPS', 443, byItself === 'lambda' ? forwardTo(place, 'default') : byItself, {
						rules: [[path('/api/*'), forwardTo(place, 'ruled')]],
					}),
				],
			}),
		];
		state.targetGroups = [targetGroup(place, 'ruled', {targetType: ruled}), targetGroup(place, 'default', {targetType: 'lambda'})];
		const {resources} = await one.collect(elbv2, 'us-east-1');
		expect(resources.find(({resourceName}) => resourceName === 'ingress')?.configuration).toMatchObject({targetTypes: types});
	});

	test('follows every page', async () => {
		const one = await watching();
		const state: ElbState = one.endpoint.world.state(mock, 'eu-west-2');
		const [uk] = state.loadBalancers;
		if (uk === undefined) throw new Error('London has one');
		state.loadBalancers = Array.from({length: 401}, (_, index) => ({...uk, arn: `${uk.arn}${index}`, name: `uk-${index}`, listeners: []}));
		const {resources} = await one.collect(elbv2, 'eu-west-2');
		expect(resources.length).toBe(401);
		expect(counts(one)).toMatchObject({DescribeLoadBalancers: 2, DescribeTags: 21});
	});

	test('survives protocols, types and attributes that this version does not know', async () => {
		const one = await watching();
		const state: ElbState = one.endpoint.world.state(mock, 'eu-west-2');
		state.loadBalancers = state.loadBalancers.map(each => ({
			...each,
			attributes: {'deletion_protection.enabled': 'perhaps', 'routing.http.desync_mitigation_mode': 'paranoid'},
			// What AWS may add one day, the mock may say today.
			listeners: each.listeners.map(heard => ({...heard, protocol: 'HTTP9' as ProtocolEnum})),
		}));
		const {resources, outcome} = await one.collect(elbv2, 'eu-west-2');
		expect(outcome.status).toBe('ok');
		const told = judgeAll(elbv2, resources, one.now()).flatMap(({judgements}) => judgements);
		const unknown = told.filter(({verdict}) => verdict === 'UNKNOWN').map(({ruleId}) => ruleId);
		expect(unknown).toEqual(
			expect.arrayContaining([
				'elbv2-listener-redirects-to-https',
				'elbv2-listener-encrypted',
				'elbv2-load-balancer-deletion-protected',
				'elbv2-load-balancer-desync-mitigated',
			]),
		);
	});

	test.each([
		['Type', 'DescribeLoadBalancers'],
		['Scheme', 'DescribeLoadBalancers'],
		['Protocol', 'DescribeListeners'],
		['Port', 'DescribeListeners'],
		['Type', 'DescribeRules'],
		['Priority', 'DescribeRules'],
		['Protocol', 'DescribeRules'],
		['TargetType', 'DescribeTargetGroups'],
		['Name', 'DescribeSSLPolicies'],
		['Value', 'DescribeLoadBalancerAttributes'],
	])('without %s of %s says that it does not know, and nothing else', async (member, operation) => {
		const one = await watching();
		const judged = async (): Promise<ReadonlyMap<string, string>> => {
			const {resources} = await one.collect(elbv2, 'us-east-1');
			return new Map(
				judgeAll(elbv2, resources, one.now()).flatMap(({resource, judgements}) =>
					judgements.map(({ruleId, verdict}) => [`${resource.arn} ${ruleId}`, verdict] as const),
				),
			);
		};
		const truth = await judged();
		one.pass(30 * hourMs);
		one.endpoint.faults.add({service: 'elbv2', operation, effect: {kind: 'missing-members', members: [member]}});
		const wrong = [...(await judged())].filter(([key, verdict]) => verdict !== 'UNKNOWN' && truth.has(key) && verdict !== truth.get(key));
		expect(wrong).toEqual([]);
	});

	test('never takes a broken answer for the truth', {timeout: 120_000}, async () => {
		expect(await mistakesUnderWrongAnswers(elbv2, 'us-east-1')).toEqual([]);
	});
});
