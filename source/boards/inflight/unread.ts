import {type Joined, type Refusal, refusalInWords} from '../../model/index.js';

/** What could not be read and matters to a row, by IAM action. */
export class Unread {
	readonly #refusals = new Map<string, Refusal>();

	add(refusal: Refusal | undefined): void {
		if (refusal !== undefined) {
			this.#refusals.set(refusal.iamAction, refusal);
		}
	}

	/** Adds those of these operations that were refused for a resource, and says why in the words of the first. */
	of({resource: {unread}}: Joined, operations: readonly string[]): string | undefined {
		const refusals = operations.flatMap(operation => unread[operation] ?? []);
		for (const refusal of refusals) {
			this.add(refusal);
		}

		const [first] = refusals;
		return first === undefined ? undefined : refusalInWords(first);
	}

	get byAction(): Readonly<Record<string, Refusal>> {
		return Object.fromEntries(this.#refusals);
	}
}
