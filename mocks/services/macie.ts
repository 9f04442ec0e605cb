import {
	type BucketMetadata,
	DescribeBucketsCommand,
	type Finding,
	FindingCategory,
	FindingType,
	GetAdministratorAccountCommand,
	GetAutomatedDiscoveryConfigurationCommand,
	GetBucketStatisticsCommand,
	GetClassificationExportConfigurationCommand,
	GetFindingStatisticsCommand,
	GetFindingsCommand,
	GetFindingsPublicationConfigurationCommand,
	GetMacieSessionCommand,
	JobStatus,
	ListClassificationJobsCommand,
	ListFindingsCommand,
	type ListFindingsCommandInput,
	ListMembersCommand,
	MacieStatus,
	RelationshipStatus,
	SeverityDescription,
} from '@aws-sdk/client-macie2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type MacieRecord, type MacieState, quietMacie, scoreOf} from './macie-state.js';

// Behaviour is that of https://docs.aws.amazon.com/macie/latest/APIReference/operations.html.

type Macie = Context<MacieState>;
type Criteria = NonNullable<NonNullable<ListFindingsCommandInput['findingCriteria']>['criterion']>;

/**
 * Macie refuses every question while it is off, in the words of a denial.
 * https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/macie/macie_service.py matches the text.
 */
const sessionOf = (context: Macie): NonNullable<MacieState['session']> => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
	const {session} = context.state;
	if (session === undefined) throw new AwsError('AccessDeniedException', 'Macie is not enabled', 403);
	return session;
};

/** Times count in milliseconds since 1970. https://docs.aws.amazon.com/macie/latest/user/findings-filter-basics.html */
const fields: Readonly<Record<string, (record: MacieRecord) => string | number>> = {
	id: record => record.id,
	type: record => record.type,
	category: record => record.category,
	archived: record => String(record.archived),
	sample: record => String(record.sample),
	createdAt: record => record.createdAtMs,
	updatedAt: record => record.updatedAtMs,
	'severity.description': record => record.severity,
	'severity.score': record => scoreOf(record.severity),
	'resourcesAffected.s3Bucket.name': record => record.bucketName,
};

const matches = (criteria: Criteria, context: Macie): ((record: MacieRecord) => boolean) => {
	const tests = Object.entries(criteria).map(([name, {eq, eqExactMatch, neq, gt, gte, lt, lte}]) => {
		const field = fields[name];
		if (field === undefined) throw context.invalid(`The mock knows no criterion ${name}.`);
		if (eqExactMatch !== undefined) throw context.invalid(`The operator eqExactMatch does not go with ${name}.`);
		return (record: MacieRecord): boolean => {
			const value = field(record);
			const text = String(value);
			const number = Number(value);
			return (
				(eq === undefined || eq.includes(text)) &&
				(neq === undefined || !neq.includes(text)) &&
				(gt === undefined || number > gt) &&
				(gte === undefined || number >= gte) &&
				(lt === undefined || number < lt) &&
				(lte === undefined || number <= lte)
			);
		};
	});
	return record => tests.every(test => test(record));
};

// A listing is asked for page by page: each answer is computed once for as long as its list is the current one.
const listings = new WeakMap<readonly MacieRecord[], Map<string, readonly MacieRecord[]>>();

const listing = (input: Pick<ListFindingsCommandInput, 'findingCriteria' | 'sortCriteria'>, context: Macie): readonly MacieRecord[] => {
	const {findings} = context.state;
	const known = listings.get(findings) ?? new Map<string, readonly MacieRecord[]>();
	listings.set(findings, known);
	const key = JSON.stringify([input.findingCriteria, input.sortCriteria]);
	const before = known.get(key);
	if (before !== undefined) return before;
	const by = input.sortCriteria?.attributeName ?? 'updatedAt';
	const field = fields[by];
	if (field === undefined) throw context.invalid(`The mock cannot sort by ${by}.`);
	const wanted = findings.filter(matches(input.findingCriteria?.criterion ?? {}, context));
	const ascending =
		by === 'updatedAt' ? wanted : wanted.toSorted((one, other) => (field(one) < field(other) ? -1 : field(one) > field(other) ? 1 : 0));
	const sorted = input.sortCriteria?.orderBy === 'ASC' ? ascending : ascending.toReversed();
	if (known.size > 50) known.clear();
	known.set(key, sorted);
	return sorted;
};

