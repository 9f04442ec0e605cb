import {randomBytes} from 'node:crypto';
import {chmod, lstat} from 'node:fs/promises';
import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import type {DaemonAddress, Successor} from '../model/index.js';
import {converse, type Serves} from './conversation.js';
import type {Log} from './log.js';
import {createOutlet, type Outlet, viewerPatienceMs} from './outlet.js';
import {codeOf, directoryProblem, removeFile, writePrivateFile} from './private-files.js';
import {createSharedAnswers} from './shared-answers.js';
import type {SocketPaths} from './socket-paths.js';

export type ServerOptions = {
	readonly serves: Serves;
	readonly paths: SocketPaths;
	readonly version: string;
	readonly startedAt: string;
	/** As in `DaemonAddress`. */
	readonly successor?: Successor | undefined;
	readonly log: Log;
	/** How long a viewer may take nothing of what waits for it. */
	readonly patienceMs?: number;
};

export type ViewerServer = {
	/** It is told to stop: whoever misses it from now on starts no other. Idempotent. */
	retire(): Promise<void>;
	/** Something that answers rest on may have changed. */
	changed(): void;
	viewers(): number;
	/** Ends all connections and takes socket and address away. Idempotent. */
	close(): Promise<void>;
};

const maxViewers = 256;

/**
 * Listens for viewers. Call it only while holding the lock: a socket left by a daemon that died is removed.
 * Resolves with a sentence where that cannot be.
 */
export const openServer = async ({
	serves,
	paths,
	version,
	startedAt,
	successor,
	log,
	patienceMs = viewerPatienceMs,
}: ServerOptions): Promise<ViewerServer | string> => {
	const problem = (await directoryProblem(path.dirname(paths.socket))) ?? (await clearStale(paths.socket));
	if (problem !== undefined) {
		return problem;
	}

	const token = randomBytes(32).toString('hex');
	const connections = new Map<Socket, Outlet>();
	const answers = createSharedAnswers({
		answer: async query => serves.answer(query),
		onError: error => log.error({err: error}, 'A query could not be answered'),
	});

	const server = createServer(socket => {
		const outlet = createOutlet(socket);
		connections.set(socket, outlet);
		const conversation = converse({socket, outlet, token, version, startedAt, serves, answers});
		socket.once('close', () => {
			connections.delete(socket);
			conversation.end();
		});
		// A viewer that dies is its own affair.
		socket.on('error', () => {});
	});
	server.maxConnections = maxViewers;

	const failed = await listen(server, paths.socket);
	if (failed !== undefined) {
		return failed;
	}

	// Such as that no file descriptor is left for a viewer: polling goes on.
	server.on('error', error => log.warn({code: codeOf(error)}, 'A viewer could not be let in'));
	const address: DaemonAddress = {
		pid: process.pid,
		version,
		socket: paths.socket,
		token,
		startedAt,
		...(successor !== undefined && {successor}),
	};
	try {
		await writePrivateFile(paths.address, JSON.stringify(address));
	} catch (error) {
		server.close();
		return `${paths.address} cannot be written, so that no viewer would find the daemon: ${codeOf(error)}`;
	}

	const dropper = setInterval(
		() => {
			for (const [socket, outlet] of connections) {
				const sinceMs = outlet.stuckSinceMs();
				if (sinceMs !== undefined && performance.now() - sinceMs > patienceMs) {
					log.info('A viewer that stopped reading was dropped');
					socket.destroy();
				}
			}
		},
		Math.min(1000, patienceMs),
	);

	let closed: Promise<void> | undefined;
	const close = async (): Promise<void> => {
		clearInterval(dropper);
		answers.stop();
		await removeFile(paths.address);
		const ended = new Promise<void>(resolve => {
			server.close(() => resolve());
		});
		for (const socket of connections.keys()) {
			socket.destroySoon();
			setTimeout(() => socket.destroy(), 200).unref();
		}

		await ended;
		await removeFile(paths.socket);
	};

	return {
		async retire() {
			if (successor === undefined) {
				return;
			}

			const {successor: _, ...alone} = address;
			await writePrivateFile(paths.address, JSON.stringify(alone)).catch((error: unknown) =>
				log.warn({code: codeOf(error)}, 'The address could not be written: viewers may start another daemon'),
			);
		},
		changed: () => answers.changed(),
		viewers: () => connections.size,
		async close() {
			closed ??= close();
			return closed;
		},
	};
};

/** Whoever holds the lock may remove a socket that nobody listens on. Anything but a socket of ours is refused. */
const clearStale = async (socket: string): Promise<string | undefined> => {
	try {
		const about = await lstat(socket);
		if (!about.isSocket()) {
			return `${socket} is no socket: remove it`;
		}

		await removeFile(socket);
		return undefined;
	} catch (error) {
		return codeOf(error) === 'ENOENT' ? undefined : `${socket} cannot be used: ${codeOf(error)}`;
	}
};

const listen = async (server: Server, socket: string): Promise<string | undefined> => {
	const listening = new Promise<string | undefined>(resolve => {
		server.once('error', error => resolve(`${socket} cannot be listened on: ${codeOf(error)}`));
		server.once('listening', () => {
			server.removeAllListeners('error');
			resolve(undefined);
		});
	});
	// The socket is made within this call: nobody can connect before its mode is right.
	const before = process.umask(0o177);
	try {
		server.listen(socket);
	} finally {
		process.umask(before);
	}

	const failed = await listening;
	if (failed === undefined) {
		await chmod(socket, 0o600);
	}

	return failed;
};
