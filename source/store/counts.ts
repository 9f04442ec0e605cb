import {type Counts, type ScoreCard, type Severity, severities, type Verdict, verdicts} from '../model/index.js';
import {recordStates} from './filter.js';
import type {IndexTable} from './index-table.js';

/** What a failure weighs in the score. INFORMATIONAL weighs nothing: it is no advice. */
const weights: Readonly<Record<Severity, number>> = {INFORMATIONAL: 0, LOW: 1, MEDIUM: 2, HIGH: 5, CRITICAL: 10};

type Mutable<T> = {-readonly [K in keyof T]: T[K]};
type Tally = Mutable<Counts>;

const empty = (): Tally => ({INFORMATIONAL: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, unknown: 0, pass: 0, notApplicable: 0, muted: 0});

export type ServiceSummary = {
	readonly counts: Counts;
	readonly resources: number;
	/** Active reported findings that are not muted. */
	readonly findings: number;
	readonly usdPerMonth: number;
};

export type Summary = Pick<ScoreCard, 'score' | 'coverage'> & {
	readonly counts: Counts;
	readonly services: ReadonlyMap<string, ServiceSummary>;
};

/** Percent with one decimal, cut rather than rounded, so that 100 means all. */
const percent = (share: number): number => Math.floor(share * 1000) / 10;

/**
 * Counts answers, by service and in all. What is muted counts as muted only, and what is kept apart not at all.
 * Score: the passing share of the rules' answers, by weight. Coverage: answered questions, of those that apply.
 */
export const summarise = (table: IndexTable): Summary => {
	const {entries} = table;
	const tallies = new Map<number, {counts: Tally; resources: number; findings: number; usdPerMonth: number}>();
	const tallyOf = (service: number) => {
		let tally = tallies.get(service);
		if (tally === undefined) {
			tally = {counts: empty(), resources: 0, findings: 0, usdPerMonth: 0};
			tallies.set(service, tally);
		}

		return tally;
	};

	// Every commit comes by here, so that it goes over the bare numbers.
	const of = {
		alive: entries.alive.values,
		service: entries.service.values,
		usdPerMonth: entries.usdPerMonth.values,
	};
	for (let slot = 0; slot < entries.slots.size; slot++) {
		if (of.alive[slot] === 1) {
			const tally = tallyOf(of.service[slot] ?? 0);
			tally.usdPerMonth += of.usdPerMonth[slot] ?? 0;
			if (!table.isFinding(slot)) {
				tally.resources++;
			} else if (table.isActive(slot) && entries.muted.get(slot) === 0) {
				tally.findings++;
			}
		}
	}

	// How many answers of each service, verdict and severity there are, and of which sort: then there is little left to tell apart.
	const sorts = tallyAnswers(table);
	for (const sort of sorts) {
		tallyOf(sort.service).counts[countOf(sort)] += sort.count;
	}

	return {
		...weigh(sorts),
		services: new Map([...tallies].map(([service, tally]) => [table.services.name(service), tally])),
	};
};

const countOf = ({verdict, severity, muted}: Omit<AnswerSort, 'count'>): keyof Counts =>
	muted ? 'muted' : verdict === 'FAIL' ? severity : verdict === 'UNKNOWN' ? 'unknown' : verdict === 'PASS' ? 'pass' : 'notApplicable';

/** Counts of answers about what is active, with their score and coverage. */
export const weigh = (sorts: Iterable<AnswerSort>): Pick<Summary, 'score' | 'coverage' | 'counts'> => {
	const counts = empty();
	const weighed = {passed: 0, failed: 0};
	const asked = {answered: 0, unknown: 0};
	for (const sort of sorts) {
		const {verdict, severity, muted, reported, count} = sort;
		counts[countOf(sort)] += count;
		if (muted || reported) {
			continue;
		}

		if (verdict === 'PASS' || verdict === 'FAIL') {
			asked.answered += count;
			weighed[verdict === 'PASS' ? 'passed' : 'failed'] += weights[severity] * count;
		} else if (verdict === 'UNKNOWN') {
			asked.unknown += count;
		}
	}

	const weight = weighed.passed + weighed.failed;
	const questions = asked.answered + asked.unknown;
	return {
		counts,
		// Where only what weighs nothing was answered, nothing that weighs has failed.
		score: asked.answered === 0 ? undefined : percent(weight === 0 ? 1 : weighed.passed / weight),
		coverage: questions === 0 ? undefined : percent(asked.answered / questions),
	};
};

/** So many answers that count alike. */
export type AnswerSort = {
	readonly verdict: Verdict;
	readonly severity: Severity;
	readonly muted: boolean;
	readonly reported: boolean;
	readonly count: number;
};

/** Active answers by all that matters to the counts. */
const tallyAnswers = (table: IndexTable): Array<AnswerSort & {readonly service: number}> => {
	const {entries, answers} = table;
	const alive = answers.alive.values;
	const entryOf = answers.entry.values;
	const verdict = answers.verdict.values;
	const severity = answers.severity.values;
	const muted = answers.muted.values;
	const service = entries.service.values;
	const state = entries.state.values;
	const source = entries.source.values;
	const active = recordStates.indexOf('active');
	const perService = verdicts.length * severities.length * 4;
	const counts = new Uint32Array(table.services.names.length * perService);
	for (let slot = 0; slot < answers.slots.size; slot++) {
		const entry = entryOf[slot] ?? 0;
		if (alive[slot] === 1 && state[entry] === active) {
			const flags = (muted[slot] ?? 0) + (source[entry] === 0 ? 0 : 2);
			const place = (service[entry] ?? 0) * perService + ((verdict[slot] ?? 0) * severities.length + (severity[slot] ?? 0)) * 4 + flags;
			counts[place] = (counts[place] ?? 0) + 1;
		}
	}

	return [...counts.entries()].flatMap(([place, count]): (AnswerSort & {readonly service: number}) | [] => {
		const within = Math.floor((place % perService) / 4);
		return count === 0
			? []
			: {
					service: Math.floor(place / perService),
					verdict: verdicts[Math.floor(within / severities.length)] ?? 'UNKNOWN',
					severity: severities[within % severities.length] ?? 'INFORMATIONAL',
					muted: place % 2 === 1,
					reported: place % 4 >= 2,
					count,
				};
	});
};

export const noCounts: ServiceSummary = {counts: empty(), resources: 0, findings: 0, usdPerMonth: 0};
