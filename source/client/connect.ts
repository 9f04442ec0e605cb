import type {DaemonFrame, Health, ViewerFrame} from '../model/protocol.js';
import type {AnswerTo, Query} from '../model/query.js';
import type {Watcher, WatcherState} from '../model/watcher.js';
import {type Connection, noDaemon, openConnection, successorOf} from './connection.js';
import {createSuccession, type StartSuccessor} from './succession.js';

export type ConnectOptions = {
	readonly runtimeDir: string;
	/** The viewer's own. */
	readonly version: string;
	/** Milliseconds since the epoch. */
	readonly now?: () => number;
	/** Milliseconds that only ever go forward. */
	readonly clockMs?: () => number;
	/** 0 to below 1, as `Math.random`. */
	readonly random?: () => number;
	/** Starts another daemon where one died that nothing else looks after. Without it the viewer waits. */
	readonly startSuccessor?: StartSuccessor;
};

const firstRetryMs = 200;
const lastRetryMs = 10_000;

/** A daemon that has not answered by then is stuck. */
const answerMs = 30_000;

type Question = {
	readonly frame: ViewerFrame;
	/** What the daemon said, or why it said nothing. */
	readonly settle: (frame: DaemonFrame | string) => void;
};

type Watched = {readonly query: Query; readonly listener: (answer: unknown) => void};

/**
 * The daemon's socket as a `Watcher`. Tries at once, and again for ever after a loss: after 0.2 s, doubling to 10 s, each
 * shortened by up to a half by chance, so that many viewers do not come back together. Watches survive reconnections. A daemon
 * that died is replaced where that is asked for; one that was stopped is not.
 */
export const connect = ({
	runtimeDir,
	version,
	now = Date.now,
	clockMs = () => performance.now(),
	random = Math.random,
	startSuccessor,
}: ConnectOptions): Watcher => {
	const stateListeners = new Set<(state: WatcherState) => void>();
	const watches = new Map<number, Watched>();
	const questions = new Map<number, Question>();
	let state: WatcherState = {status: 'connecting'};
	let connection: Connection | undefined;
	let timer: NodeJS.Timeout | undefined;
	let failures = 0;
	let lastId = 0;
	let wasLive = false;
	let closed = false;

	const become = (next: WatcherState): void => {
		state = next;
		for (const listener of stateListeners) {
			listener(next);
		}
	};

	const onFrame = (frame: DaemonFrame): void => {
		if (frame.say === 'welcome' || frame.id === undefined) {
			return;
		}

		const {id} = frame;
		const question = questions.get(id);
		if (question !== undefined) {
			questions.delete(id);
			question.settle(frame);
		} else if (frame.say === 'answer') {
			watches.get(id)?.listener(frame.answer);
		}
	};

	const lose = (reason: string): void => {
		connection = undefined;
		if (closed) {
			return;
		}

		const waitMs = Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(failures, 10)) * (1 - random() / 2);
		failures += 1;
		timer = setTimeout(() => void attempt(), waitMs);
		const since = state.status === 'lost' ? state.since : new Date(now()).toISOString();
		// Whoever finds none at first starts one by its own flags.
		const dead = wasLive && reason === noDaemon ? successorOf(runtimeDir) : undefined;
		if (dead === undefined) {
			succession?.forget();
		} else {
			succession?.begin(dead);
		}

		const successor = succession?.standing();
		become({
			status: 'lost',
			since,
			retryAt: new Date(now() + waitMs).toISOString(),
			reason,
			...(successor !== undefined && {successor}),
		});
		for (const [id, question] of [...questions]) {
			questions.delete(id);
			question.settle(reason);
		}
	};

	const attempt = async (): Promise<void> => {
		timer = undefined;
		const opened = await openConnection({runtimeDir, version, onFrame, onEnd: lose});
		if (typeof opened === 'string') {
			lose(opened);
			return;
		}

		if (closed) {
			opened.close();
			return;
		}

		connection = opened;
		failures = 0;
		wasLive = true;
		succession?.serves();
		for (const [id, {query}] of watches) {
			opened.say({say: 'watch', id, query});
		}

		for (const {frame} of questions.values()) {
			opened.say(frame);
		}

		become({status: 'live', pid: opened.pid, version: opened.version});
	};

	const succession =
		startSuccessor === undefined
			? undefined
			: createSuccession({
					start: startSuccessor,
					clockMs,
					onChange() {
						if (timer !== undefined) {
							clearTimeout(timer);
							void attempt();
						}
					},
				});

	/** Asks once the first connection is there or has failed; at once after that. */
	const question = async (toFrame: (id: number) => ViewerFrame): Promise<DaemonFrame> => {
		if (closed) {
			throw new Error('This viewer has been closed');
		}

		if (state.status === 'lost') {
			throw new Error(state.reason);
		}

		lastId += 1;
		const id = lastId;
		const frame = toFrame(id);
		let stuck: NodeJS.Timeout | undefined;
		const said = await new Promise<DaemonFrame | string>(resolve => {
			questions.set(id, {frame, settle: resolve});
			stuck = setTimeout(() => resolve('The daemon does not answer'), answerMs);
			connection?.say(frame);
		});
		clearTimeout(stuck);
		questions.delete(id);
		if (typeof said === 'string') {
			throw new Error(said);
		}

		if (said.say === 'error') {
			throw new Error(said.error);
		}

		return said;
	};

	void attempt();

	return {
		state: () => state,
		onState(listener) {
			stateListeners.add(listener);
			return () => {
				stateListeners.delete(listener);
			};
		},
		watch<Q extends Query>(query: Q, listener: (answer: AnswerTo<Q>) => void) {
			lastId += 1;
			const id = lastId;
			// The daemon answers a query with that query's answer, and the id says which it was.
			watches.set(id, {query, listener: answer => listener(answer as AnswerTo<Q>)});
			connection?.say({say: 'watch', id, query});
			return () => {
				if (watches.delete(id)) {
					connection?.say({say: 'drop', id});
				}
			};
		},
		async ask<Q extends Query>(query: Q): Promise<AnswerTo<Q>> {
			const said = await question(id => ({say: 'ask', id, query}));
			if (said.say !== 'answer') {
				throw new Error('The daemon answered something else');
			}

			// As above.
			return said.answer as AnswerTo<Q>;
		},
		async refresh(service) {
			try {
				const said = await question(id => ({say: 'refresh', id, ...(service !== undefined && {service})}));
				return said.say === 'done' ? said.text : 'The daemon answered something else';
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		},
		async health(): Promise<Health | undefined> {
			try {
				const said = await question(id => ({say: 'health', id}));
				return said.say === 'health' ? said.health : undefined;
			} catch {
				return undefined;
			}
		},
		async close() {
			closed = true;
			clearTimeout(timer);
			connection?.close();
			connection = undefined;
			watches.clear();
			stateListeners.clear();
			for (const {settle} of questions.values()) {
				settle('This viewer has been closed');
			}

			questions.clear();
			await succession?.close();
		},
	};
};
