import {afterEach, describe, expect, test} from 'vitest';
import type {Answer, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {shield} from '../../source/services/shield/index.js';
import type {Attack} from '../../source/services/shield/rules/attack.js';
import {protectionRules, subscriptionRules} from '../../source/services/shield/rules/index.js';
import {kindOf, type Protection} from '../../source/services/shield/rules/protection.js';
import type {Subscription} from '../../source/services/shield/rules/subscription.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const now = '2026-11-23T12:00:00.000Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();

const resource = <C>(configuration: C): Resource<C> => ({
	arn: 'arn:aws:shield::123456789012:subscription',
	resourceType: 'AWS::Shield::Subscription',
	resourceId: 'subscription',
	resourceName: 'Shield Advanced',
	accountId: '123456789012',
	awsRegion: 'global',
	tags: {},
	configuration,
	unread: {},
	readAt: {},
});
const ask = <C>(rules: ReadonlyArray<Rule<C>>, id: string, configuration: C): Answer => {
	const rule = rules.find(one => one.id === `shield-${id}`);
	if (rule === undefined) throw new TypeError(`No rule ${id}`);
	const context: RuleContext = {now, settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource(configuration), context);
	const answer =
		exemption === undefined ? rule.evaluate(resource(configuration), context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const active = (facts: Partial<Subscription> = {}): Subscription => ({
	state: 'ACTIVE',
	endsAt: inDays(100),
	autoRenew: 'ENABLED',
	proactiveEngagement: 'ENABLED',
	contacts: {total: 2, withPhone: 1},
	responseTeam: {roleArn: 'arn:aws:iam::123456789012:role/srt', logBuckets: []},
	...facts,
});

test.each<[string, string, Subscription, Answer['verdict'], string, string]>([
	['active', 'yes', active(), 'PASS', '', 'subscribed'],
	['active', 'no', {state: 'INACTIVE'}, 'FAIL', 'INFORMATIONAL', 'Shield Standard only'],
	['active', 'in a state of tomorrow', {state: 'TRIAL'}, 'UNKNOWN', '', 'TRIAL'],
	['renews', 'yes', active(), 'PASS', '', 'renews by itself in 100 days'],
	['renews', 'no, but it is long', active({autoRenew: 'DISABLED'}), 'FAIL', 'INFORMATIONAL', 'ends in 100 days'],
	['renews', 'no, and it is soon', active({autoRenew: 'DISABLED', endsAt: inDays(20)}), 'FAIL', 'MEDIUM', 'ends in 20 days'],
	['renews', 'not told', {state: 'ACTIVE'}, 'UNKNOWN', '', 'nothing'],
	['renews', 'not subscribed', {state: 'INACTIVE'}, 'NOT_APPLICABLE', '', 'not subscribed'],
	['proactive-engagement', 'on', active(), 'PASS', '', '2 emergency contacts'],
	['proactive-engagement', 'on, nobody to call', active({contacts: {total: 0, withPhone: 0}}), 'FAIL', 'MEDIUM', 'no emergency contact'],
	['proactive-engagement', 'on, nobody to telephone', active({contacts: {total: 1, withPhone: 0}}), 'FAIL', 'MEDIUM', 'telephone number'],
	['proactive-engagement', 'pending', active({proactiveEngagement: 'PENDING'}), 'FAIL', 'LOW', 'not yet confirmed'],
	['proactive-engagement', 'off', active({proactiveEngagement: 'DISABLED'}), 'FAIL', 'MEDIUM', 'nobody at AWS calls'],
	['proactive-engagement', 'in a state of tomorrow', active({proactiveEngagement: 'X'}), 'UNKNOWN', '', 'not known here'],
	['response-team-access', 'yes', active(), 'PASS', '', 'role srt, and reads no logs'],
	['response-team-access', 'no', active({responseTeam: {roleArn: null, logBuckets: []}}), 'FAIL', 'LOW', 'no role'],
])('subscription %s: %s', (id, _, configuration, verdict, severity, reason) => {
	const answer = ask(subscriptionRules, `subscription-${id}`, configuration);
	expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
	expect(answer.reason).toContain(reason);
});

test.each([
	['shield-subscription-active', /^aws shield get-/u],
	['shield-subscription-proactive-engagement', /^aws shield describe-/u],
	['shield-protection-automatic-response', / --action 'Count=\{\}' /u],
])('what %s recommends neither buys, nor replaces contacts, nor blocks untried', (id, command) => {
	const rule = [...subscriptionRules, ...protectionRules].find(one => one.id === id);
	expect(rule?.remediation.cli).toMatch(command);
});

const attack = (startedAt: string, endedAt?: string): Attack => ({
	id: 'a',
	startedAt,
	...(endedAt !== undefined && {endedAt}),
	vectors: ['SYN_FLOOD', 'REQUEST_FLOOD'],
});
const protection = (facts: Partial<Protection> = {}): Protection => ({
	kind: 'application load balancer',
	healthCheckIds: ['h'],
	automaticResponse: {status: 'ENABLED', action: 'block'},
	attacks: [],
	...facts,
});

test.each<[string, string, Protection, Answer['verdict'], string, string]>([
	['not-attacked', 'never', protection(), 'PASS', '', 'not attacked within 30 days'],
	[
		'not-attacked',
		'now',
		protection({attacks: [attack(inDays(-9), inDays(-8)), attack(inDays(-3))]}),
		'FAIL',
		'HIGH',
		'under attack: SYN flood and request flood, begun 3 days ago',
	],
	[
		'not-attacked',
		'today',
		protection({attacks: [attack(inDays(-0.5), inDays(-0.4))]}),
		'FAIL',
		'HIGH',
		'attacked: SYN flood and request flood, for 2 hours, over 9 hours ago',
	],
	['not-attacked', 'this week', protection({attacks: [attack(inDays(-5), inDays(-4))]}), 'FAIL', 'MEDIUM', 'over 4 days ago'],
	[
		'not-attacked',
		'last week',
		protection({attacks: [attack(inDays(-20), inDays(-19)), attack(inDays(-10), inDays(-9))]}),
		'PASS',
		'',
		'over 9 days ago',
	],
	['health-checked', 'yes', protection(), 'PASS', '', 'a health check'],
	['health-checked', 'no', protection({healthCheckIds: []}), 'FAIL', 'MEDIUM', 'no health check'],
	['health-checked', 'a zone', protection({kind: 'hosted zone', healthCheckIds: []}), 'NOT_APPLICABLE', '', 'hosted zones'],
	['automatic-response', 'blocks', protection(), 'PASS', '', 'blocks'],
	['automatic-response', 'counts', protection({automaticResponse: {status: 'ENABLED', action: 'count'}}), 'FAIL', 'LOW', 'only counts'],
	['automatic-response', 'off', protection({automaticResponse: {status: 'DISABLED', action: 'block'}}), 'FAIL', 'MEDIUM', 'is off'],
	['automatic-response', 'never', protection({automaticResponse: null}), 'FAIL', 'MEDIUM', 'never set up'],
	[
		'automatic-response',
		'of tomorrow',
		protection({automaticResponse: {status: 'ENABLED', action: 'unknown'}}),
		'UNKNOWN',
		'',
		'not known here',
	],
	[
		'automatic-response',
		'an accelerator',
		protection({kind: 'accelerator', automaticResponse: null}),
		'NOT_APPLICABLE',
		'',
		'an accelerator',
	],
])('protection %s: %s', (id, _, configuration, verdict, severity, reason) => {
	const answer = ask(protectionRules, `protection-${id}`, configuration);
	expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
	expect(answer.reason).toContain(reason);
});

test.each([
	['never set up', null, 'enable'],
	['off', {status: 'DISABLED', action: 'block'}, 'enable'],
	['counting', {status: 'ENABLED', action: 'count'}, 'update'],
] as const)('automatic mitigation that is %s is mended by its own command, for its own resource', (_, automaticResponse, verb) => {
	const resourceArn = 'arn:aws:cloudfront::123456789012:distribution/E1';
	const {command} = ask(protectionRules, 'protection-automatic-response', protection({automaticResponse, resourceArn}));
	expect(command?.cli).toContain(`aws shield ${verb}-application-layer-automatic-response --resource-arn {resource} `);
	expect(command?.values).toEqual({resource: resourceArn});
});

test.each([
	['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123', 'application load balancer'],
	['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/old', 'classic load balancer'],
	['arn:aws-cn:cloudfront::123456789012:distribution/E1', 'distribution'],
	['arn:aws:ec2:eu-west-1:123456789012:eip-allocation/eipalloc-1', 'Elastic IP address'],
	['arn:aws:globalaccelerator::123456789012:accelerator/1', 'accelerator'],
	['arn:aws:route53:::hostedzone/Z1', 'hosted zone'],
	['arn:aws:somethingnew::1:x/y', 'unknown'],
	[undefined, 'unknown'],
])('%s is known as %s', (arn, kind) => {
	expect(kindOf(arn)).toBe(kind);
});

describe('collecting from Shield', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const operations = () => watch.endpoint.calls.all.map(({operation}) => operation);

	test('without a subscription one call is made, and that is a fact of the account', async () => {
		watch = await watchScenario('healthy');
		const {resources, outcome, complete} = await watch.collect(shield, 'us-east-1');
		expect(operations()).toEqual(['GetSubscriptionState']);
		expect(outcome.status).toBe('not-enabled');
		expect(complete).toEqual(['AWS::Shield::Subscription', 'AWS::Shield::Protection']);
		const [entry] = judgeAll(shield, resources, watch.now());
		expect(entry?.usdPerMonth).toBe(0);
		expect(entry?.judgements.filter(({verdict}) => verdict === 'FAIL')).toMatchObject([{severity: 'INFORMATIONAL'}]);
	});

	test('the next look asks for attacks alone, and sees one begin', async () => {
		watch = await watchScenario('typical');
		const first = await watch.collect(shield, 'us-east-1');
		expect(judgeAll(shield, first.resources, watch.now()).map(({usdPerMonth}) => usdPerMonth)).toEqual([0, 0, 0, 0, 3000]);
		watch.endpoint.calls.clear();
		watch.endpoint.timeline.advance(60);
		const {resources} = await watch.collect(shield, 'us-east-1');
		expect(operations()).toEqual(['ListAttacks']);
		const judgements = judgeAll(shield, resources, watch.now()).find(
			({resource: {resourceName}}) => resourceName === 'ingest-a',
		)?.judgements;
		expect(judgements).toContainEqual(
			expect.objectContaining({
				ruleId: 'shield-protection-not-attacked',
				verdict: 'FAIL',
				severity: 'HIGH',
				reason: expect.stringContaining('under attack: SYN flood'),
			}),
		);
	});

	test('neither addresses nor numbers of emergency contacts are kept', async () => {
		watch = await watchScenario('large');
		const {resources} = await watch.collect(shield, 'us-east-1');
		expect(resources).toHaveLength(801);
		expect(JSON.stringify(resources)).not.toMatch(/soc@|\+1555/u);
		expect(resources.at(-1)?.configuration).toMatchObject({contacts: {total: 2, withPhone: 1}, protections: 800});
		expect(watch.endpoint.calls.count({operation: 'ListProtections'})).toBe(1);
	});

	test('protections that may not be listed are not gone', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'shield', operation: 'ListProtections', effect: {kind: 'deny'}});
		const {outcome, complete, resources} = await watch.collect(shield, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(complete).toEqual(['AWS::Shield::Subscription']);
		expect(resources).toHaveLength(1);
	});

	test('where the state may not be read, that there is no subscription is told by others', async () => {
		watch = await watchScenario('healthy');
		watch.endpoint.faults.add({service: 'shield', operation: 'GetSubscriptionState', effect: {kind: 'deny'}});
		const {resources} = await watch.collect(shield, 'us-east-1');
		expect(resources.map(({configuration}) => configuration)).toMatchObject([{state: 'INACTIVE', protections: 0}]);
	});

	test('wrong answers make verdicts UNKNOWN, whichever operation gives them', async () => {
		watch = await watchScenario('healthy');
		const mistakes = await mistakesUnderWrongAnswers(shield, 'us-east-1');
		// AWS may leave all members of these out: an access that lacks a role is none, and a protection may lack a name.
		const allowed = /^(?:DescribeDRTAccess, (?:null-members|empty-object)|ListProtections, missing-members): /u;
		expect(mistakes.filter(mistake => !allowed.test(mistake))).toEqual([]);
	}, 60_000);

	test('hostile names cost no protection', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(shield, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(resources.length).toBeGreaterThan(40);
	});
});
