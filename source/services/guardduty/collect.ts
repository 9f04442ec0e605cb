import {
	DescribeOrganizationConfigurationCommand,
	GetAdministratorAccountCommand,
	GetCoverageStatisticsCommand,
	GetDetectorCommand,
	GetFindingsCommand,
	GetFindingsStatisticsCommand,
	GuardDutyClient,
	ListCoverageCommand,
	ListDetectorsCommand,
	ListFindingsCommand,
	ListPublishingDestinationsCommand,
} from '@aws-sdk/client-guardduty';
import {type Aws, type CommandOutput, defineCollector, type Facts, type ReportedFinding, type Yielded} from '../../model/index.js';
import {BacklogCount} from './backlog.js';
import {
	backlogResource,
	type Detector,
	type DetectorFeature,
	deletedDetectorResource,
	detectorResource,
	noDetectorResource,
} from './detector.js';
import {toReportedFinding} from './finding.js';
import {overlapMs, readWatermark, seenFrom, writeWatermark} from './watermark.js';

const commands = {
	ListDetectors: ListDetectorsCommand,
	GetDetector: GetDetectorCommand,
	GetAdministratorAccount: GetAdministratorAccountCommand,
	DescribeOrganizationConfiguration: DescribeOrganizationConfigurationCommand,
	ListPublishingDestinations: ListPublishingDestinationsCommand,
	GetCoverageStatistics: GetCoverageStatisticsCommand,
	ListCoverage: ListCoverageCommand,
	GetFindingsStatistics: GetFindingsStatisticsCommand,
	ListFindings: ListFindingsCommand,
	GetFindings: GetFindingsCommand,
};
type Commands = typeof commands;
type GuardDuty = Aws<Commands>;

