import {type Overview, ours, type PanelSummary} from '../model/index.js';
import {count} from './cell.js';
import {failures} from './counts.js';
import {fitLine, gap, type Line, lineWidth, type Size, say, span, words} from './line.js';
import type {Look} from './look.js';
import {foldedLines, quietLines} from './overview-lines.js';
import {leastBoxRows, type OverviewPlan, planOverview} from './overview-plan.js';
import {panelBox} from './panel-box.js';

/** The panels, in exactly the size given; the selected one is always on it. */
export const overviewBody = (overview: Overview, selected: string | undefined, look: Look, size: Size): readonly Line[] => {
	const {columns, rows} = size;
	const plan = planOverview(overview, size, look);
	const below = [
		...foldedLines(plan.folded, overview, selected, look, columns),
		...quietLines(plan.quiet, overview, selected, look, columns),
	];
	if (plan.grid.length === 0 && plan.folded.length === 0) {
		return [[], ...allWell(overview, columns), ...(below.length === 0 ? [] : [[], ...below])];
	}

	const room = rows - below.length;
	const heights = heightsOf(plan, room);
	const first = firstVisible(plan, heights, selected, room);
	const lines: Line[] = [];
	for (const [index, row] of plan.grid.entries()) {
		const height = heights.of[index] ?? 0;
		if (index < first || lines.length + height > room) {
			continue;
		}

		if (heights.headings) {
			lines.push(headingLine(row, plan, plan.grid[index - 1], columns));
		}

		lines.push(...gridRow(row, overview, plan, selected, look, columns, height - (heights.headings ? 1 : 0)));
	}

	const hidden = plan.grid.length - first - countVisible(heights.of, first, room);
	while (lines.length < room) {
		lines.push([]);
	}

	if (hidden > 0 || first > 0) {
		// The last free line says that there is more; if there is none, the cut border says it.
		const free = lines.findLastIndex(line => line.length === 0);
		if (free >= 0) {
			lines[free] = [span(say` ${first > 0 ? ours('↑') : ours(' ')}${hidden > 0 ? ours('↓') : ours(' ')} more panels`, 'dim')];
		}
	}

	return [...lines, ...below];
};

const boxWidths = (columnsOfPanels: number, columns: number): readonly number[] => {
	const room = columns - 2 - (columnsOfPanels - 1);
	const width = Math.floor(room / columnsOfPanels);
	return Array.from({length: columnsOfPanels}, (_, index) => width + (index < room % columnsOfPanels ? 1 : 0));
};

/** Lines that a panel would fill inside its borders if it could. */
const wanted = (panel: PanelSummary): number => {
	const total = failures(panel.counts) + panel.counts.unknown;
	const listed = panel.top.length;
	return 1 + Math.max(1, listed + (total > listed ? 1 : 0));
};

type Heights = {readonly of: readonly number[]; readonly headings: boolean};

/** Heights of the grid's rows, headings included: as much as they want, or an equal cut for all; never under a border, a count and the worst line. */
const heightsOf = ({grid}: OverviewPlan, room: number): Heights => {
	const wishes = grid.map(row => 2 + Math.max(...row.map(wanted)));
	const cut = (headings: boolean, most: number): readonly number[] => wishes.map(wish => Math.min(wish, most) + (headings ? 1 : 0));
	const sum = (heights: readonly number[]): number => heights.reduce((total, height) => total + height, 0);
	for (const headings of [true, false]) {
		const least = leastBoxRows + (headings ? 2 : 0);
		for (let most = Math.max(least, ...wishes); most >= least; most--) {
			const heights = cut(headings, most);
			if (sum(heights) <= room) {
				return {of: spend(room - sum(heights), heights, wishes, headings ? 1 : 0), headings};
			}
		}
	}

	return {of: cut(false, Math.max(3, Math.min(room, 7))), headings: false};
};

/** Lines that an equal cut leaves over go to the rows that wish for more, from the top. */
const spend = (lines: number, heights: readonly number[], wishes: readonly number[], heading: number): readonly number[] => {
	let left = lines;
	return heights.map((height, index) => {
		const more = left > 0 && (wishes[index] ?? 0) + heading > height ? 1 : 0;
		left -= more;
		return height + more;
	});
};

const countVisible = (heights: readonly number[], first: number, room: number): number => {
	let used = 0;
	let visible = 0;
	for (const height of heights.slice(first)) {
		if (used + height > room) {
			break;
		}

		used += height;
		visible++;
	}

	return visible;
};

/** The first row of the grid to show, so that the selected one is on screen. */
const firstVisible = (plan: OverviewPlan, heights: Heights, selected: string | undefined, room: number): number => {
	const selectedRow = plan.grid.findIndex(row => row.some(({id}) => id === selected));
	let first = 0;
	while (first < selectedRow && first + countVisible(heights.of, first, room) <= selectedRow) {
		first++;
	}

	return first;
};

const headingLine = (
	row: readonly PanelSummary[],
	{columnsOfPanels}: OverviewPlan,
	previousRow: readonly PanelSummary[] | undefined,
	columns: number,
): Line => {
	const widths = boxWidths(columnsOfPanels, columns);
	return fitLine(
		[
			gap(1),
			...row.flatMap((panel, index) => {
				const before = index > 0 ? row[index - 1] : previousRow?.at(-1);
				const isNew = before === undefined || before.group !== panel.group || index === 0;
				// Groups are named by our own list.
				return [...fitLine(isNew ? [words(` ${panel.group.toUpperCase()}`, 'dim')] : [], widths[index] ?? 0), gap(1)];
			}),
		],
		columns,
	);
};

const gridRow = (
	row: readonly PanelSummary[],
	overview: Overview,
	{columnsOfPanels}: OverviewPlan,
	selected: string | undefined,
	look: Look,
	columns: number,
	height: number,
): readonly Line[] => {
	const widths = boxWidths(columnsOfPanels, columns);
	const boxes = row.map((panel, index) =>
		panelBox(panel, overview, look, {columns: widths[index] ?? 0, rows: height, selected: panel.id === selected}),
	);
	return Array.from({length: height}, (_, line) => [
		gap(1),
		...boxes.flatMap((box, index) => [...(index > 0 ? [gap(1)] : []), ...(box[line] ?? [])]),
	]);
};

const allWell = (overview: Overview, columns: number): readonly Line[] => {
	const total = overview.panels.reduce((sum, panel) => sum + panel.total, 0);
	const text = say`${count(overview.panels.length)} panels, ${count(total)} resources: nothing to report`;
	const line: Line = [words('✓ ', 'pass'), span(text)];
	return [[gap((columns - lineWidth(line)) / 2), ...line], []];
};
