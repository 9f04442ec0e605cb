import type {Answer, Judged, Judgement, Resource, Rule, RuleContext, RuleOverride} from '../model/index.js';
import {toUnknown} from './unread.js';

/** What evaluation brings to every rule; each rule's settings are added from the rule and the configuration. */
export type EvaluationContext = Omit<RuleContext, 'settings'>;

/** What was last certain of a judgement: itself, or what it was before sight was lost. */
export const lastCertain = (judgement: Judgement | undefined): Judgement['lastKnown'] => {
	if (judgement === undefined) {
		return undefined;
	}

	const {verdict, severity, firstObservedAt} = judgement;
	return verdict === 'UNKNOWN' ? judgement.lastKnown : {verdict, severity, firstObservedAt};
};

const answer = (service: Judged, rule: Rule, resource: Resource, context: RuleContext): Answer => {
	try {
		const exemption = rule.exempts?.(resource, context);
		if (exemption !== undefined) {
			return {verdict: 'NOT_APPLICABLE', reason: exemption};
		}

		const unknown = toUnknown(service, rule.reads, resource.unread);
		return unknown === undefined ? rule.evaluate(resource, context) : {verdict: 'UNKNOWN', ...unknown};
	} catch (error) {
		// An answer of AWS's that is not what its model says must cost one verdict, not the collection.
		return {verdict: 'UNKNOWN', reason: `the rule failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300)};
	}
};

const noSettings: RuleContext['settings'] = {};

// Sixty thousand answers pass here for a large account: spreading what is the same for all of them takes as long as the rules.
const contextOf = (
	{now, trustedAccounts, watches, related}: EvaluationContext,
	rule: Rule,
	override: RuleOverride | undefined,
): RuleContext => ({
	now,
	trustedAccounts,
	watches,
	related,
	settings: override?.settings === undefined ? (rule.settings ?? noSettings) : {...rule.settings, ...override.settings},
});

/** Whether all that the rule lacks is still waiting for its turn at a slow operation. */
const isWaiting = ({reads}: Rule, {unread}: Resource): boolean => {
	const lacking = reads.flatMap(operation => unread[operation] ?? []);
	return lacking.length > 0 && lacking.every(({status}) => status === 'pending');
};

/**
 * One rule's judgement of one resource, with its history: `firstObservedAt` stays while the verdict (and, of a
 * failure, the severity) stays, and also across a stretch of UNKNOWN in between. A severity set by the
 * configuration wins over the rule's own and over what the rule answers.
 */
export const judge = (
	service: Judged,
	rule: Rule,
	resource: Resource,
	previous: Judgement | undefined,
	context: EvaluationContext,
	override: RuleOverride | undefined,
	baseline: boolean,
): Judgement => {
	const given = answer(service, rule, resource, contextOf(context, rule, override));
	const {verdict, reason, evidence, command} = given;
	// Only a failure can be more or less severe than its rule: elsewhere a severity says what would be at stake.
	const severity = override?.severity ?? (verdict === 'FAIL' ? given.severity : undefined) ?? rule.severity;
	const certain = lastCertain(previous);
	if (verdict === 'UNKNOWN') {
		return {
			ruleId: rule.id,
			verdict,
			severity,
			reason,
			...(evidence && {evidence}),
			...(command && {command}),
			firstObservedAt: previous?.verdict === 'UNKNOWN' ? previous.firstObservedAt : context.now,
			...(certain && {lastKnown: certain}),
			...(certain === undefined && (baseline || previous?.firstLook === true) && isWaiting(rule, resource) && {firstLook: true}),
		};
	}

	const same = certain?.verdict === verdict && (verdict !== 'FAIL' || certain.severity === severity);
	const firstObservedAt = same ? certain.firstObservedAt : context.now;
	if (command !== undefined) {
		return {ruleId: rule.id, verdict, severity, reason, ...(evidence && {evidence}), command, firstObservedAt};
	}

	return evidence === undefined
		? {ruleId: rule.id, verdict, severity, reason, firstObservedAt}
		: {ruleId: rule.id, verdict, severity, reason, evidence, firstObservedAt};
};
