import {Exposed, type ExposedPort} from './exposed.js';

/** From where the next delta reads on. */
export type Watermark =
	/**
	 * When the last poll began, ISO 8601, and which ports were open. Inspector cannot sort by `updatedAt`, so the moment of
	 * the newest finding would not do.
	 */
	| {readonly at: string; readonly exposed: readonly ExposedPort[]}
	/** Inspector was off. The next delta looks whether it is on now. */
	| {readonly off: true};

export const writeWatermark = (watermark: Watermark): string => JSON.stringify(watermark);

/** Undefined where the text is none of ours: an older version's, or damaged. */
export const readWatermark = (text: string): Watermark | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return undefined;
		if ('off' in value) return {off: true};
		if (!('at' in value && 'exposed' in value) || typeof value.at !== 'string' || Number.isNaN(Date.parse(value.at))) return undefined;
		return Array.isArray(value.exposed) ? {at: value.at, exposed: value.exposed.filter(Exposed.isPort)} : undefined;
	} catch {
		return undefined;
	}
};
