/**
 * Runs `work` on each with at most `concurrency` under way and yields the results in the order of the input.
 * The input is read no further ahead than that, so that pages are fetched as they are needed. The first rejection ends it,
 * after what is under way has settled: nothing goes on behind the reader's back.
 */
export async function* each<T, R>(
	items: Iterable<T> | AsyncIterable<T>,
	work: (item: T) => Promise<R>,
	concurrency: number,
): AsyncGenerator<R, void, undefined> {
	const underWay: Array<Promise<R>> = [];
	try {
		for await (const item of items) {
			const started = work(item);
			// Rejections are met when their turn comes; until then they are not unhandled.
			started.catch(() => undefined);
			underWay.push(started);
			if (underWay.length >= concurrency) {
				const first = underWay.shift();
				if (first !== undefined) {
					yield await first;
				}
			}
		}

		for (let next = underWay.shift(); next !== undefined; next = underWay.shift()) {
			yield await next;
		}
	} finally {
		await Promise.allSettled(underWay);
	}
}
