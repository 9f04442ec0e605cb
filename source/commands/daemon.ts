import {connect} from '../client/connect.js';
import {tellDaemon} from '../client/control.js';
import {createGate} from '../collect/gate.js';
import {problemText} from '../config/problem.js';
import {openLog} from '../daemon/log.js';
import {runDaemon} from '../daemon/run-daemon.js';
import {safeText} from '../model/index.js';
import {openStore} from '../store/open-store.js';
import {shortSpan} from '../view/time.js';
import {backgroundDaemon} from './background.js';
import {directories} from './directories.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {firstState} from './open-watcher.js';
import {boards, services} from './registry.js';
import {readSettings, settingsOrTold} from './settings.js';
import {successorFlags} from './successor.js';
import {version} from './version.js';

type DaemonFlags = GlobalFlags & {
	readonly foreground?: boolean;
	/** Started by a viewer, and to be started by one again should it die. */
	readonly forViewers?: boolean;
};

/** Runs the daemon here, starts it in the background, or tells or asks the one that runs. */
export const daemon = async (action: string | undefined, flags: DaemonFlags, io: Io): Promise<number> => {
	if (action === 'stop' || action === 'reload') {
		const told = await tellDaemon(directories(flags, io).runtimeDir, version, action);
		await io.out(`${safeText(told.text)}\n`);
		return told.done ? exitCode.clean : told.running ? exitCode.temporary : exitCode.unavailable;
	}

	if (action === 'status') {
		return health(flags, io);
	}

	return flags.foreground === true ? foreground(flags, io) : background(flags, io);
};

const background = async (flags: GlobalFlags, io: Io): Promise<number> => {
	// Told here, by line and column, rather than by a daemon that dies behind one's back.
	if ((await settingsOrTold(flags, io)) === undefined) {
		return exitCode.configuration;
	}

	const ensured = await backgroundDaemon(flags, directories(flags, io));
	if (!ensured.running) {
		io.note(safeText(`vedette: ${ensured.reason}`));
		return ensured.exitCode ?? exitCode.unavailable;
	}

	await io.out(`${ensured.started ? 'The daemon runs now' : 'A daemon runs already'}, with pid ${ensured.pid}.\n`);
	return exitCode.clean;
};

const foreground = async (flags: DaemonFlags, io: Io): Promise<number> => {
	const {log} = openLog({file: undefined});
	const loaded = await readSettings(flags, io);
	if (!('config' in loaded)) {
		for (const problem of loaded.problems) {
			log.error(problemText(problem));
		}

		return exitCode.configuration;
	}

	return runDaemon({
		config: loaded.config,
		services,
		boards,
		version,
		openStore: async ({stateDir}) => openStore({dir: stateDir, now: io.now}),
		openGate: (config, store) => createGate({config, cache: store.answerCache}),
		async reload() {
			const again = await readSettings(flags, io);
			return 'config' in again ? again.config : again.problems.map(problem => problemText(problem)).join('; ');
		},
		log,
		...(flags.forViewers === true && {successor: successorFlags(flags, io)}),
	});
};

const health = async (flags: GlobalFlags, io: Io): Promise<number> => {
	const watcher = connect({runtimeDir: directories(flags, io).runtimeDir, version});
	try {
		const state = await firstState(watcher);
		const found = state.status === 'live' ? await watcher.health() : undefined;
		if (found === undefined) {
			await io.out(flags.json === true ? 'null\n' : `${state.status === 'lost' ? safeText(state.reason) : 'The daemon does not answer'}\n`);
			return exitCode.unavailable;
		}

		if (flags.json === true) {
			await io.out(`${JSON.stringify(found, undefined, 2)}\n`);
			return exitCode.clean;
		}

		const lines: ReadonlyArray<readonly [string, string]> = [
			['pid', String(found.pid)],
			['version', found.version],
			['running for', shortSpan(found.uptimeMs)],
			['memory', `${Math.round(found.rssBytes / 2 ** 20)} MiB`],
			['entries', found.entries.toLocaleString('en')],
			['viewers', String(found.viewers)],
			['cache', `${found.store.path}, ${(found.store.bytes / 2 ** 20).toFixed(1)} MiB, ${found.store.errors} errors`],
			['last progress', found.lastProgressAt ?? 'none yet'],
			...found.degraded.map(sentence => ['degraded', sentence] as const),
		];
		await io.out(lines.map(([name, value]) => `${name.padEnd(14)} ${safeText(value)}\n`).join(''));
		return exitCode.clean;
	} finally {
		await watcher.close();
	}
};
