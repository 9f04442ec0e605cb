import type {Change, ChangeType, Entry, Judged, Judgement, Resource} from '../model/index.js';
import {isBoardKind, severities} from '../model/index.js';
import {lastCertain} from './judge.js';

/** A change before the store has numbered it. The same as the store's, which evaluation must not import. */
export type ChangeDraft = Omit<Change, 'sequence'>;

type Side = NonNullable<Change['before']>;

const sideOf = ({verdict, severity, reason}: Judgement): Side => ({verdict, severity, reason});

/** What was certain before: where sight was lost in between, the failure that was known, with why it was not seen since. */
const beforeOf = (previous: Judgement): Side => {
	const certain = lastCertain(previous);
	return previous.verdict === 'UNKNOWN' && certain !== undefined
		? {verdict: certain.verdict, severity: certain.severity, reason: `not seen since ${previous.firstObservedAt}: ${previous.reason}`}
		: sideOf(previous);
};

/** What kind of change lies between two judgements by the same rule. UNKNOWN opens and closes nothing. */
const changeBetween = (previous: Judgement | undefined, judgement: Judgement): ChangeType | undefined => {
	if (judgement.verdict === 'UNKNOWN') {
		return undefined;
	}

	const certain = lastCertain(previous);
	const failed = certain?.verdict === 'FAIL';
	if (judgement.verdict !== 'FAIL') {
		return failed ? 'closed' : undefined;
	}

	if (!failed) {
		return previous?.firstLook === true ? undefined : 'opened';
	}

	const step = severities.indexOf(judgement.severity) - severities.indexOf(certain.severity);
	return step === 0 ? undefined : step > 0 ? 'worsened' : 'improved';
};

const aboutResource = (key: string, service: string, {accountId, awsRegion, resourceName}: Resource, now: string) => ({
	at: now,
	key,
	service,
	accountId,
	awsRegion,
	resourceName,
});

/** A board's row of which nothing was ever certain stands for a gap in sight: it comes and goes, and the account is as it was. */
const isGap = ({resource, judgements}: {readonly resource: Resource; readonly judgements: readonly Judgement[]}): boolean =>
	isBoardKind(resource.resourceType) &&
	judgements.some(({verdict}) => verdict === 'UNKNOWN') &&
	judgements.every(judgement => ['PASS', 'FAIL'].includes(lastCertain(judgement)?.verdict ?? '') === false);

/** `appeared` for a resource not seen before, and what its judgements opened, closed, worsened and improved. */
export const toResourceChanges = (
	entry: {readonly key: string; readonly service: string; readonly resource: Resource; readonly judgements: readonly Judgement[]},
	previous: {readonly judgements: readonly Judgement[]} | undefined,
	titleOf: (ruleId: string) => string,
	now: string,
): readonly ChangeDraft[] => {
	const about = aboutResource(entry.key, entry.service, entry.resource, now);
	const before = new Map(previous?.judgements.map(judgement => [judgement.ruleId, judgement]));
	const changes: ChangeDraft[] =
		previous === undefined && !isGap(entry) ? [{...about, type: 'appeared', title: entry.resource.resourceType}] : [];
	for (const judgement of entry.judgements) {
		const {ruleId} = judgement;
		const earlier = before.get(ruleId);
		const type = changeBetween(earlier, judgement);
		if (type !== undefined) {
			changes.push({
				...about,
				type,
				ruleId,
				title: titleOf(ruleId),
				...(earlier && {before: beforeOf(earlier)}),
				after: sideOf(judgement),
			});
		}
	}

	return changes;
};

/**
 * What to record when an entry is no more: `gone` for a resource and `closed` for each failure it was last known to
 * have; `closed` for an active reported finding, nothing for any other. Titles come from `service` where it is given.
 */
export const removeEntry = (entry: Entry, now: string, service?: Judged): readonly ChangeDraft[] => {
	if (entry.entry === 'finding') {
		const {finding} = entry;
		const {accountId, awsRegion, resourceName} = finding.resource;
		return finding.recordState === 'active'
			? [
					{
						at: now,
						type: 'closed',
						key: entry.key,
						service: entry.service,
						accountId,
						awsRegion,
						resourceName,
						ruleId: finding.type,
						title: finding.title,
						before: {verdict: 'FAIL', severity: finding.severity, reason: finding.reason},
						after: {verdict: 'NOT_APPLICABLE', severity: finding.severity, reason: 'the finding exists no more'},
					},
				]
			: [];
	}

	const about = aboutResource(entry.key, entry.service, entry.resource, now);
	const titles = new Map(service?.kinds.flatMap(kind => kind.rules.map(rule => [rule.id, rule.title])));
	return [
		...(isGap(entry) ? [] : [{...about, type: 'gone' as const, title: entry.resource.resourceType}]),
		...entry.judgements
			.filter(judgement => lastCertain(judgement)?.verdict === 'FAIL')
			.map((judgement): ChangeDraft => {
				const before = beforeOf(judgement);
				return {
					...about,
					type: 'closed',
					ruleId: judgement.ruleId,
					title: titles.get(judgement.ruleId) ?? judgement.ruleId,
					before,
					after: {verdict: 'NOT_APPLICABLE', severity: before.severity, reason: 'the resource is gone'},
				};
			}),
	];
};
