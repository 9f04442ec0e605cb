import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {acquireLock} from '../daemon/lock.js';
import {openLog} from '../daemon/log.js';
import {type Config, safeText} from '../model/index.js';
import {openStore} from '../store/open-store.js';
import {collectOnce} from './collect-once.js';
import {exitCode} from './exit-code.js';
import type {ExportFlags} from './export-flags.js';
import {verdictOf, writeStore} from './export-output.js';
import type {Io} from './io.js';
import {boardsOf, watchedServices} from './registry.js';

/** Collects here and now, and writes what came of it. */
export const exportOnce = async (flags: ExportFlags, config: Config, io: Io): Promise<number> => {
	// A state directory that was named keeps what was seen, so that the next run knows since when; else nothing is left behind.
	const keeps = flags.stateDir !== undefined || (io.environment['VEDETTE_STATE_DIR'] ?? '') !== '';
	const lock = keeps ? await acquireLock(config.stateDir) : undefined;
	if (lock?.held === false) {
		io.note(safeText(`vedette: ${lock.reason}. Leave out --once to export what it knows`));
		return lock.taken ? exitCode.temporary : exitCode.noPermission;
	}

	const dir = keeps ? config.stateDir : await mkdtemp(path.join(tmpdir(), 'vedette-once-'));
	const stop = new AbortController();
	const onSignal = (signal: NodeJS.Signals): void => stop.abort(new DOMException(signal, 'AbortError'));
	process.on('SIGINT', onSignal);
	process.on('SIGTERM', onSignal);
	const {log, close} = openLog({file: path.join(dir, 'once.log')});
	const store = await openStore({dir, now: io.now});
	try {
		const once = await collectOnce({
			config,
			services: watchedServices(config),
			boards: boardsOf(watchedServices(config)),
			store,
			log,
			signal: AbortSignal.any([stop.signal, AbortSignal.timeout(flags.deadline ?? 15 * 60_000)]),
			now: io.now,
			onProgress: (done, total, what) => io.progress(`${done} of ${total} · ${what}`),
		});
		io.progress('');
		if (stop.signal.aborted) {
			return exitCode.interrupted;
		}

		if (once.status === 'refused') {
			const {refusal, hint} = once;
			io.note(
				safeText(
					`vedette: ${refusal.iamAction} is ${refusal.status}: ${refusal.message}${hint === undefined ? '' : `. To mend it: ${hint}`}`,
				),
			);
			return refusal.status === 'unauthenticated' ? exitCode.credentials : exitCode.incomplete;
		}

		const overview = await writeStore(store, flags, config, io);
		if (once.undone > 0) {
			io.note(`vedette: ${once.undone} of ${once.total} collections were not made in time`);
		}

		return verdictOf(overview, flags, once.undone);
	} finally {
		process.off('SIGINT', onSignal);
		process.off('SIGTERM', onSignal);
		await store.close();
		close();
		if (lock?.held === true) {
			await lock.lock.release();
		}

		if (!keeps) {
			await rm(dir, {recursive: true, force: true});
		}
	}
};
