import type {Aws, CallOptions, Facts, Json, Refusal} from '../model/index.js';
import {AnswerCache, type CachedAnswer} from './answer-cache.js';
import type {Callable} from './clients.js';
import {each} from './each.js';
import {memberAt} from './member-at.js';
import {Patience} from './patience.js';
import {isAbsence, Refused} from './refusal.js';
import type {RefusalMemory} from './refusal-memory.js';
import type {Scope, Send} from './send.js';
import type {SlowReader} from './slow-reader.js';

/** AWS's longest listings have some thousand pages; an endless one has no end. */
const maxPages = 10_000;
// Enough to keep every bucket busy at a network round trip of 100 ms, few enough that a slow daemon's memory stays small.
const itemConcurrency = 24;
export type RunParts = {
	readonly service: Callable;
	readonly scope: Scope;
	readonly partition: string;
	readonly startedAt: string;
	readonly signal: AbortSignal;
	readonly send: Send;
	readonly cache: AnswerCache;
	readonly memory: RefusalMemory;
	/** Reads slow operations in the background; undefined where the collection waits for them. */
	readonly slow: SlowReader | undefined;
	readonly now: () => number;
};

type Answered = Readonly<Record<string, Json>> | null;

/** What one collection did and met, in all the Regions that it asked: calls made, refusals met, listings cut short. */
export class Books {
	calls = 0;
	/** How many of them told something; that there is no such thing included. */
	answers = 0;
	/** Set when a listing repeated itself or passed the page cap: what it brought is not everything. */
	cutShort: string | undefined;
	/** Facts that wait for a slow operation. */
	pending = 0;
	readonly #refusals = new Map<string, Refusal & {count: number}>();

	get refusals(): ReadonlyArray<Refusal & {readonly count: number}> {
		return [...this.#refusals.values()];
	}

	note(refusal: Refusal): void {
		const key = `${refusal.operation}\n${refusal.error}`;
		const known = this.#refusals.get(key);
		if (known === undefined) {
			this.#refusals.set(key, {...refusal, count: 1});
		} else {
			known.count++;
		}
	}
}

/** One collection's way to AWS in one Region. */
export class Run {
	readonly books: Books;
	readonly #parts: RunParts;
	readonly #patience: Patience;
	/** The ways to other Regions, each with its own patience: what is refused here may be allowed there. */
	readonly #elsewhere = new Map<string, Run>();

	constructor(parts: RunParts, books = new Books(), patience = new Patience()) {
		this.#parts = parts;
		this.books = books;
		this.#patience = patience;
	}

	/** The handle for a collector. Its types are the collector's own; at run time all operations are called alike. */
	aws(): Aws {
		const {scope, partition, startedAt} = this.#parts;
		return {
			accountId: scope.accountId,
			awsRegion: scope.awsRegion,
			partition,
			startedAt,
			call: async (operation: string, input: unknown) => this.#call(operation, input),
			pages: (operation: string, input: unknown) => this.#pages(operation, input),
			facts: () => this.#facts(),
			in: (awsRegion: string) => this.#in(awsRegion).aws(),
			each: <T, R>(items: Iterable<T> | AsyncIterable<T>, work: (item: T) => Promise<R>) => each(items, work, itemConcurrency),
			// Inputs and outputs are checked where a collector names its commands; `Commands` knows them no more.
		} as Aws;
	}

	#in(awsRegion: string): Run {
		if (awsRegion === this.#parts.scope.awsRegion) {
			return this;
		}

		let run = this.#elsewhere.get(awsRegion);
		if (run === undefined) {
			run = new Run({...this.#parts, scope: {...this.#parts.scope, awsRegion}}, this.books, new Patience(awsRegion));
			this.#elsewhere.set(awsRegion, run);
		}

		return run;
	}

	async #call(operation: string, input: unknown): Promise<Readonly<Record<string, Json>>> {
		const {service, scope, signal, send} = this.#parts;
		const answer = await send(service, scope, operation, input, {signal, onCall: () => this.books.calls++});
		this.books.answers++;
		return answer;
	}

