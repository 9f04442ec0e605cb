import {ours} from '../model/index.js';
import {consoleLink, partitionOf} from '../view/console-link.js';
import {leadingCommand} from '../view/detail.js';
import {sortKeys} from '../view/filter-line.js';
import type {Destination} from '../view/go-to.js';
import {say} from '../view/line.js';
import type {Place} from '../view/ui-state.js';
import type {ActionName} from './key-bindings.js';
import {move, moveSideways, page, selectedNow, step} from './movement.js';
import {messageOf, selectedOf, withDetail} from './selection.js';
import type {Session} from './session-port.js';
import {
	currentPlace,
	currentVisit,
	goBack,
	listOf,
	openVisit,
	startingList,
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

const serviceOf = (visit: Visit): string | undefined => visit.detail?.entry?.service;

const refresh = async (session: Session, service: string | undefined): Promise<void> => {
	session.tell(service === undefined ? ours('asking for everything anew…') : say`asking for ${session.look().show(service)} anew…`);
	try {
		session.tell(session.look().show(await session.options.watcher.refresh(service)));
	} catch (error) {
		session.tell(session.look().show(messageOf(error)), 'refused');
	}
};

const copy = (session: Session, text: string): void => {
	session.control.copy(text);
	session.tell(say`copied, where the terminal allows it: ${session.look().show(text)}`);
};
