import type {Window} from '../model/index.js';
import type {Line} from './line.js';
import {words} from './line.js';
import type {ListState} from './ui-state.js';

/** A row of a list as lines: one, or more where the selected row says all it has to say. */
export type DrawRow<T> = (row: T, selected: boolean, index: number) => readonly Line[];

/** The visible part of a list in exactly `rows` lines. Rows that are on their way show as dots. */
export const listLines = <T>(window: Window<T>, list: ListState, rows: number, draw: DrawRow<T>): readonly Line[] => {
	const lines: Line[] = [];
	for (let index = list.top; index < window.matching && lines.length < rows; index++) {
		const row = window.rows[index - window.offset];
		lines.push(...(row === undefined ? [[words('   …', 'dim')]] : draw(row, index === list.index, index)));
	}

	return lines.slice(0, rows);
};

/** The row of the window under the cursor, if it has come. */
export const selectedRow = <T>(window: Window<T> | undefined, list: ListState): T | undefined => window?.rows[list.index - window.offset];

/**
 * Moves the cursor to `index` and the screen no further than it must. `rows` is the height of the list; the last `spare`
 * lines are kept free below the cursor for a row that wraps.
 */
export const moveTo = (list: ListState, index: number, matching: number, rows: number, spare = 2): ListState => {
	const last = Math.max(0, matching - 1);
	const to = Math.min(Math.max(0, index), last);
	const height = Math.max(1, rows - (rows > 6 ? spare : 0));
	const lowestTop = Math.max(0, to - height + 1);
	// Near the end there is nothing below to keep lines free for.
	const highestTop = Math.max(0, Math.min(to, Math.max(lowestTop, matching - 1)));
	const top = Math.min(Math.max(list.top, lowestTop), highestTop);
	return to === list.index && top === list.top ? list : {...list, index: to, top};
};
