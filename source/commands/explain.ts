import {nearest} from '../config/nearest.js';
import {type Catalogue, type CatalogueRule, safeText, type Topic, toCatalogue} from '../model/index.js';
import {topics} from '../topics/index.js';
import {placeholdersIn} from '../view/remediation.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {judged} from './registry.js';

/** A rule in full (what, why, what to do, what it reads, whose numbers it carries, where others judge otherwise), or a topic. */
export const explain = async (words: readonly string[], flags: GlobalFlags, io: Io): Promise<number> => {
	const asked = words.join(' ').trim();
	const catalogue = toCatalogue(judged);
	const {rules, topics: about} = findAll(asked, catalogue);
	if (rules.length === 0 && about.length === 0) {
		const near = nearest(asked, knownNames(catalogue), 5);
		io.note(
			safeText(
				`vedette: nothing is known of "${asked}"${near.length > 0 ? `; did you mean ${near.join(', ')}?` : '. "vedette rules" lists all rules'}`,
			),
		);
		return exitCode.usage;
	}

	if (flags.json === true) {
		await io.out(`${JSON.stringify(about.length === 0 ? rules : {topics: about, rules}, undefined, 2)}\n`);
		return exitCode.clean;
	}

	const pages = [
		...(about.length > mostPages ? [topicList(about, asked)] : about.map(topicPage)),
		...(rules.length > mostPages ? [ruleList(rules, asked)] : rules.map(page)),
	];
	await io.out(`${pages.join('\n\n')}\n`);
	return exitCode.clean;
};

/** A word brings many topics and rules: their titles, then, and not their pages. */
const mostPages = 4;

const topicList = (about: readonly Topic[], asked: string): string =>
	[`${about.length} topics about "${asked}":`, '', ...about.map(({id, title}) => `${id}\n    ${title}`)].join('\n');

const ruleList = (rules: readonly CatalogueRule[], asked: string): string =>
	[
		`${rules.length} rules about "${asked}":`,
		'',
		...rules.map(rule => `${rule.id}  (${rule.severity.toLowerCase()})\n    ${rule.title}`),
	].join('\n');

/** What is asked by its own name is answered alone; a word brings topics and rules alike. */
const findAll = (asked: string, catalogue: Catalogue): {readonly rules: readonly CatalogueRule[]; readonly topics: readonly Topic[]} => {
	const about = findTopics(asked);
	const name = asked.toLowerCase();
	const named = about.filter(({id, title}) => id === name.replaceAll(/\s+/g, '-') || title.toLowerCase() === name);
	if (named.length > 0) {
		return {rules: [], topics: named};
	}

	const rules = findRules(asked, catalogue);
	const isName = rules.some(({id, service}) => id === name || service === name) || /^[A-Za-z0-9]+\.\d+/.test(asked);
	return {rules, topics: isName ? [] : about};
};

/** Topics whose title, headings or text have all the words. */
export const findTopics = (asked: string): readonly Topic[] => {
	const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.join('').length < 3) {
		return [];
	}

	const has = (texts: readonly string[]) => words.every(word => texts.some(text => text.toLowerCase().includes(word)));
	const byTitle = topics.filter(({id, title}) => has([id, title]));
	return byTitle.length > 0 ? byTitle : topics.filter(({headings, text, changed = ''}) => has([...headings, text, changed]));
};

const topicPage = ({title, text, changed, shownBy}: Topic): string => {
	const {rules = [], boards = [], services = []} = shownBy;
	const shown = [...boards.map(id => `vedette panel ${id}`), ...services.map(id => `vedette panel ${id}`)];
	return [
		title,
		'',
		wrap(text, '  '),
		...(changed === undefined ? [] : ['', wrap(`Changed: ${changed}`, '  ')]),
		...(shown.length === 0 ? [] : ['', ...shown.map(line => `  ${line}`)]),
		...(rules.length === 0 ? [] : ['', ...rules.map(id => `  vedette explain ${id}`)]),
	].join('\n');
};

