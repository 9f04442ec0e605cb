import {
	BatchGetAccountStatusCommand,
	type FilterCriteria,
	GetConfigurationCommand,
	Inspector2Client,
	ListCoverageCommand,
	ListCoverageStatisticsCommand,
	ListFindingAggregationsCommand,
	ListFindingsCommand,
} from '@aws-sdk/client-inspector2';
import {type Aws, type CommandOutput, defineCollector, type Facts, type ReportedFinding, type Yielded} from '../../../model/index.js';
import {
	type Activation,
	activationResource,
	type Backlog,
	backlogResource,
	coverageResource,
	type Scan,
	unreadCoverageResource,
} from '../rules/activation.js';
import {BacklogCount} from './backlog.js';
import {toReportedFinding} from './finding.js';
import {scannedResource} from './scanned.js';

const commands = {
	BatchGetAccountStatus: BatchGetAccountStatusCommand,
	GetConfiguration: GetConfigurationCommand,
	ListCoverageStatistics: ListCoverageStatisticsCommand,
	ListCoverage: ListCoverageCommand,
	ListFindingAggregations: ListFindingAggregationsCommand,
	ListFindings: ListFindingsCommand,
};
type Commands = typeof commands;
type Inspector = Aws<Commands>;

const minuteMs = 60_000;
/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListFindings.html */
const findingsPerPage = 100;
/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html */
const coveragePerPage = 200;
/** Beyond this only what is critical, high or exploitable is listed: 1,500 calls at a fifth of five a second are 25 minutes. */
const listAllUpTo = 150_000;
/**
 * Inspector cannot sort by `updatedAt`, so the watermark is the moment the last poll began, less what Inspector may need
 * to list a change. `lastObservedAt` would not do: it stands still once a finding is closed or suppressed.
 */
const overlapMs = 5 * minuteMs;

