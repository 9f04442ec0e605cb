import {type CallOptions, iamActionOf, type Json, type Refusal} from '../model/index.js';
import {AnswerCache, type CachedAnswer} from './answer-cache.js';
import type {Books} from './books.js';
import type {Callable} from './clients.js';
import {isAbsence, Refused} from './refusal.js';
import type {RefusalMemory} from './refusal-memory.js';
import type {Scope, Send} from './send.js';
import type {SlowReader} from './slow-reader.js';

export type QuestionParts = {
	readonly service: Callable;
	readonly scope: Scope;
	readonly send: Send;
	readonly cache: AnswerCache;
	readonly memory: RefusalMemory;
	/** Reads slow operations in the background; undefined where the collection waits for them. */
	readonly slow: SlowReader | undefined;
	readonly now: () => number;
};

type Answer = Readonly<Record<string, Json>>;
type Answered = Answer | null;

/** How AWS is really asked. `onCut` hears why a listing ended before its end. */
export type Ask = {
	call(operation: string, input: unknown): Promise<Answer>;
	pages(operation: string, input: unknown, onCut: (reason: string) => void): AsyncIterable<Answer>;
};

/**
 * Questions that need not be asked each time: the cache has an answer that is fresh enough, a slow operation answers when its
 * turn comes, or the question was denied a moment ago. All of them throw `Refused`.
 */
export class Questions {
	readonly #parts: QuestionParts;
	readonly #books: Books;
	readonly #ask: Ask;

	constructor(parts: QuestionParts, books: Books, ask: Ask) {
		this.#parts = parts;
		this.#books = books;
		this.#ask = ask;
	}

	/** One answer; `readAt` learns when it was given where the cache had it, or has it from now on. */
	async one(operation: string, input: unknown, options: CallOptions, readAt: Record<string, string>): Promise<Answered> {
		const {service, cache, slow, now} = this.#parts;
		const declared = service.operations[operation];
		const freshForMs = options.freshForMs ?? declared?.freshForMs ?? 0;
		const isSlow = declared?.slow === true && slow !== undefined;
		if (freshForMs === 0 && !isSlow) {
			return this.#remembered(operation, input, async () => this.#askOrAbsent(operation, input, options));
		}

		const key = AnswerCache.key(this.#parts.scope, operation, input);
		const held = await cache.get(key);
		if (held !== undefined && (isSlow || cache.isFresh(key, held, freshForMs))) {
			readAt[operation] = held.at;
			if (isSlow && !cache.isFresh(key, held, freshForMs)) {
				slow.request(this.#parts, operation, input, key, options);
			}

			return held.value;
		}

		if (isSlow) {
			throw this.#pendingFor(slow.request(this.#parts, operation, input, key, options), operation);
		}

		return this.#remembered(operation, input, async () => {
			const at = new Date(now()).toISOString();
			const value = await this.#askOrAbsent(operation, input, options);
			await cache.set(key, {at, value} satisfies CachedAnswer);
			readAt[operation] = at;
			return value;
		});
	}

	/** All pages of a listing, or none: one that was cut short is refused. */
	async pages(
		operation: string,
		input: unknown,
		options: CallOptions,
		readAt: Record<string, string>,
	): Promise<readonly Answered[] | null> {
		const {service, cache, now} = this.#parts;
		const freshForMs = options.freshForMs ?? service.operations[operation]?.freshForMs ?? 0;
		const key = `${AnswerCache.key(this.#parts.scope, operation, input)}/pages`;
		const held = freshForMs === 0 ? undefined : await cache.get(key);
		if (held !== undefined && cache.isFresh(key, held, freshForMs)) {
			readAt[operation] = held.at;
			// Stored by the lines below, and read back by the same key.
			return held.value === null ? null : (held.value['pages'] as unknown as readonly Answered[]);
		}

		return this.#remembered(operation, input, async () => {
			const at = new Date(now()).toISOString();
			const pages: Array<Readonly<Record<string, Json>>> = [];
			// This listing's own end: others run beside it, and may be cut short in the same words.
			const cuts: string[] = [];
			try {
				for await (const page of this.#ask.pages(operation, input, reason => cuts.push(reason))) {
					pages.push(page);
				}
			} catch (error) {
				// Some services say that they are not set up in the words of a denial: that is an answer, and not to be remembered as one.
				if (error instanceof Refused && isAbsence(error.cause, options.absent)) {
					this.#books.answers++;
					if (freshForMs > 0) {
						await cache.set(key, {at, value: null});
						readAt[operation] = at;
					}

					return null;
				}

				throw error;
			}

			const [cut] = cuts;
			if (cut !== undefined) {
				throw new Refused({
					status: 'failed',
					operation,
					iamAction: iamActionOf(this.#parts.service, operation),
					error: 'EndlessListing',
					message: cut,
				});
			}

			if (freshForMs > 0) {
				await cache.set(key, {at, value: {pages}});
				readAt[operation] = at;
			}

			return pages;
		});
	}

	/** "There is none" is an answer too, and as worth keeping. */
	async #askOrAbsent(operation: string, input: unknown, options: CallOptions): Promise<Answered> {
		try {
			return await this.#ask.call(operation, input);
		} catch (error) {
			if (error instanceof Refused && isAbsence(error.cause, options.absent)) {
				this.#books.answers++;
				return null;
			}

			throw error;
		}
	}

	/** Asks, unless the same question was refused so recently that asking again is only noise. */
	async #remembered<T>(operation: string, input: unknown, ask: () => Promise<T>): Promise<T> {
		const {memory, scope} = this.#parts;
		const key = AnswerCache.key(scope, operation, input);
		const denied = memory.get(key);
		if (denied !== undefined) {
			throw new Refused(denied, {remembered: true});
		}

		try {
			return await ask();
		} catch (error) {
			if (error instanceof Refused && this.#lasts(operation, error.refusal)) {
				memory.set(key, error.refusal);
			}

			throw error;
		}
	}

	/** What is denied stays so for a while, and what nobody needs is not waited for again and again. */
	#lasts(operation: string, {status}: Refusal): boolean {
		return status === 'denied' || (status === 'unreachable' && this.#parts.service.operations[operation]?.incidental === true);
	}

	#pendingFor(lastRefusal: Refusal | undefined, operation: string): Refused {
		return new Refused(
			lastRefusal ?? {
				status: 'pending',
				operation,
				iamAction: iamActionOf(this.#parts.service, operation),
				error: 'NotReadYet',
				message: `Waiting for its turn: ${operation} allows ${this.#parts.service.operations[operation]?.requestsPerSecond} calls a second`,
			},
		);
	}
}
