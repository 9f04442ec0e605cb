import {type Catalogue, type Cell, ours, type PanelSummary, type Row, type SafeText, type SortKey, type Window} from '../model/index.js';
import {cellText, count, isNumeric} from './cell.js';
import {fitLine, gap, type Line, lineWidth, type Size, say, span, spread, textCell, words} from './line.js';
import {listLines} from './list-frame.js';
import type {Look} from './look.js';
import {recentMark, rowFace, rowReason} from './row-words.js';
import {age} from './time.js';
import type {ListState, Prompt} from './ui-state.js';
import {cutEnd, cutMiddle, padEnd, padStart, widthOf, wrap} from './width.js';

export type TableInput = {
	readonly window: Window | undefined;
	readonly list: ListState;
	readonly prompt: Prompt | undefined;
	readonly catalogue: Catalogue;
	/** Why there is nothing, where there is nothing: a panel that could not be read is not an empty one. */
	readonly whyEmpty: SafeText | undefined;
	/** Set in a table over all services: each row names its panel. */
	readonly panels: readonly Pick<PanelSummary, 'id' | 'title'>[] | undefined;
};

type Column = {
	readonly title: string;
	readonly width: number;
	readonly right: boolean;
	readonly text: (row: Row, look: Look, width: number) => SafeText;
	readonly dim: boolean;
};

const sortTitles: Readonly<Record<SortKey, string>> = {
	urgency: 'worst',
	name: 'name',
	region: 'Region',
	since: 'since',
	due: 'due',
	kind: 'kind',
};

/** The orders that `s` goes through. */
export const sortKeys: readonly SortKey[] = ['urgency', 'name', 'region', 'since', 'due', 'kind'];

/** A table of rows under a filter line and a heading, in exactly the size given. */
export const tableBody = (input: TableInput, look: Look, {columns, rows}: Size): readonly Line[] => {
	const {window, list, prompt} = input;
	const head = hasFilterLine(input, rows) ? [filterLine(input, look, columns)] : [];
	if (window === undefined) {
		return [...head, [words('   reading…', 'dim')]];
	}

	if (window.matching === 0) {
		const nothing = list.filter === '' ? (input.whyEmpty ?? ours('nothing here')) : ours('nothing matches');
		return [...head, [], [gap(3), span(prompt !== undefined && window.filterError !== undefined ? ours('') : nothing, 'dim')]];
	}

	const layout = layOut(input, look, columns);
	const mostWhyLines = rows < 14 ? 2 : 3;
	const draw = (row: Row, selected: boolean): readonly Line[] => drawRow(row, selected, layout, mostWhyLines, look, columns);
	return [...head, headingOf(layout, list, columns), ...listLines(window, list, Math.max(0, rows - head.length - 1), draw)];
};

// A short screen shows rows rather than how many there are, unless somebody filters.
const hasFilterLine = ({list, prompt}: Pick<TableInput, 'list' | 'prompt'>, rows: number): boolean =>
	rows >= 14 || list.filter !== '' || prompt?.for === 'filter';

/** How many lines of a table are rows: the rest is the filter and the heading. */
export const tableListRows = (input: Pick<TableInput, 'list' | 'prompt'>, rows: number): number =>
	Math.max(1, rows - 1 - (hasFilterLine(input, rows) ? 1 : 0));

/** The filter in force or being typed, what is wrong with it, and how much it lets through. */
export const filterLine = (
	{window, list, prompt}: Pick<TableInput, 'list' | 'prompt'> & {readonly window: Window<unknown> | undefined},
	look: Look,
	columns: number,
): Line => {
	const order = say`${ours(sortTitles[list.sort])} ${list.descending ? ours('↓') : ours('↑')}`;
	const shown: Line =
		window === undefined
			? []
			: window.filterError !== undefined
				? [span(look.show(window.filterError), 'error'), gap(1)]
				: [
						span(
							window.matching === window.total ? say`${count(window.total)}` : say`${count(window.matching)} of ${count(window.total)}`,
							'dim',
						),
						span(say` · ${order} `, 'dim'),
					];
	if (prompt?.for === 'filter') {
		// What is typed must be seen at its end, where the cursor is.
		const room = Math.max(4, columns - lineWidth(shown) - 6);
		const typed = look.show(prompt.text);
		const visible = widthOf(typed) > room ? cutMiddle(typed, room) : typed;
		return spread([words(' / ', 'accent'), span(visible), words(' ', 'cursor')], shown, columns);
	}

	return spread(list.filter === '' ? [] : [words(' / ', 'dim'), span(look.show(list.filter), 'strong')], shown, columns);
};

