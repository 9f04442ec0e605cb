import {ours, type SafeText} from '../model/index.js';
import {gap, type Line, type Style, span, words} from './line.js';
import {padEnd, wrap} from './width.js';

/** A titled part of a detail with a blank line before it, or nothing where it has no lines. */
export const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [[], [words(` ${title}`, 'dim')], ...lines];

/** Text in lines, indented. */
export const paragraph = (text: SafeText, style: Style, indent: number, columns: number): readonly Line[] =>
	wrap(text, Math.max(1, columns - indent - 1)).map(line => [gap(indent), span(line, style)]);

/** `observed    DeletionDate …`: a name in front, the text beside it in lines. */
export const labelled = (label: string, text: SafeText, style: Style, columns: number): readonly Line[] => {
	const width = 12;
	return wrap(text, Math.max(1, columns - 3 - width - 1)).map((line, index) => [
		gap(3),
		span(padEnd(ours(index === 0 ? label : ''), width), 'dim'),
		span(line, style),
	]);
};
