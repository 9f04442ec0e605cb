import type {ChangeType, FindingEntry, Judged, ReportedFinding, SnapshotId, Verdict} from '../model/index.js';
import {entryKey, severities} from '../model/index.js';
import type {ChangeDraft} from './changes.js';
import {guarded, toCells, toFacts} from './guard.js';
import {isSameEntry} from './same-entry.js';

export type FindingEvaluation = {
	/** What to keep: the previous entry itself where nothing is new. */
	readonly entry: FindingEntry;
	/** At most one. */
	readonly changes: readonly ChangeDraft[];
	/** Whether the entry must be written. */
	readonly dirty: boolean;
};

const verdictOf: Readonly<Record<ReportedFinding['recordState'], Verdict>> = {
	active: 'FAIL',
	closed: 'PASS',
	archived: 'NOT_APPLICABLE',
	suppressed: 'NOT_APPLICABLE',
	sample: 'NOT_APPLICABLE',
};

const sideOf = ({recordState, severity, reason}: ReportedFinding): NonNullable<ChangeDraft['after']> => ({
	verdict: verdictOf[recordState],
	severity,
	reason: recordState === 'active' ? reason : `${recordState}: ${reason}`,
});

const changeBetween = (previous: ReportedFinding | undefined, finding: ReportedFinding): ChangeType | undefined => {
	// Somebody trying the alarm is no news.
	if (finding.recordState === 'sample' || previous?.recordState === 'sample') {
		return undefined;
	}

	const wasActive = previous?.recordState === 'active';
	if (finding.recordState !== 'active') {
		return wasActive ? 'closed' : undefined;
	}

	if (!wasActive) {
		return 'opened';
	}

	const step = severities.indexOf(finding.severity) - severities.indexOf(previous.severity);
	return step === 0 ? undefined : step > 0 ? 'worsened' : 'improved';
};

/**
 * Sets a reported finding beside what was known of it: `opened` when it becomes active (again), `closed` when it is
 * active no more, `worsened` and `improved` by severity. Samples never make a change, nor does a `baseline`.
 * `snapshot` says under which key the entry is kept, where a delegated administrator sees other accounts' findings.
 */
export const evaluateFinding = (input: {
	readonly service: Judged;
	readonly finding: ReportedFinding;
	readonly previous: FindingEntry | undefined;
	readonly baseline: boolean;
	readonly now: string;
	readonly snapshot?: SnapshotId;
}): FindingEvaluation => {
	const {service, finding, previous, baseline, now} = input;
	const {reports} = service;
	const {accountId, awsRegion} = input.snapshot ?? finding.resource;
	const entry: FindingEntry = {
		entry: 'finding',
		key: entryKey({accountId, awsRegion, service: service.id}, 'finding', finding.id).toWellFormed(),
		service: service.id,
		finding,
		cells: reports === undefined ? [] : toCells(reports.columns, finding),
		facts: reports === undefined ? [] : toFacts(reports.facts, finding),
		consolePath: guarded(reports?.consolePath, finding, ''),
		firstObservedAt: previous?.firstObservedAt ?? now,
	};
	if (previous !== undefined && isSameEntry(entry, previous)) {
		return {entry: previous, changes: [], dirty: false};
	}

	const type = baseline ? undefined : changeBetween(previous?.finding, finding);
	if (type === undefined) {
		return {entry, changes: [], dirty: true};
	}

	const change: ChangeDraft = {
		at: now,
		type,
		key: entry.key,
		service: service.id,
		accountId: finding.resource.accountId,
		awsRegion: finding.resource.awsRegion,
		resourceName: finding.resource.resourceName,
		ruleId: finding.type,
		title: finding.title,
		...(previous && {before: sideOf(previous.finding)}),
		after: sideOf(finding),
	};
	return {entry, changes: [change], dirty: true};
};
