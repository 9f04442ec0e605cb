import {toCatalogue} from '../model/index.js';
import {createLook} from '../view/look.js';
import {directories} from './directories.js';
import {unreadCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {lastLook} from './last-look.js';
import {endCode, hasScreen, localZone, openLive, plainThemeFor, themeFor} from './live.js';
import {overviewText, settledOverview} from './plain-overview.js';

/** The screen, or the overview as text or JSON where there is no screen to draw on. */
export const watch = async (flags: GlobalFlags, io: Io): Promise<number> => {
	const drawn = hasScreen(flags, io);
	// The daemon is looked for while the screen's code is read.
	const loading = drawn ? Promise.all([import('../tui/index.js'), import('./registry.js')]) : undefined;
	const live = await openLive(flags, io);
	if (typeof live === 'number') {
		return live;
	}

	const {watcher, started} = live;
	try {
		if (loading === undefined) {
			const overview = await settledOverview(watcher, started);
			const look = createLook({theme: plainThemeFor(flags, io), timeZone: localZone()})(io.now());
			await io.out(
				flags.json === true
					? `${JSON.stringify(overview, undefined, 2)}\n`
					: overviewText(overview, watcher.state(), look, process.stdout.columns ?? 100),
			);
			return unreadCode(overview.panels, overview);
		}

		const [{runTui}, {judged}] = await loading;
		const looked = lastLook(directories(flags, io).stateDir);
		const {endedBy} = await runTui({
			watcher,
			now: io.now,
			catalogue: toCatalogue(judged),
			theme: themeFor(flags, io),
			timeZone: localZone(),
			lastLookedAt: looked.at(),
			onLooked: looked.remember,
			stdin: process.stdin,
			stdout: process.stdout,
		});
		return endCode(endedBy);
	} finally {
		await watcher.close();
	}
};
