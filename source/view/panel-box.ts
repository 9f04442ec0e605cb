import {type Overview, ours, type PanelSummary, type Row} from '../model/index.js';
import {count} from './cell.js';
import {countsLine, failures} from './counts.js';
import {cutLine, dimmed, fitLine, gap, type Line, lineWidth, type Style, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {ageWords, type PanelState, panelState} from './outcome.js';
import {dueWords, recentMark, rowFace} from './row-words.js';
import {clock, shortSpan} from './time.js';
import {cutEnd, cutMiddle, padEnd, widthOf} from './width.js';

/** Nothing to look at: no failure, nothing unknown, nothing stale, all of it read or set aside on purpose. */
export const isQuiet = (panel: PanelSummary, state: PanelState): boolean =>
	failures(panel.counts) === 0 &&
	panel.counts.unknown === 0 &&
	!state.stale &&
	state.whole &&
	(state.notEnabled || state.capturedAt !== undefined) &&
	(state.trouble === undefined || state.trouble.style === 'dim');

export type BoxOptions = {
	readonly columns: number;
	/** Lines, borders included; at least 3. */
	readonly rows: number;
	readonly selected: boolean;
};

/** A panel as a box of exactly the size asked for: age in the title, counts, the worst of it. */
export const panelBox = (
	panel: PanelSummary,
	overview: Pick<Overview, 'problems' | 'traffic'>,
	look: Look,
	{columns, rows, selected}: BoxOptions,
): readonly Line[] => {
	const state = panelState(panel, overview, look);
	// The mark of a fresh change stands between border and glyph, so that no row pays for it.
	const inner = columns - 3;
	const body = panelBody(panel, state, look, inner, rows - 2);
	return [
		topBorder(panel, state, look, columns, selected),
		// Which one is selected is said once, on top: all round it would be written anew at every move.
		...body.map(line => [words('│', 'dim'), ...fitLine(line, inner), gap(1), words('│', 'dim')]),
		bottomBorder(state, look, columns, selected),
	];
};

const topBorder = (panel: PanelSummary, state: PanelState, look: Look, columns: number, selected: boolean): Line => {
	const border: Style = selected ? 'accent' : 'dim';
	const since = ageWords(state, look);
	// A total of something that was never read would be an invention.
	const total = state.capturedAt === undefined ? ours('') : say`${count(panel.total)} · `;
	const rightWidth = widthOf(total) + widthOf(since.text);
	const title = cutEnd(look.show(panel.title), Math.max(1, columns - rightWidth - 8));
	const rule = columns - widthOf(title) - rightWidth - 6;
	return [
		words('╭ ', border),
		span(title, selected ? 'accent' : 'strong'),
		words(` ${'─'.repeat(Math.max(0, rule))} `, border),
		span(total, 'dim'),
		span(since.text, since.style),
		words(' ╮', border),
	];
};

const bottomBorder = (state: PanelState, look: Look, columns: number, selected: boolean): Line => {
	if (selected && state.nextAt !== undefined && columns > 30) {
		// Only where somebody looks: a countdown in every panel would be motion without meaning.
		const next = say`next ${shortSpan(Date.parse(state.nextAt) - Date.parse(look.now))}`;
		return [words(`╰${'─'.repeat(columns - 5 - widthOf(next))} `, 'dim'), span(next, 'dim'), words(' ─╯', 'dim')];
	}

	return [words(`╰${'─'.repeat(Math.max(0, columns - 2))}╯`, 'dim')];
};

/** What stands inside, in exactly `rows` lines with a gutter for marks: trouble or counts, then the worst rows. */
export const panelBody = (panel: PanelSummary, state: PanelState, look: Look, columns: number, rows: number): readonly Line[] => {
	const head = headLines(panel, state, look, columns - 1).map(line => [gap(1), ...line]);
	const room = rows - head.length;
	const worth = panel.top.filter(row => row.verdict === 'FAIL' || row.verdict === 'UNKNOWN' || row.due !== undefined);
	const total = failures(panel.counts) + panel.counts.unknown;
	const showsAll = worth.length <= room && total <= worth.length;
	// The counts tell how many there are: with one line to spare, it is the worst itself.
	const listed = worth.slice(0, Math.max(0, showsAll || room === 1 ? room : room - 1));
	const rest = total - listed.filter(row => row.verdict === 'FAIL' || row.verdict === 'UNKNOWN').length;
	const body: readonly Line[] = [
		...panelRows(listed, panel.leads, look, columns),
		...(!showsAll && room > listed.length && rest > 0
			? [spread([span(say` ${count(rest)} more`, 'dim')], [words('›', 'dim')], columns)]
			: []),
	];
	// What could not be read speaks up; what is only old steps back.
	const isBlind = state.trouble?.blind === true;
	const lines = [...head, ...body]
		.slice(0, Math.max(0, rows))
		.map((line, index) => (state.stale && !(index === 0 && isBlind) ? dimmed(line) : line));
	return [...lines, ...Array.from({length: Math.max(0, rows - lines.length)}, (): Line => [])];
};

/** What a panel without failures says, which is less where not all of it was seen. */
export const wellWords = ({total}: PanelSummary, {trouble, whole}: PanelState): {readonly text: string; readonly isWell: boolean} => {
	const isSeen = whole && trouble?.style !== 'warning';
	return isSeen
		? {text: total === 0 ? 'nothing here' : 'all well', isWell: true}
		: {text: total === 0 ? 'nothing seen' : 'nothing wrong seen', isWell: false};
};

const headLines = (panel: PanelSummary, state: PanelState, look: Look, columns: number): readonly Line[] => {
	const {trouble, capturedAt} = state;
	const counts = countsLine(panel.counts, look.theme);
	if (trouble !== undefined && (trouble.blind || capturedAt === undefined)) {
		const words_: Line = [span(cutEnd(trouble.text, columns), trouble.style)];
		return capturedAt === undefined ? [words_] : [words_, [...counts, span(say`   (as of ${clock(capturedAt, look.timeZone)})`, 'dim')]];
	}

	const {text, isWell} = wellWords(panel, state);
	const all = counts.length > 0 ? counts : [words(text, isWell && panel.total > 0 ? 'pass' : 'dim')];
	const room = columns - lineWidth(all) - 2;
	const aside = [trouble?.text, trouble?.brief].find(text => text !== undefined && widthOf(text) <= room);
	return [aside === undefined || trouble === undefined ? all : spread(all, [span(aside, trouble.style)], columns)];
};

/** A panel's rows with their names in one column, as wide as the longest needs and never more than half of the panel. */
export const panelRows = (rows: readonly Row[], leads: PanelSummary['leads'], look: Look, columns: number): readonly Line[] => {
	const room = Math.max(0, columns - 3);
	const nameWidth = Math.min(Math.floor(room * 0.46), Math.max(0, ...rows.map(row => widthOf(look.show(row.name)))));
	return rows.map(row => panelRow(row, leads, look, columns, nameWidth));
};

/** `+■ prod/payments   deletion in 4 d`, with the mark of a fresh change before it: the name keeps its ends, the time is never cut. */
const panelRow = (row: Row, leads: PanelSummary['leads'], look: Look, columns: number, nameColumn: number): Line => {
	const face = rowFace(row, look);
	const room = Math.max(0, columns - 3);
	const name = look.show(row.name);
	const nameStyle = face.style === 'dim' ? 'dim' : 'plain';
	const beginning: Line = [recentMark(row, look), span(face.glyph, face.style), gap(1)];
	const due = leads === 'soonest' ? row.due : undefined;
	if (due === undefined) {
		// Sentences begin in one column, so that the eye runs down them; what does not fit is cut at their end.
		const reason = cutEnd(look.show(row.reason), Math.max(0, room - nameColumn - 2));
		return cutLine([...beginning, span(padEnd(cutMiddle(name, nameColumn), nameColumn), nameStyle), gap(2), span(reason, 'dim')], columns);
	}

	// Times end in one column, as numbers do; what ends is said where there is room for it.
	const {whole, brief} = dueWords(due, look);
	const told = widthOf(name) + 2 + widthOf(whole) <= room ? whole : brief;
	return cutLine(
		[...beginning, ...spread([span(cutMiddle(name, Math.max(0, room - widthOf(told) - 2)), nameStyle)], [span(told, 'dim')], room)],
		columns,
	);
};
