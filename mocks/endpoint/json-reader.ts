import {type JsonStyle, memberIndex} from './json-writer.js';
import {described, Mismatch, rise} from './mismatch.js';
import type {Member, Shape, StructShape} from './shape.js';

const dateOf = (value: unknown): Date => {
	const date = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
	if (Number.isNaN(date.getTime())) throw new Mismatch(`is ${described(value)}, not a timestamp`);
	return date;
};

/** Turns text of a label, header, query or form parameter into the value that its shape asks for. */
export const scalarOf = (shape: Shape, text: string): unknown => {
	switch (shape.kind) {
		case 'number': {
			const value = Number(text);
			if (text === '' || Number.isNaN(value)) throw new Mismatch('is not a number');
			return value;
		}
		case 'boolean':
			if (text !== 'true' && text !== 'false') throw new Mismatch('is not a boolean');
			return text === 'true';
		case 'timestamp':
			return dateOf(/^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : text);
		case 'blob':
			return Buffer.from(text, 'base64');
		default:
			return text;
	}
};

const structOf = (shape: StructShape, value: unknown, style: JsonStyle): Record<string, unknown> => {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mismatch(`is ${described(value)}, not a structure`);
	const read: Record<string, unknown> = {};
	const names = namesOf(shape, style);
	for (const [name, one] of Object.entries(value)) {
		if (one === null || one === undefined) continue;
		const member = names.get(name);
		if (member === undefined) throw new Mismatch(`is no member of ${shape.name}`).within(name);
		try {
			read[member.name] = readJson(member.shape, one, style);
		} catch (error) {
			rise(error, name);
		}
	}
	return read;
};

const wireNames = {true: new Map<StructShape, ReadonlyMap<string, Member>>(), false: new Map<StructShape, ReadonlyMap<string, Member>>()};

const namesOf = (shape: StructShape, style: JsonStyle): ReadonlyMap<string, Member> => {
	const cache = wireNames[style.jsonNames ? 'true' : 'false'];
	let names = cache.get(shape);
	if (names === undefined) {
		names = style.jsonNames ? new Map(shape.members.map(member => [member.traits.jsonName ?? member.name, member])) : memberIndex(shape);
		cache.set(shape, names);
	}
	return names;
};

/** JSON from a client as typed values, or a `Mismatch`: unknown members and wrong types, never missing ones. */
export const readJson = (shape: Shape, value: unknown, style: JsonStyle): unknown => {
	switch (shape.kind) {
		case 'struct':
			return structOf(shape, value, style);
		case 'list': {
			if (!Array.isArray(value)) throw new Mismatch(`is ${described(value)}, not a list`);
			return value.map((one: unknown, index) => {
				try {
					return one === null && shape.sparse ? null : readJson(shape.value.shape, one, style);
				} catch (error) {
					return rise(error, `[${index}]`);
				}
			});
		}
		case 'map': {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mismatch(`is ${described(value)}, not a map`);
			const read: Record<string, unknown> = {};
			for (const [key, one] of Object.entries(value)) read[key] = one === null ? null : readJson(shape.value.shape, one, style);
			return read;
		}
		case 'timestamp':
			if (typeof value !== 'number' && typeof value !== 'string') throw new Mismatch(`is ${described(value)}, not a timestamp`);
			return dateOf(value);
		case 'blob':
			if (typeof value !== 'string') throw new Mismatch(`is ${described(value)}, not bytes`);
			return Buffer.from(value, 'base64');
		case 'string':
		case 'boolean':
		case 'number':
			if (typeof value !== shape.kind) throw new Mismatch(`is ${described(value)}, not a ${shape.kind}`);
			return value;
		default:
			return value;
	}
};

/** Every required member of the input that is not there, as AWS words it. */
export const missingMembers = (shape: Shape, value: unknown, path = ''): readonly string[] => {
	if (shape.kind === 'list' && Array.isArray(value)) {
		return value.flatMap((one: unknown, index) => missingMembers(shape.value.shape, one, `${path}.${index + 1}.member`));
	}
	if (shape.kind !== 'struct' || typeof value !== 'object' || value === null) return [];
	const has = new Map<string, unknown>(Object.entries(value));
	return shape.members.flatMap(member => {
		const at = `${path === '' ? '' : `${path}.`}${member.name.charAt(0).toLowerCase()}${member.name.slice(1)}`;
		const one = has.get(member.name);
		if (one !== undefined) return missingMembers(member.shape, one, at);
		return member.required ? [`Value null at '${at}' failed to satisfy constraint: Member must not be null`] : [];
	});
};
