import {setMaxListeners} from 'node:events';
import type {CallOptions, Refusal} from '../model/index.js';
import type {AnswerCache} from './answer-cache.js';
import type {Callable} from './clients.js';
import {isAbsence, Refused} from './refusal.js';
import type {Scope, Send} from './send.js';

type Question = {
	readonly service: Callable;
	readonly scope: Scope;
	readonly send: Send;
	readonly cache: AnswerCache;
	readonly now: () => number;
};

// How many questions may wait; what is asked beyond that is asked again at the next refresh.
const maxWaiting = 50_000;

// These say something of the moment, not of what was asked: told later, they would end a collection to which AWS answers.
const passing: ReadonlySet<Refusal['status']> = new Set(['unauthenticated', 'unreachable', 'throttled']);

/**
 * Asks slow operations one after the other, at the limiter's pace, while snapshots go on without them. Answers go to the
 * cache, where the next refresh finds them; a refusal is told to the next who asks. Owned by the gate, ended by `close`.
 */
export class SlowReader {
	readonly #underWay = new Map<string, Promise<void>>();
	readonly #refused = new Map<string, Refusal>();
	/** Ends all that waits: when the reader is closed, and when AWS does not accept our credentials any more. */
	#round = newRound();
	#closed = false;

	/** Asks in the background, unless that is under way. Returns the refusal that met the last attempt, if one did. */
	request(question: Question, operation: string, input: unknown, key: string, options: CallOptions): Refusal | undefined {
		const refused = this.#refused.get(key);
		this.#refused.delete(key);
		if (!this.#underWay.has(key) && this.#underWay.size < maxWaiting && !this.#closed) {
			const reading = this.#read(question, operation, input, key, options).finally(() => this.#underWay.delete(key));
			this.#underWay.set(key, reading);
		}

		return refused;
	}

	get waiting(): number {
		return this.#underWay.size;
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#round.abort();
		await Promise.allSettled(this.#underWay.values());
	}

	async #read(question: Question, operation: string, input: unknown, key: string, options: CallOptions): Promise<void> {
		const {service, scope, send, cache, now} = question;
		const round = this.#round;
		try {
			const value = await send(service, scope, operation, input, {signal: round.signal});
			await cache.set(key, {at: new Date(now()).toISOString(), value});
		} catch (error) {
			if (!(error instanceof Refused)) {
				throw error;
			}

			if (isAbsence(error.cause, options.absent)) {
				await cache.set(key, {at: new Date(now()).toISOString(), value: null});
			} else if (error.refusal.status === 'unauthenticated') {
				// The others that wait would hear the same, and the next collection hears it for itself.
				if (round === this.#round && !this.#closed) {
					this.#round = newRound();
					round.abort();
				}
			} else if (!round.signal.aborted && !passing.has(error.refusal.status)) {
				this.#refused.set(key, error.refusal);
			}
		}
	}
}

const newRound = (): AbortController => {
	const round = new AbortController();
	// Each question that waits listens; `maxWaiting` bounds them.
	setMaxListeners(0, round.signal);
	return round;
};
