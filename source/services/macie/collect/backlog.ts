import {type ReportedFinding, type Severity, severities} from '../../../model/index.js';
import type {Backlog, Oldest} from '../rules/backlog.js';

/** Adds up findings as they are read, so that none need be kept. */
export class BacklogCount {
	readonly #active = Object.fromEntries(severities.map(severity => [severity, 0])) as Record<Severity, number>; // every severity is a key
	readonly #oldest: Partial<Record<Severity, Oldest>> = {};
	readonly #counts = {policy: 0, classification: 0, archived: 0, samples: 0};
	/** Not archived, samples included: what Macie's statistics count. */
	unarchived = 0;

	add(
		{recordState, severity, marks, title, resource}: ReportedFinding,
		{archived, createdAt}: {readonly archived: boolean; readonly createdAt: string},
	): void {
		if (!archived) this.unarchived++;
		if (recordState === 'sample') {
			this.#counts.samples++;
		} else if (recordState === 'archived') {
			this.#counts.archived++;
		} else {
			this.#active[severity]++;
			const oldest = this.#oldest[severity];
			if (oldest === undefined || createdAt < oldest.at) {
				this.#oldest[severity] = {at: createdAt, what: `${title} (${resource.resourceName})`};
			}

			if (marks.includes('policy')) this.#counts.policy++;
			if (marks.includes('classification')) this.#counts.classification++;
		}
	}

	total(): Backlog {
		return {active: {...this.#active}, oldest: {...this.#oldest}, ...this.#counts};
	}
}
