import type {Answers, Health, Overview, WatcherState} from '../model/index.js';
import type {Size} from '../view/line.js';
import {type ListState, type Notice, newList, type Place, type Prompt} from '../view/ui-state.js';

/** One place of the way from the overview to here, with the last answers it got: going back shows them at once. */
export type Visit = {
	readonly place: Place;
	/** The window that a list shows. */
	readonly panel?: Answers['panel'];
	readonly findings?: Answers['findings'];
	readonly changes?: Answers['changes'];
	readonly expirations?: Answers['expirations'];
	readonly detail?: Answers['detail'];
	/** The name of the resource, for the trail, before its detail has come. */
	readonly name?: string;
	/** The question that the window answers, but for the part of the list: another order or filter is another list. */
	readonly asked?: string;
	/** How often Enter was pressed before there was a row to open: a quick hand need not wait for the answer. */
	readonly entersAhead?: number;
};

/** Everything the TUI knows. Replaced as a whole by its one writer, never changed in place. */
export type TuiState = {
	readonly size: Size;
	readonly watcher: WatcherState;
	readonly overview: Overview | undefined;
	readonly health: Health | undefined;
	/** From the overview to here; never empty. */
	readonly visits: readonly [Visit, ...Visit[]];
	readonly prompt: Prompt | undefined;
	/** The filter to go back to if the prompt is left by `Esc`. */
	readonly filterBefore: string;
	readonly notice: Notice | undefined;
};

export const initialState = (watcher: WatcherState): TuiState => ({
	size: {columns: 80, rows: 24},
	watcher,
	overview: undefined,
	health: undefined,
	visits: [{place: {at: 'overview', panel: undefined}}],
	prompt: undefined,
	filterBefore: '',
	notice: undefined,
});

export const currentVisit = (state: TuiState): Visit => state.visits.at(-1) ?? state.visits[0];

export const currentPlace = (state: TuiState): Place => currentVisit(state).place;

export const withVisit = (state: TuiState, visit: Visit): TuiState => {
	const [first, ...rest] = state.visits;
	return {...state, visits: rest.length === 0 ? [visit] : [first, ...rest.slice(0, -1), visit]};
};

export const withPlace = (state: TuiState, place: Place): TuiState => withVisit(state, {...currentVisit(state), place});

/** Opens a place on top of the current one. A place that is already on the way is gone back to instead, so that the way never grows in circles. */
export const openVisit = (state: TuiState, visit: Visit): TuiState => {
	const [first, ...rest] = state.visits;
	const same = state.visits.findIndex(({place}) => isSamePlace(place, visit.place));
	if (same === 0) {
		return {...state, visits: [first], prompt: undefined};
	}

	return {...state, visits: [first, ...(same > 0 ? rest.slice(0, same) : [...rest, visit])], prompt: undefined};
};

const isSamePlace = (a: Place, b: Place): boolean => {
	if (a.at !== b.at) {
		return false;
	}

	if (a.at === 'table' && b.at === 'table') {
		return a.service === b.service;
	}

	return (a.at === 'detail' && b.at === 'detail') || (a.at === 'json' && b.at === 'json') ? a.key === b.key : true;
};

/** One place back; the overview stays. */
export const goBack = (state: TuiState): TuiState => {
	const [first, ...rest] = state.visits;
	return rest.length === 0 ? state : {...state, visits: [first, ...rest.slice(0, -1)]};
};

/** The list of a place that has one. */
export const listOf = (place: Place): ListState | undefined => ('list' in place ? place.list : undefined);

/** The window of a visit's list, whatever its rows are. */
export const windowOf = (visit: Visit) => {
	switch (visit.place.at) {
		case 'table': {
			return visit.panel;
		}

		case 'findings': {
			return visit.findings;
		}

		case 'changes': {
			return visit.changes;
		}

		case 'timeline': {
			return visit.expirations;
		}

		case 'overview':
		case 'detail':
		case 'json':
		case 'collectors':
		case 'help': {
			return undefined;
		}
	}
};

/** The list that a place begins with. */
export const startingList = (at: 'table' | 'findings' | 'changes' | 'timeline'): ListState =>
	newList(at === 'changes' ? 'since' : at === 'timeline' ? 'due' : 'urgency', at !== 'timeline');
