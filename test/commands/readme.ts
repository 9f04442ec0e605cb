import {boards, judged, services} from '../../source/commands/registry.js';
import {exampleConfig} from '../../source/config/example.js';
import {type Rule, toCatalogue} from '../../source/model/index.js';
import {topics} from '../../source/topics/index.js';
import {keyBindings} from '../../source/tui/key-bindings.js';

/** The parts of the README that follow from the program, by name. */
export const generatedParts: Readonly<Record<string, () => string>> = {
	keys: () =>
		[
			'| | key | |',
			'| --- | --- | --- |',
			...[...Map.groupBy(keyBindings, ({section}) => section)].flatMap(([section, bindings]) =>
				bindings.map(({keys, label}, index) => {
					const names = keys.map(key => `\`${keyNames[key] ?? key}\``).join(' ');
					return `| ${index === 0 ? section : ''} | ${names} | ${label} |`;
				}),
			),
		].join('\n'),
	configuration: () => {
		const intervals = services.map(({id, refresh}) => ({
			id,
			fullMs: refresh.full.everyMs,
			...(refresh.delta && {deltaMs: refresh.delta.everyMs}),
		}));
		return `\`\`\`yaml\n${exampleConfig({...toCatalogue(services), intervals})}\`\`\``;
	},
	topics: () =>
		[
			'| of the notes | is shown by |',
			'| --- | --- |',
			...topics.flatMap(({id, headings, shownBy: {rules = [], boards: shownOn = [], services: watchedBy = []}}) => {
				const shown = [
					...shownOn.map(board => `the board ${titleOf(board)}`),
					...watchedBy.map(service => `the panel ${titleOf(service)}`),
					...rules.map(rule => `\`${rule}\``),
				];
				return headings.map(heading => `| ${heading.replace(/ #\d+$/, '')} | \`vedette explain ${id}\`: ${shown.join(', ')} |`);
			}),
		].join('\n'),
	reference: () =>
		[...services, ...boards]
			.map(({title, operations, kinds, reports}) => {
				const rules = kinds.flatMap(kind => kind.rules);
				const brings = [...kinds.map(kind => kind.title.toLowerCase()), ...(reports === undefined ? [] : ['the findings it reports'])].join(
					', ',
				);
				return [
					`<details>\n<summary><b>${title}</b>: ${brings}; ${rules.length} rules${Object.keys(operations).length === 0 ? '' : `, ${Object.keys(operations).length} operations`}</summary>\n`,
					'| rule | severity | what should be | known as |',
					'| --- | --- | --- | --- |',
					...rules.map(ruleRow),
					'\n</details>',
				].join('\n');
			})
			.join('\n\n'),
};

const titleOf = (id: string): string => judged.find(one => one.id === id)?.title ?? id;

const keyNames: Readonly<Record<string, string>> = {' ': 'space'};

const ruleRow = ({id, severity, title, published}: Rule): string => {
	const known = [...published.securityControlIds, ...published.cis.slice(-1).map(cis => `CIS ${cis}`)].join(', ');
	return `| \`${id}\` | ${severity.toLowerCase()} | ${title.replaceAll('|', String.raw`\|`)} | ${known} |`;
};

/** The text with each generated part made anew. */
export const refreshed = (text: string): string =>
	text.replaceAll(/(?<open><!-- generated: (?<name>\w+) -->)[\s\S]*?(?<end><!-- end -->)/g, (whole, ...rest: unknown[]) => {
		// The last argument of a replacer is the groups, since the expression has named ones.
		const {open, name = '', end} = rest.at(-1) as Readonly<Record<string, string>>;
		const part = generatedParts[name];
		return part === undefined ? whole : `${open}\n\n${part()}\n\n${end}`;
	});
