import type {ReportedFinding} from '../../../model/index.js';
import type {Mining} from '../rules/mining.js';

export type Miner = readonly [findingId: string, on: string];

// Beyond this nobody reads names, and the watermark that carries them from poll to poll should stay small.
const maxMiners = 200;
const maxNamed = 50;

/** Which active findings speak of mining, kept from poll to poll by the watermark. */
export class Miners {
	readonly #active: Map<string, string>;
	/** How many more there are than can be kept: the next full collection counts anew. */
	#beyond = 0;

	constructor(before: readonly Miner[] = []) {
		this.#active = new Map(before);
	}

	note({id, marks, recordState, resource}: ReportedFinding): void {
		if (recordState !== 'active' || !marks.includes('crypto-mining')) {
			this.#active.delete(id);
		} else if (this.#active.size < maxMiners || this.#active.has(id)) {
			this.#active.set(id, resource.resourceName);
		} else {
			this.#beyond++;
		}
	}

	get overflows(): boolean {
		return this.#beyond > 0;
	}

	get list(): readonly Miner[] {
		return [...this.#active];
	}

	total(): Mining {
		return {miners: this.list.slice(0, maxNamed).map(([id, on]) => ({id, on})), count: this.#active.size + this.#beyond};
	}
}
