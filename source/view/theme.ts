import {ours, type SafeText, type Severity, type Verdict} from '../model/index.js';
import type {Line, Style} from './line.js';
import {widthOf} from './width.js';

/** What the terminal can show. */
export type Theme = {
	/** False: bold and dim only (`NO_COLOR`). */
	readonly colour: boolean;
	/** True: nothing but printable ASCII, severities as letters. */
	readonly ascii: boolean;
	/** False: no escape sequence at all, for text that goes to a file or a test. */
	readonly sgr: boolean;
};

/** What to show in a terminal, from its environment: `NO_COLOR`, `TERM` and the locale. */
export const detectTheme = (environment: Readonly<Record<string, string | undefined>>): Theme => {
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
	const isDumb = environment['TERM'] === 'dumb';
	return {
		colour: !environment['NO_COLOR'] && !isDumb,
		// An empty locale says nothing of the terminal: many containers have none, and all of today's terminals know UTF-8.
		ascii: isDumb || environment['TERM'] === 'linux' || /^(C|POSIX)$/u.test(locale) || (/\./u.test(locale) && !/utf-?8/iu.test(locale)),
		sgr: true,
	};
};

export const plainTheme: Theme = {colour: false, ascii: false, sgr: false};

/** How one answer looks: glyph, word and style, in that order of trust. */
export type Face = {readonly glyph: SafeText; readonly word: SafeText; readonly style: Style};

const face = (glyph: string, word: string, style: Style): Face => ({glyph: ours(glyph), word: ours(word), style});

const faces: Readonly<Record<'unicode' | 'ascii', Readonly<Record<Severity | Exclude<Verdict, 'FAIL'>, Face>>>> = {
	unicode: {
		CRITICAL: face('■', 'critical', 'critical'),
		HIGH: face('▲', 'high', 'high'),
		MEDIUM: face('◆', 'medium', 'medium'),
		LOW: face('·', 'low', 'low'),
		INFORMATIONAL: face('·', 'info', 'low'),
		UNKNOWN: face('?', 'unknown', 'unknown'),
		PASS: face('✓', 'pass', 'pass'),
		NOT_APPLICABLE: face('–', 'n/a', 'dim'),
	},
	ascii: {
		CRITICAL: face('C', 'critical', 'critical'),
		HIGH: face('H', 'high', 'high'),
		MEDIUM: face('M', 'medium', 'medium'),
		LOW: face('L', 'low', 'low'),
		INFORMATIONAL: face('I', 'info', 'low'),
		UNKNOWN: face('?', 'unknown', 'unknown'),
		PASS: face('+', 'pass', 'pass'),
		NOT_APPLICABLE: face('-', 'n/a', 'dim'),
	},
};

export const severityFace = (severity: Severity, theme: Theme): Face => faces[theme.ascii ? 'ascii' : 'unicode'][severity];

export const verdictFace = (verdict: Verdict, severity: Severity, theme: Theme): Face =>
	faces[theme.ascii ? 'ascii' : 'unicode'][verdict === 'FAIL' ? severity : verdict];

// The sixteen colours that every theme of every terminal has made readable on its own background; the rest is default, bold and dim.
const colours: Readonly<Record<Style, string>> = {
	plain: '',
	dim: '2',
	strong: '1',
	accent: '1;36',
	critical: '1;31',
	high: '33',
	medium: '',
	low: '2',
	unknown: '35',
	pass: '32',
	warning: '33',
	error: '1;31',
	cursor: '7',
};

const withoutColour: Readonly<Record<Style, string>> = {
	...colours,
	accent: '1',
	critical: '1',
	high: '',
	unknown: '',
	pass: '',
	warning: '1',
	error: '1',
};

const asciiFor: Readonly<Record<string, string>> = {
	'·': '-',
	'…': '~',
	'›': '>',
	'‹': '<',
	'●': '*',
	'○': 'o',
	'–': '-',
	'−': '-',
	'—': '-',
	'×': 'x',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
	'⏎': '<',
	'─': '-',
	'│': '|',
	'╭': '+',
	'╮': '+',
	'╰': '+',
	'╯': '+',
	'├': '+',
	'┤': '+',
	'✓': '+',
	'▁': '_',
	'▂': '_',
	'▃': '.',
	'▄': '.',
	'▅': '-',
	'▆': '-',
	'▇': '=',
	'█': '=',
};

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Nothing but ASCII, and as wide as it was. What has no likeness becomes `?`. */
const toAscii = (text: string): string => {
	if (/^[\x20-\x7E]*$/u.test(text)) {
		return text;
	}

	let ascii = '';
	for (const {segment} of segmenter.segment(text)) {
		ascii += /^[\x20-\x7E]$/u.test(segment) ? segment : (asciiFor[segment] ?? '?'.repeat(widthOf(segment)));
	}

	return ascii;
};

/** The line as a terminal takes it: safe text and our own colour sequences, each ended on the same line. */
export const paint = (line: Line, theme: Theme): string => {
	const codes = theme.colour ? colours : withoutColour;
	let painted = '';
	let run = '';
	let runCode = '';
	const flush = () => {
		painted += runCode === '' || run === '' ? run : `\u001B[${runCode}m${run}\u001B[0m`;
		run = '';
	};

	for (const {text, style} of line) {
		const code = theme.sgr ? codes[style] : '';
		if (code !== runCode) {
			flush();
			runCode = code;
		}

		run += theme.ascii ? toAscii(text) : text;
	}

	flush();
	return painted;
};
