import type {Refusal} from '../model/index.js';
import {deniesEverywhere, type Refused} from './refusal.js';

// An operation that no policy allows is refused for each resource alike. But a policy may allow it for some resources only,
// so this many are asked of before the rest is left for the next refresh, which goes on where this one stopped.
const denialsThatTell = 25;
// Where nothing answers at all, the rest of the account's resources would each wait for a timeout.
const silencesThatTell = 3;

/**
 * Knows, within one collection, which questions are not worth asking of the next resource. In the collection's own Region
 * silence and bad credentials end it; in a Region that it only looks into they end the asking there, and no more.
 */
export class Patience {
	/** The Region that is only looked into. */
	readonly #elsewhere: string | undefined;
	/** Why nothing at all is asked any more. */
	#closed: Refusal | undefined;
	/** Operations not asked any more, with why. */
	readonly #givenUp = new Map<string, Refusal>();
	readonly #denials = new Map<string, number>();
	/** Operations that gave an answer: no policy denies them as a whole. */
	readonly #answered = new Set<string>();
	#silences = 0;

	constructor(elsewhere?: string) {
		this.#elsewhere = elsewhere;
	}

	/** Why an operation is not asked any more, or undefined where it is. */
	givenUp(operation: string): Refusal | undefined {
		return this.#closed ?? this.#givenUp.get(operation);
	}

	answered(operation: string): void {
		this.#silences = 0;
		this.#answered.add(operation);
	}

	/**
	 * Takes note of a refusal, and gives it back in the words for it. Throws it where it ends the collection: nobody answers,
	 * or nobody knows who we are.
	 */
	refused(error: Refused): Refusal {
		const {refusal} = error;
		if (refusal.status === 'unauthenticated') {
			// A Region that the account has not enabled knows none of its keys. A token that has ended has ended everywhere.
			if (this.#elsewhere === undefined || /expired/iu.test(refusal.error)) {
				throw error;
			}

			this.#closed = {
				...refusal,
				status: 'not-available',
				message: `${this.#elsewhere} does not know this account: the Region is not enabled`,
			};
			return this.#closed;
		}

		if (refusal.status === 'unreachable' && ++this.#silences >= silencesThatTell) {
			if (this.#elsewhere === undefined) {
				throw error;
			}

			this.#closed = refusal;
		}

		if (refusal.status === 'throttled') {
			this.#givenUp.set(refusal.operation, refusal);
		}

		if (deniesEverywhere(refusal) && !error.remembered && !this.#answered.has(refusal.operation)) {
			const denials = (this.#denials.get(refusal.operation) ?? 0) + 1;
			this.#denials.set(refusal.operation, denials);
			if (denials >= denialsThatTell) {
				this.#givenUp.set(refusal.operation, {
					...refusal,
					error: 'NotAsked',
					message: `Not asked of this one yet: it was denied for ${denials} others`,
				});
			}
		}

		return refusal;
	}
}
