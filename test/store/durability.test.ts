import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {build} from 'esbuild';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Entry} from '../../source/model/index.js';
import {CacheFile} from '../../source/store/cache-file.js';
import {cardFor} from '../../source/store/entry-codec.js';
import {cachePath} from '../../source/store/open-reader.js';
import {openFile, openFileReadOnly} from '../../source/store/sqlite-file.js';
import {createStore} from '../../source/store/store.js';
import {catalogue, finding, header, judgement, kms, nobody, now, resource} from './fixtures.js';
import {openTestStore, temporaryDirectory} from './temporary.js';

const nothing = {upserts: [], removals: [], changes: []} as const;
const many = (count: number): Entry[] => Array.from({length: count}, (_, index) => finding(`f${index}`, {}, undefined, 'x'.repeat(2000)));
const count = async (store: {entries(): AsyncIterable<Entry>}): Promise<number> => {
	let entries = 0;
	for await (const _ of store.entries()) {
		entries++;
	}

	return entries;
};

describe('killed while it writes', () => {
	let program = '';
	beforeAll(async () => {
		const built = await build({
			entryPoints: [join(import.meta.dirname, 'writer.ts')],
			bundle: true,
			platform: 'node',
			format: 'esm',
			target: 'node22',
			write: false,
			logLevel: 'silent',
		});
		program = built.outputFiles[0]?.text ?? '';
	});

	/** Runs the writer until it has acknowledged so many batches, and kills it at once. Returns the last it acknowledged. */
	const killAfter = async (script: string, dir: string, batches: number): Promise<number> => {
		const child: ChildProcess = spawn(process.execPath, [script, dir], {stdio: ['ignore', 'pipe', 'inherit']});
		let said = '';
		child.stdout?.on('data', (text: Buffer) => {
			said += text.toString();
			if (said.split('\n').length > batches) {
				child.kill('SIGKILL');
			}
		});
		await new Promise(resolve => {
			child.on('close', resolve);
		});
		expect(child.signalCode).toBe('SIGKILL');
		return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
	};

	test('fifty times, it loses nothing that was acknowledged and leaves no batch half done', {timeout: 60_000}, async () => {
		const dir = temporaryDirectory();
		const script = join(dir, 'writer.mjs');
		writeFileSync(script, program);
		let acknowledged = 0;
		for (let cycle = 0; cycle < 50; cycle++) {
			acknowledged = await killAfter(script, dir, 1 + (cycle % 7));
			const database = new DatabaseSync(cachePath(dir));
			expect(database.prepare('PRAGMA integrity_check').get()).toEqual({integrity_check: 'ok'});
			database.close();
			const store = await openTestStore(dir);
			const written = store.headers()[0]?.outcome.calls ?? 0;
			expect(written).toBeGreaterThanOrEqual(acknowledged);
			const reasons = new Set<string>();
			for await (const entry of store.entries()) {
				reasons.add(entry.entry === 'resource' ? (entry.judgements[0]?.reason.split(' ')[0] ?? '') : '');
			}

			expect([...reasons]).toEqual([String(written)]);
			const changes = await store.answer({ask: 'changes', filter: '', offset: 0, limit: 1}, nobody, now);
			expect([changes.total, changes.rows[0]?.key]).toEqual([written, `k${written}`]);
			expect(store.health().degraded).toEqual([]);
			await store.close();
		}

		expect(acknowledged).toBeGreaterThan(150);
	});
});

