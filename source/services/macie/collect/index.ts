import {
	DescribeBucketsCommand,
	GetAutomatedDiscoveryConfigurationCommand,
	GetBucketStatisticsCommand,
	GetClassificationExportConfigurationCommand,
	GetFindingStatisticsCommand,
	GetFindingsCommand,
	GetMacieSessionCommand,
	ListFindingsCommand,
	Macie2Client,
} from '@aws-sdk/client-macie2';
import {type Aws, type CommandOutput, defineCollector, type Facts, type ReportedFinding, type Yielded} from '../../../model/index.js';
import {type Bucket, backlogResource, bucketResource, type Session, sessionResource, unreadBucketsResource} from '../rules/session.js';
import {BacklogCount} from './backlog.js';
import {toReportedFinding} from './finding.js';
import {overlapMs, readWatermark, seenFrom, writeWatermark} from './watermark.js';

const commands = {
	GetMacieSession: GetMacieSessionCommand,
	GetAutomatedDiscoveryConfiguration: GetAutomatedDiscoveryConfigurationCommand,
	GetClassificationExportConfiguration: GetClassificationExportConfigurationCommand,
	GetBucketStatistics: GetBucketStatisticsCommand,
	DescribeBuckets: DescribeBucketsCommand,
	GetFindingStatistics: GetFindingStatisticsCommand,
	ListFindings: ListFindingsCommand,
	GetFindings: GetFindingsCommand,
};
type Commands = typeof commands;
type Macie = Aws<Commands>;

const minuteMs = 60_000;
/** https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html */
const idsPerCall = 50;

