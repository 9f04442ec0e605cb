/** Lines that are on the screen already, only higher or lower: rows `from` to `to` (inclusive) move up by `by`, down where it is negative. */
export type Shift = {readonly from: number; readonly to: number; readonly by: number};

// A list moves by a line, or by the two that a row with more to say takes.
const offsets = [1, -1, 2, -2, 3, -3] as const;

/** Telling a terminal to move lines costs some twenty bytes: fewer lines than that are cheaper written again. */
const worthMoving = 4;

/** The run of rows that stand in `before` at `by` rows below, and not where they are. The longest, if there is one. */
const longestRun = (
	before: readonly string[],
	after: readonly string[],
	by: number,
): {readonly start: number; readonly gain: number; readonly end: number} => {
	let best = {start: 0, end: 0, gain: 0};
	for (let row = Math.max(0, -by); row < after.length; row++) {
		let end = row;
		let gain = 0;
		while (end < after.length && end + by < before.length && after[end] === before[end + by]) {
			gain += after[end] === before[end] ? 0 : 1;
			end++;
		}

		if (gain > best.gain) {
			best = {start: row, end, gain};
		}

		row = Math.max(row, end);
	}

	return best;
};

/** How most of what changed can be had by moving lines, or undefined where it cannot. */
export const shiftBetween = (before: readonly string[], after: readonly string[]): Shift | undefined => {
	let best: (Shift & {readonly gain: number}) | undefined;
	for (const by of offsets) {
		const {start, end, gain} = longestRun(before, after, by);
		if (gain >= worthMoving && gain > (best?.gain ?? 0)) {
			best = by > 0 ? {from: start, to: end - 1 + by, by, gain} : {from: start + by, to: end - 1, by, gain};
		}
	}

	return best;
};

/** What stands on the screen after it: the moved lines, and blank ones where they came from. */
export const shifted = (lines: readonly string[], {from, to, by}: Shift): readonly string[] =>
	lines.map((line, row) => {
		if (row < from || row > to) {
			return line;
		}

		const source = row + by;
		return source >= from && source <= to ? (lines[source] ?? '') : '';
	});
