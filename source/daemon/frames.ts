import {z} from 'zod';
import type {ViewerFrame} from '../model/index.js';
import {maxWindow} from '../model/index.js';

const id = z
	.int()
	.min(0)
	.max(2 ** 31);
const text = z.string().max(4096);
const offset = z
	.int()
	.min(0)
	.max(2 ** 31);
const limit = z.int().min(0).max(maxWindow);
const sort = z.enum(['urgency', 'name', 'region', 'since', 'due', 'kind']);
const window = {filter: text, sort, descending: z.boolean(), offset, limit};

const query = z.discriminatedUnion('ask', [
	z.strictObject({ask: z.literal('overview'), rowsPerPanel: z.int().min(0).max(100)}),
	z.strictObject({ask: z.literal('panel'), service: text, ...window}),
	z.strictObject({ask: z.literal('findings'), ...window}),
	z.strictObject({
		ask: z.literal('changes'),
		since: text.exactOptional(),
		service: text.exactOptional(),
		filter: text,
		offset,
		limit,
	}),
	z.strictObject({ask: z.literal('expirations'), filter: text, offset, limit}),
	z.strictObject({ask: z.literal('detail'), key: text}),
]);

const frame: z.ZodType<ViewerFrame> = z.discriminatedUnion('say', [
	// Loose: a viewer of another version must get as far as being told so.
	z.object({say: z.literal('hello'), protocol: z.number(), version: text, token: text}),
	z.strictObject({say: z.literal('watch'), id, query}),
	z.strictObject({say: z.literal('drop'), id}),
	z.strictObject({say: z.literal('ask'), id, query}),
	z.strictObject({say: z.literal('refresh'), id, service: text.exactOptional()}),
	z.strictObject({say: z.literal('health'), id}),
	z.strictObject({say: z.literal('reload'), id}),
	z.strictObject({say: z.literal('stop'), id}),
]);

export type ParsedFrame =
	| {readonly ok: true; readonly frame: ViewerFrame}
	| {readonly ok: false; readonly id: number | undefined; readonly error: string};

/** Reads one line from a viewer. Never throws; what is wrong becomes a sentence, with the frame's id where it has a fit one. */
export const parseFrame = (line: string): ParsedFrame => {
	let said: unknown;
	try {
		said = JSON.parse(line, (key, value: unknown) => {
			if (key === '__proto__') {
				throw new SyntaxError('a member is named __proto__');
			}

			return value;
		});
	} catch (error) {
		// The parser's message quotes what it was given: of no use to a viewer, and not to be repeated.
		return {ok: false, id: undefined, error: error instanceof RangeError ? 'The frame is too deep' : 'The frame is not JSON'};
	}

	const parsed = frame.safeParse(said);
	if (parsed.success) {
		return {ok: true, frame: parsed.data};
	}

	const named = z.looseObject({id}).safeParse(said);
	const [issue] = parsed.error.issues;
	const where = issue === undefined || issue.path.length === 0 ? 'The frame' : `The frame's ${issue.path.map(String).join('.')}`;
	return {
		ok: false,
		id: named.success ? named.data.id : undefined,
		error: `${where} is not understood: ${issue?.message ?? 'it is not valid'}`.slice(0, 300),
	};
};
