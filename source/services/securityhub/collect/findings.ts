import type {CommandInput, Facts, ReportedFinding, Yielded} from '../../../model/index.js';
import {type Backlog, readSeverities} from '../rules/backlog.js';
import {BacklogCount} from './backlog.js';
import {type Commands, isNotSubscribed, type SecurityHub} from './commands.js';
import {recordStateOf, severityOf, toReportedFinding} from './finding.js';
import type {ControlFinding} from './report.js';
import {backlogResource} from './resources.js';
import {writeWatermark} from './watermark.js';

type Filters = NonNullable<NonNullable<CommandInput<Commands['GetFindings']>>['Filters']>;

const equal = (...values: readonly string[]) => values.map(Value => ({Value, Comparison: 'EQUALS' as const}));

/**
 * Security Hub's own findings, made in this Region. By ARN: AWS has renamed the product (`Security Hub` is `Security Hub
 * CSPM` by now), and an aggregation Region also holds those of other Regions, which are collected there.
 */
const ownFindings = ({partition, awsRegion}: SecurityHub): Filters => ({
	ProductArn: equal(`arn:${partition}:securityhub:${awsRegion}::product/aws/securityhub`),
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const perPage = 100;
/** 200,000 findings; at the pace that is ours a collection ends before. */
const maxPages = 2000;

/** Findings page by page, so that an administrator's many never are in memory at once. */
class Listing {
	/** In the end: whether all there is was listed and understood. */
	whole = false;
	readonly #facts: Facts<Commands>;
	readonly #filters: Filters;
	#lacks = false;

	constructor(facts: Facts<Commands>, filters: Filters) {
		this.#facts = facts;
		this.#filters = filters;
	}

	async *findings(): AsyncGenerator<ControlFinding, void, undefined> {
		const seen = new Set<string>();
		let token: string | undefined;
		for (let page = 0; page < maxPages; page++) {
			const answer = await this.#facts.attempt(
				'GetFindings',
				{
					Filters: this.#filters,
					MaxResults: perPage,
					// What is updated while pages are read moves to the end, and is seen there.
					SortCriteria: [{Field: 'UpdatedAt', SortOrder: 'asc'}],
					...(token !== undefined && {NextToken: token}),
				},
				{absent: isNotSubscribed},
			);
			if (!answer) return;
			yield* answer.Findings ?? [];
			token = answer.NextToken;
			if (token === undefined || token === '') {
				this.whole = !this.#lacks;
				return;
			}

			if (seen.has(token)) break;
			seen.add(token);
		}

		this.#facts.missing('GetFindings', 'an end: a page token came twice, or there were too many pages');
	}

	/** A finding without this cannot be counted on, nor can what is said of them all. */
	lacks(member: string): void {
		this.#lacks = true;
		this.#facts.missing('GetFindings', member);
	}
}

/** Without these a finding is shown all the same, but what is said of them all is not to be trusted. */
const required = ['Severity', 'Compliance', 'RecordState', 'Workflow', 'Resources', 'CreatedAt', 'UpdatedAt'] as const;

/** Every control that fails now, of severity MEDIUM and above, with the sum of them. */
export async function* allFailures(aws: SecurityHub): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const listing = new Listing(facts, {
		...ownFindings(aws),
		RecordState: equal('ACTIVE'),
		WorkflowStatus: equal('NEW', 'NOTIFIED'),
		ComplianceStatus: equal('FAILED'),
		SeverityLabel: equal(...readSeverities),
	});
	const backlog = new BacklogCount();
	const seen = new Set<string>();
	for await (const report of listing.findings()) {
		const lacking = required.find(member => report[member] === undefined);
		if (lacking !== undefined) listing.lacks(lacking);
		// It was asked for as one that fails.
		const finding = toReportedFinding(report, 'active', aws, aws.startedAt);
		if (finding === undefined) {
			listing.lacks('Id');
			// One that was updated meanwhile comes once more.
		} else if (!seen.has(finding.id)) {
			seen.add(finding.id);
			backlog.add(finding, report.CreatedAt ?? finding.firstObservedAt);
			yield {yields: 'finding', finding};
		}
	}

	const configuration: Backlog = listing.whole ? backlog.total() : {};
	yield {yields: 'resource', resource: backlogResource(aws, configuration, facts)};
	yield {yields: 'complete', of: 'AWS::SecurityHub::FindingBacklog'};
	if (!listing.whole) return;
	yield {yields: 'complete', of: 'findings'};
	yield {yields: 'watermark', watermark: writeWatermark({at: aws.startedAt})};
}

const isRead = (finding: ReportedFinding): boolean => readSeverities.some(severity => severity === finding.severity);

/**
 * Whether it is a failure that a full collection would have brought. Passed findings are INFORMATIONAL, whatever they were
 * before: that they failed at the check before is told by a field of their own.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html
 */
const hadFailed = (report: ControlFinding): boolean =>
	report.ProductFields?.['PreviousComplianceStatus'] === 'FAILED' ||
	(report.Compliance?.Status === 'FAILED' && readSeverities.some(severity => severity === severityOf(report)));

/** Findings may appear some time after the moment they bear, and clocks differ. */
const overlapMs = 5 * 60_000;

/**
 * What changed since the watermark. It asks for everything that a check has touched, not for failures alone: else nobody
 * would hear that one is mended. What does not fail any more closes, with its reason where it is known to have failed; of
 * all else it is enough to say that there is no such failure, which is no news where there was none. What somebody only
 * suppressed waits for the next full collection: that does not touch `UpdatedAt`.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export async function* changedFindings(aws: SecurityHub, since: string): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const startedMs = Date.parse(aws.startedAt);
	const listing = new Listing(facts, {
		...ownFindings(aws),
		UpdatedAt: [
			{
				Start: new Date(Date.parse(since) - overlapMs).toISOString(),
				End: new Date(startedMs + overlapMs).toISOString(),
			},
		],
	});
	const gone = new Set<string>();
	for await (const report of listing.findings()) {
		const state = recordStateOf(report);
		const finding = toReportedFinding(report, state ?? 'closed', aws, aws.startedAt);
		if (finding === undefined || report.Compliance?.Status === undefined) {
			listing.lacks(finding === undefined ? 'Id' : 'Compliance.Status');
		} else if (state === 'active' ? isRead(finding) : state !== undefined && hadFailed(report)) {
			gone.delete(finding.id);
			yield {yields: 'finding', finding};
		} else {
			gone.add(finding.id);
		}
	}

	if (gone.size > 0) yield {yields: 'gone', findingIds: [...gone]};
	if (listing.whole) yield {yields: 'watermark', watermark: writeWatermark({at: aws.startedAt})};
}
