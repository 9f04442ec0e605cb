import {type Detail, ours} from '../model/index.js';
import {consoleLink, partitionOf} from '../view/console-link.js';
import {leadingCommand} from '../view/detail.js';
import type {Destination} from '../view/go-to.js';
import {say} from '../view/line.js';
import {moveTo, selectedRow} from '../view/list-frame.js';
import {panelRows, selectedPanel} from '../view/overview-cursor.js';
import {sortKeys} from '../view/table.js';
import type {Place} from '../view/ui-state.js';
import type {ActionName} from './key-bindings.js';
import type {Session} from './session-port.js';
import {
	currentPlace,
	currentVisit,
	goBack,
	listOf,
	openVisit,
	startingList,
	type TuiState,
	type Visit,
	windowOf,
	withPlace,
	withVisit,
} from './tui-state.js';

/** What each action does. */
export const actions: Readonly<Record<ActionName, (session: Session) => void>> = {
	up: session => {
		move(session, -1);
	},
	down: session => {
		move(session, 1);
	},
	left: session => {
		moveSideways(session, -1);
	},
	right: session => {
		moveSideways(session, 1);
	},
	'page-up': session => {
		move(session, -page(session));
	},
	'page-down': session => {
		move(session, page(session));
	},
	first: session => {
		move(session, Number.NEGATIVE_INFINITY);
	},
	last: session => {
		move(session, Number.POSITIVE_INFINITY);
	},
	open: session => {
		open(session);
	},
	back: session => {
		if (currentPlace(session.state()).at === 'changes') {
			looked(session);
		}

		session.update(goBack);
	},
	filter: session => {
		session.update(state => {
			const filter = listOf(currentPlace(state))?.filter ?? '';
			return {...state, prompt: {for: 'filter', text: filter}, filterBefore: filter};
		});
	},
	sort: session => {
		session.update(state => {
			const place = currentPlace(state);
			if (place.at !== 'table' && place.at !== 'findings') {
				return state;
			}

			const {list} = place;
			const sort = sortKeys[(sortKeys.indexOf(list.sort) + 1) % sortKeys.length] ?? 'urgency';
			// Each order begins at its telling end: the worst, the first name, the longest since, the soonest.
			return withPlace(state, {...place, list: {...list, sort, descending: sort === 'urgency', index: 0, top: 0}});
		});
	},
	reverse: session => {
		session.update(state => {
			const place = currentPlace(state);
			return place.at === 'table' || place.at === 'findings'
				? withPlace(state, {...place, list: {...place.list, descending: !place.list.descending, index: 0, top: 0}})
				: state;
		});
	},
	'go-to': session => {
		session.update(state => ({...state, prompt: {for: 'go-to', text: ''}}));
	},
	findings: session => {
		openPlace(session, 'findings');
	},
	changes: session => {
		openPlace(session, 'changes');
	},
	timeline: session => {
		openPlace(session, 'timeline');
	},
	collectors: session => {
		openPlace(session, 'collectors');
	},
	help: session => {
		openPlace(session, 'help');
	},
	refresh: session => {
		const state = session.state();
		const place = currentPlace(state);
		const service =
			place.at === 'table' ? place.service : place.at === 'overview' ? selectedNow(state, session) : serviceOf(currentVisit(state));
		void refresh(session, service);
	},
	'refresh-all': session => {
		void refresh(session, undefined);
	},
	'all-changes': session => {
		const {lastLookedAt} = session;
		if (lastLookedAt === undefined) {
			session.tell(ours('these are all: you have not looked before'), 'refused');
			return;
		}

		session.update(state => {
			const place = currentPlace(state);
			return place.at === 'changes'
				? withVisit(state, {place: {...place, since: place.since === undefined ? lastLookedAt : undefined, list: startingList('changes')}})
				: state;
		});
	},
	copy: session => {
		const state = session.state();
		const visit = currentVisit(state);
		const {place, detail} = visit;
		if (place.at !== 'detail' || detail === undefined) {
			return;
		}

		const ruleId = place.key.includes('#') ? place.key.slice(place.key.indexOf('#') + 1) : undefined;
		const command = leadingCommand(detail, {catalogue: session.options.catalogue, ruleId, terraform: false});
		if (command === undefined) {
			session.tell(ours('there is no command for this · Y copies the ARN'), 'refused');
		} else {
			copy(session, command);
		}
	},
	'copy-arn': session => {
		void withDetail(session, ({entry}) => {
			const arn = entry?.entry === 'resource' ? entry.resource.arn : entry?.finding.resource.arn;
			if (arn === undefined) {
				session.tell(ours('it is gone'), 'refused');
			} else {
				copy(session, arn);
			}
		});
	},
	terraform: session => {
		session.update(state => {
			const place = currentPlace(state);
			return place.at === 'detail' ? withPlace(state, {...place, terraform: !place.terraform}) : state;
		});
	},
	console: session => {
		void withDetail(session, ({entry}) => {
			const region = entry?.entry === 'resource' ? entry.resource.awsRegion : entry?.finding.resource.awsRegion;
			const partition = session.state().overview?.account?.partition ?? partitionOf(region ?? '');
			const link = entry === undefined ? undefined : consoleLink(entry.consolePath, region ?? '', partition);
			if (link === undefined) {
				session.tell(ours('the console has no page for this that we know of'), 'refused');
			} else {
				copy(session, link);
			}
		});
	},
	json: session => {
		session.update(state => {
			const visit = currentVisit(state);
			const {place} = visit;
			return place.at === 'detail'
				? openVisit(state, {place: {at: 'json', key: place.key, scroll: 0}, ...(visit.detail !== undefined && {detail: visit.detail})})
				: state;
		});
	},
	previous: session => {
		step(session, -1);
	},
	next: session => {
		step(session, 1);
	},
	repaint: session => {
		session.control.repaint();
	},
	suspend: session => {
		session.control.suspend();
	},
	quit: session => {
		if (currentPlace(session.state()).at === 'changes') {
			looked(session);
		}

		session.control.quit();
	},
};

