import {
	type Entry,
	type FindingSource,
	type Judgement,
	type Mark,
	marks,
	type ReportedFinding,
	type Severity,
	urgency,
	type Verdict,
} from '../model/index.js';
import {headOf} from './card-head.js';
import {recordStates} from './filter.js';

type RecordState = ReportedFinding['recordState'];

/** What the index keeps of an entry: enough to count, sort and filter by. Times are milliseconds since the epoch. */
export type Card = {
	/** Of the entry as it is stored, to notice that it did not change. */
	readonly hash: number;
	readonly name: string;
	readonly id: string;
	readonly arn: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly source: FindingSource;
	readonly state: RecordState;
	readonly marks: readonly Mark[];
	readonly expirations: ReadonlyArray<readonly [what: string, atMs: number]>;
	readonly usdPerMonth: number;
	/** Since when, where no answer says so. */
	readonly sinceMs: number;
	readonly answers: readonly CardAnswer[];
};

export type CardAnswer = {
	readonly ruleId: string;
	readonly verdict: Verdict;
	readonly severity: Severity;
	readonly sinceMs: number;
	readonly reason: string;
};

/** Milliseconds of an ISO time; 0 for what is none, so that nothing compares with NaN. */
export const toMs = (time: string): number => Date.parse(time) || 0;

/** A reported finding that is not active is no failure: it is kept apart, and answers nothing. */
export const reportedVerdict = ({recordState}: ReportedFinding): Verdict => (recordState === 'active' ? 'FAIL' : 'NOT_APPLICABLE');

/** Which of two answers speaks for their resource: the worse, then the older, then by name. Negative where it is the first. */
export const compareAnswers = (
	a: Pick<CardAnswer, 'verdict' | 'severity' | 'sinceMs' | 'ruleId'>,
	b: Pick<CardAnswer, 'verdict' | 'severity' | 'sinceMs' | 'ruleId'>,
): number =>
	urgency(b.verdict, b.severity) - urgency(a.verdict, a.severity) ||
	a.sinceMs - b.sinceMs ||
	(a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0);

export const answerOf = ({ruleId, verdict, severity, firstObservedAt, reason}: Judgement): CardAnswer => ({
	ruleId,
	verdict,
	severity,
	sinceMs: toMs(firstObservedAt),
	reason,
});

export const cardOf = (entry: Entry, hash: number): Card => {
	if (entry.entry === 'finding') {
		const {finding} = entry;
		const {resource} = finding;
		const sinceMs = toMs(finding.firstObservedAt);
		return {
			hash,
			name: resource.resourceName,
			id: resource.resourceId,
			arn: resource.arn,
			accountId: resource.accountId,
			awsRegion: resource.awsRegion,
			source: finding.source,
			state: finding.recordState,
			marks: finding.marks,
			expirations: [],
			usdPerMonth: 0,
			sinceMs,
			answers: [{ruleId: finding.type, verdict: reportedVerdict(finding), severity: finding.severity, sinceMs, reason: finding.reason}],
		};
	}

	const {resource} = entry;
	return {
		hash,
		name: resource.resourceName,
		id: resource.resourceId,
		arn: resource.arn,
		accountId: resource.accountId,
		awsRegion: resource.awsRegion,
		source: 'rule',
		state: 'active',
		marks: [],
		expirations: entry.expirations.map(({what, at}) => [what, toMs(at)]),
		usdPerMonth: entry.usdPerMonth,
		sinceMs: toMs(entry.firstObservedAt),
		answers: entry.judgements.map(answerOf),
	};
};

/** As compact JSON: an array, since the names would be half of it; in front of it, what is counted. */
export const encodeCard = (card: Card): string =>
	headOf(card) +
	JSON.stringify([
		card.hash,
		card.name,
		card.id,
		card.arn,
		card.accountId,
		card.awsRegion,
		card.source,
		recordStates.indexOf(card.state),
		card.marks.map(mark => marks.indexOf(mark)),
		card.expirations,
		card.usdPerMonth,
		card.sinceMs,
		card.answers.map(({ruleId, verdict, severity, sinceMs, reason}) => [ruleId, verdict, severity, sinceMs, reason]),
	]);

/** Undefined where the text is no card. Only our own `encodeCard` writes them, in a file that has been checked for damage. */
export const decodeCard = (text: string): Card | undefined => {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text.slice(Math.max(0, text.indexOf('['))));
	} catch {
		return undefined;
	}

	if (!Array.isArray(parsed) || parsed.length !== 13) {
		return undefined;
	}

	// The shape is the one that `encodeCard` wrote, and its length says so.
	const [hash, name, id, arn, accountId, awsRegion, source, state, markIndexes, expirations, usdPerMonth, sinceMs, answers] = parsed as [
		number,
		string,
		string,
		string,
		string,
		string,
		FindingSource,
		number,
		number[],
		Array<[string, number]>,
		number,
		number,
		Array<[string, Verdict, Severity, number, string]>,
	];
	return {
		hash,
		name,
		id,
		arn,
		accountId,
		awsRegion,
		source,
		state: recordStates[state] ?? 'closed',
		marks: markIndexes.flatMap(index => marks[index] ?? []),
		expirations,
		usdPerMonth,
		sinceMs,
		answers: answers.map(([ruleId, verdict, severity, since, reason]) => ({ruleId, verdict, severity, sinceMs: since, reason})),
	};
};
