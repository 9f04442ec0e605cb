import {NormalizedSchema} from '@smithy/core/schema';

/** The SDK's schema of a value, in the form that readers and writers walk: members resolved, traits looked up once. */
export type Shape =
	| {readonly kind: 'string' | 'boolean' | 'number' | 'blob' | 'document' | 'unit'}
	| {readonly kind: 'timestamp'; readonly format: TimestampFormat | undefined}
	| {readonly kind: 'list'; readonly value: Member; readonly sparse: boolean}
	| {readonly kind: 'map'; readonly key: Member; readonly value: Member; readonly sparse: boolean}
	| StructShape;

export type StructShape = {
	readonly kind: 'struct';
	readonly name: string;
	/** What its element is called at the root of a document, where that is not its name. */
	readonly xmlName?: string;
	/** Exactly one member is set. */
	readonly union: boolean;
	readonly members: readonly Member[];
};

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export type Member = {
	readonly name: string;
	readonly shape: Shape;
	readonly required: boolean;
	readonly traits: Traits;
};

/** The traits that bind a member to the wire. https://smithy.io/2.0/spec/http-bindings.html */
export type Traits = {
	readonly jsonName?: string;
	readonly xmlName?: string;
	readonly xmlFlattened?: 1;
	readonly ec2QueryName?: string;
	readonly httpLabel?: 1;
	readonly httpQuery?: string;
	readonly httpQueryParams?: 1;
	readonly httpHeader?: string;
	readonly httpPrefixHeaders?: string;
	readonly httpPayload?: 1;
	readonly httpResponseCode?: 1;
};

export type OperationShape = {
	readonly name: string;
	/** Method, path template and status, in REST protocols. */
	readonly http: readonly [method: string, path: string, status: number] | undefined;
	readonly input: StructShape;
	readonly output: StructShape;
};

const unit: StructShape = {kind: 'struct', name: 'Unit', union: false, members: []};

// The sentinel values of https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/sentinels.ts
const timestampFormats: Readonly<Record<number, TimestampFormat | undefined>> = {5: 'date-time', 6: 'http-date', 7: 'epoch-seconds'};
/** A static structure: `[3, namespace, name, traits, memberNames, memberSchemas, how many of the first members are required]`. */
const requiredCountAt = 6;

type Ref = Parameters<typeof NormalizedSchema.of>[0];

// Shapes refer to themselves (an Inspector filter, a Macie criterion), so structures are noted before their members are walked.
const known = new Map<unknown, StructShape>();

const structOf = (schema: NormalizedSchema): StructShape => {
	const raw: unknown = schema.getSchema();
	const before = known.get(raw);
	if (before !== undefined) return before;
	const members: Member[] = [];
	// Traits of the structure itself; those of the member that holds it are that member's.
	const {xmlName} = NormalizedSchema.of(raw as Ref).getMergedTraits() as Traits;
	const shape: StructShape = {
		kind: 'struct',
		name: schema.getName() ?? '',
		...(xmlName !== undefined && {xmlName}),
		union: schema.isUnionSchema(),
		members,
	};
	known.set(raw, shape);
	const requiredCount: unknown = Array.isArray(raw) ? raw[requiredCountAt] : 0;
	let index = 0;
	for (const [name, member] of schema.structIterator()) {
		members.push(memberOf(name, member, typeof requiredCount === 'number' && index < requiredCount));
		index++;
	}
	return shape;
};

const memberOf = (name: string, schema: NormalizedSchema, required: boolean): Member => ({
	name,
	shape: shapeOf(schema),
	required,
	// The SDK's own type leaves room for traits that it does not know; those above are the ones that bind.
	traits: schema.getMergedTraits() as Traits,
});

const shapeOf = (schema: NormalizedSchema): Shape => {
	if (schema.isStructSchema()) return structOf(schema);
	if (schema.isUnitSchema()) return {kind: 'unit'};
	const sparse = 'sparse' in schema.getMergedTraits();
	if (schema.isListSchema()) return {kind: 'list', value: memberOf('member', schema.getValueSchema(), false), sparse};
	if (schema.isMapSchema()) {
		return {
			kind: 'map',
			key: memberOf('key', schema.getKeySchema(), false),
			value: memberOf('value', schema.getValueSchema(), false),
			sparse,
		};
	}
	if (schema.isTimestampSchema()) {
		const raw: unknown = schema.getSchema();
		return {kind: 'timestamp', format: typeof raw === 'number' ? timestampFormats[raw] : undefined};
	}
	if (schema.isBlobSchema()) return {kind: 'blob'};
	if (schema.isBooleanSchema()) return {kind: 'boolean'};
	if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return {kind: 'number'};
	if (schema.isDocumentSchema()) return {kind: 'document'};
	return {kind: 'string'};
};

const structureAt = (ref: unknown): StructShape => {
	// Positions 4 and 5 of a static operation schema are schema references, by its definition in @smithy/types.
	const shape = shapeOf(NormalizedSchema.of(ref as Ref));
	return shape.kind === 'struct' ? shape : unit;
};

/** The shape of the operation that a command class calls: `[9, namespace, name, traits, input, output]`. */
export const operationOf = (name: string, command: new (input: never) => {readonly schema?: unknown}): OperationShape => {
	// Commands take their input untouched; only the schema that every instance carries is wanted.
	const {schema} = new command({} as never);
	if (!Array.isArray(schema) || schema[0] !== 9) throw new TypeError(`${name} carries no operation schema`);
	const traits: unknown = schema[3];
	const http: unknown = typeof traits === 'object' && traits !== null && 'http' in traits ? traits.http : undefined;
	return {
		name,
		// `[method, path, status]`, by the definition of the trait.
		http: Array.isArray(http) ? (http as unknown as OperationShape['http']) : undefined,
		input: structureAt(schema[4]),
		output: structureAt(schema[5]),
	};
};
