import type {Change} from '../model/index.js';

/** One key's new value, already encoded; `value` undefined removes the key. */
export type Put = {
	readonly namespace: string;
	readonly key: string;
	readonly value: string | undefined;
	/** When it stops being true, in milliseconds since the epoch. */
	readonly expires?: number | undefined;
	/** What the index keeps of the value, so that a restart need not read it. */
	readonly card?: string | undefined;
};

/** What is written in one transaction: all of it or nothing. */
export type Batch = {
	readonly puts: readonly Put[];
	readonly changes?: readonly Change[];
	/** Small named records: snapshot headers and metadata, as JSON. */
	readonly records?: ReadonlyArray<readonly [name: string, body: string]>;
};

/** Batches that the disk has not taken yet, merged: only the newest value of each key is kept. */
export class Pending {
	readonly #puts = new Map<string, Map<string, Put>>();
	readonly changes: Change[] = [];
	readonly records = new Map<string, string>();

	add(batch: Batch): void {
		for (const put of batch.puts) {
			const puts = this.#puts.get(put.namespace);
			if (puts === undefined) {
				this.#puts.set(put.namespace, new Map([[put.key, put]]));
			} else {
				puts.set(put.key, put);
			}
		}

		for (const change of batch.changes ?? []) {
			this.changes.push(change);
		}

		for (const [name, body] of batch.records ?? []) {
			this.records.set(name, body);
		}
	}

	get(namespace: string, key: string): Put | undefined {
		return this.#puts.get(namespace)?.get(key);
	}

	/** The puts of one namespace, or of all. */
	*puts(namespace?: string): Iterable<Put> {
		for (const [name, puts] of this.#puts) {
			if (namespace === undefined || name === namespace) {
				yield* puts.values();
			}
		}
	}

	clear(): void {
		this.#puts.clear();
		this.changes.length = 0;
		this.records.clear();
	}
}
