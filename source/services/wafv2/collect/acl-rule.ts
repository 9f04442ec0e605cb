import type {Facts} from '../../../model/index.js';
import {type AclRule, type Effect, isOfShield, type RateLimit} from '../rules/acl-rule.js';
import type {Scope} from '../rules/web-acl.js';
import {type Commands, present, whileUnchanged} from './commands.js';
import {type Acl, type Action, type FirewallManagerGroup, type Managed, type Rate, type Reference, type Rule, search} from './statement.js';

/** The lock tokens of the account's own rule groups, as just listed. */
export type LockTokens = ReadonlyMap<string, string | undefined>;

type Told = Pick<AclRule, 'effect' | 'action' | 'unreadBy'>;

const effectOf = (action: Action): Told => {
	if (action?.Block !== undefined) return {effect: 'stops', action: 'block'};
	if (action?.Captcha !== undefined) return {effect: 'stops', action: 'captcha'};
	if (action?.Challenge !== undefined) return {effect: 'stops', action: 'challenge'};
	if (action?.Monetize !== undefined) return {effect: 'stops', action: 'monetize'};
	if (action?.Allow !== undefined) return {effect: 'allows', action: 'allow'};
	if (action?.Count !== undefined) return {effect: 'counts', action: 'count'};
	return {effect: 'unknown', action: 'an action that is not known here'};
};

// "Default: 300": https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
const defaultWindowSeconds = 300;

const keyOf = ({AggregateKeyType, CustomKeys = []}: Rate): string =>
	AggregateKeyType === 'CUSTOM_KEYS' ? CustomKeys.flatMap(key => Object.keys(key)).join(' + ') || 'custom keys' : `${AggregateKeyType}`;

const toRateLimit = (rate: Rate, rule: string, effect: Effect): RateLimit => ({
	rule,
	limit: rate.Limit ?? 0,
	windowSeconds: rate.EvaluationWindowSec ?? defaultWindowSeconds,
	key: keyOf(rate),
	scoped: rate.ScopeDownStatement !== undefined,
	effect,
});

/** A rule that refers to no group: those of rule groups are such. */
export const toPlainRule = (rule: Rule): AclRule => {
	const {inspects, ipSetArns, countries, rates, references} = search(rule.Statement);
	const told = effectOf(rule.Action);
	const name = rule.Name ?? '';
	return {
		name,
		priority: rule.Priority ?? 0,
		stage: 'own',
		sort: rates.length > 0 ? 'rate' : 'match',
		...told,
		inspects: [...inspects],
		rateLimits: rates.map(rate => toRateLimit(rate, name, told.effect)),
		ipSetArns: [...ipSetArns],
		countries: [...countries],
		...present({metrics: rule.VisibilityConfig?.CloudWatchMetricsEnabled}),
		...(inspects.size === 0 && references.length === 0 && {unclear: true as const}),
	};
};

type Overrides = Pick<Managed, 'ExcludedRules' | 'RuleActionOverrides'>;

/** What the web ACL makes of single rules of a group. An excluded rule counts, as it did before there were overrides. */
const overridesOf = ({ExcludedRules = [], RuleActionOverrides = []}: Overrides): ReadonlyMap<string, Told> =>
	new Map([
		...ExcludedRules.flatMap(({Name}) => (Name === undefined ? [] : [[Name, {effect: 'counts', action: 'count'} as const] as const])),
		...RuleActionOverrides.flatMap(({Name, ActionToUse}) => (Name === undefined ? [] : [[Name, effectOf(ActionToUse)] as const])),
	]);

/** Strictest first: one rule that stops makes a group one that does. */
const together = (effects: readonly Effect[]): Told => {
	const stopping = effects.filter(effect => effect === 'stops').length;
	if (stopping > 0) {
		return {
			effect: 'stops',
			action:
				stopping === effects.length ? 'as its rules say' : `${stopping} of ${effects.length} rules ${stopping === 1 ? 'stops' : 'stop'}`,
		};
	}

	if (effects.includes('unknown')) return {effect: 'unknown', action: 'an action that is not known here'};
	if (effects.includes('allows')) return {effect: 'allows', action: 'allow'};
	return {effect: 'counts', action: effects.length === 0 ? 'no rules' : 'count, each of its rules'};
};

const countsWhole: Told = {effect: 'counts', action: 'count, the whole group'};

