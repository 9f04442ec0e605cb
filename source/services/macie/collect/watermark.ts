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
			readonly seen: ReadonlyArray<readonly [id: string, ms: number]>;
	  }
	/** Macie was off. The next delta looks whether it is on now. */
	| {readonly off: true};

export const overlapMs = 5 * 60_000;

// A burst beyond this is fetched again by the next polls, which costs calls and loses nothing.
const maxSeen = 2000;

/** What the next window will still show: the earlier of a finding's own time and the time of reading, in case the clocks differ. */
export const seenFrom = (
	startedAtMs: number,
	before: ReadonlyArray<readonly [id: string, ms: number]>,
	read: ReadonlyArray<{readonly id: string; readonly updatedAt: string}>,
): ReadonlyArray<readonly [id: string, ms: number]> => {
	const seen = new Map(before);
	for (const {id, updatedAt} of read) {
		const updatedAtMs = Date.parse(updatedAt);
		seen.set(id, Number.isNaN(updatedAtMs) ? startedAtMs : Math.min(updatedAtMs, startedAtMs));
	}

	return [...seen]
		.filter(([, ms]) => ms >= startedAtMs - overlapMs)
		.sort(([, one], [, other]) => other - one)
		.slice(0, maxSeen);
};

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