type Age = {readonly freshForMs: number};
type Freshness = {readonly session: Age; readonly rest: Age};
// A full collection asks for everything, and leaves the answers for the deltas between it and the next.
const asked: Freshness = {session: {freshForMs: 1}, rest: {freshForMs: 1}};
// That somebody switched Macie off is seen within minutes, at 0.2 calls a poll.
const recentEnough: Freshness = {session: {freshForMs: 5 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

type Said = {readonly name: string; readonly message: string};
/** Macie says that it is off with the name of a denial: only the message tells it from IAM's. */
const isNotEnabled = ({message}: Said): boolean => /Macie is not enabled/iu.test(message);
/** A refusal in the service's own words, which no policy of ours could lift: IAM's always says "not authorized to perform". */
const isNotOurs = ({name, message}: Said): boolean => name.startsWith('AccessDenied') && !/not authorized to perform/iu.test(message);

const bucketsOf = (answer: CommandOutput<Commands['GetBucketStatistics']>): NonNullable<Session['buckets']> => {
	const sensitivity = answer.bucketStatisticsBySensitivity;
	return {
		total: answer.bucketCount ?? 0,
		...(answer.bucketCountByEffectivePermission?.publiclyAccessible !== undefined && {
			publiclyAccessible: answer.bucketCountByEffectivePermission.publiclyAccessible,
		}),
		...(answer.bucketCountBySharedAccessType?.external !== undefined && {sharedExternally: answer.bucketCountBySharedAccessType.external}),
		...(sensitivity?.sensitive?.totalCount !== undefined && {sensitive: sensitivity.sensitive.totalCount}),
		...(sensitivity?.notClassified?.totalCount !== undefined && {unclassified: sensitivity.notClassified.totalCount}),
		...(answer.classifiableSizeInBytes !== undefined && {classifiableBytes: answer.classifiableSizeInBytes}),
		...(answer.lastUpdated !== undefined && {lastUpdated: answer.lastUpdated}),
	};
};

/** The session with all that could be read of it; `isOff` only where Macie says so. */
const readSession = async (aws: Macie, fresh: Freshness): Promise<{readonly isOff: boolean; readonly yielded: Yielded}> => {
	const facts = aws.facts();
	const session = await facts.attempt('GetMacieSession', {}, {...fresh.session, absent: isNotEnabled});
	if (session === null) {
		return {isOff: true, yielded: {yields: 'resource', resource: sessionResource(aws, {status: 'DISABLED'}, facts)}};
	}

	const options = {...fresh.rest, absent: isNotOurs};
	const discovery = await facts.attempt('GetAutomatedDiscoveryConfiguration', {}, options);
	if (discovery && discovery.status === undefined) facts.missing('GetAutomatedDiscoveryConfiguration', 'status');
	const results = await facts.attempt('GetClassificationExportConfiguration', {}, options);
	const buckets = await facts.attempt('GetBucketStatistics', {accountId: aws.accountId}, fresh.rest);
	const configuration: Session = {
		...(session?.status !== undefined && {status: session.status}),
		...(session?.createdAt !== undefined && {createdAt: session.createdAt}),
		...(session?.findingPublishingFrequency !== undefined && {publishingFrequency: session.findingPublishingFrequency}),
		...(discovery === null && {discovery}),
		...(discovery?.status !== undefined && {
			discovery: {
				status: discovery.status,
				...(discovery.autoEnableOrganizationMembers !== undefined && {autoEnable: discovery.autoEnableOrganizationMembers}),
				...(discovery.firstEnabledAt !== undefined && {firstEnabledAt: discovery.firstEnabledAt}),
			},
		}),
		...(results && {resultsBucket: results.configuration?.s3Destination?.bucketName ?? null}),
		...(buckets && {buckets: bucketsOf(buckets)}),
	};
	return {isOff: false, yielded: {yields: 'resource', resource: sessionResource(aws, configuration, facts)}};
};

type Described = NonNullable<CommandOutput<Commands['DescribeBuckets']>['buckets']>[number];

const bucketOf = (bucket: Described): Bucket => ({
	...(bucket.publicAccess?.effectivePermission !== undefined && {effectivePermission: bucket.publicAccess.effectivePermission}),
	...(bucket.sharedAccess !== undefined && {sharedAccess: bucket.sharedAccess}),
	...(bucket.sensitivityScore !== undefined && {sensitivityScore: bucket.sensitivityScore}),
	...(bucket.automatedDiscoveryMonitoringStatus !== undefined && {monitoring: bucket.automatedDiscoveryMonitoringStatus}),
	...(bucket.jobDetails?.isMonitoredByJob !== undefined && {monitoredByJob: bucket.jobDetails.isMonitoredByJob}),
	...(bucket.replicationDetails?.replicatedExternally !== undefined && {
		replicatedExternally: bucket.replicationDetails.replicatedExternally,
	}),
	...(bucket.serverSideEncryption?.type !== undefined && {encryption: bucket.serverSideEncryption.type}),
	...(bucket.errorCode !== undefined && {error: bucket.errorCode}),
	...(bucket.errorMessage !== undefined && {errorMessage: bucket.errorMessage}),
	...(bucket.objectCount !== undefined && {objectCount: bucket.objectCount}),
	...(bucket.sizeInBytes !== undefined && {bytes: bucket.sizeInBytes}),
	...(bucket.lastAutomatedDiscoveryTime !== undefined && {lastDiscoveryAt: bucket.lastAutomatedDiscoveryTime}),
	...(bucket.lastUpdated !== undefined && {lastUpdated: bucket.lastUpdated}),
});

async function* allBuckets(aws: Macie): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('DescribeBuckets', {maxResults: 50});
	if (!pages) {
		yield {yields: 'resource', resource: unreadBucketsResource(aws, facts)};
		return;
	}

	for (const bucket of pages.flatMap(page => page.buckets ?? [])) {
		// An administrator sees its members' buckets too; they are their own accounts' affair.
		if (bucket.bucketName === undefined || (bucket.accountId !== undefined && bucket.accountId !== aws.accountId)) continue;
		const tags = Object.fromEntries((bucket.tags ?? []).map(({key, value}) => [key ?? '', value ?? '']));
		yield {yields: 'resource', resource: bucketResource(aws, bucket.bucketName, bucket.bucketArn, tags, bucketOf(bucket), facts)};
	}

	yield {yields: 'complete', of: 'AWS::Macie::Bucket'};
}

const batches = function* (ids: readonly string[]): Generator<readonly string[]> {
	for (let start = 0; start < ids.length; start += idsPerCall) yield ids.slice(start, start + idsPerCall);
};

type Read = {readonly finding: ReportedFinding; readonly archived: boolean; readonly createdAt: string};

/** Without these a finding is shown if it can be named, but what is said of them all is not to be trusted. */
const required = ['type', 'severity', 'archived', 'createdAt', 'updatedAt'] as const;

/** Findings by id, in the order of the ids. A batch that was refused is `undefined`. */
async function* readFindings(aws: Macie, facts: Facts<Commands>, ids: readonly string[]): AsyncGenerator<readonly Read[] | undefined> {
	yield* aws.each(batches(ids), async batch => {
		const answer = await facts.attempt('GetFindings', {findingIds: [...batch]});
		// One without a name cannot be told from those that are gone: the whole batch counts as unread.
		if (answer?.findings?.some(report => report.id === undefined)) {
			facts.missing('GetFindings', 'id');
			return undefined;
		}

		return answer?.findings?.flatMap((report): readonly Read[] => {
			const finding = toReportedFinding(report, aws, aws.startedAt);
			const lacking = required.find(member => report[member] === undefined);
			if (lacking !== undefined) facts.missing('GetFindings', lacking);
			return finding === undefined ? [] : [{finding, archived: report.archived === true, createdAt: report.createdAt ?? finding.updatedAt}];
		});
	});
}

const countFindings = async (facts: Facts<Commands>): Promise<number | undefined> => {
	const answer = await facts.attempt('GetFindingStatistics', {
		groupBy: 'severity.description',
		findingCriteria: {criterion: {archived: {eq: ['false']}}},
	});
	return answer?.countsByGroup?.reduce((sum, {count}) => sum + (count ?? 0), 0);
};

/** Findings come and go while they are listed; more than this missing is no such coincidence. */
const fallsShort = (listed: number, counted: number | undefined): boolean => counted !== undefined && listed < counted * 0.99 - 5;

async function* allFindings(aws: Macie): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const startedAtMs = Date.parse(aws.startedAt);
	const counted = await countFindings(facts);
	const pages = await facts.attemptPages('ListFindings', {
		maxResults: idsPerCall,
		sortCriteria: {attributeName: 'updatedAt', orderBy: 'ASC'},
	});
	const backlog = new BacklogCount();
	const recent: ReportedFinding[] = [];
	let whole = Boolean(pages);
	for await (const batch of readFindings(aws, facts, [...new Set(pages?.flatMap(page => page.findingIds ?? []))])) {
		if (batch === undefined) whole = false;
		for (const {finding, archived, createdAt} of batch ?? []) {
			backlog.add(finding, {archived, createdAt});
			if (Date.parse(finding.updatedAt) >= startedAtMs - overlapMs) recent.push(finding);
			yield {yields: 'finding', finding};
		}
	}

	if (whole && fallsShort(backlog.unarchived, counted)) {
		facts.missing('ListFindings', `${(counted ?? 0) - backlog.unarchived} of the ${counted} findings that GetFindingStatistics counts`);
		whole = false;
	}

	const configuration = {...(whole && backlog.total()), ...(counted !== undefined && {counted})};
	yield {yields: 'resource', resource: backlogResource(aws, configuration, facts)};
	yield {yields: 'complete', of: 'AWS::Macie::FindingBacklog'};
	if (!whole) return;
	yield {yields: 'complete', of: 'findings'};
	yield {yields: 'watermark', watermark: writeWatermark({atMs: startedAtMs, seen: seenFrom(startedAtMs, [], recent)})};
}

