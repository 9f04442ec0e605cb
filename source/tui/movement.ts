import {ours} from '../model/index.js';
import {moveTo} from '../view/list-frame.js';
import {panelRows, selectedPanel} from '../view/overview-cursor.js';
import {selectedOf} from './selection.js';
import type {Session} from './session-port.js';
import {currentPlace, currentVisit, listOf, type TuiState, type Visit, windowOf, withPlace} from './tui-state.js';

/** A screenful, less a line that shows where one was. */
export const page = (session: Session): number => Math.max(1, session.listRows() - 1);

/** The cursor or the text, by so many lines; infinities go to the ends. */
export const move = (session: Session, by: number): void => {
	const place = currentPlace(session.state());
	if (place.at === 'overview') {
		session.update(state => moveAmongPanels(state, session, by, 0));
		return;
	}

	if ('list' in place) {
		const rows = session.listRows();
		session.update(state => {
			const matching = windowOf(currentVisit(state))?.matching ?? 0;
			const list = moveTo(place.list, Math.max(-1, Math.min(place.list.index + by, matching)), matching, rows);
			return list === place.list ? state : withPlace(state, {...place, list});
		});
		return;
	}

	const scroll = Math.min(Math.max(0, place.scroll + by), session.mostScroll());
	if (scroll !== place.scroll) {
		session.update(state => withPlace(state, {...place, scroll}));
	}
};

/** The panel beside the selected one. */
export const moveSideways = (session: Session, by: number): void => {
	session.update(state => moveAmongPanels(state, session, 0, by));
};

/** The panel above, below or beside the selected one, as they stand on the screen. */
const moveAmongPanels = (state: TuiState, session: Session, down: number, right: number): TuiState => {
	const place = currentPlace(state);
	if (place.at !== 'overview' || state.overview === undefined) {
		return state;
	}

	const rows = panelRows(state.overview, state.size, session.look());
	const selected = selectedNow(state, session) ?? '';
	const flat = rows.flat();
	const row = rows.findIndex(ids => ids.includes(selected));
	const nextRow = rows[Math.min(Math.max(0, row + down), rows.length - 1)] ?? [];
	const column = rows[row]?.indexOf(selected) ?? 0;
	// Past the end of a row comes the next row.
	const panel = right === 0 ? nextRow[Math.min(column, nextRow.length - 1)] : flat[flat.indexOf(selected) + right];
	return panel === undefined || panel === selected ? state : withPlace(state, {at: 'overview', panel});
};

/** The overview's panel under the cursor. */
export const selectedNow = (state: TuiState, session: Session): string | undefined => {
	const {place} = state.visits[0];
	return selectedPanel(state.overview, place.at === 'overview' ? place.panel : undefined, state.size, session.look());
};

/** The next row of the list that the detail was opened from, without going back to it. */
export const step = (session: Session, by: number): void => {
	const {visits} = session.state();
	const listed = visits.findLastIndex(({place}) => listOf(place) !== undefined);
	const visit = visits[listed];
	const list = visit === undefined ? undefined : listOf(visit.place);
	if (visit === undefined || list === undefined || !('list' in visit.place)) {
		session.tell(ours('this was not opened from a list'), 'refused');
		return;
	}

	const moved = moveTo(list, list.index + by, windowOf(visit)?.matching ?? 0, session.listRows());
	const there: Visit = {...visit, place: {...visit.place, list: moved}};
	const row = selectedOf(there);
	if (row === undefined || moved.index === list.index) {
		session.tell(by > 0 ? ours('this is the last one') : ours('this is the first one'), 'refused');
		return;
	}

	session.update(state => {
		const {place} = currentVisit(state);
		if (place.at !== 'detail' && place.at !== 'json') {
			return state;
		}

		const [first, ...rest] = state.visits;
		const before = rest.slice(0, listed - 1);
		const detail: Visit = {place: {at: 'detail', key: row.key, scroll: 0, terraform: false}, name: row.name};
		return {...state, visits: [first, ...before, there, detail]};
	});
};