/** By rule id, by a published id (Security Hub, CIS, Prowler), by service, or by a word of its texts; the first that finds any. */
export const findRules = (asked: string, catalogue: Catalogue): readonly CatalogueRule[] => {
	const rules = Object.values(catalogue.rules);
	const wanted = asked.toLowerCase().trim();
	if (wanted === '') {
		return [];
	}

	const bare = wanted.replace(/^(?:cis|security hub|securityhub|prowler)\s+/, '');
	const steps: ReadonlyArray<(rule: CatalogueRule) => boolean> = [
		rule => rule.id === wanted,
		({published}) =>
			published.securityControlIds.some(id => id.toLowerCase() === bare) ||
			published.prowler.some(id => id.toLowerCase() === bare) ||
			// CIS ids carry a version, which few people say.
			published.cis.some(id => id.toLowerCase() === bare || id.toLowerCase().split(' ').at(-1) === bare),
		rule => rule.service === wanted,
		({id, title, rationale, note = '', iamActions}) =>
			wanted.length > 2 &&
			wanted.split(/\s+/).every(word => [id, title, rationale, note, ...iamActions].some(text => text.toLowerCase().includes(word))),
	];
	for (const matches of steps) {
		const found = rules.filter(matches);
		if (found.length > 0) {
			return found;
		}
	}

	return [];
};

const knownNames = (catalogue: Catalogue): readonly string[] => [
	...new Set([
		...topics.map(({id}) => id),
		...catalogue.services.map(({id}) => id),
		...Object.values(catalogue.rules).flatMap(({id, published}) => [
			id,
			...published.securityControlIds,
			...published.prowler,
			...id.split('-').filter(word => word.length > 3),
		]),
	]),
];

const page = (rule: CatalogueRule): string => {
	const {published, remediation} = rule;
	const settings = Object.entries(rule.settings);
	const ids = [
		...published.securityControlIds.map(id => `Security Hub ${id}`),
		...published.cis.map(id => `CIS AWS Foundations ${id}`),
		...published.prowler.map(id => `Prowler ${id}`),
	];
	return [
		rule.id,
		`  ${rule.title}`,
		'',
		field('Severity', rule.severity.toLowerCase()),
		field('Judges', rule.resourceType),
		field('Reads', rule.iamActions.join(', ') || 'the listing alone'),
		...(settings.length > 0 ? [field('Settings', settings.map(([name, value]) => `${name}: ${value}`).join(', '))] : []),
		field('Known as', ids.join(', ') || 'nobody else asks this'),
		'',
		wrap(rule.rationale, '  '),
		...(rule.note === undefined ? [] : ['', wrap(`Note: ${rule.note}`, '  ')]),
		'',
		wrap(`Do: ${remediation.text}`, '  '),
		...(remediation.cli === undefined ? [] : ['', indent(remediation.cli, '    ')]),
		...(remediation.terraform === undefined ? [] : ['', indent(remediation.terraform, '    ')]),
		...placeholderLines(remediation),
		'',
		`  ${remediation.url}`,
	].join('\n');
};

/** What stands in braces, where anything does: a rule has no resource of which to fill it in. */
const placeholderLines = ({cli = '', terraform = ''}: CatalogueRule['remediation']): readonly string[] => {
	const found = placeholdersIn(`${cli} ${terraform}`);
	const words = found.length < 2 ? found.join('') : `${found.slice(0, -1).join(', ')} and ${found.at(-1)}`;
	return found.length === 0
		? []
		: ['', wrap(`${words} ${found.length === 1 ? 'stands' : 'stand'} for the resource’s own: its page has them filled in.`, '  ')];
};

const field = (name: string, value: string): string => wrap(value, ' '.repeat(12)).replace(/^ {12}/, `  ${name.padEnd(10)}`);

const indent = (text: string, margin: string): string =>
	text
		.split('\n')
		.map(line => `${margin}${line}`)
		.join('\n');

/** Lines of at most 96 columns. Our own texts are narrow characters throughout. */
const wrap = (text: string, margin: string): string => {
	const lines: string[] = [];
	let line = margin;
	for (const word of text.split(/\s+/)) {
		if (line.length + word.length > 96 && line.trim() !== '') {
			lines.push(line.trimEnd());
			line = margin;
		}

		line += `${word} `;
	}

	return [...lines, line.trimEnd()].join('\n');
};
