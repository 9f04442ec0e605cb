import {performance} from 'node:perf_hooks';
import type {Operation} from '../model/index.js';
import {type BucketState, TokenBucket} from './token-bucket.js';

const secondsPerMinute = 60;

/** Counts events of the last minute, by second. */
class MinuteCounter {
	readonly #counts = new Uint32Array(secondsPerMinute);
	#second = 0;

	add(nowMs: number): void {
		this.#forget(nowMs);
		const slot = this.#second % secondsPerMinute;
		this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
	}

	total(nowMs: number): number {
		this.#forget(nowMs);
		return this.#counts.reduce((sum, count) => sum + count, 0);
	}

	#forget(nowMs: number): void {
		const second = Math.floor(nowMs / 1000);
		for (let passed = Math.max(this.#second + 1, second - secondsPerMinute + 1); passed <= second; passed++) {
			this.#counts[passed % secondsPerMinute] = 0;
		}

		this.#second = Math.max(this.#second, second);
	}
}

export type LimiterOptions = {
	/** The share of each quota that may be used: 0.2 by default; `Infinity` lifts all limits, for measuring. */
	readonly share: number;
};

/** All token buckets: one per account, Region, service and operation (or shared bucket). Owned by the gate. */
export class Limiter {
	readonly #share: number;
	readonly #buckets = new Map<string, TokenBucket>();
	readonly #calls = new MinuteCounter();
	readonly #throttles = new MinuteCounter();

	constructor({share}: LimiterOptions) {
		this.#share = share;
	}

	/** The bucket that an operation draws from. */
	bucket(
		scope: {readonly accountId: string; readonly awsRegion: string; readonly service: string},
		name: string,
		operation: Operation,
	): TokenBucket {
		const key = `${scope.accountId}/${scope.awsRegion}/${scope.service}/${operation.bucket ?? name}`;
		const known = this.#buckets.get(key);
		if (known !== undefined) {
			return known;
		}

		const bucket = new TokenBucket({
			perSecond: operation.requestsPerSecond * this.#share,
			capacity: (operation.burst ?? operation.requestsPerSecond) * this.#share,
		});
		this.#buckets.set(key, bucket);
		return bucket;
	}

	/** Notes that a call left. */
	sent(): void {
		this.#calls.add(performance.now());
	}

	/** Notes that a call came back with "too fast". */
	throttled(): void {
		this.#throttles.add(performance.now());
	}

	traffic(): {readonly callsPerMinute: number; readonly throttledPerMinute: number} {
		const nowMs = performance.now();
		return {callsPerMinute: this.#calls.total(nowMs), throttledPerMinute: this.#throttles.total(nowMs)};
	}

	buckets(): ReadonlyArray<BucketState & {readonly key: string}> {
		return [...this.#buckets].map(([key, bucket]) => ({key, ...bucket.state()}));
	}
}
