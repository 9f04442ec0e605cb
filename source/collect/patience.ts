import type {Refusal} from '../model/index.js';
import {deniesEverywhere, type Refused} from './refusal.js';

// An operation that no policy allows is refused for each resource alike. But a policy may allow it for some resources only,
// so this many are asked of before the rest is left for the next refresh, which goes on where this one stopped.
const denialsThatTell = 25;
// Where nothing answers at all, the rest of the account's resources would each wait for a timeout.
const silencesThatTell = 3;

/** Knows, within one collection, which questions are not worth asking of the next resource. */
export class Patience {
	/** Operations not asked any more, with why. */
	readonly #givenUp = new Map<string, Refusal>();
	readonly #denials = new Map<string, number>();
	/** Operations that gave an answer: no policy denies them as a whole. */
	readonly #answered = new Set<string>();
	#silences = 0;

	/** Why an operation is not asked any more, or undefined where it is. */
	givenUp(operation: string): Refusal | undefined {
		return this.#givenUp.get(operation);
	}

	answered(operation: string): void {
		this.#silences = 0;
		this.#answered.add(operation);
	}

	/** Takes note of a refusal. Throws it where it ends the collection: nobody answers, or nobody knows who we are. */
	refused(error: Refused): void {
		const {refusal} = error;
		if (refusal.status === 'unauthenticated') {
			throw error;
		}

		if (refusal.status === 'unreachable' && ++this.#silences >= silencesThatTell) {
			throw error;
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
	}
}
