import type {
	BucketMetadata,
	Finding,
	FindingCategory,
	FindingType,
	JobSummary,
	RelationshipStatus,
	SensitiveDataItemCategory,
	SeverityDescription,
} from '@aws-sdk/client-macie2';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** A finding in the index; the report itself is made only when it is asked for, since there may be 5,000. */
export type MacieRecord = {
	readonly id: string;
	readonly type: FindingType;
	readonly category: FindingCategory;
	readonly severity: SeverityDescription;
	readonly archived: boolean;
	readonly sample: boolean;
	readonly createdAtMs: number;
	readonly updatedAtMs: number;
	readonly bucketName: string;
	readonly report: () => Pick<Finding, 'title' | 'description' | 'count' | 'resourcesAffected' | 'classificationDetails' | 'policyDetails'>;
};

export type MacieState = {
	/** Undefined: Macie is not enabled. */
	session?: {status: 'ENABLED' | 'PAUSED'; readonly createdAt: Date} | undefined;
	discovery: 'ENABLED' | 'DISABLED';
	/** Where discovery results are kept. */
	resultsBucket?: string | undefined;
	/** What goes on to Security Hub. By default policy findings alone. */
	publishes: {readonly policy: boolean; readonly classification: boolean};
	readonly administrator?: {readonly accountId: string; readonly relationshipStatus: RelationshipStatus} | undefined;
	/** Of an administrator. */
	readonly members: ReadonlyArray<{readonly accountId: string; readonly relationshipStatus: RelationshipStatus}>;
	jobs: readonly JobSummary[];
	buckets: readonly BucketMetadata[];
	/** By `updatedAtMs`, oldest first. Replaced, never changed: what was computed from a list stays true of it. */
	findings: readonly MacieRecord[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

/** A Region where this account is Macie's administrator, and there is no bucket to look into. */
export const quietMacie = (): MacieState => ({
	session: {status: 'ENABLED', createdAt: new Date('2024-03-11T09:20:00Z')},
	discovery: 'ENABLED',
	resultsBucket: 'acme-macie-results',
	publishes: {policy: true, classification: true},
	members: [
		{accountId: '555566667777', relationshipStatus: 'Enabled'},
		{accountId: '666677778888', relationshipStatus: 'Enabled'},
	],
	jobs: [],
	buckets: [],
	findings: [],
	refused: {},
});

export const byUpdate = (records: readonly MacieRecord[]): readonly MacieRecord[] =>
	records.toSorted((one, other) => one.updatedAtMs - other.updatedAtMs);

/** A bucket in good order: private, watched, not sensitive; `facts` say what differs. */
export const macieBucket = (place: Place, bucketName: string, facts: Partial<BucketMetadata> = {}): BucketMetadata => ({
	accountId: place.accountId,
	bucketName,
	bucketArn: `arn:${place.partition}:s3:::${bucketName}`,
	bucketCreatedAt: place.daysAgo(700),
	region: place.awsRegion,
	lastUpdated: place.hoursAgo(11),
	publicAccess: {effectivePermission: 'NOT_PUBLIC'},
	sharedAccess: 'NOT_SHARED',
	serverSideEncryption: {type: 'aws:kms', kmsMasterKeyId: place.arn('kms', 'alias/prod/app')},
	automatedDiscoveryMonitoringStatus: 'MONITORED',
	jobDetails: {isDefinedInJob: 'FALSE', isMonitoredByJob: 'FALSE'},
	replicationDetails: {replicated: false, replicatedExternally: false, replicationAccounts: []},
	sensitivityScore: 1,
	objectCount: 4210,
	classifiableObjectCount: 4000,
	classifiableSizeInBytes: 7_000_000_000,
	sizeInBytes: 8_400_000_000,
	versioning: true,
	tags: [],
	...facts,
});

/** A job over one bucket, without errors; `facts` say what differs. */
export const macieJob = (place: Place, name: string, bucket: string, facts: Partial<JobSummary> = {}): JobSummary => ({
	jobId: place.random(`macie/job/${name}`).hex(32),
	name,
	jobStatus: 'IDLE',
	jobType: 'SCHEDULED',
	createdAt: place.daysAgo(120),
	lastRunErrorStatus: {code: 'NONE'},
	bucketDefinitions: [{accountId: place.accountId, buckets: [bucket]}],
	...facts,
});

const titles: Readonly<Record<string, string>> = {
	'Policy:IAMUser/S3BlockPublicAccessDisabled': 'All bucket-level Amazon S3 Block Public Access settings are disabled for the S3 bucket',
	'Policy:IAMUser/S3BucketEncryptionDisabled': 'Default encryption for the S3 bucket was reset',
	'Policy:IAMUser/S3BucketPublic': 'The S3 bucket is publicly accessible',
	'Policy:IAMUser/S3BucketReplicatedExternally': 'The S3 bucket is replicated to an external AWS account',
	'Policy:IAMUser/S3BucketSharedExternally': 'The S3 bucket is shared with an external AWS account',
	'Policy:IAMUser/S3BucketSharedWithCloudFront': 'The S3 bucket is shared with a CloudFront origin access identity or control',
};

const scores: Readonly<Record<SeverityDescription, number>> = {Low: 1, Medium: 2, High: 3};
export const scoreOf = (severity: SeverityDescription): number => scores[severity];

type Common = {
	readonly type: FindingType;
	readonly severity: SeverityDescription;
	readonly bucket: string;
	readonly createdHoursAgo: number;
	readonly archived?: true;
	readonly sample?: true;
	readonly isPublic?: true;
};

const record = (
	place: Place,
	name: string,
	category: FindingCategory,
	facts: Common & {readonly updatedHoursAgo?: number},
	report: MacieRecord['report'],
): MacieRecord => ({
	id: place.random(`macie/${name}`).hex(32),
	type: facts.type,
	category,
	severity: facts.severity,
	archived: facts.archived === true,
	sample: facts.sample === true,
	createdAtMs: place.hoursAgo(facts.createdHoursAgo).getTime(),
	updatedAtMs: place.hoursAgo(facts.updatedHoursAgo ?? facts.createdHoursAgo).getTime(),
	bucketName: facts.bucket,
	report,
});

const bucketOf = (place: Place, {bucket, isPublic}: Common) => ({
	arn: `arn:${place.partition}:s3:::${bucket}`,
	name: bucket,
	owner: {id: place.accountId},
	publicAccess: {effectivePermission: isPublic === true ? ('PUBLIC' as const) : ('NOT_PUBLIC' as const)},
	defaultServerSideEncryption: {encryptionType: 'AES256' as const},
	// FALSE: the bucket policy asks for encryption. https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html
	allowsUnencryptedObjectUploads: 'TRUE' as const,
});

/** Somebody changed a bucket. Such findings come again: `count` and `updatedAt` rise. */
export const policyFinding = (
	place: Place,
	name: string,
	facts: Common & {
		readonly api: string;
		readonly user: string;
		readonly ip?: string;
		readonly count?: number;
		readonly updatedHoursAgo?: number;
	},
): MacieRecord => {
	const first = place.hoursAgo(facts.createdHoursAgo);
	const last = place.hoursAgo(facts.updatedHoursAgo ?? facts.createdHoursAgo);
	return record(place, name, 'POLICY', facts, () => ({
		title: titles[facts.type] ?? facts.type,
		description: `${titles[facts.type] ?? facts.type}: ${facts.bucket}.`,
		count: facts.count ?? 1,
		resourcesAffected: {s3Bucket: bucketOf(place, facts)},
		policyDetails: {
			action: {
				actionType: 'AWS_API_CALL',
				apiCallDetails: {api: facts.api, apiServiceName: 's3.amazonaws.com', firstSeen: first, lastSeen: last},
			},
			actor: {
				userIdentity: {
					type: 'IAMUser',
					iamUser: {
						accountId: place.accountId,
						arn: `arn:${place.partition}:iam::${place.accountId}:user/${facts.user}`,
						principalId: 'AIDAEXAMPLE',
						userName: facts.user,
					},
				},
				ipAddressDetails: {ipAddressV4: facts.ip ?? '203.0.113.77', ipCountry: {code: 'SG', name: 'Singapore'}},
			},
		},
	}));
};

/** Macie found something in an object. Such findings never change. */
export const classificationFinding = (
	place: Place,
	name: string,
	facts: Common & {
		readonly key: string;
		readonly category: SensitiveDataItemCategory;
		readonly found: ReadonlyArray<readonly [type: string, count: number]>;
		readonly custom?: ReadonlyArray<readonly [name: string, count: number]>;
	},
): MacieRecord =>
	record(place, name, 'CLASSIFICATION', facts, () => ({
		title: 'The S3 object contains sensitive data',
		description: `The S3 object contains sensitive data: ${facts.found.map(([type]) => type).join(', ')}.`,
		count: 1,
		resourcesAffected: {
			s3Bucket: bucketOf(place, facts),
			s3Object: {
				bucketArn: `arn:${place.partition}:s3:::${facts.bucket}`,
				key: facts.key,
				path: `${facts.bucket}/${facts.key}`,
				extension: facts.key.split('.').at(-1) ?? '',
				size: 1_843_200,
				publicAccess: facts.isPublic === true,
				lastModified: place.hoursAgo(facts.createdHoursAgo + 30),
				storageClass: 'STANDARD',
			},
		},
		classificationDetails: {
			originType: 'AUTOMATED_SENSITIVE_DATA_DISCOVERY',
			result: {
				mimeType: 'text/csv',
				sizeClassified: 1_843_200,
				status: {code: 'COMPLETE'},
				sensitiveData: [
					{
						category: facts.category,
						totalCount: facts.found.reduce((sum, [, count]) => sum + count, 0),
						detections: facts.found.map(([type, count]) => ({type, count})),
					},
				],
				customDataIdentifiers: {
					totalCount: (facts.custom ?? []).reduce((sum, [, count]) => sum + count, 0),
					detections: (facts.custom ?? []).map(([custom, count]) => ({name: custom, count})),
				},
			},
		},
	}));
