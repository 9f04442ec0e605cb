/** What waits to be mended, summed up by the last full reading. */
export type Backlog = {
	/** Active findings that somebody can mend now and should: see `urgencyOf`. */
	readonly urgent?: {readonly critical: Waiting; readonly exploitable: Waiting};
	readonly suppressed?: number;
	/** What Inspector's own aggregation counts as active. */
	readonly counted?: {
		readonly all: number;
		readonly critical: number;
		readonly high: number;
		readonly medium: number;
		readonly exploitable?: number;
	};
	/** `urgent` where there are so many that only critical and high ones, and those that are exploitable, likely to be, or reachable, are listed. */
	readonly listed?: 'all' | 'urgent';
};
/** `oldest` names the resource of the one that waits longest. */
export type Waiting = {readonly count: number; readonly oldestAt?: string; readonly oldest?: string};
