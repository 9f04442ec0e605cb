import {performance} from 'node:perf_hooks';
import type {Board} from '../model/index.js';

/** Soon enough that a change is on the board while one looks, late enough that a round of collections is joined once. */
const settleMs = 1000;
/** Joining may take this part of the time, unless that would keep boards waiting for longer than anybody would. */
const workShare = 0.1;
const longestRestMs = 10_000;
/** Whoever has just started Vedette looks at boards that fill: half of the time is well spent then. */
const firstLookMs = 30_000;
const firstLookShare = 0.5;
/** Rules of boards judge by the time as well. */
const atLeastEveryMs = 5 * 60_000;

/**
 * Decides when boards are joined: a moment after an input was collected, seldom enough not to be felt, and every few minutes
 * in any case. One run at a time. `stop` resolves when no run is under way any more.
 */
export const createBoardSchedule = (parts: {
	readonly boards: () => readonly Board[];
	readonly join: (boards: readonly Board[]) => Promise<void>;
	readonly onBug: (error: unknown) => void;
	/** Milliseconds by a clock that is never set. */
	readonly now?: () => number;
}) => {
	const {now = () => performance.now()} = parts;
	const due = new Set<string>();
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	const startedMs = now();
	let restUntilMs = 0;
	let stopped = false;

	const run = async (): Promise<void> => {
		const beganMs = now();
		const chosen = parts.boards().filter(({id}) => due.has(id));
		due.clear();
		try {
			await parts.join(chosen);
		} catch (error) {
			parts.onBug(error);
		}

		const endedMs = now();
		const share = endedMs - startedMs < firstLookMs ? firstLookShare : workShare;
		restUntilMs = endedMs + Math.min(longestRestMs, (endedMs - beganMs) * (1 / share - 1));
	};

	const arm = (): void => {
		if (stopped || timer !== undefined || running !== undefined || due.size === 0) {
			return;
		}

		timer = setTimeout(
			() => {
				timer = undefined;
				running = run().finally(() => {
					running = undefined;
					arm();
				});
			},
			Math.max(settleMs, restUntilMs - now()),
		);
	};

	const ask = (boards: readonly Board[]): void => {
		for (const {id} of boards) {
			due.add(id);
		}

		arm();
	};

	const ticker = setInterval(() => ask(parts.boards()), atLeastEveryMs);
	return {
		/** A service was collected, or (without one) anything may have changed. */
		touched(service?: string): void {
			ask(parts.boards().filter(({inputs}) => service === undefined || inputs.some(input => input.service === service)));
		},
		async stop(): Promise<void> {
			stopped = true;
			clearInterval(ticker);
			clearTimeout(timer);
			await running;
		},
	};
};
