import {statSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Change, Entry} from '../../source/model/index.js';
import type {ChangeDraft} from '../../source/store/port.js';
import {at, catalogue, finding, guardduty, header, judgement, kms, nobody, now, resource} from './fixtures.js';
import {openTestStore, temporaryDirectory} from './temporary.js';

const window = {filter: '', sort: 'urgency', descending: true, offset: 0, limit: 50} as const;
const nothing = {upserts: [], removals: [], changes: []} as const;
const acm = {...kms, service: 'acm'};

const change = (key: string, more: Partial<ChangeDraft> = {}): ChangeDraft => ({
	at: now,
	type: 'opened',
	key,
	service: 'kms',
	accountId: kms.accountId,
	awsRegion: kms.awsRegion,
	resourceName: 'name',
	title: 'Keys rotate',
	ruleId: 'kms-key-rotation',
	after: {verdict: 'FAIL', severity: 'HIGH', reason: 'rotation is off'},
	...more,
});

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
	const all: T[] = [];
	for await (const item of items) {
		all.push(item);
	}

	return all;
};

describe('a commit', () => {
	test('is there at once, and after the store was opened again', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		const entries: Entry[] = [resource('k1', [judgement('kms-a', 'FAIL', 'CRITICAL')]), finding('f1')];
		const first = store.revision();
		await store.commit({upserts: entries, removals: [], changes: [change('k1')], header: header(kms, {watermark: 'w'})});
		expect(store.revision()).toBeGreaterThan(first);
		const look = async (of: typeof store) => ({
			entries: await collect(of.entries()),
			headers: of.headers(),
			changes: await collect(of.changes(undefined)),
			findings: (await of.answer({ask: 'findings', ...window}, nobody, now)).rows,
			keys: [of.keys(kms), of.keys(kms, 'AWS::KMS::Key'), of.keys(guardduty, 'finding'), of.keys(kms, 'finding')],
		});
		const before = await look(store);
		expect(before.entries).toEqual([...entries].sort((a, b) => (a.key < b.key ? -1 : 1)));
		expect(before.findings.map(({verdict, severity}) => [verdict, severity])).toEqual([
			['FAIL', 'CRITICAL'],
			['FAIL', 'HIGH'],
		]);
		expect(before.keys).toEqual([[entries[0]?.key], [entries[0]?.key], [entries[1]?.key], []]);
		await store.close();
		await store.close();
		const again = await openTestStore(dir);
		expect(await look(again)).toEqual({...before, findings: before.findings.map(({recent: _, ...row}) => row)});
	});

	test('that changes nothing writes nothing and raises nothing', async () => {
		const store = await openTestStore(temporaryDirectory());
		await store.commit({...nothing, upserts: [resource('k1')]});
		const {bytes} = store.health();
		const revision = store.revision();
		await store.commit({...nothing, upserts: [resource('k1')], removals: ['no such key']});
		await store.commit(nothing);
		expect(store.revision()).toBe(revision);
		expect(store.health().bytes).toBe(bytes);
	});

	test('numbers its changes without a gap, also across restarts', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await Promise.all([1, 2, 3].map(async number => store.commit({...nothing, changes: [change(`k${number}`), change(`k${number}`)]})));
		await store.close();
		const again = await openTestStore(dir);
		await again.commit({...nothing, changes: [change('k4')]});
		const changes = await collect(again.changes(undefined));
		expect(changes.map(({sequence}) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
		expect(changes.map(({key}) => key)).toEqual(['k1', 'k1', 'k2', 'k2', 'k3', 'k3', 'k4']);
	});

	test('tells those who listen, until they stop', async () => {
		const store = await openTestStore(temporaryDirectory());
		const heard: number[] = [];
		const stop = store.onCommit(revision => heard.push(revision));
		await store.commit({...nothing, upserts: [resource('k1')]});
		stop();
		await store.commit({...nothing, upserts: [resource('k2')]});
		expect(heard).toEqual([store.revision() - 1]);
	});

	test('gives entries back as they were, with undefined cells', async () => {
		const store = await openTestStore(temporaryDirectory());
		const entry = resource('half \uD800 \u0000', [], {cells: ['a', undefined, {at: now}], facts: [['Nothing', undefined]]});
		await store.commit({...nothing, upserts: [entry]});
		const [found, none] = await store.get([entry.key, 'none']);
		expect(found).toEqual({...entry, key: entry.key.toWellFormed()});
		expect(none).toBeUndefined();
		expect((await store.answer({ask: 'detail', key: entry.key}, nobody, now)).entry).toEqual(found);
	});
});

