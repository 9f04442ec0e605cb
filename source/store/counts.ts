import {type Counts, type ScoreCard, type Severity, severities, verdicts} from '../model/index.js';
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
	const {entries, answers} = table;
	const tallies = new Map<number, {counts: Tally; resources: number; findings: number; usdPerMonth: number}>();
	const tallyOf = (service: number) => {
		let tally = tallies.get(service);
		if (tally === undefined) {
			tally = {counts: empty(), resources: 0, findings: 0, usdPerMonth: 0};
			tallies.set(service, tally);
		}

		return tally;
	};

	for (let slot = 0; slot < entries.slots.size; slot++) {
		if (entries.alive.get(slot) === 1) {
			const tally = tallyOf(entries.service.get(slot));
			tally.usdPerMonth += entries.usdPerMonth.get(slot);
			if (!table.isFinding(slot)) {
				tally.resources++;
			} else if (table.isActive(slot) && entries.muted.get(slot) === 0) {
				tally.findings++;
			}
		}
	}

	const all = empty();
	const weighed = {passed: 0, failed: 0};
	const asked = {answered: 0, unknown: 0};
	for (let slot = 0; slot < answers.slots.size; slot++) {
		const entry = answers.entry.get(slot);
		if (answers.alive.get(slot) === 0 || !table.isActive(entry)) {
			continue;
		}

		const verdict = verdicts[answers.verdict.get(slot)] ?? 'UNKNOWN';
		const severity = severities[answers.severity.get(slot)] ?? 'INFORMATIONAL';
		const muted = answers.muted.get(slot) === 1;
		const name = muted
			? 'muted'
			: verdict === 'FAIL'
				? severity
				: verdict === 'UNKNOWN'
					? 'unknown'
					: verdict === 'PASS'
						? 'pass'
						: 'notApplicable';
		tallyOf(entries.service.get(entry)).counts[name]++;
		all[name]++;
		if (muted || table.isFinding(entry)) {
			continue;
		}

		if (verdict === 'PASS' || verdict === 'FAIL') {
			asked.answered++;
			weighed[verdict === 'PASS' ? 'passed' : 'failed'] += weights[severity];
		} else if (verdict === 'UNKNOWN') {
			asked.unknown++;
		}
	}

	const weight = weighed.passed + weighed.failed;
	const questions = asked.answered + asked.unknown;
	return {
		counts: all,
		// Where only what weighs nothing was answered, nothing that weighs has failed.
		score: asked.answered === 0 ? undefined : percent(weight === 0 ? 1 : weighed.passed / weight),
		coverage: questions === 0 ? undefined : percent(asked.answered / questions),
		services: new Map([...tallies].map(([service, tally]) => [table.services.name(service), tally])),
	};
};

export const noCounts: ServiceSummary = {counts: empty(), resources: 0, findings: 0, usdPerMonth: 0};
