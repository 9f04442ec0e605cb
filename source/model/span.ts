export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** What AWS charges by: prices a month are prices of thirty days here. */
export const monthMs = 30 * dayMs;

/** Milliseconds from one ISO 8601 moment to another; negative where `to` comes first, NaN where one is no moment. */
export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/**
 * A length of time in words, cut and never rounded up: `6 days`, below two days `31 hours`, below two hours `95 minutes`,
 * below two minutes `a moment`. Of a negative length its size.
 */
export const spanInWords = (ms: number): string => {
	const size = Math.abs(ms);
	if (size >= 2 * dayMs) {
		return counted(Math.floor(size / dayMs), 'day');
	}

	if (size >= 2 * hourMs) {
		return counted(Math.floor(size / hourMs), 'hour');
	}

	const minutes = Math.floor(size / 60_000);
	return minutes >= 2 ? counted(minutes, 'minute') : 'a moment';
};
