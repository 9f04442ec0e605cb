export type DetectorFeature = {
	/** `ENABLED` or `DISABLED`. */
	readonly status: string;
	/** `GUARDDUTY_POLICY` where an organisation policy decides. */
	readonly managedBy?: string;
	readonly additional: Readonly<Record<string, string>>;
};

/** How GuardDuty stands in one Region. There is at most one detector; without one, `status` is `NONE`. */
export type Detector = {
	readonly detectorId?: string;
	/**
	 * `ENABLED`; `DISABLED` suspended; `NONE` there is none; `DELETED` there was one until just now; `REPLACED` stood for
	 * the absence of a detector, and there is one now.
	 */
	readonly status?: string;
	readonly createdAt?: string;
	/** How often updates of known findings are published: `FIFTEEN_MINUTES`, `ONE_HOUR`, `SIX_HOURS`. */
	readonly publishingFrequency?: string;
	/** From `Features`; the deprecated `DataSources` are not read. */
	readonly features?: Readonly<Record<string, DetectorFeature>>;
	/** Null: this account has no administrator, or is the administrator itself. */
	readonly administrator?: {readonly accountId: string; readonly relationshipStatus: string} | null;
	/** Null: this account may not say, because it is not the delegated administrator. */
	readonly organization?: {
		readonly autoEnable: string;
		readonly memberLimitReached: boolean;
		readonly features: Readonly<Record<string, string>>;
	} | null;
	/** Of the delegated administrator, or of one by invitation; a lone account has none. */
	readonly members?: {
		readonly total: number;
		/** Those whose relationship is `Enabled`. */
		readonly watched: number;
		/** The first fifty of the others. */
		readonly unwatched: readonly Member[];
	};
	/** Of the watched members, by feature, those that lack what this detector has on; at most fifty a feature. */
	readonly membersLacking?: Readonly<Record<string, {readonly count: number; readonly accountIds: readonly string[]}>>;
	/** GuardDuty's own report of the organisation, up to a day old. Null: there is none. */
	readonly organizationCounts?: {readonly accounts?: number; readonly watched?: number; readonly at?: string} | null;
	readonly destinations?: ReadonlyArray<{readonly id: string; readonly type: string; readonly status: string}>;
	/** Of hosts and clusters that Runtime Monitoring should see. */
	readonly coverage?: {
		readonly healthy: number;
		readonly unhealthy: number;
		readonly byResourceType: Readonly<Record<string, number>>;
		/** The first fifty of the unhealthy. */
		readonly issues: ReadonlyArray<{readonly resourceId: string; readonly issue: string}>;
	};
};

/** `status` is GuardDuty's word for the relationship, such as `Paused`, `Removed`, `Resigned`, `Invited`. */
export type Member = {readonly accountId: string; readonly status: string};

/** The foundations are listed for every detector. Where they are not, what else is not listed may be on all the same. */
export const listsFeatures = ({features: listed}: Pick<Detector, 'features'>): boolean =>
	listed?.['CLOUD_TRAIL'] !== undefined || listed?.['FLOW_LOGS'] !== undefined;
