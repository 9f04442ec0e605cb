/** How Macie stands in one Region of the account. Members that are absent could not be read. */
export type Session = {
	/** `ENABLED`, `PAUSED`, or `DISABLED` where Macie says that it is not enabled. */
	readonly status?: string;
	readonly createdAt?: string;
	/** How often updates of policy findings are published: `FIFTEEN_MINUTES`, `ONE_HOUR`, `SIX_HOURS`. */
	readonly publishingFrequency?: string;
	/** Null: this account may not say, because an administrator decides. */
	readonly discovery?: {readonly status: string; readonly autoEnable?: string; readonly firstEnabledAt?: string} | null;
	/** Null: results are kept nowhere. */
	readonly resultsBucket?: string | null;
	/** Which findings go on to Security Hub. */
	readonly published?: {readonly policy: boolean; readonly classification: boolean};
	/** Null: this account has no administrator, or is the administrator itself. */
	readonly administrator?: {readonly accountId: string; readonly relationshipStatus: string} | null;
	/** Of an administrator; an account that is none has none. */
	readonly members?: {
		readonly total: number;
		/** Those whose relationship is `Enabled`. */
		readonly watched: number;
		/** The first fifty of the others. */
		readonly unwatched: ReadonlyArray<{readonly accountId: string; readonly status: string}>;
	};
	readonly buckets?: {
		readonly total: number;
		readonly publiclyAccessible?: number;
		/** With CloudFront, with an account outside the Macie organisation, or with both. */
		readonly sharedExternally?: number;
		readonly sensitive?: number;
		readonly unclassified?: number;
		readonly classifiableBytes?: number;
		/** Macie's numbers are up to a day old. */
		readonly lastUpdated?: string;
	};
};

/** A bucket as Macie sees it: up to a day old. */
export type Bucket = {
	/** `PUBLIC`, `NOT_PUBLIC`, `UNKNOWN`; absent where the buckets could not be listed. */
	readonly effectivePermission?: string;
	/**
	 * `EXTERNAL` (with CloudFront, with an account outside the Macie organisation, or with both), `INTERNAL` (with accounts
	 * of that organisation alone), `NOT_SHARED`, `UNKNOWN`.
	 */
	readonly sharedAccess?: string;
	/** -1 could not be analysed, 1 to 49 not sensitive, 50 not analysed yet, 51 to 100 sensitive. */
	readonly sensitivityScore?: number;
	/** `MONITORED` or `NOT_MONITORED` by automated discovery. */
	readonly monitoring?: string;
	readonly monitoredByJob?: string;
	readonly replicatedExternally?: boolean;
	readonly encryption?: string;
	/** Whether the bucket's policy demands encryption of what is put there. Macie's own word for it is inverted: `FALSE` means that it does. */
	readonly demandsEncryption?: 'yes' | 'no' | 'unknown';
	readonly unencryptedObjects?: number;
	readonly versioning?: boolean;
	/** Why Macie could not look: `ACCESS_DENIED`, `BUCKET_COUNT_EXCEEDS_QUOTA`. */
	readonly error?: string;
	readonly errorMessage?: string;
	readonly objectCount?: number;
	readonly bytes?: number;
	readonly lastDiscoveryAt?: string;
	readonly lastUpdated?: string;
};

/** A job that looks for sensitive data in some buckets. */
export type Job = {
	/** `RUNNING`, `IDLE` (until its next run), `PAUSED` (by a quota), `USER_PAUSED`, `CANCELLED`, `COMPLETE`; absent where jobs could not be listed. */
	readonly status?: string;
	/** `ONE_TIME` or `SCHEDULED`. */
	readonly type?: string;
	readonly createdAt?: string;
	/** Of the last run: `NONE` or `ERROR`. */
	readonly errors?: string;
	readonly pausedAt?: string;
	/** When Macie cancels it, if it stays paused. */
	readonly expiresAt?: string;
};
