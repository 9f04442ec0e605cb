import type {Seen} from '../../../model/index.js';
/** From where the next delta reads on. */
export type Watermark =
	| {
			/** When the last poll began, in milliseconds since 1970: the unit of Macie's `updatedAt` criterion. */
			readonly atMs: number;
			/**
			 * Ids with the moment they count from, milliseconds. The window opens five minutes before the last poll began,
			 * because Macie may list a finding some time after the moment it bears. `ListFindings` names ids only, so what the
			 * window showed before is remembered and not fetched again. That may delay the second of two updates within five
			 * minutes, until the first leaves the window: classification findings never change, and policy findings are updated
			 * at most every fifteen minutes. https://docs.aws.amazon.com/macie/latest/user/findings-publish-frequency.html
			 */
			readonly seen: Seen;
	  }
	/** Macie was off. The next delta looks whether it is on now. */
	| {readonly off: true};

export const writeWatermark = (watermark: Watermark): string =>
	JSON.stringify('off' in watermark ? watermark : {at: watermark.atMs, seen: watermark.seen});

/** Undefined where the text is none of ours: an older version's, or damaged. */
export const readWatermark = (text: string): Watermark | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return undefined;
		if ('off' in value) return {off: true};
		if (!('at' in value && 'seen' in value) || typeof value.at !== 'number' || !Array.isArray(value.seen)) return undefined;
		const seen = value.seen.filter(
			(entry): entry is readonly [string, number] => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number',
		);
		return {atMs: value.at, seen};
	} catch {
		return undefined;
	}
};
