import type {Answer, Severity} from '../../../model/index.js';

export const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest' as const;

export const none = {securityControlIds: [], cis: [], prowler: []} as const;

/** Makes the answers of a rule about one resource, which share their evidence. */
export const answering =
	(operation: string, expected: string, observed: string) =>
	(verdict: Answer['verdict'], reason: string, severity?: Severity): Answer => ({
		verdict,
		reason,
		...(severity !== undefined && {severity}),
		evidence: {expected, observed, operation},
	});

/** `a, b, c and 2 more`. */
export const listed = (names: readonly string[]): string =>
	names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `targetgroup/shop` of an ARN, without the id that nobody knows by heart. */
export const targetGroupName = (arn: string): string => arn.split(':').at(-1)?.split('/').slice(0, 2).join('/') ?? arn;
