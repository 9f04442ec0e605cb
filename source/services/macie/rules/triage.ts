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
	unpublished,
} from '../../../model/index.js';
import type {Backlog} from './backlog.js';
import {guide} from './common.js';

/**
 * The only rule about findings, and it asks about us, not about them: does somebody look? Macie's findings are findings
 * by themselves and count by their own severity; a rule "no high findings" would count each twice. This one is one
 * answer a Region, and is UNKNOWN where the findings could not be read.
 */
export const findingsTriaged: Rule<Backlog> = {
	id: 'macie-findings-triaged',
	title: 'Findings are looked at in time',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'Macie’s findings do not close by themselves: what nobody archives nobody has looked at.',
	remediation: {
		text: 'Go through the oldest first: put right what is real, archive it, and suppress by rule what is expected.',
		cli: `aws macie2 list-findings --finding-criteria '{"criterion":{"archived":{"eq":["false"]}}}' --sort-criteria attributeName=createdAt,orderBy=ASC --region {region}`,
		url: `${guide}findings-investigate-sd.html`,
	},
	note: 'Archived and sample findings do not count.',
	settings: {highDays: 7, mediumDays: 30, lowDays: 90},
	reads: ['ListFindings', 'GetFindings'],
	evaluate({configuration: {active, oldest = {}}}, {now, settings}: RuleContext) {
		const {highDays = 7, mediumDays = 30, lowDays = 90} = settings;
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
		// The worst first: a low one that waits for months is no news beside a high one that waits for a week.
		const late = ages.find(({ms, allowedDays}) => ms > allowedDays * dayMs);
		return late === undefined
			? answer(
					'PASS',
					waiting === 0 ? 'no active finding waits' : `${plural(waiting, 'active finding')}, none of them for too long`,
					'GetFindings',
					expected,
					observed,
				)
			: answer(
					'FAIL',
					`${late.severity.toLowerCase()} finding untouched for ${spanInWords(late.ms)}, ${plural(late.allowedDays, 'day')} allowed: ${late.what}; ${plural(waiting, 'active finding')} in all`,
					'GetFindings',
					expected,
					observed,
					late.severity === 'CRITICAL' || late.severity === 'HIGH' ? 'MEDIUM' : 'LOW',
				);
	},
};
