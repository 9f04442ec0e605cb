import {nearest} from '../config/nearest.js';
import {type Catalogue, type CatalogueRule, safeText, toCatalogue} from '../model/index.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {judged} from './registry.js';

/** A rule in full: what, why, what to do, what it reads, whose numbers it carries and where others judge otherwise. */
export const explain = async (words: readonly string[], flags: GlobalFlags, io: Io): Promise<number> => {
	const asked = words.join(' ').trim();
	const catalogue = toCatalogue(judged);
	const found = findRules(asked, catalogue);
	if (found.length === 0) {
		const near = nearest(asked, knownNames(catalogue), 5);
		io.note(
			safeText(
				`vedette: nothing is known of "${asked}"${near.length > 0 ? `; did you mean ${near.join(', ')}?` : '. "vedette rules" lists all rules'}`,
			),
		);
		return exitCode.usage;
	}

	if (flags.json === true) {
		await io.out(`${JSON.stringify(found, undefined, 2)}\n`);
		return exitCode.clean;
	}

	// A topic brings many rules: their titles, then, and not their pages.
	const text =
		found.length > 4
			? [
					`${found.length} rules about "${asked}":`,
					'',
					...found.map(rule => `${rule.id}  (${rule.severity.toLowerCase()})\n    ${rule.title}`),
				].join('\n')
			: found.map(page).join('\n\n');
	await io.out(`${text}\n`);
	return exitCode.clean;
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
		'',
		`  ${remediation.url}`,
	].join('\n');
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
