import {
	type FindingSource,
	findingSources,
	type Mark,
	type ReportedFinding,
	type Severity,
	type SortKey,
	severities,
	type Verdict,
	verdicts,
} from '../model/index.js';
import {type Filter, printFilter, recordStates} from './filter.js';
import {compileFilter, mentions, type Subject} from './filter-match.js';
import type {IndexTable} from './index-table.js';
import {type Order, Ordering} from './ordering.js';

/** How many orderings are kept: a person looks at a few tables, each viewer at one. */
const maxOrderings = 24;

/** What a view depends on besides the table. */
export type ViewMoment = {
	readonly nowMs: number;
	/** Numbers of the snapshots that are stale. */
	readonly stale: ReadonlySet<number>;
	/** Resource type and title of a kind of a service, as one text. */
	readonly kindText: (service: string, kind: string) => string;
	/** Changes when `kindText` does. */
	readonly catalogueVersion: number;
};

export type ViewQuery = {
	/** `entries`: a row for each entry. `findings`: one for each failure or unknown. `due`: entries by what ends soonest, failures and all that has an end. */
	readonly of: 'entries' | 'findings' | 'due';
	readonly service: string | undefined;
	readonly filter: Filter;
	readonly sort: SortKey;
	readonly descending: boolean;
};

type Compare = (a: number, b: number) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A subject whose properties read the columns at `slot`: one object for a whole scan. */
class EntrySubject implements Subject {
	slot = 0;
	protected readonly table: IndexTable;
	protected readonly moment: ViewMoment;

	constructor(table: IndexTable, moment: ViewMoment) {
		this.table = table;
		this.moment = moment;
	}

	protected get entry(): number {
		return this.slot;
	}

	protected get answer(): number | undefined {
		const speaker = this.table.entries.speaker.get(this.slot);
		return speaker === 0 ? undefined : speaker - 1;
	}

	get name(): string {
		return this.table.entries.name[this.entry] ?? '';
	}

	get key(): string {
		return this.table.entries.key[this.entry] ?? '';
	}

	get reason(): string {
		return this.answer === undefined ? '' : (this.table.answers.reason[this.answer] ?? '');
	}

	get awsRegion(): string {
		return this.table.regions.name(this.table.entries.region.get(this.entry));
	}

	get accountId(): string {
		return this.table.accounts.name(this.table.entries.account.get(this.entry));
	}

	get service(): string {
		return this.table.services.name(this.table.entries.service.get(this.entry));
	}

	get kind(): string {
		return this.moment.kindText(this.service, this.table.kinds.name(this.table.entries.kind.get(this.entry)));
	}

	get ruleId(): string {
		return this.answer === undefined ? '' : this.table.rules.name(this.table.answers.rule.get(this.answer));
	}

	get source(): FindingSource {
		return findingSources[this.table.entries.source.get(this.entry)] ?? 'rule';
	}

	get verdict(): Verdict {
		return this.answer === undefined ? 'NOT_APPLICABLE' : (verdicts[this.table.answers.verdict.get(this.answer)] ?? 'UNKNOWN');
	}

	get severity(): Severity | undefined {
		if (this.answer === undefined || (this.verdict !== 'FAIL' && this.table.isActive(this.entry))) {
			return undefined;
		}

		return severities[this.table.answers.severity.get(this.answer)];
	}

	get state(): ReportedFinding['recordState'] {
		return recordStates[this.table.entries.state.get(this.entry)] ?? 'active';
	}

	get marks(): readonly Mark[] {
		return this.table.marksOf(this.entry);
	}

	get sinceMs(): number {
		return this.table.entries.since.get(this.slot);
	}

	get stale(): boolean {
		return this.moment.stale.has(this.table.entries.snapshot.get(this.entry));
	}

	get muted(): boolean {
		return this.table.entries.muted.get(this.slot) === 1;
	}
}

class AnswerSubject extends EntrySubject {
	protected override get entry(): number {
		return this.table.answers.entry.get(this.slot);
	}

	protected override get answer(): number {
		return this.slot;
	}

	override get sinceMs(): number {
		return this.table.answers.since.get(this.slot);
	}

	override get muted(): boolean {
		return this.table.answers.muted.get(this.slot) === 1;
	}
}

/** Which rows are there at all: what is kept apart or muted is, once the filter asks for it by name. */
const scope = (table: IndexTable, query: ViewQuery): ((slot: number) => boolean) => {
	const {entries, answers} = table;
	const anyState = mentions(query.filter, 'state');
	const anyMuted = mentions(query.filter, 'is', 'muted');
	const service = query.service === undefined ? undefined : table.services.number(query.service);
	const ofService = (entry: number): boolean => service === undefined || entries.service.get(entry) === service;
	switch (query.of) {
		case 'entries':
		case 'due': {
			return slot =>
				entries.alive.get(slot) === 1 &&
				ofService(slot) &&
				(anyState || table.isActive(slot)) &&
				(anyMuted || entries.muted.get(slot) === 0 || !table.isFinding(slot)) &&
				(query.of === 'entries' || entries.urgency.get(slot) >= 2 || entries.due.get(slot) !== Number.POSITIVE_INFINITY);
		}

		case 'findings': {
			return slot => {
				const entry = answers.entry.get(slot);
				return (
					answers.alive.get(slot) === 1 &&
					ofService(entry) &&
					(answers.urgency.get(slot) >= 2 || (anyState && table.isFinding(entry))) &&
					(anyState || table.isActive(entry)) &&
					(anyMuted || answers.muted.get(slot) === 0)
				);
			};
		}
	}
};

