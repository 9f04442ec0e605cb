import {type Facts, overlapMs, type ReportedFinding, seenFrom, type Yielded} from '../../../model/index.js';
import {BacklogCount} from './backlog.js';
import {type Commands, isNotEnabled, type Macie} from './commands.js';
import {toReportedFinding} from './finding.js';
import {backlogResource} from './resources.js';
import {type Watermark, writeWatermark} from './watermark.js';

/** https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html */
const idsPerCall = 50;

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

export async function* allFindings(aws: Macie): AsyncGenerator<Yielded> {
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

/**
 * What changed since the watermark, with the next one; null if Macie says that it is off. Without a watermark in the end
 * some of it could not be read, and the next delta asks for the same again.
 */
export const changedFindings = async (
	aws: Macie,
	{atMs, seen}: Extract<Watermark, {readonly atMs: number}>,
): Promise<readonly Yielded[] | null> => {
	const facts = aws.facts();
	const pages = await facts.attemptPages(
		'ListFindings',
		{
			maxResults: idsPerCall,
			findingCriteria: {criterion: {updatedAt: {gte: atMs - overlapMs}}},
			sortCriteria: {attributeName: 'updatedAt', orderBy: 'ASC'},
		},
		{absent: isNotEnabled},
	);
	if (pages === null) return null;
	if (pages === undefined) return [];
	const startedAtMs = Date.parse(aws.startedAt);
	// After a long pause what was read before it may have changed since.
	const known = new Set(seen.filter(([, ms]) => ms >= startedAtMs - 2 * overlapMs).map(([id]) => id));
	const changed = [...new Set(pages.flatMap(page => page.findingIds ?? []))].filter(id => !known.has(id));
	const read: ReportedFinding[] = [];
	let whole = true;
	for await (const batch of readFindings(aws, facts, changed)) {
		if (batch === undefined) whole = false;
		for (const {finding} of batch ?? []) read.push(finding);
	}

	const found = read.map((finding): Yielded => ({yields: 'finding', finding}));
	return whole
		? [...found, {yields: 'watermark', watermark: writeWatermark({atMs: startedAtMs, seen: seenFrom(startedAtMs, seen, read)})}]
		: found;
};
