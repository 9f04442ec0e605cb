import type {OutcomeStatus} from '../model/index.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What is said of a denied permission or a Region that is off changes by somebody's hand, not within minutes. */
const reprobeMs = hour;

/**
 * How long to wait after a run, in milliseconds, before jitter.
 * `failures` counts the runs in a row, this one included, that ended with anything but an answer.
 * - An answer (`ok`, `partial`, `not-enabled`): the interval.
 * - `denied`, `not-available`: the interval, but at least an hour.
 * - `unauthenticated`: 10 s, doubling up to 5 min. Whoever sees that a login happened wakes the task before that.
 * - `unreachable`: 5 s, doubling up to 5 min, so that a network that returns is noticed soon.
 * - `throttled`, `failed`: the interval, but never more than 15 min, doubling: a daily task must not lose a day.
 */
export const paceAfter = (status: OutcomeStatus | 'skipped', everyMs: number, failures: number): number => {
	const doubled = (firstMs: number, mostMs: number): number => Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
	switch (status) {
		case 'ok':
		case 'partial':
		case 'not-enabled':
		case 'skipped': {
			return everyMs;
		}

		case 'denied':
		case 'not-available': {
			return Math.max(everyMs, reprobeMs);
		}

		case 'unauthenticated': {
			return doubled(10 * second, 5 * minute);
		}

		case 'unreachable': {
			return doubled(5 * second, 5 * minute);
		}

		case 'throttled':
		case 'failed': {
			return Math.min(everyMs, doubled(15 * minute, 24 * hour));
		}
	}
};

/** Whether a run brought an answer about the account, so that back-off ends. */
export const isAnswer = (status: OutcomeStatus | 'skipped'): boolean =>
	status === 'ok' || status === 'partial' || status === 'not-enabled' || status === 'skipped';
