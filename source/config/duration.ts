const unitMs = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000} as const;

/** Milliseconds of `90s`, `5m`, `1.5h`, `2d` or `1w`, or undefined where the text is no duration. */
export const durationMs = (text: string): number | undefined => {
	const found = /^(?<amount>\d{1,9}(?:\.\d{1,3})?)(?<unit>ms|s|m|h|d|w)$/.exec(text.trim());
	if (found?.groups === undefined) {
		return undefined;
	}

	// The expression names exactly the units of the table.
	const unit = found.groups['unit'] as keyof typeof unitMs;
	return Math.round(Number(found.groups['amount']) * unitMs[unit]);
};

/** The shortest exact text for a number of milliseconds: `90s`, `5m`, `1d`. */
export const durationText = (ms: number): string => {
	for (const unit of ['w', 'd', 'h', 'm', 's'] as const) {
		if (ms > 0 && ms % unitMs[unit] === 0) {
			return `${ms / unitMs[unit]}${unit}`;
		}
	}

	return `${ms}ms`;
};
