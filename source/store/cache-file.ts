import type {DatabaseSync} from 'node:sqlite';
import type {Change} from '../model/index.js';
import {type Batch, Pending, type Put} from './batch.js';
import {type CardMaker, finishFold, foldSlot} from './folding.js';
import {hashOf} from './hash.js';
import {type ForeignKey, Places} from './places.js';
import {isDamage, refusalOf} from './sqlite-error.js';
import {prepareStatements, type Statements} from './statements.js';

/** `card` is undefined where there is none that is current; `value` then has all. */
export type Visit = (key: string, card: string | undefined, value: () => string | undefined) => void;

export type CacheFileOptions = {
	readonly readonly?: boolean;
	/** Derives what the index keeps of a value, for values that are folded into the base. */
	readonly card?: CardMaker;
	/** Sets the damaged file aside and opens a new one; returns it with a sentence for people. Without it damage is thrown. */
	readonly replace?: (damaged: DatabaseSync) => {readonly database: DatabaseSync; readonly notice: string};
	/** How long to wait after a refusal of the disk before the next attempt. */
	readonly retryMs?: number;
};

/** Rows folded in one transaction: about 10 ms, so that nobody waits long for the event loop. */
const foldSlice = 400;

/** The delta may grow to this share of the base before it is worth folding, and to this size in any case. */
const foldShare = 0.12;
/** As in `sqlite-file`; near enough for a file of another page size. */
const pageBytes = 16_384;
const foldMinBytes = 256 * 1024;

/**
 * Namespaced values in one SQLite file: an append-only `delta` over a `base`, with the place of every key in memory.
 *
 * - `write` is one transaction. When it returns, the batch survives SIGKILL, unless `fault` is set: then the disk refused,
 *   the batch is kept in memory, reads see it, and `retry` (or the next write after `retryMs`) writes it.
 * - A damaged file is replaced (`notices` says so, `onReplaced` is called): everything before is forgotten.
 * - Another process may read, or even write, the same file: every operation looks first whether it did.
 *
 * Everything here is synchronous: what must be atomic cannot be interrupted.
 */
export class CacheFile {
	readonly notices: string[] = [];
	/** Called after a damaged file was replaced by an empty one. */
	onReplaced: () => void = () => {};
	/** Called with the keys that another process has changed, or `all` where they cannot be told apart. */
	onForeign: (keys: readonly ForeignKey[] | 'all') => void = () => {};

	#database: DatabaseSync;
	#sql: Statements;
	readonly #options: CacheFileOptions;
	readonly #pending = new Pending();
	readonly #places = new Places();
	#loaded = false;
	#dataVersion = -1;
	#fault: {readonly sentence: string; readonly retryAt: number} | undefined;
	#errors = 0;

	constructor(database: DatabaseSync, options: CacheFileOptions = {}) {
		this.#database = database;
		this.#sql = prepareStatements(database);
		this.#options = options;
	}

	get database(): DatabaseSync {
		return this.#database;
	}

	/** Why the last write is only in memory, as a sentence; undefined when all is on disk. */
	get fault(): string | undefined {
		return this.#fault?.sentence;
	}

	/** Operations that failed since the start. */
	get errors(): number {
		return this.#errors;
	}

	/** True when folding would save more than it costs. */
	get wantsFold(): boolean {
		return this.#fault === undefined && this.#places.deltaBytes > foldMinBytes && this.#places.deltaBytes > this.#baseBytes() * foldShare;
	}

	/** True when the delta has outgrown the base, so that folding cannot wait for a quiet moment. */
	get needsFold(): boolean {
		return this.wantsFold && this.#places.deltaBytes > 64 * 1024 * 1024 && this.#places.deltaBytes > this.#baseBytes() / 2;
	}

	/** The encoded value, or undefined where there is none or it has expired. */
	get(namespace: string, key: string): string | undefined {
		return this.getMany(namespace, [key])[0];
	}

