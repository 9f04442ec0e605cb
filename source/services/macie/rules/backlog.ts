import type {Severity} from '../../../model/index.js';

/** What waits to be looked at, summed up by the last full reading. Absent members: the findings could not be read. */
export type Backlog = {
	readonly active?: Readonly<Record<Severity, number>>;
	/** The oldest active finding of each severity. */
	readonly oldest?: Readonly<Partial<Record<Severity, Oldest>>>;
	readonly policy?: number;
	readonly classification?: number;
	readonly archived?: number;
	readonly samples?: number;
	/** What Macie's own statistics count as not archived. */
	readonly counted?: number;
};

/** `at` is when it was made, ISO 8601; `what` names it and its bucket. */
export type Oldest = {readonly at: string; readonly what: string};
