import {randomBytes} from 'node:crypto';
import {mkdtemp, open, rename, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openConnection} from '../client/connection.js';
import {acquireLock} from '../daemon/lock.js';
import {openLog} from '../daemon/log.js';
import {exportJson} from '../export/json.js';
import {type Config, type Severity, safeText, severities} from '../model/index.js';
import {openCacheReader} from '../store/cache-reader.js';
import {NoCache} from '../store/open-reader.js';
import {openStore} from '../store/open-store.js';
import type {Store} from '../store/port.js';
import {age} from '../view/time.js';
import {collectOnce} from './collect-once.js';
import {exitCode} from './exit-code.js';
import {type Exported, exportSource, readerSource} from './export-source.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {redactorFor} from './redaction.js';
import {boardsOf, watchedServices} from './registry.js';
import {settingsOrTold} from './settings.js';
import {version} from './version.js';

export type ExportFlags = GlobalFlags & {
	readonly output?: string;
	readonly once?: boolean;
	readonly failOn?: Severity;
	readonly maxUnknown?: number;
	readonly deadline?: number;
	readonly schema?: boolean;
};

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

	return flags.once === true ? exportOnce(flags, config, io) : exportCache(flags, config, io);
};

const exportCache = async (flags: ExportFlags, config: Config, io: Io): Promise<number> => {
	let overview: Exported['overview'];
	try {
		overview = await (flags.redact === true ? writeRedacted : writeRead)(flags, config, io);
	} catch (error) {
		if (!(error instanceof NoCache)) {
			throw error;
		}

		io.note(safeText(`vedette: ${error.message}. To collect without a daemon: vedette export --once`));
		return exitCode.incomplete;
	}

	if (flags.offline !== true) {
		const daemon = await openConnection({runtimeDir: config.runtimeDir, version, onFrame() {}, onEnd() {}});
		if (typeof daemon === 'string') {
			io.note(safeText(`vedette: ${daemon.toLowerCase()}; this is the cache of ${age(overview.now, io.now())} ago`));
		} else {
			daemon.close();
		}
	}

	return verdictOf(overview, flags, 0);
};

/** From the file, in one pass: an index in memory would cost more than the export. */
const writeRead = async (flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> => {
	const reader = openCacheReader(config.stateDir);
	try {
		return await write(readerSource(reader, config, io.now()), flags, io);
	} finally {
		reader.close();
	}
};

const writeRedacted = async (flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> => {
	const store = await openStore({dir: config.stateDir, now: io.now, readonly: true});
	try {
		return await writeStore(store, flags, config, io);
	} finally {
		await store.close();
	}
};

const exportOnce = async (flags: ExportFlags, config: Config, io: Io): Promise<number> => {
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

/** Collections after which nothing is hidden. */
const whole: ReadonlySet<string> = new Set(['ok', 'partial', 'not-enabled', 'not-available']);

/** What the numbers come to for a script. A collection that brought nothing counts as one that is UNKNOWN: no silence passes. */
export const verdictOf = (
	overview: Omit<Exported['overview'], 'now'>,
	flags: Pick<ExportFlags, 'failOn' | 'maxUnknown'>,
	undone: number,
): number => {
	const {failOn, maxUnknown} = flags;
	const snapshots = overview.panels.flatMap(panel => panel.snapshots);
	if (failOn !== undefined && severities.slice(severities.indexOf(failOn)).some(severity => overview.counts[severity] > 0)) {
		return exitCode.findings;
	}

	const blind = snapshots.filter(({outcome}) => !whole.has(outcome.status)).length + undone;
	const knowsNothing = snapshots.every(({capturedAt}) => capturedAt === undefined);
	if (knowsNothing && snapshots.some(({outcome}) => outcome.status === 'unauthenticated')) {
		return exitCode.credentials;
	}

	return knowsNothing || undone > 0 || (maxUnknown !== undefined && overview.counts.unknown + blind > maxUnknown)
		? exitCode.incomplete
		: exitCode.clean;
};

const writeStore = async (store: Store, flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> =>
	write(await exportSource(store, config, await redactorFor(flags, io), io.now()), flags, io);

const write = async ({source, overview}: Exported, flags: ExportFlags, io: Io): Promise<Exported['overview']> => {
	const chunks = exportJson(source, {ascii: flags.ascii === true});
	if (flags.output === undefined || flags.output === '-') {
		for await (const chunk of chunks) {
			await io.out(chunk.toString());
		}
	} else {
		await writeFile(path.resolve(flags.output), chunks);
	}

	return overview;
};

/** The whole file or none of it, closed to others, in place of whatever had the name: a link is replaced, not followed. */
const writeFile = async (file: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
	const temporary = `${file}.${randomBytes(6).toString('hex')}`;
	const handle = await open(temporary, 'wx', 0o600);
	try {
		// The next piece is made while this one is written.
		let writing: Promise<unknown> = Promise.resolve();
		for await (const chunk of chunks) {
			await writing;
			writing = handle.writeFile(chunk);
			// Awaited above or below, unless the source fails first.
			writing.catch(() => undefined);
		}

		await writing;
		await handle.close();
		await rename(temporary, file);
	} catch (error) {
		await handle.close().catch(() => undefined);
		await rm(temporary, {force: true});
		throw error;
	}
};
