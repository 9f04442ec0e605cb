/**
 * What Vedette knows of a KMS key. Members are AWS Config's where it has them; enum values are kept as they came,
 * for AWS adds to them. A member that is absent was not read, or does not exist for such a key.
 */
export type Key = {
	/** With their prefix, sorted: `alias/prod/payments`. */
	readonly aliases?: readonly string[] | undefined;
	readonly description?: string | undefined;
	readonly keyManager?: string | undefined;
	readonly keyState?: string | undefined;
	readonly keySpec?: string | undefined;
	readonly keyUsage?: string | undefined;
	readonly origin?: string | undefined;
	readonly creationDate?: string | undefined;
	readonly deletionDate?: string | undefined;
	readonly pendingDeletionWindowInDays?: number | undefined;
	/** When the first of its imported key materials ends, and the key with it. */
	readonly validTo?: string | undefined;
	readonly expirationModel?: string | undefined;
	readonly customKeyStoreId?: string | undefined;
	readonly cloudHsmClusterId?: string | undefined;
	/** What DescribeCustomKeyStores says of the store that it is in. */
	readonly keyStore?: KeyStore | undefined;
	readonly multiRegion?: MultiRegion | undefined;
	/** Null where KMS says that such a key has no rotation. */
	readonly rotation?: Rotation | null | undefined;
	/** Completed rotations, and for imported material every material there is. Null where KMS says that there can be none. */
	readonly materials?: readonly Material[] | null | undefined;
	/** The key policy as KMS returns it. */
	readonly policy?: string | undefined;
	readonly grantees?: readonly Grantee[] | undefined;
	readonly lastUsage?: LastUsage | undefined;
};

export type KeyStore = {
	readonly name?: string | undefined;
	readonly connectionState?: string | undefined;
	/** Only where the store failed to connect. */
	readonly connectionErrorCode?: string | undefined;
};

type MultiRegion = {
	readonly type: string;
	readonly primary: RelatedKey | undefined;
	readonly replicas: readonly RelatedKey[];
};

export type RelatedKey = {readonly arn: string; readonly awsRegion: string};

export type Rotation = {
	readonly enabled: boolean;
	readonly periodInDays?: number | undefined;
	readonly nextRotationDate?: string | undefined;
	/** Only while a rotation on demand is under way. */
	readonly onDemandRotationStartDate?: string | undefined;
};

export type Material = {
	readonly keyMaterialState?: string | undefined;
	readonly importState?: string | undefined;
	readonly validTo?: string | undefined;
	/** Absent of a key's first material and of one that waits for its rotation. */
	readonly rotationDate?: string | undefined;
	readonly rotationType?: string | undefined;
};

/** All grants to one principal. */
export type Grantee = {
	readonly principal: string;
	/** AWS services may hold grants in their own accounts' names. */
	readonly isService: boolean;
	readonly grants: number;
	readonly operations: readonly string[];
	/** Those among them that every grant gives under constraints only: an encryption context or a source. Absent where there are none. */
	readonly constrainedOperations?: readonly string[] | undefined;
};

/** What KMS has recorded of the key's use. Recording began at different times; see `GetKeyLastUsage`. */
export type LastUsage = {
	readonly usedAt?: string | undefined;
	readonly operation?: string | undefined;
	readonly trackedSince?: string | undefined;
	readonly createdAt?: string | undefined;
};
