import type {OutcomeStatus, Refusal} from './resource.js';

/**
 * How a collection ended. After anything but `ok` the last good resources stay and are shown stale.
 * - `partial`: some facts or pages were refused; `refusals` says which.
 * - `denied`, `throttled`, `unauthenticated`, `unreachable`, `failed`: nothing new was learnt.
 * - `not-enabled`: the service is off here, which is itself a fact about the account.
 * - `not-available`: the Region is not opted in, or the service does not exist there.
 */
export type Outcome = {
	readonly status: OutcomeStatus;
	readonly durationMs: number;
	/** Calls sent to AWS, retries included. */
	readonly calls: number;
	/** At most one per operation and error, with how often it came. */
	readonly refusals: ReadonlyArray<Refusal & {readonly count: number}>;
	/** A sentence, where there is more to say. */
	readonly reason?: string;
};

export const tiers = ['full', 'delta'] as const;
export type Tier = (typeof tiers)[number];

/** One service in one account and Region: the unit of polling, of caching and of diffing. */
export type SnapshotId = {readonly accountId: string; readonly awsRegion: string; readonly service: string};

/** The small header kept with a snapshot's entries. */
export type SnapshotHeader = SnapshotId & {
	/** When the facts on record were last confirmed as a whole, ISO 8601; undefined before the first success. */
	readonly capturedAt: string | undefined;
	/** When it was last tried. */
	readonly attemptedAt: string;
	readonly nextAttemptAt: string | undefined;
	/** The shortest interval at which it is polled. Twice that without success is stale. */
	readonly everyMs: number;
	readonly outcome: Outcome;
	readonly watermark?: string;
	/** When the last `full` collection ended well. */
	readonly fullAt?: string;
	/** The calls of all collections since then, ISO 8601. What is older than a month counts half, and ever less. */
	readonly metered?: {readonly since: string; readonly calls: number};
};

/** Older than twice its interval, or its last attempt brought nothing: its numbers must not look fresh. */
export const isStale = (header: Pick<SnapshotHeader, 'capturedAt' | 'everyMs'>, now: string): boolean =>
	header.capturedAt === undefined || Date.parse(now) - Date.parse(header.capturedAt) > 2 * header.everyMs;