test('the file is for its owner alone', async () => {
	const dir = join(temporaryDirectory(), 'state');
	const store = await openTestStore(dir);
	await store.commit({...nothing, upserts: [resource('k1')]});
	expect(statSync(dir).mode & 0o777).toBe(0o700);
	for (const name of ['cache.sqlite', 'cache.sqlite-wal', 'cache.sqlite-shm']) {
		expect([name, statSync(join(dir, name)).mode & 0o777]).toEqual([name, 0o600]);
	}
});

describe('an overview', () => {
	test('counts by service, keeps apart what is archived, and leads with the worst', async () => {
		const store = await openTestStore(temporaryDirectory());
		await store.commit({
			...nothing,
			upserts: [
				resource('k1', [judgement('kms-a', 'FAIL', 'HIGH', at(-10)), judgement('kms-b', 'PASS', 'LOW')]),
				resource('k2', [judgement('kms-a', 'FAIL', 'HIGH', at(-20)), judgement('kms-b', 'UNKNOWN', 'LOW')]),
				resource('k3', [judgement('kms-a', 'PASS', 'HIGH'), judgement('kms-b', 'NOT_APPLICABLE', 'LOW')]),
				resource('k4', []),
				finding('f1', {severity: 'CRITICAL'}),
				finding('f2', {recordState: 'archived'}),
				finding('f3', {recordState: 'sample'}),
			],
			header: header(kms),
		});
		await store.commit({...nothing, header: header(guardduty, {capturedAt: at(-60)})});
		const overview = await store.answer({ask: 'overview', rowsPerPanel: 5}, nobody, now);
		expect(overview.panels.map(({id, total, usdPerMonth}) => [id, total, usdPerMonth])).toEqual([
			['kms', 4, 4],
			['acm', 0, 0],
			['guardduty', 1, 0],
		]);
		const [keys, , threats] = overview.panels;
		expect(keys?.counts).toMatchObject({HIGH: 2, unknown: 1, pass: 2, notApplicable: 1, muted: 0});
		expect(threats?.counts).toMatchObject({CRITICAL: 1, HIGH: 0, muted: 0});
		expect(keys?.top.map(({name}) => name)).toEqual(['name of k2', 'name of k1']);
		expect(keys?.top[0]).toMatchObject({verdict: 'FAIL', more: 0, ruleId: 'kms-a', kind: 'Keys', cells: ['Enabled'], stale: false});
		expect(threats?.snapshots).toMatchObject([{service: 'guardduty', awsRegion: 'eu-west-1', stale: true}]);
		expect(threats?.top[0]?.stale).toBe(true);
		// 5 + 1 of weight pass, 10 fail; four of five questions are answered.
		expect(overview.score).toBe(37.5);
		expect(overview.coverage).toBe(80);
	});

	test('knows no score before anything is answered', async () => {
		const store = await openTestStore(temporaryDirectory());
		const overview = await store.answer({ask: 'overview', rowsPerPanel: 5}, nobody, now);
		expect([overview.score, overview.coverage]).toEqual([undefined, undefined]);
		// A panel that waits for its first reading is a panel.
		expect(overview.panels.map(({id, total, snapshots}) => [id, total, snapshots])).toEqual(catalogue.services.map(({id}) => [id, 0, []]));
	});

	test('leads with what ends soonest where time matters', async () => {
		const store = await openTestStore(temporaryDirectory());
		const certificate = (id: string, days: number | undefined, failing: boolean): Entry =>
			resource(id, [judgement('acm-a', failing ? 'FAIL' : 'PASS')], {
				snapshot: acm,
				expirations: days === undefined ? [] : [{what: 'certificate', at: at(days * 1440)}],
			});
		await store.commit({
			...nothing,
			upserts: [
				certificate('unused', undefined, true),
				certificate('far', 300, false),
				certificate('fine', 20, false),
				certificate('soon', 6, true),
				certificate('late', 41, true),
			],
			header: header(acm),
		});
		const {panels} = await store.answer({ask: 'overview', rowsPerPanel: 5}, nobody, now);
		expect(panels.find(({id}) => id === 'acm')?.top.map(({name}) => name)).toEqual(
			['soon', 'fine', 'late', 'unused'].map(id => `name of ${id}`),
		);
	});

	test('draws the trend of past hours, by the clock of the collections', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.commit({...nothing, upserts: [resource('k1', [judgement('kms-a', 'FAIL')])], header: header(kms, {attemptedAt: at(10)})});
		await store.commit({...nothing, upserts: [resource('k1', [judgement('kms-a', 'PASS')])], header: header(kms, {attemptedAt: at(65)})});
		await store.commit({...nothing, header: header(kms, {attemptedAt: at(70)})});
		await store.commit({...nothing, header: header(kms, {attemptedAt: at(200)})});
		const expected = [
			{at: at(60), score: 0, coverage: 100},
			{at: at(120), score: 100, coverage: 100},
		];
		expect((await store.answer({ask: 'overview', rowsPerPanel: 0}, nobody, now)).trend).toEqual(expected);
		await store.close();
		const again = await openTestStore(dir);
		expect((await again.answer({ask: 'overview', rowsPerPanel: 0}, nobody, now)).trend).toEqual(expected);
	});
});

