import stringWidth from 'string-width';
import type {SafeText} from '../model/index.js';

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * Text of characters of which every terminal and every version of Unicode says that they take one column each, and one
 * UTF-16 unit: what our own frames are made of, and nearly every AWS name. Measuring it is counting it.
 */
const oneColumnEach =
	/^[\x20-\x7E\u00A1-\u00AC\u00AE-\u02FF\u0391-\u03A1\u03A3-\u03CE\u0410-\u044F\u2010-\u2015\u2018-\u201D\u2020-\u2026\u2039\u203A\u2190-\u2193\u2212\u2500-\u25CF\u2713]*$/u;

export const isOneColumnEach = (text: string): boolean => oneColumnEach.test(text);

/** Columns that the text takes in a terminal. */
export const widthOf = (text: string): number => (isOneColumnEach(text) ? text.length : stringWidth(text));

// Parts of safe text, joined with our own ellipsis and blanks, are safe text: nothing in here can make an escape sequence of two harmless halves.
const stillSafe = (text: string): SafeText => text as SafeText;

/** As many whole characters from the start as fit, and how wide they are. */
const take = (text: string, columns: number): {readonly text: string; readonly width: number} => {
	if (isOneColumnEach(text)) {
		const taken = text.slice(0, Math.max(0, columns));
		return {text: taken, width: taken.length};
	}

	let taken = '';
	let width = 0;
	for (const {segment} of segmenter.segment(text)) {
		const next = widthOf(segment);
		if (width + next > columns) {
			break;
		}

		taken += segment;
		width += next;
	}

	return {text: taken, width};
};

const takeFromEnd = (text: string, columns: number): string => {
	if (isOneColumnEach(text)) {
		return columns <= 0 ? '' : text.slice(-columns);
	}

	let taken = '';
	let width = 0;
	for (const {segment} of [...segmenter.segment(text)].toReversed()) {
		const next = widthOf(segment);
		if (width + next > columns) {
			break;
		}

		taken = segment + taken;
		width += next;
	}

	return taken;
};

/** At most `columns` wide: what does not fit goes from the end, for sentences. */
export const cutEnd = (text: SafeText, columns: number): SafeText => {
	if (columns <= 0) {
		return stillSafe('');
	}

	return widthOf(text) <= columns ? text : stillSafe(`${take(text, columns - 1).text.trimEnd()}…`);
};

/** At most `columns` wide: what does not fit goes from the middle, for names, whose ends tell them apart. */
export const cutMiddle = (text: SafeText, columns: number): SafeText => {
	if (widthOf(text) <= columns) {
		return text;
	}

	if (columns <= 3) {
		return cutEnd(text, columns);
	}

	const tail = Math.floor((columns - 1) / 2);
	const head = columns - 1 - tail;
	return stillSafe(`${take(text, head).text}…${takeFromEnd(text, tail)}`);
};

/** Blanks behind, to exactly `columns` where the text is narrower. */
export const padEnd = (text: SafeText, columns: number): SafeText => {
	const missing = columns - widthOf(text);
	return missing > 0 ? stillSafe(text + ' '.repeat(missing)) : text;
};

/** Blanks before, to exactly `columns` where the text is narrower: for numbers and times. */
export const padStart = (text: SafeText, columns: number): SafeText => {
	const missing = columns - widthOf(text);
	return missing > 0 ? stillSafe(' '.repeat(missing) + text) : text;
};

/** The text in lines of at most `columns`, broken at blanks where there are any. At least one line. */
export const wrap = (text: SafeText, columns: number): readonly SafeText[] => {
	if (columns <= 0) {
		return [stillSafe('')];
	}

	const lines: SafeText[] = [];
	let line = '';
	let width = 0;
	const flush = () => {
		lines.push(stillSafe(line));
		line = '';
		width = 0;
	};

	for (const word of text.split(' ')) {
		let rest = word;
		let restWidth = widthOf(rest);
		if (line !== '' && width + 1 + restWidth > columns) {
			flush();
		}

		while (restWidth > columns) {
			const head = take(rest, columns);
			if (head.text === '') {
				// One character wider than the whole column: nothing of it can be shown.
				rest = '';
				restWidth = 0;
				break;
			}

			lines.push(stillSafe(head.text));
			rest = rest.slice(head.text.length);
			restWidth = widthOf(rest);
		}

		if (line === '') {
			line = rest;
			width = restWidth;
		} else {
			line += ` ${rest}`;
			width += 1 + restWidth;
		}
	}

	flush();
	return lines;
};
