// What the rows of this board hold: plain JSON, joined from what several services brought. A member that is absent is not
// known, and the row's `unread` says which permission would tell it; null is "there is none".

/** A key of KMS as something refers to it, and whether it can be used there. */
export type KeyUse = {
	/** Its first alias without the prefix, or its id: `prod/payments`, `aws/s3`. */
	readonly name: string;
	/** Where it was found, or where its reference says it is. */
	readonly arn?: string;
	/** Where it is: for references that name no Region, where they are made. */
	readonly awsRegion: string;
	/** Whether AWS manages it for a service; absent where that could not be read. */
	readonly manager?: 'customer' | 'AWS';
	/** KMS's word: `Enabled`, `PendingDeletion`. */
	readonly state?: string;
	readonly use: 'usable' | 'unusable' | 'unknown';
	/** What is wrong (`is disabled`), or why it cannot be told (`kms:DescribeKey was denied`). */
	readonly because: string;
	/** Whether what is encrypted with it is lost, or will be if nobody acts: it is gone, or on its way. */
	readonly isLost: boolean;
	/** KMS's word: `SYMMETRIC_DEFAULT`. */
	readonly keySpec?: string;
};

/** A multi-Region key in one of its Regions. */
export type KeyMember = {
	readonly awsRegion: string;
	readonly arn: string;
	/** Absent where no key of the set could be described. */
	readonly isPrimary?: boolean;
	readonly key: KeyUse;
	/** Whether its policy says what the primary's (or the first that could be read) says, but for the Region; absent where unread. */
	readonly policy?: 'same' | 'other';
	/** Accounts, organizations and others that it lets in and the one it is compared with does not. */
	readonly alsoLetsIn: readonly string[];
	/** What is encrypted with it here, of tables, clusters of global databases, secrets and buckets: a few by name. */
	readonly users: readonly string[];
	readonly userCount: number;
	/** Why there may be more that is encrypted with it: a listing or description that was refused. */
	readonly mayHaveMore?: string;
};

export type KeySet = {
	/** Primary first, then by Region. */
	readonly members: readonly KeyMember[];
	/** Whether a key of the set could be described, which tells where all others are. */
	readonly isWhole: boolean;
	readonly primaryRegion?: string;
	readonly keySpec?: string;
	readonly keyUsage?: string;
	readonly origin?: string;
	/** As set on the primary, for all; null where such a key has none. */
	readonly rotation?: {readonly enabled: boolean; readonly periodInDays?: number} | null;
};

/** A replicated secret in one of its Regions. */
export type SecretMember = {
	readonly awsRegion: string;
	readonly isPrimary: boolean;
	/** What the primary tells of it: `InSync`, `InProgress`, `Failed`. */
	readonly status?: string;
	readonly statusMessage?: string;
	/**
	 * What the Region's own listing has under its name: this secret, another one that is no copy of it, or none. `unknown`
	 * where the listing is not whole.
	 */
	readonly found: 'it' | 'another' | 'none' | 'unknown';
	/** Why that is unknown. */
	readonly because?: string;
	readonly isToldOf: boolean;
	/** Absent where there is nothing to have a key. */
	readonly key?: KeyUse;
};

export type ReplicatedSecret = {
	readonly primaryRegion: string;
	/** Primary first, then by Region. */
	readonly members: readonly SecretMember[];
	readonly deletedAt?: string;
	readonly lastChangedAt?: string;
	/** Why its replicas are not told of: the primary could not be described, or is out of sight. */
	readonly untold?: string;
};

/** Whether a key policy, or a grant, lets the replication role do what it must. */
export type Admission = {
	readonly is: 'named' | 'granted' | 'left to IAM' | 'by AWS' | 'kept out' | 'unknown';
	/** What the key does (`leaves kms:Decrypt to IAM`), or why that cannot be told. */
	readonly how: string;
};

/** One rule of a bucket that replicates. */
export type Replication = {
	readonly bucketName: string;
	readonly roleArn?: string;
	/** Absent of a bucket whose replication could not be read. */
	readonly rule?: {
		readonly name: string;
		readonly isEnabled: boolean;
		/** In words; null where it is for every object. */
		readonly filter: string | null;
		readonly takesKmsObjects: boolean;
		readonly usesSourceMultiRegionKey: boolean;
	};
	readonly source: {
		readonly awsRegion: string;
		/** How new objects are encrypted by default: `aws:kms`, `AES256`; null where nothing is set. */
		readonly algorithm?: string | null;
		/** Whether of what the rule is for the bucket's policy turns away all uploads that KMS does not encrypt. */
		readonly demandsKms?: boolean;
		/** Where it does so of a part alone: which, as the policy has them, such as `finance/*`. Empty where of all or none. */
		readonly demandsKmsOf?: readonly string[];
		/** The key that encrypts new objects by default; null where it is none of KMS. */
		readonly key?: KeyUse | null;
		readonly hasBucketKey?: boolean;
		/** `Enabled`, `Suspended`, or null where it was never on. */
		readonly versioning?: string | null;
	};
	readonly destination?: {
		readonly bucketName: string;
		readonly accountId?: string;
		/** Whether it is one of this account's buckets; absent where the listing was cut short. */
		readonly isOwn?: boolean;
		readonly awsRegion?: string;
		readonly versioning?: string | null;
		/** The key for replicas; null where the rule names none. */
		readonly key: KeyUse | null;
	};
	/** Whether both keys are of one multi-Region key. */
	readonly isOneKey: boolean;
	/** By the policy of the source's key: `kms:Decrypt`. */
	readonly mayDecrypt?: Admission;
	/** By the policy of the destination's key: `kms:Encrypt`, and `kms:Decrypt` where objects have a Bucket Key. */
	readonly mayEncrypt?: Admission;
	/** Why something of the source is not known, by fact. */
	readonly because: Readonly<Partial<Record<'encryption' | 'policy' | 'versioning' | 'destination', string>>>;
};

/** A global table in one of its Regions. */
export type TableReplica = {
	/** All of its Regions; empty where it could not be told whether it is a global table. */
	readonly regions: readonly string[];
	/** The table's own word here, where it could be described. */
	readonly status?: string;
	/** What another Region tells of this one. */
	readonly replicaStatus?: string;
	/** Null where the key is one that AWS owns. */
	readonly key?: KeyUse | null;
	/** Why the key is not known. */
	readonly because?: string;
	readonly version?: string;
};

/** A cluster of a global database. */
export type ClusterMember = {
	readonly globalClusterId: string;
	readonly regions: readonly string[];
	readonly isWriter: boolean;
	readonly status?: string;
	/** RDS's word: `sse-kms`, `sse-rds` (a key that AWS owns), `none`. */
	readonly encryption?: string;
	/** Null where it is none of KMS. */
	readonly key?: KeyUse | null;
	/** Why the key is not known. */
	readonly because?: string;
};

/** Whether an application could encrypt data itself in one Region and decrypt it in all others. */
export type Readiness = {
	readonly of: 'global table' | 'global database';
	/** Those that are known. */
	readonly regions: readonly string[];
	/** Why there may be more of them. */
	readonly mayHaveMore?: string;
	/** Multi-Region keys that are in working order in each of them. */
	readonly keys: readonly string[];
	/** Why it cannot be told whether there is one, where none is known to be. */
	readonly because?: string;
	/** The multi-Region key that is in most of them, and where it lacks. */
	readonly nearest?: {readonly key: string; readonly lacks: readonly string[]};
};
