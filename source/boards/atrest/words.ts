import {dayMs, msBetween, type Refusal, refusalInWords, spanInWords} from '../../model/index.js';

/** Why something is not known: what stood in the way of reading it, or a sentence where nothing did. */
export type Why = Refusal | string;

/** `ec2:DescribeVolumes was denied`. */
export const whyInWords = (why: Why): string => (typeof why === 'string' ? why : refusalInWords(why));

/** The refusals among them by IAM action, as the `unread` of a row has them. */
export const unreadBy = (whys: Iterable<Why | undefined>): Readonly<Record<string, Refusal>> => {
	const unread: Record<string, Refusal> = {};
	for (const why of whys) {
		if (typeof why === 'object' && why.iamAction.includes(':')) {
			unread[why.iamAction] ??= why;
		}
	}

	return unread;
};

/** `a, b, c and 2 more`. `total` is how many there are where `names` are only the first. */
export const listed = (names: readonly string[], total = names.length): string =>
	total > 3 ? `${names.slice(0, 3).join(', ')} and ${total - 3} more` : names.join(', ');

/** `1 table`, `3 tables`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const joined = (parts: readonly string[]): string =>
	parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');

/** `2 days ago`, to the day: a reason that is new every minute would make every row new every minute. */
export const agoInWords = (at: string, now: string): string => {
	const ms = msBetween(at, now);
	return ms < dayMs ? 'within the last day' : `${spanInWords(ms)} ago`;
};

/** `2026-03-28`. */
export const dateOf = (at: string): string => at.slice(0, 10);

/** What tells a key apart in a sentence: the id of its ARN, or its alias without the prefix. */
export const keyInWords = (reference: string): string => reference.replace(/^arn:(?:[^:]*:){4}/u, '').replace(/^(?:key|alias)\//u, '');

/** `3.40 USD`. */
export const dollars = (usd: number): string => `${usd.toFixed(2)} USD`;
