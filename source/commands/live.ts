import {connect} from '../client/connect.js';
import type {StartSuccessor} from '../client/succession.js';
import {safeText, type Watcher} from '../model/index.js';
import {detectTheme, plainTheme, type Theme} from '../view/theme.js';
import {directories} from './directories.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {firstState, openCache} from './open-watcher.js';
import {redactedWatcher} from './redacted-watcher.js';
import {redactorFor} from './redaction.js';
import {version} from './version.js';

/** Someone to watch, or the exit code after it has been said why there is nobody. `started`: a daemon was started for it just now. */
export type Live = {readonly watcher: Watcher; readonly started: boolean} | number;

/** The daemon of this watch, started where none runs; the cache where none can be, or where that is asked for. */
export const openLive = async (flags: GlobalFlags, io: Io): Promise<Live> => {
	const found = await find(flags, io);
	const redactor = await redactorFor(flags, io);
	return typeof found === 'number' || redactor === undefined ? found : {...found, watcher: redactedWatcher(found.watcher, redactor)};
};

const find = async (flags: GlobalFlags, io: Io): Promise<Live> => {
	const where = directories(flags, io);
	if (flags.offline === true) {
		return cacheOr(await openCache(where, 'offline, as asked for', io), exitCode.unavailable, io);
	}

	const startSuccessor: StartSuccessor = async (successor, signal) =>
		(await import('./background.js')).successorFor(flags, where, io)(successor, signal);
	const options = {runtimeDir: where.runtimeDir, version, startSuccessor};
	const watcher = connect(options);
	const state = await firstState(watcher);
	if (state.status === 'live') {
		return {watcher, started: false};
	}

	await watcher.close();
	// Only now: reading and checking the configuration costs more than finding a daemon that has done so.
	const [{settingsOrTold}, {backgroundDaemon}] = await Promise.all([import('./settings.js'), import('./background.js')]);
	if ((await settingsOrTold(flags, io)) === undefined) {
		return exitCode.usage;
	}

	const ensured = await backgroundDaemon(flags, where);
	if (ensured.running) {
		return {watcher: connect(options), started: true};
	}

	io.note(safeText(`vedette: no daemon can be started: ${ensured.reason}`));
	return cacheOr(await openCache(where, ensured.reason, io), ensured.exitCode ?? exitCode.unavailable, io);
};

const cacheOr = (cache: Watcher | string, code: number, io: Io): Live => {
	if (typeof cache !== 'string') {
		return {watcher: cache, started: false};
	}

	io.note(safeText(`vedette: ${cache}`));
	return code;
};

/** Whether there is a screen to draw on, and somebody who types. */
export const hasScreen = (flags: GlobalFlags, io: Io): boolean =>
	flags.plain !== true && flags.json !== true && io.isTerminal && process.stdin.isTTY && io.environment['TERM'] !== 'dumb';

export const themeFor = (flags: GlobalFlags, io: Io): Theme => {
	const theme = detectTheme(io.environment);
	return flags.ascii === true ? {...theme, ascii: true} : theme;
};

/** For text that goes to a file or a pipe. */
export const plainThemeFor = (flags: GlobalFlags, io: Io): Theme => ({
	...plainTheme,
	ascii: themeFor(flags, io).ascii && flags.ascii === true,
});

/** The zone of whoever looks. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How a screen that a signal ended is told to a shell. https://tldp.org/LDP/abs/html/exitcodes.html */
export const endCode = (endedBy: 'key' | 'closed' | 'SIGTERM' | 'SIGHUP' | 'SIGINT'): number =>
	({key: exitCode.clean, closed: exitCode.clean, SIGTERM: exitCode.terminated, SIGHUP: 129, SIGINT: exitCode.interrupted})[endedBy];
