import type {Detail} from '../model/index.js';
import {ours} from '../model/index.js';
import {selectedRow} from '../view/list-frame.js';
import type {Session} from './session-port.js';
import {currentVisit, type Visit} from './tui-state.js';

/** The row under the cursor of a place that has rows. */
export const selectedOf = (visit: Visit): {readonly key: string; readonly name: string} | undefined => {
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

/** Does something with the detail of what is selected, which in a list has to be asked for. */
export const withDetail = async (session: Session, work: (detail: Detail) => void): Promise<void> => {
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

/** What an error says to a person. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
