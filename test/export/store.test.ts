import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {exportSource, readerSource} from '../../source/commands/export-source.js';
import {exportJson} from '../../source/export/json.js';
import {createRedactor} from '../../source/export/redact.js';
import {exportSchema} from '../../source/export/schema.js';
import type {Mute, SnapshotHeader} from '../../source/model/index.js';
import {openCacheReader} from '../../source/store/cache-reader.js';
import {cachePath} from '../../source/store/open-reader.js';
import {openStore} from '../../source/store/open-store.js';
import type {Store} from '../../source/store/port.js';
import {catalogue, header, keyEntry, place, reportedEntry} from './made-up.js';

const now = () => '2026-11-23T10:00:05.000Z';
const guardduty: SnapshotHeader = {...header, service: 'guardduty', outcome: {status: 'ok', durationMs: 1, calls: 1, refusals: []}};

let dir: string;
let store: Store;
beforeEach(async () => {
	dir = await mkdtemp(path.join(tmpdir(), 'vedette-export-'));
	store = await openStore({dir, now, catalogue});
	await store.setMeta('account', {accountId: place.accountId, partition: 'aws', regions: [place.awsRegion]});
});
afterEach(async () => {
	await store.close();
	await rm(dir, {recursive: true});
});

const textOf = async (from: Store, options: {mutes?: readonly Mute[]; redact?: boolean} = {}): Promise<string> => {
	const redactor =
		options.redact === true
			? createRedactor((kind, text) => `${kind}-${[...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7)}`)
			: undefined;
	const {source} = await exportSource(from, {mutes: options.mutes ?? []}, redactor, now());
	let text = '';
	for await (const chunk of exportJson(source)) {
		text += chunk.toString();
	}

	return text;
};

const documentOf = async (...parameters: Parameters<typeof textOf>) => exportSchema.parse(JSON.parse(await textOf(...parameters)));

const fillStore = async (): Promise<void> => {
	await store.commit({
		upserts: [keyEntry('b', ['FAIL', 'UNKNOWN']), keyEntry('a', ['PASS'])],
		removals: [],
		changes: [
			{
				at: now(),
				type: 'appeared',
				key: keyEntry('a').key,
				service: 'kms',
				accountId: place.accountId,
				awsRegion: place.awsRegion,
				resourceName: 'alias/a',
				title: 'x',
			},
		],
		header,
	});
	await store.commit({upserts: [reportedEntry('f-1')], removals: [], changes: [], header: guardduty});
};

describe('the cache as an export', () => {
	test('holds all that was committed, in the order of the keys', async () => {
		await fillStore();
		const document = await documentOf(store);
		expect(document.resources.map(({resourceId}) => resourceId)).toEqual(['a', 'b']);
		expect(document.findings.map(({source, verdict}) => `${source} ${verdict}`)).toEqual([
			'guardduty FAIL',
			'rule PASS',
			'rule FAIL',
			'rule UNKNOWN',
		]);
		expect(document.snapshots.map(({service, counts}) => [service, counts])).toEqual([
			['guardduty', {resources: 0, reportedFindings: 1}],
			['kms', {resources: 2, reportedFindings: 0}],
		]);
		expect(document.expirations).toHaveLength(2);
		expect(document.changes).toHaveLength(1);
		expect(document.account).toEqual({accountId: place.accountId, partition: 'aws', alias: null});
		expect(document.generatedAt).toBe(header.attemptedAt);
	});

	test('is the same bytes from the writer and from a reader of its file, now and later', async () => {
		await fillStore();
		const written = await textOf(store);
		const reader = await openStore({dir, now: () => '2027-01-01T00:00:00.000Z', readonly: true});
		expect(await textOf(reader)).toBe(written);
		await reader.close();
	});

	test('marks what is muted, until the mute ends', async () => {
		await fillStore();
		const mutes = [{rule: 'kms-*', resource: 'alias/b', until: '2026-12-01', reason: 'known'}];
		const muted = (document: Awaited<ReturnType<typeof documentOf>>) =>
			document.findings.filter(finding => finding.muted).map(({resource}) => resource.resourceId);
		expect(muted(await documentOf(store, {mutes}))).toEqual(['b', 'b']);
		expect(muted(await documentOf(store, {mutes: mutes.map(mute => ({...mute, until: '2026-11-01'}))}))).toEqual([]);
	});

	test('redacted, tells of no one, and mutes still match by real names', async () => {
		await fillStore();
		const mutes = [{rule: 'kms-*', resource: 'alias/b', until: undefined, reason: 'known'}];
		const text = await textOf(store, {mutes, redact: true});
		for (const telltale of [place.accountId, 'alias/b', 'Acme', 'i-0ab3456789abcdef0', '10.0.3.7', 'acme.example']) {
			expect(text).not.toContain(telltale);
		}

		expect(exportSchema.parse(JSON.parse(text)).findings.filter(finding => finding.muted)).toHaveLength(2);
	});

	test('shows resources of a snapshot that is still being collected for the first time', async () => {
		await store.commit({upserts: [keyEntry('early')], removals: [], changes: []});
		const document = await documentOf(store);
		expect(document.resources).toMatchObject([{resourceId: 'early', capturedAt: null}]);
		expect(document.snapshots).toEqual([]);
	});

	test('of a cache that never held anything is dated now, and empty', async () => {
		expect(await documentOf(store)).toMatchObject({generatedAt: now(), resources: [], findings: [], score: {percent: null}});
	});
});