const toldOfManaged = async (facts: Facts<Commands>, scope: Scope, managed: Managed): Promise<Told> => {
	const overrides = overridesOf(managed);
	// Only where single rules were told to count is it asked whether others are left.
	if (![...overrides.values()].some(({effect}) => effect !== 'stops')) return {effect: 'stops', action: 'as its vendor says'};
	const {VendorName, Name, Version} = managed;
	const input = {VendorName, Name, Scope: scope, ...(Version !== undefined && {VersionName: Version})};
	const answer = await facts.attempt('DescribeManagedRuleGroup', input);
	return answer
		? together((answer.Rules ?? []).map(rule => (overrides.get(rule.Name ?? '') ?? effectOf(rule.Action)).effect))
		: {effect: 'unknown', action: 'overridden in part', unreadBy: 'DescribeManagedRuleGroup'};
};

type Group = Pick<AclRule, 'inspects' | 'rateLimits' | 'ipSetArns' | 'countries' | 'unclear'> & Told;

const readReference = async (facts: Facts<Commands>, reference: Reference, lockTokens: LockTokens): Promise<Group> => {
	const {ARN = ''} = reference;
	if (isOfShield(ARN)) {
		return {inspects: ['DDoS'], rateLimits: [], ipSetArns: [], countries: [], effect: 'stops', action: 'by Shield Advanced, in an attack'};
	}

	const answer = await whileUnchanged(lockTokens.get(ARN), async options =>
		// Of a group that another account shares no token is listed: it is read anew each hour.
		facts.attempt('GetRuleGroup', {ARN}, lockTokens.has(ARN) ? options : {}),
	);
	const listed = answer?.RuleGroup?.Rules;
	if (listed === undefined) {
		if (answer) facts.missing('GetRuleGroup', 'Rules');
		return {inspects: [], rateLimits: [], ipSetArns: [], countries: [], effect: 'unknown', action: 'not read', unreadBy: 'GetRuleGroup'};
	}

	const overrides = overridesOf(reference);
	const rules = listed.map(toPlainRule).map(rule => ({...rule, ...overrides.get(rule.name)}));
	return {
		...together(rules.map(({effect}) => effect)),
		inspects: [...new Set(rules.flatMap(({inspects}) => inspects))],
		rateLimits: rules.flatMap(({rateLimits, effect}) => rateLimits.map(limit => ({...limit, effect}))),
		ipSetArns: [...new Set(rules.flatMap(({ipSetArns}) => ipSetArns))],
		countries: [...new Set(rules.flatMap(({countries}) => countries))],
		...(rules.some(({unclear, effect}) => unclear === true && effect !== 'counts') && {unclear: true}),
	};
};

/** A rule of a web ACL, with what its group really does there. */
const toAclRule = async (
	facts: Facts<Commands>,
	scope: Scope,
	rule: Rule,
	stage: AclRule['stage'],
	lockTokens: LockTokens,
): Promise<AclRule> => {
	const plain = {...toPlainRule(rule), stage};
	const {managed: [managed] = [], references: [reference] = []} = search(rule.Statement);
	const whole = rule.OverrideAction?.Count === undefined ? {} : countsWhole;
	if (managed !== undefined) {
		const told = whole === countsWhole ? countsWhole : await toldOfManaged(facts, scope, managed);
		return {...plain, ...told, sort: 'managed rule group', group: `${managed.VendorName}/${managed.Name}`};
	}

	if (reference !== undefined) {
		const group = await readReference(facts, reference, lockTokens);
		const rateLimits = whole === countsWhole ? group.rateLimits.map(limit => ({...limit, effect: 'counts' as const})) : group.rateLimits;
		return {...plain, ...group, ...whole, rateLimits, sort: 'rule group', group: reference.ARN ?? ''};
	}

	return plain;
};

/** All rules in the order in which WAF asks them: by priority, between the first and the last groups of Firewall Manager. */
export const toAclRules = async (facts: Facts<Commands>, scope: Scope, acl: Acl, lockTokens: LockTokens): Promise<readonly AclRule[]> => {
	const byFirewallManager = (group: FirewallManagerGroup): Rule => ({
		Name: group.Name,
		Priority: group.Priority,
		Statement: group.FirewallManagerStatement,
		OverrideAction: group.OverrideAction,
		VisibilityConfig: group.VisibilityConfig,
	});
	const stages: ReadonlyArray<readonly [AclRule['stage'], readonly Rule[]]> = [
		['first by Firewall Manager', (acl.PreProcessFirewallManagerRuleGroups ?? []).map(byFirewallManager)],
		['own', acl.Rules ?? []],
		['last by Firewall Manager', (acl.PostProcessFirewallManagerRuleGroups ?? []).map(byFirewallManager)],
	];
	const rules: AclRule[] = [];
	for (const [stage, listed] of stages) {
		for (const rule of listed.toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0))) {
			rules.push(await toAclRule(facts, scope, rule, stage, lockTokens));
		}
	}

	return rules;
};
