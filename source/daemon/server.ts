import {createHash, randomBytes, timingSafeEqual} from 'node:crypto';
import {chmod, lstat} from 'node:fs/promises';
import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import type {DaemonAddress, Health, Query, ViewerFrame} from '../model/index.js';
import {createLineReader, maxViewerLine, protocolVersion} from '../model/index.js';
import {parseFrame} from './frames.js';
import type {Log} from './log.js';
import {codeOf, directoryProblem, removeFile, writePrivateFile} from './private-files.js';
import {createSharedAnswers} from './shared-answers.js';
import type {SocketPaths} from './socket-paths.js';
import {createOutlet, type Outlet, viewerPatienceMs} from './viewer.js';

/** What viewers may ask for. None of it takes a path or a command, and none of it changes anything in AWS. */
export type Serves = {
	answer(query: Query): Promise<object>;
	/** Says what was started, or why not. */
	refresh(service: string | undefined): string;
	health(): Promise<Health>;
	reload(): Promise<string>;
	/** Called once the viewer has been told so. */
	stop(): void;
};

export type ServerOptions = {
	readonly serves: Serves;
	readonly paths: SocketPaths;
	readonly version: string;
	readonly startedAt: string;
	readonly log: Log;
};

export type ViewerServer = {
	/** Something that answers rest on may have changed. */
	changed(): void;
	viewers(): number;
	/** Ends all connections and takes socket and address away. Idempotent. */
	close(): Promise<void>;
};

const maxViewers = 256;
const maxWatches = 64;
/** A viewer that talks nonsense this often is no viewer. */
const maxBadFrames = 100;
const helloMs = 5000;

/**
 * Listens for viewers. Call it only while holding the lock: a socket left by a daemon that died is removed.
 * Resolves with a sentence where that cannot be.
 */
export const openServer = async ({serves, paths, version, startedAt, log}: ServerOptions): Promise<ViewerServer | string> => {
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
		const connection = serveViewer({socket, outlet, token, version, startedAt, serves, answers});
		socket.once('close', () => {
			connections.delete(socket);
			connection.end();
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
	const address: DaemonAddress = {pid: process.pid, version, socket: paths.socket, token, startedAt};
	await writePrivateFile(paths.address, JSON.stringify(address));

	const dropper = setInterval(() => {
		for (const [socket, outlet] of connections) {
			const sinceMs = outlet.stuckSinceMs();
			if (sinceMs !== undefined && performance.now() - sinceMs > viewerPatienceMs) {
				log.info('A viewer that stopped reading was dropped');
				socket.destroy();
			}
		}
	}, 1000);

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

type ViewerOptions = Pick<ServerOptions, 'serves' | 'version' | 'startedAt'> & {
	readonly socket: Socket;
	readonly outlet: Outlet;
	readonly token: string;
	readonly answers: ReturnType<typeof createSharedAnswers>;
};

/** One viewer's conversation, a frame at a time: the next is read when the last is answered and has been taken. */
const serveViewer = ({socket, outlet, token, version, startedAt, serves, answers}: ViewerOptions): {end(): void} => {
	const watches = new Map<number, () => void>();
	const read = createLineReader(maxViewerLine);
	let known = false;
	let badFrames = 0;

	const refuse = (error: string): void => {
		void outlet.tell({say: 'error', error});
		socket.end();
		// Whatever it still sends is not read.
		socket.removeAllListeners('data');
		socket.resume();
		setTimeout(() => socket.destroy(), 1000).unref();
	};

	const hello = setTimeout(() => refuse('Nothing was said'), helloMs);

	const greet = async (line: string): Promise<void> => {
		const parsed = parseFrame(line);
		if (!parsed.ok || parsed.frame.say !== 'hello') {
			refuse('A viewer opens with hello');
			return;
		}

		clearTimeout(hello);
		if (!sameToken(parsed.frame.token, token)) {
			refuse('The token is not this daemon’s');
			return;
		}

		if (parsed.frame.protocol !== protocolVersion) {
			refuse(
				`The daemon is of version ${version} and speaks protocol ${protocolVersion}, the viewer protocol ${parsed.frame.protocol}: stop the daemon with "vedette daemon stop" and start again`,
			);
			return;
		}

		known = true;
		await outlet.tell({say: 'welcome', protocol: protocolVersion, version, pid: process.pid, startedAt});
	};

	const drop = (id: number): void => {
		watches.get(id)?.();
		watches.delete(id);
		outlet.forget(id);
	};

	const obey = async (frame: Exclude<ViewerFrame, {say: 'hello'}>): Promise<void> => {
		const {id} = frame;
		switch (frame.say) {
			case 'watch': {
				drop(id);
				if (watches.size >= maxWatches) {
					await outlet.tell({say: 'error', id, error: `A viewer may watch ${maxWatches} things at once`});
					return;
				}

				watches.set(
					id,
					answers.watch(frame.query, answer => outlet.answer(id, answer)),
				);
				return;
			}

			case 'drop': {
				drop(id);
				return;
			}

			case 'ask': {
				await outlet.tellAnswer(id, await answers.ask(frame.query));
				return;
			}

			case 'refresh': {
				await outlet.tell({say: 'done', id, text: serves.refresh(frame.service)});
				return;
			}

			case 'health': {
				await outlet.tell({say: 'health', id, health: await serves.health()});
				return;
			}

			case 'reload': {
				await outlet.tell({say: 'done', id, text: await serves.reload()});
				return;
			}

			case 'stop': {
				await outlet.tell({say: 'done', id, text: 'The daemon is stopping'});
				serves.stop();
			}
		}
	};

	const take = async (line: string): Promise<void> => {
		if (!known) {
			await greet(line);
			return;
		}

		const parsed = parseFrame(line);
		if (parsed.ok && parsed.frame.say !== 'hello') {
			try {
				await obey(parsed.frame);
			} catch (error) {
				await outlet.tell({say: 'error', id: parsed.frame.id, error: error instanceof Error ? error.message : String(error)});
			}

			return;
		}

		badFrames += 1;
		if (badFrames > maxBadFrames) {
			refuse('Too much that is not understood');
			return;
		}

		const error = parsed.ok ? 'Hello was said before' : parsed.error;
		await outlet.tell({say: 'error', ...(!parsed.ok && parsed.id !== undefined && {id: parsed.id}), error});
	};

	const takeAll = async (lines: readonly string[]): Promise<void> => {
		socket.pause();
		for (const line of lines) {
			if (socket.destroyed || socket.writableEnded) {
				return;
			}

			await take(line);
		}

		socket.resume();
	};

	socket.setEncoding('utf8');
	socket.on('data', (chunk: string) => {
		const lines = read(chunk);
		if (lines === undefined) {
			refuse(`A frame may have ${maxViewerLine} characters`);
			return;
		}

		if (lines.length > 0) {
			void takeAll(lines);
		}
	});

	return {
		end() {
			clearTimeout(hello);
			for (const stop of watches.values()) {
				stop();
			}
		},
	};
};

const sameToken = (said: string, token: string): boolean => {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(said), digest(token));
};
