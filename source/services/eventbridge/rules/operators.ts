/**
 * The comparison operators of EventBridge's event patterns:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

/** `perhaps` where it depends on members that differ; `dependsOn` names them, as `detail.type`. */
export type Match = {readonly matches: 'yes' | 'no' | 'perhaps'; readonly dependsOn: readonly string[]};

export const yes: Match = {matches: 'yes', dependsOn: []};
export const no: Match = {matches: 'no', dependsOn: []};
export const perhaps = (path: string): Match => ({matches: 'perhaps', dependsOn: [path]});
export const sure = (holds: boolean): Match => (holds ? yes : no);

export const any = (matches: readonly Match[]): Match => {
	if (matches.some(one => one.matches === 'yes')) {
		return yes;
	}

	const dependsOn = matches.flatMap(one => one.dependsOn);
	return dependsOn.length === 0 ? no : {matches: 'perhaps', dependsOn: [...new Set(dependsOn)]};
};

export const all = (matches: readonly Match[]): Match => {
	if (matches.some(one => one.matches === 'no')) {
		return no;
	}

	const dependsOn = matches.flatMap(one => one.dependsOn);
	return dependsOn.length === 0 ? yes : {matches: 'perhaps', dependsOn: [...new Set(dependsOn)]};
};

const not = (match: Match): Match => (match.matches === 'perhaps' ? match : sure(match.matches === 'no'));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** `*` stands for any characters, `\*` for an asterisk. In steps that grow with the length, whatever the pattern. */
const fitsWildcard = (wildcard: string, text: string): boolean => {
	const parts = ['']; // What stands between the asterisks.
	for (let at = 0; at < wildcard.length; at++) {
		const next = wildcard[at + 1];
		if (wildcard[at] === '*') {
			parts.push('');
		} else if (wildcard[at] === '\\' && (next === '*' || next === '\\')) {
			parts[parts.length - 1] += next;
			at++;
		} else {
			parts[parts.length - 1] += wildcard[at] ?? '';
		}
	}

	const [first = '', ...rest] = parts;
	const last = rest.pop();
	if (last === undefined) {
		return text === first;
	}

	let from = first.length;
	for (const part of rest) {
		const found = text.indexOf(part, from);
		if (found === -1) {
			return false;
		}

		from = found + part.length;
	}

	return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= from;
};

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
	'=': (value, limit) => value === limit,
	'<': (value, limit) => value < limit,
	'<=': (value, limit) => value <= limit,
	'>': (value, limit) => value > limit,
	'>=': (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]`. */
const isInRange = (value: number, range: unknown, path: string): Match => {
	const terms = listOf(range);
	const pairs = terms.flatMap((term, index) => (index % 2 === 0 ? [[term, terms[index + 1]] as const] : []));
	return all(
		pairs.map(([operator, limit]) => {
			const compare = typeof operator === 'string' ? comparisons[operator] : undefined;
			return compare === undefined || typeof limit !== 'number' ? perhaps(path) : sure(compare(value, limit));
		}),
	);
};

/** The text of `"x"` or `{"equals-ignore-case": "x"}`, and whether its case counts. */
const affix = (operand: unknown, value: string): {readonly wanted: string; readonly given: string} | undefined => {
	if (typeof operand === 'string') {
		return {wanted: operand, given: value};
	}

	const folded = isRecord(operand) ? operand['equals-ignore-case'] : undefined;
	return typeof folded === 'string' ? {wanted: folded.toLowerCase(), given: value.toLowerCase()} : undefined;
};

type Operator = (operand: unknown, value: unknown, path: string) => Match;

const onText =
	(test: (operand: unknown, value: string) => boolean | undefined): Operator =>
	(operand, value, path) => {
		if (typeof value !== 'string') {
			return no;
		}

		const holds = test(operand, value);
		return holds === undefined ? perhaps(path) : sure(holds);
	};

/** The operators that are known. `cidr` is not: no event of ours has an address that is the same for all of its sort. */
export const operators: Readonly<Record<string, Operator>> = {
	prefix: onText((operand, value) => {
		const texts = affix(operand, value);
		return texts?.given.startsWith(texts.wanted);
	}),
	suffix: onText((operand, value) => {
		const texts = affix(operand, value);
		return texts?.given.endsWith(texts.wanted);
	}),
	'equals-ignore-case': onText((operand, value) =>
		typeof operand === 'string' ? operand.toLowerCase() === value.toLowerCase() : undefined,
	),
	wildcard: onText((operand, value) => (typeof operand === 'string' ? fitsWildcard(operand, value) : undefined)),
	numeric: (operand, value, path) => (typeof value === 'number' ? isInRange(value, operand, path) : no),
	exists: operand => sure(operand === true),
	// A list of values, or another operator with one operand or a list of them.
	'anything-but': (operand, value, path) => {
		const excluded = isRecord(operand)
			? Object.entries(operand).flatMap(([name, inner]) => listOf(inner).map(one => ({[name]: one})))
			: listOf(operand);
		return not(any(excluded.map(one => fits(one, value, path))));
	},
};

/** Whether one condition holds for a value that is known. */
export const fits = (condition: unknown, value: unknown, path: string): Match => {
	if (!isRecord(condition)) {
		return sure(condition === value);
	}

	// One operator each; several together are none that AWS takes.
	const [[name, operand] = [], ...others] = Object.entries(condition);
	const operator = name === undefined || others.length > 0 || !Object.hasOwn(operators, name) ? undefined : operators[name];
	return operator === undefined ? perhaps(path) : operator(operand, value, path);
};
