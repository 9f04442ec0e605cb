import {described, Mismatch, rise} from './mismatch.js';
import type {Member, Shape, StructShape, TimestampFormat} from './shape.js';

/** Writes a value as JSON by its schema, or throws a `Mismatch` where the value is not what the schema says. */
export type Writer = (value: unknown) => string;

export type JsonStyle = {
	/** REST protocols honour `jsonName`; awsJson ignores it. https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait */
	readonly jsonNames: boolean;
	readonly timestamps: TimestampFormat;
};

const scalar = (type: 'string' | 'boolean', a: string): Writer => {
	return value => {
		if (typeof value !== type) throw new Mismatch(`is ${described(value)}, not ${a}`);
		return JSON.stringify(value);
	};
};

const number: Writer = value => {
	if (typeof value === 'bigint') return value.toString();
	if (typeof value !== 'number') throw new Mismatch(`is ${described(value)}, not a number`);
	return Number.isFinite(value) ? String(value) : `"${value}"`;
};

const blob: Writer = value => {
	if (!(value instanceof Uint8Array)) throw new Mismatch(`is ${described(value)}, not bytes`);
	return `"${Buffer.from(value).toString('base64')}"`;
};

/** The text of a date in one of the wire's formats, without quotes. */
export const timestampText = (value: unknown, format: TimestampFormat): string => {
	if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw new Mismatch(`is ${described(value)}, not a valid date`);
	if (format === 'epoch-seconds') return String(value.getTime() / 1000);
	if (format === 'http-date') return value.toUTCString();
	return value.toISOString().replace('.000Z', 'Z');
};

const structureOf = (value: unknown): Readonly<Record<string, unknown>> => {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) {
		throw new Mismatch(`is ${described(value)}, not a structure`);
	}
	// Any other object is read by its keys.
	return value as Record<string, unknown>;
};

const entriesOf = (value: unknown): ReadonlyArray<[string, unknown]> =>
	Object.entries(structureOf(value)).filter(([, one]) => one !== undefined);

const refuseMissing = (shape: StructShape, given: Readonly<Record<string, unknown>>): void => {
	const missing = shape.members.find(member => member.required && given[member.name] === undefined);
	if (missing !== undefined) throw new Mismatch('is required and missing').within(missing.name);
};

/** Refuses unknown members, missing required ones and unions that do not have exactly one. Returns what is set, with its member. */
export const membersOf = (
	shape: StructShape,
	byName: ReadonlyMap<string, Member>,
	value: unknown,
): ReadonlyArray<readonly [Member, unknown]> => {
	const set = entriesOf(value).map(([name, one]) => {
		const member = byName.get(name);
		if (member === undefined) throw new Mismatch(`is no member of ${shape.name}`).within(name);
		return [member, one] as const;
	});
	refuseMissing(shape, structureOf(value));
	if (shape.union && set.length !== 1) throw new Mismatch(`has ${set.length} members set, and a union has one`);
	return set;
};

export const memberIndex = (shape: StructShape): ReadonlyMap<string, Member> => new Map(shape.members.map(member => [member.name, member]));

/** Compiles writers once for each shape and style; `writerOf` on the same compiler is cheap. */
export const jsonCompiler = (style: JsonStyle): ((shape: Shape) => Writer) => {
	const structs = new Map<StructShape, Writer>();
	const strings = scalar('string', 'a string');
	const booleans = scalar('boolean', 'a boolean');

	const struct = (shape: StructShape): Writer => {
		const before = structs.get(shape);
		if (before !== undefined) return before;
		const parts = new Map<string, {readonly key: string; readonly write: Writer; readonly required: boolean}>();
		let requiredCount = 0;
		// The hot path of the endpoint: one pass, nothing allocated but the text.
		const write: Writer = value => {
			const given = structureOf(value);
			let text = '{';
			let set = 0;
			let required = 0;
			for (const name of Object.keys(given)) {
				const one = given[name];
				if (one === undefined) continue;
				const part = parts.get(name);
				if (part === undefined) throw new Mismatch(`is no member of ${shape.name}`).within(name);
				set++;
				if (part.required) required++;
				try {
					text += set > 1 ? `,${part.key}${part.write(one)}` : part.key + part.write(one);
				} catch (error) {
					rise(error, name);
				}
			}
			if (required < requiredCount) refuseMissing(shape, given);
			if (shape.union && set !== 1) throw new Mismatch(`has ${set} members set, and a union has one`);
			return `${text}}`;
		};
		// Noted before the members are compiled: a shape may contain itself.
		structs.set(shape, write);
		for (const member of shape.members) {
			const key = `${JSON.stringify((style.jsonNames ? member.traits.jsonName : undefined) ?? member.name)}:`;
			parts.set(member.name, {key, write: compile(member.shape), required: member.required});
			if (member.required) requiredCount++;
		}
		return write;
	};

	const list = (item: Writer, sparse: boolean): Writer => {
		return value => {
			if (!Array.isArray(value)) throw new Mismatch(`is ${described(value)}, not a list`);
			let text = '[';
			for (let index = 0; index < value.length; index++) {
				const one: unknown = value[index];
				try {
					text += (index > 0 ? ',' : '') + (sparse && one === null ? 'null' : item(one));
				} catch (error) {
					rise(error, `[${index}]`);
				}
			}
			return `${text}]`;
		};
	};

	const map = (item: Writer, sparse: boolean): Writer => {
		return value => {
			let text = '{';
			for (const [key, one] of entriesOf(value)) {
				try {
					text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${sparse && one === null ? 'null' : item(one)}`;
				} catch (error) {
					rise(error, key);
				}
			}
			return `${text}}`;
		};
	};

	const compile = (shape: Shape): Writer => {
		switch (shape.kind) {
			case 'struct':
				return struct(shape);
			case 'list':
				return list(compile(shape.value.shape), shape.sparse);
			case 'map':
				return map(compile(shape.value.shape), shape.sparse);
			case 'timestamp': {
				const format = shape.format ?? style.timestamps;
				if (format === 'epoch-seconds') return value => timestampText(value, format);
				return value => `"${timestampText(value, format)}"`;
			}
			case 'string':
				return strings;
			case 'boolean':
				return booleans;
			case 'number':
				return number;
			case 'blob':
				return blob;
			case 'document':
				return value => JSON.stringify(value);
			case 'unit':
				return () => '{}';
		}
	};
	return compile;
};
