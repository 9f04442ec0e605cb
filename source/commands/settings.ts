import {type Loaded, loadConfig} from '../config/load.js';
import {problemText} from '../config/problem.js';
import {type Config, toCatalogue} from '../model/index.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {judged, services} from './registry.js';

/** The configuration with its mistakes as values. */
export const readSettings = async (flags: GlobalFlags, io: Io): Promise<Loaded> =>
	loadConfig({
		flags,
		environment: io.environment,
		machine: io.machine,
		known: {services: toCatalogue(services).services, rules: toCatalogue(judged).rules},
	});

/** The configuration, or undefined after every mistake in it has been told. */
export const settingsOrTold = async (flags: GlobalFlags, io: Io): Promise<Config | undefined> => {
	const loaded = await readSettings(flags, io);
	if ('config' in loaded) {
		return loaded.config;
	}

	for (const problem of loaded.problems) {
		io.note(problemText(problem));
	}

	return undefined;
};
