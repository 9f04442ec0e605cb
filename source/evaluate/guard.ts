import type {Cell, Column, Expiration} from '../model/index.js';

/** The result of `compute` for a resource or finding, or `otherwise` where it throws: a column must not cost the resource. */
export const guarded = <Of, T>(compute: ((of: Of) => T) | undefined, of: Of, otherwise: T): T => {
	if (compute === undefined) {
		return otherwise;
	}

	try {
		return compute(of);
	} catch {
		return otherwise;
	}
};

const isMoment = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** A cell as the model promises it, whatever a column made of an odd answer. */
const toCell = (value: unknown): Cell => {
	if (typeof value === 'string') {
		return value;
	}

	if (typeof value === 'number') {
		return Number.isFinite(value) ? value : undefined;
	}

	if (typeof value !== 'object' || value === null) {
		return undefined;
	}

	if ('at' in value && isMoment(value.at)) {
		return {at: value.at};
	}

	return 'bytes' in value && typeof value.bytes === 'number' && Number.isFinite(value.bytes) ? {bytes: value.bytes} : undefined;
};

// Ten thousand resources with twenty columns each pass here: no closure and no list for a single one.
const cellOf = <T>(column: Column<T>, of: T): Cell => {
	try {
		return toCell(column.value(of));
	} catch {
		return undefined;
	}
};

export const toCells = <T>(columns: ReadonlyArray<Column<T>>, of: T): readonly Cell[] => columns.map(column => cellOf(column, of));

/** Facts in reading order; what has no value is left out. */
export const toFacts = <T>(columns: ReadonlyArray<Column<T>>, of: T): ReadonlyArray<readonly [title: string, value: Cell]> => {
	const facts: Array<readonly [string, Cell]> = [];
	for (const column of columns) {
		const value = cellOf(column, of);
		if (value !== undefined) {
			facts.push([column.title, value]);
		}
	}

	return facts;
};

const none: readonly Expiration[] = [];

/** Those whose time is one. */
export const toExpirations = <Of>(compute: ((of: Of) => readonly Expiration[]) | undefined, of: Of): readonly Expiration[] =>
	guarded(compute, of, none).filter(({at}) => isMoment(at));

export const toUsdPerMonth = <Of>(compute: ((of: Of) => number) | undefined, of: Of): number => {
	const usd = guarded(compute, of, 0);
	return Number.isFinite(usd) ? usd : 0;
};
