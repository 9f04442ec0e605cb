import type {Severity} from '../../../model/index.js';

/** What waits to be looked at, summed up by the last full reading. Absent members: the findings could not be read. */
export type Backlog = {
	/** Active findings by severity; samples and archived ones are apart. */
	readonly active?: Readonly<Record<Severity, number>>;
	/** The oldest active finding of each severity. */
	readonly oldest?: Readonly<Partial<Record<Severity, Oldest>>>;
	readonly archived?: number;
	readonly samples?: number;
	readonly attackSequences?: number;
	readonly cryptoMining?: number;
	/** What GuardDuty's own statistics count as not archived, samples included. */
	readonly counted?: number;
};

/** `at` is when it was generated, ISO 8601; `what` names it and what it is about. */
export type Oldest = {readonly at: string; readonly what: string};
