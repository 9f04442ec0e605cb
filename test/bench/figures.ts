/** One line of the table: what was measured, against what, and what it may be. */
export type Figure = {
	readonly name: string;
	/** As it stands in the table. */
	readonly budget: string;
	readonly measured: string;
	/** What it is compared with, measured in the same run, or empty. */
	readonly baseline: string;
	readonly ratio: string;
	readonly within: boolean;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/**
 * What work takes by itself, of several rounds: whatever else a machine does, and its clock when it slows down, only adds to CPU
 * time. Told as such in the table.
 */
export const quickest = (values: readonly number[]): number => Math.min(...values);

/** The nearest-rank percentile; 0 for no values. */
export const percentile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
};

export const milliseconds = (ms: number): string =>
	ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 1 ? `${ms.toFixed(1)} ms` : `${(ms * 1000).toFixed(1)} µs`;
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

const cell = (text: string, width: number): string => text.padEnd(width);

/** A Markdown table that is readable as it stands. */
export const printFigures = (figures: readonly Figure[]): string => {
	const rows = [
		['figure', 'budget', 'measured', 'baseline', 'ratio', ''],
		...figures.map(({name, budget, measured, baseline, ratio, within}) => [
			name,
			budget,
			measured,
			baseline,
			ratio,
			within ? 'ok' : 'OVER',
		]),
	];
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
	const lines = rows.map(row => `| ${row.map((text, column) => cell(text, widths[column] ?? 0)).join(' | ')} |`);
	return [lines[0], `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
};
