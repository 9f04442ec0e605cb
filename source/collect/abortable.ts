/**
 * Waits for one promise after the other, and for none of them any longer once the signal has aborted.
 *
 * Not by `Promise.race` against a promise for the abort: that one would remember every race it was in, and so keep whatever
 * came out of them until the end, such as each finding of a collection of a hundred thousand.
 */
export const abortable = (signal: AbortSignal): (<T>(waitedFor: Promise<T>) => Promise<T>) => {
	let giveUp: (reason: unknown) => void = () => {};
	signal.addEventListener('abort', () => giveUp(signal.reason), {once: true});
	return async waitedFor =>
		new Promise((resolve, reject) => {
			giveUp = reject;
			if (signal.aborted) {
				reject(signal.reason);
			}

			waitedFor.then(resolve, reject);
		});
};
