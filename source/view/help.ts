import {ours, severities} from '../model/index.js';
import {gap, type Line, span, words} from './line.js';
import type {Look} from './look.js';
import {changeMark} from './row-words.js';
import {severityFace, verdictFace} from './theme.js';
import type {KeyHint} from './ui-state.js';
import {padEnd, widthOf} from './width.js';

/** Keys that belong together. */
export type HelpSection = {readonly title: string; readonly keys: readonly KeyHint[]};

/** All keys and what the signs mean, as lines to scroll through. */
export const helpLines = (allSections: readonly HelpSection[], look: Look): readonly Line[] => {
	const sections = allSections.map(({title, keys}) => ({title, keys: keys.map(hint => named(hint, look))}));
	const keyWidth = Math.max(...sections.flatMap(({keys}) => keys.map(hint => widthOf(hint.keys))));
	return [
		...sections.flatMap(({title, keys}): readonly Line[] => [
			[words(` ${title}`, 'dim')],
			...keys.map((hint): Line => [gap(3), span(padEnd(ours(hint.keys), keyWidth), 'strong'), gap(3), words(hint.label)]),
			[],
		]),
		[words(' Signs', 'dim')],
		[
			gap(3),
			...severities.toReversed().flatMap(severity => {
				const {glyph, word, style} = severityFace(severity, look.theme);
				return [span(glyph, style), gap(1), span(word), gap(3)];
			}),
		],
		[
			gap(3),
			...(['UNKNOWN', 'PASS', 'NOT_APPLICABLE'] as const).flatMap(verdict => {
				const {glyph, word, style} = verdictFace(verdict, 'LOW', look.theme);
				return [span(glyph, style), gap(1), span(word), gap(3)];
			}),
			words('~ muted', 'dim'),
		],
		[
			gap(3),
			...(
				[
					['opened', 'new'],
					['gone', 'gone'],
					['worsened', 'worse'],
					['improved', 'better'],
				] as const
			).flatMap(([type, word]) => [changeMark(type), words(` ${word}   `)]),
			words('for a minute after it happened', 'dim'),
		],
		[gap(3), words('unknown: it could not be read, and the detail says which permission is missing', 'dim')],
	];
};

/** The keys that work here and now, as many as fit: `⏎ open   / filter   ? keys   q quit`. The last two, help and the way out, are there first. */
export const footerLine = (all: readonly KeyHint[], look: Look, columns: number): Line => {
	const hints = all.map(hint => named(hint, look));
	const widthOfAll = (some: readonly KeyHint[]): number => some.reduce((sum, hint) => sum + hintWidth(hint) + 3, -2);
	const kept = hints.slice(-2);
	const shown = hints.slice(0, -2);
	while (shown.length > 0 && widthOfAll([...shown, ...kept]) > columns) {
		shown.pop();
	}

	return [gap(1), ...[...shown, ...kept].flatMap((hint, index) => [...(index > 0 ? [gap(3)] : []), ...hintLine(hint)])];
};

/** Signs on keys as words, where signs cannot be shown. */
const named = ({keys, label}: KeyHint, {theme}: Look): KeyHint =>
	theme.ascii ? {keys: keys.replace('⏎', 'Enter').replace(/[↑↓←→]+/u, 'arrows'), label} : {keys, label};

const hintWidth = ({keys, label}: KeyHint): number => widthOf(keys) + 1 + widthOf(label);

const hintLine = ({keys, label}: KeyHint): Line => [words(keys, 'strong'), words(` ${label}`, 'dim')];
