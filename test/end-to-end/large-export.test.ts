import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readerSource} from '../../source/commands/export-source.js';
import {exportJson} from '../../source/export/json.js';
import {openCacheReader} from '../../source/store/cache-reader.js';
import {cachePath} from '../../source/store/open-reader.js';
import {openStore} from '../../source/store/open-store.js';
import {catalogue, header, keyEntry, place, reportedEntry} from '../export/made-up.js';
import {program} from './command.js';

const now = () => '2026-11-23T10:00:05.000Z';
const long = 'ü'.repeat(2000);

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(path.join(tmpdir(), 'vedette-large-'));
});
afterEach(async () => {
	await rm(dir, {recursive: true});
});

// So large that threads write it, which needs the program as built.
test('a large cache exported by several threads is the same bytes as by one', async () => {
	const store = await openStore({dir, now, catalogue});
	await store.setMeta('account', {accountId: place.accountId, partition: 'aws', regions: [place.awsRegion]});
	for (let batch = 0; batch < 20; batch++) {
		const entries = Array.from({length: 500}, (_, index) => {
			const entry = reportedEntry(`f-${(index * 7919 + batch) % 500}-${batch}`, index % 3 === 0 ? 'archived' : 'active');
			return {...entry, finding: {...entry.finding, details: {long}}};
		});
		const keys = Array.from({length: 50}, (_, index) => keyEntry(`${index}-${batch}`, ['FAIL', 'PASS', 'UNKNOWN']));
		await store.commit({upserts: [...entries, ...keys], removals: [], changes: [], header});
	}

	await store.close();
	expect((await stat(cachePath(dir))).size).toBeGreaterThan(40 * 1024 * 1024);

	const reader = openCacheReader(dir);
	let alone = '';
	for await (const chunk of exportJson(readerSource(reader, {mutes: []}, now()).source)) {
		alone += Buffer.from(chunk).toString();
	}

	reader.close();
	const output = path.join(dir, 'out.json');
	const environment = {PATH: process.env['PATH'], HOME: dir};
	const words = ['export', '--format', 'json', '--offline', `--state-dir=${dir}`, `--output=${output}`];
	await promisify(execFile)(process.execPath, [program, ...words], {env: environment});
	const together = await readFile(output, 'utf8');
	// Not `toBe`, which would print fifty megabytes.
	expect(together === alone).toBe(true);
	expect(JSON.parse(together).findings).toHaveLength(10_000 + 3000);
});
