import {type Overview, type PanelSummary, panelGroups, severities} from '../model/index.js';
import {problemLines} from './header.js';
import {lineWidth, type Size} from './line.js';
import type {Look} from './look.js';
import {panelState} from './outcome.js';
import {foldedPiece, labelWidth} from './overview-lines.js';
import {isQuiet} from './panel-box.js';

/** Which panel stands where. The same plan draws the screen and moves the selection. */
export type OverviewPlan = {
	/** Panels in boxes, in rows as drawn. */
	readonly grid: ReadonlyArray<readonly PanelSummary[]>;
	/** Panels that have something to say, but less than those in boxes, where not all have room: in lines as drawn. */
	readonly folded: ReadonlyArray<readonly PanelSummary[]>;
	/** Panels without, on the last line. */
	readonly quiet: readonly PanelSummary[];
	readonly columnsOfPanels: number;
};

/** Borders, counts and the worst line. */
export const leastBoxRows = 4;
/** With one line more a box says what else there is. */
const goodBoxRows = 5;

/** Ids of panels in the order and the rows in which the arrow keys meet them. */
export const planRows = ({grid, folded, quiet}: OverviewPlan): ReadonlyArray<readonly string[]> =>
	[...grid, ...folded, quiet].map(row => row.map(({id}) => id)).filter(row => row.length > 0);

/** What is left of a screen for panels, under header, problems and above the keys. */
export const overviewRoom = (overview: Overview, {columns, rows}: Size, look: Look): Size => {
	const blank = rows - 1 < 20 ? 0 : 1;
	return {columns, rows: rows - 1 - 2 - problemLines(overview, look, 3).length - blank};
};

const columnsFor = (columns: number): number => (columns < 78 ? 1 : columns < 116 ? 2 : columns < 156 ? 3 : 4);

/** How pressing a panel is, most pressing part first: what nobody can see comes right after what must be seen to. */
const pressure = (panel: PanelSummary, overview: Overview, look: Look): readonly number[] => {
	const {CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, unknown} = panel.counts;
	const {trouble} = panelState(panel, overview, look);
	const blind = trouble !== undefined && trouble.style === 'warning' ? 1 : 0;
	return [CRITICAL, HIGH, blind, MEDIUM, unknown, LOW, INFORMATIONAL];
};

const compare = (a: readonly number[], b: readonly number[]): number => {
	for (const [index, value] of a.entries()) {
		const difference = (b[index] ?? 0) - value;
		if (difference !== 0) {
			return difference;
		}
	}

	return 0;
};

/** Panels by group, and in a group the most pressing first. */
export const orderedPanels = (overview: Overview, look: Look): readonly PanelSummary[] => {
	const weights = new Map(overview.panels.map(panel => [panel.id, pressure(panel, overview, look)]));
	return overview.panels.toSorted(
		(a, b) => panelGroups.indexOf(a.group) - panelGroups.indexOf(b.group) || compare(weights.get(a.id) ?? [], weights.get(b.id) ?? []),
	);
};

/** The most pressing first, of whatever group: where there is room for a few lines only. */
export const panelsByPressure = (overview: Overview, look: Look): readonly PanelSummary[] => {
	const weights = new Map(overview.panels.map(panel => [panel.id, pressure(panel, overview, look)]));
	return orderedPanels(overview, look).toSorted((a, b) => compare(weights.get(a.id) ?? [], weights.get(b.id) ?? []));
};

const inRows = (
	panels: readonly PanelSummary[],
	columns: number,
): {readonly grid: OverviewPlan['grid']; readonly columnsOfPanels: number} => {
	// As many rows of panels as the width asks for, and then no more columns than fill them: six panels are three and three.
	const widest = Math.min(columnsFor(columns), Math.max(2, panels.length));
	const columnsOfPanels = Math.max(Math.min(2, widest), Math.ceil(panels.length / Math.max(1, Math.ceil(panels.length / widest))));
	const grid: PanelSummary[][] = [];
	for (let index = 0; index < panels.length; index += columnsOfPanels) {
		grid.push(panels.slice(index, index + columnsOfPanels));
	}

	return {grid, columnsOfPanels};
};

const inLines = (panels: readonly PanelSummary[], widths: ReadonlyMap<string, number>, columns: number): OverviewPlan['folded'] => {
	const lines: PanelSummary[][] = [];
	let room = 0;
	for (const panel of panels) {
		const width = widths.get(panel.id) ?? 0;
		if (lines.length === 0 || room < width) {
			lines.push([]);
			room = columns - labelWidth;
		}

		lines.at(-1)?.push(panel);
		room -= width;
	}

	return lines;
};

const isPressing = ({counts}: PanelSummary): boolean => severities.slice(3).some(severity => counts[severity] > 0);

/**
 * Boxes for all panels that have something to say, if all have room for the worst of it and what else there is. If not, those
 * with nothing high or critical are folded, the least pressing first, until the others have; then boxes may shrink; then more
 * are folded: everything stays on one screen, and the worst stays in sight.
 */
export const planOverview = (overview: Overview, {columns, rows}: Size, look: Look): OverviewPlan => {
	const ordered = orderedPanels(overview, look);
	const quiet = ordered.filter(panel => isQuiet(panel, panelState(panel, overview, look)));
	const loud = ordered.filter(panel => !quiet.includes(panel));
	const weights = new Map(loud.map(panel => [panel.id, pressure(panel, overview, look)]));
	const widths = new Map(loud.map(panel => [panel.id, lineWidth(foldedPiece(panel, overview, false, look))]));
	// The last of equals goes first: groups stand in the order of what people look at.
	const foldable = loud.toSorted((a, b) => compare(weights.get(b.id) ?? [], weights.get(a.id) ?? []) || loud.indexOf(b) - loud.indexOf(a));
	const planWith = (count: number): OverviewPlan => {
		const folded = new Set(foldable.slice(0, count));
		const boxed = loud.filter(panel => !folded.has(panel));
		return {
			...inRows(boxed, columns),
			folded: inLines(
				loud.filter(panel => folded.has(panel)),
				widths,
				columns,
			),
			quiet,
		};
	};

	const fits = ({grid, folded}: OverviewPlan, boxRows: number): boolean =>
		grid.length * boxRows + folded.length + (quiet.length > 0 ? 1 : 0) <= rows;
	const minor = foldable.findIndex(isPressing);
	const steps: ReadonlyArray<readonly [most: number, boxRows: number]> = [
		[minor === -1 ? loud.length - 1 : minor, goodBoxRows],
		[loud.length - 1, leastBoxRows],
	];
	for (const [most, boxRows] of steps) {
		for (let count = 0; count <= most; count++) {
			const plan = planWith(count);
			if (fits(plan, boxRows)) {
				return plan;
			}
		}
	}

	return planWith(0);
};