const orderOf = (table: IndexTable, query: ViewQuery, moment: ViewMoment): Order => {
	const {entries, answers} = table;
	const ofAnswers = query.of === 'findings';
	const entryOf = ofAnswers ? (slot: number): number => answers.entry.get(slot) : (slot: number): number => slot;
	const {urgency, since} = ofAnswers ? answers : entries;
	const kindOf = (slot: number): string =>
		moment.kindText(table.services.name(entries.service.get(entryOf(slot))), table.kinds.name(entries.kind.get(entryOf(slot))));
	const ruleOf = (slot: number): string => (ofAnswers ? table.rules.name(answers.rule.get(slot)) : '');
	const texts = {
		name: (slot: number): string => entries.name[entryOf(slot)] ?? '',
		region: (slot: number): string => table.regions.name(entries.region.get(entryOf(slot))),
		kind: kindOf,
	};
	// Among equals: the worse, then the older, then by key and rule, so that the order is the same every time.
	const usual: Compare = (a, b) =>
		urgency.get(b) - urgency.get(a) ||
		since.get(a) - since.get(b) ||
		byText(entries.key[entryOf(a)] ?? '', entries.key[entryOf(b)] ?? '') ||
		byText(ruleOf(a), ruleOf(b));
	const sign = query.descending ? -1 : 1;
	const {sort} = query;
	switch (sort) {
		case 'urgency': {
			// Urgency above the 42 bits that a time in milliseconds takes: exact, and one comparison instead of two.
			return {rank: slot => (7 + sign * urgency.get(slot)) * 2 ** 42 + since.get(slot), tie: usual};
		}

		case 'since': {
			return {rank: slot => sign * since.get(slot), tie: usual};
		}

		case 'due': {
			// What has no end comes last in either direction.
			const dueOf = (slot: number): number => entries.due.get(entryOf(slot));
			return {rank: slot => (dueOf(slot) === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : sign * dueOf(slot)), tie: usual};
		}

		default: {
			const text = texts[sort];
			return {rank: () => 0, tie: (a, b) => sign * byText(text(a), text(b)) || usual(a, b)};
		}
	}
};

/** Orderings by query, kept while they are in use. */
export class Views {
	readonly #table: IndexTable;
	readonly #orderings = new Map<string, Ordering>();

	constructor(table: IndexTable) {
		this.#table = table;
	}

	/** The slots that match, in order: of `entries`, or of `answers` for findings. Never changed afterwards. */
	rows(query: ViewQuery, moment: ViewMoment): Uint32Array {
		// What a filter or an order rests on besides the table is part of the name, so that it never is out of date.
		const name = JSON.stringify([
			query.of,
			query.service,
			printFilter(query.filter),
			query.sort,
			query.descending,
			mentions(query.filter, 'is', 'stale') ? [...moment.stale] : 0,
			mentions(query.filter, 'is', 'new') ? Math.floor(moment.nowMs / 60_000) : 0,
			mentions(query.filter, 'kind') || query.sort === 'kind' ? moment.catalogueVersion : 0,
		]);
		const ordering = this.#orderings.get(name) ?? this.#make(query, moment);
		// Re-inserted, so that the first one is the one that was not asked for the longest.
		this.#orderings.delete(name);
		this.#orderings.set(name, ordering);
		for (const oldest of this.#orderings.keys()) {
			if (this.#orderings.size <= maxOrderings) {
				break;
			}

			this.#orderings.delete(oldest);
		}

		return ordering.at(this.#table.version);
	}

	/** How many rows there are without the filter. */
	total(query: ViewQuery, moment: ViewMoment): number {
		// In the order that is kept up anyway, since every table begins with it.
		return this.rows({...query, filter: {terms: []}, sort: 'urgency', descending: true}, moment).length;
	}

	#source(query: ViewQuery): IndexTable['entries'] | IndexTable['answers'] {
		return query.of === 'findings' ? this.#table.answers : this.#table.entries;
	}

	#make(query: ViewQuery, moment: ViewMoment): Ordering {
		const inScope = scope(this.#table, query);
		const matches = compileFilter(query.filter, Math.floor(moment.nowMs / 60_000) * 60_000);
		const subject = query.of === 'findings' ? new AnswerSubject(this.#table, moment) : new EntrySubject(this.#table, moment);
		const filtered = query.filter.terms.length > 0;
		const belongs = (slot: number): boolean => {
			if (!inScope(slot)) {
				return false;
			}

			subject.slot = slot;
			return !filtered || matches(subject);
		};

		return new Ordering(this.#source(query), belongs, orderOf(this.#table, query, moment));
	}
}