describe('a damaged file', () => {
	const damages: ReadonlyArray<readonly [name: string, damage: (path: string) => void]> = [
		['of random bytes', path => writeFileSync(path, Buffer.from(Array.from({length: 100_000}, (_, index) => (index * 7919 + 13) % 256)))],
		[
			'with a hole in the middle',
			path => {
				const file = openSync(path, 'r+');
				writeSync(file, Buffer.alloc(100_000, 0x5a), 0, 100_000, Math.floor(statSync(path).size / 2));
				closeSync(file);
			},
		],
		['that was cut short', path => truncateSync(path, Math.floor(statSync(path).size / 2) + 17)],
		[
			'of another program',
			path => {
				writeFileSync(path, '');
				const database = new DatabaseSync(path);
				database.exec('CREATE TABLE other (a)');
				database.close();
			},
		],
		[
			'of a newer version',
			path => {
				const database = new DatabaseSync(path);
				database.exec('PRAGMA user_version = 99');
				database.close();
			},
		],
	];

	test.each(damages)('%s is set aside, rebuilt, and said once', async (_name, damage) => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.commit({...nothing, upserts: many(500), header: header(kms)});
		await store.close();
		damage(cachePath(dir));
		await expect(openTestStore(dir, {readonly: true}).then(count)).rejects.toThrow(/cache|malformed/u);
		const damaged = readFileSync(cachePath(dir));
		writeFileSync(`${cachePath(dir)}.corrupt-20200101T000000000Z`, 'an older one');

		const again = await openTestStore(dir);
		expect(await count(again)).toBe(0);
		expect(again.headers()).toEqual([]);
		await again.commit({...nothing, upserts: [resource('k1')]});
		await again.commit({...nothing, upserts: [resource('k2')]});
		const aside = readdirSync(dir).filter(name => name.includes('.corrupt-'));
		expect(aside).toEqual(['cache.sqlite.corrupt-20261123T200000000Z']);
		expect(readFileSync(join(dir, aside[0] ?? '')).equals(damaged)).toBe(true);
		expect(again.health().degraded).toEqual([expect.stringContaining(`set aside as ${aside[0]}`)]);
		await again.close();

		const third = await openTestStore(dir);
		expect(await count(third)).toBe(2);
		expect(third.health().degraded).toEqual([]);
	});

	test('is noticed while in use, too: the rest goes on with what is new', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.commit({...nothing, upserts: many(6000), header: header(kms)});
		await store.close();
		const open = await openTestStore(dir);
		const revision = open.revision();
		const path = cachePath(dir);
		const file = openSync(path, 'r+');
		writeSync(file, Buffer.alloc(statSync(path).size - 65_536, 0x5a), 0, undefined, 65_536);
		closeSync(file);
		expect(await count(open)).toBeLessThan(6000);
		expect(open.revision()).toBeGreaterThan(revision);
		expect(open.headers()).toEqual([]);
		await open.commit({...nothing, upserts: [resource('k1')], header: header(kms)});
		expect(await count(open)).toBe(1);
		expect(open.health().degraded).toEqual([expect.stringContaining('it was found damaged')]);
		expect(open.health().entries).toBe(1);
		const {panels} = await open.answer({ask: 'overview', rowsPerPanel: 1}, nobody, now);
		expect(panels.flatMap(({id, total, snapshots}) => (snapshots.length === 0 ? [] : [[id, total]]))).toEqual([['kms', 1]]);
		await open.close();
		expect(await count(await openTestStore(dir))).toBe(1);
	});

	test('of one value is a value missing, which the next collection brings anew', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		const entries = [resource('k1'), resource('k2'), resource('k3')];
		await store.commit({...nothing, upserts: entries});
		await store.close();
		const database = new DatabaseSync(cachePath(dir));
		database.exec(
			`UPDATE base SET body = 'garbage' WHERE key LIKE '%k1'; UPDATE base SET body = '[]', card = 'garbage' WHERE key LIKE '%k2'`,
		);
		database.close();
		const again = await openTestStore(dir);
		expect(await again.get(entries.map(({key}) => key))).toEqual([undefined, undefined, entries[2]]);
		expect(again.health().entries).toBe(1);
		expect(again.health().errors).toBeGreaterThan(0);
		expect(again.health().degraded).toEqual([expect.stringContaining('could not be read')]);
		await again.commit({...nothing, upserts: entries});
		expect(await again.get(entries.map(({key}) => key))).toEqual(entries);
	});
});

