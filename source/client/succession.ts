import type {Successor} from '../model/protocol.js';
import type {WatcherState} from '../model/watcher.js';

/**
 * Starts a daemon in the place of one that died, by what the dead one left. Resolves with undefined once one serves, or with a
 * sentence why none does. Ends what it started where `signal` aborts before that.
 */
export type StartSuccessor = (successor: Successor, signal: AbortSignal) => Promise<string | undefined>;

type Standing = Extract<WatcherState, {status: 'lost'}>['successor'];

export type Succession = {
	/** One died that left this: begins to start another, unless that is under way or was tried a short while ago. */
	begin(successor: Successor): void;
	standing(): Standing;
	/** One serves. */
	serves(): void;
	/** Whoever is missed was stopped, or something else looks after it: nothing is to be started. */
	forget(): void;
	/** Resolves when nothing that was begun is under way any more. */
	close(): Promise<void>;
};

/** One that dies at once, each time, must not keep the machine busy. */
const firstPauseMs = 30_000;
const lastPauseMs = 10 * 60_000;

/** `onChange` is called when another serves, and when none could be started. `clockMs` only ever goes forward. */
export const createSuccession = ({
	start,
	clockMs,
	onChange,
}: {
	readonly start: StartSuccessor;
	readonly clockMs: () => number;
	readonly onChange: () => void;
}): Succession => {
	const closing = new AbortController();
	let standing: Standing;
	let pauseMs = firstPauseMs;
	let begunAt: number | undefined;
	let servesSince: number | undefined;
	let underWay: Promise<void> | undefined;

	const attempt = async (successor: Successor): Promise<void> => {
		const failed = await start(successor, closing.signal).catch((error: unknown) =>
			error instanceof Error ? error.message : String(error),
		);
		underWay = undefined;
		standing = failed === undefined ? undefined : {failed};
		if (!closing.signal.aborted) {
			onChange();
		}
	};

	return {
		begin(successor) {
			if (underWay !== undefined || closing.signal.aborted) {
				return;
			}

			const now = clockMs();
			// One that lived for long was well, and died of something else.
			if (servesSince !== undefined && now - servesSince > lastPauseMs) {
				pauseMs = firstPauseMs;
				begunAt = undefined;
			}

			servesSince = undefined;
			if (begunAt !== undefined && now - begunAt < pauseMs) {
				standing ??= {failed: 'the last one died soon after its start'};
				return;
			}

			pauseMs = begunAt === undefined ? firstPauseMs : Math.min(lastPauseMs, pauseMs * 2);
			begunAt = now;
			standing = 'starting';
			underWay = attempt(successor);
		},
		standing: () => standing,
		serves() {
			servesSince ??= clockMs();
			if (underWay === undefined) {
				standing = undefined;
			}
		},
		forget() {
			if (underWay === undefined) {
				standing = undefined;
			}
		},
		async close() {
			closing.abort();
			await underWay;
		},
	};
};
