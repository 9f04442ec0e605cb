import {ours, type SafeText} from '../model/index.js';
import {cutEnd, padEnd, widthOf} from './width.js';

/** What a piece of text means. Colours follow from it in the theme, and nowhere else. */
export type Style =
	| 'plain'
	| 'dim'
	| 'strong'
	/** What is selected: the one accent. */
	| 'accent'
	| 'critical'
	| 'high'
	| 'medium'
	| 'low'
	| 'unknown'
	| 'pass'
	| 'warning'
	| 'error'
	/** Where typed text goes. */
	| 'cursor';

export type Span = {readonly text: SafeText; readonly style: Style};

/** One line of a screen. Views hand out lines; only `paint` turns them into characters for a terminal. */
export type Line = readonly Span[];

/** How many columns and rows there are to fill. */
export type Size = {readonly columns: number; readonly rows: number};

export const span = (text: SafeText, style: Style = 'plain'): Span => ({text, style});

/** A line of our own words. Never hand it a value from outside. */
export const words = (literal: string, style: Style = 'plain'): Span => ({text: ours(literal), style});

/** A sentence with values in it: the words are ours, the values were made safe before, or the compiler refuses. */
export const say = (literals: TemplateStringsArray, ...values: ReadonlyArray<SafeText | number>): SafeText =>
	ours(String.raw({raw: literals}, ...values));

export const gap = (columns: number): Span => words(' '.repeat(Math.max(0, columns)));

export const lineWidth = (line: Line): number => {
	let width = 0;
	for (const {text} of line) {
		width += widthOf(text);
	}

	return width;
};

/** The line, cut at its end so that it takes at most `columns`. */
export const cutLine = (line: Line, columns: number): Line => {
	const cut: Span[] = [];
	let left = columns;
	for (const piece of line) {
		if (left <= 0) {
			break;
		}

		const width = widthOf(piece.text);
		if (width <= left) {
			cut.push(piece);
			left -= width;
			continue;
		}

		cut.push(span(cutEnd(piece.text, left), piece.style));
		break;
	}

	return cut;
};

/** The line at exactly `columns`: cut or padded at its end. */
export const fitLine = (line: Line, columns: number): Line => {
	const cut = cutLine(line, columns);
	const missing = columns - lineWidth(cut);
	return missing > 0 ? [...cut, gap(missing)] : cut;
};

/** Left and right on one line of exactly `columns`. Where they do not fit, the left is cut: verdicts, times and counts stand on the right. */
export const spread = (left: Line, right: Line, columns: number): Line => {
	const rightCut = cutLine(right, columns);
	const rightWidth = lineWidth(rightCut);
	const room = columns - rightWidth - (rightWidth > 0 ? 1 : 0);
	return [...fitLine(left, Math.max(0, room)), ...(rightWidth > 0 && room >= 0 ? [gap(1)] : []), ...rightCut];
};

/** Text in a cell of a table at exactly `columns`. */
export const textCell = (text: SafeText, columns: number, style: Style = 'plain'): Span =>
	span(padEnd(cutEnd(text, columns), columns), style);

/** The same line as if seen from afar: all meaning kept in words and glyphs, no colour. */
export const dimmed = (line: Line): Line => line.map(piece => (piece.style === 'dim' ? piece : span(piece.text, 'dim')));

/** Exactly `rows` lines of exactly `columns`: cut or filled with blanks at the end. */
export const fillScreen = (lines: readonly Line[], {columns, rows}: Size): readonly Line[] => {
	const filled = lines.slice(0, Math.max(0, rows)).map(line => fitLine(line, columns));
	while (filled.length < rows) {
		filled.push(columns > 0 ? [gap(columns)] : []);
	}

	return filled;
};
