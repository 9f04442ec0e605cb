/** AWS Config records no snapshots, and CloudFormation makes none: named as they would. */
export const snapshotType = 'AWS::EC2::Snapshot';

/**
 * An EBS snapshot that the account owns. Words are AWS's, times ISO 8601. Facts that could not be read are absent; of those
 * that a snapshot need not have the comment says so.
 */
export type Snapshot = {
	/** Absent where it has none. */
	readonly description?: string;
	/** The volume it was taken of. `vol-ffffffff` for copies, which were taken of none. */
	readonly volumeId?: string;
	/** `pending`, `completed`, `error`, `recoverable`, `recovering`. */
	readonly state?: string;
	readonly startedAt?: string;
	/** Of the volume, in GiB. */
	readonly sizeGiB?: number;
	readonly encrypted?: boolean;
	/** The ARN of its key, as EC2 tells it; absent where it is not encrypted. Whether AWS manages the key only KMS tells. */
	readonly kmsKeyId?: string;
	/** The account id of its owner. */
	readonly ownerId?: string;
	/** `standard` or `archive`. */
	readonly storageTier?: string;
	/** Of one that was restored from the archive for a while: until when. */
	readonly restoreExpiresAt?: string;
	/** Of a copy made by CopySnapshot, as its description says, unless somebody gave it another. */
	readonly copiedFrom?: {readonly snapshotId: string; readonly awsRegion: string};
	/** The account's AMIs that start from it, sorted. Absent where AMIs could not be listed. */
	readonly imageIds?: readonly string[];
	/**
	 * Whether its permissions let in everyone. Block public access does not change them: see `blockPublicAccess`. Told by a
	 * listing of all that anyone can restore, so that it does not wait for `sharedWith`.
	 */
	readonly public?: boolean;
	/** Of a public one: the Region's setting, `block-all-sharing` where nobody outside can see it after all. */
	readonly blockPublicAccess?: string;
	/**
	 * The accounts that may restore it, by id, sorted; empty where there are none. Absent where DescribeSnapshotAttribute was
	 * refused or waits for its turn.
	 */
	readonly sharedWith?: readonly string[];
	/** Of one that is shared and encrypted: the key that the Region encrypts with by default. */
	readonly defaultKmsKeyId?: string;
};

/** Whether the Region's settings keep everyone away from what is public by its permissions. */
export const isHidden = ({blockPublicAccess}: Snapshot): boolean => blockPublicAccess === 'block-all-sharing';
