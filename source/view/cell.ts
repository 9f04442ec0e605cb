import {type Cell, ours, type SafeText} from '../model/index.js';
import type {Look} from './look.js';
import {exact, relative} from './time.js';

const grouped = new Intl.NumberFormat('en', {maximumFractionDigits: 2});

/** `1,204`. */
export const count = (value: number): SafeText => ours(Number.isFinite(value) ? grouped.format(value) : '?');

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.2 MB`, in powers of 1000. */
export const byteCount = (bytes: number): SafeText => {
	let value = Math.max(0, bytes);
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	return ours(`${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`);
};

/** A value of a table: times relative and short. */
export const cellText = (cell: Cell, look: Look): SafeText => {
	if (cell === undefined || cell === null) {
		return ours('–');
	}

	if (typeof cell === 'string') {
		return look.show(cell);
	}

	if (typeof cell === 'number') {
		return count(cell);
	}

	return 'at' in cell ? relative(cell.at, look.now) : byteCount(cell.bytes);
};

/** A value of the detail screen: times exact, with how far away they are. */
export const factText = (cell: Cell, look: Look): SafeText =>
	typeof cell === 'object' && cell !== null && 'at' in cell
		? ours(`${exact(cell.at, look.now, look.timeZone)} (${relative(cell.at, look.now)})`)
		: cellText(cell, look);

/** Numbers stand on the right of their column, all else on the left. */
export const isNumeric = (cell: Cell): boolean =>
	typeof cell === 'number' || (typeof cell === 'object' && cell !== null && 'bytes' in cell);
