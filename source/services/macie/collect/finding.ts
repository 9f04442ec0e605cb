import {grouped, type Json, type Mark, type ReportedFinding, type Severity} from '../../../model/index.js';

type Maybe<T> = T | undefined;
type Detection = {readonly type?: Maybe<string>; readonly name?: Maybe<string>; readonly count?: Maybe<number>};

/** What of Macie's report is read. Members may be missing, and enum values may be newer than the client. */
export type MacieFinding = {
	readonly id?: Maybe<string>;
	readonly accountId?: Maybe<string>;
	readonly region?: Maybe<string>;
	readonly type?: Maybe<string>;
	readonly category?: Maybe<string>;
	readonly title?: Maybe<string>;
	readonly description?: Maybe<string>;
	readonly severity?: Maybe<{readonly description?: Maybe<string>; readonly score?: Maybe<number>}>;
	readonly archived?: Maybe<boolean>;
	readonly sample?: Maybe<boolean>;
	readonly count?: Maybe<number>;
	readonly createdAt?: Maybe<string>;
	readonly updatedAt?: Maybe<string>;
	readonly resourcesAffected?: Maybe<{
		readonly s3Bucket?: Maybe<{
			readonly arn?: Maybe<string>;
			readonly name?: Maybe<string>;
			readonly publicAccess?: Maybe<{readonly effectivePermission?: Maybe<string>}>;
			readonly defaultServerSideEncryption?: Maybe<{readonly encryptionType?: Maybe<string>}>;
		}>;
		readonly s3Object?: Maybe<{
			readonly key?: Maybe<string>;
			readonly path?: Maybe<string>;
			readonly publicAccess?: Maybe<boolean>;
			readonly size?: Maybe<number>;
			readonly lastModified?: Maybe<string>;
		}>;
	}>;
	readonly classificationDetails?: Maybe<{
		readonly jobId?: Maybe<string>;
		readonly originType?: Maybe<string>;
		readonly result?: Maybe<{
			readonly mimeType?: Maybe<string>;
			readonly sensitiveData?: Maybe<
				ReadonlyArray<{
					readonly category?: Maybe<string>;
					readonly totalCount?: Maybe<number>;
					readonly detections?: Maybe<readonly Detection[]>;
				}>
			>;
			readonly customDataIdentifiers?: Maybe<{readonly totalCount?: Maybe<number>; readonly detections?: Maybe<readonly Detection[]>}>;
		}>;
	}>;
	readonly policyDetails?: Maybe<{
		readonly action?: Maybe<{
			readonly apiCallDetails?: Maybe<{
				readonly api?: Maybe<string>;
				readonly firstSeen?: Maybe<string>;
				readonly lastSeen?: Maybe<string>;
			}>;
		}>;
		readonly actor?: Maybe<{
			readonly ipAddressDetails?: Maybe<{
				readonly ipAddressV4?: Maybe<string>;
				readonly ipCountry?: Maybe<{readonly name?: Maybe<string>}>;
			}>;
			readonly userIdentity?: Maybe<{
				readonly type?: Maybe<string>;
				readonly assumedRole?: Maybe<{readonly arn?: Maybe<string>}>;
				readonly iamUser?: Maybe<{readonly userName?: Maybe<string>; readonly arn?: Maybe<string>}>;
				readonly root?: Maybe<{readonly arn?: Maybe<string>}>;
			}>;
		}>;
	}>;
};

const byWord: Readonly<Record<string, Severity>> = {low: 'LOW', medium: 'MEDIUM', high: 'HIGH'};
const byScore: Readonly<Record<number, Severity>> = {1: 'LOW', 2: 'MEDIUM', 3: 'HIGH'};

/**
 * Macie knows Low, Medium and High, as 1, 2 and 3; there is no critical. What it has added since is MEDIUM here.
 * https://docs.aws.amazon.com/macie/latest/user/findings-severity.html
 */
export const severityOf = (severity: MacieFinding['severity']): Severity =>
	byWord[severity?.description?.toLowerCase() ?? ''] ?? byScore[severity?.score ?? 0] ?? 'MEDIUM';

const isClassification = ({category, type}: MacieFinding): boolean =>
	category === 'CLASSIFICATION' || type?.startsWith('SensitiveData:') === true;
const isPolicy = ({category, type}: MacieFinding): boolean => category === 'POLICY' || type?.startsWith('Policy:') === true;

