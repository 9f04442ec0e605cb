import type {WatcherState} from '../model/watcher.js';

/**
 * Starts a daemon in the place of one that died, by the words that the dead one left. Resolves with undefined once one serves,
 * or with a sentence why none does. Ends what it started where `signal` aborts before that. Never rejects.
 */
export type StartSuccessor = (words: readonly string[], signal: AbortSignal) => Promise<string | undefined>;

type Standing = Extract<WatcherState, {status: 'lost'}>['successor'];

export type Succession = {
	/** One died that left these words: begins to start another, unless that is under way or was tried a short while ago. */
	begin(words: readonly string[]): void;
	standing(): Standing;
	/** All is well again, or nobody is missed any more. */
	forget(): void;
	close(): void;
};

/** One that dies at once, each time, must not keep the machine busy. */
const firstPauseMs = 30_000;
const lastPauseMs = 10 * 60_000;

/** `onChange` is called when another serves, and when none could be started. `now` in milliseconds. */
export const createSuccession = ({
	start,
	now,
	onChange,
}: {
	readonly start: StartSuccessor;
	readonly now: () => number;
	readonly onChange: () => void;
}): Succession => {
	const closing = new AbortController();
	let standing: Standing;
	let pauseMs = firstPauseMs;
	let begunAt: number | undefined;

	const attempt = async (words: readonly string[]): Promise<void> => {
		const failed = await start(words, closing.signal);
		if (!closing.signal.aborted) {
			standing = failed === undefined ? undefined : {failed};
			onChange();
		}
	};

	return {
		begin(words) {
			const sinceMs = begunAt === undefined ? Number.POSITIVE_INFINITY : now() - begunAt;
			if (standing === 'starting' || sinceMs < pauseMs || closing.signal.aborted) {
				return;
			}

			// One that lived for long was well, and died of something else.
			pauseMs = sinceMs > lastPauseMs ? firstPauseMs : Math.min(lastPauseMs, pauseMs * 2);
			begunAt = now();
			standing = 'starting';
			void attempt(words);
		},
		standing: () => standing,
		forget() {
			if (standing !== 'starting') {
				standing = undefined;
			}
		},
		close: () => closing.abort(),
	};
};
