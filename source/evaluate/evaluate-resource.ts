import type {Config, Judged, Judgement, Kind, Resource, ResourceEntry, SnapshotId} from '../model/index.js';
import {entryKey} from '../model/index.js';
import type {ChangeDraft} from './changes.js';
import {toResourceChanges} from './changes.js';
import {guarded, toCells, toExpirations, toFacts, toUsdPerMonth} from './guard.js';
import type {EvaluationContext} from './judge.js';
import {judge} from './judge.js';
import {isSameEntry} from './same-entry.js';

export type ResourceEvaluation = {
	/** What to keep: the previous entry itself where nothing is new. */
	readonly entry: ResourceEntry;
	readonly changes: readonly ChangeDraft[];
	/** Whether the entry must be written. */
	readonly dirty: boolean;
};

type EvaluationInput = {
	readonly service: Judged;
	readonly kind: Kind;
	readonly resource: Resource;
	readonly previous: ResourceEntry | undefined;
	readonly context: EvaluationContext;
	readonly rules: Config['rules'];
	readonly baseline: boolean;
	readonly snapshot?: SnapshotId;
};

/**
 * Asks every enabled rule of the kind about a resource and sets its answers beside the previous ones.
 * Never throws: a rule, column or fact that does costs itself alone.
 * - A disabled rule is left out, and what it had said goes without a change: the account is as it was.
 * - With `baseline` (a snapshot's first complete collection) there are no changes: nothing is known to be new. The first
 *   answer from facts that were then still waiting for a slow operation is part of it.
 * - `snapshot` says under which key the entry is kept, where that is not the resource's own account and Region.
 */
export const evaluateResource = (input: EvaluationInput): ResourceEvaluation => {
	const {service, kind, resource, previous, context, baseline} = input;
	const {accountId, awsRegion} = input.snapshot ?? resource;
	const entry: ResourceEntry = {
		entry: 'resource',
		key: entryKey({accountId, awsRegion, service: service.id}, resource.resourceType, resource.resourceId).toWellFormed(),
		service: service.id,
		resource,
		judgements: judgeAll(input),
		cells: toCells(kind.columns, resource),
		facts: toFacts(kind.facts, resource),
		expirations: toExpirations(kind.expirations, resource),
		usdPerMonth: toUsdPerMonth(kind.usdPerMonth, resource),
		consolePath: guarded(kind.consolePath, resource, ''),
		firstObservedAt: previous?.firstObservedAt ?? context.now,
	};
	if (previous !== undefined && isSameEntry(entry, previous)) {
		return {entry: previous, changes: [], dirty: false};
	}

	const titleOf = (ruleId: string): string => kind.rules.find(({id}) => id === ruleId)?.title ?? ruleId;
	return {
		entry,
		changes: baseline ? [] : toResourceChanges(entry, previous, titleOf, context.now),
		dirty: true,
	};
};

const judgeAll = ({service, kind, resource, previous, context, rules, baseline}: EvaluationInput): readonly Judgement[] => {
	const before = previous && new Map(previous.judgements.map(judgement => [judgement.ruleId, judgement]));
	const judgements: Judgement[] = [];
	for (const rule of kind.rules) {
		const override = rules[rule.id];
		if (override?.enabled !== false) {
			judgements.push(judge(service, rule, resource, before?.get(rule.id), context, override, baseline));
		}
	}

	return judgements;
};
