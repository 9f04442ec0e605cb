import {isOneColumnEach} from '../view/width.js';
import {type Shift, shiftBetween, shifted} from './frame-shift.js';

/** One column of a terminal line: a character with its style, or the right half of a wide one (empty text). */
type Cell = {readonly text: string; readonly sgr: string};

const esc = '\u001B';
const sgrPattern = /\u001B\[([\d;]*)m/uy;

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The codes in force after one more SGR sequence. Knows the codes that the theme uses and Ink's ways to end them. */
const applySgr = (active: readonly string[], parameters: string): readonly string[] => {
	let codes = [...active];
	for (const code of parameters === '' ? ['0'] : parameters.split(';')) {
		if (code === '0') {
			codes = [];
		} else if (code === '22') {
			codes = codes.filter(other => other !== '1' && other !== '2');
		} else if (code === '27') {
			codes = codes.filter(other => other !== '7');
		} else if (code === '39') {
			codes = codes.filter(other => !/^[39]\d$/u.test(other));
		} else {
			codes = [...codes.filter(other => other !== code && !(/^[39]\d$/u.test(code) && /^[39]\d$/u.test(other))), code];
		}
	}

	return codes;
};

/** Runs of text in one style, as a painted line holds them. */
const runsOf = (line: string): ReadonlyArray<{readonly text: string; readonly sgr: string}> => {
	const runs: Array<{readonly text: string; readonly sgr: string}> = [];
	let active: readonly string[] = [];
	let index = 0;
	while (index < line.length) {
		if (line[index] === esc) {
			sgrPattern.lastIndex = index;
			const match = sgrPattern.exec(line);
			if (match !== null) {
				active = applySgr(active, match[1] ?? '');
				index += match[0].length;
				continue;
			}
		}

		const next = line.indexOf(esc, index + 1);
		const end = next === -1 ? line.length : next;
		runs.push({text: line.slice(index, end), sgr: active.toSorted().join(';')});
		index = end;
	}

	return runs;
};

const blank: Cell = {text: ' ', sgr: ''};

/** The cells of a line whose characters all take one column, or undefined for any other line. */
const cellsOf = (line: string, columns: number): readonly Cell[] | undefined => {
	const cells: Cell[] = [];
	for (const {text, sgr} of runsOf(line)) {
		if (!isOneColumnEach(text)) {
			return undefined;
		}

		for (const character of text) {
			cells.push({text: character, sgr});
		}
	}

	return cells.length > columns ? cells.slice(0, columns) : cells;
};

const isSame = (a: Cell | undefined, b: Cell | undefined): boolean => {
	const one = a ?? blank;
	const other = b ?? blank;
	return one.text === other.text && one.sgr === other.sgr;
};

const isBlank = (cell: Cell | undefined): boolean => isSame(cell, blank);

/** Writes text at a place in a style, and remembers both, so that nothing is said twice. */
class Pen {
	#written = '';
	#sgr = '';

	eraseScreen(): void {
		this.#written += `${esc}[H${esc}[J`;
	}

	/** Moves lines within a region of the screen (DECSTBM, SU and SD), and makes the whole screen the region again. */
	shift({from, to, by}: Shift): void {
		this.#written += `${esc}[${from + 1};${to + 1}r${esc}[${Math.abs(by)}${by > 0 ? 'S' : 'T'}${esc}[r`;
	}

	moveTo(row: number, column: number): void {
		this.#written += column === 0 ? `${esc}[${row + 1}H` : `${esc}[${row + 1};${column + 1}H`;
	}

	toColumn(column: number): void {
		this.#written += `${esc}[${column + 1}G`;
	}

	write({text, sgr}: Cell): void {
		if (sgr !== this.#sgr) {
			// One sequence that ends the old style and begins the new: shorter than two for all that the theme uses.
			this.#written += sgr === '' ? `${esc}[m` : this.#sgr === '' ? `${esc}[${sgr}m` : `${esc}[0;${sgr}m`;
			this.#sgr = sgr;
		}

		this.#written += text;
	}

	eraseToEnd(): void {
		this.plain();
		this.#written += `${esc}[K`;
	}

	plain(): void {
		if (this.#sgr !== '') {
			this.#written += `${esc}[m`;
			this.#sgr = '';
		}
	}

	done(): string {
		this.plain();
		return this.#written;
	}
}

// A jump costs six to nine bytes: fewer unchanged cells than that are cheaper written again.
const worthJumping = 7;

const writeChangedCells = (pen: Pen, row: number, before: readonly Cell[], after: readonly Cell[], columns: number): void => {
	let end = after.length;
	while (end > 0 && isBlank(after[end - 1])) {
		end--;
	}

	let column = 0;
	while (column < columns) {
		if (isSame(before[column], after[column])) {
			column++;
			continue;
		}

		pen.moveTo(row, column);
		let lastChanged = column;
		let at = column;
		// From here to the last change that is near enough to the one before.
		for (let ahead = column; ahead < columns && ahead - lastChanged <= worthJumping; ahead++) {
			if (!isSame(before[ahead], after[ahead])) {
				lastChanged = ahead;
			}
		}

		for (; at <= lastChanged; at++) {
			if (at >= end && lastChanged - at >= 3) {
				// Nothing but blanks to the end of the line: three bytes say it.
				pen.eraseToEnd();
				return;
			}

			pen.write(after[at] ?? blank);
		}

		column = at;
	}
};

const writeWholeLine = (pen: Pen, row: number, line: string, widthOf: (text: string) => number): void => {
	pen.moveTo(row, 0);
	pen.eraseToEnd();
	let column = 0;
	for (const {text, sgr} of runsOf(line)) {
		if (isOneColumnEach(text)) {
			pen.write({text, sgr});
			column += text.length;
			continue;
		}

		for (const {segment} of segmenter.segment(text)) {
			pen.write({text: segment, sgr});
			column += widthOf(segment);
			if (!isOneColumnEach(segment)) {
				// Terminals differ on how far this went. Saying where we are keeps what follows in its place.
				pen.toColumn(column);
			}
		}
	}

	pen.plain();
};

/**
 * What to write so that a terminal which shows `before` shows `after`: lines that moved are moved, then only the cells that
 * differ are written. Both are painted lines, from the top. `before` undefined means that nothing is known of the screen. Empty when nothing differs.
 */
export const diffFrames = (
	before: readonly string[] | undefined,
	after: readonly string[],
	columns: number,
	widthOf: (text: string) => number,
): string => {
	const pen = new Pen();
	if (before === undefined) {
		pen.eraseScreen();
	}

	let shown = before ?? [];
	const shift = shiftBetween(shown, after);
	if (shift !== undefined) {
		pen.shift(shift);
		shown = shifted(shown, shift);
	}

	for (let row = 0; row < Math.max(shown.length, after.length); row++) {
		const old = shown[row] ?? '';
		const line = after[row] ?? '';
		if (old === line) {
			continue;
		}

		const next = cellsOf(line, columns);
		const previous = cellsOf(old, columns);
		if (next === undefined || previous === undefined) {
			writeWholeLine(pen, row, line, widthOf);
		} else {
			writeChangedCells(pen, row, previous, next, columns);
		}
	}

	return pen.done();
};
