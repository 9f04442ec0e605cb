import type {OutcomeStatus, SnapshotId, Tier} from '../model/index.js';

/** One thing to do again and again: a service in one account and Region, in full or since its watermark. */
export type Task = SnapshotId & {
	readonly tier: Tier;
	/** From start to start. */
	readonly everyMs: number;
	/** After that its signal aborts. */
	readonly deadlineMs: number;
	/** Where more is due than may run at once, the higher goes first. */
	readonly priority: number;
	/** How long after it was planned it is due for the first time. Defaults to 0: at once. */
	readonly firstAfterMs?: number;
	/** Before its very first run besides, so that not everything begins in one moment. */
	readonly turnMs?: number;
};

export type RunContext = {
	/** Aborts at the deadline, when the task leaves the plan, and when the engine drains. */
	readonly signal: AbortSignal;
	/**
	 * When this snapshot is tried next if this run ends so, ISO 8601. Decided once: what it says is what happens,
	 * unless somebody asks for a refresh.
	 */
	nextAttemptAt(status: OutcomeStatus): string;
};

/** Does one task. `skipped` where there was nothing to go on, such as a delta without a watermark. */
export type Run = (task: Task, context: RunContext) => Promise<OutcomeStatus | 'skipped'>;

/** What a request for a refresh came to, in numbers of tasks. */
export type Refreshed = {
	readonly started: number;
	/** Were under way already. */
	readonly running: number;
	/** Ended so recently that asking again would be impolite. */
	readonly recent: number;
};

export type EngineStatus = {
	/** When the next task is due, ISO 8601; undefined when nothing is planned. */
	readonly nextPollAt: string | undefined;
	readonly running: readonly Task[];
	/** Times that were let pass because the task was still under way. */
	readonly skipped: number;
	/** Runs that did not end even after their signal had aborted. */
	readonly abandoned: number;
};

/** Decides who collects what and when. Knows nothing of AWS, of the cache or of viewers. */
export type Engine = {
	/** Replaces the plan: new tasks start, dropped ones are aborted, the others keep their rhythm. */
	plan(tasks: readonly Task[]): void;
	/** Does now what is planned for a service, or for all. A service that can tell what changed is asked for that. */
	refreshNow(service?: string): Refreshed;
	/** Does now, a little spread, what last ended with this status: its cause has gone. */
	wake(status: OutcomeStatus): void;
	status(): EngineStatus;
	/** Starts nothing any more, aborts what runs, and resolves when that has ended, or after `timeoutMs`. */
	drain(timeoutMs: number): Promise<void>;
};
