import {defaultConfigFile} from '../config/directories.js';
import {exampleConfig} from '../config/example.js';
import {problemText} from '../config/problem.js';
import {type Config, safeText, toCatalogue} from '../model/index.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {services} from './registry.js';
import {readSettings} from './settings.js';

export const configActions = ['show', 'check', 'example'] as const;

/** What is in force and where it came from, whether the file is right, or a file to start from. */
export const config = async (action: (typeof configActions)[number], flags: GlobalFlags, io: Io): Promise<number> => {
	if (action === 'example') {
		const intervals = services.map(({id, refresh}) => ({
			id,
			fullMs: refresh.full.everyMs,
			...(refresh.delta && {deltaMs: refresh.delta.everyMs}),
		}));
		await io.out(exampleConfig({...toCatalogue(services), intervals}));
		return exitCode.clean;
	}

	const loaded = await readSettings(flags, io);
	if (!('config' in loaded)) {
		for (const problem of loaded.problems) {
			io.note(problemText(problem));
		}

		if (action === 'check') {
			const {length} = loaded.problems;
			io.note(`${length} ${length === 1 ? 'mistake' : 'mistakes'}`);
		}

		return exitCode.usage;
	}

	const {config: effective, origins} = loaded;
	if (action === 'check') {
		await io.out(
			effective.file === undefined
				? `There is no file ${safeText(defaultConfigFile(io.environment, io.machine))}; the defaults are in force.\n`
				: `${safeText(effective.file)} is right.\n`,
		);
		return exitCode.clean;
	}

	// An external id is a shared secret of sorts: shown as set, never as it is.
	const shown = {...effective, externalId: effective.externalId === undefined ? undefined : '(set)'};
	if (flags.json === true) {
		await io.out(`${JSON.stringify({config: shown, origins}, undefined, 2)}\n`);
		return exitCode.clean;
	}

	for (const [name, value] of Object.entries(shown)) {
		// Names of this object's own members.
		const origin = origins[name as keyof Config];
		const text = value === undefined ? (defaults[name] ?? '–') : typeof value === 'string' ? value : JSON.stringify(value);
		await io.out(`${name.padEnd(16)} ${safeText(text)}${origin === undefined || origin === 'default' ? '' : `   (${origin})`}\n`);
	}

	return exitCode.clean;
};

const defaults: Readonly<Record<string, string>> = {
	profile: "the SDK's own choice",
	roleArn: 'none',
	externalId: 'none',
	regions: 'all that are enabled in the account',
	endpointUrl: 'AWS',
	services: 'all',
	file: 'none',
};