describe('a mute', () => {
	const mute = {rule: 'kms-a', resource: 'name of k*', until: at(60), reason: 'accepted'};

	test('takes a failure out of the counts and lets the next worst speak, until it ends', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.commit({
			...nothing,
			upserts: [resource('k1', [judgement('kms-a', 'FAIL', 'CRITICAL'), judgement('kms-b', 'FAIL', 'LOW')])],
			header: header(kms),
		});
		const look = async (of: typeof store, moment: string) => {
			const {counts, panels} = await of.answer({ask: 'overview', rowsPerPanel: 1}, nobody, moment);
			return [counts.CRITICAL, counts.LOW, counts.muted, panels[0]?.top[0]?.ruleId, panels[0]?.top[0]?.muted];
		};
		expect(await look(store, now)).toEqual([1, 1, 0, 'kms-a', false]);
		const revision = store.revision();
		store.setMutes([mute], now);
		expect(store.revision()).toBeGreaterThan(revision);
		expect(await look(store, now)).toEqual([0, 1, 1, 'kms-b', true]);
		expect(await look(store, at(61))).toEqual([1, 1, 0, 'kms-a', false]);
		// A clock that is set back brings it back.
		expect(await look(store, at(1))).toEqual([0, 1, 1, 'kms-b', true]);
		const reader = await openTestStore(dir, {readonly: true});
		expect(await look(reader, now)).toEqual([0, 1, 1, 'kms-b', true]);
		store.setMutes([], now);
		expect(await look(store, now)).toEqual([1, 1, 0, 'kms-a', false]);
	});
});

test('a resource counts as muted where something worse than what it says is muted, and only there', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.commit({
		...nothing,
		upserts: [
			resource('equal', [judgement('kms-a', 'FAIL', 'HIGH'), judgement('kms-b', 'FAIL', 'HIGH')]),
			resource('worse', [judgement('kms-a', 'FAIL', 'HIGH'), judgement('kms-b', 'FAIL', 'LOW')]),
			resource('well', [judgement('kms-a', 'FAIL', 'LOW'), judgement('kms-b', 'PASS', 'LOW')]),
			resource('other', [judgement('kms-b', 'FAIL', 'HIGH')]),
		],
	});
	store.setMutes([{rule: 'kms-a', resource: '*', until: undefined, reason: ''}], now);
	const ask = async (filter: string) => {
		const {rows} = await store.answer({ask: 'panel', service: 'kms', ...window, filter, sort: 'name', descending: false}, nobody, now);
		return rows.map(({name, muted, more}) => [name, muted, more]);
	};
	expect(await ask('is:muted')).toEqual([
		['name of well', true, 0],
		['name of worse', true, 0],
	]);
	expect(await ask('-is:muted')).toEqual([
		['name of equal', false, 0],
		['name of other', false, 0],
	]);
});

