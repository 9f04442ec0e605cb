import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {open, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {exportJson} from '../export/json.js';
import type {EntryLines} from '../export/lines.js';
import {type Config, severities} from '../model/index.js';
import type {Store} from '../store/port.js';
import {exitCode} from './exit-code.js';
import type {ExportFlags} from './export-flags.js';
import {type Exported, exportSource} from './export-source.js';
import type {Io} from './io.js';
import {redactorFor} from './redaction.js';

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

export const writeStore = async (store: Store, flags: ExportFlags, config: Config, io: Io): Promise<Exported['overview']> =>
	writeDocument(await exportSource(store, config, await redactorFor(flags, io), io.now()), flags, io);

/** Writes the document to where the flags say. `lines` writes the entries, if not this thread. */
export const writeDocument = async (
	{source, overview}: Exported,
	flags: ExportFlags,
	io: Io,
	lines?: EntryLines,
): Promise<Exported['overview']> => {
	const chunks = exportJson(source, {ascii: flags.ascii === true, ...(lines && {lines})});
	if (flags.output === undefined || flags.output === '-') {
		for await (const chunk of chunks) {
			await io.out(chunk);
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
		for await (const chunk of chunks) {
			// There is nothing else to do meanwhile, and handing each piece to another thread takes as long as writing it.
			writeFileSync(handle.fd, chunk);
		}

		await handle.close();
		await rename(temporary, file);
	} catch (error) {
		await handle.close().catch(() => undefined);
		await rm(temporary, {force: true});
		throw error;
	}
};