	/** `onCut` hears why the listing ended before its end. */
	async *#pages(
		operation: string,
		input: unknown,
		onCut?: (reason: string) => void,
	): AsyncGenerator<Readonly<Record<string, Json>>, void, undefined> {
		const paging = this.#parts.service.operations[operation]?.paging;
		if (paging === undefined) {
			throw new TypeError(`${operation} declares no paging`);
		}

		const cut = (reason: string): void => {
			this.books.cutShort = reason;
			onCut?.(reason);
		};
		const seen = new Set<string>();
		let tokens: Readonly<Record<string, Json>> = {};
		for (let page = 1; page <= maxPages; page++) {
			// Inputs are plain objects by the commands' types.
			const answer = await this.#call(operation, {...(input as object), ...tokens});
			yield answer;
			const token = memberAt(answer, paging.output);
			// GuardDuty ends with an empty token, others with none.
			if (token === undefined || token === '' || token === null) {
				if (paging.more !== undefined && memberAt(answer, paging.more) === true) {
					cut(`${operation} said that there is more, but not where it goes on, after ${page} pages`);
				}

				return;
			}

			tokens = {[paging.input]: token};
			for (const [name, path] of Object.entries(paging.also ?? {})) {
				const value = memberAt(answer, path);
				tokens = value === undefined || value === null ? tokens : {...tokens, [name]: value};
			}

			const told = JSON.stringify(tokens);
			if (seen.has(told)) {
				cut(`${operation} sent the same page token twice, after ${page} pages`);
				return;
			}

			seen.add(told);
		}

		cut(`${operation} went on for more than ${maxPages} pages`);
	}

	#facts(): Facts<Record<string, never>> {
		const unread: Record<string, Refusal> = {};
		const readAt: Record<string, string> = {};
		const refuse = (refusal: Refusal): undefined => {
			unread[refusal.operation] = refusal;
			if (refusal.status === 'pending') {
				this.books.pending++;
			} else {
				this.books.note(refusal);
			}
		};

		const guarded = async <T>(operation: string, options: CallOptions, ask: () => Promise<T>): Promise<T | null | undefined> => {
			const givenUp = this.#patience.givenUp(operation);
			if (givenUp !== undefined) {
				return refuse({...givenUp, operation, iamAction: this.#iamAction(operation)});
			}

			try {
				const answer = await ask();
				this.#patience.answered(operation);
				return answer;
			} catch (error) {
				if (!(error instanceof Refused)) {
					throw error;
				}

				if (isAbsence(error.cause, options.absent)) {
					this.books.answers++;
					return null;
				}

				return refuse(this.#patience.refused(error));
			}
		};

		// As in `aws`: typed at the collector, uniform here.
		return {
			unread,
			readAt,
			attempt: async (operation: string, input: unknown, options: CallOptions = {}) =>
				guarded(operation, options, async () => this.#cached(operation, input, options, readAt)),
			attemptPages: async (operation: string, input: unknown, options: CallOptions = {}) =>
				guarded(operation, options, async () => this.#cachedPages(operation, input, options, readAt)),
			missing: (operation: string, member: string) => {
				refuse({
					status: 'failed',
					operation,
					iamAction: this.#iamAction(operation),
					error: 'UnexpectedAnswer',
					message: `The answer lacks ${member}`,
				});
			},
		} as unknown as Facts<Record<string, never>>;
	}

	#iamAction(operation: string): string {
		const {service} = this.#parts;
		return service.operations[operation]?.iamAction ?? `${service.iamPrefix}:${operation}`;
	}

	async #cached(operation: string, input: unknown, options: CallOptions, readAt: Record<string, string>): Promise<Answered> {
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

	async #cachedPages(
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
				for await (const page of this.#pages(operation, input, reason => cuts.push(reason))) {
					pages.push(page);
				}
			} catch (error) {
				// Some services say that they are not set up in the words of a denial: that is an answer, and not to be remembered as one.
				if (error instanceof Refused && isAbsence(error.cause, options.absent)) {
					this.books.answers++;
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
					iamAction: this.#iamAction(operation),
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
			return await this.#call(operation, input);
		} catch (error) {
			if (error instanceof Refused && isAbsence(error.cause, options.absent)) {
				this.books.answers++;
				return null;
			}

			throw error;
		}
	}

	/** Asks, unless the same question was denied so recently that asking again is only noise. */
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
			if (error instanceof Refused && error.refusal.status === 'denied') {
				memory.set(key, error.refusal);
			}

			throw error;
		}
	}

	#pendingFor(lastRefusal: Refusal | undefined, operation: string): Refused {
		return new Refused(
			lastRefusal ?? {
				status: 'pending',
				operation,
				iamAction: this.#iamAction(operation),
				error: 'NotReadYet',
				message: `Waiting for its turn: ${operation} allows ${this.#parts.service.operations[operation]?.requestsPerSecond} calls a second`,
			},
		);
	}
}