type Age = {readonly freshForMs: number};
type Freshness = {readonly status: Age; readonly rest: Age};
// A full collection asks for everything, and leaves the answers for the deltas between it and the next.
const asked: Freshness = {status: {freshForMs: 1}, rest: {freshForMs: 1}};
// That somebody switched Inspector off is seen within minutes, at 0.2 calls a poll.
const recentEnough: Freshness = {status: {freshForMs: 5 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

const scanningOf = ({
	ec2,
	ecr,
	lambda,
	lambdaCode,
	codeRepository,
}: NonNullable<AccountState['resourceState']>): Activation['scanning'] => ({
	ec2: ec2?.status ?? 'UNKNOWN',
	ecr: ecr?.status ?? 'UNKNOWN',
	...(lambda?.status !== undefined && {lambda: lambda.status}),
	...(lambdaCode?.status !== undefined && {lambdaCode: lambdaCode.status}),
	...(codeRepository?.status !== undefined && {codeRepository: codeRepository.status}),
});
type AccountState = NonNullable<CommandOutput<Commands['BatchGetAccountStatus']>['accounts']>[number];

const readActivation = async (aws: Inspector, fresh: Freshness): Promise<{readonly activation: Activation; readonly yielded: Yielded}> => {
	const facts = aws.facts();
	const answer = await facts.attempt('BatchGetAccountStatus', {}, fresh.status);
	const account = answer?.accounts?.find(({accountId}) => accountId === aws.accountId) ?? answer?.accounts?.[0];
	const failed = answer?.failedAccounts?.[0];
	if (account?.resourceState && (!account.resourceState.ec2 || !account.resourceState.ecr))
		facts.missing('BatchGetAccountStatus', 'resourceState');
	if (answer && account === undefined) facts.missing('BatchGetAccountStatus', `this account${failed ? ` (${failed.errorCode})` : ''}`);
	const status = account?.state?.status;
	const scanning = account?.resourceState && scanningOf(account.resourceState);
	const isOn = status !== 'DISABLED';
	const settings = isOn ? await facts.attempt('GetConfiguration', {}, fresh.rest) : undefined;
	const scanMode = settings?.ec2Configuration?.scanModeState?.scanMode;
	const rescan = settings?.ecrConfiguration?.rescanDurationState?.rescanDuration;
	const coverage = isOn ? await countCoverage(facts, fresh.rest) : undefined;
	const activation: Activation = {
		...(status !== undefined && {status}),
		...(scanning && {scanning}),
		...(scanMode !== undefined && {ec2ScanMode: scanMode}),
		...(rescan !== undefined && {ecrRescanDuration: rescan}),
		...(coverage && {coverage}),
	};
	return {activation, yielded: {yields: 'resource', resource: activationResource(aws, activation, facts)}};
};

const countCoverage = async (facts: Facts<Commands>, rest: Age): Promise<Activation['coverage']> => {
	const answer = await facts.attempt('ListCoverageStatistics', {groupBy: 'SCAN_STATUS_CODE'}, rest);
	// The client's type says that a group's key names what was grouped by; AWS answers with the group's value.
	const groups: ReadonlyArray<{readonly groupKey?: string | undefined; readonly count?: number | undefined}> | undefined =
		answer?.countsByGroup;
	if (groups === undefined) return answer?.totalCounts === 0 ? {active: 0, inactive: 0} : undefined;
	const count = (key: string): number =>
		groups.filter(({groupKey}) => groupKey === key).reduce((sum, group) => sum + (group.count ?? 0), 0);
	const coverage = {active: count('ACTIVE'), inactive: count('INACTIVE')};
	return coverage.active + coverage.inactive === answer?.totalCounts ? coverage : undefined;
};

type Covered = NonNullable<CommandOutput<Commands['ListCoverage']>['coveredResources']>[number];

/** Inspector lists a host once for its packages and once for its ports: one resource with two scans. */
const groupByResource = (rows: Iterable<Covered>): Iterable<readonly [Covered, ...Covered[]]> => {
	const groups = new Map<string, [Covered, ...Covered[]]>();
	for (const row of rows) {
		const key = `${row.accountId}/${row.resourceId}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [row]);
		else group.push(row);
	}

	return groups.values();
};

const scanOf = ({scanType, scanStatus, scanMode, lastScannedAt}: Covered): Scan => ({
	type: scanType ?? 'UNKNOWN',
	status: scanStatus?.statusCode ?? 'UNKNOWN',
	reason: scanStatus?.reason ?? 'UNKNOWN',
	...(scanMode !== undefined && {mode: scanMode}),
	...(lastScannedAt !== undefined && {lastScannedAt}),
});

async function* allCoverage(aws: Inspector): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListCoverage', {maxResults: coveragePerPage});
	if (!pages) {
		yield {yields: 'resource', resource: unreadCoverageResource(aws, facts)};
		return;
	}

	for (const rows of groupByResource(pages.flatMap(page => page.coveredResources ?? []))) {
		const [{resourceId, resourceType, resourceMetadata: known, accountId, providerRegion}] = rows;
		if (resourceId === undefined) continue;
		const tags = known?.ec2?.tags ?? known?.lambdaFunction?.functionTags ?? {};
		const reference = scannedResource(
			{
				type: resourceType ?? '',
				id: resourceId,
				name: known?.lambdaFunction?.functionName ?? known?.ecrRepository?.name ?? tags['Name'],
				imageTags: known?.ecrImage?.tags,
				accountId,
				awsRegion: providerRegion,
			},
			aws,
		);
		yield {
			yields: 'resource',
			resource: coverageResource(
				reference,
				tags,
				{
					...(resourceType !== undefined && {resourceType}),
					...(known?.ec2?.platform !== undefined && {platform: known.ec2.platform}),
					scans: rows.map(scanOf),
				},
				facts,
			),
		};
	}

	yield {yields: 'complete', of: 'AWS::InspectorV2::Coverage'};
}

/** Without these a finding is shown if it can be named, but the listing proves nothing. */
const required = ['findingArn', 'type', 'severity', 'status', 'firstObservedAt', 'resources'] as const;

/**
 * Findings page by page, or `undefined` if the very first page is refused, which is then noted on `facts`.
 * A refusal later on ends the collection: half a listing is worth no conclusion.
 */
async function* listFindings(
	aws: Inspector,
	facts: Facts<Commands>,
	filterCriteria: FilterCriteria,
): AsyncGenerator<readonly ReportedFinding[] | undefined> {
	const input = {maxResults: findingsPerPage, filterCriteria};
	const translate = (page: CommandOutput<Commands['ListFindings']>): readonly ReportedFinding[] =>
		(page.findings ?? []).flatMap(report => {
			const lacking = required.find(member => report[member] === undefined);
			if (lacking !== undefined) facts.missing('ListFindings', lacking);
			return toReportedFinding(report, aws, aws.startedAt) ?? [];
		});
	const first = await facts.attempt('ListFindings', input);
	if (!first) {
		yield undefined;
		return;
	}

	yield translate(first);
	if (!first.nextToken) return;
	for await (const page of aws.pages('ListFindings', {...input, nextToken: first.nextToken})) yield translate(page);
}

const countFindings = async (facts: Facts<Commands>): Promise<Backlog['counted']> => {
	const answer = await facts.attempt('ListFindingAggregations', {aggregationType: 'ACCOUNT', maxResults: 100});
	const groups = answer?.responses?.flatMap(response => response.accountAggregation ?? []);
	if (groups === undefined) return undefined;
	type Group = NonNullable<typeof groups>[number];
	const sum = (count: (group: Group) => number | undefined): number => groups.reduce((total, group) => total + (count(group) ?? 0), 0);
	return {
		all: sum(({severityCounts}) => severityCounts?.all),
		critical: sum(({severityCounts}) => severityCounts?.critical),
		high: sum(({severityCounts}) => severityCounts?.high),
		medium: sum(({severityCounts}) => severityCounts?.medium),
		...(groups.some(({exploitAvailableCount}) => exploitAvailableCount !== undefined) && {
			exploitable: sum(({exploitAvailableCount}) => exploitAvailableCount),
		}),
	};
};

const equals = (...values: readonly string[]) => values.map(value => ({comparison: 'EQUALS' as const, value}));

/** What to list of so many: closed findings never, since Inspector deletes them; beyond the bound only what matters most. */
const filters = (listed: 'all' | 'urgent'): readonly FilterCriteria[] => {
	const findingStatus = equals('ACTIVE', 'SUPPRESSED');
	return listed === 'all'
		? [{findingStatus}]
		: [
				{findingStatus, severity: equals('CRITICAL', 'HIGH')},
				{findingStatus, severity: equals('MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'), exploitAvailable: equals('YES')},
			];
};

/** Findings come and go while they are listed, and the count lags behind: more than this missing is no such coincidence. */
const fallsShort = (listed: number, counted: number | undefined): boolean => counted !== undefined && listed < counted * 0.98 - 5;

async function* allFindings(aws: Inspector): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const counted = await countFindings(facts);
	const listed = (counted?.all ?? 0) > listAllUpTo ? 'urgent' : 'all';
	const backlog = new BacklogCount();
	let whole = true;
	for (const filter of filters(listed)) {
		for await (const page of listFindings(aws, facts, filter)) {
			if (page === undefined) whole = false;
			for (const finding of page ?? []) {
				backlog.add(finding);
				yield {yields: 'finding', finding};
			}
		}
	}

	if (facts.unread['ListFindings'] !== undefined) whole = false;
	if (whole && listed === 'all' && fallsShort(backlog.active, counted?.all)) {
		facts.missing(
			'ListFindings',
			`${(counted?.all ?? 0) - backlog.active} of the ${counted?.all} findings that ListFindingAggregations counts`,
		);
		whole = false;
	}

	const configuration: Backlog = {...(whole && {...backlog.total(), listed}), ...(counted && {counted})};
	yield {yields: 'resource', resource: backlogResource(aws, configuration, facts)};
	yield {yields: 'complete', of: 'AWS::InspectorV2::FindingBacklog'};
	if (!whole) return;
	// What is not listed was closed, or its resource was deleted: Inspector lets such findings vanish without a word.
	yield {yields: 'complete', of: 'findings'};
	yield {yields: 'watermark', watermark: aws.startedAt};
}

async function* full(aws: Inspector): AsyncGenerator<Yielded> {
	const {activation, yielded} = await readActivation(aws, asked);
	yield yielded;
	yield {yields: 'complete', of: 'AWS::InspectorV2::Activation'};
	if (activation.status === 'DISABLED') {
		// All findings are deleted 24 hours after disabling, and none can be listed before.
		yield {yields: 'complete', of: 'AWS::InspectorV2::Coverage'};
		yield {yields: 'complete', of: 'AWS::InspectorV2::FindingBacklog'};
		yield {yields: 'complete', of: 'findings'};
		yield {yields: 'not-enabled', reason: `Inspector is off in ${aws.awsRegion}`};
		return;
	}

	yield* allCoverage(aws);
	yield* allFindings(aws);
}

async function* delta(aws: Inspector, watermark: string): AsyncGenerator<Yielded> {
	const sinceMs = Date.parse(watermark);
	if (Number.isNaN(sinceMs)) {
		// Not ours to trust: start anew, but a delta may not say that anything is complete.
		for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
		return;
	}

	const {activation, yielded} = await readActivation(aws, recentEnough);
	yield yielded;
	if (activation.status === 'DISABLED') {
		yield {yields: 'not-enabled', reason: `Inspector is off in ${aws.awsRegion}`};
		return;
	}

	const startedAtMs = Date.parse(aws.startedAt);
	const filter: FilterCriteria = {
		updatedAt: [
			{
				startInclusive: new Date(sinceMs - overlapMs),
				// The same for every page, or the token would not fit. Beyond now, in case AWS's clock is ahead of ours.
				endInclusive: new Date(startedAtMs + overlapMs),
			},
		],
		// No status: CLOSED and SUPPRESSED are what a delta is for.
	};
	for await (const page of listFindings(aws, aws.facts(), filter)) {
		if (page === undefined) return;
		for (const finding of page) yield {yields: 'finding', finding};
	}

	yield {yields: 'watermark', watermark: aws.startedAt};
}

export const collector = defineCollector({client: Inspector2Client, commands, full, delta});
