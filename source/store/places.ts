import type {DatabaseSync} from 'node:sqlite';
import type {Statements} from './statements.js';

/** A key that another process has written or removed. */
export type ForeignKey = {readonly namespace: string; readonly key: string};

/** The record that says up to where the delta was folded, and the highest slot ever used. */
const foldRecord = 'fold';

/**
 * Where each key's value is: its slot in the base and, where it has changed since the last fold, its place in the delta.
 * Several tables are read at once here: the caller sees to it that they are of one moment.
 */
export class Places {
	/** The highest numbers in use; they are never used again. */
	lastSlot = 0;
	lastSeq = 0;
	/** About how much the delta holds. */
	deltaBytes = 0;
	readonly #slots = new Map<string, Map<string, number>>();
	readonly #delta = new Map<number, number>();

	slot(namespace: string, key: string): number | undefined {
		return this.#slots.get(namespace)?.get(key);
	}

	/** Where a slot's newest value is, when it is not in the base. */
	seq(slot: number): number | undefined {
		return this.#delta.get(slot);
	}

	keys(namespace: string): Iterable<string> {
		return this.#slots.get(namespace)?.keys() ?? [];
	}

	namespaces(): string[] {
		return [...this.#slots.keys()];
	}

	/** The slots whose values have changed since the last fold, in order. */
	changedSlots(): number[] {
		return [...this.#delta.keys()].sort((a, b) => a - b);
	}

	put(namespace: string, key: string, slot: number): void {
		const slots = this.#slots.get(namespace);
		if (slots === undefined) {
			this.#slots.set(namespace, new Map([[key, slot]]));
		} else {
			slots.set(key, slot);
		}
	}

	/** A key that was removed and came back lives in a later slot, and stays. */
	remove(namespace: string, key: string, slot: number): void {
		const slots = this.#slots.get(namespace);
		if (slots?.get(key) === slot) {
			slots.delete(key);
		}
	}

	putDelta(slot: number, seq: number, bytes: number): void {
		this.#delta.set(slot, seq);
		this.lastSeq = Math.max(this.lastSeq, seq);
		this.deltaBytes += bytes;
	}

	clear(): void {
		this.#slots.clear();
		this.#delta.clear();
		this.lastSlot = 0;
		this.lastSeq = 0;
		this.deltaBytes = 0;
	}

	/** What was in the delta up to there is in the base now. */
	forgetFolded(until: number): void {
		for (const [slot, seq] of this.#delta) {
			if (seq <= until) {
				this.#delta.delete(slot);
			}
		}

		if (this.#delta.size === 0) {
			this.deltaBytes = 0;
		}
	}

	writeFold(sql: Statements, until: number): void {
		sql.upsertRecord.run(foldRecord, JSON.stringify({seq: until, slot: this.lastSlot}));
	}

	/** Takes in the whole file. `onValue` is called with the card, if it is current, of every value. */
	load(database: DatabaseSync, sql: Statements, onValue?: (namespace: string, key: string, card: string | undefined) => void): void {
		this.clear();
		const fold = readFold(sql);
		this.lastSlot = fold.slot;
		this.lastSeq = fold.seq;
		// The delta first: it says which rows of the base still hold.
		const removed = new Set(this.#readDelta(database, 0).flatMap(({slot, gone}) => (gone ? slot : [])));
		const rows = database.prepare(`SELECT slot, namespace, key, ${onValue === undefined ? 'NULL' : 'card'} FROM base ORDER BY slot`, {
			returnArrays: true,
		});
		for (const row of rows.iterate()) {
			// Rows come as arrays here, which the types of `iterate` do not know.
			const [slot, namespace, key, card] = row as unknown as [number, string, string, string | null];
			this.lastSlot = Math.max(this.lastSlot, slot);
			if (!removed.has(slot)) {
				this.put(namespace, key, slot);
				onValue?.(namespace, key, card === null || this.#delta.has(slot) ? undefined : card);
			}
		}
	}

	/** Takes in what another process has written since. Returns the keys that it is about; `all` where that cannot be told any more. */
	follow(database: DatabaseSync, sql: Statements): readonly ForeignKey[] | 'all' {
		const fold = readFold(sql);
		const touched = fold.seq > this.lastSeq ? undefined : this.#readNews(database, sql);
		if (touched === undefined) {
			// Changes were folded before they were seen.
			this.load(database, sql);
			return 'all';
		}

		this.forgetFolded(fold.seq);
		return touched;
	}

	#readNews(database: DatabaseSync, sql: Statements): ForeignKey[] | undefined {
		const touched: ForeignKey[] = [];
		for (const {slot, namespace, key} of database
			.prepare('SELECT slot, namespace, key FROM base WHERE slot > ? ORDER BY slot')
			.all(this.lastSlot)) {
			const known = {namespace: String(namespace), key: String(key)};
			this.put(known.namespace, known.key, Number(slot));
			this.lastSlot = Math.max(this.lastSlot, Number(slot));
			touched.push(known);
		}

		for (const {slot, gone} of this.#readDelta(database, this.lastSeq)) {
			const row = sql.readName.get(slot);
			if (row === undefined) {
				// A fold is under way, and has already dropped a row whose removal was not seen.
				return undefined;
			}

			const known = {namespace: String(row['namespace']), key: String(row['key'])};
			if (gone) {
				this.remove(known.namespace, known.key, slot);
			}

			touched.push(known);
		}

		return touched;
	}

	/** Takes in the delta after a sequence. Returns the slots that it is about, in order. */
	#readDelta(database: DatabaseSync, afterSeq: number): Array<{readonly slot: number; readonly gone: boolean}> {
		const touched: Array<{slot: number; gone: boolean}> = [];
		const delta = database.prepare('SELECT seq, slot, length(body) FROM delta WHERE seq > ? ORDER BY seq', {returnArrays: true});
		for (const row of delta.iterate(afterSeq)) {
			// Rows come as arrays here, too.
			const [seq, slot, length] = row as unknown as [number, number, number | null];
			this.putDelta(slot, seq, length ?? 0);
			// The base row may be gone already where a fold was cut short; its number must not come again.
			this.lastSlot = Math.max(this.lastSlot, slot);
			touched.push({slot, gone: length === null});
		}

		return touched;
	}
}

const readFold = (sql: Statements): {readonly seq: number; readonly slot: number} => {
	const body = sql.readRecord.get(foldRecord)?.['body'];
	const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
	const fold = typeof parsed === 'object' && parsed !== null ? parsed : {};
	return {
		seq: 'seq' in fold && typeof fold.seq === 'number' ? fold.seq : 0,
		slot: 'slot' in fold && typeof fold.slot === 'number' ? fold.slot : 0,
	};
};
