import {type Overview, ours, type PanelSummary, type Row, type SafeText} from '../model/index.js';
import {count} from './cell.js';
import {countsLine, failures} from './counts.js';
import {cutLine, dimmed, fitLine, gap, type Line, lineWidth, type Style, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {ageWords, type PanelState, panelState} from './outcome.js';
import {dueWords, recentMark, rowFace} from './row-words.js';
import {clock, shortSpan} from './time.js';
import {cutEnd, cutMiddle, widthOf} from './width.js';

/** Nothing to look at: no failure, nothing unknown, nothing stale, everything read or set aside on purpose. */
export const isQuiet = (panel: PanelSummary, state: PanelState): boolean =>
	failures(panel.counts) === 0 &&
	panel.counts.unknown === 0 &&
	!state.stale &&
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
	const border: Style = selected ? 'accent' : 'dim';
	const body = panelBody(panel, state, look, inner, rows - 2);
	return [
		topBorder(panel, state, look, columns, selected),
		...body.map(line => [words('│', border), ...fitLine(line, inner), gap(1), words('│', border)]),
		bottomBorder(state, look, columns, selected, border),
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

const bottomBorder = (state: PanelState, look: Look, columns: number, selected: boolean, border: Style): Line => {
	if (selected && state.nextAt !== undefined && columns > 30) {
		// Only where somebody looks: a countdown in every panel would be motion without meaning.
		const next = say`next ${shortSpan(Date.parse(state.nextAt) - Date.parse(look.now))}`;
		return [words(`╰${'─'.repeat(columns - 5 - widthOf(next))} `, border), span(next, 'dim'), words(' ─╯', border)];
	}

	return [words(`╰${'─'.repeat(Math.max(0, columns - 2))}╯`, border)];
};

/** What stands inside, in exactly `rows` lines with a gutter for marks: trouble or counts, then the worst rows. */
export const panelBody = (panel: PanelSummary, state: PanelState, look: Look, columns: number, rows: number): readonly Line[] => {
	const head = headLines(panel, state, look, columns - 1).map(line => [gap(1), ...line]);
	const room = rows - head.length;
	const worth = panel.top.filter(row => row.verdict === 'FAIL' || row.verdict === 'UNKNOWN' || row.due !== undefined);
	const total = failures(panel.counts) + panel.counts.unknown;
	const showsAll = worth.length <= room && total <= worth.length;
	const listed = worth.slice(0, Math.max(0, showsAll ? room : room - 1));
	const rest = total - listed.filter(row => row.verdict === 'FAIL' || row.verdict === 'UNKNOWN').length;
	const body: readonly Line[] = [
		...listed.map(row => panelRow(row, panel.leads, look, columns)),
		...(!showsAll && room > 0 && rest > 0 ? [spread([span(say` ${count(rest)} more`, 'dim')], [words('›', 'dim')], columns)] : []),
	];
	// What could not be read speaks up; what is only old steps back.
	const isBlind = state.trouble?.blind === true;
	const lines = [...head, ...body]
		.slice(0, Math.max(0, rows))
		.map((line, index) => (state.stale && !(index === 0 && isBlind) ? dimmed(line) : line));
	return [...lines, ...Array.from({length: Math.max(0, rows - lines.length)}, (): Line => [])];
};

const headLines = (panel: PanelSummary, {trouble, capturedAt}: PanelState, look: Look, columns: number): readonly Line[] => {
	const counts = countsLine(panel.counts, look.theme);
	if (trouble !== undefined && (trouble.blind || capturedAt === undefined)) {
		const words_: Line = [span(cutEnd(trouble.text, columns), trouble.style)];
		return capturedAt === undefined ? [words_] : [words_, [...counts, span(say`   (as of ${clock(capturedAt, look.timeZone)})`, 'dim')]];
	}

	const all = counts.length > 0 ? counts : [words(panel.total === 0 ? 'nothing here' : 'all well', panel.total === 0 ? 'dim' : 'pass')];
	const room = columns - lineWidth(all) - 2;
	const aside = [trouble?.text, trouble?.brief].find(text => text !== undefined && widthOf(text) <= room);
	return [aside === undefined || trouble === undefined ? all : spread(all, [span(aside, trouble.style)], columns)];
};

/** `+■ prod/payments   deletion in 4 d`, with the mark of a fresh change before it: the name keeps its ends, the time is never cut. */
export const panelRow = (row: Row, leads: PanelSummary['leads'], look: Look, columns: number): Line => {
	const face = rowFace(row, look);
	const room = Math.max(0, columns - 3);
	const name = look.show(row.name);
	const told =
		toldOf(row, leads, look).find((text, index, all) => widthOf(name) + 2 + widthOf(text) <= room || index === all.length - 1) ?? ours('');
	// The sentence gets what the name leaves, but a name never more than half of the line where both are long.
	const nameWidth = Math.min(widthOf(name), Math.max(room - widthOf(told) - 2, Math.ceil(room * 0.45)));
	const rightWidth = room - nameWidth - 2;
	const right = rightWidth < 4 ? ours('') : cutEnd(told, rightWidth);
	return cutLine(
		[
			recentMark(row, look),
			span(face.glyph, face.style),
			gap(1),
			...spread(
				[span(cutMiddle(name, right === '' ? room : nameWidth), face.style === 'dim' ? 'dim' : 'plain')],
				[span(right, 'dim')],
				room,
			),
		],
		columns,
	);
};

/** What a row says beside its name, fullest first: when it ends where the panel is about that, else what is wrong. An end that is not why a row is bad would hide why. */
const toldOf = (row: Row, leads: PanelSummary['leads'], look: Look): readonly SafeText[] => {
	if (row.due === undefined || leads === 'worst') {
		return [look.show(row.reason)];
	}

	const {whole, brief} = dueWords(row.due, look);
	return [whole, brief];
};