describe('the changes', () => {
	test('come newest first, since a time, by service and by filter', async () => {
		const store = await openTestStore(temporaryDirectory());
		const drafts = Array.from({length: 30}, (_, index) =>
			change(`${kms.accountId}/eu-west-1/kms/AWS::KMS::Key/k${index}`, {
				at: at(index),
				resourceName: `key ${index}`,
				service: index % 3 === 0 ? 'acm' : 'kms',
			}),
		);
		await store.commit({...nothing, changes: drafts.slice(0, 20)});
		await store.commit({...nothing, changes: drafts.slice(20)});
		const ask = async (more: {since?: string; service?: string; filter?: string; offset?: number; limit?: number}) => {
			const {matching, total, rows} = await store.answer({ask: 'changes', filter: '', offset: 0, limit: 3, ...more}, nobody, now);
			return [matching, total, rows.map(({resourceName}) => resourceName)];
		};
		expect(await ask({})).toEqual([30, 30, ['key 29', 'key 28', 'key 27']]);
		expect(await ask({since: at(28)})).toEqual([2, 2, ['key 29', 'key 28']]);
		expect(await ask({service: 'acm', offset: 1})).toEqual([10, 30, ['key 24', 'key 21', 'key 18']]);
		expect(await ask({filter: '"key 7" sev:high'})).toEqual([1, 30, ['key 7']]);
		expect(await ask({filter: 'sev:nope'})).toEqual([0, 30, []]);
		const since = await collect(store.changes(at(27)));
		expect(since.map(({resourceName}: Change) => resourceName)).toEqual(['key 27', 'key 28', 'key 29']);
	});

	test('mark their rows for a minute, and stand in the detail', async () => {
		const store = await openTestStore(temporaryDirectory());
		const entry = resource('k1', [judgement('kms-a', 'FAIL')]);
		await store.commit({
			...nothing,
			upserts: [entry],
			changes: [change(entry.key, {type: 'appeared', at: at(-5)}), change(entry.key, {ruleId: 'kms-a'})],
			header: header(kms),
		});
		const recentAt = async (moment: string) => (await store.answer({ask: 'findings', ...window}, nobody, moment)).rows[0]?.recent;
		expect(await recentAt(now)).toEqual({type: 'opened', at: now});
		expect(await recentAt(at(2))).toBeUndefined();
		const detail = await store.answer({ask: 'detail', key: `${entry.key}#kms-a`}, nobody, now);
		expect(detail.entry).toEqual(entry);
		expect(detail.snapshot).toEqual(header(kms));
		expect(detail.history.map(({type}) => type)).toEqual(['opened', 'appeared']);
		await store.commit({...nothing, removals: [entry.key], changes: [change(entry.key, {type: 'gone'})]});
		const gone = await store.answer({ask: 'detail', key: entry.key}, nobody, now);
		expect([gone.entry, gone.history.map(({type}) => type)]).toEqual([undefined, ['gone', 'opened', 'appeared']]);
	});
});

test('the history forgets what is older than ninety days, and goes on counting', async () => {
	const dir = temporaryDirectory();
	const store = await openTestStore(dir);
	await store.commit({...nothing, changes: [change('old', {at: at(-100 * 1440)}), change('new')]});
	await store.close();
	const later = await openTestStore(dir);
	expect((await collect(later.changes(undefined))).map(({key}) => key)).toEqual(['new']);
	await later.close();
	const muchLater = await openTestStore(dir, {now: () => at(365 * 1440)});
	await muchLater.commit({...nothing, changes: [change('newest')]});
	expect((await collect(muchLater.changes(undefined))).map(({key, sequence}) => [key, sequence])).toEqual([
		['new', 2],
		['newest', 3],
	]);
});

