import {performance} from 'node:perf_hooks';

/** What a bucket is like now, for `health` and the header. */
export type BucketState = {
	readonly tokens: number;
	/** At what rate it refills now; below its ceiling after throttling. */
	readonly perSecond: number;
	readonly ceilingPerSecond: number;
	readonly waiting: number;
	readonly sent: number;
	readonly throttled: number;
};

export type TokenBucketOptions = {
	/** The rate never exceeded, in calls per second. */
	readonly perSecond: number;
	/** How many may go at once after a rest; at least 1. */
	readonly capacity: number;
	/** Milliseconds on a clock that never jumps. For tests. */
	readonly clockMs?: () => number;
};

type Waiter = {readonly go: () => void; readonly signal: AbortSignal | undefined; readonly onAbort: () => void};

// After an answer "too fast" the rate halves, down to a twentieth of the ceiling; each answer gives a tenth of the
// ceiling back. So a storm is met with at most 5 % of the usual calls, and full speed is back within a minute even where
// the ceiling is one call a second: 20 s for the first call at the floor, then 10 calls that come ever faster.
const decrease = 0.5;
const floorShare = 0.05;
const increaseShare = 0.1;
// Calls under way together all come back throttled together: that is one event, not ten.
const decreaseAtMostEveryMs = 250;

/**
 * A token bucket, the shape of AWS's own quotas: in any window of T seconds at most `capacity + perSecond × T` calls
 * leave. Waiters are served in order. Additive increase, multiplicative decrease on throttling.
 */
export class TokenBucket {
	readonly #ceiling: number;
	readonly #capacity: number;
	readonly #clockMs: () => number;
	#rate: number;
	#tokens: number;
	#filledAtMs: number;
	#decreasedAtMs = Number.NEGATIVE_INFINITY;
	#sent = 0;
	#throttled = 0;
	readonly #waiters: Waiter[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor({perSecond, capacity, clockMs = () => performance.now()}: TokenBucketOptions) {
		if (!(perSecond > 0)) {
			throw new TypeError(`Expected \`perSecond\` to be above 0, got ${perSecond}`);
		}

		this.#ceiling = perSecond;
		this.#rate = perSecond;
		this.#capacity = Math.max(1, capacity);
		this.#tokens = this.#capacity;
		this.#clockMs = clockMs;
		this.#filledAtMs = clockMs();
	}

	/** Resolves when a call may leave. Rejects with the signal's reason if it aborts first, and then takes nothing. */
	async take(signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.#fill();
		if (this.#waiters.length === 0 && this.#tokens >= 1) {
			this.#spend();
			return;
		}

		await new Promise<void>((resolve, reject) => {
			const waiter: Waiter = {
				signal,
				go: resolve,
				onAbort: () => {
					this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
					this.#schedule();
					reject(signal?.reason);
				},
			};
			signal?.addEventListener('abort', waiter.onAbort, {once: true});
			this.#waiters.push(waiter);
			this.#schedule();
		});
	}

	/** AWS said "too fast": go slower from now on. */
	penalise(): void {
		this.#throttled++;
		const nowMs = this.#clockMs();
		if (nowMs - this.#decreasedAtMs < decreaseAtMostEveryMs) {
			return;
		}

		this.#fill();
		this.#decreasedAtMs = nowMs;
		this.#rate = Math.max(this.#rate * decrease, this.#ceiling * floorShare);
		this.#tokens = 0;
		this.#schedule();
	}

	/** AWS answered: a little faster again. */
	reward(): void {
		if (this.#rate < this.#ceiling) {
			this.#fill();
			this.#rate = Math.min(this.#ceiling, this.#rate + this.#ceiling * increaseShare);
			this.#schedule();
		}
	}

	state(): BucketState {
		this.#fill();
		return {
			tokens: this.#tokens,
			perSecond: this.#rate,
			ceilingPerSecond: this.#ceiling,
			waiting: this.#waiters.length,
			sent: this.#sent,
			throttled: this.#throttled,
		};
	}

	#fill(): void {
		const nowMs = this.#clockMs();
		this.#tokens = Math.min(this.#capacity, this.#tokens + ((nowMs - this.#filledAtMs) / 1000) * this.#rate);
		this.#filledAtMs = nowMs;
	}

	#spend(): void {
		this.#tokens -= 1;
		this.#sent++;
	}

	#serve(): void {
		this.#fill();
		while (this.#tokens >= 1) {
			const waiter = this.#waiters.shift();
			if (waiter === undefined) {
				break;
			}

			waiter.signal?.removeEventListener('abort', waiter.onAbort);
			this.#spend();
			waiter.go();
		}
	}

	#schedule(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#waiters.length === 0) {
			return;
		}

		// Rounded up: a timer that fires a moment early would find no token and have to be set again.
		const waitMs = Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
		this.#timer = setTimeout(
			() => {
				this.#serve();
				this.#schedule();
			},
			Math.max(1, waitMs),
		);
	}
}
