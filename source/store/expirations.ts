import type {ExpirationRow} from '../model/index.js';

/** Soonest first, then by key, then by what ends. */
export const compareExpirations = (a: ExpirationRow, b: ExpirationRow): number =>
	a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : a.what < b.what ? -1 : 1;
