import {afterEach, describe, expect, test} from 'vitest';
import type {Effect} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {route53 as mock} from '../../mocks/services/route53.js';
import {alias, zone as mockZone, record} from '../../mocks/services/route53-state.js';
import type {Answer, Refusal, Resource, Rule} from '../../source/model/index.js';
import {readableName, toEntry, toLink} from '../../source/services/route53/collect/entries.js';
import {route53} from '../../source/services/route53/index.js';
import type {HealthCheck} from '../../source/services/route53/rules/health-check.js';
import {healthCheckRules, zoneRules} from '../../source/services/route53/rules/index.js';
import type {Entry, HostedZone} from '../../source/services/route53/rules/zone.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const resource = <T>(configuration: T, unread: Resource['unread'] = {}): Resource<T> => ({
	arn: 'arn:aws:route53:::hostedzone/Z1',
	resourceType: 'AWS::Route53::HostedZone',
	resourceId: 'Z1',
	resourceName: 'example.com',
	accountId: '123456789012',
	awsRegion: 'global',
	tags: {},
	configuration,
	unread,
	readAt: {},
});
const signed = {status: 'SIGNING', keys: [{name: 'ksk_1', status: 'ACTIVE'}]};
/** A public zone in good order; `facts` say what differs. */
const zone = (facts: Partial<HostedZone> = {}, unread: Resource['unread'] = {}) =>
	resource<HostedZone>({isPrivate: false, queryLogGroupArn: null, dnssec: signed, entries: [], ...facts}, unread);
const routed = (facts: Partial<Entry> = {}): Entry => ({
	name: 'app.example.com',
	type: 'A',
	target: 'app-1.us-east-1.elb.amazonaws.com',
	kind: 'load balancer',
	evaluateTargetHealth: false,
	routing: 'weighted',
	setIdentifier: 'blue',
	...facts,
});
const refusal = (operation: string, status: Refusal['status'] = 'denied'): Readonly<Record<string, Refusal>> => ({
	[operation]: {status, operation, iamAction: `route53:${operation}`, error: 'AccessDenied', message: 'no'},
});

