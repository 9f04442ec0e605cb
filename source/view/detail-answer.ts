import {
	type Catalogue,
	type CatalogueRule,
	type Detail,
	type Judgement,
	ours,
	type Refusal,
	type ResourceEntry,
	type SafeText,
} from '../model/index.js';
import {labelled, paragraph} from './detail-parts.js';
import {gap, type Line, type Style, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {commandFor, fillTerraform} from './remediation.js';
import {verdictFace} from './theme.js';
import {age, exact, relative} from './time.js';
import {widthOf, wrap} from './width.js';

/** What the detail of a resource is told with. */
export type DetailOptions = {
	readonly catalogue: Catalogue;
	/** The answer that was asked about, where it is not the worst: the rule id behind `#` in a row's key. */
	readonly ruleId: string | undefined;
	readonly terraform: boolean;
};

/** `KMS.4 · CIS v3.0 3.6 · kms_cmk_rotation_enabled`: what others call the same question. */
const publishedIds = (rule: CatalogueRule | undefined, look: Look): SafeText => {
	if (rule === undefined) {
		return ours('');
	}

	const {securityControlIds, cis, prowler} = rule.published;
	return look.show([...securityControlIds, ...cis.map(id => `CIS ${id}`), ...prowler].join(' · '));
};

/** One answer in full. */
export const answerLines = (
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
		...(judgement.verdict === 'FAIL' && rule !== undefined ? remedyLines(judgement, rule, entry, options.terraform, look, columns) : []),
	];
};

const evidenceLines = ({evidence}: Judgement, entry: ResourceEntry, detail: Detail, look: Look, columns: number): readonly Line[] => {
	if (evidence === undefined) {
		return [];
	}

	// What gave no answer was not read when the others were.
	const isRead = !Object.hasOwn(entry.resource.unread, evidence.operation);
	const readAt = entry.resource.readAt[evidence.operation] ?? (isRead ? detail.snapshot?.capturedAt : undefined);
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

	// Another rule's refusal is not why this one has no answer: an answer may also be unknown because of what was read.
	const shown = Object.values(entry.resource.unread).filter(({iamAction}) => rule === undefined || rule.iamActions.includes(iamAction));
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

const remedyLines = (
	judgement: Judgement,
	rule: CatalogueRule,
	entry: ResourceEntry,
	terraform: boolean,
	look: Look,
	columns: number,
): readonly Line[] => {
	const {text, terraform: hcl, url} = rule.remediation;
	const command = commandFor(judgement, rule, entry.resource);
	const code =
		terraform && hcl !== undefined
			? fillTerraform(hcl, entry.resource)
					.split('\n')
					.map((line): Line => [gap(15), span(look.show(line.replaceAll('\t', '  ')), 'strong')])
			: command === undefined
				? []
				: wrap(look.show(command), Math.max(1, columns - 16)).map((line): Line => [gap(15), span(line, 'strong')]);
	return [...labelled('do', look.show(text), 'plain', columns), ...code, ...labelled('read', look.show(url), 'dim', columns)];
};

/** One answer in a line: verdict, reason, what others call it. */
export const briefLines = (
	judgement: Judgement,
	entry: ResourceEntry,
	options: DetailOptions,
	look: Look,
	columns: number,
): readonly Line[] => {
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
