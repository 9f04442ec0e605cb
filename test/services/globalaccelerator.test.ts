import {afterEach, describe, expect, test} from 'vitest';
import type {Effect} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {globalaccelerator as mock} from '../../mocks/services/globalaccelerator.js';
import {accelerator as mockAccelerator, endpoint as mockEndpoint} from '../../mocks/services/globalaccelerator-state.js';
import type {Answer, Resource} from '../../source/model/index.js';
import {globalaccelerator} from '../../source/services/globalaccelerator/index.js';
import type {Accelerator, Endpoint} from '../../source/services/globalaccelerator/rules/accelerator.js';
import {acceleratorRules} from '../../source/services/globalaccelerator/rules/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const alb = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/api/0123';
const nlb = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/ingest/0123';
const endpoint = (facts: Partial<Endpoint> = {}): Endpoint => ({
	endpointId: alb,
	weight: 128,
	health: 'HEALTHY',
	preservesClientIp: true,
	...facts,
});
const behind = (endpoints: readonly Endpoint[], trafficDialPercentage = 100): Partial<Accelerator> => ({
	listeners: [{arn: 'l', protocol: 'TCP', ports: ['443'], groups: [{arn: 'g', awsRegion: 'us-east-1', trafficDialPercentage, endpoints}]}],
});

/** An accelerator in good order; `facts` say what differs. */
const accelerator = (facts: Partial<Accelerator> = {}): Resource<Accelerator> => ({
	arn: 'arn:aws:globalaccelerator::123456789012:accelerator/1',
	resourceType: 'AWS::GlobalAccelerator::Accelerator',
	resourceId: '1',
	resourceName: 'api-fixed',
	accountId: '123456789012',
	awsRegion: 'global',
	tags: {},
	configuration: {enabled: true, status: 'DEPLOYED', flowLogs: {bucket: 'logs'}, ...behind([endpoint()]), ...facts},
	unread: {},
	readAt: {},
});
const untold: Resource<Accelerator> = {...accelerator(), configuration: {}};

