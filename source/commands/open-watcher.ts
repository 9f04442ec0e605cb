import {connect} from '../client/connect.js';
import type {Directories} from '../config/directories.js';
import {safeText, type Watcher, type WatcherState} from '../model/index.js';
import {directories} from './directories.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {version} from './version.js';

/** Someone to ask, or why there is nobody: a sentence. */
export type Opened = Watcher | string;

/** The cache alone, read-only. `reason` is told to whoever looks. */
export const openCache = async ({stateDir}: Pick<Directories, 'stateDir'>, reason: string, io: Io): Promise<Opened> => {
	const {openOffline} = await import('../client/offline.js');
	try {
		return await openOffline({stateDir, reason, now: () => io.now()});
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
};

/** The daemon where one runs, else the cache, which is said. Never starts a daemon. */
export const openRunning = async (flags: GlobalFlags, io: Io): Promise<Opened> => {
	const where = directories(flags, io);
	if (flags.offline === true) {
		return openCache(where, 'offline, as asked for', io);
	}

	const watcher = connect({runtimeDir: where.runtimeDir, version});
	const state = await firstState(watcher);
	if (state.status === 'live') {
		return watcher;
	}

	await watcher.close();
	const reason = state.status === 'lost' ? state.reason : 'no daemon';
	io.note(safeText(`vedette: ${lowerFirst(reason)}; reading the cache. "vedette daemon" starts one`));
	return openCache(where, reason, io);
};

/** How the first attempt to reach the daemon went. */
export const firstState = async (watcher: Watcher): Promise<WatcherState> => {
	const state = watcher.state();
	if (state.status !== 'connecting') {
		return state;
	}

	return new Promise(resolve => {
		const stop = watcher.onState(next => {
			if (next.status !== 'connecting') {
				stop();
				resolve(next);
			}
		});
	});
};

const lowerFirst = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
