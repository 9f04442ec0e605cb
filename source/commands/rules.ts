import {problemText} from '../config/problem.js';
import {type CatalogueRule, toCatalogue} from '../model/index.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {judged} from './registry.js';
import {readSettings} from './settings.js';

/** Every rule with what the configuration makes of it. */
export const rules = async (flags: GlobalFlags & {readonly format?: 'text' | 'json'}, io: Io): Promise<number> => {
	const catalogue = toCatalogue(judged);
	const loaded = await readSettings(flags, io);
	if (!('config' in loaded)) {
		for (const problem of loaded.problems) {
			io.note(problemText(problem));
		}

		return exitCode.usage;
	}

	const overrides = loaded.config.rules;
	const all = Object.values(catalogue.rules).map(rule => ({
		...rule,
		enabled: overrides[rule.id]?.enabled ?? true,
		severity: overrides[rule.id]?.severity ?? rule.severity,
		settings: {...rule.settings, ...overrides[rule.id]?.settings},
	}));
	if (flags.json === true || flags.format === 'json') {
		await io.out(`${JSON.stringify(all, undefined, 2)}\n`);
		return exitCode.clean;
	}

	const width = Math.max(0, ...all.map(({id}) => id.length));
	for (const service of catalogue.services) {
		const own = all.filter(rule => rule.service === service.id);
		if (own.length > 0) {
			await io.out(`${service.title}\n`);
			await io.out(own.map(rule => `  ${ruleLine(rule, width)}\n`).join(''));
			await io.out('\n');
		}
	}

	await io.out(`${all.length} rules. Any of them in full: vedette explain RULE\n`);
	return exitCode.clean;
};

const ruleLine = (rule: CatalogueRule & {readonly enabled: boolean}, width: number): string =>
	[rule.id.padEnd(width), (rule.enabled ? rule.severity.toLowerCase() : 'off').padEnd(13), rule.title].join('  ');
