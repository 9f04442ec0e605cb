import {type Change, ours, type PanelSummary, type SafeText, severities, type Window} from '../model/index.js';
import {changeSentence} from './change-words.js';
import {filterLine} from './filter-line.js';
import {fitLine, gap, type Line, type Size, type Style, say, span, words} from './line.js';
import {listLines} from './list-frame.js';
import type {Look} from './look.js';
import {changeMark} from './row-words.js';
import {severityFace} from './theme.js';
import {clock, day} from './time.js';
import type {ListState, Prompt} from './ui-state.js';
import {cutEnd, cutMiddle, padEnd, widthOf, wrap} from './width.js';

export type ChangesInput = {
	readonly window: Window<Change> | undefined;
	readonly list: ListState;
	readonly prompt: Prompt | undefined;
	/** The moment of the last look, where only what is newer is shown. */
	readonly since: string | undefined;
	readonly panels: ReadonlyArray<Pick<PanelSummary, 'id' | 'title'>>;
};

const timeWidth = 13;

/** The feed: newest first, the time once a minute, each line a sentence. */
export const changesBody = (input: ChangesInput, look: Look, {columns, rows}: Size): readonly Line[] => {
	const {window, list, since} = input;
	const filter = filterLine(input, look, columns);
	const scope =
		since === undefined
			? ours(' All changes on record')
			: say` Since I last looked, ${day(since, look.now, look.timeZone)} ${clock(since, look.timeZone)}`;
	const head: readonly Line[] = [filter, [span(scope, 'dim')]];
	if (window === undefined) {
		return [...head, [words('   reading…', 'dim')]];
	}

	if (window.matching === 0) {
		return [
			...head,
			[],
			[words(since === undefined ? '   nothing has changed yet' : '   nothing has changed since then · a shows all', 'dim')],
		];
	}

	const names = window.rows.map(change => widthOf(look.show(change.resourceName)));
	const nameWidth = Math.min(Math.max(8, ...names), Math.max(8, Math.floor(columns * 0.28)));
	const draw = (change: Change, selected: boolean, index: number): readonly Line[] =>
		drawChange(change, window.rows[index - 1 - window.offset], selected, nameWidth, input.panels, look, columns);
	return [...head, ...listLines(window, list, Math.max(0, rows - head.length), draw)];
};

/** How many lines of the feed are changes. */
export const changesListRows = (rows: number): number => Math.max(1, rows - 2);

const timeOf = (change: Change, look: Look): SafeText => {
	const date = day(change.at, look.now, look.timeZone);
	return date === day(look.now, look.now, look.timeZone)
		? clock(change.at, look.timeZone)
		: say`${date} ${clock(change.at, look.timeZone)}`;
};

const styleOf = ({type, after, before}: Change): Style => {
	const side = type === 'closed' || type === 'improved' ? undefined : (after ?? before);
	return side === undefined || severities.indexOf(side.severity) < severities.indexOf('HIGH') ? 'plain' : 'strong';
};

const drawChange = (
	change: Change,
	newer: Change | undefined,
	selected: boolean,
	nameWidth: number,
	panels: ChangesInput['panels'],
	look: Look,
	columns: number,
): readonly Line[] => {
	const time = timeOf(change, look);
	const sameMinute = newer !== undefined && timeOf(newer, look) === time && !selected;
	const side = change.after ?? change.before;
	const isFinding = change.type !== 'appeared' && change.type !== 'gone';
	const face = isFinding && side !== undefined ? severityFace(side.severity, look.theme) : {glyph: ours(' '), style: 'plain' as const};
	const panel =
		columns >= 90 ? padEnd(cutEnd(look.show(panels.find(({id}) => id === change.service)?.title ?? change.service), 14), 16) : ours('');
	const room = Math.max(1, columns - 3 - timeWidth - 4 - nameWidth - 2 - widthOf(panel) - 1);
	const sentence = changeSentence(change, look);
	const lines = selected ? wrap(sentence, room).slice(0, 3) : [cutEnd(sentence, room)];
	return lines.map((line, index) =>
		fitLine(
			index === 0
				? [
						words(selected ? ' › ' : '   ', 'accent'),
						span(padEnd(sameMinute ? ours('') : time, timeWidth), 'dim'),
						changeMark(change.type),
						gap(1),
						span(face.glyph, face.style),
						gap(1),
						span(padEnd(cutMiddle(look.show(change.resourceName), nameWidth), nameWidth), selected ? 'accent' : styleOf(change)),
						gap(2),
						span(panel, 'dim'),
						span(line),
					]
				: [gap(3 + timeWidth + 4 + nameWidth + 2 + widthOf(panel)), span(line)],
			columns,
		),
	);
};
