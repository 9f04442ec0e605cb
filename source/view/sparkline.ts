import {ours, type SafeText} from '../model/index.js';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Values as bars in at most `columns`, the last of them at the end; empty for fewer than two. The scale is the values' own, at least 5 wide, so that noise does not look like news. */
export const sparkline = (values: readonly number[], columns: number): SafeText => {
	if (values.length < 2 || columns < 2) {
		return ours('');
	}

	// Each bar is the last value of its share, for a score is a state and not a sum.
	const width = Math.min(columns, values.length);
	const picked = Array.from({length: width}, (_, index) => values[Math.ceil(((index + 1) * values.length) / width) - 1] ?? 0);
	const low = Math.min(...picked);
	const range = Math.max(5, Math.max(...picked) - low);
	return ours(picked.map(value => bars[Math.min(bars.length - 1, Math.floor(((value - low) / range) * bars.length))] ?? '').join(''));
};
