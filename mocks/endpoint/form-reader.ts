import {scalarOf} from './json-reader.js';
import {Mismatch, rise} from './mismatch.js';
import type {Member, Shape, StructShape} from './shape.js';

/** The parameters below a prefix, as a tree: `Tags.member.1.Key=a` is `{Tags: {member: {1: {Key: 'a'}}}}`. */
type Tree = {text?: string; readonly children: Map<string, Tree>};

const plant = (parameters: Iterable<readonly [string, string]>): Tree => {
	const root: Tree = {children: new Map()};
	for (const [path, text] of parameters) {
		let at = root;
		for (const step of path.split('.')) {
			let next = at.children.get(step);
			if (next === undefined) {
				next = {children: new Map()};
				at.children.set(step, next);
			}
			at = next;
		}
		at.text = text;
	}
	return root;
};

const numbered = (tree: Tree): readonly Tree[] =>
	[...tree.children.entries()].sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);

const nameOf = (member: Member): string => member.traits.xmlName ?? member.name;

const structOf = (shape: StructShape, tree: Tree): Record<string, unknown> => {
	const read: Record<string, unknown> = {};
	const names = new Map(shape.members.map(member => [nameOf(member), member]));
	for (const [name, child] of tree.children) {
		const member = names.get(name);
		if (member === undefined) throw new Mismatch(`is no member of ${shape.name}`).within(name);
		try {
			read[member.name] = readValue(member.shape, child, member);
		} catch (error) {
			rise(error, name);
		}
	}
	return read;
};

const readValue = (shape: Shape, tree: Tree, member: Member): unknown => {
	if (shape.kind === 'struct') return structOf(shape, tree);
	if (shape.kind === 'list') {
		const holder = member.traits.xmlFlattened === 1 ? tree : tree.children.get(nameOf(shape.value));
		// An empty list is written as the bare name with no text.
		return holder === undefined ? [] : numbered(holder).map(one => readValue(shape.value.shape, one, shape.value));
	}
	if (shape.kind === 'map') {
		const holder = member.traits.xmlFlattened === 1 ? tree : tree.children.get('entry');
		const read: Record<string, unknown> = {};
		for (const entry of holder === undefined ? [] : numbered(holder)) {
			const value = entry.children.get(nameOf(shape.value));
			read[entry.children.get(nameOf(shape.key))?.text ?? ''] =
				value === undefined ? undefined : readValue(shape.value.shape, value, shape.value);
		}
		return read;
	}
	return scalarOf(shape, tree.text ?? '');
};

/** A query protocol's form as typed values. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const readForm = (shape: StructShape, parameters: URLSearchParams): Record<string, unknown> =>
	structOf(shape, plant([...parameters].filter(([name]) => name !== 'Action' && name !== 'Version')));
