import {type FindingEntry, ours} from '../model/index.js';
import {labelled, paragraph} from './detail-parts.js';
import {gap, type Line, say, span, words} from './line.js';
import type {Look} from './look.js';
import {verdictFace} from './theme.js';
import {exact, relative} from './time.js';
import {wrap} from './width.js';

/** What a service reported, in full. */
export const findingLines = (entry: FindingEntry, look: Look, columns: number): readonly Line[] => {
	const {finding} = entry;
	const isActive = finding.recordState === 'active';
	const face = verdictFace('FAIL', finding.severity, look.theme);
	const score = finding.score === undefined ? ours('') : say` ${finding.score}`;
	const {resource} = finding;
	return [
		...wrap(look.show(finding.title), Math.max(10, columns - 20)).map(
			(line, index): Line =>
				index === 0
					? [
							words(' '),
							span(face.glyph, face.style),
							span(say` ${ours(face.word.toUpperCase())}${score}`, isActive ? face.style : 'dim'),
							gap(3),
							span(line, 'strong'),
						]
					: [gap(6), span(line, 'strong')],
		),
		...paragraph(look.show(finding.reason), 'plain', 3, columns),
		...(isActive ? [] : labelled('state', ours(`${finding.recordState}: it does not count`), 'warning', columns)),
		...(finding.marks.length > 0 ? labelled('marks', ours(finding.marks.join(', ').replaceAll('-', ' ')), 'high', columns) : []),
		...labelled('type', look.show(finding.type), 'dim', columns),
		...labelled('resource', look.show(resource.resourceName || resource.resourceId), 'plain', columns),
		...labelled('', look.show(resource.arn), 'dim', columns),
		...labelled(
			'seen',
			say`first ${exact(finding.firstObservedAt, look.now, look.timeZone)} (${relative(finding.firstObservedAt, look.now)}), last ${relative(finding.lastObservedAt, look.now)}`,
			'dim',
			columns,
		),
		...(finding.remediation === undefined ? [] : labelled('do', look.show(finding.remediation.text), 'plain', columns)),
		...(finding.remediation?.url === undefined ? [] : labelled('read', look.show(finding.remediation.url), 'dim', columns)),
	];
};
