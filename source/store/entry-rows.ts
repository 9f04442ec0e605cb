import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {headColumn} from './card-head.js';
import {entryNamespace} from './entry-codec.js';

/**
 * Takes an entry's slot and key and, where it is current, its card: only the head of it where that says all and the whole is
 * not asked for. `text` reads the whole entry; undefined where that has gone.
 */
export type RowVisit = (slot: number, key: string, card: string | undefined, text: () => string | undefined) => void;

/** Texts taken at once, which a row at a time would cost half as much again: as many as SQLite puts together in small memory. */
const together = 16;

/**
 * The entries of a cache file that another process may be writing to, without a place in memory for more than their slots.
 * A slot's number is never used again, so that what has been listed stays readable, in the state of the moment of reading.
 */
export class EntryRows {
	readonly #database: DatabaseSync;
	readonly #dataVersion: StatementSync;
	readonly #readBase: StatementSync;
	readonly #readMany: StatementSync;
	readonly #readDelta: StatementSync;
	readonly #readCards: StatementSync;
	readonly #readHeads: StatementSync;
	/** Where a slot's newest text is, when it is not in the base. */
	readonly #delta = new Map<number, number>();
	#known = -1;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#dataVersion = database.prepare('PRAGMA data_version');
		const select = (card: string): StatementSync =>
			database.prepare(`SELECT slot, key, ${card} FROM base WHERE namespace = ? ORDER BY key`, {returnArrays: true});
		this.#readCards = select('card');
		this.#readHeads = select(headColumn);
		this.#readBase = database.prepare('SELECT CAST(body AS BLOB) FROM base WHERE slot = ?', {returnArrays: true});
		// In the order of the list. Values are JSON, which has no line ends of its own.
		this.#readMany = database.prepare(
			'SELECT CAST(group_concat(base.body, char(10)) AS BLOB) FROM json_each(?) AS wanted CROSS JOIN base ON base.slot = wanted.value',
			{returnArrays: true},
		);
		this.#readDelta = database.prepare('SELECT CAST(body AS BLOB) FROM delta WHERE seq = ?', {returnArrays: true});
	}

	/** Hands every entry to `visit`, in the order of the keys, byte by byte. */
	list(cards: 'heads' | 'whole', visit: RowVisit): void {
		this.#atOneMoment(() => {
			for (const row of (cards === 'whole' ? this.#readCards : this.#readHeads).iterate(entryNamespace)) {
				// Rows come as arrays here, which the types of `iterate` do not know.
				const [slot, key, card] = row as unknown as [number, string, string | null];
				const isCurrent = card !== null && !this.#delta.has(slot);
				visit(slot, key, isCurrent ? card : undefined, () => this.#body(slot)?.toString());
			}
		});
	}

	/** The entries in these slots as the cache keeps them, in UTF-8 with a character for each byte, in their order. What has gone since is left out. */
	texts(slots: Uint32Array): string[] {
		return this.#atOneMoment(() => {
			const texts: string[] = [];
			for (let start = 0; start < slots.length; start += together) {
				const some = slots.subarray(start, start + together);
				if (some.some(slot => this.#delta.has(slot))) {
					for (const slot of some) {
						const body = this.#body(slot);
						if (body !== undefined) {
							texts.push(body.toString('latin1'));
						}
					}
				} else {
					texts.push(...this.#readLines(some));
				}
			}

			return texts;
		});
	}

	#readLines(slots: Uint32Array): readonly string[] {
		// Rows come as arrays here, too.
		const [body] = this.#readMany.get(`[${slots.join()}]`) as unknown as [Uint8Array | null];
		return body === null ? [] : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1').split('\n');
	}

	#body(slot: number): Buffer | undefined {
		const seq = this.#delta.get(slot);
		// Rows come as arrays here, too.
		const row = (seq === undefined ? this.#readBase.get(slot) : this.#readDelta.get(seq)) as unknown as [Uint8Array | null] | undefined;
		const body = row?.[0] ?? undefined;
		return body === undefined ? undefined : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	}

	/** For a moment only: who reads for long keeps the writer's log from being folded. */
	#atOneMoment<T>(read: () => T): T {
		this.#database.exec('BEGIN');
		try {
			const version = Number(this.#dataVersion.get()?.['data_version']);
			if (version !== this.#known) {
				this.#loadDelta();
				this.#known = version;
			}

			return read();
		} finally {
			if (this.#database.isTransaction) {
				this.#database.exec('COMMIT');
			}
		}
	}

	#loadDelta(): void {
		this.#delta.clear();
		for (const row of this.#database.prepare('SELECT seq, slot FROM delta ORDER BY seq', {returnArrays: true}).iterate()) {
			const [seq, slot] = row as unknown as [number, number];
			this.#delta.set(slot, seq);
		}
	}
}
