import {afterEach, describe, expect, test} from 'vitest';
import {AwsError} from '../../mocks/endpoint/aws-error.js';
import {fms as mock} from '../../mocks/services/fms.js';
import type {Answer, Resource, RuleContext} from '../../source/model/index.js';
import {fms} from '../../source/services/fms/index.js';
import {policyRules} from '../../source/services/fms/rules/index.js';
import type {Compliance, Policy} from '../../source/services/fms/rules/policy.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const ask = (id: string, facts: Partial<Policy>): Answer => {
	const rule = policyRules.find(one => one.id === `fms-policy-${id}`);
	if (rule === undefined) throw new TypeError(`No rule ${id}`);
	const resource: Resource<Policy> = {
		arn: 'arn:aws:fms:us-east-1:123456789012:policy/1',
		resourceType: 'AWS::FMS::Policy',
		resourceId: '1',
		resourceName: 'baseline',
		accountId: '123456789012',
		awsRegion: 'us-east-1',
		tags: {},
		configuration: {resourceTypes: [], ...facts},
		unread: {},
		readAt: {},
	};
	const context: RuleContext = {
		now: '2026-11-23T12:00:00.000Z',
		settings: rule.settings ?? {},
		trustedAccounts: [],
		related: () => undefined,
		watches: () => true,
	};
	return rule.evaluate(resource, context);
};

const compliance = (facts: Partial<Compliance> = {}): {readonly compliance: Compliance} => ({
	compliance: {accounts: 5, compliant: 5, nonCompliant: 0, untold: 0, violations: [], issues: [], ...facts},
});
const violation = (accountId: string, resources: number, more = false) => ({accountId, resources, more});
const config = {accountId: '2', service: 'AWSCONFIG', message: 'Not enabled.'};

test.each<[string, string, Partial<Policy>, Answer['verdict'], string]>([
	['accounts-comply', 'all do', compliance(), 'PASS', 'all 5 accounts in its scope comply'],
	['accounts-comply', 'there is none', compliance({accounts: 0, compliant: 0}), 'NOT_APPLICABLE', 'no account'],
	[
		'accounts-comply',
		'some do not, and how many more is counted',
		compliance({compliant: 0, nonCompliant: 5, violations: [violation('1', 100, true), violation('2', 3), violation('3', 1)]}),
		'FAIL',
		'5 of 5 accounts do not comply: 1 (over 100 resources), 2 (3 resources), 3 (one resource) and 2 more',
	],
	[
		'accounts-comply',
		'one does not, and why is told',
		compliance({
			compliant: 4,
			nonCompliant: 1,
			violations: [{...violation('1', 1), examples: [{resourceId: 'arn:aws:ec2:x:1:vpc/vpc-7', reason: 'MISSING_FIREWALL'}]}],
		}),
		'FAIL',
		'1 of 5 accounts does not comply: 1 (one resource, such as vpc-7: missing firewall)',
	],
	['accounts-comply', 'one is not told of', compliance({compliant: 4, untold: 1}), 'UNKNOWN', 'of 1 of 5 accounts'],
	['accounts-comply', 'nothing was read', {}, 'UNKNOWN', 'did not tell'],
	['dependencies-on', 'all are', compliance(), 'PASS', 'no trouble'],
	['dependencies-on', 'Config is off somewhere', compliance({issues: [config]}), 'FAIL', 'trouble with AWS Config in 2: Not enabled'],
	['dependencies-on', 'a service of tomorrow', compliance({issues: [{...config, service: 'AWSNEW', message: ''}]}), 'FAIL', 'AWSNEW in 2'],
	['in-scope', 'yes', {status: 'ACTIVE'}, 'PASS', 'active'],
	['in-scope', 'no', {status: 'OUT_OF_ADMIN_SCOPE'}, 'FAIL', 'not protected'],
	['in-scope', 'of tomorrow', {status: 'PAUSED'}, 'UNKNOWN', 'PAUSED'],
	['remediates', 'yes', {remediates: true}, 'PASS', 'mends'],
	['remediates', 'no', {remediates: false}, 'FAIL', 'mends nothing'],
	['remediates', 'not told', {}, 'UNKNOWN', 'did not tell'],
])('%s: %s', (id, _, facts, verdict, reason) => {
	const answer = ask(id, facts);
	expect(answer.verdict).toBe(verdict);
	expect(answer.reason).toContain(reason);
	expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
});

