import type {Why} from './words.js';

export type StoreId = 'volumes' | 'snapshots' | 'images' | 'buckets' | 'tables' | 'clusters' | 'secrets' | 'parameters';

/** What keeps one part of a thing, such as a disk of an AMI. */
export type Protection =
	| {readonly by: 'nothing'}
	/** By a key that AWS owns, which no account sees. */
	| {readonly by: 'owned'}
	/** By a key of KMS, as the service names it. */
	| {readonly by: 'key'; readonly reference: string}
	/** Encrypted, with what is not known. */
	| {readonly by: 'hidden'; readonly why: Why}
	/** Not known to be encrypted. */
	| {readonly by: 'unread'; readonly why: Why};

/** A thing in a store. */
export type Stored = {readonly name: string; readonly awsRegion: string; readonly protections: readonly Protection[]};
