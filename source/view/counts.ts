import {type Counts, ours, type Severity, severities} from '../model/index.js';
import {count} from './cell.js';
import {gap, type Line, type Span, type Style, say, span} from './line.js';
import type {Theme} from './theme.js';
import {severityFace, verdictFace} from './theme.js';

/** Worst first. INFORMATIONAL is counted with LOW: neither wakes anybody. */
const shown = severities.toReversed().filter(severity => severity !== 'INFORMATIONAL');

export const failures = (counts: Counts): number => severities.reduce((sum, severity) => sum + counts[severity], 0);

const countOf = (counts: Counts, severity: Severity): number => (severity === 'LOW' ? counts.LOW + counts.INFORMATIONAL : counts[severity]);

type Entry = {readonly glyph: Span; readonly number: number; readonly word: string; readonly style: Style};

const entries = (counts: Counts, theme: Theme): readonly Entry[] => {
	const unknown = verdictFace('UNKNOWN', 'LOW', theme);
	return [
		...shown.map(severity => {
			const {glyph, word, style} = severityFace(severity, theme);
			return {glyph: span(glyph, style), number: countOf(counts, severity), word, style};
		}),
		{glyph: span(unknown.glyph, unknown.style), number: counts.unknown, word: 'unknown', style: unknown.style},
		{glyph: span(ours('~'), 'dim'), number: counts.muted, word: 'muted', style: 'dim' as const},
	].filter(({number}) => number > 0);
};

/** `■ 1   ▲ 2   ◆ 4   ? 1`: what there is none of is left out. */
export const countsLine = (counts: Counts, theme: Theme, separator = 3): Line =>
	entries(counts, theme).flatMap(({glyph, number, style}, index) => [
		...(index > 0 ? [gap(separator)] : []),
		glyph,
		span(say` ${count(number)}`, style),
	]);

/** `■1 ▲2 ◆4 ?1`, for the smallest places. */
export const tightCounts = (counts: Counts, theme: Theme): Line =>
	entries(counts, theme)
		.filter(({word}) => word !== 'muted')
		.flatMap(({glyph, number, style}, index) => [...(index > 0 ? [gap(1)] : []), glyph, span(count(number), style)]);

/** `■3`: the worst alone, for where the name takes the room. */
export const worstCount = (counts: Counts, theme: Theme): Line =>
	entries(counts, theme)
		.filter(({word}) => word !== 'muted')
		.slice(0, 1)
		.flatMap(({glyph, number, style}) => [glyph, span(count(number), style)]);

/** `■ 3 critical  ▲ 11 high  ? 9 unknown`: where there is room for the words. */
export const spelledCounts = (counts: Counts, theme: Theme): Line =>
	entries(counts, theme).flatMap(({glyph, number, word, style}, index) => [
		...(index > 0 ? [gap(2)] : []),
		glyph,
		// The word comes from the theme's own list.
		span(say` ${count(number)} ${ours(word)}`, style),
	]);