/** Goes where `:` was told to. */
export const goTo = (session: Session, {to}: Destination): void => {
	if ('service' in to) {
		session.update(state => openVisit(state, {place: {at: 'table', service: to.service, list: startingList('table')}}));
	} else {
		openPlace(session, to.place);
	}
};

const openPlace = (session: Session, at: Exclude<Place['at'], 'table' | 'detail' | 'json'>): void => {
	session.update(state => openVisit(state, {place: placeCalled(at, session)}));
};

const placeCalled = (at: Exclude<Place['at'], 'table' | 'detail' | 'json'>, session: Session): Place => {
	switch (at) {
		case 'overview': {
			return {at, panel: undefined};
		}

		case 'findings':
		case 'timeline': {
			return {at, list: startingList(at)};
		}

		case 'changes': {
			return {at, list: startingList(at), since: session.lastLookedAt};
		}

		case 'collectors':
		case 'help': {
			return {at, scroll: 0};
		}
	}
};

const looked = (session: Session): void => {
	session.lastLookedAt = session.options.now();
	session.options.onLooked?.(session.lastLookedAt);
};

/** A screenful, less a line that shows where one was. */
const page = (session: Session): number => Math.max(1, session.listRows() - 1);

const move = (session: Session, by: number): void => {
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

const moveSideways = (session: Session, by: number): void => {
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

const selectedNow = (state: TuiState, session: Session): string | undefined => {
	const {place} = state.visits[0];
	return selectedPanel(state.overview, place.at === 'overview' ? place.panel : undefined, state.size, session.look());
};

const open = (session: Session): void => {
	session.update(state => {
		const visit = currentVisit(state);
		const {place} = visit;
		if (place.at === 'overview') {
			if (state.overview === undefined) {
				return withVisit(state, {...visit, entersAhead: (visit.entersAhead ?? 0) + 1});
			}

			const service = selectedNow(state, session);
			return service === undefined ? state : openVisit(state, {place: {at: 'table', service, list: startingList('table')}});
		}

		if (windowOf(visit) === undefined) {
			return withVisit(state, {...visit, entersAhead: (visit.entersAhead ?? 0) + 1});
		}

		const row = selectedOf(visit);
		return row === undefined ? state : openVisit(state, {place: {at: 'detail', key: row.key, scroll: 0, terraform: false}, name: row.name});
	});
};

const selectedOf = (visit: Visit): {readonly key: string; readonly name: string} | undefined => {
	const {place} = visit;
	switch (place.at) {
		case 'table': {
			return selectedRow(visit.panel, place.list);
		}

		case 'findings': {
			return selectedRow(visit.findings, place.list);
		}

		case 'timeline': {
			return selectedRow(visit.expirations, place.list);
		}

		case 'changes': {
			const change = selectedRow(visit.changes, place.list);
			return change === undefined ? undefined : {key: change.key, name: change.resourceName};
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

const serviceOf = (visit: Visit): string | undefined => visit.detail?.entry?.service;

/** The next row of the list that the detail was opened from, without going back to it. */
const step = (session: Session, by: number): void => {
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

const refresh = async (session: Session, service: string | undefined): Promise<void> => {
	session.tell(service === undefined ? ours('asking for everything anew…') : say`asking for ${session.look().show(service)} anew…`);
	try {
		session.tell(session.look().show(await session.options.watcher.refresh(service)));
	} catch (error) {
		session.tell(session.look().show(messageOf(error)), 'refused');
	}
};

/** Does something with the detail of what is selected, which in a list has to be asked for. */
const withDetail = async (session: Session, work: (detail: Detail) => void): Promise<void> => {
	const visit = currentVisit(session.state());
	if (visit.detail !== undefined) {
		work(visit.detail);
		return;
	}

	const row = selectedOf(visit);
	if (row === undefined) {
		session.tell(ours('nothing is selected'), 'refused');
		return;
	}

	try {
		work(await session.options.watcher.ask({ask: 'detail', key: row.key.split('#', 1)[0] ?? row.key}));
	} catch (error) {
		session.tell(session.look().show(messageOf(error)), 'refused');
	}
};

const copy = (session: Session, text: string): void => {
	session.control.copy(text);
	session.tell(say`copied, where the terminal allows it: ${session.look().show(text)}`);
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
