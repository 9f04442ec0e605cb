import type {Joined, Refusal} from '../../model/index.js';

// AWS puts whole policies and pages into messages: a reason is a sentence.
const maxMessageCharacters = 200;

const cut = (text: string): string =>
	text.length > maxMessageCharacters ? `${text.slice(0, maxMessageCharacters)}…` : text.trimEnd().replace(/\.$/u, '');

/** Why something could not be read, naming the permission: the end of a sentence. */
export const refusalInWords = ({status, iamAction, explicitDeny, error, message}: Refusal): string => {
	switch (status) {
		case 'denied':
			return explicitDeny === true
				? `${iamAction} was refused by an explicit deny, which no further permission lifts`
				: `${iamAction} was denied`;
		case 'pending':
			return `${iamAction} has not been read yet`;
		case 'throttled':
			return `${iamAction} was throttled`;
		case 'unauthenticated':
			return `${iamAction} could not be asked: no valid credentials`;
		default: {
			const detail = cut(message || error);
			return `${iamAction} gave no answer${detail === '' ? '' : `: ${detail}`}`;
		}
	}
};

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
