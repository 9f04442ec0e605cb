import type {Column} from './column.js';

/** A table as an ordering sees it: slots, each stamped with the version of its last change. */
export type Stamped = {readonly slots: {readonly size: number}; readonly stamp: Column};

/** A total order: by rank, lowest first, and among equals by `tie`. Ranks are asked for once in a sort, which is most of its speed. */
export type Order = {
	readonly rank: (slot: number) => number;
	readonly tie: (a: number, b: number) => number;
};

/**
 * The slots of a table that belong, in order. Follows the table: after a change only what changed is tested and sorted,
 * then merged into the rest, so that a window costs the same in a large table as in a small one.
 */
export class Ordering {
	#slots: Uint32Array = new Uint32Array();
	#version = -1;
	readonly #table: Stamped;
	readonly #belongs: (slot: number) => boolean;
	readonly #order: Order;

	/** The functions must give the same answer until the slot's stamp changes. */
	constructor(table: Stamped, belongs: (slot: number) => boolean, order: Order) {
		this.#table = table;
		this.#belongs = belongs;
		this.#order = order;
	}

	/** The slots as of the table's version. The array is never changed afterwards. */
	at(version: number): Uint32Array {
		if (version !== this.#version) {
			this.#follow();
			this.#version = version;
		}

		return this.#slots;
	}

	#follow(): void {
		const {slots, stamp} = this.#table;
		const version = this.#version;
		const stamps = stamp.values;
		const changed: number[] = [];
		for (let slot = 0; slot < slots.size; slot++) {
			if ((stamps[slot] ?? 0) > version && this.#belongs(slot)) {
				changed.push(slot);
			}
		}

		const added = this.#sort(changed);
		const kept = this.#unchanged(stamps);
		this.#slots = kept.length === 0 ? added : added.length === 0 ? kept : this.#merge(kept, added);
	}

	#unchanged(stamps: Column['values']): Uint32Array {
		const kept = new Uint32Array(this.#slots.length);
		let length = 0;
		for (const slot of this.#slots) {
			if ((stamps[slot] ?? 0) <= this.#version) {
				kept[length++] = slot;
			}
		}

		return kept.subarray(0, length);
	}

	#sort(slots: readonly number[]): Uint32Array {
		const {rank, tie} = this.#order;
		const ranks = Float64Array.from(slots, rank);
		const places = Uint32Array.from(slots, (_, place) => place);
		places.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || tie(slots[a] ?? 0, slots[b] ?? 0));
		return places.map(place => slots[place] ?? 0);
	}

	#compare(a: number, b: number): number {
		const {rank, tie} = this.#order;
		return rank(a) - rank(b) || tie(a, b);
	}

	#merge(kept: Uint32Array, added: Uint32Array): Uint32Array {
		const merged = new Uint32Array(kept.length + added.length);
		let from = 0;
		let at = 0;
		for (const slot of added) {
			// Where the next one goes: found by halving, so that a few changes need few comparisons.
			let low = from;
			let high = kept.length;
			while (low < high) {
				const middle = (low + high) >>> 1;
				if (this.#compare(kept[middle] ?? 0, slot) <= 0) {
					low = middle + 1;
				} else {
					high = middle;
				}
			}

			merged.set(kept.subarray(from, low), at);
			at += low - from;
			from = low;
			merged[at++] = slot;
		}

		merged.set(kept.subarray(from), at);
		return merged;
	}
}
