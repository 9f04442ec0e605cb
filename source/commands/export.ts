import {exitCode} from './exit-code.js';
import type {ExportFlags} from './export-flags.js';
import type {Io} from './io.js';
import {settingsOrTold} from './settings.js';

/** Writes what is known, from the cache or, with `--once`, collected here and now. */
export const exportCommand = async (flags: ExportFlags, io: Io): Promise<number> => {
	if (flags.schema === true) {
		const {exportJsonSchema} = await import('../export/schema.js');
		await io.out(`${JSON.stringify(exportJsonSchema(), undefined, '\t')}\n`);
		return exitCode.clean;
	}

	const config = await settingsOrTold(flags, io);
	if (config === undefined) {
		return exitCode.usage;
	}

	// Each loads what only it needs: an export from the cache knows nothing of AWS.
	return flags.once === true
		? (await import('./export-once.js')).exportOnce(flags, config, io)
		: (await import('./export-cache.js')).exportCache(flags, config, io);
};