const ask = <T>(rules: ReadonlyArray<Rule<T>>, id: string, of: Resource<T>): Answer => {
	const rule = rules.find(one => one.id === `route53-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context = {now: '2026-11-23T12:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(of, context);
	const answer = exemption === undefined ? rule.evaluate(of, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const log = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com:*';
const zoneCases: ReadonlyArray<
	readonly [rule: string, what: string, Resource<HostedZone>, verdict: string, severity: string, reason: string]
> = [
	['query-logging', 'on', zone({queryLogGroupArn: log}), 'PASS', '', 'logged to /aws/route53/example.com'],
	['query-logging', 'off', zone(), 'FAIL', 'LOW', 'not logged'],
	['query-logging', 'of a private zone', zone({isPrivate: true}), 'NOT_APPLICABLE', '', 'private'],
	[
		'query-logging',
		'of another service',
		zone({linkedService: 'servicediscovery.amazonaws.com'}),
		'NOT_APPLICABLE',
		'',
		'servicediscovery',
	],
	[
		'query-logging',
		'not to be read',
		resource<HostedZone>({isPrivate: false}, refusal('ListQueryLoggingConfigs')),
		'UNKNOWN',
		'',
		'route53:ListQueryLoggingConfigs was denied',
	],
	[
		'query-logging',
		'asked too often',
		resource<HostedZone>({isPrivate: false}, refusal('ListQueryLoggingConfigs', 'throttled')),
		'UNKNOWN',
		'',
		'could not be read: route53:ListQueryLoggingConfigs was throttled',
	],
	['query-logging', 'of who knows whom', resource<HostedZone>({queryLogGroupArn: null}), 'UNKNOWN', '', 'whether it is public'],

	['dnssec-signing', 'on', zone(), 'PASS', '', 'signed with ksk_1'],
	['dnssec-signing', 'off', zone({dnssec: {status: 'NOT_SIGNING', keys: []}}), 'FAIL', 'LOW', 'not signed'],
	['dnssec-signing', 'going off', zone({dnssec: {status: 'DELETING', keys: []}}), 'FAIL', 'LOW', 'being removed'],
	[
		'dnssec-signing',
		'in need of action',
		zone({dnssec: {status: 'ACTION_NEEDED', message: 'The key is gone.', keys: []}}),
		'FAIL',
		'HIGH',
		'signing needs action: The key is gone',
	],
	[
		'dnssec-signing',
		'on, with a key in need of action',
		zone({dnssec: {status: 'SIGNING', keys: [{name: 'ksk_2', status: 'ACTION_NEEDED'}]}}),
		'FAIL',
		'HIGH',
		'key-signing key ksk_2 needs action',
	],
	['dnssec-signing', 'a status of tomorrow', zone({dnssec: {status: 'RESIGNING', keys: []}}), 'UNKNOWN', '', 'RESIGNING'],
	['dnssec-signing', 'not told', zone({dnssec: {keys: []}}), 'UNKNOWN', '', 'did not tell'],
	['dnssec-signing', 'of a private zone', zone({isPrivate: true}), 'NOT_APPLICABLE', '', ''],

	['routed-entries-checked', 'by the target', zone({entries: [routed({evaluateTargetHealth: true})]}), 'PASS', '', 'one record'],
	['routed-entries-checked', 'by a health check', zone({entries: [routed({healthCheckId: 'h1'})]}), 'PASS', '', ''],
	[
		'routed-entries-checked',
		'not at all',
		zone({entries: [routed(), routed({setIdentifier: 'green'})]}),
		'FAIL',
		'LOW',
		'app.example.com (blue), app.example.com (green)',
	],
	['routed-entries-checked', 'the last resort', zone({entries: [routed({routing: 'failover (secondary)'})]}), 'NOT_APPLICABLE', '', ''],
	['routed-entries-checked', 'CloudFront, which cannot', zone({entries: [routed({kind: 'CloudFront'})]}), 'NOT_APPLICABLE', '', ''],
	[
		'routed-entries-checked',
		'nothing to choose from',
		zone({entries: [{name: 'a', type: 'A', target: 'x.elb.amazonaws.com', kind: 'load balancer'}]}),
		'NOT_APPLICABLE',
		'',
		'',
	],
	[
		'routed-entries-checked',
		'of more than are kept',
		zone({entries: [routed({healthCheckId: 'h1'})], moreEntries: 12}),
		'UNKNOWN',
		'',
		'12 more',
	],
	['routed-entries-checked', 'not read', resource<HostedZone>({isPrivate: false}), 'UNKNOWN', '', ''],
];

const checkCases: ReadonlyArray<readonly [what: string, HealthCheck, verdict: string, severity: string, reason: string]> = [
	['enabled', {type: 'HTTPS', disabled: false}, 'PASS', '', 'enabled'],
	['disabled', {type: 'HTTPS', disabled: true}, 'FAIL', 'MEDIUM', 'counts as healthy whatever happens'],
	['disabled and inverted', {type: 'TCP', disabled: true, inverted: true}, 'FAIL', 'MEDIUM', 'counts as unhealthy whatever happens'],
	['no child needed', {type: 'CALCULATED', healthThreshold: 0}, 'FAIL', 'MEDIUM', 'needs no healthy child'],
	['one child needed', {type: 'CALCULATED', healthThreshold: 1}, 'PASS', '', ''],
	['healthy without data', {type: 'CLOUDWATCH_METRIC', insufficientDataHealth: 'Healthy'}, 'FAIL', 'LOW', 'no data'],
	['as it was without data', {type: 'CLOUDWATCH_METRIC', insufficientDataHealth: 'LastKnownStatus'}, 'PASS', '', ''],
	['another service’s', {type: 'HTTP', disabled: true, linkedService: 'x.amazonaws.com'}, 'NOT_APPLICABLE', '', 'x.amazonaws.com'],
	['not told', {}, 'UNKNOWN', '', ''],
	['children not told', {type: 'CALCULATED'}, 'UNKNOWN', '', ''],
];

describe('rules on zones and health checks', () => {
	test.each(zoneCases)('%s: %s', (rule, _, of, verdict, severity, reason) => {
		const answer = ask(zoneRules, `zone-${rule}`, of);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});

	test.each(checkCases)('healthcheck-can-fail: %s', (_, configuration, verdict, severity, reason) => {
		const answer = ask(healthCheckRules, 'healthcheck-can-fail', resource(configuration));
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
	});
});

describe('records that lead to AWS', () => {
	test.each([
		['d111.cloudfront.net.', 'CloudFront', 'd111.cloudfront.net'],
		['dualstack.App-1.eu-west-1.elb.amazonaws.com.', 'load balancer', 'app-1.eu-west-1.elb.amazonaws.com'],
		['net-1.elb.eu-west-1.amazonaws.com.', 'load balancer', 'net-1.elb.eu-west-1.amazonaws.com'],
		['app-1.cn-north-1.elb.amazonaws.com.cn.', 'load balancer', 'app-1.cn-north-1.elb.amazonaws.com.cn'],
		['a1.awsglobalaccelerator.com.', 'accelerator', 'a1.awsglobalaccelerator.com'],
		['a1.dualstack.awsglobalaccelerator.com.', 'accelerator', 'a1.dualstack.awsglobalaccelerator.com'],
		['d-1.execute-api.eu-west-1.amazonaws.com.', 'API', 'd-1.execute-api.eu-west-1.amazonaws.com'],
		['s3-website-us-east-1.amazonaws.com.', 'S3 website', 's3-website-us-east-1.amazonaws.com'],
		['s3-website.eu-central-1.amazonaws.com.', 'S3 website', 's3-website.eu-central-1.amazonaws.com'],
		['env.us-west-2.elasticbeanstalk.com.', undefined, undefined],
		['cloudfront.net.evil.example.', undefined, undefined],
	])('%s is %s', (dnsName, kind, target) => {
		const told = toEntry({
			Name: 'x.example.com.',
			Type: 'A',
			AliasTarget: {HostedZoneId: 'Z', DNSName: dnsName, EvaluateTargetHealth: true},
		});
		expect([told?.kind, told?.target]).toEqual([kind, target]);
	});

	test('names are readable, CNAMEs count, and addresses do not', () => {
		expect(readableName('\\052.shop.example.com.')).toBe('*.shop.example.com');
		expect(toEntry(record('a.example.com', 'CNAME', 'd1.cloudfront.net'))).toEqual({
			name: 'a.example.com',
			type: 'CNAME',
			target: 'd1.cloudfront.net',
			kind: 'CloudFront',
		});
		expect(toEntry(record('a.example.com', 'A', '192.0.2.1'))).toBeUndefined();
		expect(toEntry(record('a.example.com', 'TXT', 'd1.cloudfront.net'))).toBeUndefined();
	});

	test.each([
		['CNAME', 'lb.acme.com.', {name: 'a.acme.com', target: 'lb.acme.com'}],
		['A', 'LB.eu.acme.com', {name: 'a.acme.com', target: 'lb.eu.acme.com'}],
		['AAAA', 'acme.net', {name: 'a.acme.com', target: 'acme.net'}],
		// Its own name, which AWS's load balancers alone have twice.
		['A', 'dualstack.acme.net', {name: 'a.acme.com', target: 'dualstack.acme.net'}],
		['A', 'a.acme.com', undefined],
		['TXT', 'lb.acme.com', undefined],
		['CNAME', 'lb.notacme.com', undefined],
		['CNAME', 'com', undefined],
	] as const)('%s to %s leads to a name of our own, or to none', (type, target, link) => {
		const told = type === 'CNAME' ? record('a.acme.com', type, target) : alias('a.acme.com', target, {Type: type});
		expect(toLink(told, new Set(['acme.com', 'acme.net']))).toEqual(link);
	});

	test.each([
		[{Weight: 0}, 'weighted'],
		[{Region: 'eu-west-1'}, 'latency'],
		[{Failover: 'PRIMARY'}, 'failover (primary)'],
		[{GeoLocation: {CountryCode: 'IT'}}, 'geolocation'],
		[{MultiValueAnswer: true}, 'multivalue'],
		[{}, undefined],
	] as const)('%j is %s', (facts, routing) => {
		expect(toEntry(alias('a.example.com', 'app-1.us-east-1.elb.amazonaws.com', facts))?.routing).toBe(routing);
	});
});

describe('collecting zones', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const count = (operation: string) => watch.endpoint.calls.count({operation});
	const collect = () => watch.collect(route53, 'us-east-1');
	const state = () => watch.endpoint.world.state(mock, 'us-east-1');
	const [account] = scenarios.healthy.accounts;
	const place = placeOf('healthy', account, 'us-east-1', new Date());
	// Zones have one configuration, and the names looked for are zones'.
	const find = (resources: readonly Resource[], name: string) =>
		resources.find(({resourceName}) => resourceName === name) as Resource<HostedZone> | undefined;

	test('one listing tells the logs of all, and nothing more is asked of private zones', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await collect();
		expect(complete).toEqual(['AWS::Route53::HostedZone', 'AWS::Route53::HealthCheck']);
		expect(resources).toHaveLength(13);
		expect([count('ListHostedZones'), count('ListQueryLoggingConfigs'), count('ListHealthChecks')]).toEqual([1, 1, 1]);
		expect([count('GetDNSSEC'), count('ListResourceRecordSets')]).toEqual([5, 5]);
		const acme = find(resources, 'acme.com');
		expect(acme).toMatchObject({awsRegion: 'global', arn: expect.stringMatching(/^arn:aws:route53:::hostedzone\/Z[0-9A-F]+$/u)});
		expect(acme?.configuration.entries).toHaveLength(12);
		expect(acme?.configuration.entries).toContainEqual(
			expect.objectContaining({name: 'eu.acme.com', kind: 'load balancer', routing: 'failover (primary)', evaluateTargetHealth: true}),
		);
		expect(find(resources, 'acme.internal')?.configuration).toMatchObject({isPrivate: true, queryLogGroupArn: null});
		expect(find(resources, 'acme.internal')?.configuration.entries).toBeUndefined();
		expect(resources.map(({resourceName}) => resourceName)).toContain('www.acme.com:443/healthz');
	});

	test('no text of a record but a name is kept', async () => {
		watch = await watchScenario('typical');
		expect(JSON.stringify((await collect()).resources)).not.toContain('spf1');
	});

	test('a zone of many pages goes on from name, type and identifier', async () => {
		watch = await watchScenario('healthy');
		const weighted = Array.from({length: 650}, (_, index) =>
			alias('app.example.com', 'app-1.us-east-1.elb.amazonaws.com', {
				SetIdentifier: String(index).padStart(3, '0'),
				Weight: 1,
				checked: true,
			}),
		);
		const others = Array.from({length: 500}, (_, index) => alias(`h${index}.example.com`, 'd1.cloudfront.net'));
		state().zones = [mockZone(place, 'example.com', [...weighted, ...others])];
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect(count('ListResourceRecordSets')).toBe(4);
		const {entries = [], moreEntries, recordCount} = find(resources, 'example.com')?.configuration ?? {};
		expect([entries.length, moreEntries, recordCount]).toEqual([1000, 150, 1152]);
		expect(new Set(entries.map(({name, setIdentifier}) => `${name} ${setIdentifier}`)).size).toBe(1000);
	});

	test('the ways to other names of the account are kept, each once and a thousand of them', async () => {
		watch = await watchScenario('healthy');
		const many = Array.from({length: 1002}, (_, index) => record(`h${index}.example.net`, 'CNAME', 'www.example.com'));
		state().zones = [
			mockZone(place, 'example.com', [
				alias('www.example.com', 'lb.example.com'),
				alias('www.example.com', 'lb.example.com', {Type: 'AAAA'}),
				alias('lb.example.com', 'app-1.us-east-1.elb.amazonaws.com'),
				record('mail.example.com', 'CNAME', 'mail-provider.example.org'),
				record('db.example.com', 'CNAME', 'db.example.internal'),
			]),
			mockZone(place, 'example.net', many),
			mockZone(place, 'example.internal', [], {isPrivate: true}),
		];
		const {resources} = await collect();
		expect(find(resources, 'example.com')?.configuration).toMatchObject({
			entries: [{name: 'lb.example.com'}],
			links: [{name: 'www.example.com', target: 'lb.example.com'}],
		});
		const {links, moreLinks, moreEntries} = find(resources, 'example.net')?.configuration ?? {};
		expect([links?.length, moreLinks, moreEntries]).toEqual([1000, 2, undefined]);
	});

	test('an account without zones is complete, and asks for no logs', async () => {
		watch = await watchScenario('healthy');
		Object.assign(state(), {zones: [], healthChecks: []});
		const {resources, complete, outcome} = await collect();
		expect([outcome.status, resources, complete]).toEqual(['ok', [], ['AWS::Route53::HostedZone', 'AWS::Route53::HealthCheck']]);
		expect(count('ListQueryLoggingConfigs')).toBe(0);
	});

	test('an account without query logs has none', async () => {
		watch = await watchScenario('healthy');
		state().zones = [mockZone(place, 'example.com', [], {unlogged: true})];
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect(find(resources, 'example.com')?.configuration.queryLogGroupArn).toBeNull();
	});

	test('four hundred zones take four pages, and signing keeps for hours', async () => {
		watch = await watchScenario('large');
		const {resources} = await collect();
		expect(resources).toHaveLength(550);
		expect([count('ListHostedZones'), count('ListHealthChecks')]).toEqual([4, 2]);
		watch.endpoint.calls.clear();
		await collect();
		expect(count('GetDNSSEC')).toBe(0);
	});

	test.each<[string, Effect, string]>([
		['denied', {kind: 'deny'}, 'denied'],
		['empty-handed', {kind: 'empty-object'}, 'failed'],
		['lacking every name and number', {kind: 'missing-members'}, 'failed'],
		['lacking names', {kind: 'missing-members', members: ['Id']}, 'partial'],
		['half an answer', {kind: 'malformed'}, 'failed'],
		['not AWS’s', {kind: 'html'}, 'failed'],
	])('a listing of zones that is %s shows none gone', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'route53', operation: 'ListHostedZones', effect});
		const {outcome, complete} = await collect();
		expect(outcome.status).toBe(status);
		expect(complete).not.toContain('AWS::Route53::HostedZone');
	});

	test('a refusal of health checks costs health checks alone', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'route53', operation: 'ListHealthChecks', effect: {kind: 'deny'}});
		const {outcome, complete, resources} = await collect();
		expect([outcome.status, complete, resources.length]).toEqual(['partial', ['AWS::Route53::HostedZone'], 7]);
	});

	test('records that are cut short are no records', async () => {
		watch = await watchScenario('large');
		watch.endpoint.faults.add({
			service: 'route53',
			operation: 'ListResourceRecordSets',
			effect: {kind: 'missing-members', members: ['NextRecordName']},
		});
		const {resources, complete} = await collect();
		const long = resources.filter(({configuration}) => Number((configuration as HostedZone).recordCount) > 300) as Array<
			Resource<HostedZone>
		>;
		const open = long.filter(({configuration}) => configuration.isPrivate === false);
		expect(open.length).toBeGreaterThan(0);
		expect(
			open.every(({configuration, unread}) => configuration.entries === undefined && unread['ListResourceRecordSets'] !== undefined),
		).toBe(true);
		expect(complete).toEqual([]);
	});

	test('wrong answers turn no verdict', async () => {
		expect(await mistakesUnderWrongAnswers(route53, 'us-east-1')).toEqual([]);
		watch = await watchScenario('healthy');
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const judgements = judgeAll(route53, (await collect()).resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile names, comments and messages cost no zone', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect(resources.every(({resourceName}) => resourceName !== '')).toBe(true);
		const judgements = judgeAll(route53, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});
