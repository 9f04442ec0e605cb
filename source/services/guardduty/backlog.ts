import {type ReportedFinding, type Severity, severities} from '../../model/index.js';

/** What waits to be looked at, summed up by the last full reading. Absent members: the findings could not be read. */
export type Backlog = {
	/** Active findings by severity; samples and archived ones are apart. */
	readonly active?: Readonly<Record<Severity, number>>;
	/** When the oldest active finding of a severity was generated, ISO 8601. */
	readonly oldest?: Readonly<Partial<Record<Severity, string>>>;
	readonly archived?: number;
	readonly samples?: number;
	readonly attackSequences?: number;
	readonly cryptoMining?: number;
	/** What GuardDuty's own statistics count as not archived, samples included. */
	readonly counted?: number;
};

/** Adds up findings as they are read, so that none need be kept. */
export class BacklogCount {
	readonly #active = Object.fromEntries(severities.map(severity => [severity, 0])) as Record<Severity, number>; // every severity is a key
	readonly #oldest: Partial<Record<Severity, string>> = {};
	#archived = 0;
	#samples = 0;
	#attackSequences = 0;
	#cryptoMining = 0;
	/** Not archived, samples included: what GuardDuty's statistics count. */
	unarchived = 0;

	add(
		{recordState, severity, marks}: ReportedFinding,
		{archived, createdAt}: {readonly archived: boolean; readonly createdAt: string},
	): void {
		if (!archived) this.unarchived++;
		if (recordState === 'sample') {
			this.#samples++;
		} else if (recordState === 'archived') {
			this.#archived++;
		} else {
			this.#active[severity]++;
			const oldest = this.#oldest[severity];
			if (oldest === undefined || createdAt < oldest) this.#oldest[severity] = createdAt;
			if (marks.includes('attack-sequence')) this.#attackSequences++;
			if (marks.includes('crypto-mining')) this.#cryptoMining++;
		}
	}

	total(): Backlog {
		return {
			active: {...this.#active},
			oldest: {...this.#oldest},
			archived: this.#archived,
			samples: this.#samples,
			attackSequences: this.#attackSequences,
			cryptoMining: this.#cryptoMining,
		};
	}
}
