import {open} from 'node:fs/promises';
import {isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit} from 'yaml';
import type * as z from 'zod';
import {didYouMean} from './nearest.js';
import type {ConfigProblem} from './problem.js';
import {type ConfigFile, fileSchema, type Known} from './schema.js';

/** Configuration is written by people. What is larger than this was not. */
const maxBytes = 256 * 1024;

export type FileRead =
	| {readonly file: ConfigFile; readonly problems: readonly []}
	| {readonly problems: readonly [ConfigProblem, ...ConfigProblem[]]}
	| undefined;

/** The file, or every mistake in it with its place, or undefined where there is no such file. */
export const readConfigFile = async (path: string, known: Known): Promise<FileRead> => {
	let source: string;
	try {
		const handle = await open(path, 'r');
		try {
			// One byte more than the cap tells a file that is too large, whatever a FIFO or device claims its size to be.
			const {bytesRead, buffer} = await handle.read(Buffer.alloc(maxBytes + 1), 0, maxBytes + 1, null);
			if (bytesRead > maxBytes) {
				return {problems: [{origin: path, field: '', message: `expected at most ${maxBytes / 1024} KiB`}]};
			}

			source = buffer.toString('utf8', 0, bytesRead);
		} finally {
			await handle.close();
		}
	} catch (error) {
		// Only system errors leave `open` and `read`, and they carry a code.
		const {code} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? undefined : {problems: [{origin: path, field: '', message: `cannot be read: ${code ?? 'unknown error'}`}]};
	}

	return parseConfig(source, path, known);
};

/** The same for text at hand. `origin` names it in problems. */
export const parseConfig = (source: string, origin: string, known: Known): NonNullable<FileRead> => {
	const lines = new LineCounter();
	const at = (offset: number) => {
		const {line, col} = lines.linePos(offset);
		return {line: Math.max(1, line), column: Math.max(1, col)};
	};

	const document = parseDocument(source, {lineCounter: lines, prettyErrors: false, uniqueKeys: true});
	const [first, ...rest] = document.errors.map(
		({pos, message}): ConfigProblem => ({origin, ...at(pos[0]), field: '', message: notYaml(message)}),
	);
	if (first !== undefined) {
		return {problems: [first, ...rest]};
	}

	// Account ids are digits, and YAML takes digits for numbers and drops the zeros in front: take what was written.
	visit(document, {
		Scalar(_key, node) {
			if (typeof node.value === 'number' && typeof node.source === 'string' && /^\d{12}$/.test(node.source)) {
				node.value = node.source;
			}
		},
	});

	let value: unknown;
	try {
		value = document.toJS({maxAliasCount: 32}) ?? {};
	} catch (error) {
		return {problems: [{origin, field: '', message: notYaml(error instanceof Error ? error.message : 'unknown error')}]};
	}

	const schema = fileSchema(known);
	const parsed = schema.safeParse(value);
	if (parsed.success) {
		return {file: parsed.data, problems: []};
	}

	const problems = parsed.error.issues
		.flatMap(issue => toProblems(issue, value, schema))
		.map(({path, onKey, message}): ConfigProblem => {
			const place = onKey ? keyAt(document.contents, path) : nodeAt(document.contents, path);
			return {origin, ...at(place?.range?.[0] ?? 0), field: path.join('.'), message};
		});
	const [one, ...others] = problems;
	if (one === undefined) {
		throw new TypeError('Expected a refused configuration to say why');
	}

	return {problems: [one, ...others]};
};

type Place = {readonly path: readonly PropertyKey[]; readonly onKey: boolean; readonly message: string};

const toProblems = (issue: z.core.$ZodIssue, root: unknown, schema: ReturnType<typeof fileSchema>): readonly Place[] => {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => ({
			path: [...issue.path, key],
			onKey: true,
			message: `unknown field${didYouMean(key, knownKeys(issue.path, schema))}`,
		}));
	}

	if (issue.code === 'invalid_key') {
		return issue.issues.map(({message}) => ({path: issue.path, onKey: true, message: `${message}`}));
	}

	const found = valueAt(root, issue.path);
	const missing = found === undefined;
	// Settings that a rule does not have are mistakes of the key, all else of the value.
	const onKey = issue.code === 'custom' && issue.path.at(-2) === 'settings';
	return [{path: issue.path, onKey, message: missing || onKey ? issue.message : `${issue.message}, found ${shown(found)}`}];
};

/** The fields that may stand where an unknown one stood, for a suggestion. */
const knownKeys = (path: readonly PropertyKey[], schema: ReturnType<typeof fileSchema>): readonly string[] => {
	const [section] = path;
	switch (section) {
		case undefined: {
			return Object.keys(schema.shape);
		}

		case 'limits': {
			return ['share'];
		}

		case 'intervals': {
			return ['full', 'delta'];
		}

		case 'rules': {
			return ['enabled', 'severity', 'settings'];
		}

		case 'mutes': {
			return ['rule', 'resource', 'until', 'reason'];
		}

		default: {
			return [];
		}
	}
};

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown => {
	let value = root;
	for (const key of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
			return undefined;
		}

		// An own property of an object just checked for it.
		value = (value as Record<PropertyKey, unknown>)[key];
	}

	return value;
};

/** The deepest node that the path leads to, so that a missing field points at what should hold it. */
const nodeAt = (root: unknown, path: readonly PropertyKey[]): Node | undefined => {
	let node = root;
	for (const key of path) {
		const next = child(node, key);
		if (next === undefined) {
			break;
		}

		node = next;
	}

	// A node, by the parser's own structure; null for an empty document.
	return (node as Node | null) ?? undefined;
};

const keyAt = (root: unknown, path: readonly PropertyKey[]): Node | undefined => {
	const parent = nodeAt(root, path.slice(0, -1));
	const pair = isMap(parent) ? parent.items.find(item => isScalar(item.key) && String(item.key.value) === String(path.at(-1))) : undefined;
	// Keys of a map are nodes in a document that was parsed.
	return (pair as Pair<Node> | undefined)?.key ?? parent;
};

const child = (node: unknown, key: PropertyKey): unknown => {
	if (typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) {
		return undefined;
	}

	if (isMap(node)) {
		return node.items.find(item => isScalar(item.key) && String(item.key.value) === String(key))?.value ?? undefined;
	}

	return typeof key === 'number' ? node.items[key] : undefined;
};

const shown = (value: unknown): string => {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

// The parser is recursive, and a nest of thousands of brackets ends its stack: that is the file's fault, not ours.
const notYaml = (message: string): string =>
	message.includes('call stack') ? 'expected fewer levels of nesting' : `not YAML: ${message.slice(0, 1).toLowerCase()}${message.slice(1)}`;
