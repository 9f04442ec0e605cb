import {homedir} from 'node:os';
import {toCatalogue} from '../model/index.js';
import type {Store} from '../store/port.js';
import {type DaemonParts, joinSteps, watchedServices} from './join.js';
import {watchedBoards} from './join-boards.js';
import {acquireLock, type Lock} from './lock.js';
import {openServer} from './server.js';
import {socketPathsOf} from './socket-paths.js';

export type {DaemonGate, DaemonParts} from './join.js';

export type Daemon = {
	readonly socket: string;
	/** Asks for a new configuration. Resolves with a sentence that says what came of it. */
	reload(): Promise<string>;
	/** Drains for up to 10 s, closes everything. Idempotent. */
	stop(): Promise<void>;
	/** Resolves when it has stopped, for whatever reason. */
	readonly done: Promise<void>;
};

export type StartedDaemon =
	| {readonly started: true; readonly daemon: Daemon}
	/** `exitCode` as in sysexits: 75 another daemon runs, 77 the directories are not fit, 69 the socket or the cache is not. */
	| {readonly started: false; readonly exitCode: 69 | 75 | 77; readonly reason: string};

/**
 * Takes the lock, opens the cache, lets viewers in at once with what was last known, then asks AWS who we are and polls:
 * schedule → collect → evaluate → store → publish. What goes wrong while it runs is shown, not thrown.
 */
export const startDaemon = async (parts: DaemonParts): Promise<StartedDaemon> => {
	const {config, log} = parts;
	const paths = socketPathsOf(config.runtimeDir, parts.host ?? {platform: process.platform, home: homedir()});
	if (typeof paths === 'string') {
		return {started: false, exitCode: 77, reason: paths};
	}

	const locks: Lock[] = [];
	const release = async (): Promise<void> => {
		for (const lock of locks.reverse()) {
			await lock.release();
		}
	};

	// Both: two watches that share a cache, or a socket, would each be wrong in a way of their own.
	for (const directory of new Set([config.stateDir, config.runtimeDir])) {
		const attempt = await acquireLock(directory);
		if (!attempt.held) {
			await release();
			return {started: false, exitCode: attempt.taken ? 75 : 77, reason: attempt.reason};
		}

		locks.push(attempt.lock);
		try {
			await attempt.lock.announce({pid: process.pid, socket: paths.socket});
		} catch (error) {
			// A full disk. The lock holds all the same; only who holds it is not said.
			log.warn({err: error}, 'The lock could not be signed');
		}
	}

	let store: Store;
	try {
		store = await parts.openStore(config);
	} catch (error) {
		await release();
		return {started: false, exitCode: 69, reason: `The cache cannot be opened: ${error instanceof Error ? error.message : String(error)}`};
	}

	const startedAt = new Date((parts.now ?? Date.now)()).toISOString();
	store.setMutes(config.mutes, startedAt);
	try {
		const watched = watchedServices(parts.services, config);
		await store.setCatalogue(toCatalogue([...watchedBoards(parts.boards ?? [], watched), ...watched]));
	} catch (error) {
		// The cache says of itself that it is not well; what it holds is shown all the same.
		log.error({err: error}, 'The catalogue could not be written');
	}

	const {serves, begin, stop, done} = joinSteps(parts, store, startedAt, release);
	const server = await openServer({serves, paths, version: parts.version, startedAt, successor: parts.successor, log});
	if (typeof server === 'string') {
		await stop();
		return {started: false, exitCode: 69, reason: server};
	}

	begin(server);
	log.info({socket: paths.socket, stateDir: config.stateDir}, 'Vedette serves');
	return {started: true, daemon: {socket: paths.socket, reload: serves.reload, stop, done}};
};
