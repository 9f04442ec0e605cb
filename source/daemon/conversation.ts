import {createHash, timingSafeEqual} from 'node:crypto';
import type {Socket} from 'node:net';
import type {Health, Query, ViewerFrame} from '../model/index.js';
import {createLineReader, maxViewerLine, protocolVersion} from '../model/index.js';
import {parseFrame} from './frames.js';
import type {Outlet} from './outlet.js';
import type {SharedAnswers} from './shared-answers.js';

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

const maxWatches = 64;
/** A viewer that talks nonsense this often is no viewer. */
const maxBadFrames = 100;
const helloMs = 5000;

export type ConversationOptions = {
	readonly serves: Serves;
	/** The daemon's own. */
	readonly version: string;
	readonly startedAt: string;
	readonly socket: Socket;
	readonly outlet: Outlet;
	readonly token: string;
	readonly answers: SharedAnswers;
};

/** One viewer's conversation, a frame at a time: the next is read when the last is answered and has been taken. */
export const converse = ({socket, outlet, token, version, startedAt, serves, answers}: ConversationOptions): {end(): void} => {
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