type Layout = {
	/** Whether the verdict's word stands beside its glyph. */
	readonly spelled: boolean;
	readonly columns: readonly Column[];
	readonly whyWidth: number;
};

const pointerWidth = 3;
const sinceWidth = 5;
const markWidth = 2;

const columnTitles = (catalogue: Catalogue, service: string, kind: string): readonly string[] => {
	const found = catalogue.services.find(({id}) => id === service);
	return found?.kinds.find(({title}) => title === kind)?.columns ?? (found?.reports?.title === kind ? found.reports.columns : []);
};

/** The kind that most rows are of: its columns head the table. */
const mainKind = (rows: readonly Row[]): string => {
	const tally = new Map<string, number>();
	for (const {kind} of rows) {
		tally.set(kind, (tally.get(kind) ?? 0) + 1);
	}

	return [...tally].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
};

const widest = (texts: Iterable<SafeText>, least: number, most: number): number => {
	let width = least;
	for (const text of texts) {
		width = Math.max(width, widthOf(text));
	}

	return Math.min(width, most);
};

type LaidOut = {readonly columns: number; readonly show: Look['show']; readonly layout: Layout};

// A layout measures every row of a window, and holds until the window or the screen is another: a key changes neither.
const lastLayouts = new WeakMap<Window, LaidOut>();

const layOut = (input: TableInput, look: Look, columns: number): Layout => {
	const {window} = input;
	const last = window === undefined ? undefined : lastLayouts.get(window);
	if (last?.columns === columns && last.show === look.show) {
		return last.layout;
	}

	const layout = measured(input, look, columns);
	if (window !== undefined) {
		lastLayouts.set(window, {columns, show: look.show, layout});
	}

	return layout;
};

const measured = ({window, catalogue, panels}: TableInput, look: Look, columns: number): Layout => {
	const rows = window?.rows ?? [];
	const spelled = columns >= 60;
	const verdictWidth = spelled ? 12 : 2;
	const fixed = pointerWidth + verdictWidth + sinceWidth + markWidth + 1;
	const nameMost = Math.max(10, Math.min(48, Math.floor(columns * 0.26)));
	const name: Column = {
		title: 'Name',
		width: widest(
			rows.map(row => look.show(row.name)),
			10,
			columns < 60 ? Math.max(8, Math.floor((columns - fixed) * 0.45)) : nameMost,
		),
		right: false,
		text: (row, {show}, width) => cutMiddle(show(row.name), width),
		dim: false,
	};
	const chosen: Column[] = [name];
	let room = columns - fixed - name.width - 2;
	const whyLeast = columns >= 100 ? 34 : 24;
	const offer = (column: Column): void => {
		if (room - column.width - 2 >= whyLeast) {
			chosen.push(column);
			room -= column.width + 2;
		}
	};

	const several = (values: readonly string[]): boolean => new Set(values).size > 1;
	if (panels !== undefined) {
		const titleOf = (service: string): SafeText => look.show(panels.find(({id}) => id === service)?.title ?? service);
		offer({
			title: 'Panel',
			width: widest(
				rows.map(row => titleOf(row.service)),
				5,
				16,
			),
			right: false,
			text: row => titleOf(row.service),
			dim: true,
		});
	}

	if (several(rows.map(row => row.accountId))) {
		offer({title: 'Account', width: 12, right: false, text: (row, {show}) => show(row.accountId), dim: true});
	}

	offer({
		title: 'Region',
		width: widest(
			rows.map(row => look.show(row.awsRegion)),
			6,
			14,
		),
		right: false,
		text: (row, {show}) => show(row.awsRegion),
		dim: true,
	});
	const kind = mainKind(rows);
	if (panels === undefined) {
		if (several(rows.map(row => row.kind))) {
			offer({
				title: 'Kind',
				width: widest(
					rows.map(row => look.show(row.kind)),
					4,
					14,
				),
				right: false,
				text: (row, {show}) => show(row.kind),
				dim: true,
			});
		}

		const [first] = rows;
		for (const [index, title] of columnTitles(catalogue, first?.service ?? '', kind).entries()) {
			const cellOf = (row: Row): Cell => (row.kind === kind ? row.cells[index] : undefined);
			const textOf = (row: Row, at: Look): SafeText => (row.kind === kind ? cellText(row.cells[index], at) : ours(''));
			offer({
				title,
				// An even width, so that a value one character longer does not shift the table.
				width:
					Math.ceil(
						widest(
							rows.map(row => textOf(row, look)),
							widthOf(title),
							18,
						) / 2,
					) * 2,
				right: rows.some(row => isNumeric(cellOf(row))),
				text: textOf,
				dim: false,
			});
		}
	}

	return {spelled, columns: chosen, whyWidth: Math.max(0, room)};
};