const minuteMs = 60_000;
/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindings.html */
const idsPerCall = 50;
// A full collection asks for everything, and leaves the answers for the deltas between it and the next.
const asked: Freshness = {detector: {freshForMs: 1}, rest: {freshForMs: 1}};
// A detector that is suspended or deleted is what an intruder does first: seen within minutes, at 0.2 calls a poll.
// All else waits for the next full collection, which comes each hour.
const recentEnough: Freshness = {detector: {freshForMs: 5 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

type Age = {readonly freshForMs: number};
type Freshness = {readonly detector: Age; readonly rest: Age};

/**
 * "The request is rejected because the input detectorId is not owned by the current account" is GuardDuty's way to say
 * that a detector is no more, and a `BadRequestException` its answer to a member that asks for the organisation's settings.
 */
const absent = ['BadRequestException', 'ResourceNotFoundException'];

const featuresOf = (answer: CommandOutput<Commands['GetDetector']>): Detector['features'] =>
	answer.Features === undefined
		? undefined
		: Object.fromEntries(
				answer.Features.flatMap(
					({Name, Status, ManagedBy, AdditionalConfiguration}): ReadonlyArray<readonly [string, DetectorFeature]> =>
						Name === undefined
							? []
							: [
									[
										Name,
										{
											status: Status ?? 'UNKNOWN',
											...(ManagedBy !== undefined && {managedBy: ManagedBy}),
											additional: Object.fromEntries(
												(AdditionalConfiguration ?? []).flatMap(extra => (extra.Name ? [[extra.Name, extra.Status ?? 'UNKNOWN']] : [])),
											),
										},
									],
								],
				),
			);

const runtimeIsOn = (features: Detector['features']): boolean =>
	features?.['RUNTIME_MONITORING']?.status === 'ENABLED' || features?.['EKS_RUNTIME_MONITORING']?.status === 'ENABLED';

/** Facts about who is in charge: a member has an administrator, a delegated administrator has settings, a lone account has neither. */
const chainOfCommand = async (facts: Facts<Commands>, DetectorId: string, rest: Age): Promise<Partial<Detector>> => {
	const answer = await facts.attempt('GetAdministratorAccount', {DetectorId}, {...rest, absent});
	if (answer === undefined) return {};
	const administrator = answer?.Administrator;
	if (administrator?.AccountId !== undefined) {
		// Members may not ask for the organisation's settings: the question is not theirs.
		return {
			administrator: {accountId: administrator.AccountId, relationshipStatus: administrator.RelationshipStatus ?? 'unknown'},
			organization: null,
		};
	}

	const organization = await facts.attempt('DescribeOrganizationConfiguration', {DetectorId}, {...rest, absent});
	if (organization === undefined) return {administrator: null};
	return {
		administrator: null,
		organization:
			organization === null
				? null
				: {
						autoEnable: organization.AutoEnableOrganizationMembers ?? (organization.AutoEnable === true ? 'NEW' : 'NONE'),
						memberLimitReached: organization.MemberAccountLimitReached === true,
						features: Object.fromEntries(
							(organization.Features ?? []).flatMap(({Name, AutoEnable}) => (Name ? [[Name, AutoEnable ?? 'NONE']] : [])),
						),
					},
	};
};

const readCoverage = async (facts: Facts<Commands>, DetectorId: string, rest: Age): Promise<Partial<Detector>> => {
	const answer = await facts.attempt(
		'GetCoverageStatistics',
		{DetectorId, StatisticsType: ['COUNT_BY_COVERAGE_STATUS', 'COUNT_BY_RESOURCE_TYPE']},
		rest,
	);
	const counts = answer?.CoverageStatistics?.CountByCoverageStatus;
	if (!counts) return {};
	const {HEALTHY: healthy = 0, UNHEALTHY: unhealthy = 0} = counts;
	const byResourceType = answer?.CoverageStatistics?.CountByResourceType ?? {};
	// Zeroes may be left out, but whoever adds up differently left out something else.
	if (healthy + unhealthy !== Object.values(byResourceType).reduce((sum, count) => sum + count, 0)) {
		facts.missing('GetCoverageStatistics', 'some of its counts');
		return {};
	}

	// One page of the unhealthy names the first fifty; the count says how many there are.
	const named =
		unhealthy === 0
			? undefined
			: await facts.attempt(
					'ListCoverage',
					{
						DetectorId,
						MaxResults: 50,
						FilterCriteria: {FilterCriterion: [{CriterionKey: 'COVERAGE_STATUS', FilterCondition: {Equals: ['UNHEALTHY']}}]},
					},
					rest,
				);
	return {
		coverage: {
			healthy,
			unhealthy,
			byResourceType,
			issues: (named?.Resources ?? []).map(({ResourceId, Issue, ResourceDetails}) => ({
				resourceId:
					ResourceDetails?.Ec2InstanceDetails?.InstanceId ??
					ResourceDetails?.EksClusterDetails?.ClusterName ??
					ResourceDetails?.EcsClusterDetails?.ClusterName ??
					ResourceId ??
					'unnamed',
				issue: Issue ?? '',
			})),
		},
	};
};

/** The detector with all that could be read of it; `null` if it is no more. */
const readDetector = async (aws: GuardDuty, detectorId: string, fresh: Freshness): Promise<Yielded | null> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetDetector', {DetectorId: detectorId}, {...fresh.detector, absent});
	if (answer === null) return null;
	const features = answer && featuresOf(answer);
	if (answer !== undefined && features === undefined) facts.missing('GetDetector', 'Features');
	const destinations = await facts.attemptPages('ListPublishingDestinations', {DetectorId: detectorId}, fresh.rest);
	const configuration: Detector = {
		detectorId,
		...(answer?.Status !== undefined && {status: answer.Status}),
		...(answer?.CreatedAt !== undefined && {createdAt: answer.CreatedAt}),
		...(answer?.FindingPublishingFrequency !== undefined && {publishingFrequency: answer.FindingPublishingFrequency}),
		...(features !== undefined && {features}),
		...(await chainOfCommand(facts, detectorId, fresh.rest)),
		...(destinations && {
			destinations: destinations.flatMap(page =>
				(page.Destinations ?? []).map(({DestinationId = '', DestinationType = '', Status = ''}) => ({
					id: DestinationId,
					type: DestinationType,
					status: Status,
				})),
			),
		}),
		...(answer?.Status === 'ENABLED' && runtimeIsOn(features) && (await readCoverage(facts, detectorId, fresh.rest))),
	};
	return {yields: 'resource', resource: detectorResource(aws, detectorId, configuration, answer?.Tags ?? {}, facts)};
};

async function* notEnabled(aws: GuardDuty): AsyncGenerator<Yielded> {
	yield {yields: 'resource', resource: noDetectorResource(aws)};
	yield {yields: 'complete', of: 'AWS::GuardDuty::Detector'};
	yield {yields: 'complete', of: 'AWS::GuardDuty::FindingBacklog'};
	// Findings go with their detector.
	yield {yields: 'complete', of: 'findings'};
	yield {yields: 'not-enabled', reason: `GuardDuty has no detector in ${aws.awsRegion}`};
}

const batches = function* (ids: readonly string[]): Generator<readonly string[]> {
	for (let start = 0; start < ids.length; start += idsPerCall) yield ids.slice(start, start + idsPerCall);
};

type Read = {readonly finding: ReportedFinding; readonly archived: boolean; readonly createdAt: string};

/** Without these a finding is shown all the same, but what is said of them all is not to be trusted. */
const required = ['Type', 'Severity', 'CreatedAt', 'UpdatedAt', 'Service'] as const;

/** Findings by id, in the order of the ids. A batch that was refused is `undefined`. */
async function* readFindings(
	aws: GuardDuty,
	facts: Facts<Commands>,
	DetectorId: string,
	ids: readonly string[],
): AsyncGenerator<readonly Read[] | undefined> {
	yield* aws.each(batches(ids), async batch => {
		const answer = await facts.attempt('GetFindings', {DetectorId, FindingIds: [...batch]});
		// One without a name cannot be told from those that are gone: the whole batch counts as unread.
		if (answer?.Findings?.some(report => report.Id === undefined)) {
			facts.missing('GetFindings', 'Id');
			return undefined;
		}

		return answer?.Findings?.flatMap((report): readonly Read[] => {
			const finding = toReportedFinding(report, aws, aws.startedAt);
			const lacking = required.find(member => report[member] === undefined);
			if (lacking !== undefined) facts.missing('GetFindings', lacking);
			return finding === undefined
				? []
				: [{finding, archived: report.Service?.Archived === true, createdAt: report.CreatedAt ?? finding.updatedAt}];
		});
	});
}

/** GuardDuty's own count of findings that are not archived: what a whole listing must come to. */
const countFindings = async (facts: Facts<Commands>, DetectorId: string): Promise<number | undefined> => {
	const answer = await facts.attempt('GetFindingsStatistics', {
		DetectorId,
		GroupBy: 'SEVERITY',
		// Severities have one decimal: 91 groups at most. The default of 25 would cut them.
		MaxResults: 100,
		FindingCriteria: {Criterion: {'service.archived': {Equals: ['false']}}},
	});
	const groups = answer?.FindingStatistics?.GroupedBySeverity;
	return groups?.reduce((sum, {TotalFindings}) => sum + (TotalFindings ?? 0), 0);
};

/** Findings come and go while they are listed; more than this missing is no such coincidence. */
const fallsShort = (listed: number, counted: number | undefined): boolean => counted !== undefined && listed < counted * 0.99 - 5;

async function* allFindings(aws: GuardDuty, DetectorId: string): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const startedAtMs = Date.parse(aws.startedAt);
	const counted = await countFindings(facts, DetectorId);
	const pages = await facts.attemptPages('ListFindings', {
		DetectorId,
		MaxResults: idsPerCall,
		SortCriteria: {AttributeName: 'updatedAt', OrderBy: 'ASC'},
	});
	const backlog = new BacklogCount();
	const recent: ReportedFinding[] = [];
	let whole = pages !== undefined;
	for await (const batch of readFindings(aws, facts, DetectorId, [...new Set(pages?.flatMap(page => page.FindingIds ?? []))])) {
		if (batch === undefined) whole = false;
		for (const {finding, archived, createdAt} of batch ?? []) {
			backlog.add(finding, {archived, createdAt});
			if (Date.parse(finding.updatedAt) >= startedAtMs - overlapMs) recent.push(finding);
			yield {yields: 'finding', finding};
		}
	}

	if (whole && fallsShort(backlog.unarchived, counted)) {
		facts.missing('ListFindings', `${(counted ?? 0) - backlog.unarchived} of the ${counted} findings that GetFindingsStatistics counts`);
		whole = false;
	}

	const configuration = {...(whole && backlog.total()), ...(counted !== undefined && {counted})};
	yield {yields: 'resource', resource: backlogResource(aws, DetectorId, configuration, facts)};
	yield {yields: 'complete', of: 'AWS::GuardDuty::FindingBacklog'};
	if (!whole) return;
	yield {yields: 'complete', of: 'findings'};
	yield {
		yields: 'watermark',
		watermark: writeWatermark({detectorId: DetectorId, atMs: startedAtMs, seen: seenFrom(startedAtMs, [], recent)}),
	};
}

