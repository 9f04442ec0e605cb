import type {ReportedFinding} from '../../../model/index.js';
import type {Exposure} from '../rules/exposure.js';

export type ExposedPort = readonly [findingId: string, on: string, ports: string];

// Beyond this nobody reads names, and the watermark that carries them from poll to poll should stay small.
const maxPorts = 200;
const maxNamed = 50;

/** Which active findings speak of ports that the internet reaches, kept from poll to poll by the watermark. */
export class Exposed {
	static isPort(this: void, value: unknown): value is ExposedPort {
		return Array.isArray(value) && value.length === 3 && value.every(part => typeof part === 'string');
	}

	readonly #open: Map<string, ExposedPort>;
	/** How many more there are than can be kept: the next full collection counts anew. */
	#beyond = 0;

	constructor(before: readonly ExposedPort[] = []) {
		this.#open = new Map(before.map(port => [port[0], port]));
	}

	note({id, marks, recordState, resource, details}: ReportedFinding): void {
		if (recordState !== 'active' || !marks.includes('internet-reachable')) {
			this.#open.delete(id);
		} else if (this.#open.size < maxPorts || this.#open.has(id)) {
			const ports = details['ports'];
			this.#open.set(id, [id, resource.resourceName, typeof ports === 'string' ? ports : '']);
		} else {
			this.#beyond++;
		}
	}

	get overflows(): boolean {
		return this.#beyond > 0;
	}

	get list(): readonly ExposedPort[] {
		return [...this.#open.values()];
	}

	total(): Exposure {
		return {
			open: this.list.slice(0, maxNamed).map(([id, on, ports]) => ({id, on, ports})),
			count: this.#open.size + this.#beyond,
		};
	}
}
