// No more than three sorts: with five, V8 no longer inlines the accesses.
type Numbers = Uint8Array | Uint32Array | Float64Array;

/** Numbers by slot, in a typed array that grows by doubling. What was never set is 0. */
export class Column {
	#values: Numbers;
	readonly #make: (length: number) => Numbers;

	constructor(make: (length: number) => Numbers) {
		this.#make = make;
		this.#values = make(1024);
	}

	get(slot: number): number {
		return this.#values[slot] ?? 0;
	}

	/** The numbers themselves, for loops over all of them. Valid until the next `set`. */
	get values(): Numbers {
		return this.#values;
	}

	set(slot: number, value: number): void {
		if (slot >= this.#values.length) {
			const grown = this.#make(Math.max(slot + 1, this.#values.length * 2));
			grown.set(this.#values);
			this.#values = grown;
		}

		this.#values[slot] = value;
	}
}

export const bytes = (): Column => new Column(length => new Uint8Array(length));
export const words = (): Column => new Column(length => new Uint32Array(length));
export const floats = (): Column => new Column(length => new Float64Array(length));

/** Slots of a table, the freed ones first. */
export class Slots {
	readonly #free: number[] = [];
	#size = 0;

	/** One more than the highest slot ever taken. */
	get size(): number {
		return this.#size;
	}

	take(): number {
		return this.#free.pop() ?? this.#size++;
	}

	release(slot: number): void {
		this.#free.push(slot);
	}
}

/** Names as small numbers. Grows only: there are few services, Regions, kinds and rules. */
export class Pool {
	readonly #numbers = new Map<string, number>();
	readonly #names: string[] = [];

	number(name: string): number {
		let number = this.#numbers.get(name);
		if (number === undefined) {
			number = this.#names.length;
			this.#numbers.set(name, number);
			this.#names.push(name);
		}

		return number;
	}

	/** The number, or -1 where the name was never seen. */
	find(name: string): number {
		return this.#numbers.get(name) ?? -1;
	}

	name(number: number): string {
		return this.#names[number] ?? '';
	}

	get names(): readonly string[] {
		return this.#names;
	}
}

/**
 * One copy of texts that come again and again: a hundred findings name one instance, and say one sentence of it. Remembers only
 * so many, so that it never holds on to what is no longer used.
 */
export class Texts {
	readonly #known = new Map<string, string>();
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	one(text: string): string {
		const known = this.#known.get(text);
		if (known !== undefined) {
			return known;
		}

		if (this.#known.size >= this.#most) {
			this.#known.clear();
		}

		this.#known.set(text, text);
		return text;
	}
}
