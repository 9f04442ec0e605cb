/** Ids of findings with the moment they count from, in milliseconds since 1970. */
export type Seen = ReadonlyArray<readonly [id: string, ms: number]>;

/** By how much the window of a poll reaches back before the last one began: a finding may be listed some time after the moment it bears. */
export const overlapMs = 5 * 60_000;

// A burst beyond this is fetched again by the next polls, which costs calls and loses nothing.
const maxSeen = 2000;

/** What the next window will still show: the earlier of a finding's own time and the time of reading, in case the clocks differ. */
export const seenFrom = (
	startedAtMs: number,
	before: Seen,
	read: ReadonlyArray<{readonly id: string; readonly updatedAt: string}>,
): Seen => {
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