async function* full(aws: Macie): AsyncGenerator<Yielded> {
	const {isOff, yielded} = await readSession(aws, asked);
	yield yielded;
	yield {yields: 'complete', of: 'AWS::Macie::Session'};
	if (isOff) {
		// Turning Macie off deletes its findings and its knowledge of buckets.
		yield {yields: 'complete', of: 'AWS::Macie::Bucket'};
		yield {yields: 'complete', of: 'AWS::Macie::FindingBacklog'};
		yield {yields: 'complete', of: 'findings'};
		yield {yields: 'not-enabled', reason: `Macie is not enabled in ${aws.awsRegion}`};
		return;
	}

	yield* allBuckets(aws);
	yield* allFindings(aws);
}

async function* delta(aws: Macie, text: string): AsyncGenerator<Yielded> {
	const watermark = readWatermark(text);
	if (watermark === undefined) {
		// Not ours to trust: start anew, but a delta may not say that anything is complete.
		for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
		return;
	}

	const {isOff, yielded} = await readSession(aws, recentEnough);
	const facts = aws.facts();
	const pages = isOff
		? null
		: await facts.attemptPages(
				'ListFindings',
				{
					maxResults: idsPerCall,
					findingCriteria: {criterion: {updatedAt: {gte: watermark.atMs - overlapMs}}},
					sortCriteria: {attributeName: 'updatedAt', orderBy: 'ASC'},
				},
				{absent: isNotEnabled},
			);
	if (pages === null) {
		// The session may have been answered from the cache: the refusal is newer.
		yield {yields: 'resource', resource: sessionResource(aws, {status: 'DISABLED'}, facts)};
		yield {yields: 'not-enabled', reason: `Macie is not enabled in ${aws.awsRegion}`};
		return;
	}

	yield yielded;
	if (pages === undefined) return;
	const known = new Set(watermark.seen.map(([id]) => id));
	const changed = [...new Set(pages.flatMap(page => page.findingIds ?? []))].filter(id => !known.has(id));
	const read: ReportedFinding[] = [];
	let whole = true;
	for await (const batch of readFindings(aws, facts, changed)) {
		if (batch === undefined) whole = false;
		for (const {finding} of batch ?? []) {
			read.push(finding);
			yield {yields: 'finding', finding};
		}
	}

	if (!whole) return;
	const startedAtMs = Date.parse(aws.startedAt);
	yield {yields: 'watermark', watermark: writeWatermark({atMs: startedAtMs, seen: seenFrom(startedAtMs, watermark.seen, read)})};
}

export const collector = defineCollector({client: Macie2Client, commands, full, delta});
