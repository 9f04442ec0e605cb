import {Keyv} from 'keyv';
import {type Catalogue, type Change, type Entry, type Mute, type ScoreCard, type SnapshotHeader, snapshotKey} from '../model/index.js';
import {Answerer} from './answers.js';
import type {Batch} from './batch.js';
import type {CacheFile} from './cache-file.js';
import {cardOf, decodeCard, encodeCard, toMs} from './card.js';
import {entryNamespace, revive, serialization, unwrap} from './entry-codec.js';
import {hashOf} from './hash.js';
import {History} from './history.js';
import {Housekeeping} from './housekeeping.js';
import {IndexTable} from './index-table.js';
import {compileMutes} from './mutes.js';
import type {Commit, Store, StoreHealth} from './port.js';
import {Recents} from './recents.js';
import {headerPrefix, metaPrefix, mutesRecord, trendRecord, watchedRecord} from './records.js';
import {SqliteAdapter} from './sqlite-adapter.js';
import {refusalOf} from './sqlite-error.js';
import {nextTrend} from './trend.js';
import {Watched} from './watched.js';

export type StoreOptions = {
	readonly readonly: boolean;
	/** The present moment, ISO 8601: for housekeeping only. Answers are given `now`. */
	readonly now: () => string;
	readonly health: () => Pick<StoreHealth, 'path' | 'bytes'>;
	/** How long after the last commit the log is folded. */
	readonly idleMs?: number;
	/** How often a refused write is tried again. */
	readonly retryMs?: number;
};

/** What a reader of another process's file needs besides. */
export type FollowingStore = Store & {
	/** Looks whether the file has changed; if so, the revision has risen when this returns. */
	refresh(): void;
};

const answerNamespace = 'answer';
const chunk = 256;