/** https://docs.aws.amazon.com/macie/latest/user/findings-types.html */
const policyTypes: Readonly<Record<string, {readonly title: string; readonly is: string}>> = {
	'Policy:IAMUser/S3BlockPublicAccessDisabled': {title: 'Public access no longer blocked', is: 'Block Public Access is turned off'},
	'Policy:IAMUser/S3BucketEncryptionDisabled': {title: 'Encryption reset', is: 'default encryption was reset to that of S3'},
	'Policy:IAMUser/S3BucketPublic': {title: 'Bucket made public', is: 'open to anyone'},
	'Policy:IAMUser/S3BucketReplicatedExternally': {
		title: 'Bucket replicated outside',
		is: 'replicated to an account outside the organisation',
	},
	'Policy:IAMUser/S3BucketSharedExternally': {title: 'Bucket shared outside', is: 'shared with an account outside the organisation'},
	'Policy:IAMUser/S3BucketSharedWithCloudFront': {title: 'Bucket shared with CloudFront', is: 'shared with a CloudFront origin access'},
};
const dataTypes: Readonly<Record<string, string>> = {
	'SensitiveData:S3Object/Credentials': 'Credentials in an object',
	'SensitiveData:S3Object/CustomIdentifier': 'Data by your own identifier',
	'SensitiveData:S3Object/Financial': 'Financial data',
	'SensitiveData:S3Object/Multiple': 'Several sorts of sensitive data',
	'SensitiveData:S3Object/Personal': 'Personal data',
};

const detectionsOf = ({classificationDetails}: MacieFinding): ReadonlyArray<{readonly what: string; readonly count: number}> => {
	const result = classificationDetails?.result;
	return [
		...(result?.sensitiveData ?? []).flatMap(({detections}) => detections ?? []),
		...(result?.customDataIdentifiers?.detections ?? []),
	]
		.map(({type, name, count}) => ({what: name ?? type ?? 'something', count: count ?? 0}))
		.sort((one, other) => other.count - one.count);
};

/** `CREDIT_CARD_NUMBER` → `credit card number`; names that somebody chose stay as they are. */
const words = (what: string): string =>
	/^[A-Z\d_]+$/u.test(what)
		? what
				.toLowerCase()
				.replaceAll('_', ' ')
				.replace(/^aws\b/u, 'AWS')
				.replace(/^usa\b/u, 'US')
		: what;

/** What happened or was found, before where and by whom: a row shows the first words only, and the bucket's name beside them. */
const reasonOf = (finding: MacieFinding): string => {
	const policy = policyTypes[finding.type ?? ''];
	const actor = finding.policyDetails?.actor?.userIdentity;
	const who =
		actor?.iamUser?.userName ?? actor?.assumedRole?.arn?.split('/').slice(-2).join('/') ?? (actor?.root === undefined ? undefined : 'root');
	const api = finding.policyDetails?.action?.apiCallDetails?.api;
	if (policy !== undefined) {
		const by = api === undefined ? '' : `, since ${api}${who === undefined ? '' : ` by ${who}`}`;
		return `${policy.is}${by}`;
	}

	const found = detectionsOf(finding);
	if (isClassification(finding) && found.length > 0) {
		const told = found.slice(0, 3).map(({what, count}) => `${words(what)} × ${grouped(count)}`);
		const more = found.length > 3 ? ` and ${found.length - 3} more ${found.length === 4 ? 'sort' : 'sorts'}` : '';
		const {key, publicAccess} = finding.resourcesAffected?.s3Object ?? {};
		return `${told.join(', ')}${more} in ${key ?? 'an object'}${publicAccess === true ? ', open to anyone' : ''}`;
	}

	return (finding.title ?? finding.description ?? `Macie reports ${finding.type ?? 'something'}`).replace(/[.\s]+$/u, '');
};

const marksOf = (finding: MacieFinding): readonly Mark[] => {
	const marks: Mark[] = [];
	if (isClassification(finding)) marks.push('classification');
	if (isPolicy(finding)) marks.push('policy');
	return marks;
};

const present = (members: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> =>
	Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined));

const maxDetections = 20;

