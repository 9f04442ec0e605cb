const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** An object in JSON text, its members as they stand there. */
export type RawObject = {
	/** By name, each as JSON text, in their order. */
	readonly members: ReadonlyMap<string, string>;
	/** Where its text ends; where reading stopped at a member, where that member's value begins. */
	readonly end: number;
};

/**
 * The members of the object that begins at `start` of compact JSON text, without looking into them: what is only passed on
 * need not become values and text again. With `until`, reading stops before the value of that member. Undefined where no such
 * object is. Strings are not looked into either: what `JSON.stringify` has written is taken at its word.
 */
export const readObject = (text: string, start: number, until?: string): RawObject | undefined => {
	const members = new Map<string, string>();
	if (text.charCodeAt(start) !== openBrace) {
		return undefined;
	}

	let at = start + 1;
	if (text.charCodeAt(at) === closeBrace) {
		return {members, end: at + 1};
	}

	for (;;) {
		const nameEnd = text.charCodeAt(at) === quote ? endOfString(text, at) : -1;
		if (nameEnd === -1 || text.charCodeAt(nameEnd) !== colon) {
			return undefined;
		}

		const name = text.slice(at + 1, nameEnd - 1);
		if (name === until) {
			return {members, end: nameEnd + 1};
		}

		const end = endOfValue(text, nameEnd + 1);
		if (end === -1) {
			return undefined;
		}

		members.set(name, text.slice(nameEnd + 1, end));
		const next = text.charCodeAt(end);
		if (next === closeBrace) {
			return {members, end: end + 1};
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
	for (let at = start + 1; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === quote) {
			return at + 1;
		}

		if (unit === backslash) {
			at++;
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
