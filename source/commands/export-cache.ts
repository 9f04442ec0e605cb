import {availableParallelism} from 'node:os';
import {openConnection} from '../client/connection.js';
import {type Config, safeText, toCatalogue} from '../model/index.js';
import {type CacheReader, openCacheReader} from '../store/cache-reader.js';
import {NoCache} from '../store/open-reader.js';
import {openStore} from '../store/open-store.js';
import {age} from '../view/time.js';
import {exitCode} from './exit-code.js';
import type {ExportFlags} from './export-flags.js';
import {verdictOf, writeDocument, writeStore} from './export-output.js';
import {type Exported, momentOf, readerSource} from './export-source.js';
import type {Io} from './io.js';
import {type LineWriters, lineWriters} from './line-writers.js';
import {judged} from './registry.js';
import {version} from './version.js';

/** Writes what the cache holds. */
export const exportCache = async (flags: ExportFlags, config: Config, io: Io): Promise<number> => {
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

/**
 * Of a cache larger than this, the lines are written by threads: below it, starting them takes longer than they save. Measured at
 * 100,000 findings on two cores: 1.8 s with two threads, 2.5 s without.
 */
const threadsFromBytes = 32 * 1024 * 1024;
const threads = 2;

/** From the file, in one pass: an index in memory would cost more than the export. */
const writeRead = async (flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> => {
	const reader = openCacheReader(config.stateDir);
	let writers: LineWriters | undefined;
	try {
		// They start while this thread counts.
		writers = reader.bytes < threadsFromBytes || availableParallelism() < threads ? undefined : startWriters(reader, config, io.now());
		const read = readerSource(reader, config, io.now());
		return await writeDocument(read, flags, io, writers?.lines(read.slots));
	} finally {
		await writers?.close();
		reader.close();
	}
};

const startWriters = ({headers}: CacheReader, {stateDir, mutes}: Config, now: string): LineWriters =>
	lineWriters(threads, {stateDir, headers, catalogue: toCatalogue(judged), mutes, generatedAt: momentOf(headers, now)});

const writeRedacted = async (flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> => {
	const store = await openStore({dir: config.stateDir, now: io.now, readonly: true});
	try {
		return await writeStore(store, flags, config, io);
	} finally {
		await store.close();
	}
};
