import {type Detail, type Judgement, ours, type ResourceEntry, refusalInWords, tagOperation, urgency} from '../model/index.js';
import {factText} from './cell.js';
import {changeSentence} from './change-words.js';
import {answerLines, briefLines, type DetailOptions} from './detail-answer.js';
import {findingLines} from './detail-finding.js';
import {labelled, paragraph, section} from './detail-parts.js';
import {gap, type Line, say, span, words} from './line.js';
import type {Look} from './look.js';
import {commandFor} from './remediation.js';
import {changeMark} from './row-words.js';
import {age, exact, isPast, relative} from './time.js';
import {padEnd, widthOf, wrap} from './width.js';

/** All that is known of one resource or reported finding, as lines to scroll through: the answer, why, what to do, then the rest. */
export const detailLines = (detail: Detail, options: DetailOptions, look: Look, columns: number): readonly Line[] => {
	const {entry} = detail;
	if (entry === undefined) {
		return [
			[words(' It is gone.', 'strong')],
			[words(' It was deleted, or the finding was closed, since the list was read.', 'dim')],
			...section('History', historyLines(detail, look, columns)),
		];
	}

	const body = entry.entry === 'resource' ? resourceLines(entry, detail, options, look, columns) : findingLines(entry, look, columns);
	return [
		...body,
		...section('Facts', factLines(entry.facts, look, columns)),
		...(entry.entry === 'resource' ? section('Tags', tagLines(entry, look, columns)) : []),
		...section('History', historyLines(detail, look, columns)),
	];
};

/** The command that would mend what the detail screen leads with, filled in; undefined where there is none. */
export const leadingCommand = (detail: Detail, options: DetailOptions): string | undefined => {
	const {entry} = detail;
	if (entry?.entry !== 'resource') {
		return undefined;
	}

	const [lead] = ordered(entry.judgements, options.ruleId);
	return lead?.verdict === 'FAIL' ? commandFor(lead, options.catalogue.rules[lead.ruleId], entry.resource) : undefined;
};

/** The asked-for answer first, then the worst, then the oldest. */
const ordered = (judgements: readonly Judgement[], ruleId: string | undefined): readonly Judgement[] =>
	judgements.toSorted(
		(a, b) =>
			Number(b.ruleId === ruleId) - Number(a.ruleId === ruleId) ||
			urgency(b.verdict, b.severity) - urgency(a.verdict, a.severity) ||
			a.firstObservedAt.localeCompare(b.firstObservedAt) ||
			a.ruleId.localeCompare(b.ruleId),
	);

const resourceLines = (entry: ResourceEntry, detail: Detail, options: DetailOptions, look: Look, columns: number): readonly Line[] => {
	const [lead, ...others] = ordered(entry.judgements, options.ruleId);
	if (lead === undefined) {
		return [[words(' No rule asks anything of this resource.', 'dim')], ...endLines(entry, look, columns)];
	}

	// Every failure says what to do; what is well, unknown or beside the point says why, in a line.
	const failing = others.filter(({verdict}) => verdict === 'FAIL');
	const rest = others.filter(({verdict}) => verdict !== 'FAIL');
	return [
		...answerLines(lead, entry, detail, options, look, columns),
		...failing.flatMap(judgement => [[], ...answerLines(judgement, entry, detail, options, look, columns)]),
		...(rest.length > 0 ? [[]] : []),
		...rest.flatMap(judgement => briefLines(judgement, entry, options, look, columns)),
		...endLines(entry, look, columns),
	];
};

const endLines = (entry: ResourceEntry, look: Look, columns: number): readonly Line[] =>
	section(
		'Ends',
		entry.expirations.flatMap(({what, at}) =>
			labelled(
				relative(at, look.now),
				say`${look.show(what)}, ${exact(at, look.now, look.timeZone)}`,
				isPast(at, look.now) ? 'high' : 'plain',
				columns,
			),
		),
	);

const factLines = (facts: ResourceEntry['facts'], look: Look, columns: number): readonly Line[] => {
	const titles = facts.map(([title]) => look.show(title));
	const width = Math.min(Math.max(0, Math.floor(columns * 0.4)), Math.max(0, ...titles.map(widthOf)));
	return facts.flatMap(([, value], index) =>
		wrap(factText(value, look), Math.max(1, columns - width - 6)).map(
			(line, lineIndex): Line => [
				gap(3),
				span(padEnd(lineIndex === 0 ? (wrap(titles[index] ?? ours(''), Math.max(1, width))[0] ?? ours('')) : ours(''), width), 'dim'),
				gap(2),
				span(line),
			],
		),
	);
};

/** Where they could not be read, that: none would look like none. */
const tagLines = ({resource}: ResourceEntry, look: Look, columns: number): readonly Line[] => {
	const refusal = resource.unread[tagOperation];
	return refusal === undefined
		? Object.entries(resource.tags).flatMap(([key, value]) => paragraph(say`${look.show(key)} = ${look.show(value)}`, 'plain', 3, columns))
		: paragraph(say`? ${look.show(refusalInWords(refusal))}`, 'plain', 3, columns);
};

const historyLines = (detail: Detail, look: Look, columns: number): readonly Line[] =>
	detail.history.map(
		(change): Line => [
			gap(3),
			span(padEnd(exact(change.at, look.now, look.timeZone), 13), 'dim'),
			changeMark(change.type),
			gap(1),
			span(wrap(changeSentence(change, look), Math.max(1, columns - 19))[0] ?? ours('')),
		],
	);

/** The right of the first line: where it is, and when and by what it was read. */
export const detailAside = (detail: Detail | undefined, look: Look): Line => {
	const {entry, snapshot} = detail ?? {};
	if (entry === undefined) {
		return [];
	}

	const region = entry.entry === 'resource' ? entry.resource.awsRegion : entry.finding.resource.awsRegion;
	const read = snapshot?.capturedAt === undefined ? ours('not read yet') : say`read ${age(snapshot.capturedAt, look.now)} ago`;
	return [span(say`${look.show(region)} · ${read}`, 'dim')];
};
