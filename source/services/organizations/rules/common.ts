import type {Answer, Severity} from '../../../model/index.js';

export const guide = 'https://docs.aws.amazon.com/organizations/latest/userguide/' as const;

export const answer = (
	verdict: Answer['verdict'],
	reason: string,
	operation: string,
	expected: string,
	observed: string,
	severity?: Severity,
): Answer => ({verdict, reason, ...(severity !== undefined && {severity}), evidence: {expected, observed, operation}});
