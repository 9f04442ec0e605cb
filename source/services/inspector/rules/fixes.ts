import {answer, dayMs, msBetween, plural, type Rule, spanInWords} from '../../../model/index.js';
import type {Backlog, Waiting} from './backlog.js';
import {guide} from './common.js';

/**
 * It asks about us, not about the findings: is what can be mended mended in time? Inspector's findings are findings by
 * themselves and count by their own severity; a rule "no critical vulnerabilities" would count each twice. This one is one answer a Region, and is UNKNOWN where the
 * findings could not be read. That EPSS counts from 0.5 and that a partial fix counts is decided where they are added up.
 */
export const exploitableFixed: Rule<Backlog> = {
	id: 'inspector-exploitable-fixed',
	title: 'Critical and exploitable vulnerabilities that have a fix are mended in time',
	severity: 'HIGH',
	published: {securityControlIds: [], cis: [], prowler: ['inspector2_active_findings_exist']},
	rationale: 'Attackers use what has a known exploit, and a fix exists: every further day is a choice.',
	remediation: {
		text: 'Begin with the oldest that are critical, then with those whose exploits are known. Rebuild images, patch hosts, update functions.',
		// No filter of Inspector's knows "or": what can be mended is asked for, and what is urgent of it chosen by the query.
		cli: `aws inspector2 list-findings --filter-criteria '{"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],"fixAvailable":[{"comparison":"EQUALS","value":"YES"},{"comparison":"EQUALS","value":"PARTIAL"}]}' --query 'sort_by(findings[?severity==\`"CRITICAL"\`||exploitAvailable==\`"YES"\`||epss.score>=\`0.5\`||(severity==\`"UNTRIAGED"\`&&inspectorScore>=\`9\`)],&to_string(firstObservedAt))[].[firstObservedAt,severity,title,resources[0].id]' --region {region}`,
		url: `${guide}findings-understanding.html`,
	},
	note: 'Prowler fails an account for any active finding, even an informational one. Here only those count that are critical, exploited or likely to be (EPSS 0.5 or more), and have a fix. Late critical ones make it CRITICAL. The days are those of CISA’s directive BOD 19-02: 15 and 30.',
	settings: {criticalDays: 15, exploitableDays: 30},
	reads: ['ListFindings'],
	evaluate({configuration: {urgent}}, {now, settings: {criticalDays = 15, exploitableDays = 30}}) {
		const expected = `none with a fix open for longer than ${criticalDays} days (critical) or ${exploitableDays} days (exploited)`;
		if (urgent === undefined) return answer('UNKNOWN', 'the findings could not be read as a whole', 'ListFindings', expected, 'no counts');
		const ageOf = ({oldestAt}: Waiting): number => (oldestAt === undefined ? 0 : msBetween(oldestAt, now));
		const groups = [
			{of: urgent.critical, word: 'critical', allowedDays: criticalDays, severity: 'CRITICAL' as const},
			{of: urgent.exploitable, word: 'exploitable', allowedDays: exploitableDays, severity: 'HIGH' as const},
		].filter(({of}) => of.count > 0);
		const observed = groups.map(({of, word}) => `${of.count} ${word}, the oldest since ${spanInWords(ageOf(of))}`).join('; ') || 'none';
		// Critical ones come first, however much later the others are.
		const late = groups.find(({of, allowedDays}) => ageOf(of) > allowedDays * dayMs);
		if (late === undefined) {
			return answer(
				'PASS',
				groups.length === 0 ? 'nothing urgent waits to be mended' : `${observed}: all within their time`,
				'ListFindings',
				expected,
				observed,
			);
		}

		return answer(
			'FAIL',
			`${late.word} and open for ${spanInWords(ageOf(late.of))}, ${late.allowedDays} allowed: ${late.of.oldest ?? 'a vulnerability'}; ${plural(urgent.critical.count + urgent.exploitable.count, 'urgent one')} in all`,
			'ListFindings',
			expected,
			observed,
			late.severity,
		);
	},
};
