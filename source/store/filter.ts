import {findingSources, marks, type ReportedFinding, severities} from '../model/index.js';

/** The filter language: words and `field:value`, all of which must hold; `-` in front negates; quotes keep spaces together. */
export type Filter = {readonly terms: readonly Term[]};

export type Term = {readonly negated: boolean} & (
	| {readonly field: 'word'; readonly value: string}
	/** Any of the values will do. */
	| {readonly field: FilterField; readonly operator: Operator; readonly values: readonly string[]}
);

export const recordStates = ['active', 'archived', 'suppressed', 'closed', 'sample'] as const satisfies ReadonlyArray<
	ReportedFinding['recordState']
>;

const severityNames = severities.map(severity => severity.toLowerCase()).reverse();

/** The fields with the values they take; `undefined` takes any text, in which `*` stands for any run of characters. */
export const filterFields = {
	sev: severityNames,
	verdict: ['fail', 'unknown', 'pass', 'not_applicable'],
	region: undefined,
	account: undefined,
	service: undefined,
	kind: undefined,
	rule: undefined,
	name: undefined,
	mark: marks,
	state: recordStates,
	source: findingSources,
	is: ['stale', 'muted', 'new'],
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;
export type FilterField = keyof typeof filterFields;

const aliases: Readonly<Record<string, string>> = {severity: 'sev', info: 'informational', na: 'not_applicable', 'n/a': 'not_applicable'};

const operators = [':', '>=', '<=', '>', '<'] as const;
export type Operator = (typeof operators)[number];

export type ParsedFilter = {readonly filter: Filter; readonly error?: never} | {readonly filter?: never; readonly error: string};

/** Longer filters are refused: nobody types them. */
export const maxFilterLength = 1000;

class Malformed extends Error {}

const isField = (name: string): name is FilterField => Object.hasOwn(filterFields, name);

const list = (values: readonly string[]): string => `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;

/** Reads a quoted text from the quote on. Returns it with where it ends. */
const readQuoted = (text: string, start: number): readonly [value: string, end: number] => {
	let value = '';
	for (let at = start + 1; at < text.length; at++) {
		const character = text[at];
		if (character === '"') {
			return [value, at + 1];
		}

		if (character === '\\') {
			at++;
		}

		value += text[at] ?? '';
	}

	throw new Malformed('A closing quote is missing');
};

const readValues = (text: string, start: number): readonly [values: string[], end: number] => {
	const values: string[] = [];
	let at = start;
	for (;;) {
		if (text[at] === '"') {
			const [value, end] = readQuoted(text, at);
			values.push(value);
			at = end;
		} else {
			const bare = /^[^\s,"]*/u.exec(text.slice(at))?.[0] ?? '';
			values.push(bare);
			at += bare.length;
		}

		if (text[at] !== ',') {
			return [values, at];
		}

		at++;
	}
};

const checkValue = (field: FilterField, value: string): string => {
	if (value === '') {
		throw new Malformed(`A value is missing after ${field}:`);
	}

	const allowed: readonly string[] | undefined = filterFields[field];
	if (allowed === undefined) {
		return value;
	}

	const lower = value.toLowerCase();
	const name = Object.hasOwn(aliases, lower) ? (aliases[lower] ?? lower) : lower;
	if (!allowed.includes(name)) {
		throw new Malformed(`${field} takes ${list(allowed)}, not "${value}"`);
	}

	return name;
};

const readTerm = (text: string, start: number): readonly [term: Term, end: number] => {
	let at = start;
	const negated = text[at] === '-' && /\S/u.test(text[at + 1] ?? ' ');
	if (negated) {
		at++;
	}

	const head = /^([a-z]+)(:|>=|<=|>|<|=)/iu.exec(text.slice(at));
	if (head !== null) {
		const [whole, name = '', sign = ''] = head;
		const lower = name.toLowerCase();
		const field = Object.hasOwn(aliases, lower) ? (aliases[lower] ?? lower) : lower;
		if (!isField(field)) {
			throw new Malformed(
				`There is no field "${name}"; fields are ${list(Object.keys(filterFields))}. To look for the text itself, put it in quotes`,
			);
		}

		const operator = operators.find(known => known === sign) ?? ':';
		if (operator !== ':' && field !== 'sev') {
			throw new Malformed(`${field} takes ":", not "${sign}"; only sev can be compared`);
		}

		const [values, end] = readValues(text, at + whole.length);
		if (operator !== ':' && values.length > 1) {
			throw new Malformed(`sev${operator} takes one severity`);
		}

		return [{negated, field, operator, values: values.map(value => checkValue(field, value))}, end];
	}

	if (text[at] === '"') {
		const [value, end] = readQuoted(text, at);
		if (value === '') {
			throw new Malformed('There is nothing between the quotes');
		}

		return [{negated, field: 'word', value}, end];
	}

	const value = /^\S+/u.exec(text.slice(at))?.[0] ?? '';
	return [{negated, field: 'word', value}, at + value.length];
};

/** Reads a filter. Never throws: what is wrong comes back as a sentence that says what is allowed. */
export const parseFilter = (text: string): ParsedFilter => {
	if (text.length > maxFilterLength) {
		return {error: `A filter has at most ${maxFilterLength} characters`};
	}

	const terms: Term[] = [];
	let at = 0;
	try {
		for (;;) {
			at += /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
			if (at >= text.length) {
				return {filter: {terms}};
			}

			const [term, end] = readTerm(text, at);
			if (end < text.length && /\S/u.test(text[end] ?? ' ')) {
				throw new Malformed(`A space is missing before "${text.slice(end, end + 10)}"`);
			}

			terms.push(term);
			at = end;
		}
	} catch (error) {
		if (error instanceof Malformed) {
			return {error: error.message};
		}

		throw error;
	}
};

const quote = (value: string): string => `"${value.replaceAll(/["\\]/gu, '\\$&')}"`;

const printWord = (value: string): string => (/^(-|[a-z]+(:|>=|<=|>|<|=))|[\s"\\]/iu.test(value) ? quote(value) : value);

const printValue = (value: string): string => (/[\s,"\\]/u.test(value) ? quote(value) : value);

/** Writes a filter so that reading it gives the same filter. */
export const printFilter = ({terms}: Filter): string =>
	terms
		.map(term => {
			const sign = term.negated ? '-' : '';
			return term.field === 'word'
				? sign + printWord(term.value)
				: sign + term.field + term.operator + term.values.map(printValue).join(',');
		})
		.join(' ');
