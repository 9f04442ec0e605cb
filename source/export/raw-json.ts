const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** An object in JSON text, its members as they stand there. */
export class RawObject {
	/** Where its text ends; where reading stopped at a member, where that member's value begins. */
	readonly end: number;
	readonly #text: string;
	/** Three for each member: where its name begins, where its value begins and where that ends. A map would cost more than the reading. */
	readonly #places: readonly number[];
	/** Behind the member that was asked for last: members are mostly asked for in their order. */
	#next = 0;

	constructor(text: string, places: readonly number[], end: number) {
		this.#text = text;
		this.#places = places;
		this.end = end;
	}

	/** How many members it has. */
	get size(): number {
		return this.#places.length / 3;
	}

	/** A member's value as JSON text. Names are found as they are written: none that is asked for has anything to escape. */
	get(name: string): string | undefined {
		const at = this.#find(name);
		return at === -1 ? undefined : this.#text.slice(this.#places[at + 1], this.#places[at + 2]);
	}

	/** Several members as they stand there, `"a":1,"b":2`; undefined where they do not stand next to each other, in this order. */
	run(names: readonly string[]): string | undefined {
		const first = this.#find(names[0] ?? '');
		if (first === -1) {
			return undefined;
		}

		for (let step = 1; step < names.length; step++) {
			if (!this.#isNamed(first + step * 3, names[step] ?? '')) {
				return undefined;
			}
		}

		const last = first + (names.length - 1) * 3;
		this.#next = last + 3;
		return this.#text.slice((this.#places[first] ?? 0) - 1, this.#places[last + 2]);
	}

	/** Where among the places a member is, or -1. */
	#find(name: string): number {
		const {length} = this.#places;
		for (let looked = 0; looked < length; looked += 3) {
			const at = this.#next < length ? this.#next : 0;
			this.#next = at + 3;
			if (this.#isNamed(at, name)) {
				return at;
			}
		}

		return -1;
	}

	#isNamed(at: number, name: string): boolean {
		const [start = 0, value = 0] = [this.#places[at], this.#places[at + 1]];
		return value - start - 2 === name.length && this.#text.startsWith(name, start);
	}

	/** Names and values, as they stand there, in their order. */
	*members(): Generator<readonly [name: string, value: string], void, undefined> {
		for (let at = 0; at < this.#places.length; at += 3) {
			const value = this.#places[at + 1] ?? 0;
			yield [this.#text.slice(this.#places[at], value - 2), this.#text.slice(value, this.#places[at + 2])];
		}
	}
}

/**
 * The members of the object that begins at `start` of compact JSON text, without looking into them: what is only passed on
 * need not become values and text again. With `until`, reading stops before the value of that member. Undefined where no such
 * object is. Strings are not looked into either: what `JSON.stringify` has written is taken at its word.
 */
export const readObject = (text: string, start: number, until?: string): RawObject | undefined => {
	const places: number[] = [];
	if (text.charCodeAt(start) !== openBrace) {
		return undefined;
	}

	let at = start + 1;
	if (text.charCodeAt(at) === closeBrace) {
		return new RawObject(text, places, at + 1);
	}

	for (;;) {
		const nameEnd = text.charCodeAt(at) === quote ? endOfString(text, at) : -1;
		if (nameEnd === -1 || text.charCodeAt(nameEnd) !== colon) {
			return undefined;
		}

		if (until !== undefined && nameEnd - at - 2 === until.length && text.startsWith(until, at + 1)) {
			return new RawObject(text, places, nameEnd + 1);
		}

		const end = endOfValue(text, nameEnd + 1);
		if (end === -1) {
			return undefined;
		}

		places.push(at + 1, nameEnd + 1, end);
		const next = text.charCodeAt(end);
		if (next === closeBrace) {
			return new RawObject(text, places, end + 1);
		}

		if (next !== comma) {
			return undefined;
		}

		at = end + 1;
	}
};

/** The objects of the array of objects that begins at `start`, in compact JSON text. Ends where there is no object. */
export function* readObjects(text: string, start: number): Generator<RawObject, void, undefined> {
	let at = start;
	while (text.charCodeAt(at) === (at === start ? openBracket : comma)) {
		const object = readObject(text, at + 1);
		if (object === undefined) {
			return;
		}

		yield object;
		at = object.end;
	}
}

/** What a string in JSON text says; undefined where the text is no string. */
export const stringIn = (text: string | undefined): string | undefined => {
	if (text?.charCodeAt(0) !== quote) {
		return undefined;
	}

	return text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1);
};

/** After the closing quote, or -1. */
const endOfString = (text: string, start: number): number => {
	for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
		let before = at - 1;
		while (text.charCodeAt(before) === backslash) {
			before--;
		}

		// An even number of backslashes escapes itself; an odd one, the quote.
		if ((at - before) % 2 === 1) {
			return at + 1;
		}
	}

	return -1;
};

/** After the value, or -1. */
const endOfValue = (text: string, start: number): number => {
	const first = text.charCodeAt(start);
	if (first === quote) {
		return endOfString(text, start);
	}

	if (first !== openBrace && first !== openBracket) {
		return endOfWord(text, start);
	}

	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === quote) {
			at = endOfString(text, at) - 1;
			if (at < 0) {
				return -1;
			}
		} else if (unit === openBrace || unit === openBracket) {
			depth++;
		} else if (unit === closeBrace || unit === closeBracket) {
			depth--;
			if (depth === 0) {
				return at + 1;
			}
		}
	}

	return -1;
};

/** After a number, `true`, `false` or `null`; -1 where there is nothing of the sort. */
const endOfWord = (text: string, start: number): number => {
	let at = start;
	while (at < text.length) {
		const unit = text.charCodeAt(at);
		if (unit === comma || unit === closeBrace || unit === closeBracket) {
			break;
		}

		at++;
	}

	return at === start || at === text.length ? -1 : at;
};
