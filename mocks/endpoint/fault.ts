import {z} from 'zod';

const text = z.string();
const names = z.union([text, z.array(text)]);
const share = z.number().min(0).max(1);

const denialReason = z.enum([
	'no-identity-based-policy',
	'no-resource-based-policy',
	'explicit-deny-in-identity-based-policy',
	'explicit-deny-in-resource-based-policy',
	'explicit-deny-in-service-control-policy',
	'explicit-deny-in-permissions-boundary',
	'no-service-control-policy',
	'no-permissions-boundary',
]);

/** What goes wrong. */
export const effectSchema = z.discriminatedUnion('kind', [
	/** The service's own throttling error; `httpStatus: 429` for the services and proxies that say so. */
	z.object({kind: z.literal('throttle'), httpStatus: z.number().optional(), retryAfterSeconds: z.number().optional()}),
	/** Throttles what comes faster than a token bucket of this rate refills. */
	z.object({
		kind: z.literal('throttle-above'),
		requestsPerSecond: z.number().positive(),
		burst: z.number().positive().optional(),
		httpStatus: z.number().optional(),
	}),
	z.object({kind: z.literal('deny'), because: denialReason.optional(), resource: text.optional()}),
	/** Any error by name, in the protocol's shape. */
	z.object({kind: z.literal('error'), name: text, message: text.optional(), httpStatus: z.number().optional()}),
	/** A plain HTTP answer without AWS's shape: 404, 501, 503. */
	z.object({kind: z.literal('status'), httpStatus: z.number(), body: text.optional()}),
	/** A captive portal: 200, text/html. */
	z.object({kind: z.literal('html')}),
	/** Takes the request and never answers. */
	z.object({kind: z.literal('hang')}),
	/** Answers late, but rightly. */
	z.object({kind: z.literal('delay'), delayMs: z.number().nonnegative()}),
	/** The right answer, some bytes at a time. */
	z.object({kind: z.literal('drip'), bytes: z.number().int().positive().optional(), everyMs: z.number().positive().optional()}),
	/** Breaks the connection: before a byte, or in the middle of the body. */
	z.object({kind: z.literal('reset'), at: z.enum(['start', 'middle']).optional()}),
	/** A body cut off in the middle, with a length that pretends it is whole. */
	z.object({kind: z.literal('malformed')}),
	/** Members of other types than the schema's: by name at any depth, or all at the top. */
	z.object({kind: z.literal('wrong-types'), members: z.array(text).optional()}),
	/** Values that no version of the SDK knows: in the named members, or wherever the service's enums occur. */
	z.object({kind: z.literal('unknown-enum'), members: z.array(text).optional(), value: text.optional()}),
	/** Without the named members at any depth, or without every second member of each nested structure. */
	z.object({kind: z.literal('missing-members'), members: z.array(text).optional()}),
	/** The named members, or all at the top, are null. */
	z.object({kind: z.literal('null-members'), members: z.array(text).optional()}),
	/** Members that no schema has, in every structure. */
	z.object({kind: z.literal('extra-members')}),
	z.object({kind: z.literal('empty-object')}),
	/** The right answer with a member of so many bytes. */
	z.object({kind: z.literal('huge-body'), bytes: z.number().int().positive()}),
	/** Listings give one token for ever. */
	z.object({kind: z.literal('loop-token')}),
	/** Listings give the tokens A, B, A, B, … */
	z.object({kind: z.literal('cycle-token')}),
	/** The first page of a listing is empty and has a token. */
	z.object({kind: z.literal('empty-page')}),
	/** Second and later pages are refused with the service's invalid-token error. */
	z.object({kind: z.literal('expired-paging-token')}),
	/** Every credential seen so far has expired; another one is taken. */
	z.object({kind: z.literal('expired-credentials')}),
	/** The access key is unknown to AWS. */
	z.object({kind: z.literal('invalid-credentials')}),
	/** The server's clock differs: its Date header, and what it takes as a timely signature. */
	z.object({kind: z.literal('skew'), offsetMs: z.number()}),
	/** The Region is not opted in. */
	z.object({kind: z.literal('region-not-enabled')}),
	/** The handler's own errors as an internal failure of the service. */
	z.object({kind: z.literal('internal-error')}),
]);
export type Effect = z.infer<typeof effectSchema>;

/** A fault on demand. Unset matchers match everything. */
export const faultSchema = z.object({
	service: names.optional(),
	operation: names.optional(),
	awsRegion: names.optional(),
	accountId: names.optional(),
	/** Lets so many matching calls through first. */
	after: z.number().int().nonnegative().optional(),
	/** Strikes so often and then stays off. */
	times: z.number().int().positive().optional(),
	/** Strikes at random, seeded: the same run gives the same faults. */
	probability: share.optional(),
	effect: effectSchema,
});
export type Fault = z.input<typeof faultSchema>;
