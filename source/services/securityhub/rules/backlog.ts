import type {Severity} from '../../../model/index.js';

/** The severities of failed controls that are read; what is milder stays in Security Hub. */
export const readSeverities = ['CRITICAL', 'HIGH', 'MEDIUM'] as const satisfies readonly Severity[];
type ReadSeverity = (typeof readSeverities)[number];

/** Failed controls, summed up by the last full reading. Absent members: the findings could not be read as a whole. */
export type Backlog = {
	/** Findings of failed controls by severity, new and notified. */
	readonly failed?: Readonly<Record<ReadSeverity, number>>;
	/** Controls that failed for at least one resource, the worst and most frequent first, at most twenty. */
	readonly worst?: ReadonlyArray<{readonly controlId: string; readonly severity: Severity; readonly count: number}>;
	/** How many different controls failed. */
	readonly controls?: number;
	/** Of how many accounts; more than one for an administrator. */
	readonly accounts?: number;
	/** Findings whose owner was told: workflow status `NOTIFIED`. */
	readonly notified?: number;
	/** Of those that nobody was told of (`NEW`), the oldest of each severity. `at` is when the finding was made, ISO 8601. */
	readonly oldest?: Readonly<Partial<Record<ReadSeverity, {readonly at: string; readonly what: string}>>>;
};