describe('collecting policies', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	// The one kind has one configuration.
	const named = (resources: readonly Resource[], name: string) =>
		resources.find(({resourceName}) => resourceName === name) as Resource<Policy> | undefined;

	test.each([
		['eu-west-1', 'not-enabled', 'Firewall Manager is not set up for this account in eu-west-1'],
		['ap-southeast-2', 'not-enabled', 'account 234567890123 administers Firewall Manager, and this one does not'],
		['eu-south-1', 'denied', 'fms:ListPolicies'],
	])('in %s it ends %s, at every look', async (awsRegion, status, reason) => {
		watch = await watchScenario('typical');
		for (let look = 0; look < 2; look++) {
			const {outcome, complete, resources} = await watch.collect(fms, awsRegion);
			expect(outcome.status).toBe(status);
			expect(outcome.reason).toContain(reason);
			expect(resources).toEqual([]);
			expect(complete).toEqual(status === 'denied' ? [] : ['AWS::FMS::Policy']);
		}
	});

	test.each([
		['AccessDeniedException', 'Account: 153891904029 is not currently delegated by AWS FM.', 'not-enabled'],
		['InvalidOperationException', 'The Region is disabled by default.', 'not-enabled'],
		['ResourceNotFoundException', 'No such thing.', 'not-enabled'],
		['AccessDeniedException', 'User: me is not authorized to perform: fms:ListPolicies', 'denied'],
		['AccessDeniedException', 'Forbidden', 'denied'],
		['InternalErrorException', 'Try again', 'failed'],
	])('%s “%s” is %s', async (name, message, status) => {
		watch = await watchScenario('typical');
		const state = watch.endpoint.world.state(mock, 'us-east-1', '123456789012');
		// Every listing reads the policies: this one cannot.
		Object.defineProperty(state, 'policies', {
			get() {
				throw new AwsError(name, message);
			},
		});
		expect((await watch.collect(fms, 'us-east-1')).outcome.status).toBe(status);
	});

	test('each policy is told of by itself, with its scope, its accounts and their first reasons', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(fms, 'us-east-1');
		expect(resources).toHaveLength(7);
		expect(named(resources, 'baseline-waf')?.configuration).toMatchObject({
			resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ApiGateway::Stage'],
			includes: null,
			excludes: {accountIds: ['303030303030'], orgUnitIds: []},
			compliance: {
				accounts: 12,
				compliant: 9,
				nonCompliant: 2,
				untold: 1,
				violations: [{accountId: '123456789012', resources: 3}, {accountId: '456789012345'}],
				issues: [{accountId: '202020202020', service: 'AWSCONFIG'}],
			},
		});
		const shield = named(resources, 'shield-for-addresses')?.configuration.compliance?.violations;
		expect(shield?.map(({examples}) => examples?.length)).toEqual([5, 4, 4, undefined]);
		expect(shield?.[0]).toMatchObject({resources: 100, more: true});
		// Three accounts of one policy, and two of another.
		expect(watch.endpoint.calls.count({operation: 'GetComplianceDetail'})).toBe(5);
	});

	test('reasons hold up nothing, and are asked for again only after another evaluation', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const first = await watch.collect(fms, 'us-east-1');
		expect(first.outcome.status).toBe('partial');
		expect(named(first.resources, 'baseline-waf')?.unread['GetComplianceDetail']).toMatchObject({status: 'pending'});
		const verdicts = judgeAll(fms, first.resources, watch.now()).flatMap(({judgements}) => judgements.map(({verdict}) => verdict));
		await expect
			.poll(async () => named((await watch.collect(fms, 'us-east-1')).resources, 'baseline-waf')?.unread['GetComplianceDetail'])
			.toBeUndefined();
		watch.endpoint.calls.clear();
		const {resources} = await watch.collect(fms, 'us-east-1');
		expect(judgeAll(fms, resources, watch.now()).flatMap(({judgements}) => judgements.map(({verdict}) => verdict))).toEqual(verdicts);
		expect(watch.endpoint.calls.count({operation: 'GetComplianceDetail'})).toBe(0);
	});

	test('four hundred accounts take four pages a policy', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {resources} = await watch.collect(fms, 'ap-southeast-2');
		expect(resources).toHaveLength(2);
		expect(watch.endpoint.calls.count({operation: 'ListComplianceStatus'})).toBe(8);
	});

	test('wrong answers make verdicts UNKNOWN, whichever operation gives them', async () => {
		watch = await watchScenario('healthy');
		expect(await mistakesUnderWrongAnswers(fms, 'us-east-1')).toEqual([]);
	}, 60_000);

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(fms, 'us-east-1');
		const judgements = judgeAll(fms, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.map(({verdict}) => verdict)).toEqual(['PASS', 'PASS', 'PASS', 'PASS']);
	});

	test('hostile names cost no policy', async () => {
		watch = await watchScenario('hostile');
		const {resources} = await watch.collect(fms, 'us-east-1');
		expect(resources.length).toBeGreaterThan(40);
		const judgements = judgeAll(fms, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});