describe('a full disk', () => {
	test('is survived in memory, said, and made good when there is room', async () => {
		const dir = temporaryDirectory();
		const path = cachePath(dir);
		const file = new CacheFile(openFile(path, now).database, {card: cardFor, retryMs: 20});
		const store = createStore(file, {readonly: false, now: () => now, health: () => ({path, bytes: 0}), retryMs: 20});
		onTestFinished(async () => store.close());
		await store.setCatalogue(catalogue);
		await store.commit({...nothing, upserts: [resource('k0')], header: header(kms)});
		file.database.exec(`PRAGMA max_page_count = ${Number(file.database.prepare('PRAGMA page_count').get()?.['page_count']) + 2}`);
		const entries = many(300);
		await store.commit({
			...nothing,
			upserts: entries,
			removals: [resource('k0').key],
			changes: [],
			header: header(kms, {attemptedAt: now}),
		});
		await store.commit({
			...nothing,
			changes: [{at: now, type: 'gone', key: 'k0', service: 'kms', accountId: '', awsRegion: '', resourceName: 'k0', title: ''}],
		});
		await store.answerCache.set('answer', 'kept too');
		expect(store.health().degraded).toEqual([expect.stringContaining('the disk is full')]);
		expect(store.health().errors).toBeGreaterThan(0);

		const look = async (of: typeof store) => {
			const findings = await of.answer({ask: 'findings', filter: '', sort: 'urgency', descending: true, offset: 0, limit: 5}, nobody, now);
			const changes = await of.answer({ask: 'changes', filter: '', offset: 0, limit: 5}, nobody, now);
			const detail = await of.answer({ask: 'detail', key: 'k0'}, nobody, now);
			return [
				await count(of),
				findings.matching,
				findings.rows.map(({key}) => key),
				changes.rows,
				changes.total,
				detail.history.length,
				await of.answerCache.get('answer'),
				of.headers(),
				await of.get([resource('k0').key, entries[7]?.key ?? '']),
			];
		};
		const inMemory = await look(store);
		expect(inMemory.slice(0, 2)).toEqual([300, 300]);
		expect(inMemory.slice(4, 7)).toEqual([1, 1, 'kept too']);
		const meanwhile = await openTestStore(dir, {readonly: true});
		expect(await count(meanwhile)).toBe(1);

		file.database.exec('PRAGMA max_page_count = 1000000');
		await expect.poll(() => store.health().degraded, {timeout: 5000}).toEqual([]);
		expect(await look(store)).toEqual(inMemory);
		await store.close();
		const again = await openTestStore(dir);
		expect((await look(again)).slice(0, 2)).toEqual([300, 300]);
		expect((await look(again)).slice(4)).toEqual(inMemory.slice(4));
	});

	test('or none at all from the start leaves a store in memory that says so', async () => {
		const occupied = join(temporaryDirectory(), 'file');
		writeFileSync(occupied, '');
		const store = await openTestStore(join(occupied, 'state'));
		await store.commit({...nothing, upserts: [resource('k1')]});
		expect(await count(store)).toBe(1);
		expect(store.health().degraded).toEqual([expect.stringContaining('in memory only')]);
	});
});

