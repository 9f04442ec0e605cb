import {didYouMean} from '../config/nearest.js';
import {safeText} from '../model/index.js';
import {createLook} from '../view/look.js';
import {exitCode, unreadCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {endCode, hasScreen, localZone, openLive, plainThemeFor, themeFor} from './live.js';
import {linesText, panelLines, settledOverview} from './plain-overview.js';
import {judged} from './registry.js';

/** One service in a small live pane, or as text where there is no screen. */
export const panel = async (name: string, flags: GlobalFlags, io: Io): Promise<number> => {
	const service = findService(name);
	if (service === undefined) {
		const names = judged.map(({id}) => id);
		io.note(safeText(`vedette: no panel is called "${name}"${didYouMean(name, names) || `; there are ${names.join(', ')}`}`));
		return exitCode.usage;
	}

	const drawn = hasScreen(flags, io);
	const loading = drawn ? import('../tui/index.js') : undefined;
	const live = await openLive(flags, io);
	if (typeof live === 'number') {
		return live;
	}

	const {watcher, started} = live;
	try {
		if (loading !== undefined) {
			const {panelPane} = await loading;
			const {endedBy} = await panelPane({
				watcher,
				now: io.now,
				service,
				theme: themeFor(flags, io),
				timeZone: localZone(),
				stdin: process.stdin,
				stdout: process.stdout,
			});
			return endCode(endedBy);
		}

		const overview = await settledOverview(watcher, started);
		const found = overview.panels.find(({id}) => id === service);
		if (found === undefined) {
			io.note(safeText(`vedette: ${service} is not watched; the configuration leaves it out`));
			return exitCode.usage;
		}

		const look = createLook({theme: plainThemeFor(flags, io), timeZone: localZone()})(io.now());
		await io.out(
			flags.json === true
				? `${JSON.stringify(found, undefined, 2)}\n`
				: linesText(panelLines(found, overview, look, process.stdout.columns ?? 100), look),
		);
		return unreadCode([found], overview);
	} finally {
		await watcher.close();
	}
};

/** By id, by title, or by a word of the title that no other has: `certificates`. */
const findService = (name: string): string | undefined => {
	const wanted = name.toLowerCase();
	const exact = judged.find(({id, title}) => id === wanted || title.toLowerCase() === wanted);
	const partial = judged.filter(({id, title}) => id.startsWith(wanted) || title.toLowerCase().includes(wanted));
	return exact?.id ?? (partial.length === 1 ? partial[0]?.id : undefined);
};
