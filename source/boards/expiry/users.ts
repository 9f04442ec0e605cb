import type {Users} from './end.js';
import {refusalsInWords, type Unread} from './refused.js';

/** What is known of the users of a thing, and what withholds the rest. */
export type UsersRead = Partial<Readonly<{users: Users; usersUntold: string}>> & {readonly unread: Unread};

/** More names than that tell nobody anything. */
const mostNames = 50;

/**
 * Users by name: each once, sorted. `unread` is what others may hide behind; `unseen` is a sentence by which there surely are
 * others.
 */
export const toUsers = (
	names: Iterable<string>,
	unread: Unread,
	{used = false, unseen}: {readonly used?: boolean; readonly unseen?: string} = {},
): UsersRead => {
	const all = [...new Set(names)].sort();
	return {
		users: {
			names: all.slice(0, mostNames),
			count: all.length,
			...(used && {used}),
			missing: [...(unseen === undefined ? [] : [unseen]), ...refusalsInWords(unread)],
		},
		unread,
	};
};

export const untold = (usersUntold: string): UsersRead => ({usersUntold, unread: {}});
