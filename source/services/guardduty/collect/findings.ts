import {type Facts, overlapMs, type ReportedFinding, seenFrom, type Yielded} from '../../../model/index.js';
import {BacklogCount} from './backlog.js';
import {type Commands, type GuardDuty, isGone} from './commands.js';
import {toReportedFinding} from './finding.js';
import {Miners} from './mining.js';
import {backlogResource, miningResource} from './resources.js';
import {type Watermark, writeWatermark} from './watermark.js';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindings.html */
const idsPerCall = 50;

const batches = function* (ids: readonly string[]): Generator<readonly string[]> {
	for (let start = 0; start < ids.length; start += idsPerCall) yield ids.slice(start, start + idsPerCall);
};

type Read = {readonly finding: ReportedFinding; readonly archived: boolean; readonly createdAt: string};

/** Without these a finding is shown all the same, but what is said of them all is not to be trusted. */
const required = ['Type', 'Severity', 'CreatedAt', 'UpdatedAt', 'Service'] as const;

/** Findings by id, in the order of the ids. A batch that was refused is `undefined`. */
export async function* readFindings(
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

export async function* allFindings(aws: GuardDuty, DetectorId: string): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const startedAtMs = Date.parse(aws.startedAt);
	const counted = await countFindings(facts, DetectorId);
	const pages = await facts.attemptPages('ListFindings', {
		DetectorId,
		MaxResults: idsPerCall,
		SortCriteria: {AttributeName: 'updatedAt', OrderBy: 'ASC'},
	});
	const backlog = new BacklogCount();
	const miners = new Miners();
	const recent: ReportedFinding[] = [];
	let whole = pages !== undefined;
	for await (const batch of readFindings(aws, facts, DetectorId, [...new Set(pages?.flatMap(page => page.FindingIds ?? []))])) {
		if (batch === undefined) whole = false;
		for (const {finding, archived, createdAt} of batch ?? []) {
			backlog.add(finding, {archived, createdAt});
			miners.note(finding);
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
	yield {yields: 'resource', resource: miningResource(aws, DetectorId, whole ? miners.total() : {}, facts)};
	yield {yields: 'complete', of: 'AWS::GuardDuty::CryptoMining'};
	if (!whole) return;
	yield {yields: 'complete', of: 'findings'};
	yield {
		yields: 'watermark',
		watermark: writeWatermark({detectorId: DetectorId, atMs: startedAtMs, seen: seenFrom(startedAtMs, [], recent), miners: miners.list}),
	};
}

/**
 * What changed since the watermark, with the next one; null if the detector is no more. Without a watermark in the end
 * some of it could not be read, and the next delta asks for the same again.
 */
export const changedFindings = async (
	aws: GuardDuty,
	{detectorId, atMs, seen, miners: before}: Extract<Watermark, {readonly atMs: number}>,
): Promise<readonly Yielded[] | null> => {
	const facts = aws.facts();
	const pages = await facts.attemptPages(
		'ListFindings',
		{
			DetectorId: detectorId,
			MaxResults: idsPerCall,
			FindingCriteria: {Criterion: {updatedAt: {GreaterThanOrEqual: atMs - overlapMs}}},
			SortCriteria: {AttributeName: 'updatedAt', OrderBy: 'ASC'},
		},
		{absent: isGone},
	);
	if (pages === null) return null;
	if (pages === undefined) return [];
	const startedAtMs = Date.parse(aws.startedAt);
	// After a long pause what was read before it may have changed since.
	const known = new Set(seen.filter(([, ms]) => ms >= startedAtMs - 2 * overlapMs).map(([id]) => id));
	const changed = [...new Set(pages.flatMap(page => page.FindingIds ?? []))].filter(id => !known.has(id));
	const miners = new Miners(before);
	const read: ReportedFinding[] = [];
	let whole = true;
	for await (const batch of readFindings(aws, facts, detectorId, changed)) {
		if (batch === undefined) whole = false;
		for (const {finding} of batch ?? []) {
			read.push(finding);
			miners.note(finding);
		}
	}

	const found = read.map((finding): Yielded => ({yields: 'finding', finding}));
	if (!whole) return found;
	return [
		...found,
		...(miners.overflows || changed.length === 0
			? []
			: [{yields: 'resource', resource: miningResource(aws, detectorId, miners.total(), {unread: {}, readAt: {}})} as const]),
		{
			yields: 'watermark',
			watermark: writeWatermark({detectorId, atMs: startedAtMs, seen: seenFrom(startedAtMs, seen, read), miners: miners.list}),
		},
	];
};