describe('two processes', () => {
	test('a reader sees every commit of the writer, also what was folded meanwhile', async () => {
		const dir = temporaryDirectory();
		const writer = await openTestStore(dir);
		await writer.commit({...nothing, upserts: [resource('k0')], header: header(kms)});
		const reader = await openTestStore(dir, {readonly: true});
		const both = async () => {
			reader.refresh();
			const answers = await Promise.all(
				[writer, reader].map(async store => {
					const overview = await store.answer({ask: 'overview', rowsPerPanel: 3}, nobody, now);
					const panel = await store.answer(
						{ask: 'panel', service: 'kms', filter: '', sort: 'name', descending: false, offset: 0, limit: 20},
						nobody,
						now,
					);
					const changes = await store.answer({ask: 'changes', filter: '', offset: 0, limit: 5}, nobody, now);
					return JSON.stringify(
						[
							{...overview, revision: 0},
							{...panel, revision: 0},
							{...changes, revision: 0},
						],
						(name, value: unknown) => (name === 'recent' ? undefined : value),
					);
				}),
			);
			expect(answers[1]).toBe(answers[0]);
		};

		await both();
		const revision = reader.revision();
		await both();
		expect(reader.revision()).toBe(revision);
		await writer.commit({
			...nothing,
			upserts: [resource('k0', [judgement('kms-a', 'FAIL')]), resource('k1')],
			header: header(kms, {attemptedAt: now}),
		});
		await both();
		expect(reader.revision()).toBeGreaterThan(revision);
		await writer.commit({...nothing, upserts: [resource('k2', [judgement('kms-a', 'UNKNOWN')])], removals: [resource('k1').key]});
		await writer.commit({...nothing, upserts: [resource('k1', [judgement('kms-b', 'FAIL')])]});
		await both();
		await writer.commit({...nothing, upserts: [resource('k1', [judgement('kms-b', 'PASS')])], removals: [resource('k2').key]});
		await writer.close();
		await both().catch(() => {});
		const next = await openTestStore(dir);
		await next.commit({...nothing, upserts: [resource('k3')]});
		reader.refresh();
		expect(reader.health().entries).toBe(next.health().entries);
		expect(await count(reader)).toBe(3);
	});

	test('a reader changes nothing and says so', async () => {
		const dir = temporaryDirectory();
		await expect(openTestStore(dir, {readonly: true})).rejects.toThrow(/There is no cache at .* yet/u);
		expect(existsSync(cachePath(dir))).toBe(false);
		const writer = await openTestStore(dir);
		await writer.commit({...nothing, upserts: [resource('k1')]});
		const reader = await openTestStore(dir, {readonly: true});
		await expect(reader.commit({...nothing, upserts: [resource('k2')]})).rejects.toThrow('for reading only');
		await expect(reader.setMeta('a', 1)).rejects.toThrow('for reading only');
		expect(await reader.answerCache.set('a', 1)).toBe(false);
		expect(await count(writer)).toBe(1);
	});

	test('a reader learns of a removal whose row a fold has already dropped', () => {
		const path = join(temporaryDirectory(), 'cache.sqlite');
		const writer = new CacheFile(openFile(path, now).database);
		const reader = new CacheFile(openFileReadOnly(path), {readonly: true});
		onTestFinished(() => {
			writer.close();
			reader.close();
		});
		const heard: unknown[] = [];
		reader.onForeign = keys => heard.push(keys);
		writer.write({puts: ['a', 'b'].map(key => ({namespace: 'n', key, value: 'v'}))});
		expect(reader.keys('n').sort()).toEqual(['a', 'b']);
		writer.write({puts: [{namespace: 'n', key: 'a', value: undefined}]});
		const fold = writer.fold(Date.now());
		fold.next();
		expect(reader.keys('n')).toEqual(['b']);
		fold.next();
		expect(reader.keys('n')).toEqual(['b']);
		expect(reader.get('n', 'a')).toBeUndefined();
		writer.write({puts: [{namespace: 'n', key: 'a', value: 'back'}]});
		expect(reader.getMany('n', ['a', 'b'])).toEqual(['back', 'v']);
		expect(heard).toEqual(['all', [], [{namespace: 'n', key: 'a'}]]);
	});

	test('two writers of the same file lose nothing of each other', async () => {
		const path = join(temporaryDirectory(), 'cache.sqlite');
		const files = [0, 1].map(() => new CacheFile(openFile(path, now).database));
		onTestFinished(() => {
			for (const file of files) {
				file.close();
			}
		});
		for (let round = 0; round < 50; round++) {
			for (const [number, file] of files.entries()) {
				file.write({
					puts: [
						{namespace: 'n', key: `own ${number} ${round % 10}`, value: `${round}`},
						{namespace: 'n', key: 'shared', value: `${number} ${round}`},
						{namespace: 'n', key: `passing ${round % 3}`, value: round % 2 === 0 ? 'here' : undefined},
					],
				});
				if (round % 9 === number) {
					for (const _ of file.fold(Date.now())) {
						// To the end.
					}
				}
			}
		}

		const contents = files.map(file =>
			file
				.keys('n')
				.sort()
				.map(key => [key, file.get('n', key)]),
		);
		expect(contents[0]).toEqual(contents[1]);
		expect(Object.fromEntries(contents[0] ?? [])).toMatchObject({shared: '1 49', 'own 0 9': '49', 'own 1 0': '40', 'passing 0': 'here'});
		expect(files.map(({errors}) => errors)).toEqual([0, 0]);
	});
});
