import type {Answer} from './finding.js';
import type {PublishedIds} from './rule.js';
import type {Severity} from './severity.js';

/** Of a rule that nobody else publishes. */
export const unpublished = {securityControlIds: [], cis: [], prowler: []} as const satisfies PublishedIds;

/** Makes the answers of a rule about one resource, which share their evidence. */
export const answering =
	(operation: string, expected: string, observed: string) =>
	(verdict: Answer['verdict'], reason: string, severity?: Severity): Answer => ({
		verdict,
		reason,
		...(severity !== undefined && {severity}),
		evidence: {expected, observed, operation},
	});

/** One answer with its evidence. */
export const answer = (
	verdict: Answer['verdict'],
	reason: string,
	operation: string,
	expected: string,
	observed: string,
	severity?: Severity,
): Answer => answering(operation, expected, observed)(verdict, reason, severity);
