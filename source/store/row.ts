import type {Change, Entry, FindingEntry, Judgement, ReportedFinding, ResourceEntry, ResourceReference, Row} from '../model/index.js';
import {answerOf, compareAnswers, reportedVerdict, toMs} from './card.js';

/** What a row says besides its entry. */
export type RowContext = {
	/** The plural title of a kind. */
	readonly kindTitle: (service: string, kind: string) => string;
	readonly isMuted: (ruleId: string, resource: ResourceReference) => boolean;
	readonly isStale: (key: string) => boolean;
	/** The newest change of the last moments to an entry, or to one rule's answer about it. */
	readonly recent: (key: string, ruleId?: string) => Pick<Change, 'type' | 'at'> | undefined;
};

/** Between the entry's key and the rule's id, in the key of a findings row. */
export const ruleSeparator = '#';

/** The rule of a findings row's key is what follows the last separator; ids of resources may hold the sign too, ids of rules never do. */
export const splitRowKey = (key: string): readonly [entryKey: string, ruleId: string] => {
	const at = key.lastIndexOf(ruleSeparator);
	return at === -1 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
};

const speaks = (judgements: readonly Judgement[]): Judgement | undefined =>
	judgements.reduce<Judgement | undefined>(
		(first, judgement) => (first === undefined || compareAnswers(answerOf(judgement), answerOf(first)) < 0 ? judgement : first),
		undefined,
	);

const isFailing = ({verdict}: Judgement): boolean => verdict === 'FAIL' || verdict === 'UNKNOWN';

const resourceBase = (entry: ResourceEntry, context: RowContext) => {
	const {resource} = entry;
	const due = [...entry.expirations].sort((a, b) => toMs(a.at) - toMs(b.at))[0];
	return {
		service: entry.service,
		kind: context.kindTitle(entry.service, resource.resourceType),
		name: resource.resourceName,
		accountId: resource.accountId,
		awsRegion: resource.awsRegion,
		...(due !== undefined && {due}),
		marks: [],
		cells: entry.cells,
		stale: context.isStale(entry.key),
	};
};

/** A resource with the worst of its answers that is not muted. */
export const resourceRow = (entry: ResourceEntry, context: RowContext): Row => {
	const muted = entry.judgements.filter(judgement => isFailing(judgement) && context.isMuted(judgement.ruleId, entry.resource));
	const open = entry.judgements.filter(judgement => !muted.includes(judgement));
	const speaker = speaks(open);
	const silenced = speaks(muted);
	const recent = context.recent(entry.key);
	return {
		...resourceBase(entry, context),
		key: entry.key,
		verdict: speaker?.verdict ?? 'NOT_APPLICABLE',
		severity: speaker?.severity ?? 'INFORMATIONAL',
		ruleId: speaker?.ruleId ?? '',
		reason: speaker?.reason ?? '',
		more: Math.max(0, open.filter(({verdict}) => verdict === 'FAIL').length - (speaker?.verdict === 'FAIL' ? 1 : 0)),
		since: speaker?.firstObservedAt ?? entry.firstObservedAt,
		muted: silenced !== undefined && (speaker === undefined || isWorse(silenced, speaker)),
		...(recent !== undefined && {recent}),
	};
};

const isWorse = (a: Judgement, b: Judgement): boolean =>
	compareAnswers({...answerOf(a), sinceMs: 0, ruleId: ''}, {...answerOf(b), sinceMs: 0, ruleId: ''}) < 0;

/** One rule's answer about a resource; undefined where that rule says nothing of it any more. */
export const judgementRow = (entry: ResourceEntry, ruleId: string, context: RowContext): Row | undefined => {
	const judgement = entry.judgements.find(candidate => candidate.ruleId === ruleId);
	if (judgement === undefined) {
		return undefined;
	}

	const recent = context.recent(entry.key, ruleId);
	return {
		...resourceBase(entry, context),
		key: `${entry.key}${ruleSeparator}${ruleId}`,
		verdict: judgement.verdict,
		severity: judgement.severity,
		ruleId,
		reason: judgement.reason,
		more: 0,
		since: judgement.firstObservedAt,
		muted: isFailing(judgement) && context.isMuted(ruleId, entry.resource),
		...(recent !== undefined && {recent}),
	};
};

/** A reported finding, under the entry's own key or, among findings, with its type behind it. */
export const reportedRow = (entry: FindingEntry, key: string, context: RowContext): Row => {
	const {finding} = entry;
	const recent = context.recent(entry.key);
	return {
		key,
		service: entry.service,
		kind: context.kindTitle(entry.service, 'finding'),
		name: finding.resource.resourceName,
		accountId: finding.resource.accountId,
		awsRegion: finding.resource.awsRegion,
		verdict: reportedVerdict(finding),
		severity: finding.severity,
		ruleId: finding.type,
		reason: finding.reason,
		more: 0,
		since: finding.firstObservedAt,
		marks: finding.marks,
		muted: isActiveFinding(finding) && context.isMuted(finding.type, finding.resource),
		cells: entry.cells,
		...(recent !== undefined && {recent}),
		stale: context.isStale(entry.key),
	};
};

const isActiveFinding = ({recordState}: ReportedFinding): boolean => recordState === 'active';

export const rowOf = (entry: Entry, context: RowContext): Row =>
	entry.entry === 'finding' ? reportedRow(entry, entry.key, context) : resourceRow(entry, context);
