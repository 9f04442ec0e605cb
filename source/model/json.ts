/** What survives a round trip through JSON. */
export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

/**
 * An SDK answer as plain JSON: dates as ISO 8601 strings, bytes as Base64. The gate converts every answer at once,
 * so that collectors, caches, evidence and exports all speak of the same values.
 */
export type Jsonified<T> = T extends Date
	? string
	: T extends Uint8Array
		? string
		: T extends string | number | boolean | null | undefined
			? T
			: T extends ReadonlyArray<infer Item>
				? ReadonlyArray<Jsonified<Item>>
				: T extends object
					? {readonly [K in keyof T]: Jsonified<T[K]>}
					: T;