test('expirations come soonest first, each with its resource', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.commit({
		...nothing,
		upserts: [
			resource('a', [], {snapshot: acm, expirations: [{what: 'certificate', at: at(300)}]}),
			resource('b', [], {
				expirations: [
					{what: 'rotation due', at: at(500)},
					{what: 'key material', at: at(100)},
					{what: 'nonsense', at: 'never'},
				],
			}),
		],
		header: header(acm),
	});
	const ask = async (filter: string) => store.answer({ask: 'expirations', filter, offset: 0, limit: 10}, nobody, now);
	expect((await ask('')).rows.map(({what, at: when, stale}) => [what, when, stale])).toEqual([
		['key material', at(100), true],
		['certificate', at(300), false],
		['rotation due', at(500), true],
	]);
	expect(await ask('service:kms due')).toMatchObject({matching: 1, total: 3});
	expect((await ask('service:')).filterError).toContain('missing');
});

test('a window never holds more rows than are allowed', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.commit({...nothing, upserts: Array.from({length: 600}, (_, index) => resource(`k${index}`))});
	const all = await store.answer({ask: 'panel', service: 'kms', ...window, limit: 1e9}, nobody, now);
	expect([all.matching, all.rows.length]).toEqual([600, 500]);
	const odd = await store.answer({ask: 'panel', service: 'kms', ...window, offset: -1, limit: Number.NaN}, nobody, now);
	expect([odd.offset, odd.rows.length]).toEqual([0, 0]);
});

test('a filter that does not parse says so in place of rows', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.commit({...nothing, upserts: [resource('k1')]});
	expect(await store.answer({ask: 'panel', service: 'kms', ...window, filter: 'sev:'}, nobody, now)).toMatchObject({
		matching: 0,
		total: 1,
		rows: [],
		filterError: 'A value is missing after sev:',
	});
});

test('named records and cached answers survive a restart, and answers end with their time', async () => {
	const dir = temporaryDirectory();
	const store = await openTestStore(dir);
	await store.setMeta('account', {accountId: '1'});
	await store.answerCache.set('GetKeyPolicy/k1', {Policy: '{}'}, 60_000);
	await store.answerCache.set('short', 1, 1);
	await store.close();
	const again = await openTestStore(dir);
	expect(await again.getMeta('account')).toEqual({accountId: '1'});
	expect(await again.getMeta('none')).toBeUndefined();
	expect(await again.answerCache.get('GetKeyPolicy/k1')).toEqual({Policy: '{}'});
	await expect.poll(async () => again.answerCache.get('short')).toBeUndefined();
	expect(again.health()).toMatchObject({errors: 0, degraded: []});
});

test('cached answers are there at once, and on file a moment later or with the next commit', async () => {
	const dir = temporaryDirectory();
	const store = await openTestStore(dir);
	const reader = await openTestStore(dir, {readonly: true});
	await Promise.all(Array.from({length: 100}, async (_, index) => store.answerCache.set(`answer ${index}`, index)));
	expect(await store.answerCache.get('answer 99')).toBe(99);
	await expect.poll(async () => reader.answerCache.get('answer 99')).toBe(99);
	await store.answerCache.set('last', 1);
	await store.commit({...nothing, upserts: [resource('k1')]});
	expect(await reader.answerCache.get('last')).toBe(1);
	await store.close();
	// Too late to be kept, but no reason to fall over.
	await store.answerCache.set('late', 1);
});

test('without a catalogue, kinds go by their own names', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.setCatalogue({services: [], rules: {}});
	await store.commit({...nothing, upserts: [resource('k1')]});
	const {rows} = await store.answer({ask: 'panel', service: 'kms', ...window}, nobody, now);
	expect(rows[0]?.kind).toBe('AWS::KMS::Key');
	await store.setCatalogue(catalogue);
	expect((await store.answer({ask: 'panel', service: 'kms', ...window}, nobody, now)).rows[0]?.kind).toBe('Keys');
});
