import {type Answer, answer, dayMs, msBetween, plural, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {type Backlog, readSeverities} from './backlog.js';
import {guide} from './common.js';

/** It asks about us, not about the findings, which count by themselves and by their own severity: does somebody look? */
export const failuresTriaged: Rule<Backlog> = {
	id: 'securityhub-findings-triaged',
	title: 'Failed controls are dealt with, or their owners told, in time',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A list that only grows is read by nobody. What is accepted should be suppressed, what is not should have an owner who knows.',
	remediation: {
		text: 'Take the oldest critical ones first: mend them, tell their owners and set them to NOTIFIED, or suppress what is accepted. Automation rules do that for whole groups.',
		cli: `aws securityhub get-findings --filters '{"WorkflowStatus":[{"Value":"NEW","Comparison":"EQUALS"}],"ComplianceStatus":[{"Value":"FAILED","Comparison":"EQUALS"}],"SeverityLabel":[{"Value":"CRITICAL","Comparison":"EQUALS"}]}' --region {region}`,
		url: `${guide}findings-workflow-status.html`,
	},
	note: 'Only findings with workflow status NEW count. Security Hub does not say since when a control fails: the age is that of the finding, which may have passed in between. The days are our own.',
	settings: {criticalDays: 7, highDays: 30, mediumDays: 90},
	reads: ['GetFindings'],
	evaluate({configuration: {failed, oldest = {}, notified = 0}}, {now, settings}) {
		const {criticalDays = 7, highDays = 30, mediumDays = 90} = settings;
		const allowed = {CRITICAL: criticalDays, HIGH: highDays, MEDIUM: mediumDays};
		const expected = `none new for longer than ${criticalDays} (critical), ${highDays} (high) and ${mediumDays} days (medium)`;
		const is = (verdict: Answer['verdict'], reason: string, observed: string, severity?: 'LOW'): Answer =>
			answer(verdict, reason, 'GetFindings', expected, observed, severity);
		if (failed === undefined) return is('UNKNOWN', 'the findings could not be read as a whole', 'no counts');
		const waiting = readSeverities.reduce((sum, severity) => sum + failed[severity], 0) - notified;
		const ages = readSeverities.flatMap(severity => {
			const one = oldest[severity];
			return one === undefined ? [] : [{severity, what: one.what, ms: msBetween(one.at, now), days: allowed[severity]}];
		});
		const observed = ages.map(({severity, ms}) => `${severity.toLowerCase()} ${spanInWords(ms)}`).join(', ') || 'none new';
		// The worst first: a medium one that waits for months is no news beside a critical one that waits for a week.
		const late = ages.find(({ms, days}) => ms > days * dayMs);
		if (late === undefined) {
			return is(
				'PASS',
				waiting <= 0 ? 'no failed control waits to be looked at' : `${plural(waiting, 'new failure')}, none of them for too long`,
				observed,
			);
		}

		return is(
			'FAIL',
			`${late.severity.toLowerCase()} failure new for ${spanInWords(late.ms)}, ${plural(late.days, 'day')} allowed: ${late.what}; ${plural(waiting, 'new failure')} in all`,
			observed,
			late.severity === 'MEDIUM' ? 'LOW' : undefined,
		);
	},
};