async function* full(aws: GuardDuty): AsyncGenerator<Yielded> {
	// At most one detector a Region: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListDetectors.html
	// Yet it may come on a page after an empty one.
	let detectorId: string | undefined;
	for await (const {DetectorIds} of aws.pages('ListDetectors', {})) detectorId ??= DetectorIds?.[0];
	const detector = detectorId === undefined ? null : await readDetector(aws, detectorId, asked);
	if (detectorId === undefined || detector === null) {
		yield* notEnabled(aws);
		return;
	}

	yield detector;
	yield {yields: 'complete', of: 'AWS::GuardDuty::Detector'};
	yield* allFindings(aws, detectorId);
}

async function* delta(aws: GuardDuty, text: string): AsyncGenerator<Yielded> {
	const watermark = readWatermark(text);
	if (watermark === undefined) {
		// Not ours to trust: start anew, but a delta may not say that anything is complete.
		for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
		return;
	}

	const {detectorId, atMs, seen} = watermark;
	const detector = await readDetector(aws, detectorId, recentEnough);
	const facts = aws.facts();
	const pages =
		detector &&
		(await facts.attemptPages(
			'ListFindings',
			{
				DetectorId: detectorId,
				MaxResults: idsPerCall,
				FindingCriteria: {Criterion: {updatedAt: {GreaterThanOrEqual: atMs - overlapMs}}},
				SortCriteria: {AttributeName: 'updatedAt', OrderBy: 'ASC'},
			},
			{absent},
		));
	if (detector === null || pages === null) {
		yield {yields: 'resource', resource: deletedDetectorResource(aws, detectorId)};
		yield {yields: 'not-enabled', reason: `The detector ${detectorId} in ${aws.awsRegion} was deleted`};
		return;
	}

	yield detector;
	if (pages === undefined) return;
	const known = new Set(seen.map(([id]) => id));
	const changed = [...new Set(pages.flatMap(page => page.FindingIds ?? []))].filter(id => !known.has(id));
	const read: ReportedFinding[] = [];
	let whole = true;
	for await (const batch of readFindings(aws, facts, detectorId, changed)) {
		if (batch === undefined) whole = false;
		for (const {finding} of batch ?? []) {
			read.push(finding);
			yield {yields: 'finding', finding};
		}
	}

	if (!whole) return;
	const startedAtMs = Date.parse(aws.startedAt);
	yield {yields: 'watermark', watermark: writeWatermark({detectorId, atMs: startedAtMs, seen: seenFrom(startedAtMs, seen, read)})};
}

export const collector = defineCollector({client: GuardDutyClient, commands, full, delta});
