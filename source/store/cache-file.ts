import type {DatabaseSync, StatementSync} from 'node:sqlite';
import type {Change} from '../model/index.js';
import {type Batch, Pending, type Put} from './batch.js';
import {hashOf} from './hash.js';
import {isDamage, refusalOf} from './sqlite-error.js';

/** A key that another process has written or removed. */
export type ForeignKey = {readonly namespace: string; readonly key: string};

/** `card` is undefined where there is none that is current; `value` then has all. */
export type Visit = (key: string, card: string | undefined, value: () => string | undefined) => void;

export type CacheFileOptions = {
	readonly readonly?: boolean;
	/** Derives what the index keeps of a value, for values that are folded into the base. */
	readonly card?: (namespace: string, value: string) => string | undefined;
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

type Statements = {
	readonly dataVersion: StatementSync;
	readonly readBase: StatementSync;
	readonly readDelta: StatementSync;
	readonly insertBase: StatementSync;
	readonly insertDelta: StatementSync;
	readonly updateBase: StatementSync;
	readonly deleteBase: StatementSync;
	readonly insertChange: StatementSync;
	readonly upsertRecord: StatementSync;
};

const prepare = (database: DatabaseSync): Statements => ({
	dataVersion: database.prepare('PRAGMA data_version'),
	readBase: database.prepare('SELECT body, expires FROM base WHERE slot = ?'),
	readDelta: database.prepare('SELECT body, expires FROM delta WHERE seq = ?'),
	insertBase: database.prepare('INSERT INTO base (slot, namespace, key, expires, card, body) VALUES (?, ?, ?, ?, ?, ?)'),
	insertDelta: database.prepare('INSERT INTO delta (seq, slot, expires, body) VALUES (?, ?, ?, ?)'),
	updateBase: database.prepare('UPDATE base SET expires = ?, card = ?, body = ? WHERE slot = ?'),
	deleteBase: database.prepare('DELETE FROM base WHERE slot = ?'),
	insertChange: database.prepare('INSERT OR REPLACE INTO change (sequence, at, hash, body) VALUES (?, ?, ?, ?)'),
	upsertRecord: database.prepare('INSERT INTO record (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body'),
});

/** The record that says up to where the delta was folded, and the highest slot ever used. */
const foldRecord = 'fold';

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
	readonly #slots = new Map<string, Map<string, number>>();
	/** Where a slot's newest value is, when it is not in the base. */
	readonly #delta = new Map<number, number>();
	#loaded = false;
	#dataVersion = -1;
	#lastSlot = 0;
	#lastSeq = 0;
	#deltaBytes = 0;
	#fault: {readonly sentence: string; readonly retryAt: number} | undefined;
	#errors = 0;

	constructor(database: DatabaseSync, options: CacheFileOptions = {}) {
		this.#database = database;
		this.#sql = prepare(database);
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
		return this.#fault === undefined && this.#deltaBytes > foldMinBytes && this.#deltaBytes > this.#baseBytes() * foldShare;
	}

	/** True when the delta has outgrown the base, so that folding cannot wait for a quiet moment. */
	get needsFold(): boolean {
		return this.wantsFold && this.#deltaBytes > 64 * 1024 * 1024 && this.#deltaBytes > this.#baseBytes() / 2;
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
			const slot = this.#slots.get(namespace)?.get(key);
			if (slot === undefined) {
				return undefined;
			}

			const seq = this.#delta.get(slot);
			const row = seq === undefined ? this.#sql.readBase.get(slot) : this.#sql.readDelta.get(seq);
			if (row !== undefined) {
				const {body, expires} = row;
				return typeof body === 'string' && isCurrent(typeof expires === 'number' ? expires : undefined) ? body : undefined;
			}

			this.#snapshot(() => this.#load());
			this.onForeign('all');
		}

		return undefined;
	}

	/** The keys of a namespace, in no order. Expired ones may be among them. */
	keys(namespace: string): string[] {
		return this.#reading(() => {
			this.sync();
			const keys = new Set(this.#slots.get(namespace)?.keys());
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
			return [...this.#slots.keys()];
		});
	}

	/** Hands each value's card (or, where there is none that is current, the value itself) of a namespace to `visit`, in order of arrival. */
	visit(namespace: string, visit: Visit): void {
		this.#reading(() => {
			this.#dataVersion = this.#readDataVersion();
			this.#snapshot(() =>
				this.#load((space, key, card) => {
					if (space === namespace) {
						visit(key, card, () => this.get(namespace, key));
					}
				}),
			);
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
			const body = this.#database.prepare('SELECT body FROM record WHERE name = ?').get(name)?.['body'];
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
		try {
			this.#transaction(() => this.#apply());
			this.#fault = undefined;
		} catch (error) {
			this.#errors++;
			if (isDamage(error) && this.#options.replace !== undefined) {
				this.#replace();
				this.retry();
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
			this.#snapshot(() => this.#load());
			return;
		}

		const version = this.#readDataVersion();
		if (version !== this.#dataVersion) {
			this.#dataVersion = version;
			this.#follow();
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
		const until = this.#lastSeq;
		const slots = [...this.#delta.keys()].sort((a, b) => a - b);
		try {
			for (let start = 0; start < slots.length; start += foldSlice) {
				this.#transaction(() => {
					for (const slot of slots.slice(start, start + foldSlice)) {
						this.#foldSlot(slot, until);
					}

					return () => {};
				});
				yield;
			}

			this.#transaction(() => this.#finishFold(until, nowMs));
		} catch (error) {
			this.#errors++;
			if (isDamage(error) && this.#options.replace !== undefined) {
				this.#replace();
			} else if (refusalOf(error) === undefined) {
				throw error;
			}
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
		const places: Array<readonly [put: Put, slot: number, seq: number]> = [];
		let slotNow = this.#lastSlot;
		let seqNow = this.#lastSeq;
		let bytes = 0;
		for (const put of this.#pending.puts()) {
			const slot = this.#slots.get(put.namespace)?.get(put.key);
			if (slot !== undefined) {
				seqNow++;
				bytes += put.value?.length ?? 0;
				this.#sql.insertDelta.run(seqNow, slot, put.expires ?? null, put.value ?? null);
				places.push([put, slot, seqNow]);
			} else if (put.value !== undefined) {
				slotNow++;
				const card = put.card ?? this.#options.card?.(put.namespace, put.value) ?? null;
				this.#sql.insertBase.run(slotNow, put.namespace, put.key, put.expires ?? null, card, put.value);
				places.push([put, slotNow, 0]);
			}
		}

		for (const change of this.#pending.changes) {
			this.#sql.insertChange.run(change.sequence, Date.parse(change.at) || 0, hashOf(change.key), JSON.stringify(change));
		}

		for (const [name, body] of this.#pending.records) {
			this.#sql.upsertRecord.run(name, body);
		}

		return () => {
			for (const [put, slot, seq] of places) {
				this.#place(put.namespace, put.key, slot, put.value !== undefined);
				if (seq > 0) {
					this.#delta.set(slot, seq);
				}
			}

			this.#lastSlot = slotNow;
			this.#lastSeq = seqNow;
			this.#deltaBytes += bytes;
			this.#pending.clear();
		};
	}

	#place(namespace: string, key: string, slot: number, present: boolean): void {
		let slots = this.#slots.get(namespace);
		if (slots === undefined) {
			slots = new Map();
			this.#slots.set(namespace, slots);
		}

		if (present) {
			slots.set(key, slot);
		} else {
			slots.delete(key);
		}
	}

	#foldSlot(slot: number, until: number): void {
		const seq = this.#delta.get(slot);
		if (seq === undefined || seq > until) {
			return;
		}

		const row = this.#sql.readDelta.get(seq);
		if (row === undefined) {
			return;
		}

		const {body, expires} = row;
		if (typeof body !== 'string') {
			this.#sql.deleteBase.run(slot);
			return;
		}

		const namespace = String(this.#database.prepare('SELECT namespace FROM base WHERE slot = ?').get(slot)?.['namespace'] ?? '');
		const card = this.#options.card?.(namespace, body) ?? null;
		this.#sql.updateBase.run(typeof expires === 'number' ? expires : null, card, body, slot);
	}

	#finishFold(until: number, nowMs: number): () => void {
		const expired = this.#database.prepare('SELECT slot, namespace, key FROM base WHERE expires IS NOT NULL AND expires <= ?').all(nowMs);
		const gone = expired.filter(({slot}) => (this.#delta.get(Number(slot)) ?? 0) <= until);
		for (const {slot} of gone) {
			this.#sql.deleteBase.run(Number(slot));
		}

		// Without a condition SQLite drops the whole table at once instead of row by row.
		this.#database.exec(this.#lastSeq === until ? 'DELETE FROM delta' : `DELETE FROM delta WHERE seq <= ${until}`);
		this.#sql.upsertRecord.run(foldRecord, JSON.stringify({seq: until, slot: this.#lastSlot}));
		return () => {
			this.#forgetFolded(until);
			for (const {slot, namespace, key} of gone) {
				if (this.#slots.get(String(namespace))?.get(String(key)) === slot) {
					this.#slots.get(String(namespace))?.delete(String(key));
				}
			}

			this.#deltaBytes = 0;
		};
	}

	#forgetFolded(until: number): void {
		for (const [slot, seq] of this.#delta) {
			if (seq <= until) {
				this.#delta.delete(slot);
			}
		}
	}

	#readDataVersion(): number {
		return Number(this.#sql.dataVersion.get()?.['data_version']);
	}

	#readFold(): {readonly seq: number; readonly slot: number} {
		const body = this.#database.prepare('SELECT body FROM record WHERE name = ?').get(foldRecord)?.['body'];
		const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
		const fold = typeof parsed === 'object' && parsed !== null ? parsed : {};
		return {
			seq: 'seq' in fold && typeof fold.seq === 'number' ? fold.seq : 0,
			slot: 'slot' in fold && typeof fold.slot === 'number' ? fold.slot : 0,
		};
	}

	/** Takes in the whole file. `onValue` is called with the card, if it is current, of every value. */
	#load(onValue?: (namespace: string, key: string, card: string | undefined) => void): void {
		this.#loaded = true;
		this.#slots.clear();
		this.#delta.clear();
		this.#deltaBytes = 0;
		const fold = this.#readFold();
		this.#lastSlot = fold.slot;
		this.#lastSeq = fold.seq;
		// The delta first: it says which rows of the base still hold.
		const removed = new Set(
			this.#readDelta(0)
				.filter(({gone}) => gone)
				.map(({slot}) => slot),
		);
		const rows = this.#database.prepare(`SELECT slot, namespace, key, ${onValue === undefined ? 'NULL' : 'card'} FROM base ORDER BY slot`, {
			returnArrays: true,
		});
		for (const row of rows.iterate()) {
			// Rows come as arrays here, which the types of `iterate` do not know.
			const [slot, namespace, key, card] = row as unknown as [number, string, string, string | null];
			this.#lastSlot = Math.max(this.#lastSlot, slot);
			if (!removed.has(slot)) {
				this.#place(namespace, key, slot, true);
				onValue?.(namespace, key, card === null || this.#delta.has(slot) ? undefined : card);
			}
		}
	}

	/** Takes in the delta after a sequence. Returns the slots that it is about, in order. */
	#readDelta(afterSeq: number): Array<{readonly slot: number; readonly gone: boolean}> {
		const touched: Array<{slot: number; gone: boolean}> = [];
		const delta = this.#database.prepare('SELECT seq, slot, length(body) FROM delta WHERE seq > ? ORDER BY seq', {returnArrays: true});
		for (const row of delta.iterate(afterSeq)) {
			// As above.
			const [seq, slot, length] = row as unknown as [number, number, number | null];
			this.#delta.set(slot, seq);
			// The base row may be gone already where a fold was cut short; its number must not come again.
			this.#lastSlot = Math.max(this.#lastSlot, slot);
			this.#lastSeq = Math.max(this.#lastSeq, seq);
			this.#deltaBytes += length ?? 0;
			touched.push({slot, gone: length === null});
		}

		return touched;
	}

	/** Takes in what is new in the file since the last look. Returns the keys that it is about. */
	#readNews(): ForeignKey[] {
		const touched: ForeignKey[] = [];
		const added = this.#database.prepare('SELECT slot, namespace, key FROM base WHERE slot > ? ORDER BY slot').all(this.#lastSlot);
		for (const {slot, namespace, key} of added) {
			const known = {namespace: String(namespace), key: String(key)};
			this.#place(known.namespace, known.key, Number(slot), true);
			this.#lastSlot = Math.max(this.#lastSlot, Number(slot));
			touched.push(known);
		}

		const names = this.#database.prepare('SELECT namespace, key FROM base WHERE slot = ?');
		for (const {slot, gone} of this.#readDelta(this.#lastSeq)) {
			const row = names.get(slot);
			if (row !== undefined) {
				const known = {namespace: String(row['namespace']), key: String(row['key'])};
				// A key that was removed and came back lives in a later slot.
				if (gone && this.#slots.get(known.namespace)?.get(known.key) === slot) {
					this.#place(known.namespace, known.key, slot, false);
				}

				touched.push(known);
			}
		}

		return touched;
	}

	#follow(): void {
		const {seq} = this.#readFold();
		if (seq > this.#lastSeq) {
			// Changes were folded before they were seen.
			this.#load();
			this.onForeign('all');
			return;
		}

		this.#forgetFolded(seq);

		this.onForeign(this.#readNews());
	}

	#replace(): void {
		const replaced = this.#options.replace?.(this.#database);
		if (replaced === undefined) {
			return;
		}

		this.#database = replaced.database;
		this.#sql = prepare(replaced.database);
		this.notices.push(replaced.notice);
		this.#loaded = false;
		this.#fault = undefined;
		this.#lastSlot = 0;
		this.#lastSeq = 0;
		this.sync();
		this.onReplaced();
	}

	#baseBytes(): number {
		const pages = Number(this.#database.prepare('PRAGMA page_count').get()?.['page_count']);
		return pages * pageBytes - this.#deltaBytes;
	}
}

const isCurrent = (expires: number | undefined): boolean => expires === undefined || expires > Date.now();
