import {type Catalogue, type Cell, ours, type PanelSummary, type Row, type SafeText, type Window} from '../model/index.js';
import {cellText, isNumeric} from './cell.js';
import type {Look} from './look.js';
import type {ListState, Prompt} from './ui-state.js';
import {cutMiddle, widthOf} from './width.js';

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

/** Where everything stands in a row. */
export type TableLayout = {
	/** Whether the verdict's word stands beside its glyph. */
	readonly spelled: boolean;
	readonly columns: readonly Column[];
	readonly whyWidth: number;
};

/** Columns before the verdict. */
export const pointerWidth = 3;
/** Columns of the age at the end of a row. */
export const sinceWidth = 5;
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

type LaidOut = {readonly columns: number; readonly show: Look['show']; readonly layout: TableLayout};

// A layout measures every row of a window, and holds until the window or the screen is another: a key changes neither.
const lastLayouts = new WeakMap<Window, LaidOut>();

/** Columns by room: the verdict, the name, the reason and the age always, the kind's own from the most telling on. */
export const layOutTable = (input: TableInput, look: Look, columns: number): TableLayout => {
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

const measured = ({window, catalogue, panels}: TableInput, look: Look, columns: number): TableLayout => {
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
