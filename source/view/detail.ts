import {
	type Catalogue,
	type CatalogueRule,
	type Detail,
	type FindingEntry,
	type Judgement,
	ours,
	type Refusal,
	type ResourceEntry,
	type SafeText,
	urgency,
} from '../model/index.js';
import {factText} from './cell.js';
import {changeSentence} from './change-words.js';
import {gap, type Line, type Style, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {fillCommand} from './remediation.js';
import {changeMark} from './row-words.js';
import {verdictFace} from './theme.js';
import {age, exact, isPast, relative} from './time.js';
import {padEnd, widthOf, wrap} from './width.js';

export type DetailOptions = {
	readonly catalogue: Catalogue;
	/** The answer that was asked about, where it is not the worst: the rule id behind `#` in a row's key. */
	readonly ruleId: string | undefined;
	readonly terraform: boolean;
};

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
	const rule = lead?.verdict === 'FAIL' ? options.catalogue.rules[lead.ruleId] : undefined;
	return rule?.remediation.cli === undefined ? undefined : fillCommand(rule.remediation.cli, entry.resource);
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

const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [[], [words(` ${title}`, 'dim')], ...lines];

/** `KMS.4 · CIS v3.0 3.6 · kms_cmk_rotation_enabled`: what others call the same question. */
const publishedIds = (rule: CatalogueRule | undefined, look: Look): SafeText => {
	if (rule === undefined) {
		return ours('');
	}

	const {securityControlIds, cis, prowler} = rule.published;
	return look.show([...securityControlIds, ...cis.map(id => `CIS ${id}`), ...prowler].join(' · '));
};

const paragraph = (text: SafeText, style: Style, indent: number, columns: number): readonly Line[] =>
	wrap(text, Math.max(1, columns - indent - 1)).map(line => [gap(indent), span(line, style)]);

const labelled = (label: string, text: SafeText, style: Style, columns: number): readonly Line[] => {
	const width = 12;
	return wrap(text, Math.max(1, columns - 3 - width - 1)).map((line, index) => [
		gap(3),
		span(padEnd(ours(index === 0 ? label : ''), width), 'dim'),
		span(line, style),
	]);
};

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

/** One answer in full. */
const answerLines = (
	judgement: Judgement,
	entry: ResourceEntry,
	detail: Detail,
	options: DetailOptions,
	look: Look,
	columns: number,
): readonly Line[] => {
	const face = verdictFace(judgement.verdict, judgement.severity, look.theme);
	const rule = options.catalogue.rules[judgement.ruleId];
	const since = say`since ${exact(judgement.firstObservedAt, look.now, look.timeZone)} (${age(judgement.firstObservedAt, look.now)})`;
	const word = ours(face.word.toUpperCase());
	const headWidth = widthOf(word) + 6;
	const sinceFits = columns - headWidth - widthOf(since) > 30;
	const reason = wrap(look.show(judgement.reason), Math.max(10, columns - headWidth - (sinceFits ? widthOf(since) + 2 : 1)));
	const ids = publishedIds(rule, look);
	return [
		...reason.map(
			(line, index): Line =>
				index === 0
					? spread(
							[words(' '), span(face.glyph, face.style), words(' '), span(word, face.style), gap(3), span(line, 'strong')],
							sinceFits ? [span(since, 'dim'), gap(1)] : [],
							columns,
						)
					: [gap(headWidth), span(line, 'strong')],
		),
		...(sinceFits ? [] : [[gap(3), span(since, 'dim')]]),
		...(rule === undefined || judgement.verdict !== 'FAIL' ? [] : paragraph(look.show(rule.rationale), 'plain', 3, columns)),
		...(rule === undefined ? [] : labelled('rule', look.show(rule.title), 'plain', columns)),
		...(ids === '' ? [] : labelled('also', ids, 'dim', columns)),
		...evidenceLines(judgement, entry, detail, look, columns),
		...liftLines(judgement, entry, rule, look, columns),
		...(judgement.verdict === 'FAIL' && rule !== undefined ? remedyLines(rule, entry, options.terraform, look, columns) : []),
	];
};

const evidenceLines = ({evidence}: Judgement, entry: ResourceEntry, detail: Detail, look: Look, columns: number): readonly Line[] => {
	if (evidence === undefined) {
		return [];
	}

	const readAt = entry.resource.readAt[evidence.operation] ?? detail.snapshot?.capturedAt;
	const when = readAt === undefined ? ours('') : say`, read ${relative(readAt, look.now)}`;
	return [
		...labelled('expected', look.show(evidence.expected), 'plain', columns),
		...labelled('observed', look.show(evidence.observed), 'plain', columns),
		...labelled('known by', say`${look.show(evidence.operation)}${when}`, 'dim', columns),
	];
};

const refusalWords = (refusal: Refusal, look: Look): SafeText => {
	if (refusal.status === 'pending') {
		return say`${look.show(refusal.operation)} waits for its turn at a slow operation`;
	}

	const forbidden = refusal.explicitDeny === true ? ours(', by a policy that forbids it: granting it is not enough') : ours('');
	return say`${look.show(refusal.iamAction)} ${ours(refusal.status)} (${look.show(refusal.error)})${forbidden}`;
};

/** What would lift an UNKNOWN: the permission, and how to get the policy that has it. */
const liftLines = (
	judgement: Judgement,
	entry: ResourceEntry,
	rule: CatalogueRule | undefined,
	look: Look,
	columns: number,
): readonly Line[] => {
	if (judgement.verdict !== 'UNKNOWN') {
		return [];
	}

	const refusals = Object.values(entry.resource.unread).filter(({iamAction}) => rule === undefined || rule.iamActions.includes(iamAction));
	const shown = refusals.length > 0 ? refusals : Object.values(entry.resource.unread);
	const lastKnown =
		judgement.lastKnown === undefined
			? []
			: labelled(
					'last known',
					say`${verdictFace(judgement.lastKnown.verdict, judgement.lastKnown.severity, look.theme).word} since ${exact(judgement.lastKnown.firstObservedAt, look.now, look.timeZone)}`,
					'dim',
					columns,
				);
	return [
		...shown.flatMap(refusal => labelled('unread', refusalWords(refusal, look), 'unknown', columns)),
		...(shown.some(({status}) => status === 'denied')
			? labelled('lift with', say`vedette policy --for ${look.show(entry.service)}`, 'plain', columns)
			: []),
		...lastKnown,
	];
};

const remedyLines = (rule: CatalogueRule, entry: ResourceEntry, terraform: boolean, look: Look, columns: number): readonly Line[] => {
	const {text, cli, terraform: hcl, url} = rule.remediation;
	const code =
		terraform && hcl !== undefined
			? hcl.split('\n').map((line): Line => [gap(15), span(look.show(line.replaceAll('\t', '  ')), 'strong')])
			: cli === undefined
				? []
				: wrap(look.show(fillCommand(cli, entry.resource)), Math.max(1, columns - 16)).map((line): Line => [gap(15), span(line, 'strong')]);
	return [...labelled('do', look.show(text), 'plain', columns), ...code, ...labelled('read', look.show(url), 'dim', columns)];
};

/** One answer in a line: verdict, reason, what others call it. */
const briefLines = (judgement: Judgement, entry: ResourceEntry, options: DetailOptions, look: Look, columns: number): readonly Line[] => {
	const face = verdictFace(judgement.verdict, judgement.severity, look.theme);
	const rule = options.catalogue.rules[judgement.ruleId];
	const ids = publishedIds(rule, look);
	const reason = look.show(judgement.reason);
	const isKnown = judgement.verdict !== 'UNKNOWN';
	const style: Style = isKnown ? 'dim' : 'plain';
	const fits = widthOf(reason) + widthOf(ids) + 8 <= columns;
	const lines = fits ? [reason] : wrap(reason, Math.max(1, columns - 4));
	return [
		...lines.map(
			(line, index): Line =>
				index === 0
					? spread(
							[words(' '), span(face.glyph, face.style), words(' '), span(line, style)],
							fits ? [span(ids, 'dim'), gap(1)] : [],
							columns,
						)
					: [gap(3), span(line, style)],
		),
		...liftLines(judgement, entry, rule, look, columns),
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

const findingLines = (entry: FindingEntry, look: Look, columns: number): readonly Line[] => {
	const {finding} = entry;
	const isActive = finding.recordState === 'active';
	const face = verdictFace('FAIL', finding.severity, look.theme);
	const score = finding.score === undefined ? ours('') : say` ${finding.score}`;
	const {resource} = finding;
	return [
		...wrap(look.show(finding.title), Math.max(10, columns - 20)).map(
			(line, index): Line =>
				index === 0
					? [words(' '), span(face.glyph, face.style), say2(face.word, score, isActive ? face.style : 'dim'), gap(3), span(line, 'strong')]
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

const say2 = (word: SafeText, score: SafeText, style: Style) => span(say` ${ours(word.toUpperCase())}${score}`, style);

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

const tagLines = ({resource}: ResourceEntry, look: Look, columns: number): readonly Line[] =>
	Object.entries(resource.tags).flatMap(([key, value]) => paragraph(say`${look.show(key)} = ${look.show(value)}`, 'plain', 3, columns));

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
