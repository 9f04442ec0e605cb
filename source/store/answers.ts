import {
	type Answers,
	type AnswerTo,
	type Catalogue,
	type CatalogueService,
	type Change,
	type Entry,
	type ExpirationRow,
	isBoardKind,
	isStale,
	maxWindow,
	type PanelSummary,
	type Query,
	type Row,
	type ScoreCard,
	type SnapshotHeader,
	snapshotKey,
	type WindowQuery,
} from '../model/index.js';
import {toMs} from './card.js';
import {noCounts, type Summary, summarise} from './counts.js';
import {compareExpirations} from './expirations.js';
import {type Filter, parseFilter, recordStates} from './filter.js';
import {compileFilter, type Subject} from './filter-match.js';
import type {History} from './history.js';
import {findingKind, type IndexTable} from './index-table.js';
import type {Live} from './port.js';
import type {Recents} from './recents.js';
import {judgementRow, type RowContext, reportedRow, rowOf, ruleSeparator, splitRowKey} from './row.js';
import {Titles} from './titles.js';
import {type ViewMoment, type ViewQuery, Views} from './views.js';
import {snapshotOf, type Watched} from './watched.js';

/** A panel that leads with what ends soonest shows what is well, too, if it ends within this time. */
const soonMs = 30 * 24 * 60 * 60 * 1000;

/** How much of an entry's history a detail holds. */
const maxDetailChanges = 200;

const everything: Filter = {terms: []};
const defaultOrder = {sort: 'urgency', descending: true} as const;

export type AnswererOptions = {
	readonly table: IndexTable;
	readonly history: History;
	readonly recents: Recents;
	readonly headers: ReadonlyMap<string, SnapshotHeader>;
	readonly revision: () => number;
	readonly trend: () => ScoreCard['trend'];
	/** In the order of the keys; undefined for what is gone. */
	readonly read: (keys: readonly string[]) => Promise<ReadonlyArray<Entry | undefined>>;
	/** What is watched, where the cache holds more than that; undefined where it does not. */
	readonly hidden: () => Watched | undefined;
};

const wholeNumber = (value: number): number => (Number.isFinite(value) ? Math.max(0, Math.floor(value)) : 0);

/** Puts answers together from the index, and reads the bodies of the rows that are shown. */
export class Answerer {
	readonly #options: AnswererOptions;
	readonly #views: Views;
	#catalogue: Catalogue | undefined;
	#titles = new Titles(undefined);
	#catalogueVersion = 0;
	#summary: {readonly version: number; readonly summary: Summary} | undefined;
	#expirations: {readonly name: string; readonly total: number; readonly rows: readonly ExpirationRow[]} | undefined;

	constructor(options: AnswererOptions) {
		this.#options = options;
		this.#views = new Views(options.table);
	}

	setCatalogue(catalogue: Catalogue | undefined): void {
		this.#catalogue = catalogue;
		this.#titles = new Titles(catalogue);
		this.#catalogueVersion++;
	}

	summary(): Summary {
		const {version} = this.#options.table;
		if (this.#summary?.version !== version) {
			this.#summary = {version, summary: summarise(this.#options.table)};
		}

		return this.#summary.summary;
	}

	async answer<Q extends Query>(query: Q, live: Live, now: string): Promise<AnswerTo<Q>> {
		this.#options.table.advance(toMs(now));
		// Each branch answers its own query, which a switch cannot tell the compiler about a type parameter.
		return (await this.#answer(query, live, now)) as AnswerTo<Q>;
	}

	async #answer(query: Query, live: Live, now: string): Promise<Answers[Query['ask']]> {
		switch (query.ask) {
			case 'overview': {
				return this.#overview(query.rowsPerPanel, live, now);
			}

			case 'panel': {
				return this.#window('entries', query.service, query, now);
			}

			case 'findings': {
				return this.#window('findings', undefined, query, now);
			}

			case 'changes': {
				return this.#changes(query, now);
			}

			case 'expirations': {
				return this.#expirationWindow(query, now);
			}

			case 'detail': {
				return this.#detail(query.key);
			}
		}
	}

