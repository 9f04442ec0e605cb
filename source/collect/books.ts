import type {Refusal} from '../model/index.js';

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
