import {
	answer,
	dayMs,
	msBetween,
	plural,
	type Rule,
	type RuleContext,
	type Severity,
	severities,
	spanInWords,
} from '../../../model/index.js';
import type {Backlog} from './backlog.js';

/**
 * It asks about us, not about the findings: does somebody look? A finding of GuardDuty's is a finding by itself and
 * counts by its own severity; a rule "no high findings" would count each twice, and with one answer for thousands of
 * them. This one is one answer a Region, never above MEDIUM, and is UNKNOWN where the findings could not be read.
 */
export const findingsTriaged: Rule<Backlog> = {
	id: 'guardduty-findings-triaged',
	title: 'Findings are looked at in time',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_no_high_severity_findings']},
	rationale:
		'A detector that nobody reads is a log. The days are those of the AWS Config rule guardduty-non-archived-findings: 1 for high, 7 for medium, 30 for low.',
	remediation: {
		text: 'Go through the oldest first: deal with what is real, archive it, and suppress by rule what is expected.',
		cli: `aws guardduty list-findings --detector-id "$(aws guardduty list-detectors --query 'DetectorIds[0]' --output text --region {region})" --finding-criteria '{"Criterion":{"service.archived":{"Equals":["false"]}}}' --sort-criteria AttributeName=severity,OrderBy=DESC --region {region}`,
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-non-archived-findings.html',
	},
	note: 'Archived and sample findings do not count. Prowler asks for severity 8 exactly and so misses 9 to 10, where the attack sequences are; here high is 7.0 and more.',
	settings: {highDays: 1, mediumDays: 7, lowDays: 30},
	reads: ['ListFindings', 'GetFindings'],
	evaluate({configuration: {active, oldest = {}}}, {now, settings}: RuleContext) {
		const {highDays = 1, mediumDays = 7, lowDays = 30} = settings;
		const allowed: Readonly<Record<Severity, number>> = {
			CRITICAL: highDays,
			HIGH: highDays,
			MEDIUM: mediumDays,
			LOW: lowDays,
			INFORMATIONAL: lowDays,
		};
		const expected = `none unarchived for longer than ${highDays} (high), ${mediumDays} (medium) and ${lowDays} days (low)`;
		if (active === undefined) return answer('UNKNOWN', 'the findings could not be read as a whole', 'GetFindings', expected, 'no counts');
		const waiting = Object.values(active).reduce((sum, count) => sum + count, 0);
		const ages = severities.toReversed().flatMap(severity => {
			const one = oldest[severity];
			return one === undefined ? [] : [{severity, what: one.what, ms: msBetween(one.at, now), allowedDays: allowed[severity]}];
		});
		const observed = ages.map(({severity, ms}) => `${severity.toLowerCase()} ${spanInWords(ms)}`).join(', ') || 'no active finding';
		// The worst first: a low one that waits for months is no news beside a high one that waits since yesterday.
		const late = ages.find(({ms, allowedDays}) => ms > allowedDays * dayMs);
		if (late === undefined) {
			return answer(
				'PASS',
				waiting === 0 ? 'no active finding waits' : `${plural(waiting, 'active finding')}, none of them for too long`,
				'GetFindings',
				expected,
				observed,
			);
		}

		return answer(
			'FAIL',
			`${late.severity.toLowerCase()} finding untouched for ${spanInWords(late.ms)}, ${plural(late.allowedDays, 'day')} allowed: ${late.what}; ${plural(waiting, 'active finding')} in all`,
			'GetFindings',
			expected,
			observed,
			late.severity === 'CRITICAL' || late.severity === 'HIGH' ? 'MEDIUM' : 'LOW',
		);
	},
};