	async #overview(rowsPerPanel: number, live: Live, now: string): Promise<Answers['overview']> {
		// Everything from the index is taken before anything is awaited, so that it is of one revision.
		const revision = this.#options.revision();
		const {score, coverage, counts, services} = this.summary();
		const moment = this.#moment(now);
		const drafts = (this.#catalogue?.services ?? []).map(service => ({
			service,
			snapshots: [...this.#options.headers.values()].filter(header => header.service === service.id),
			keys: this.#leading(service, Math.min(wholeNumber(rowsPerPanel), maxWindow), moment),
		}));
		const trend = this.#options.trend();
		const context = this.#rowContext(moment);
		const bodies = await this.#options.read(drafts.flatMap(({keys}) => keys));
		const rows = new Map(bodies.flatMap(entry => (entry === undefined ? [] : [[entry.key, rowOf(entry, context)] as const])));
		const panels = drafts.map(({service, snapshots, keys}): PanelSummary => {
			const summary = services.get(service.id) ?? noCounts;
			return {
				id: service.id,
				title: service.title,
				leads: service.leads,
				group: service.group,
				total: service.reports === undefined ? summary.resources : summary.findings,
				counts: summary.counts,
				top: keys.flatMap(key => rows.get(key) ?? []),
				snapshots: snapshots
					.sort((a, b) => (snapshotKey(a) < snapshotKey(b) ? -1 : 1))
					.map(({watermark: _, ...header}) => ({...header, stale: isStale(header, now)})),
				usdPerMonth: summary.usdPerMonth,
			};
		});
		const {account, regions, problems, traffic} = live;
		return {revision, now, score, coverage, trend, counts, panels, account, regions, problems, traffic};
	}

	/** Keys of the rows that a panel shows under its counts. */
	#leading(service: CatalogueService, limit: number, moment: ViewMoment): string[] {
		const {entries} = this.#options.table;
		const bySoonest = service.leads === 'soonest';
		const order = bySoonest ? ({of: 'due', sort: 'due', descending: false} as const) : ({of: 'entries', ...defaultOrder} as const);
		const keys: string[] = [];
		for (const slot of limit === 0 ? [] : this.#views.rows({service: service.id, filter: everything, ...order}, moment)) {
			const failing = entries.urgency.get(slot) >= 2;
			if (failing || (bySoonest && entries.due.get(slot) <= moment.nowMs + soonMs)) {
				keys.push(entries.key[slot] ?? '');
			} else if (!bySoonest) {
				break;
			}

			if (keys.length >= limit) {
				break;
			}
		}

		return keys;
	}

	async #window(of: 'entries' | 'findings', service: string | undefined, query: WindowQuery, now: string): Promise<Answers['panel']> {
		const revision = this.#options.revision();
		const parsed = parseFilter(query.filter);
		const offset = wholeNumber(query.offset);
		const view: ViewQuery = {of, service, filter: parsed.filter ?? everything, sort: query.sort, descending: query.descending};
		const moment = this.#moment(now);
		const total = this.#views.total(view, moment);
		if (parsed.error !== undefined) {
			return {revision, matching: 0, total, offset, rows: [], filterError: parsed.error};
		}

		const slots = this.#views.rows(view, moment);
		const matching = slots.length;
		const {entries, answers, rules} = this.#options.table;
		const shown = [...slots.subarray(offset, offset + Math.min(wholeNumber(query.limit), maxWindow))].map(slot =>
			of === 'entries'
				? {key: entries.key[slot] ?? '', ruleId: undefined}
				: {key: entries.key[answers.entry.get(slot)] ?? '', ruleId: rules.name(answers.rule.get(slot))},
		);
		const context = this.#rowContext(moment);
		const bodies = await this.#options.read(shown.map(({key}) => key));
		const rows = shown.flatMap(({ruleId}, index): Row | [] => {
			const entry = bodies[index];
			// Gone since the index was asked: the next answer, which is on its way, does without it.
			return entry === undefined ? [] : ((ruleId === undefined ? rowOf(entry, context) : findingsRow(entry, ruleId, context)) ?? []);
		});
		return {revision, matching, total, offset, rows};
	}

	#changes(query: Extract<Query, {ask: 'changes'}>, now: string): Answers['changes'] {
		const revision = this.#options.revision();
		const parsed = parseFilter(query.filter);
		const offset = wholeNumber(query.offset);
		const matches = compileFilter(parsed.filter ?? everything, toMs(now));
		const hidden = this.#options.hidden();
		const filtered = hidden !== undefined || query.service !== undefined || (parsed.filter?.terms.length ?? 0) > 0;
		const {total, matching, rows} = this.#options.history.page({
			sinceMs: query.since === undefined ? 0 : toMs(query.since),
			matches: filtered
				? change =>
						(query.service === undefined || change.service === query.service) &&
						hidden?.holds(change.key) !== false &&
						matches(this.#changeSubject(change))
				: undefined,
			name: JSON.stringify([query.service, query.filter, this.#catalogueVersion, hidden?.body]),
			offset,
			limit: parsed.error === undefined ? Math.min(wholeNumber(query.limit), maxWindow) : 0,
		});
		return parsed.error === undefined
			? {revision, matching, total, offset, rows}
			: {revision, matching: 0, total, offset, rows: [], filterError: parsed.error};
	}

	#changeSubject(change: Change): Subject {
		const kind = change.key.split('/', 4)[3] ?? '';
		const told = change.after ?? change.before;
		return {
			name: change.resourceName,
			key: change.key,
			reason: `${change.title} ${told?.reason ?? ''}`,
			awsRegion: change.awsRegion,
			accountId: change.accountId,
			service: change.service,
			kind: this.#titles.text(change.service, kind),
			ruleId: change.ruleId ?? '',
			source: kind === findingKind ? (this.#catalogue?.services.find(({id}) => id === change.service)?.reports?.source ?? 'rule') : 'rule',
			verdict: change.after?.verdict ?? 'NOT_APPLICABLE',
			// Of what closed, the severity that it had.
			severity: told?.severity,
			state: 'active',
			marks: [],
			sinceMs: toMs(change.at),
			stale: false,
			muted: false,
		};
	}

	#expirationWindow(query: Extract<Query, {ask: 'expirations'}>, now: string): Answers['expirations'] {
		const revision = this.#options.revision();
		const parsed = parseFilter(query.filter);
		const offset = wholeNumber(query.offset);
		const {total, rows} = this.#allExpirations(parsed.filter ?? everything, query.filter, now);
		return parsed.error === undefined
			? {revision, matching: rows.length, total, offset, rows: rows.slice(offset, offset + Math.min(wholeNumber(query.limit), maxWindow))}
			: {revision, matching: 0, total, offset, rows: [], filterError: parsed.error};
	}

	#allExpirations(filter: Filter, text: string, now: string): {readonly total: number; readonly rows: readonly ExpirationRow[]} {
		const {table} = this.#options;
		const moment = this.#moment(now);
		const name = JSON.stringify([text, table.version, [...moment.stale], Math.floor(moment.nowMs / 60_000), this.#catalogueVersion]);
		if (this.#expirations?.name === name) {
			return this.#expirations;
		}

		const matches = compileFilter(filter, moment.nowMs);
		const rows: ExpirationRow[] = [];
		let total = 0;
		for (const [slot, expirations] of table.expirations) {
			// What a board says of an end, the thing that ends has said already.
			if (isBoardKind(table.kinds.name(table.entries.kind.get(slot)))) {
				continue;
			}

			const row = this.#expirationBase(slot, moment);
			for (const [what, atMs] of expirations) {
				// What cannot be read as a time cannot be put in order of time.
				if (atMs > 0) {
					total++;
					if (matches(this.#expirationSubject(slot, row, what))) {
						rows.push({...row, what, at: new Date(atMs).toISOString()});
					}
				}
			}
		}

		rows.sort(compareExpirations);
		this.#expirations = {name, total, rows};
		return this.#expirations;
	}

	#expirationBase(slot: number, moment: ViewMoment): Omit<ExpirationRow, 'what' | 'at'> {
		const {table} = this.#options;
		return {
			key: table.entries.key[slot] ?? '',
			service: table.services.name(table.entries.service.get(slot)),
			name: table.entries.name[slot] ?? '',
			accountId: table.accounts.name(table.entries.account.get(slot)),
			awsRegion: table.regions.name(table.entries.region.get(slot)),
			stale: moment.stale.has(table.entries.snapshot.get(slot)),
		};
	}

	#expirationSubject(slot: number, row: Omit<ExpirationRow, 'what' | 'at'>, what: string): Subject {
		const {entries, kinds} = this.#options.table;
		return {
			...row,
			reason: what,
			kind: this.#titles.text(row.service, kinds.name(entries.kind.get(slot))),
			ruleId: '',
			source: 'rule',
			verdict: 'NOT_APPLICABLE',
			severity: undefined,
			state: recordStates[entries.state.get(slot)] ?? 'active',
			marks: [],
			sinceMs: entries.since.get(slot),
			muted: entries.muted.get(slot) === 1,
		};
	}

	async #detail(asked: string): Promise<Answers['detail']> {
		const revision = this.#options.revision();
		const wanted = asked.toWellFormed();
		// A findings row names its rule, too; the entry is the same.
		const key = this.#options.table.has(wanted) ? wanted : splitRowKey(wanted)[0];
		const snapshot = this.#options.headers.get(snapshotOf(key));
		if (this.#options.hidden()?.holds(key) === false) {
			return {revision, entry: undefined, snapshot: undefined, history: []};
		}

		const history = this.#options.history.ofKey(key, maxDetailChanges);
		const [entry] = await this.#options.read([key]);
		return {revision, entry, snapshot, history};
	}

	#moment(now: string): ViewMoment {
		const {snapshots} = this.#options.table;
		const stale = new Set<number>();
		for (const [number, name] of snapshots.names.entries()) {
			const header = this.#options.headers.get(name);
			// Nothing tells how old the entries of a snapshot without a header are: they must not look fresh.
			if (header === undefined || isStale(header, now)) {
				stale.add(number);
			}
		}

		const titles = this.#titles;
		return {nowMs: toMs(now), stale, kindText: (service, kind) => titles.text(service, kind), catalogueVersion: this.#catalogueVersion};
	}

	#rowContext(moment: ViewMoment): RowContext {
		const {table, recents} = this.#options;
		const titles = this.#titles;
		return {
			kindTitle: (service, kind) => titles.title(service, kind),
			isMuted: (ruleId, resource) => table.isMuted(ruleId, resource),
			isStale: key => moment.stale.has(table.snapshots.find(snapshotOf(key))),
			recent: (key, ruleId) => recents.of(key, ruleId, moment.nowMs),
		};
	}
}

const findingsRow = (entry: Entry, ruleId: string, context: RowContext): Row | undefined =>
	entry.entry === 'finding'
		? reportedRow(entry, `${entry.key}${ruleSeparator}${entry.finding.type}`, context)
		: judgementRow(entry, ruleId, context);