describe('the file read in one pass', () => {
	const readText = async (mutes: readonly Mute[] = []): Promise<string> => {
		const reader = openCacheReader(dir);
		try {
			let text = '';
			for await (const chunk of exportJson(readerSource(reader, {mutes}, now()).source)) {
				text += chunk.toString();
			}

			return text;
		} finally {
			reader.close();
		}
	};

	test('is the same bytes as the store, before and after entries have changed, gone and been folded', async () => {
		expect(await readText()).toBe(await textOf(store));
		await fillStore();
		expect(await readText()).toBe(await textOf(store));
		await store.commit({
			upserts: [keyEntry('a', ['FAIL', 'UNKNOWN']), keyEntry('naïve \u{1F511} "\\"', ['FAIL']), reportedEntry('f-1', 'archived')],
			removals: [keyEntry('b').key],
			changes: [],
			header,
		});
		const changed = await textOf(store);
		expect(await readText()).toBe(changed);
		expect(exportSchema.parse(JSON.parse(changed)).resources.map(({resourceId}) => resourceId)).toEqual(['a', 'naïve \u{1F511} "\\"']);
		await store.close();
		expect(await readText()).toBe(changed);
	});

	test('counts and marks what is muted as the store does', async () => {
		await fillStore();
		const mutes = [{rule: 'kms-*', resource: 'alias/b', until: '2026-12-01', reason: 'known'}];
		store.setMutes(mutes, now());
		const text = await readText(mutes);
		expect(text).toBe(await textOf(store, {mutes}));
		expect(exportSchema.parse(JSON.parse(text)).score.counts.muted).toBe(2);
	});

	test('leaves out what is no longer watched', async () => {
		await fillStore();
		store.setWatched([header]);
		const text = await readText();
		expect(text).toBe(await textOf(store));
		expect(text).not.toContain('ci-runner-7');
	});

	test('goes on with what is left when entries change and go while it is read', async () => {
		await fillStore();
		const reader = openCacheReader(dir);
		const {slots} = reader.survey(now());
		await store.commit({upserts: [keyEntry('a', ['FAIL'])], removals: [keyEntry('b').key], changes: [], header});
		const texts = reader.texts(slots.resources);
		expect(texts.map(text => [text.includes('key/a'), text.includes('"verdict":"FAIL"')])).toEqual([[true, true]]);
		reader.close();
	});

	test('leaves out a row that is no entry', async () => {
		await fillStore();
		const whole = exportSchema.parse(JSON.parse(await readText()));
		await store.close();
		const database = new DatabaseSync(cachePath(dir));
		database.prepare("UPDATE base SET body = 'nonsense' WHERE key = ?").run(keyEntry('a').key);
		database.close();
		const document = exportSchema.parse(JSON.parse(await readText()));
		expect(document.findings).toHaveLength(whole.findings.length - 1);
		expect(document.resources.map(({resourceId}) => resourceId)).toEqual(['b']);
	});
});
