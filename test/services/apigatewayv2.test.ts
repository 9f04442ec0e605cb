import {afterEach, describe, expect, test} from 'vitest';
import {toIamPolicy} from '../../source/commands/iam-policy.js';
import type {Answer, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {apigateway} from '../../source/services/apigateway/index.js';
import {apigatewayv2} from '../../source/services/apigatewayv2/index.js';
import type {Api, Route} from '../../source/services/apigatewayv2/rules/api.js';
import {apiRules, stageRules} from '../../source/services/apigatewayv2/rules/index.js';
import type {Stage} from '../../source/services/apigatewayv2/rules/stage.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const of = <T>(configuration: T): Resource<T> => ({
	arn: 'arn:aws:apigateway:eu-west-1::/apis/abc123',
	resourceType: 'AWS::ApiGatewayV2::Api',
	resourceId: 'abc123',
	resourceName: 'mobile',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration,
	unread: {},
	readAt: {},
});

const ask = <T>(rules: ReadonlyArray<Rule<T>>, id: string, resource: Resource<T>, settings: RuleContext['settings'] = {}): Answer => {
	const rule = rules.find(one => one.id === `apigatewayv2-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {
		now: '2026-11-23T12:00:00.000Z',
		settings: {...rule.settings, ...settings},
		trustedAccounts: [],
		related: () => undefined,
		watches: () => true,
	};
	const exemption = rule.exempts?.(resource, context);
	return exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE', reason: exemption};
};

const routes = (from: Readonly<Record<string, string | undefined>>): readonly Route[] =>
	Object.entries(from).map(([key, authorization]) => ({key, scopes: [], ...(authorization !== undefined && {authorization})}));
const http = (from?: Readonly<Record<string, string | undefined>>) =>
	of<Api>({protocol: 'HTTP', defaultHost: 'h', ...(from && {routes: routes(from)})});
const socket = (from: Readonly<Record<string, string>>) => of<Api>({protocol: 'WEBSOCKET', routes: routes(from)});

describe('the rule on routes', () => {
	test.each([
		['all closed', http({'GET /a': 'JWT', 'GET /b': 'AWS_IAM'}), 'PASS', 'all 2 routes demand authorization'],
		['one open among many', http({'GET /a': 'JWT', 'GET /b': 'JWT', 'GET /c': 'NONE'}), 'FAIL', '1 of 3 routes is open to anyone: GET /c'],
		['unset is open', http({'GET /a': undefined}), 'FAIL', 'its only route is open to anyone: GET /a'],
		['all open', http({'GET /a': 'NONE', 'GET /b': 'NONE'}), 'FAIL', 'all 2 routes are open'],
		['preflights carry no credentials', http({'OPTIONS /{proxy+}': 'NONE', 'ANY /{proxy+}': 'JWT'}), 'PASS', 'its route demands'],
		['no routes', http({}), 'NOT_APPLICABLE', 'has no routes'],
		['unread', http(), 'UNKNOWN', 'have not been read'],
		['a connection that is authorized', socket({$connect: 'AWS_IAM', send: 'NONE'}), 'PASS', 'authorized by AWS_IAM'],
		['a connection that is not', socket({$connect: 'NONE'}), 'FAIL', 'anyone can connect'],
		['no $connect at all', socket({$default: 'NONE'}), 'FAIL', 'no $connect route'],
		['a protocol of tomorrow', of<Api>({protocol: 'QUIC', routes: routes({a: 'JWT'})}), 'UNKNOWN', 'QUIC'],
	] as const)('%s', (_, resource, verdict, reason) => {
		const answer = ask(apiRules, 'api-routes-authorized', resource);
		expect(answer.verdict).toBe(verdict);
		expect(answer.reason).toContain(reason);
	});
});

const stage = (facts: Partial<Stage> = {}) =>
	of<Stage>({
		apiId: 'abc123',
		apiName: 'mobile',
		apiArn: 'arn:aws:apigateway:eu-west-1::/apis/abc123',
		protocol: 'HTTP',
		accessLog: null,
		defaults: {},
		routes: {},
		clientCertificateId: null,
		...facts,
	});

describe('rules on stages', () => {
	test.each([
		['stage-execution-logged', 'HTTP', stage(), 'NOT_APPLICABLE', 'no execution log'],
		['stage-execution-logged', 'off', stage({protocol: 'WEBSOCKET', defaults: {loggingLevel: 'OFF'}}), 'FAIL', 'logs no executions'],
		[
			'stage-execution-logged',
			'all but one',
			stage({protocol: 'WEBSOCKET', defaults: {loggingLevel: 'INFO'}, routes: {send: {}}}),
			'FAIL',
			'but not send',
		],
		['stage-throttled', 'none', stage(), 'FAIL', 'nothing but the limit of the account'],
		['stage-throttled', 'zero', stage({defaults: {requestsPerSecond: 0, burst: 0}}), 'FAIL', 'turns everybody away'],
		['stage-throttled', 'its own', stage({defaults: {requestsPerSecond: 50}}), 'PASS', 'limited to 50 requests a second'],
		[
			'stage-throttled',
			'lifted for one route',
			stage({defaults: {requestsPerSecond: 50}, routes: {'GET /a': {requestsPerSecond: 20_000}}}),
			'FAIL',
			'not for GET /a',
		],
	] as const)('%s: %s', (id, _, resource, verdict, reason) => {
		const answer = ask(stageRules, id, resource);
		expect(answer.verdict).toBe(verdict);
		expect(answer.reason).toContain(reason);
	});

	test('a limit counts by what the account may do', () => {
		const half = stage({defaults: {requestsPerSecond: 5000}});
		expect(ask(stageRules, 'stage-throttled', half).verdict).toBe('PASS');
		expect(ask(stageRules, 'stage-throttled', half, {accountRequestsPerSecond: 2500}).verdict).toBe('FAIL');
	});
});

describe('collecting HTTP APIs', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const count = (operation: string) => watch.endpoint.calls.count({operation});

	test('pages by a text, asks stages each time and routes once in hours', async () => {
		watch = await watchScenario('large');
		const {resources, outcome, complete} = await watch.collect(apigatewayv2, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(resources).toHaveLength(330);
		expect(complete).toHaveLength(2);
		expect(['GetApis', 'GetStages', 'GetRoutes'].map(count)).toEqual([2, 110, 110]);
		watch.endpoint.calls.clear();
		await watch.collect(apigatewayv2, 'us-east-1');
		expect(['GetApis', 'GetStages', 'GetRoutes'].map(count)).toEqual([2, 110, 0]);
	});

	test('a listing cut short, and stages that one API does not tell, are not complete', async () => {
		watch = await watchScenario('typical');
		const endless = watch.endpoint.faults.add({service: 'apigatewayv2', operation: 'GetApis', effect: {kind: 'loop-token'}});
		expect(await watch.collect(apigatewayv2, 'us-east-1')).toMatchObject({outcome: {status: 'partial'}, complete: []});
		endless.remove();
		watch.endpoint.faults.add({service: 'apigatewayv2', operation: 'GetStages', times: 1, effect: {kind: 'deny'}});
		const {complete, outcome} = await watch.collect(apigatewayv2, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(complete).toEqual(['AWS::ApiGatewayV2::Api']);
	});

	test('an API deleted meanwhile is no failure', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({
			service: 'apigatewayv2',
			operation: 'GetRoutes',
			times: 1,
			effect: {kind: 'error', name: 'NotFoundException', httpStatus: 404},
		});
		const {outcome, resources} = await watch.collect(apigatewayv2, 'eu-west-1');
		expect(outcome.status).toBe('ok');
		expect(resources).toHaveLength(2);
	});

	test('a healthy account has nothing to say, and hostile names cost no resource', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(apigatewayv2, 'us-east-1');
		const verdicts = judgeAll(apigatewayv2, resources, watch.now()).flatMap(entry => entry.judgements.map(({verdict}) => verdict));
		expect(verdicts.filter(verdict => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		await watch.close();

		watch = await watchScenario('hostile');
		const hostile = await watch.collect(apigatewayv2, 'us-east-1');
		expect(hostile.outcome.status).toBe('ok');
		const reasons = judgeAll(apigatewayv2, hostile.resources, watch.now()).flatMap(entry => entry.judgements.map(({reason}) => reason));
		expect(reasons.filter(reason => reason.includes('the rule failed'))).toEqual([]);
	});
});

test('both services of API Gateway share one statement of the policy', () => {
	const statements = toIamPolicy([apigateway, apigatewayv2]).Statement;
	expect(statements).toHaveLength(1);
	expect(statements[0]?.Resource).toEqual(
		expect.arrayContaining(['arn:aws:apigateway:*::/apis/*/routes', 'arn:aws:apigateway:*::/restapis/*/stages']),
	);
});