const reportOf = (record: MacieRecord, context: Macie): Finding => ({
	...record.report(),
	accountId: context.accountId,
	partition: context.partition,
	region: context.awsRegion,
	id: record.id,
	schemaVersion: '1.0',
	type: record.type,
	category: record.category,
	severity: {description: record.severity, score: scoreOf(record.severity)},
	archived: record.archived,
	sample: record.sample,
	createdAt: new Date(record.createdAtMs),
	updatedAt: new Date(record.updatedAtMs),
});

const count = (buckets: readonly BucketMetadata[], test: (bucket: BucketMetadata) => boolean): number => buckets.filter(test).length;

export const macie = defineMockService({
	id: 'macie',
	signingName: 'macie2',
	protocol: {name: 'restJson1'},
	errors: {throttled: {name: 'ThrottlingException', httpStatus: 429}},
	enums: [MacieStatus, SeverityDescription, FindingCategory, FindingType, JobStatus, RelationshipStatus],
	empty: quietMacie,
	commands: {
		GetMacieSession: GetMacieSessionCommand,
		GetAutomatedDiscoveryConfiguration: GetAutomatedDiscoveryConfigurationCommand,
		GetClassificationExportConfiguration: GetClassificationExportConfigurationCommand,
		GetFindingsPublicationConfiguration: GetFindingsPublicationConfigurationCommand,
		GetAdministratorAccount: GetAdministratorAccountCommand,
		ListMembers: ListMembersCommand,
		ListClassificationJobs: ListClassificationJobsCommand,
		GetBucketStatistics: GetBucketStatisticsCommand,
		DescribeBuckets: DescribeBucketsCommand,
		GetFindingStatistics: GetFindingStatisticsCommand,
		ListFindings: ListFindingsCommand,
		GetFindings: GetFindingsCommand,
	},
	handlers: {
		GetMacieSession: (_, context) => {
			const {status, createdAt} = sessionOf(context);
			return {
				status,
				createdAt,
				updatedAt: createdAt,
				findingPublishingFrequency: 'FIFTEEN_MINUTES' as const,
				serviceRole: `arn:${context.partition}:iam::${context.accountId}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`,
			};
		},

		GetAutomatedDiscoveryConfiguration: (_, context) => {
			const {createdAt} = sessionOf(context);
			const {discovery} = context.state;
			return {status: discovery, ...(discovery === 'ENABLED' && {firstEnabledAt: createdAt}), lastUpdatedAt: createdAt};
		},

		GetClassificationExportConfiguration: (_, context) => {
			sessionOf(context);
			const {resultsBucket} = context.state;
			return resultsBucket === undefined
				? {configuration: {}}
				: {configuration: {s3Destination: {bucketName: resultsBucket, kmsKeyArn: context.arn('key/results').replace(':macie2:', ':kms:')}}};
		},

		GetFindingsPublicationConfiguration: (_, context) => {
			sessionOf(context);
			const {policy, classification} = context.state.publishes;
			return {securityHubConfiguration: {publishPolicyFindings: policy, publishClassificationFindings: classification}};
		},

		// Without an administrator the answer is empty.
		GetAdministratorAccount: (_, context) => {
			sessionOf(context);
			const {administrator} = context.state;
			return administrator === undefined ? {} : {administrator: {...administrator}};
		},

		ListMembers: (input, context) => {
			sessionOf(context);
			// "Specifies which accounts to include in the response, based on the status of an account's relationship with the administrator account."
			const wanted = context.state.members.filter(
				({relationshipStatus}) => input.onlyAssociated === 'false' || !['Removed', 'Resigned', 'Created'].includes(relationshipStatus),
			);
			const {page, token} = context.paginate(wanted, input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 25,
				maximumLimit: 25,
			});
			return {
				members: page.map(one => ({...one, administratorAccountId: context.accountId, email: `${one.accountId}@acme.example`})),
				...(token !== undefined && {nextToken: token}),
			};
		},

		ListClassificationJobs: (input, context) => {
			sessionOf(context);
			const {page, token} = context.paginate(context.state.jobs, input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 25,
				maximumLimit: 200,
			});
			return {items: [...page], ...(token !== undefined && {nextToken: token})};
		},

		GetBucketStatistics: (_, context) => {
			sessionOf(context);
			const {buckets} = context.state;
			const sensitive = (bucket: BucketMetadata): boolean => (bucket.sensitivityScore ?? 0) > 50;
			return {
				bucketCount: buckets.length,
				bucketCountByEffectivePermission: {
					publiclyAccessible: count(buckets, ({publicAccess}) => publicAccess?.effectivePermission === 'PUBLIC'),
					publiclyReadable: count(buckets, ({publicAccess}) => publicAccess?.effectivePermission === 'PUBLIC'),
					publiclyWritable: 0,
					unknown: count(buckets, ({publicAccess}) => publicAccess?.effectivePermission === 'UNKNOWN'),
				},
				bucketCountBySharedAccessType: {
					external: count(buckets, ({sharedAccess}) => sharedAccess === 'EXTERNAL'),
					internal: count(buckets, ({sharedAccess}) => sharedAccess === 'INTERNAL'),
					notShared: count(buckets, ({sharedAccess}) => sharedAccess === 'NOT_SHARED'),
					unknown: count(buckets, ({sharedAccess}) => sharedAccess === 'UNKNOWN'),
				},
				bucketStatisticsBySensitivity: {
					sensitive: {totalCount: count(buckets, sensitive)},
					notSensitive: {totalCount: count(buckets, ({sensitivityScore: score}) => score !== undefined && score >= 1 && score < 50)},
					notClassified: {totalCount: count(buckets, ({sensitivityScore: score}) => score === undefined || score === 50)},
					classificationError: {totalCount: count(buckets, ({sensitivityScore: score}) => score === -1)},
				},
				classifiableSizeInBytes: buckets.reduce((sum, bucket) => sum + (bucket.classifiableSizeInBytes ?? 0), 0),
				objectCount: buckets.reduce((sum, bucket) => sum + (bucket.objectCount ?? 0), 0),
				sizeInBytes: buckets.reduce((sum, bucket) => sum + (bucket.sizeInBytes ?? 0), 0),
				...(buckets[0]?.lastUpdated && {lastUpdated: buckets[0].lastUpdated}),
			};
		},

		DescribeBuckets: (input, context) => {
			sessionOf(context);
			if (input.criteria !== undefined) throw context.invalid('The mock cannot filter buckets.');
			const {page, token} = context.paginate(context.state.buckets, input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 50,
				maximumLimit: 50,
			});
			return {buckets: [...page], ...(token !== undefined && {nextToken: token})};
		},

		GetFindingStatistics: (input, context) => {
			sessionOf(context);
			const field = fields[input.groupBy ?? ''];
			if (field === undefined) throw context.invalid(`The mock cannot group by ${input.groupBy}.`);
			const groups = new Map<string, number>();
			for (const record of listing({findingCriteria: input.findingCriteria, sortCriteria: undefined}, context)) {
				const key = String(field(record));
				groups.set(key, (groups.get(key) ?? 0) + 1);
			}
			return {
				countsByGroup: [...groups]
					.map(([groupKey, total]) => ({groupKey, count: total}))
					.toSorted((one, other) => other.count - one.count)
					.slice(0, input.size ?? 50),
			};
		},

		ListFindings: (input, context) => {
			sessionOf(context);
			const {page, token} = context.paginate(listing(input, context), input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 50,
				maximumLimit: 50,
			});
			return {findingIds: page.map(({id}) => id), ...(token !== undefined && {nextToken: token})};
		},

		GetFindings: (input, context) => {
			sessionOf(context);
			const ids = input.findingIds ?? [];
			// "You can specify as many as 50 IDs."
			if (ids.length === 0 || ids.length > 50) throw context.invalid('findingIds must have between 1 and 50 items.');
			const wanted = new Set(ids);
			return {findings: context.state.findings.filter(({id}) => wanted.has(id)).map(record => reportOf(record, context))};
		},
	},
});
