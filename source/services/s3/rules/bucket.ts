import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const bucketType = 'AWS::S3::Bucket';

/** A bucket as S3 tells of it; times are ISO 8601. Never its objects: no operation that reads or lists them is declared. */
export type Bucket = {
	/** Absent where ListBuckets did not tell it: then nobody knows whom to ask, and all below but `createdAt` is unread. */
	readonly awsRegion?: string;
	/** S3 moves it when some settings are changed, such as the policy: the bucket is at least as old. */
	readonly createdAt?: string;
	/** By GetBucketEncryption: what new objects are encrypted with by default. */
	readonly encryption?: Encryption | null;
	/** By GetBucketVersioning: `Enabled`, `Suspended`, or null where it was never on. */
	readonly versioning?: string | null;
	/** By GetBucketVersioning: `Enabled` or `Disabled`; null where it was never set up. */
	readonly mfaDelete?: string | null;
	/** By GetPublicAccessBlock, of this bucket alone: the account's own block adds to it. */
	readonly publicAccessBlock?: PublicAccessBlock | null;
	/** By GetAccountPublicAccessBlock: whether the account's own block restricts public buckets. Asked only where the bucket is open but for that. */
	readonly doesAccountRestrict?: boolean;
	/** By GetBucketPolicy: the policy's text, or null where there is none. */
	readonly policy?: string | null;
	/** By GetBucketPolicyStatus, unless `isPolicyNamed`: whether AWS calls the policy public; null where there is none. Says nothing of ACLs. */
	readonly isPolicyPublic?: boolean | null;
	/** Where the policy itself says that it is not public, since it names everyone it lets in: then S3 was not asked. */
	readonly isPolicyNamed?: boolean;
	/** By GetBucketReplication. */
	readonly replication?: Replication | null;
};

export type Encryption = {
	/** `AES256` (S3's own keys), `aws:kms`, `aws:kms:dsse`, or one that is newer than this. */
	readonly algorithm: string;
	/** As written: a key's ARN, id or alias. Null where it is `aws/s3`, the key that AWS manages, or where the algorithm has none. */
	readonly kmsKeyId: string | null;
	/** Whether one key of KMS serves many objects, so that KMS is asked seldom. */
	readonly bucketKeyEnabled: boolean;
	/** What uploads may not be encrypted with: `SSE-C`, or `NONE`, which blocks nothing. Empty where S3 names none, which blocks nothing either. */
	readonly blockedTypes: readonly string[];
};

export type PublicAccessBlock = {
	readonly blockPublicAcls: boolean;
	readonly ignorePublicAcls: boolean;
	readonly blockPublicPolicy: boolean;
	/** The one by which a public policy that stands lets in no stranger. */
	readonly restrictPublicBuckets: boolean;
};

export type Replication = {
	/** The role that S3 takes on to read here, write there, and use both keys. */
	readonly roleArn: string;
	readonly rules: readonly ReplicationRule[];
};

export type ReplicationRule = {
	/** Its ID, or `rule 2`. */
	readonly name: string;
	readonly isEnabled: boolean;
	readonly priority?: number;
	/** What it is for, in words, such as `logs/` or `all but tmp/`; null where it is for every object. */
	readonly filter: string | null;
	/** What objects’ keys must begin with. Absent where the rule asks for nothing of the sort. */
	readonly prefix?: string;
	/** Tags that objects must have, `name=value`. Absent where the rule asks for none. */
	readonly tags?: readonly string[];
	/** Prefixes and tags of objects that it leaves out all the same. Absent where there are none. */
	readonly exceptions?: readonly string[];
	readonly destination: Destination;
	/** Whether objects that KMS encrypts are among those replicated: by default they are not. */
	readonly replicatesKmsObjects: boolean;
	/** The ARN of the key or alias that encrypts the replicas; null where the rule names none. */
	readonly replicaKmsKeyId: string | null;
	/** Whether the source key's relative in the destination's Region encrypts the replicas, where both are one multi-Region key. */
	readonly usesSourceMultiRegionKey: boolean;
	readonly replicatesDeleteMarkers: boolean;
};

export type Destination = {
	readonly bucketArn: string;
	readonly bucketName: string;
	/** The account that the replicas are to belong to, where the rule names one: it need not. */
	readonly accountId?: string;
	/** Where it is one of this account's buckets. Absent where that could not be told: the listing was cut short. */
	readonly isOwn?: boolean;
	/** The Region of a bucket of this account. */
	readonly awsRegion?: string;
};

export type BucketResource = Resource<Bucket>;

/** Whether KMS encrypts new objects, singly or twice. */
export const isKms = (algorithm: string): boolean => algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';

/** By the account's key that AWS manages, named by its alias or by naming none. */
export const hasDefaultKey = ({algorithm, kmsKeyId}: Encryption): boolean =>
	isKms(algorithm) && (kmsKeyId === null || kmsKeyId.endsWith('alias/aws/s3'));

/** In the fewest words: `S3’s keys`, `KMS`, `KMS, aws/s3`. */
export const encryptionInWords = (encryption: Encryption): string => {
	const {algorithm} = encryption;
	if (!isKms(algorithm)) {
		return algorithm === 'AES256' ? 'S3’s keys' : algorithm;
	}

	return `${algorithm === 'aws:kms' ? 'KMS' : 'KMS twice'}${hasDefaultKey(encryption) ? ', aws/s3' : ''}`;
};

export const enabledRules = ({rules}: Replication): readonly ReplicationRule[] => rules.filter(({isEnabled}) => isEnabled);

/** The page of a Security Hub control. */
export const hub = (control: `S3.${number}`): `https://docs.aws.amazon.com/${string}` =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#${control.toLowerCase().replace('.', '-')}`;

export const guide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/' as const;
