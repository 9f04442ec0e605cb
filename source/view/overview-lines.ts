import {type Overview, ours, type PanelSummary, type SafeText} from '../model/index.js';
import {count} from './cell.js';
import {worstCount} from './counts.js';
import {fitLine, gap, type Line, lineWidth, say, span, words} from './line.js';
import type {Look} from './look.js';
import {panelState} from './outcome.js';
import {verdictFace} from './theme.js';
import {relative} from './time.js';

const label = {also: ' also  ', quiet: ' quiet '} as const;

/** What stands before the pieces of these lines. */
export const labelWidth = label.also.length;

/** `◆3 Parameters`: a panel in the space of two words, with the worst that it has to say, or why it has nothing. */
export const foldedPiece = (panel: PanelSummary, overview: Overview, selected: boolean, look: Look): Line => {
	const {trouble, stale} = panelState(panel, overview, look);
	const counts = worstCount(panel.counts, look.theme);
	const told = trouble?.style === 'warning' || counts.length === 0 ? trouble?.brief : undefined;
	return [
		selected ? words('›', 'accent') : gap(1),
		...counts,
		...(counts.length > 0 ? [gap(1)] : []),
		span(look.show(panel.title), selected ? 'accent' : stale ? 'dim' : 'plain'),
		...(told === undefined ? [] : [span(say` ${told}`, 'warning')]),
		gap(2),
	];
};

/** Panels that have less to say than those in boxes, on as few lines as hold them. */
export const foldedLines = (
	folded: ReadonlyArray<readonly PanelSummary[]>,
	overview: Overview,
	selected: string | undefined,
	look: Look,
	columns: number,
): readonly Line[] =>
	folded.map((panels, index) =>
		fitLine(
			[
				index === 0 ? words(label.also, 'dim') : gap(labelWidth),
				...panels.flatMap(panel => foldedPiece(panel, overview, panel.id === selected, look)),
			],
			columns,
		),
	);

/** `quiet   ✓ Parameters 214   – Macie not set up`; no line where no panel is quiet. */
export const quietLines = (
	panels: readonly PanelSummary[],
	overview: Overview,
	selected: string | undefined,
	look: Look,
	columns: number,
): readonly Line[] => {
	if (panels.length === 0) {
		return [];
	}

	const pieces = panels.map((panel): Line => {
		const state = panelState(panel, overview, look);
		const face = verdictFace(state.notEnabled ? 'NOT_APPLICABLE' : 'PASS', 'LOW', look.theme);
		const isSelected = panel.id === selected;
		return [
			...(isSelected ? [words('›', 'accent')] : [gap(1)]),
			span(face.glyph, face.style),
			span(say` ${look.show(panel.title)}`, isSelected ? 'accent' : 'plain'),
			state.notEnabled ? words(' not set up', 'dim') : span(say` ${count(panel.total)}${nextEnd(panel, look)}`, 'dim'),
		];
	});
	// The selected panel must be on the line, even where not all are.
	const selectedIndex = panels.findIndex(({id}) => id === selected);
	let from = 0;
	const widthUntil = (last: number): number => pieces.slice(from, last + 1).reduce((sum, piece) => sum + lineWidth(piece) + 2, 8);
	while (from < selectedIndex && widthUntil(selectedIndex) > columns) {
		from++;
	}

	return [fitLine([words(label.quiet, 'dim'), ...pieces.slice(from).flatMap(piece => [...piece, gap(2)])], columns)];
};

/** Where time matters, a quiet panel still says when it will not be quiet any more. */
const nextEnd = (panel: PanelSummary, look: Look): SafeText => {
	const due = panel.leads === 'soonest' ? panel.top[0]?.due : undefined;
	return due === undefined ? ours('') : say`, next ${relative(due.at, look.now)}`;
};
