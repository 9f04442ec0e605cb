import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

export * from './made.js';

/** A directory of the test's own, short enough for a socket, closed to others, gone when the test is. */
export const ownDirectory = async (): Promise<string> => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vd-'));
	// Daemons that came second may still be on their way out, and write their last words into it.
	onTestFinished(async () => rm(directory, {recursive: true, force: true, maxRetries: 20, retryDelay: 100}));
	return directory;
};

/** Waits until a condition holds; fails loudly if it never does. */
export const until = async <T>(condition: () => T | Promise<T>, what = 'the condition', timeoutMs = 5000): Promise<NonNullable<T>> => {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const value = await condition();
		if (value) {
			return value;
		}

		if (performance.now() > deadline) {
			throw new Error(`${what} did not come to be within ${timeoutMs} ms`);
		}

		await new Promise(resolve => {
			setTimeout(resolve, 5);
		});
	}
};
