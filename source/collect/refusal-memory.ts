import type {Refusal} from '../model/index.js';

// What a policy denies it will deny again; a policy that changed is noticed within the hour, or at once with a refresh.
const rememberedForMs = 60 * 60_000;
const maxEntries = 200_000;

/** Questions that were denied, and incidental ones that nobody answered, so that a thousand keys that may not be read cost their calls once an hour. */
export class RefusalMemory {
	readonly #denied = new Map<string, {readonly refusal: Refusal; readonly until: number}>();
	readonly #now: () => number;

	constructor(now: () => number) {
		this.#now = now;
	}

	get(key: string): Refusal | undefined {
		const denied = this.#denied.get(key);
		if (denied === undefined || denied.until > this.#now()) {
			return denied?.refusal;
		}

		this.#denied.delete(key);
		return undefined;
	}

	set(key: string, refusal: Refusal): void {
		if (this.#denied.size >= maxEntries) {
			this.#denied.clear();
		}

		this.#denied.set(key, {refusal, until: this.#now() + rememberedForMs});
	}

	forget(): void {
		this.#denied.clear();
	}
}