	/** In the order of the keys. */
	getMany(namespace: string, keys: readonly string[]): Array<string | undefined> {
		return this.#reading(() => {
			this.sync();
			return keys.map(key => {
				const put = this.#pending.get(namespace, key);
				return put === undefined ? this.#read(namespace, key) : isCurrent(put.expires) ? put.value : undefined;
			});
		});
	}

	#read(namespace: string, key: string): string | undefined {
		// Between looking up a place and reading it, another process may have folded it away: then look once more.
		for (let attempt = 0; attempt < 2; attempt++) {
			const slot = this.#places.slot(namespace, key);
			if (slot === undefined) {
				return undefined;
			}

			const seq = this.#places.seq(slot);
			const row = seq === undefined ? this.#sql.readBase.get(slot) : this.#sql.readDelta.get(seq);
			if (row !== undefined) {
				const {body, expires} = row;
				return typeof body === 'string' && isCurrent(typeof expires === 'number' ? expires : undefined) ? body : undefined;
			}

			this.#load();
			this.onForeign('all');
		}

		return undefined;
	}

	/** The keys of a namespace, in no order. Expired ones may be among them. */
	keys(namespace: string): string[] {
		return this.#reading(() => {
			this.sync();
			const keys = new Set(this.#places.keys(namespace));
			for (const put of this.#pending.puts(namespace)) {
				if (put.value === undefined) {
					keys.delete(put.key);
				} else {
					keys.add(put.key);
				}
			}

			return [...keys];
		});
	}

	namespaces(): string[] {
		return this.#reading(() => {
			this.sync();
			return this.#places.namespaces();
		});
	}

	/** Hands each value's card (or, where there is none that is current, the value itself) of a namespace to `visit`, in order of arrival. */
	visit(namespace: string, visit: Visit): void {
		this.#reading(() => {
			this.#dataVersion = this.#readDataVersion();
			this.#load((space, key, card) => {
				if (space === namespace) {
					visit(key, card, () => this.get(namespace, key));
				}
			});
			for (const put of this.#pending.puts(namespace)) {
				visit(put.key, put.card, () => put.value);
			}
		});
	}

	record(name: string): string | undefined {
		const pending = this.#pending.records.get(name);
		if (pending !== undefined) {
			return pending;
		}

		return this.#reading(() => {
			const body = this.#sql.readRecord.get(name)?.['body'];
			return typeof body === 'string' ? body : undefined;
		});
	}

	/** Records whose names begin with `prefix`, by name. */
	records(prefix: string): Map<string, string> {
		const found = this.#reading(() => {
			const rows = this.#database
				.prepare('SELECT name, body FROM record WHERE name >= ? AND name < ? ORDER BY name')
				.all(prefix, `${prefix}\u{10FFFF}`);
			return new Map(rows.map(({name, body}) => [String(name), String(body)]));
		});
		for (const [name, body] of this.#pending.records) {
			if (name.startsWith(prefix)) {
				found.set(name, body);
			}
		}

		return found;
	}

	/** Changes that wait for the disk, oldest first. */
	get pendingChanges(): readonly Change[] {
		return this.#pending.changes;
	}

	/** Keeps a batch for the next `write`, so that many small ones share a transaction. Reads see it at once; SIGKILL takes it. */
	defer(batch: Batch): void {
		if (this.#options.readonly === true) {
			throw new Error('This cache was opened for reading only');
		}

		this.#pending.add(batch);
	}

	write(batch: Batch): void {
		this.defer(batch);
		if (this.#fault === undefined || performance.now() >= this.#fault.retryAt) {
			this.retry();
		}
	}

	/** Writes what waits, if anything does. */
	retry(): void {
		this.#flush(true);
	}

	#flush(mayReplace: boolean): void {
		try {
			this.#transaction(() => this.#apply());
			this.#fault = undefined;
		} catch (error) {
			this.#errors++;
			if (isDamage(error) && mayReplace && this.#options.replace !== undefined) {
				this.#replace();
				this.#flush(false);
				return;
			}

			const refusal = refusalOf(error);
			if (refusal === undefined) {
				throw error;
			}

			this.#fault = {
				sentence: `The cache is kept in memory only, because ${refusal}; it will be written when the disk allows`,
				retryAt: performance.now() + (this.#options.retryMs ?? 5000),
			};
		}
	}

	/** Looks whether another process has written since, and follows. */
	sync(): void {
		if (!this.#loaded) {
			this.#dataVersion = this.#readDataVersion();
			this.#load();
			return;
		}

		const version = this.#readDataVersion();
		if (version !== this.#dataVersion) {
			this.#dataVersion = version;
			this.onForeign(this.#snapshot(() => this.#places.follow(this.#database, this.#sql)));
		}
	}

	/** Forgets every key of a namespace, or of all. */
	clear(namespace?: string): void {
		const names = namespace === undefined ? this.namespaces() : [namespace];
		this.write({puts: names.flatMap(name => this.keys(name).map(key => ({namespace: name, key, value: undefined})))});
	}

	/**
	 * Folds the delta into the base and drops what has expired, one slice a step; the caller may do other things between steps.
	 * Stopping halfway loses nothing. Ends early when the disk refuses.
	 */
	*fold(nowMs: number): Generator<void, void> {
		this.sync();
		const until = this.#places.lastSeq;
		const slots = this.#places.changedSlots();
		const makeCard: CardMaker = (namespace, value) => this.#options.card?.(namespace, value);
		try {
			for (let start = 0; start < slots.length; start += foldSlice) {
				this.#transaction(() => {
					for (const slot of slots.slice(start, start + foldSlice)) {
						foldSlot(this.#sql, this.#places, slot, until, makeCard);
					}

					return () => {};
				});
				yield;
			}

			this.#transaction(() => finishFold(this.#database, this.#sql, this.#places, until, nowMs));
		} catch (error) {
			this.#errors++;
			if (isDamage(error) && this.#options.replace !== undefined) {
				this.#replace();
			} else if (refusalOf(error) === undefined) {
				throw error;
			}
		}
	}

	/** Runs one statement that can be done without. Returns how many rows it changed: none where the disk refuses. */
	run(sql: string, ...values: readonly number[]): number {
		try {
			return Number(this.#database.prepare(sql).run(...values).changes);
		} catch (error) {
			this.#errors++;
			if (refusalOf(error) === undefined) {
				throw error;
			}

			return 0;
		}
	}

	close(): void {
		if (this.#database.isOpen) {
			this.#database.close();
		}
	}

	#reading<T>(read: () => T): T {
		try {
			return read();
		} catch (error) {
			this.#errors++;
			if (isDamage(error) && this.#options.replace !== undefined) {
				this.#replace();
				return read();
			}

			throw error;
		}
	}

	/** Reads several tables as they were at one moment. */
	#snapshot<T>(read: () => T): T {
		if (this.#database.isTransaction) {
			return read();
		}

		this.#database.exec('BEGIN');
		try {
			return read();
		} finally {
			if (this.#database.isTransaction) {
				this.#database.exec('COMMIT');
			}
		}
	}

	/** Runs `work` in a transaction, and what it returns once that is committed. */
	#transaction(work: () => () => void): void {
		this.#database.exec('BEGIN IMMEDIATE');
		let remember: () => void;
		try {
			this.sync();
			remember = work();
			this.#database.exec('COMMIT');
		} catch (error) {
			// SQLite rolls back by itself on some errors, and then has nothing to roll back.
			if (this.#database.isTransaction) {
				this.#database.exec('ROLLBACK');
			}

			throw error;
		}

		// What memory knows of the file changes only when the file has changed.
		remember();
	}

	#apply(): () => void {
		const placed: Array<readonly [put: Put, slot: number, seq: number | undefined]> = [];
		let {lastSlot, lastSeq} = this.#places;
		for (const put of this.#pending.puts()) {
			const slot = this.#places.slot(put.namespace, put.key);
			if (slot !== undefined) {
				lastSeq++;
				this.#sql.insertDelta.run(lastSeq, slot, put.expires ?? null, put.value ?? null);
				placed.push([put, slot, lastSeq]);
			} else if (put.value !== undefined) {
				lastSlot++;
				const card = put.card ?? this.#options.card?.(put.namespace, put.value) ?? null;
				this.#sql.insertBase.run(lastSlot, put.namespace, put.key, put.expires ?? null, card, put.value);
				placed.push([put, lastSlot, undefined]);
			}
		}

		for (const change of this.#pending.changes) {
			this.#sql.insertChange.run(change.sequence, Date.parse(change.at) || 0, hashOf(change.key), JSON.stringify(change));
		}

		for (const [name, body] of this.#pending.records) {
			this.#sql.upsertRecord.run(name, body);
		}

		return () => {
			for (const [{namespace, key, value}, slot, seq] of placed) {
				if (seq !== undefined) {
					this.#places.putDelta(slot, seq, value?.length ?? 0);
				}

				if (value === undefined) {
					this.#places.remove(namespace, key, slot);
				} else {
					this.#places.put(namespace, key, slot);
				}
			}

			this.#places.lastSlot = lastSlot;
			this.#pending.clear();
		};
	}

	#load(onValue?: (namespace: string, key: string, card: string | undefined) => void): void {
		this.#snapshot(() => this.#places.load(this.#database, this.#sql, onValue));
		this.#loaded = true;
	}

	#readDataVersion(): number {
		return Number(this.#sql.dataVersion.get()?.['data_version']);
	}

	#replace(): void {
		const replaced = this.#options.replace?.(this.#database);
		if (replaced === undefined) {
			return;
		}

		this.#database = replaced.database;
		this.#sql = prepareStatements(replaced.database);
		this.notices.push(replaced.notice);
		this.#loaded = false;
		this.#fault = undefined;
		this.sync();
		this.onReplaced();
	}

	#baseBytes(): number {
		const pages = Number(this.#database.prepare('PRAGMA page_count').get()?.['page_count']);
		return pages * pageBytes - this.#places.deltaBytes;
	}
}

const isCurrent = (expires: number | undefined): boolean => expires === undefined || expires > Date.now();