const headingOf = ({spelled, columns: chosen, whyWidth}: Layout, list: ListState, columns: number): Line => {
	const sorted = (key: SortKey, title: string): SafeText => ours(list.sort === key ? `${title}${list.descending ? ' ↓' : ' ↑'}` : title);
	return fitLine(
		[
			gap(pointerWidth),
			textCell(sorted('urgency', spelled ? 'Verdict' : ''), spelled ? 12 : 2, 'dim'),
			...chosen.flatMap(({title, width, right}) => {
				// Columns are titled by our own services' declarations.
				const text =
					title === 'Name'
						? sorted('name', title)
						: title === 'Region'
							? sorted('region', title)
							: title === 'Kind'
								? sorted('kind', title)
								: ours(title);
				return [span(right ? padStart(cutEnd(text, width), width) : padEnd(cutEnd(text, width), width), 'dim'), gap(2)];
			}),
			textCell(list.sort === 'due' ? ours('Why (by what ends first)') : ours('Why'), whyWidth, 'dim'),
			gap(1),
			span(padStart(sorted('since', list.sort === 'since' ? 'For' : 'Since'), sinceWidth), 'dim'),
		],
		columns,
	);
};

const drawRow = (
	row: Row,
	selected: boolean,
	{spelled, columns: chosen, whyWidth}: Layout,
	mostWhyLines: number,
	look: Look,
	columns: number,
): readonly Line[] => {
	const face = rowFace(row, look);
	const verdict = spelled ? say`${face.glyph} ${face.word}` : face.glyph;
	const reason = rowReason(row, look);
	const whyLines = selected && whyWidth >= 12 ? wrap(reason, whyWidth).slice(0, mostWhyLines) : [cutEnd(reason, whyWidth)];
	const isDim = row.stale || row.muted;
	const head: Line = [
		words(selected ? ' › ' : '   ', 'accent'),
		textCell(verdict, spelled ? 12 : 2, face.style),
		...chosen.flatMap(({text, width, right, dim}, index) => {
			const shown = cutEnd(text(row, look, width), width);
			const style = isDim ? 'dim' : index === 0 && selected ? 'accent' : dim ? 'dim' : 'plain';
			return [span(right ? padStart(shown, width) : padEnd(shown, width), style), gap(2)];
		}),
		textCell(whyLines[0] ?? ours(''), whyWidth, isDim ? 'dim' : selected ? 'strong' : 'plain'),
		gap(1),
		span(padStart(age(row.since, look.now), sinceWidth), 'dim'),
		gap(1),
		recentMark(row, look),
	];
	const indent = pointerWidth + (spelled ? 12 : 2) + chosen.reduce((sum, {width}) => sum + width + 2, 0);
	const cutShort = selected && wrap(reason, Math.max(1, whyWidth)).length > whyLines.length;
	return [
		fitLine(head, columns),
		...whyLines.slice(1).map((line, index) => {
			const isLast = index === whyLines.length - 2;
			return [gap(indent), span(isLast && cutShort ? cutEnd(say`${line} …`, whyWidth) : line, isDim ? 'dim' : 'strong')];
		}),
	];
};

/** What stands on the right of a table's first line: size, ages by Region, what is missing. */
export const tableAside = (panel: PanelSummary | undefined, look: Look, columns: number): Line => {
	if (panel === undefined) {
		return [];
	}

	const regions = panel.snapshots.filter(({outcome}) => outcome.status !== 'not-available');
	const text = regions
		.slice(0, columns > 110 ? 3 : columns > 80 ? 2 : 1)
		.map(
			({awsRegion, capturedAt}) => say`${look.show(awsRegion)} ${capturedAt === undefined ? ours('not read') : age(capturedAt, look.now)}`,
		);
	const rest = regions.length - text.length;
	return [span(say`${count(panel.total)} · ${ours(text.join(', '))}${rest > 0 ? say` +${rest}` : ours('')}`, 'dim')];
};