const ask = (id: string, of: Resource<Accelerator>): Answer => {
	const rule = acceleratorRules.find(one => one.id === `globalaccelerator-accelerator-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context = {now: '2026-11-23T12:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(of, context);
	const answer = exemption === undefined ? rule.evaluate(of, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const ill = endpoint({health: 'UNHEALTHY', endpointId: nlb});
const cases: ReadonlyArray<
	readonly [rule: string, what: string, Resource<Accelerator>, verdict: string, severity: string, reason: string]
> = [
	['endpoints-healthy', 'healthy', accelerator(), 'PASS', '', 'leads to api, all healthy'],
	['endpoints-healthy', 'one of two', accelerator(behind([endpoint(), ill])), 'FAIL', 'MEDIUM', 'unhealthy: ingest'],
	['endpoints-healthy', 'none of one', accelerator(behind([ill])), 'FAIL', 'HIGH', 'every endpoint is unhealthy: ingest'],
	['endpoints-healthy', 'no listener', accelerator({listeners: []}), 'FAIL', 'HIGH', 'no listener'],
	['endpoints-healthy', 'no endpoint', accelerator(behind([])), 'FAIL', 'HIGH', 'leads nowhere'],
	['endpoints-healthy', 'none with weight', accelerator(behind([endpoint({weight: 0})])), 'FAIL', 'HIGH', 'no endpoint gets traffic'],
	['endpoints-healthy', 'none in a Region with traffic', accelerator(behind([endpoint()], 0)), 'FAIL', 'HIGH', ''],
	['endpoints-healthy', 'an ill one without weight', accelerator(behind([endpoint(), {...ill, weight: 0}])), 'PASS', '', ''],
	['endpoints-healthy', 'new', accelerator(behind([endpoint({health: 'INITIAL'})])), 'UNKNOWN', '', 'api (initial)'],
	['endpoints-healthy', 'disabled', accelerator({enabled: false, listeners: []}), 'NOT_APPLICABLE', '', 'answers nobody'],
	['endpoints-healthy', 'not read', untold, 'UNKNOWN', '', ''],

	['client-ip-preserved', 'yes', accelerator(), 'PASS', '', 'reach api'],
	[
		'client-ip-preserved',
		'no',
		accelerator(behind([endpoint({preservesClientIp: false})])),
		'FAIL',
		'MEDIUM',
		'instead of visitors’ own reach api',
	],
	[
		'client-ip-preserved',
		'a network load balancer',
		accelerator(behind([endpoint({endpointId: nlb, preservesClientIp: false})])),
		'NOT_APPLICABLE',
		'',
		'',
	],
	['client-ip-preserved', 'not told', accelerator(behind([{endpointId: alb}])), 'UNKNOWN', '', 'did not tell'],
	['client-ip-preserved', 'not read', untold, 'UNKNOWN', '', ''],

	['flow-logs', 'on', accelerator(), 'PASS', '', 'go to logs'],
	['flow-logs', 'off', accelerator({flowLogs: null}), 'FAIL', 'LOW', 'off'],
	['flow-logs', 'not told', untold, 'UNKNOWN', '', ''],

	['enabled', 'yes', accelerator(), 'PASS', '', ''],
	['enabled', 'changing', accelerator({status: 'IN_PROGRESS'}), 'PASS', '', 'on its way'],
	['enabled', 'no', accelerator({enabled: false}), 'FAIL', 'LOW', '18 USD a month'],
	['enabled', 'not told', untold, 'UNKNOWN', '', ''],
];

describe('rules on accelerators', () => {
	test.each(cases)('%s: %s', (rule, _, of, verdict, severity, reason) => {
		const answer = ask(rule, of);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});
});

describe('collecting accelerators', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const count = (operation: string) => watch.endpoint.calls.count({operation});
	const collect = () => watch.collect(globalaccelerator, 'us-west-2');
	const [account] = scenarios.healthy.accounts;
	const place = placeOf('healthy', account, 'us-west-2', new Date());
	// The one kind has one configuration.
	const find = (resources: readonly Resource[], name: string) =>
		resources.find(({resourceName}) => resourceName === name) as Resource<Accelerator> | undefined;

	test('from addresses to endpoints, and health anew each time', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await collect();
		expect(complete).toEqual(['AWS::GlobalAccelerator::Accelerator']);
		expect(resources).toHaveLength(6);
		expect(find(resources, 'api-fixed')).toMatchObject({
			awsRegion: 'global',
			configuration: {
				ipAddresses: [expect.stringMatching(/^75\.2\./u), expect.stringMatching(/^99\.83\./u)],
				dnsName: expect.stringMatching(/^a[0-9a-f]{16}\.awsglobalaccelerator\.com$/u),
				listeners: [
					{protocol: 'TCP', ports: ['443'], groups: [{awsRegion: 'us-east-1', endpoints: [{health: 'HEALTHY', preservesClientIp: true}]}]},
				],
				flowLogs: {bucket: 'acme-ci-logs', prefix: 'api-fixed'},
			},
		});
		expect([count('ListAccelerators'), count('ListListeners'), count('ListEndpointGroups')]).toEqual([1, 6, 5]);

		watch.endpoint.calls.clear();
		watch.endpoint.timeline.advance(100);
		const again = await collect();
		expect(find(again.resources, 'api-fixed')?.configuration.listeners?.[0]?.groups[0]?.endpoints[0]?.health).toBe('UNHEALTHY');
		expect([count('ListListeners'), count('DescribeAcceleratorAttributes')]).toEqual([0, 0]);
	});

	test('listeners and groups of many pages are whole', async () => {
		watch = await watchScenario('healthy');
		const groups = Array.from({length: 150}, (_, index) => ({
			awsRegion: `region-${index}`,
			trafficDial: 100,
			endpoints: [mockEndpoint(`eipalloc-${index}`)],
		}));
		const ports = Array.from({length: 120}, (_, index) => ({
			protocol: 'UDP' as const,
			ports: [1000 + index],
			groups: index === 0 ? groups : [],
		}));
		watch.endpoint.world.state(mock, 'us-west-2').accelerators = [mockAccelerator(place, 'wide', ports)];
		const {listeners} = find((await collect()).resources, 'wide')?.configuration ?? {};
		expect([listeners?.length, listeners?.[0]?.groups.length]).toEqual([120, 150]);
		expect([count('ListListeners'), count('ListEndpointGroups')]).toEqual([2, 121]);
	});

	test('a group that may not be read leaves nothing of its accelerator’s endpoints', async () => {
		watch = await watchScenario('typical');
		const partners = find((await collect()).resources, 'partners-fixed');
		expect(partners?.configuration.listeners).toBeUndefined();
		expect(partners?.unread['ListEndpointGroups']).toMatchObject({status: 'denied', iamAction: 'globalaccelerator:ListEndpointGroups'});
	});

	test.each<[string, Effect, string]>([
		['denied', {kind: 'deny'}, 'denied'],
		['empty-handed', {kind: 'empty-object'}, 'failed'],
		['lacking names', {kind: 'missing-members', members: ['AcceleratorArn']}, 'partial'],
		['not AWS’s', {kind: 'html'}, 'failed'],
	])('a listing that is %s shows none gone', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'globalaccelerator', operation: 'ListAccelerators', effect});
		const {outcome, complete} = await collect();
		expect([outcome.status, complete]).toEqual([status, []]);
	});

	test('a hundred and twenty take two pages', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		expect((await collect()).resources).toHaveLength(120);
		expect(count('ListAccelerators')).toBe(2);
	});

	test('wrong answers turn no verdict', async () => {
		expect(await mistakesUnderWrongAnswers(globalaccelerator, 'us-west-2')).toEqual([]);
		watch = await watchScenario('healthy');
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await collect();
		expect(resources).toHaveLength(1);
		const judgements = judgeAll(globalaccelerator, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile names cost no accelerator', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		const judgements = judgeAll(globalaccelerator, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});
