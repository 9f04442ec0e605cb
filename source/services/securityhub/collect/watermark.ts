/** From where the next delta reads on: when the last poll began, ISO 8601. Or Security Hub was off, and there is nothing to go on from. */
export type Watermark = {readonly at: string} | {readonly off: true};

export const writeWatermark = (watermark: Watermark): string => JSON.stringify(watermark);

/** Undefined where the text is none of ours: an older version's, or damaged. */
export const readWatermark = (text: string): Watermark | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return undefined;
		if ('off' in value) return {off: true};
		return 'at' in value && typeof value.at === 'string' && !Number.isNaN(Date.parse(value.at)) ? {at: value.at} : undefined;
	} catch {
		return undefined;
	}
};
