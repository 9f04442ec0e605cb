import type {Watched} from './watched.js';

/** Names of the small records that a cache file holds besides its values. */
export const headerPrefix = 'header/';
export const metaPrefix = 'meta/';
export const mutesRecord = `${metaPrefix}mutes`;
export const watchedRecord = `${metaPrefix}watched`;

/** Of each account its own: the score of one says nothing of another's. */
export const trendRecord = ({accounts}: Watched): string => `${metaPrefix}trend/${accounts}`;
