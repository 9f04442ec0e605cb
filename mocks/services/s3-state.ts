import type {
	BlockedEncryptionTypes,
	BucketVersioningStatus,
	MFADeleteStatus,
	PublicAccessBlockConfiguration,
	ReplicationConfiguration,
	ReplicationRule,
	ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

export type S3Bucket = {
	readonly name: string;
	readonly awsRegion: string;
	/** What the listing says of its Region, where that is not so: another one (it was made anew elsewhere a moment ago), or nothing. */
	readonly listedIn?: string | null;
	/** Moves when the policy is changed. */
	creationDate: Date;
	/** Absent in buckets that are older than encryption by default. */
	encryption?: ServerSideEncryptionRule | undefined;
	publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
	policy?: string | undefined;
	/** AWS's judgement of the policy, by a solver that the mock does not have. */
	policyIsPublic: boolean;
	/** Absent where it never had versioning. */
	versioning?: BucketVersioningStatus | undefined;
	mfaDelete?: MFADeleteStatus | undefined;
	replication?: ReplicationConfiguration | undefined;
	/** Operations on it that are refused, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

/** All buckets of the account, in whatever Region: kept under us-east-1, since names and the listing know no Regions. */
export type S3State = {buckets: readonly S3Bucket[]};

export const allFour: PublicAccessBlockConfiguration = {
	BlockPublicAcls: true,
	IgnorePublicAcls: true,
	BlockPublicPolicy: true,
	RestrictPublicBuckets: true,
};

export const noneOfFour: PublicAccessBlockConfiguration = {
	BlockPublicAcls: false,
	IgnorePublicAcls: false,
	BlockPublicPolicy: false,
	RestrictPublicBuckets: false,
};

/** What is asked of each bucket. */
const perBucket = [
	'GetBucketEncryption',
	'GetBucketPolicy',
	'GetBucketPolicyStatus',
	'GetBucketReplication',
	'GetBucketVersioning',
	'GetPublicAccessBlock',
] as const;

/** Every question about a bucket is refused for one reason. */
export const closed = (because: DenialReason): S3Bucket['refused'] => Object.fromEntries(perBucket.map(operation => [operation, because]));

const ssecBlocked: BlockedEncryptionTypes = {EncryptionType: ['SSE-C']};

/** S3's own keys, as every bucket has them by default since 2023; with what is blocked since 2026, or null where nothing is. */
export const ownKeys = (blocked: BlockedEncryptionTypes | null = ssecBlocked): ServerSideEncryptionRule => ({
	ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'},
	BucketKeyEnabled: false,
	...(blocked !== null && {BlockedEncryptionTypes: blocked}),
});

/** Without a key: `aws/s3`. */
export const kms = (key?: string, facts: Partial<ServerSideEncryptionRule> = {}): ServerSideEncryptionRule => ({
	ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', ...(key !== undefined && {KMSMasterKeyID: key})},
	BucketKeyEnabled: true,
	BlockedEncryptionTypes: ssecBlocked,
	...facts,
});

const arnsOf = (place: Place, name: string): readonly [string, string] => [
	`arn:${place.partition}:s3:::${name}`,
	`arn:${place.partition}:s3:::${name}/*`,
];

/** The statement that AWS's documentation gives against plain HTTP. */
export const denyPlainHttp = (place: Place, name: string, facts: object = {}): object => ({
	Sid: 'DenyPlainHttp',
	Effect: 'Deny',
	Principal: '*',
	Action: 's3:*',
	Resource: arnsOf(place, name),
	Condition: {Bool: {'aws:SecureTransport': 'false'}},
	...facts,
});

export const allow = (place: Place, name: string, principal: unknown, action: string | readonly string[], condition?: object): object => ({
	Sid: 'Allow',
	Effect: 'Allow',
	Principal: principal,
	Action: action,
	Resource: arnsOf(place, name),
	...(condition !== undefined && {Condition: condition}),
});

export const policyOf = (...statements: readonly object[]): string => JSON.stringify({Version: '2012-10-17', Statement: statements});

/** A bucket in good order: closed, TLS only, encrypted with S3's keys, versioned, two years old; `facts` say what differs. */
export const bucket = (place: Place, name: string, facts: Partial<S3Bucket> = {}): S3Bucket => ({
	name,
	awsRegion: 'us-east-1',
	creationDate: place.daysAgo(720),
	encryption: ownKeys(),
	publicAccessBlock: allFour,
	policy: policyOf(denyPlainHttp(place, name)),
	policyIsPublic: false,
	versioning: 'Enabled',
	refused: {},
	...facts,
});

/** A rule for every object that KMS's are part of, if a key for the replicas is given. */
export const replicationRule = (
	place: Place,
	id: string,
	destination: string,
	facts: Partial<ReplicationRule> & {readonly replicaKey?: string; readonly account?: string} = {},
): ReplicationRule => {
	const {replicaKey, account, ...rest} = facts;
	return {
		ID: id,
		Priority: 1,
		Status: 'Enabled',
		Filter: {},
		DeleteMarkerReplication: {Status: 'Disabled'},
		...(replicaKey !== undefined && {SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}}}),
		Destination: {
			Bucket: `arn:${place.partition}:s3:::${destination}`,
			...(account !== undefined && {Account: account, AccessControlTranslation: {Owner: 'Destination'}}),
			...(replicaKey !== undefined && {EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey}}),
		},
		...rest,
	};
};

export const replication = (place: Place, ...rules: readonly ReplicationRule[]): ReplicationConfiguration => ({
	Role: `arn:${place.partition}:iam::${place.accountId}:role/s3-replication`,
	Rules: [...rules],
});
