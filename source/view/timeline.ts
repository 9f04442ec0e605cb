import {type ExpirationRow, ours, type PanelSummary, type SafeText, type Window} from '../model/index.js';
import {filterLine} from './filter-line.js';
import {fitLine, gap, type Line, type Size, type Style, span, words} from './line.js';
import {listLines} from './list-frame.js';
import type {Look} from './look.js';
import {exact, relative} from './time.js';
import type {ListState, Prompt} from './ui-state.js';
import {cutEnd, cutMiddle, padEnd, padStart, widthOf} from './width.js';

export type TimelineInput = {
	readonly window: Window<ExpirationRow> | undefined;
	readonly list: ListState;
	readonly prompt: Prompt | undefined;
	readonly panels: ReadonlyArray<Pick<PanelSummary, 'id' | 'title'>>;
};

const dayMs = 86_400_000;
const marks: ReadonlyArray<{readonly until: number; readonly label: string; readonly style: Style}> = [
	{until: 0, label: 'past', style: 'critical'},
	{until: dayMs, label: 'today', style: 'critical'},
	{until: 7 * dayMs, label: '7 d', style: 'high'},
	{until: 30 * dayMs, label: '30 d', style: 'medium'},
	{until: 90 * dayMs, label: '90 d', style: 'plain'},
	{until: 365 * dayMs, label: 'a year', style: 'dim'},
	{until: Number.POSITIVE_INFINITY, label: 'later', style: 'dim'},
];

const markOf = (at: string, now: string) => {
	const awayMs = Date.parse(at) - Date.parse(now);
	return marks.find(({until}) => awayMs <= until) ?? marks.at(-1);
};

/** What ends when, soonest first: one line an event, the scale down the side. */
export const timelineBody = (input: TimelineInput, look: Look, {columns, rows}: Size): readonly Line[] => {
	const {window, list} = input;
	const filter = filterLine(input, look, columns);
	if (window === undefined) {
		return [filter, [words('   reading…', 'dim')]];
	}

	if (window.matching === 0) {
		return [filter, [], [words(`   ${list.filter === '' ? 'nothing that was read has an end' : 'nothing matches'}`, 'dim')]];
	}

	const whatWidth = Math.min(24, Math.max(8, ...window.rows.map(({what}) => widthOf(look.show(what)))));
	const draw = (row: ExpirationRow, selected: boolean, index: number): readonly Line[] => [
		drawEvent(row, window.rows[index - 1 - window.offset], index === list.top, selected, whatWidth, input.panels, look, columns),
	];
	return [filter, ...listLines(window, list, Math.max(0, rows - 1), draw)];
};

/** How many lines of the timeline are events. */
export const timelineListRows = (rows: number): number => Math.max(1, rows - 1);

const drawEvent = (
	row: ExpirationRow,
	before: ExpirationRow | undefined,
	isFirst: boolean,
	selected: boolean,
	whatWidth: number,
	panels: TimelineInput['panels'],
	look: Look,
	columns: number,
): Line => {
	const mark = markOf(row.at, look.now);
	const isNewMark = isFirst || before === undefined || markOf(before.at, look.now) !== mark;
	const label: SafeText = ours(isNewMark ? (mark?.label ?? '') : '');
	const style = row.stale ? 'dim' : (mark?.style ?? 'plain');
	const wide = columns >= 90;
	const tail = wide ? 2 + 14 + 2 + 14 + 2 + 13 : 0;
	const nameWidth = Math.max(1, columns - 3 - 9 - 10 - whatWidth - 4 - tail - 1);
	const panel = look.show(panels.find(({id}) => id === row.service)?.title ?? row.service);
	return fitLine(
		[
			words(selected ? ' › ' : '   ', 'accent'),
			span(padStart(label, 6), 'dim'),
			words(isNewMark ? ' ┤ ' : ' │ ', 'dim'),
			span(padStart(relative(row.at, look.now), 8), style),
			gap(2),
			span(padEnd(cutEnd(look.show(row.what), whatWidth), whatWidth), row.stale ? 'dim' : 'plain'),
			gap(2),
			span(padEnd(cutMiddle(look.show(row.name), nameWidth), nameWidth), selected ? 'accent' : row.stale ? 'dim' : 'plain'),
			...(wide
				? [
						gap(2),
						span(padEnd(cutEnd(panel, 14), 14), 'dim'),
						gap(2),
						span(padEnd(cutEnd(look.show(row.awsRegion), 14), 14), 'dim'),
						gap(2),
						span(padStart(exact(row.at, look.now, look.timeZone), 13), 'dim'),
					]
				: []),
		],
		columns,
	);
};
