import type {Catalogue} from '../model/index.js';
import {findingKind} from './index-table.js';

/** Titles of kinds, from the catalogue; without one, the kinds' own names. */
export class Titles {
	readonly #titles = new Map<string, string>();

	constructor(catalogue: Catalogue | undefined) {
		for (const service of catalogue?.services ?? []) {
			for (const kind of service.kinds) {
				this.#titles.set(`${service.id}/${kind.resourceType}`, kind.title);
			}

			if (service.reports !== undefined) {
				this.#titles.set(`${service.id}/${findingKind}`, service.reports.title);
			}
		}
	}

	title(service: string, kind: string): string {
		return this.#titles.get(`${service}/${kind}`) ?? (kind === findingKind ? 'Findings' : kind);
	}

	/** What the filter field `kind` looks in, and what sorting by kind goes by. */
	text(service: string, kind: string): string {
		return `${this.title(service, kind)} ${kind}`;
	}
}