/** The store over an open file, which it owns from now on. */
export const createStore = (file: CacheFile, options: StoreOptions): FollowingStore => {
	const table = new IndexTable();
	const history = new History(file);
	const recents = new Recents();
	const headers = new Map<string, SnapshotHeader>();
	const listeners = new Set<(revision: number) => void>();
	const entries = new Keyv({store: new SqliteAdapter(file), namespace: entryNamespace, serialization});
	const answerCache = new Keyv({
		store: new SqliteAdapter(file, answerNamespace, () => housekeeping.flushSoon()),
		namespace: answerNamespace,
		serialization,
	});
	const housekeeping = new Housekeeping(file, {...options, beforeFold: () => history.prune(toMs(options.now()))});
	let revision = 1;
	let unreadable = 0;
	let trend: ScoreCard['trend'] = [];
	let mutes = '[]';
	let watched = new Watched(undefined);
	/** Whether the file holds snapshots that are not watched. */
	let hides = false;
	let catalogue: Catalogue | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let closed = false;

	// Keyv throws where nobody listens, and swallows where somebody does: so they are counted here.
	for (const keyv of [entries, answerCache]) {
		keyv.on('error', (error: unknown) => {
			// The file counts what SQLite refuses itself.
			unreadable += refusalOf(error) === undefined ? 1 : 0;
		});
	}

	const read = async (keys: readonly string[]): Promise<Array<Entry | undefined>> => {
		if (keys.length === 0) {
			return [];
		}

		const wanted = keys.map(key => key.toWellFormed());
		const errors = file.errors;
		const found = await entries.getMany<Entry>(wanted);
		const lost = wanted.filter((key, index) => found[index] === undefined && table.has(key));
		if (lost.length > 0) {
			if (file.errors > errors) {
				throw new Error('The cache could not be read; see `vedette doctor`');
			}

			// A row that is no entry: it is forgotten, so that the next collection brings it anew.
			forget(lost);
		}

		return found.map(entry => (entry === undefined ? undefined : revive(entry)));
	};

	const answerer = new Answerer({
		table,
		history,
		recents,
		headers,
		revision: () => revision,
		trend: () => trend,
		read,
		hidden: () => (hides ? watched : undefined),
	});
	const rise = (): void => {
		revision++;
		for (const listener of listeners) {
			listener(revision);
		}
	};

	const forget = (keys: readonly string[]): void => {
		for (const key of keys) {
			table.remove(key);
		}

		if (!options.readonly) {
			file.write({puts: keys.map(key => ({namespace: entryNamespace, key, value: undefined}))});
		}

		rise();
	};

	const takeIn = (key: string, card: string | undefined, value: () => string | undefined): void => {
		if (!watched.holds(key)) {
			return;
		}

		const known = card === undefined ? undefined : decodeCard(card);
		if (known !== undefined) {
			table.upsert(key, known);
			return;
		}

		const text = value();
		const entry = text === undefined ? undefined : unwrap(text);
		if (text === undefined || entry === undefined) {
			unreadable += text === undefined ? 0 : 1;
			table.remove(key);
		} else {
			table.upsert(key, cardOf(entry, hashOf(text)));
		}
	};

	const loadRecords = (): void => {
		headers.clear();
		hides = false;
		for (const [name, body] of file.records(headerPrefix)) {
			const snapshot = name.slice(headerPrefix.length);
			if (watched.has(snapshot)) {
				// Only `commit` writes them.
				headers.set(snapshot, JSON.parse(body) as SnapshotHeader);
			} else {
				hides = true;
			}
		}

		// Only `setCatalogue` and `commit` write these two.
		trend = JSON.parse(file.record(trendRecord(watched)) ?? '[]') as ScoreCard['trend'];
		const stored = file.record(`${metaPrefix}catalogue`);
		catalogue = stored === undefined ? undefined : (JSON.parse(stored) as Catalogue);
		answerer.setCatalogue(catalogue);
		loadMutes();
	};

	// Readers have no configuration at hand: the mutes that hold are kept with the cache.
	const loadMutes = (): void => {
		const body = file.record(mutesRecord) ?? '[]';
		if (body !== mutes) {
			mutes = body;
			// Only `setMutes` writes them.
			table.setMutes(compileMutes(JSON.parse(body) as readonly Mute[]), toMs(options.now()));
		}
	};

	const loadAll = (): void => {
		table.clear();
		watched = new Watched(file.record(watchedRecord));
		file.visit(entryNamespace, takeIn);
		loadRecords();
	};

	file.onReplaced = () => {
		const records: Array<readonly [string, string]> = [[mutesRecord, mutes]];
		if (catalogue !== undefined) {
			records.push([`${metaPrefix}catalogue`, JSON.stringify(catalogue)]);
		}

		if (watched.body !== undefined) {
			records.push([watchedRecord, watched.body]);
		}

		table.clear();
		recents.clear();
		headers.clear();
		hides = false;
		trend = [];
		history.reload();
		// What is not a memory of the account is written again.
		file.write({puts: [], records});
		rise();
	};

	file.onForeign = keys => {
		if (keys === 'all' || file.record(watchedRecord) !== watched.body) {
			loadAll();
		} else {
			for (const {namespace, key} of keys) {
				if (namespace === entryNamespace) {
					takeIn(key, undefined, () => file.get(namespace, key));
				}
			}

			loadRecords();
		}

		history.reload();
		rise();
	};

	/** One after the other, so that changes are numbered in the order of their commits. */
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const turn = last.then(work);
		last = turn.catch(() => {});
		return turn;
	};

	const write = (batch: Batch): void => {
		if (options.readonly) {
			throw new Error('This cache was opened for reading only');
		}

		if (closed) {
			throw new Error('This cache is closed');
		}

		file.write(batch);
		housekeeping.written();
	};

	const commitNow = async (commit: Commit): Promise<void> => {
		const upserts = commit.upserts.map(entry => (entry.key.isWellFormed() ? entry : {...entry, key: entry.key.toWellFormed()}));
		const encoded = await Promise.all(upserts.map(async entry => String(await entries.encode({value: entry}))));
		const changed = upserts.flatMap((entry, index) => {
			const value = encoded[index] ?? '';
			const hash = hashOf(value);
			return table.hash(entry.key) === hash ? [] : {key: entry.key, value, card: cardOf(entry, hash)};
		});
		const removals = commit.removals.map(key => key.toWellFormed());
		const changes = commit.changes.map((change, index): Change => ({...change, sequence: history.last + 1 + index}));
		const points = commit.header === undefined ? trend : nextTrend(trend, commit.header, [...headers.values()], () => answerer.summary());
		const records: Array<readonly [string, string]> = [];
		if (commit.header !== undefined) {
			records.push([headerPrefix + snapshotKey(commit.header), JSON.stringify(commit.header)]);
		}

		if (points !== trend) {
			records.push([trendRecord(watched), JSON.stringify(points)]);
		}

		const gone = removals.filter(key => table.has(key));
		if (changed.length === 0 && gone.length === 0 && changes.length === 0 && records.length === 0) {
			return;
		}

		write({
			puts: [
				...removals.map(key => ({namespace: entryNamespace, key, value: undefined})),
				...changed.map(({key, value, card}) => ({namespace: entryNamespace, key, value, card: encodeCard(card)})),
			],
			changes,
			records,
		});
		for (const key of removals) {
			table.remove(key);
		}

		for (const {key, card} of changed) {
			if (watched.holds(key)) {
				table.upsert(key, card);
			}
		}

		if (commit.header !== undefined) {
			const snapshot = snapshotKey(commit.header);
			if (watched.has(snapshot)) {
				headers.set(snapshot, commit.header);
			} else {
				hides = true;
			}
		}

		trend = points;
		history.added(changes);
		recents.add(changes);
		rise();
	};

	loadAll();
	if (!options.readonly) {
		history.prune(toMs(options.now()));
	}

	return {
		revision: () => revision,
		headers: () => [...headers.values()],
		get: async keys => read(keys),
		keys(snapshot, kind) {
			const number = table.snapshots.find(snapshotKey(snapshot));
			const kindNumber = kind === undefined ? undefined : table.kinds.find(kind);
			const keys: string[] = [];
			for (let slot = 0; slot < table.entries.slots.size; slot++) {
				const inSnapshot = table.entries.alive.get(slot) === 1 && table.entries.snapshot.get(slot) === number;
				if (inSnapshot && (kindNumber === undefined || table.entries.kind.get(slot) === kindNumber)) {
					keys.push(table.entries.key[slot] ?? '');
				}
			}

			return keys;
		},
		async *entries(prefix = '') {
			const keys = [...table.keys()].filter(key => key.startsWith(prefix)).sort();
			for (let start = 0; start < keys.length; start += chunk) {
				for (const entry of await read(keys.slice(start, start + chunk))) {
					if (entry !== undefined) {
						yield entry;
					}
				}
			}
		},
		async *changes(since) {
			for await (const change of history.since(since === undefined ? 0 : toMs(since))) {
				if (watched.holds(change.key)) {
					yield change;
				}
			}
		},
		commit: async commit => inTurn(async () => commitNow(commit)),
		answer: async (query, live, now) => answerer.answer(query, live, now),
		async getMeta(name) {
			const body = file.record(metaPrefix + name);
			return body === undefined ? undefined : JSON.parse(body);
		},
		async setMeta(name, value) {
			write({puts: [], records: [[metaPrefix + name, JSON.stringify(value)]]});
		},
		answerCache,
		setMutes(next, now) {
			const body = JSON.stringify(next);
			if (body !== mutes && !options.readonly) {
				write({puts: [], records: [[mutesRecord, body]]});
			}

			mutes = body;
			table.setMutes(compileMutes(next), toMs(now));
			rise();
		},
		async setCatalogue(next) {
			const body = JSON.stringify(next);
			if (body !== file.record(`${metaPrefix}catalogue`)) {
				write({puts: [], records: [[`${metaPrefix}catalogue`, body]]});
			}

			catalogue = next;
			answerer.setCatalogue(next);
			rise();
		},
		setWatched(snapshots) {
			const before = watched;
			const next = Watched.of(snapshots);
			if (next.body === before.body || next.body === undefined) {
				return;
			}

			write({puts: [], records: [[watchedRecord, next.body]]});
			watched = next;
			for (const key of [...table.keys()]) {
				if (!next.holds(key)) {
					table.remove(key);
				}
			}

			if (before.body !== undefined) {
				file.visit(entryNamespace, (key, ...rest) => {
					if (!before.holds(key)) {
						takeIn(key, ...rest);
					}
				});
			}

			loadRecords();
			rise();
		},
		onCommit(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		health() {
			const degraded = [...file.notices];
			if (file.fault !== undefined) {
				degraded.push(file.fault);
			}

			if (unreadable > 0) {
				degraded.push(
					`${unreadable} cached ${unreadable === 1 ? 'value' : 'values'} could not be read or written and will be asked for again`,
				);
			}

			return {...options.health(), errors: file.errors + unreadable, degraded, entries: table.size};
		},
		refresh: () => file.sync(),
		async close() {
			await last;
			if (closed) {
				return;
			}

			closed = true;
			await housekeeping.stop();
			if (!options.readonly) {
				file.retry();
				for (const _ of file.fold(Date.now())) {
					// To the end, at once: nobody waits for the event loop any more.
				}
			}

			file.close();
		},
	};
};
