import type {Health} from './protocol.js';
import type {AnswerTo, Query} from './query.js';

/** Whether what is on screen can be believed to be moving. */
export type WatcherState =
	| {readonly status: 'connecting'}
	| {readonly status: 'live'; readonly pid: number; readonly version: string}
	/** The daemon is gone: the last answers stay, and get older. */
	| {
			readonly status: 'lost';
			readonly since: string;
			readonly retryAt: string;
			readonly reason: string;
			/** Of one that died, and that nothing else looks after: another is being started, or this kept it from starting. */
			readonly successor?: 'starting' | {readonly failed: string};
	  }
	/** Read from the cache alone, by choice or because no daemon runs. */
	| {readonly status: 'offline'; readonly reason: string};

/** The port through which every viewer sees the account: the daemon's socket or the cache, alike. */
export type Watcher = {
	readonly state: () => WatcherState;
	/** Calls back on every change of `state`. Returns how to stop. */
	onState(listener: (state: WatcherState) => void): () => void;
	/** Calls back with the answer, and again whenever it changes, across reconnections. Returns how to stop. */
	watch<Q extends Query>(query: Q, listener: (answer: AnswerTo<Q>) => void): () => void;
	/** Answers once. Rejects with an `Error` whose message is fit for a person when there is nobody to answer. */
	ask<Q extends Query>(query: Q): Promise<AnswerTo<Q>>;
	/** Collects now: one service or all. Resolves with a sentence that says what was started, or why not. */
	refresh(service?: string): Promise<string>;
	health(): Promise<Health | undefined>;
	close(): Promise<void>;
};
