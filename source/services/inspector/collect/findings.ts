import type {FilterCriteria} from '@aws-sdk/client-inspector2';
import type {CommandOutput, Facts, ReportedFinding, Yielded} from '../../../model/index.js';
import type {Backlog} from '../rules/backlog.js';
import {BacklogCount, likelyExploited} from './backlog.js';
import {type Commands, equals, type Inspector, minuteMs} from './commands.js';
import {Exposed} from './exposed.js';
import {highFrom, toReportedFinding} from './finding.js';
import {backlogResource, exposureResource} from './resources.js';
import {type Watermark, writeWatermark} from './watermark.js';

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListFindings.html */
const findingsPerPage = 100;
/** Beyond this only what is critical, high, exploitable, likely to be exploited or reachable is listed: 1,500 calls at a fifth of five a second are 25 minutes. */
const listAllUpTo = 150_000;
/**
 * Inspector cannot sort by `updatedAt`, so the watermark is the moment the last poll began, less what Inspector may need
 * to list a change. `lastObservedAt` would not do: it stands still once a finding is closed or suppressed.
 */
const overlapMs = 5 * minuteMs;

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

const milder = equals('MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED');

/**
 * What to list of so many: closed findings never, since Inspector deletes them; beyond the bound only what matters most:
 * what is bad by Inspector's word or by its score alone, exploitable or likely to be, or open to the internet.
 */
const filters = (listed: 'all' | 'urgent'): readonly FilterCriteria[] => {
	const findingStatus = equals('ACTIVE', 'SUPPRESSED');
	return listed === 'all'
		? [{findingStatus}]
		: [
				{findingStatus, severity: equals('CRITICAL', 'HIGH')},
				{findingStatus, severity: milder, exploitAvailable: equals('YES')},
				{findingStatus, severity: milder, findingType: equals('NETWORK_REACHABILITY')},
				{findingStatus, severity: milder, epssScore: [{lowerInclusive: likelyExploited}]},
				{findingStatus, severity: equals('UNTRIAGED'), inspectorScore: [{lowerInclusive: highFrom}]},
			];
};

/** Findings come and go while they are listed, and the count lags behind: more than this missing is no such coincidence. */
const fallsShort = (listed: number, counted: number | undefined): boolean => counted !== undefined && listed < counted * 0.98 - 5;

export async function* allFindings(aws: Inspector): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const counted = await countFindings(facts);
	const listed = (counted?.all ?? 0) > listAllUpTo ? 'urgent' : 'all';
	const backlog = new BacklogCount();
	const exposed = new Exposed();
	let whole = true;
	// What is exploitable is often likely to be exploited as well. Only the first filter, which brings the most, overlaps with none.
	const seen = new Set<string>();
	for (const [index, filter] of filters(listed).entries()) {
		for await (const page of listFindings(aws, facts, filter)) {
			if (page === undefined) whole = false;
			for (const finding of page ?? []) {
				if (seen.has(finding.id)) continue;
				if (index > 0) seen.add(finding.id);
				backlog.add(finding);
				exposed.note(finding);
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
	yield {yields: 'resource', resource: exposureResource(aws, whole ? exposed.total() : {}, facts)};
	yield {yields: 'complete', of: 'AWS::InspectorV2::NetworkExposure'};
	if (!whole) return;
	// What is not listed was closed, or its resource was deleted: Inspector lets such findings vanish without a word.
	yield {yields: 'complete', of: 'findings'};
	yield {yields: 'watermark', watermark: writeWatermark({at: aws.startedAt, exposed: exposed.list})};
}

/**
 * What changed since the watermark, with the next one. Without a watermark in the end some of it could not be read, and
 * the next delta asks for the same again.
 */
export async function* changedFindings(
	aws: Inspector,
	{at, exposed: before}: Extract<Watermark, {readonly at: string}>,
): AsyncGenerator<Yielded> {
	const filter: FilterCriteria = {
		updatedAt: [
			{
				startInclusive: new Date(Date.parse(at) - overlapMs),
				// The same for every page, or the token would not fit. Beyond now, in case AWS's clock is ahead of ours.
				endInclusive: new Date(Date.parse(aws.startedAt) + overlapMs),
			},
		],
		// No status: CLOSED and SUPPRESSED are what a delta is for.
	};
	const exposed = new Exposed(before);
	let count = 0;
	for await (const page of listFindings(aws, aws.facts(), filter)) {
		if (page === undefined) return;
		for (const finding of page) {
			count++;
			exposed.note(finding);
			yield {yields: 'finding', finding};
		}
	}

	if (count > 0 && !exposed.overflows) {
		yield {yields: 'resource', resource: exposureResource(aws, exposed.total(), {unread: {}, readAt: {}})};
	}

	yield {yields: 'watermark', watermark: writeWatermark({at: aws.startedAt, exposed: exposed.list})};
}
