import {mkdtemp, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import type {Entry} from '../../source/model/index.js';
import {openStore} from '../../source/store/open-store.js';
import {type Account, now} from './account.js';
import {type Figure, median, megabytes, milliseconds} from './figures.js';
import {bareNode, memoryOf, program, type RunningDaemon, runNode} from './program.js';

const commitSize = 500;

/** Everything that is known of the large account, written anew. Reading it is not counted. */
export const measureIngest = async (large: Account): Promise<readonly Figure[]> => {
	const dir = await mkdtemp(path.join(tmpdir(), 'vdb-'));
	const from = await openStore({dir: large.stateDir, now, readonly: true});
	const to = await openStore({dir, now});
	let findings = 0;
	let tookMs = 0;
	let cpuMs = 0;
	let batch: Entry[] = [];
	const write = async (): Promise<void> => {
		const startedMs = performance.now();
		const cpu = process.cpuUsage();
		await to.commit({upserts: batch, removals: [], changes: []});
		const {user, system} = process.cpuUsage(cpu);
		tookMs += performance.now() - startedMs;
		cpuMs += (user + system) / 1000;
		batch = [];
	};
	try {
		for await (const entry of from.entries()) {
			findings += entry.entry === 'finding' ? 1 : 0;
			if (batch.push(entry) === commitSize) {
				await write();
			}
		}

		await write();
		return [
			{
				name: `ingest of ${findings.toLocaleString('en')} findings and ${(to.health().entries - findings).toLocaleString('en')} resources, by ${commitSize}`,
				budget: '≤ 5 s',
				measured: milliseconds(tookMs),
				baseline: `${milliseconds(cpuMs)} CPU`,
				ratio: (tookMs / cpuMs).toFixed(2),
				within: tookMs <= 5000,
			},
		];
	} finally {
		await from.close();
		await to.close();
		await rm(dir, {recursive: true, force: true});
	}
};

/** A restart, and what serving costs. `daemons`: several starts on the same cache, the last still up. */
export const daemonFigures = async (large: Account, startsMs: readonly number[], daemon: RunningDaemon): Promise<readonly Figure[]> => {
	const bare = await bareNode(large.environment, true);
	const {bytes, peakBytes} = memoryOf(daemon.pid);
	return [
		{
			name: `restart to serving, ${large.name}, median of ${startsMs.length}`,
			budget: '≤ 2 s',
			measured: milliseconds(median(startsMs)),
			baseline: `${milliseconds(bare.wallMs)} node -e 0`,
			ratio: (median(startsMs) / bare.wallMs).toFixed(1),
			within: median(startsMs) <= 2000,
		},
		{
			name: `daemon serving ${large.name}, RSS at the end of the run`,
			budget: '≤ 350 MB',
			measured: megabytes(bytes),
			baseline: `${megabytes(peakBytes)} peak`,
			ratio: (bytes / bare.peakBytes).toFixed(2),
			within: bytes <= 350 * 2 ** 20,
		},
	];
};

/** The whole account as JSON, from the cache, beside that of few findings. */
export const measureExport = async (small: Account, large: Account): Promise<readonly Figure[]> => {
	// To a file: whoever reads along takes turns with it on the same cores.
	const output = path.join(large.stateDir, 'export.json');
	const words = ['export', '--format', 'json', '--output', output];
	const few = await runNode([program, ...words, ...small.flags], small.environment, true);
	const many: Array<Awaited<ReturnType<typeof runNode>>> = [];
	for (let run = 0; run < 3; run++) {
		many.push(await runNode([program, ...words, ...large.flags], large.environment, true));
	}

	const wallMs = median(many.map(ran => ran.wallMs));
	const cpuMs = median(many.map(ran => ran.cpuMs));
	const peakBytes = Math.max(...many.map(ran => ran.peakBytes));
	const written = (await stat(output)).size;
	await rm(output);
	return [
		{
			name: `export --format json from cache, ${large.name}, ${megabytes(written)}`,
			budget: '≤ 2 s',
			measured: milliseconds(wallMs),
			baseline: `${milliseconds(cpuMs)} CPU`,
			ratio: (wallMs / cpuMs).toFixed(2),
			within: wallMs <= 2000,
		},
		{
			name: `export --format json, ${large.name}, peak RSS`,
			budget: "a stream's window",
			measured: megabytes(peakBytes),
			baseline: `${megabytes(few.peakBytes)} ${small.name}`,
			ratio: (peakBytes / few.peakBytes).toFixed(2),
			// What grows with the account is the index; what is written is a hundred times more, and passes through.
			within: peakBytes - few.peakBytes <= written / 4,
		},
	];
};
