import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {entryNamespace} from './entry-codec.js';

/** Takes an entry's key and, where it is current, its card. `text` reads the whole entry. */
export type RowVisit = (key: string, card: string | undefined, text: () => string | undefined) => boolean;

/**
 * The entries of a cache file that another process may be writing to, without a place in memory for more than their keys.
 * A slot's number is never used again, so that what has been listed stays readable, in the state of the moment of reading.
 */
export class EntryRows {
	readonly #database: DatabaseSync;
	readonly #dataVersion: StatementSync;
	readonly #readBase: StatementSync;
	readonly #readDelta: StatementSync;
	/** Where a slot's newest text is, when it is not in the base. */
	readonly #delta = new Map<number, number>();
	#known = -1;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#dataVersion = database.prepare('PRAGMA data_version');
		this.#readBase = database.prepare('SELECT CAST(body AS BLOB) FROM base WHERE slot = ?', {returnArrays: true});
		this.#readDelta = database.prepare('SELECT CAST(body AS BLOB) FROM delta WHERE seq = ?', {returnArrays: true});
	}

	/** The entries that `visit` takes, in order of their keys. */
	list(visit: RowVisit): {readonly keys: readonly string[]; readonly slots: Uint32Array} {
		return this.#atOneMoment(() => {
			const slots = new Map<string, number>();
			const rows = this.#database.prepare('SELECT slot, key, card FROM base WHERE namespace = ? ORDER BY slot', {returnArrays: true});
			for (const row of rows.iterate(entryNamespace)) {
				// Rows come as arrays here, which the types of `iterate` do not know.
				const [slot, key, card] = row as unknown as [number, string, string | null];
				const isCurrent = card !== null && !this.#delta.has(slot);
				if (visit(key, isCurrent ? card : undefined, () => this.#body(slot)?.toString())) {
					slots.set(key, slot);
				}
			}

			const keys = [...slots.keys()].sort();
			return {keys, slots: Uint32Array.from(keys, key => slots.get(key) ?? 0)};
		});
	}

	/** The entries in these slots as the cache keeps them, in UTF-8 with a character for each byte, in their order. What has gone since is left out. */
	texts(slots: Iterable<number>): string[] {
		return this.#atOneMoment(() => {
			// In the order of the file, in which neighbours are on one page.
			const order = Array.from(slots, (slot, place) => ({slot, place})).sort((a, b) => a.slot - b.slot);
			const texts: Array<string | undefined> = Array.from(order, () => undefined);
			for (const {slot, place} of order) {
				texts[place] = this.#body(slot)?.toString('latin1');
			}

			return texts.filter(text => text !== undefined);
		});
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
