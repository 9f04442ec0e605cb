/**
 * The candidates that somebody who typed `word` may have meant, nearest first: those that begin with it, those that hold it,
 * and those at most a third of its length away in single-character edits. At most `limit`; empty when nothing is near.
 */
export const nearest = (word: string, candidates: Iterable<string>, limit = 3): readonly string[] => {
	const wanted = word.toLowerCase();
	const far = Math.max(1, Math.floor(wanted.length / 3));
	const scored: Array<{readonly candidate: string; readonly distance: number}> = [];
	for (const candidate of candidates) {
		const text = candidate.toLowerCase();
		const edits = distance(wanted, text, far);
		// Part of a longer id counts as near, but after what differs by a slip of the finger.
		const partial = wanted.length > 2 && text.includes(wanted) ? far + (text.startsWith(wanted) ? 0.25 : 0.5) : Number.POSITIVE_INFINITY;
		const best = Math.min(edits, partial);
		if (best <= far + 0.5) {
			scored.push({candidate, distance: best});
		}
	}

	return scored
		.toSorted((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
		.slice(0, limit)
		.map(({candidate}) => candidate);
};

/** `, did you mean …?`, or nothing. Ready to be put behind a message. */
export const didYouMean = (word: string, candidates: Iterable<string>): string => {
	const near = nearest(word, candidates);
	return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
};

/** Damerau-Levenshtein (adjacent swaps count as one), or Infinity when above `limit`. */
const distance = (a: string, b: string, limit: number): number => {
	if (Math.abs(a.length - b.length) > limit) {
		return Number.POSITIVE_INFINITY;
	}

	let beforeLast: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, index) => index);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
			}

			current.push(cost);
		}

		beforeLast = last;
		last = current;
	}

	const edits = last[b.length] ?? 0;
	return edits > limit ? Number.POSITIVE_INFINITY : edits;
};
