import fc from 'fast-check';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {TokenBucket} from '../../source/collect/token-bucket.js';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Lets callers arrive at given moments and tells when each was let go, in milliseconds. */
const departures = async (bucket: TokenBucket, arrivals: readonly number[], untilMs: number): Promise<number[]> => {
	const left: number[] = [];
	const startMs = Date.now();
	for (const arrivalMs of arrivals.toSorted((a, b) => a - b)) {
		await vi.advanceTimersByTimeAsync(Math.max(0, arrivalMs - (Date.now() - startMs)));
		void bucket.take().then(() => left.push(Date.now() - startMs));
	}

	await vi.advanceTimersByTimeAsync(untilMs);
	return left;
};

test('no window of any length ever holds more calls than capacity plus rate times length', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.double({min: 0.5, max: 50, noNaN: true}),
			fc.integer({min: 1, max: 20}),
			fc.array(fc.integer({min: 0, max: 5000}), {minLength: 1, maxLength: 60}),
			async (perSecond, capacity, arrivals) => {
				const bucket = new TokenBucket({perSecond, capacity, clockMs: () => Date.now()});
				const left = await departures(bucket, arrivals, 200_000);
				expect(left).toHaveLength(arrivals.length);
				for (const [first, fromMs] of left.entries()) {
					for (let last = first; last < left.length; last++) {
						const lengthMs = (left[last] ?? 0) - fromMs;
						expect(last - first + 1).toBeLessThanOrEqual(Math.floor(capacity + (perSecond * lengthMs) / 1000 + 1e-6));
					}
				}
			},
		),
		{numRuns: 60},
	);
});

test('waiters are served in the order they came', async () => {
	const bucket = new TokenBucket({perSecond: 10, capacity: 1, clockMs: () => Date.now()});
	const order: number[] = [];
	for (const caller of [1, 2, 3, 4]) {
		void bucket.take().then(() => order.push(caller));
	}

	await vi.advanceTimersByTimeAsync(1000);
	expect(order).toEqual([1, 2, 3, 4]);
});

test('a caller that gives up takes no token and holds up nobody', async () => {
	const bucket = new TokenBucket({perSecond: 1, capacity: 1, clockMs: () => Date.now()});
	await bucket.take();
	const leaving = new AbortController();
	const gaveUp = bucket.take(leaving.signal);
	const rejected = expect(gaveUp).rejects.toThrow('leaving');
	let served = false;
	void bucket.take().then(() => {
		served = true;
	});
	leaving.abort(new Error('leaving'));
	await rejected;
	await vi.advanceTimersByTimeAsync(1001);
	expect(served).toBe(true);
	expect(bucket.state()).toMatchObject({sent: 2, waiting: 0});
});

test('under a storm of throttling the offered calls fall to a tenth within 30 s and are back within 60 s after it', async () => {
	const perSecond = 10;
	const bucket = new TokenBucket({perSecond, capacity: perSecond, clockMs: () => Date.now()});
	let storm = true;
	const calls: number[] = [];
	const startMs = Date.now();
	const caller = async () => {
		while (Date.now() - startMs < 180_000) {
			await bucket.take();
			calls.push(Date.now() - startMs);
			if (storm) {
				bucket.penalise();
			} else {
				bucket.reward();
			}
		}
	};
	void caller();
	await vi.advanceTimersByTimeAsync(60_000);
	storm = false;
	await vi.advanceTimersByTimeAsync(120_000);
	const during = (fromS: number, toS: number) => calls.filter(ms => ms >= fromS * 1000 && ms < toS * 1000).length / (toS - fromS);
	expect(during(30, 60)).toBeLessThanOrEqual(perSecond * 0.1);
	expect(during(30, 60)).toBeGreaterThan(0);
	expect(during(120, 150)).toBeGreaterThan(perSecond * 0.9);
});