/** Counts and places only: where in the object the data stands (`occurrences`) is never read, let alone the data. */
const detailsOf = (finding: MacieFinding): Readonly<Record<string, Json>> => {
	const {s3Bucket: bucket, s3Object: object} = finding.resourcesAffected ?? {};
	const actor = finding.policyDetails?.actor;
	const found = detectionsOf(finding);
	return present({
		category: finding.category,
		title: finding.title,
		description: finding.description,
		severity: finding.severity?.description,
		count: finding.count,
		object: object?.path ?? object?.key,
		objectBytes: object?.size,
		objectPublic: object?.publicAccess,
		objectModifiedAt: object?.lastModified,
		bucketAccess: bucket?.publicAccess?.effectivePermission,
		bucketEncryption: bucket?.defaultServerSideEncryption?.encryptionType,
		detections: found.length === 0 ? undefined : found.slice(0, maxDetections).map(({what, count}) => ({what, count})),
		occurrences: found.length === 0 ? undefined : found.reduce((sum, {count}) => sum + count, 0),
		mimeType: finding.classificationDetails?.result?.mimeType,
		foundBy: finding.classificationDetails?.originType,
		jobId: finding.classificationDetails?.jobId,
		api: finding.policyDetails?.action?.apiCallDetails?.api,
		actor:
			actor?.userIdentity?.iamUser?.arn ??
			actor?.userIdentity?.assumedRole?.arn ??
			actor?.userIdentity?.root?.arn ??
			actor?.userIdentity?.type,
		remoteIp: actor?.ipAddressDetails?.ipAddressV4,
		remoteCountry: actor?.ipAddressDetails?.ipCountry?.name,
	});
};

const user = 'https://docs.aws.amazon.com/macie/latest/user/';

/** What to do first. Credentials are of use to whoever reads them until they are changed. */
const remediationOf = (finding: MacieFinding): NonNullable<ReportedFinding['remediation']> => {
	if (isPolicy(finding)) {
		return {
			text: 'Ask whoever made the call whether it was meant. If not, put the setting back, see in CloudTrail what else was called, and archive the finding.',
			url: `${user}findings-types.html`,
		};
	}

	return finding.type === 'SensitiveData:S3Object/Credentials'
		? {
				text: 'Change the credentials first: whoever could read the object has them. Then delete the object and its versions, find out what wrote it, and archive the finding.',
				url: `${user}findings-investigate-sd.html`,
			}
		: {
				text: 'Decide whether the data belongs there. If not, move or delete the object and its versions; if so, see that nobody else can read the bucket. Then archive the finding.',
				url: `${user}findings-investigate-sd.html`,
			};
};

/**
 * One of Macie's findings in Vedette's words, or undefined where it has no id.
 * @param readAt stands in for times that the report lacks, ISO 8601
 */
export const toReportedFinding = (
	finding: MacieFinding,
	place: {readonly accountId: string; readonly awsRegion: string; readonly partition: string},
	readAt: string,
): ReportedFinding | undefined => {
	if (finding.id === undefined) return undefined;
	const type = finding.type ?? 'unnamed type';
	const bucket = finding.resourcesAffected?.s3Bucket;
	const name = bucket?.name ?? bucket?.arn?.split(':::').at(-1) ?? 'unnamed bucket';
	const updatedAt = finding.updatedAt ?? finding.createdAt ?? readAt;
	const createdAt = finding.createdAt ?? updatedAt;
	const call = finding.policyDetails?.action?.apiCallDetails;
	return {
		id: finding.id,
		source: 'macie',
		type,
		title: policyTypes[type]?.title ?? dataTypes[type] ?? finding.title ?? type,
		reason: reasonOf(finding),
		severity: severityOf(finding.severity),
		...(finding.severity?.score !== undefined && {score: finding.severity.score}),
		recordState: finding.sample === true ? 'sample' : finding.archived === true ? 'archived' : 'active',
		marks: marksOf(finding),
		resource: {
			arn: bucket?.arn ?? `arn:${place.partition}:s3:::${name}`,
			resourceType: 'AWS::S3::Bucket',
			resourceId: name,
			resourceName: name,
			accountId: finding.accountId ?? place.accountId,
			awsRegion: finding.region ?? place.awsRegion,
		},
		firstObservedAt: call?.firstSeen ?? createdAt,
		lastObservedAt: call?.lastSeen ?? updatedAt,
		updatedAt,
		remediation: remediationOf(finding),
		details: detailsOf(finding),
	};
};
