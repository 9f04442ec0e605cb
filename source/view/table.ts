import {ours, type PanelSummary, type Row, type SafeText, type SortKey} from '../model/index.js';
import {count} from './cell.js';
import {filterLine} from './filter-line.js';
import {fitLine, gap, type Line, type Size, say, span, textCell, words} from './line.js';
import {listLines} from './list-frame.js';
import type {Look} from './look.js';
import {recentMark, rowFace, rowReason} from './row-words.js';
import {layOutTable, pointerWidth, sinceWidth, type TableInput, type TableLayout} from './table-layout.js';
import {age} from './time.js';
import type {ListState} from './ui-state.js';
import {cutEnd, padEnd, padStart, wrap} from './width.js';

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

	const layout = layOutTable(input, look, columns);
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

const headingOf = ({spelled, columns: chosen, whyWidth}: TableLayout, list: ListState, columns: number): Line => {
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
	{spelled, columns: chosen, whyWidth}: TableLayout,
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
