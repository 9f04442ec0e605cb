import {type Aws, type CallOptions, type Facts, iamActionOf, type Json, type Refusal} from '../model/index.js';
import {Books} from './books.js';
import {each} from './each.js';
import {pagesOf} from './pages-of.js';
import {Patience} from './patience.js';
import {type QuestionParts, Questions} from './questions.js';
import {isAbsence, Refused} from './refusal.js';

// Enough to keep every bucket busy at a network round trip of 100 ms, few enough that a slow daemon's memory stays small.
const itemConcurrency = 24;

export type RunParts = QuestionParts & {
	readonly partition: string;
	readonly startedAt: string;
	readonly signal: AbortSignal;
};

type Answer = Readonly<Record<string, Json>>;

/** One collection's way to AWS in one Region. */
export class Run {
	readonly books: Books;
	readonly #parts: RunParts;
	readonly #patience: Patience;
	readonly #questions: Questions;
	/** The ways to other Regions, each with its own patience: what is refused here may be allowed there. */
	readonly #elsewhere = new Map<string, Run>();

	constructor(parts: RunParts, books = new Books(), patience = new Patience()) {
		this.#parts = parts;
		this.books = books;
		this.#patience = patience;
		this.#questions = new Questions(parts, books, {
			call: async (operation, input) => this.#call(operation, input),
			pages: (operation, input, onCut) => this.#pages(operation, input, onCut),
		});
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

	async #call(operation: string, input: unknown): Promise<Answer> {
		const {service, scope, signal, send} = this.#parts;
		const answer = await send(service, scope, operation, input, {signal, onCall: () => this.books.calls++});
		this.books.answers++;
		return answer;
	}

	/** `onCut` hears why the listing ended before its end. */
	#pages(operation: string, input: unknown, onCut?: (reason: string) => void): AsyncGenerator<Answer, void, undefined> {
		const paging = this.#parts.service.operations[operation]?.paging;
		if (paging === undefined) {
			throw new TypeError(`${operation} declares no paging`);
		}

		// Inputs are plain objects by the commands' types.
		return pagesOf(
			operation,
			paging,
			async tokens => this.#call(operation, {...(input as object), ...tokens}),
			reason => {
				this.books.cutShort = reason;
				onCut?.(reason);
			},
		);
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
				return refuse({...givenUp, operation, iamAction: iamActionOf(this.#parts.service, operation)});
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
				guarded(operation, options, async () => this.#questions.one(operation, input, options, readAt)),
			attemptPages: async (operation: string, input: unknown, options: CallOptions = {}) =>
				guarded(operation, options, async () => this.#questions.pages(operation, input, options, readAt)),
			missing: (operation: string, member: string) => {
				refuse({
					status: 'failed',
					operation,
					iamAction: iamActionOf(this.#parts.service, operation),
					error: 'UnexpectedAnswer',
					message: `The answer lacks ${member}`,
				});
			},
		} as unknown as Facts<Record<string, never>>;
	}
}
