import type {Keyv} from 'keyv';
import type {AnswerTo, Catalogue, Change, Entry, Mute, Overview, Query, SnapshotHeader, SnapshotId, Traffic} from '../model/index.js';

/** A change before the store has numbered it. */
export type ChangeDraft = Omit<Change, 'sequence'>;

/** What one step of a collection writes: all of it or nothing. */
export type Commit = {
	readonly upserts: readonly Entry[];
	/** Keys of entries that are gone. */
	readonly removals: readonly string[];
	readonly changes: readonly ChangeDraft[];
	/** The snapshot's header, with the last step; earlier steps of a long collection have none. */
	readonly header?: SnapshotHeader;
};

/** What an overview says besides the cache: the daemon's own state, or nothing of it when read offline. */
export type Live = Pick<Overview, 'account' | 'regions' | 'problems'> & {readonly traffic: Traffic};

/**
 * The cache, its history and its index in memory. One writer; readers of the same file see the last commit.
 * A commit that was acknowledged survives SIGKILL. Where the disk refuses, it goes on in memory and says so in `health`.
 */
export type Store = {
	/** Rises with every commit that changed anything that can be seen. */
	readonly revision: () => number;
	readonly headers: () => readonly SnapshotHeader[];
	/** In the order of the keys; undefined where there is no such entry. */
	get(keys: readonly string[]): Promise<ReadonlyArray<Entry | undefined>>;
	/** Keys of a snapshot's entries, of one kind or of all (kind: a resource type, or `finding`). From memory. */
	keys(snapshot: SnapshotId, kind?: string): readonly string[];
	/** All entries in key order, a bounded number in memory at a time. */
	entries(prefix?: string): AsyncIterable<Entry>;
	changes(since: string | undefined): AsyncIterable<Change>;
	commit(commit: Commit): Promise<void>;
	/** Answers any query. `now` decides ages and staleness; the store has no clock. */
	answer<Q extends Query>(query: Q, live: Live, now: string): Promise<AnswerTo<Q>>;
	/** Small named records: the account, the catalogue, the score's trend. JSON values. */
	getMeta(name: string): Promise<unknown>;
	setMeta(name: string, value: unknown): Promise<void>;
	/** Answers of operations with a life of their own. Values are JSON; `ttl` in milliseconds. */
	readonly answerCache: Keyv;
	/** Replaces the mutes, on reload. */
	setMutes(mutes: readonly Mute[], now: string): void;
	setCatalogue(catalogue: Catalogue): Promise<void>;
	/**
	 * Says which snapshots are watched, from now on and for every reader of the file. Of the others nothing is in any answer,
	 * nor in `headers`, `keys`, `entries` and `changes`; they stay on disk for when they are watched again. Before this is called
	 * for the first time, all are.
	 */
	setWatched(snapshots: readonly SnapshotId[]): void;
	/** Calls back after each commit that raised the revision. Returns how to stop. */
	onCommit(listener: (revision: number) => void): () => void;
	health(): StoreHealth;
	/** Folds the log into its base, closes the file. Idempotent. */
	close(): Promise<void>;
};

export type StoreHealth = {
	readonly path: string;
	readonly bytes: number;
	/** Reads and writes that failed since the start. */
	readonly errors: number;
	/** Sentences; empty when all is well. Such as that the disk is full, or that a corrupt cache was set aside. */
	readonly degraded: readonly string[];
	readonly entries: number;
};
