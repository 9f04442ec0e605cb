import type {Judgement, ReportedFinding} from './finding.js';
import type {Resource} from './resource.js';
import type {Cell, Expiration} from './service.js';
import type {SnapshotId} from './snapshot.js';

/** What the cache holds under one key: a resource with what the rules say of it. */
export type ResourceEntry = {
	readonly entry: 'resource';
	readonly key: string;
	readonly service: string;
	readonly resource: Resource;
	readonly judgements: readonly Judgement[];
	/** The kind's columns and facts, computed once, so that viewers need no registry. */
	readonly cells: readonly Cell[];
	readonly facts: ReadonlyArray<readonly [title: string, value: Cell]>;
	readonly expirations: readonly Expiration[];
	readonly usdPerMonth: number;
	readonly consolePath: string;
	/** When Vedette first saw it. */
	readonly firstObservedAt: string;
};

/** What the cache holds under one key: a finding that a service reported. */
export type FindingEntry = {
	readonly entry: 'finding';
	readonly key: string;
	readonly service: string;
	readonly finding: ReportedFinding;
	readonly cells: readonly Cell[];
	readonly facts: ReadonlyArray<readonly [title: string, value: Cell]>;
	readonly consolePath: string;
	readonly firstObservedAt: string;
};

export type Entry = ResourceEntry | FindingEntry;

/** `account/region/service/kind/id`: sorts by snapshot, so that one snapshot's entries are one range. */
export const entryKey = (snapshot: SnapshotId, kind: string, id: string): string => `${snapshotKey(snapshot)}/${kind}/${id}`;

/** `account/region/service`. */
export const snapshotKey = ({accountId, awsRegion, service}: SnapshotId): string => `${accountId}/${awsRegion}/${service}`;
