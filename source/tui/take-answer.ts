import type {AnswerTo, Overview, Query} from '../model/index.js';
import {moveTo} from '../view/list-frame.js';
import type {ListState} from '../view/ui-state.js';
import {listOf, type TuiState, type Visit, windowOf} from './tui-state.js';

/** What a place asks; the overview is everybody's. */
type PlaceQuery = Exclude<Query, {readonly ask: 'overview'}>;

/** Whether a visit is what a query asked for. */
const asksFor = (visit: Visit, query: PlaceQuery): boolean => {
	const {place} = visit;
	switch (query.ask) {
		case 'panel': {
			return place.at === 'table' && place.service === query.service && place.list.filter === query.filter;
		}

		case 'findings': {
			return place.at === 'findings' && place.list.filter === query.filter;
		}

		case 'changes': {
			return place.at === 'changes' && place.list.filter === query.filter && place.since === query.since;
		}

		case 'expirations': {
			return place.at === 'timeline' && place.list.filter === query.filter;
		}

		case 'detail': {
			return (place.at === 'detail' || place.at === 'json') && place.key.split('#', 1)[0] === query.key;
		}
	}
};

/** The key of a row, of whatever list. A finding's row and a change of the same resource have keys of their own. */
const keyOf = (row: {readonly key: string; readonly sequence?: number} | undefined): string | undefined =>
	row === undefined ? undefined : row.sequence === undefined ? row.key : `${row.sequence}`;

/** Keeps the cursor on the row it was on, wherever that has gone; on the screen it stays where it was, unless the list shows its top. */
const keepCursor = (list: ListState, visit: Visit | undefined, next: Visit, rows: number): ListState => {
	const before = visit === undefined ? undefined : windowOf(visit);
	const after = windowOf(next);
	if (after === undefined) {
		return list;
	}

	const key = before === undefined ? undefined : keyOf(before.rows[list.index - before.offset]);
	const found = key === undefined ? -1 : after.rows.findIndex(row => keyOf(row) === key);
	const index = found === -1 ? list.index : after.offset + found;
	const moved = list.top === 0 ? list : {...list, top: Math.max(0, list.top + index - list.index)};
	return moveTo(moved, index, after.matching, rows);
};

/** An answer in its place. Answers to what is no longer asked are dropped. */
export const takeAnswer = (state: TuiState, query: Query, answer: AnswerTo<Query>, rows: number): TuiState => {
	if (query.ask === 'overview') {
		// An overview is what was asked for: the watcher's type for a union of queries cannot say so.
		return {...state, overview: answer as Overview};
	}

	const visits = state.visits.map((visit): Visit => {
		if (!asksFor(visit, query)) {
			return visit;
		}

		const asked = JSON.stringify({...query, offset: 0, limit: 0});
		const isSameList = visit.asked === asked;
		const next = {...withAnswer(visit, query, answer), asked};
		const list = listOf(visit.place);
		if (list === undefined || !('list' in next.place)) {
			return next;
		}

		const kept = keepCursor(list, isSameList ? visit : undefined, next, rows);
		return kept === list ? next : {...next, place: {...next.place, list: kept}};
	});
	// Mapping keeps the length, and there always is a first.
	return {...state, visits: visits as unknown as TuiState['visits']};
};

const withAnswer = (visit: Visit, query: PlaceQuery, answer: AnswerTo<Query>): Visit => {
	// Each case asserts what the query's own `ask` says of its answer.
	switch (query.ask) {
		case 'panel': {
			return {...visit, panel: answer as AnswerTo<typeof query>};
		}

		case 'findings': {
			return {...visit, findings: answer as AnswerTo<typeof query>};
		}

		case 'changes': {
			return {...visit, changes: answer as AnswerTo<typeof query>};
		}

		case 'expirations': {
			return {...visit, expirations: answer as AnswerTo<typeof query>};
		}

		case 'detail': {
			return {...visit, detail: answer as AnswerTo<typeof query>};
		}
	}
};
