import type {Answer, Severity} from '../../../model/index.js';

export const none = {securityControlIds: [], cis: [], prowler: []} as const;

/** Makes the answers of a rule about one entry point, which share their evidence. */
export const answering =
	(operation: string, expected: string, observed: string) =>
	(verdict: Answer['verdict'], reason: string, severity?: Severity): Answer => ({
		verdict,
		reason,
		...(severity !== undefined && {severity}),
		evidence: {expected, observed, operation},
	});

/** `one certificate`, `2 certificates`. */
export const counted = (count: number, what: string): string => (count === 1 ? `one ${what}` : `${count} ${what}s`);
