import type {Outcome, ReportedFinding, Resource, ResourceType, Service, SnapshotId, Tier} from '../model/index.js';

/** What to collect: one service in one account and Region, in full or since a watermark. */
export type Target = SnapshotId & {readonly tier: Tier};

/** What one collection brings, in batches, so that a large account never is in memory whole. */
export type Batch = {
	readonly resources: readonly Resource[];
	readonly findings: readonly ReportedFinding[];
	/** Reported findings that exist no more. */
	readonly goneFindingIds: readonly string[];
};

/** How it ended: told once, after the last batch. */
export type Ending = {
	readonly outcome: Outcome;
	/** Kinds of which every member was brought: what was not is gone. Empty unless the listing ended well. */
	readonly complete: ReadonlyArray<ResourceType | 'findings'>;
	readonly watermark?: string;
	readonly startedAt: string;
	readonly endedAt: string;
};

/** Collects one target. Never throws: whatever goes wrong becomes the outcome. `onBatch` is awaited: slow writers slow the collection. */
export type Collect = (
	service: Service,
	target: Target,
	options: {
		readonly watermark: string | undefined;
		readonly signal: AbortSignal;
		readonly onBatch: (batch: Batch) => Promise<void>;
	},
) => Promise<Ending>;
