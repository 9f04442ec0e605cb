import {maxWindow, type Query, type Window} from '../model/index.js';
import type {ListState, Place} from '../view/ui-state.js';

// Rows around the screen that are at hand before they are needed: moving among them asks nobody.
const overscan = 100;
// So near to the window's end, the next window is fetched: half a screen of scrolling ahead of need, or more.
const margin = 40;
/** More rows than any panel of the overview has room for. */
const rowsPerPanel = 30;

export const overviewQuery: Query = {ask: 'overview', rowsPerPanel};

/** The part of a list to have at hand: the one at hand where the screen lies well inside it, else one around the screen. */
export const windowAround = (
	list: ListState,
	screenRows: number,
	atHand: (Pick<Window<unknown>, 'offset' | 'matching'> & {readonly limit: number}) | undefined,
): {readonly offset: number; readonly limit: number} => {
	const limit = Math.min(maxWindow, screenRows + 2 * overscan);
	if (atHand !== undefined && atHand.limit === limit) {
		const startsEarlyEnough = atHand.offset === 0 || list.top - atHand.offset >= margin;
		const endsLateEnough = atHand.offset + limit >= atHand.matching || atHand.offset + limit - (list.top + screenRows) >= margin;
		if (startsEarlyEnough && endsLateEnough && atHand.offset <= list.top) {
			return {offset: atHand.offset, limit};
		}
	}

	return {offset: Math.max(0, list.top - overscan), limit};
};

/** What a place asks of the watcher, or undefined where it asks nothing. */
export const queryOf = (place: Place, window: {readonly offset: number; readonly limit: number}): Query | undefined => {
	switch (place.at) {
		case 'table': {
			const {filter, sort, descending} = place.list;
			return {ask: 'panel', service: place.service, filter, sort, descending, ...window};
		}

		case 'findings': {
			const {filter, sort, descending} = place.list;
			return {ask: 'findings', filter, sort, descending, ...window};
		}

		case 'changes': {
			return {
				ask: 'changes',
				filter: place.list.filter,
				...window,
				...(place.since !== undefined && {since: place.since}),
			};
		}

		case 'timeline': {
			return {ask: 'expirations', filter: place.list.filter, ...window};
		}

		case 'detail':
		case 'json': {
			const rule = place.key.indexOf('#');
			return {ask: 'detail', key: rule === -1 ? place.key : place.key.slice(0, rule)};
		}

		case 'overview':
		case 'collectors':
		case 'help': {
			return undefined;
		}
	}
};
