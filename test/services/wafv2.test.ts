import {afterEach, describe, expect, test} from 'vitest';
import {rulesOf} from '../../mocks/services/wafv2-managed.js';
import type {Answer, Facts, Refusal, Resource, RuleContext} from '../../source/model/index.js';
import {toAclRules} from '../../source/services/wafv2/collect/acl-rule.js';
import type {Commands} from '../../source/services/wafv2/collect/commands.js';
import type {Acl, Rule, Statement} from '../../source/services/wafv2/collect/statement.js';
import {wafv2} from '../../source/services/wafv2/index.js';
import type {AclRule} from '../../source/services/wafv2/rules/acl-rule.js';
import {webAclRules} from '../../source/services/wafv2/rules/index.js';
import type {IpSet, WebAcl} from '../../source/services/wafv2/rules/web-acl.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const visibility = {SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'm'};
const groupArn = 'arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/g/1';
const setArn = 'arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/office/2';
const rate = (more: object = {}): Statement => ({RateBasedStatement: {Limit: 100, AggregateKeyType: 'IP', ...more}});
const rule = (statement: Statement, more: Partial<Rule> = {}): Rule => ({
	Name: 'r',
	Priority: 0,
	Statement: statement,
	VisibilityConfig: visibility,
	...more,
});
const common = (more: object = {}): Statement => ({
	ManagedRuleGroupStatement: {VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', ...more},
});
const countAll = (names: readonly string[]) => ({RuleActionOverrides: names.map(Name => ({Name, ActionToUse: {Count: {}}}))});

/** What the collector makes of rules, with the answers of groups at hand. */
const read = async (acl: Partial<Acl>, groupRules?: readonly Rule[]): Promise<{rules: readonly AclRule[]; asked: readonly string[]}> => {
	const asked: string[] = [];
	const answers: Readonly<Record<string, unknown>> = {
		GetRuleGroup: groupRules && {RuleGroup: {Rules: groupRules}},
		DescribeManagedRuleGroup: {Rules: rulesOf('AWSManagedRulesCommonRuleSet').map(Name => ({Name, Action: {Block: {}}}))},
	};
	const facts = {
		attempt: async (operation: string) => {
			asked.push(operation);
			return answers[operation];
		},
		// Nothing else is called here.
	} as unknown as Facts<Commands>;
	const whole: Acl = {Name: 'a', Id: '1', ARN: 'arn', DefaultAction: {Allow: {}}, VisibilityConfig: visibility, ...acl};
	return {rules: await toAclRules(facts, 'REGIONAL', whole, new Map()), asked};
};

test('a rule in Terraform has all that a web ACL demands of one', () => {
	const blocks = webAclRules.flatMap(({remediation: {terraform = ''}}) => (terraform.startsWith('rule {') ? [terraform] : []));
	expect(blocks).toHaveLength(2);
	for (const block of blocks) {
		// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/wafv2_web_acl
		for (const member of ['name', 'priority', 'statement', 'visibility_config'])
			expect(block).toMatch(new RegExp(`\\n {2}${member} `, 'u'));
		expect(block).toMatch(/\n {2}(?:override_)?action \{/u);
	}
});

describe('what the rules of a web ACL really do', () => {
	test.each<[string, Rule, AclRule['effect'], string]>([
		['blocks', rule({}, {Action: {Block: {}}}), 'stops', 'block'],
		['asks for a CAPTCHA', rule({}, {Action: {Captcha: {}}}), 'stops', 'captcha'],
		['challenges', rule({}, {Action: {Challenge: {}}}), 'stops', 'challenge'],
		['asks for money', rule({}, {Action: {Monetize: {PriceMultiplier: '1'}}}), 'stops', 'monetize'],
		['lets in', rule({}, {Action: {Allow: {}}}), 'allows', 'allow'],
		['counts', rule({}, {Action: {Count: {}}}), 'counts', 'count'],
		['does what is not known yet', rule({}, {Action: {}}), 'unknown', 'an action that is not known here'],
		['is a group', rule(common(), {OverrideAction: {None: {}}}), 'stops', 'as its vendor says'],
		['is a group that counts', rule(common(), {OverrideAction: {Count: {}}}), 'counts', 'count, the whole group'],
		[
			'is a group that counts rule by rule',
			rule(common(countAll(rulesOf('AWSManagedRulesCommonRuleSet'))), {OverrideAction: {None: {}}}),
			'counts',
			'count, each of its rules',
		],
		[
			'is a group of which some rules count, by override and by the old exclusion',
			rule(common({...countAll(['GenericRFI_BODY']), ExcludedRules: [{Name: 'GenericLFI_BODY'}]}), {OverrideAction: {None: {}}}),
			'stops',
			'20 of 22 rules stop',
		],
	])('one that %s', async (_, given, effect, action) => {
		const {rules} = await read({Rules: [given]});
		expect(rules).toMatchObject([{effect, action}]);
	});

	test('the rules of a managed group are asked for only where some of them count', async () => {
		expect((await read({Rules: [rule(common())]})).asked).toEqual([]);
		expect((await read({Rules: [rule(common(countAll(['GenericRFI_BODY'])))]})).asked).toEqual(['DescribeManagedRuleGroup']);
	});

	test('one that looks at what is not known yet may limit rates', async () => {
		const {rules} = await read({Rules: [rule({}, {Action: {Block: {}}})]});
		expect(ask('rate-limited', acl({rules}))).toMatchObject({verdict: 'UNKNOWN'});
		expect(ask('stops-requests', acl({rules}))).toMatchObject({verdict: 'PASS'});
	});

	test('statements are found at any depth', async () => {
		const {rules} = await read({
			Rules: [
				rule(
					{
						AndStatement: {
							Statements: [
								{OrStatement: {Statements: [{GeoMatchStatement: {CountryCodes: ['KP']}}, {IPSetReferenceStatement: {ARN: setArn}}]}},
								{
									NotStatement: {
										Statement: rate({EvaluationWindowSec: 60, ScopeDownStatement: {LabelMatchStatement: {Scope: 'LABEL', Key: 'k'}}}),
									},
								},
							],
						},
					},
					{Action: {Block: {}}},
				),
			],
		});
		expect(rules).toMatchObject([
			{
				countries: ['KP'],
				ipSetArns: [setArn],
				inspects: ['country', 'IP set', 'rate', 'label'],
				rateLimits: [{limit: 100, windowSeconds: 60, key: 'IP', scoped: true, effect: 'stops'}],
			},
		]);
	});

	test('a rule group is read, with the overrides that the web ACL lays over it', async () => {
		const inner = [rule(rate(), {Name: 'rate', Action: {Block: {}}}), rule({}, {Name: 'log', Action: {Count: {}}})];
		const reference = (more: object = {}) => rule({RuleGroupReferenceStatement: {ARN: groupArn, ...more}}, {OverrideAction: {None: {}}});
		expect((await read({Rules: [reference()]}, inner)).rules).toMatchObject([
			{effect: 'stops', action: '1 of 2 rules stops', group: groupArn, rateLimits: [{rule: 'rate', effect: 'stops', windowSeconds: 300}]},
		]);
		expect((await read({Rules: [reference(countAll(['rate']))]}, inner)).rules).toMatchObject([
			{effect: 'counts', rateLimits: [{effect: 'counts'}]},
		]);
		expect((await read({Rules: [{...reference(), OverrideAction: {Count: {}}}]}, inner)).rules).toMatchObject([
			{effect: 'counts', action: 'count, the whole group', rateLimits: [{effect: 'counts'}]},
		]);
		expect((await read({Rules: [reference()]})).rules).toMatchObject([{effect: 'unknown', unreadBy: 'GetRuleGroup'}]);

		const ofShield = groupArn.replace('rulegroup/g', 'rulegroup/ShieldMitigationRuleGroup_1_2');
		expect(await read({Rules: [reference({ARN: ofShield})]})).toMatchObject({asked: [], rules: [{effect: 'stops'}]});
	});

	test('they come in the order in which WAF asks them, Firewall Manager’s first and last', async () => {
		const managed = (Name: string) => ({
			Name,
			Priority: 0,
			FirewallManagerStatement: {ManagedRuleGroupStatement: {VendorName: 'AWS', Name: 'X'}},
			OverrideAction: {None: {}},
			VisibilityConfig: visibility,
		});
		const {rules} = await read({
			Rules: [rule({}, {Name: 'second', Priority: 9, Action: {Block: {}}}), rule({}, {Name: 'first', Priority: 1, Action: {Allow: {}}})],
			PreProcessFirewallManagerRuleGroups: [managed('pre')],
			PostProcessFirewallManagerRuleGroups: [managed('post')],
		});
		expect(rules.map(({name, stage}) => `${name} ${stage}`)).toEqual([
			'pre first by Firewall Manager',
			'first own',
			'second own',
			'post last by Firewall Manager',
		]);
	});
});

const aclRule = (facts: Partial<AclRule> = {}): AclRule => ({
	name: 'r',
	priority: 0,
	stage: 'own',
	sort: 'match',
	effect: 'stops',
	action: 'block',
	inspects: [],
	rateLimits: [],
	ipSetArns: [],
	countries: [],
	metrics: true,
	...facts,
});
const limit = (facts: Partial<AclRule['rateLimits'][number]> = {}) => ({
	rule: 'rate',
	limit: 2000,
	windowSeconds: 300,
	key: 'IP',
	scoped: false,
	effect: 'stops' as const,
	...facts,
});
const acl = (facts: Partial<WebAcl> = {}, unread: Readonly<Record<string, Refusal>> = {}): Resource<WebAcl> => ({
	arn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1',
	resourceType: 'AWS::WAFv2::WebACL',
	resourceId: '1',
	resourceName: 'shop',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {scope: 'REGIONAL', defaultAction: 'allow', rules: [], capacity: 100, metrics: true, logging: [], ...facts},
	unread,
	readAt: {},
});
const refused = (operation: string, status: Refusal['status'] = 'denied'): Readonly<Record<string, Refusal>> => ({
	[operation]: {status, operation, iamAction: `wafv2:${operation}`, error: 'AccessDeniedException', message: 'no'},
});

const ask = (id: string, resource: Resource<WebAcl>): Answer => {
	const asked = webAclRules.find(one => one.id === `wafv2-webacl-${id}`);
	if (asked === undefined) throw new TypeError(`No rule ${id}`);
	const context: RuleContext = {
		now: '2026-11-23T12:00:00.000Z',
		settings: asked.settings ?? {},
		trustedAccounts: [],
		related: () => undefined,
		watches: () => true,
	};
	const exemption = asked.exempts?.(resource, context);
	return exemption === undefined ? asked.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE', reason: exemption};
};

const unread = aclRule({effect: 'unknown', sort: 'rule group', unreadBy: 'GetRuleGroup'});
const antiDdos = aclRule({name: 'ddos', sort: 'managed rule group', group: 'AWS/AWSManagedRulesAntiDDoSRuleSet'});

test.each<[string, string, Resource<WebAcl>, Answer['verdict'], string]>([
	['stops-requests', 'nothing', acl(), 'FAIL', 'has no rules'],
	['stops-requests', 'nothing, but it blocks', acl({defaultAction: 'block'}), 'PASS', 'blocks every request'],
	['stops-requests', 'a rule that counts', acl({rules: [aclRule({effect: 'counts'})]}), 'FAIL', 'its one rule only counts: “r”'],
	[
		'stops-requests',
		'rules that allow and count',
		acl({rules: [aclRule({effect: 'allows'}), aclRule({effect: 'counts'})]}),
		'FAIL',
		'no rule stops',
	],
	[
		'stops-requests',
		'a group unread beside one that stops',
		acl({rules: [unread, aclRule({name: 'b'})]}),
		'PASS',
		'1 of 2 rules stop requests: “b”',
	],
	['stops-requests', 'a group unread', acl({rules: [unread]}, refused('GetRuleGroup')), 'UNKNOWN', 'could not be read: wafv2:GetRuleGroup'],
	[
		'stops-requests',
		'a group not read yet',
		acl({rules: [unread]}, refused('GetRuleGroup', 'pending')),
		'UNKNOWN',
		'has not been read yet',
	],
	['stops-requests', 'an action of tomorrow', acl({rules: [aclRule({effect: 'unknown'})]}), 'UNKNOWN', 'not known to this version'],
	['stops-requests', 'a default of tomorrow', acl({defaultAction: 'unknown'}), 'UNKNOWN', 'default action'],

	['rate-limited', 'by no rule', acl({rules: [aclRule()]}), 'FAIL', 'no rule limits'],
	[
		'rate-limited',
		'by one',
		acl({rules: [aclRule({rateLimits: [limit()]})]}),
		'PASS',
		'allows 2,000 requests in 5 minutes from one address',
	],
	['rate-limited', 'by one that counts', acl({rules: [aclRule({rateLimits: [limit({effect: 'counts'})]})]}), 'FAIL', '“rate” only counts'],
	[
		'rate-limited',
		'the widest is told of',
		acl({rules: [aclRule({rateLimits: [limit({rule: 'login', scoped: true}), limit({rule: 'all'})]})]}),
		'PASS',
		'“all” allows',
	],
	['rate-limited', 'by AWS’s group', acl({rules: [antiDdos]}), 'PASS', 'anti-DDoS'],
	['rate-limited', 'by AWS’s group, which counts', acl({rules: [{...antiDdos, effect: 'counts'}]}), 'FAIL', '“ddos” only counts'],
	['rate-limited', 'perhaps by a group', acl({rules: [unread]}, refused('GetRuleGroup')), 'UNKNOWN', 'wafv2:GetRuleGroup'],
	['rate-limited', 'not by a plain rule of tomorrow', acl({rules: [aclRule({effect: 'unknown'})]}), 'FAIL', 'no rule limits'],

	['logged', 'nowhere', acl(), 'FAIL', 'logs nothing'],
	[
		'logged',
		'to Security Lake',
		acl({
			logging: [
				{destinations: ['arn:aws:s3:::x'], scope: 'SECURITY_LAKE', drops: false, redactedFields: 0, managedByFirewallManager: false},
			],
		}),
		'PASS',
		'logs to Security Lake',
	],

	['metrics-on', 'throughout', acl({rules: [aclRule()]}), 'PASS', 'all its rules'],
	['metrics-on', 'but for a rule', acl({rules: [aclRule(), aclRule({name: 'x', metrics: false})]}), 'FAIL', 'no metrics of one rule: “x”'],
	['metrics-on', 'but for the web ACL', acl({metrics: false}), 'FAIL', 'CloudWatch gets no metrics'],

	['capacity-in-reserve', 'ample', acl({capacity: 1500}), 'PASS', '1,500'],
	['capacity-in-reserve', 'dearer', acl({capacity: 1501}), 'FAIL', 'cost more beyond 1,500'],
	['capacity-in-reserve', 'nearly full', acl({capacity: 4500}), 'FAIL', '4,500 capacity units of 5,000'],
])('%s: %s', (id, _, resource, verdict, reason) => {
	const answer = ask(id, resource);
	expect(answer.verdict).toBe(verdict);
	expect(answer.reason).toContain(reason);
	expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
});

describe('collecting web ACLs', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const asked = (operation: string) => watch.endpoint.calls.count({operation});
	const named = (resources: readonly Resource[], name: string) =>
		// Names are used once in the typical account, and only web ACLs are looked for.
		resources.find(({resourceName}) => resourceName === name) as Resource<WebAcl> | undefined;

	test('those for CloudFront come from us-east-1 alone, and are never asked what they stand before', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await watch.collect(wafv2, 'us-east-1');
		expect(complete).toEqual(['AWS::WAFv2::WebACL', 'AWS::WAFv2::RuleGroup', 'AWS::WAFv2::IPSet']);
		expect(named(resources, 'edge')?.configuration).toMatchObject({scope: 'CLOUDFRONT'});
		expect(named(resources, 'edge')?.configuration.loadBalancerArns).toBeUndefined();
		const regional = resources.filter(
			// What its type says its configuration is.
			({resourceType, configuration}) => resourceType === 'AWS::WAFv2::WebACL' && (configuration as WebAcl).scope === 'REGIONAL',
		).length;
		// Of load balancers alone: whatever else may have a web ACL names it itself.
		expect(asked('ListResourcesForWebACL')).toBe(regional);
		await watch.collect(wafv2, 'eu-west-1');
		expect(watch.endpoint.calls.all.filter(({awsRegion}) => awsRegion === 'eu-west-1').map(({operation}) => operation)).toEqual(
			expect.arrayContaining(['ListWebACLs', 'GetWebACL']),
		);
		expect(watch.endpoint.calls.count({operation: 'ListWebACLs', awsRegion: 'eu-west-1'})).toBe(1);
	});

	test('only what was changed is read again', async () => {
		watch = await watchScenario('typical');
		await watch.collect(wafv2, 'us-east-1');
		watch.endpoint.calls.clear();
		watch.pass(20 * 60 * 60_000);
		await watch.collect(wafv2, 'us-east-1');
		expect(asked('GetWebACL')).toBe(0);
		expect(asked('GetIPSet')).toBe(1); // The one that is refused.

		watch.endpoint.timeline.advance(75);
		const {resources} = await watch.collect(wafv2, 'us-east-1');
		expect(asked('GetWebACL')).toBe(1);
		expect(named(resources, 'counting')?.configuration.rules?.map(({effect}) => effect)).toEqual(['stops', 'stops', 'stops']);
		await watch.collect(wafv2, 'us-east-1');
		expect(asked('GetWebACL')).toBe(1);
	});

	test('what it stands before is pending at first, and holds up nothing', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const first = await watch.collect(wafv2, 'eu-west-1');
		expect(named(first.resources, 'eu')?.unread['ListResourcesForWebACL']).toMatchObject({status: 'pending'});
		expect(named(first.resources, 'eu')?.configuration.rules).toHaveLength(3);
		await expect
			.poll(async () => named((await watch.collect(wafv2, 'eu-west-1')).resources, 'eu')?.configuration.loadBalancerArns)
			.toHaveLength(1);
	});

	test('who uses an IP set is said only where everything that may was read', async () => {
		watch = await watchScenario('typical');
		const usedBy = (resources: readonly Resource[], name: string) =>
			(resources.find(({resourceName}) => resourceName === name) as Resource<IpSet> | undefined)?.configuration.usedBy;
		const {resources} = await watch.collect(wafv2, 'us-east-1');
		expect(usedBy(resources, 'edge-block')).toEqual(['edge']);
		expect(usedBy(resources, 'blocklist')).toBeUndefined();
		const all = JSON.stringify(resources);
		expect(all).not.toContain('10.0.0.1/32');
	});

	test('a web ACL that logs somewhere passes, whatever other logging may not be read', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'wafv2', operation: 'ListLoggingConfigurations', after: 1, effect: {kind: 'deny'}});
		const {resources} = await watch.collect(wafv2, 'eu-west-1');
		const told = judgeAll(wafv2, resources, watch.now()).flatMap(({resource, judgements}) =>
			judgements.flatMap(({ruleId, verdict}) => (ruleId === 'wafv2-webacl-logged' ? [`${resource.resourceName} ${verdict}`] : [])),
		);
		expect(told).toEqual(['eu PASS', 'research UNKNOWN']);
	});

	test.each([
		['ListWebACLs', 'denied', []],
		['ListRuleGroups', 'partial', ['AWS::WAFv2::WebACL', 'AWS::WAFv2::IPSet']],
		['ListIPSets', 'partial', ['AWS::WAFv2::WebACL', 'AWS::WAFv2::RuleGroup']],
	])('where %s is denied nothing of its kind counts as gone', async (operation, status, complete) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'wafv2', operation, effect: {kind: 'deny'}});
		const ending = await watch.collect(wafv2, 'eu-west-1');
		expect(ending.outcome.status).toBe(status);
		expect(ending.complete).toEqual(complete);
	});

	test('a hundred of each are read in pages, and once each', async () => {
		watch = await watchScenario('large');
		const {resources, outcome} = await watch.collect(wafv2, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(resources).toHaveLength(400);
		expect(asked('GetRuleGroup')).toBe(100);
		expect(asked('GetWebACL')).toBe(200);
	});

	test('wrong answers make verdicts UNKNOWN, whichever operation gives them', async () => {
		watch = await watchScenario('healthy');
		expect(await mistakesUnderWrongAnswers(wafv2, 'eu-west-1')).toEqual([]);
	}, 60_000);

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		for (const region of ['us-east-1', 'eu-west-1']) {
			const {resources} = await watch.collect(wafv2, region);
			const judgements = judgeAll(wafv2, resources, watch.now()).flatMap(entry => entry.judgements);
			expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		}
	});

	test('hostile names cost no web ACL', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(wafv2, 'us-east-1');
		expect(outcome.status).toMatch(/^(?:ok|partial)$/u);
		expect(resources.filter(({resourceType}) => resourceType === 'AWS::WAFv2::WebACL').length).toBeGreaterThan(40);
		const judgements = judgeAll(wafv2, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});
