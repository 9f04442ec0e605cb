import {NormalizedSchema} from '@smithy/core/schema';
import type {SchemaRef} from '@smithy/types';
import type {Json} from '../model/index.js';
import {memberAt} from './member-at.js';

/** An answer that is not what the service's own model says an answer is. The message names the place and what came. */
export class AnswerError extends Error {
	override readonly name = 'UnexpectedAnswer';
}

/** Turns one deserialised value into plain JSON, or throws an `AnswerError`. */
type Reader = (value: unknown, place: string) => Json;

const told = (value: unknown): string => {
	if (value === null) {
		return 'null';
	}

	if (Array.isArray(value)) {
		return 'a list';
	}

	return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(String(value).slice(0, 60))}`;
};

const expect = (wanted: string, value: unknown, place: string): never => {
	throw new AnswerError(`Expected ${wanted} at ${place || 'the answer'}, got ${told(value)}`);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);

const readString: Reader = (value, place) => (typeof value === 'string' ? value : expect('a string', value, place));
const readBoolean: Reader = (value, place) => (typeof value === 'boolean' ? value : expect('true or false', value, place));
const readNumber: Reader = (value, place) => {
	if (typeof value === 'number') {
		// Not finite numbers have no JSON; Smithy writes them as these strings.
		return Number.isFinite(value) ? value : String(value);
	}

	return typeof value === 'bigint' ? Number(value) : expect('a number', value, place);
};

const readTime: Reader = (value, place) =>
	value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : expect('a time', value, place);
const readBytes: Reader = (value, place) =>
	value instanceof Uint8Array ? Buffer.from(value).toString('base64') : expect('bytes', value, place);

/** Free-form values (Smithy documents) and anything this version of the SDK describes in a way we do not know. */
const readAny: Reader = (value, place) => {
	if (value instanceof Date) {
		return readTime(value, place);
	}

	if (value instanceof Uint8Array) {
		return readBytes(value, place);
	}

	if (Array.isArray(value)) {
		return value.map((item, index) => readAny(item, `${place}[${index}]`));
	}

	if (isRecord(value)) {
		return Object.fromEntries(
			Object.entries(value)
				.filter(([, member]) => member !== undefined)
				.map(([name, member]) => [name, readAny(member, `${place}.${name}`)]),
		);
	}

	return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : readNumber(value, place);
};

// Schemas refer to themselves (a filter holds filters), so a reader is made before what it reads.
const readers = new Map<unknown, Reader>();

const readerOf = (schema: NormalizedSchema): Reader => {
	const key = schema.getSchema();
	const known = readers.get(key);
	if (known !== undefined) {
		return known;
	}

	let made: Reader | undefined;
	const later: Reader = (value, place) => {
		made ??= makeReader(schema);
		return made(value, place);
	};
	// Bare numbers and strings stand for simple types and bit-packed lists, and mean the same wherever they stand.
	readers.set(key, later);
	return later;
};

const makeReader = (schema: NormalizedSchema): Reader => {
	if (schema.isStructSchema()) {
		const members = [...schema.structIterator()].map(([name, member]) => ({name, read: readerOf(member)}));
		return (value, place) => {
			const from = isRecord(value) ? value : expect('an object', value, place);
			const into: Record<string, Json> = {};
			for (const {name, read} of members) {
				const member = from[name];
				// `null` in an answer means the same as absence: https://smithy.io/2.0/spec/aggregate-types.html#structure
				if (member !== undefined && member !== null) {
					into[name] = read(member, place === '' ? name : `${place}.${name}`);
				}
			}

			return into;
		};
	}

	if (schema.isListSchema()) {
		const read = readerOf(schema.getValueSchema());
		return (value, place) =>
			Array.isArray(value) ? value.map((item, index) => read(item, `${place}[${index}]`)) : expect('a list', value, place);
	}

	if (schema.isMapSchema()) {
		const read = readerOf(schema.getValueSchema());
		return (value, place) =>
			isRecord(value)
				? Object.fromEntries(
						Object.entries(value).map(([name, member]) => [name, member === null ? null : read(member, `${place}.${name}`)]),
					)
				: expect('an object', value, place);
	}

	if (schema.isBlobSchema()) {
		return readBytes;
	}

	if (schema.isTimestampSchema()) {
		return readTime;
	}

	if (schema.isStringSchema()) {
		return readString;
	}

	if (schema.isBooleanSchema()) {
		return readBoolean;
	}

	return schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema() ? readNumber : readAny;
};

/**
 * Reads the output of an operation by the service's own schema, which the SDK carries but does not enforce: it hands
 * on a string where a list belongs, and nothing at all where a required member is missing.
 * @param required Members (or paths of members) without which it is no answer, besides those that the schema itself requires.
 */
export const readAnswer = (output: unknown, outputSchema: SchemaRef, required: readonly string[]): Readonly<Record<string, Json>> => {
	const schema = NormalizedSchema.of(outputSchema);
	if (schema.isUnitSchema()) {
		return {};
	}

	const answer = readerOf(schema)(output, '');
	// A struct's reader returns a record; anything else has thrown.
	const record = answer as Readonly<Record<string, Json>>;
	for (const name of required) {
		if (memberAt(record, name) === undefined) {
			throw new AnswerError(`Expected ${name} in the answer, which has ${Object.keys(record).join(', ') || 'nothing'}`);
		}
	}

	return record;
};
