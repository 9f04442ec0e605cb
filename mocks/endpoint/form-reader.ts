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

/** How a query protocol names members, and whether its lists stand without a level of their own. */
type Dialect = {nameOf(member: Member): string; readonly flat: boolean};

const query: Dialect = {nameOf: member => member.traits.xmlName ?? member.name, flat: false};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ec2: Dialect = {
	nameOf: ({traits, name}) => traits.ec2QueryName ?? capital(traits.xmlName ?? name),
	flat: true,
};

const structOf = (shape: StructShape, tree: Tree, dialect: Dialect): Record<string, unknown> => {
	const read: Record<string, unknown> = {};
	const names = new Map(shape.members.map(member => [dialect.nameOf(member), member]));
	for (const [name, child] of tree.children) {
		const member = names.get(name);
		if (member === undefined) throw new Mismatch(`is no member of ${shape.name}`).within(name);
		try {
			read[member.name] = readValue(member.shape, child, member, dialect);
		} catch (error) {
			rise(error, name);
		}
	}
	return read;
};

const readValue = (shape: Shape, tree: Tree, member: Member, dialect: Dialect): unknown => {
	if (shape.kind === 'struct') return structOf(shape, tree, dialect);
	if (shape.kind === 'list') {
		const holder = dialect.flat || member.traits.xmlFlattened === 1 ? tree : tree.children.get(dialect.nameOf(shape.value));
		// An empty list is written as the bare name with no text.
		return holder === undefined ? [] : numbered(holder).map(one => readValue(shape.value.shape, one, shape.value, dialect));
	}
	if (shape.kind === 'map') {
		const holder = member.traits.xmlFlattened === 1 ? tree : tree.children.get('entry');
		const read: Record<string, unknown> = {};
		for (const entry of holder === undefined ? [] : numbered(holder)) {
			const value = entry.children.get(dialect.nameOf(shape.value));
			read[entry.children.get(dialect.nameOf(shape.key))?.text ?? ''] =
				value === undefined ? undefined : readValue(shape.value.shape, value, shape.value, dialect);
		}
		return read;
	}
	return scalarOf(shape, tree.text ?? '');
};

const parametersOf = (form: URLSearchParams): Tree => plant([...form].filter(([name]) => name !== 'Action' && name !== 'Version'));

/** A query protocol's form as typed values. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const readForm = (shape: StructShape, form: URLSearchParams): Record<string, unknown> => structOf(shape, parametersOf(form), query);

/** The same in EC2's dialect. https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const readEc2Form = (shape: StructShape, form: URLSearchParams): Record<string, unknown> => structOf(shape, parametersOf(form), ec2);
