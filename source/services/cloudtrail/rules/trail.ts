/** What of the management events a trail's selectors take in. An event is a read where it changes nothing. */
export type Management = {
	/** Whether all reads are recorded, but for those of the sources in `readsWithout`. */
	readonly reads: boolean;
	/** Whether all writes are, but for those of the sources in `writesWithout`. */
	readonly writes: boolean;
	/** Event sources that are left out of the reads that are recorded: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. */
	readonly readsWithout: readonly string[];
	readonly writesWithout: readonly string[];
	/** Uses of keys (Decrypt, GenerateDataKey), which count as reads. */
	readonly kmsReads: boolean;
	/** Changes of keys, such as DisableKey and ScheduleKeyDeletion. */
	readonly kmsWrites: boolean;
	/** Event sources that every selector leaves out. */
	readonly excludedSources: readonly string[];
	/** Fields by which advanced selectors leave out more than whole sources, such as `userIdentity.arn`. */
	readonly narrowedBy: readonly string[];
};

/** Data events that one selector takes in. */
export type DataEvents = {
	/** CloudFormation's name: `AWS::S3::Object`, `AWS::Lambda::Function`, `AWS::DynamoDB::Table`. */
	readonly resourceType: string;
	readonly reads: boolean;
	readonly writes: boolean;
	/** Whether of all resources of the type; otherwise of some, or only by some event names. */
	readonly everything: boolean;
};

/** A trail as one Region sees it. Absent members could not be read, by the permissions that `unread` names. */
export type Recorder = {
	readonly arn: string;
	readonly name: string;
	readonly homeRegion: string;
	readonly multiRegion: boolean;
	/** Whether it records in this Region. */
	readonly logging?: boolean;
	readonly management?: Management;
	readonly dataEvents?: readonly DataEvents[];
	/** Such as `cloudtrail:GetTrailStatus`. */
	readonly unread?: readonly string[];
	/** The account whose trail it is, where CloudTrail told of its trail and not what it records: an organisation’s, seen by a member. */
	readonly hiddenBy?: string;
};

/** A trail, read in its home Region. Times are ISO 8601. */
export type Trail = {
	readonly homeRegion: string;
	readonly multiRegion?: boolean;
	/** Whether it records all accounts of the organisation. */
	readonly organizationTrail: boolean;
	/** The account that made it: of an organisation's trail the management account or a delegated administrator. */
	readonly ownerAccountId: string;
	/** The name of the bucket that log files go to, which may be another account's. */
	readonly bucket?: string;
	readonly bucketPrefix?: string;
	readonly topicArn?: string;
	/** The key that log files are encrypted with; null: S3's own encryption. */
	readonly kmsKeyArn: string | null;
	/** Whether digest files prove that log files were not changed. */
	readonly validated?: boolean;
	/** The log group that events also go to; null: none. */
	readonly logGroupArn: string | null;
	/** Whether events of IAM, STS and the like are among them. */
	readonly globalServiceEvents: boolean;
	readonly insights: boolean;
	readonly logging?: boolean;
	readonly startedAt?: string;
	readonly stoppedAt?: string;
	readonly deliveredAt?: string;
	/** S3's error code of the last attempt, such as `AccessDenied`; null: none. */
	readonly deliveryError?: string | null;
	readonly digestError?: string | null;
	readonly logGroupDeliveredAt?: string;
	readonly logGroupError?: string | null;
	readonly management?: Management;
	readonly dataEvents?: readonly DataEvents[];
	/** The other trails that record all Regions, as seen here. */
	readonly multiRegionTrails: readonly Recorder[];
};

/** Who records what happens in a Region: its own trails and those that record all Regions. Absent: they could not be listed. */
export type RegionCoverage = {readonly recorders?: readonly Recorder[]};
