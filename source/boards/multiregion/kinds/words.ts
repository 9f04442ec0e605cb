import type {KeyUse} from '../rows.js';

/** What stands where something could not be read. */
export const unread = '?';

/** `prod/payments`, and what is wrong with it; `AWS owned` where there is none. */
export const keyInWords = (key: KeyUse | null | undefined, withoutKey = 'AWS owned'): string =>
	key === undefined
		? unread
		: key === null
			? withoutKey
			: key.use === 'usable'
				? key.name
				: key.use === 'unknown'
					? `${key.name} ${unread}`
					: `${key.name} ${key.because}`;

/** The sort of key: whose it is. */
export const sortInWords = (key: KeyUse | null | undefined, withoutKey = 'AWS owned'): string =>
	key === undefined
		? unread
		: key === null
			? withoutKey
			: key.manager === undefined
				? unread
				: key.manager === 'AWS'
					? 'AWS managed'
					: 'customer';
