import {expect, test} from 'vitest';
import {openStore} from '../../source/store/open-store.js';
import type {ChangeDraft, Store} from '../../source/store/port.js';
import {catalogue, header, judgement, kms, nobody, now, resource} from './fixtures.js';
import {openTestStore, temporaryDirectory} from './temporary.js';

const window = {filter: '', sort: 'urgency', descending: true, offset: 0, limit: 50} as const;
const milan = {...kms, awsRegion: 'eu-south-1'};
const acm = {...kms, service: 'acm'};
const other = {...kms, accountId: '999988887777'};
const all = [kms, milan, acm, other];

const entryOf = (snapshot: typeof kms) =>
	resource('r', [judgement('kms-a', 'FAIL')], {
		snapshot,
		expirations: [{what: 'certificate', at: '2026-12-01T00:00:00.000Z'}],
		usdPerMonth: 1,
	});

const filled = async (dir: string): Promise<Store> => {
	const store = await openTestStore(dir);
	await store.setCatalogue(catalogue);
	for (const snapshot of all) {
		const entry = entryOf(snapshot);
		const change: ChangeDraft = {...snapshot, at: now, type: 'appeared', key: entry.key, resourceName: 'r', title: 'Keys'};
		await store.commit({upserts: [entry], removals: [], changes: [change], header: header(snapshot)});
	}

	return store;
};

/** How many of each there are, wherever one can look. */
const seen = async (store: Store) => {
	const overview = await store.answer({ask: 'overview', rowsPerPanel: 9}, nobody, now);
	const changes: string[] = [];
	for await (const {key} of store.changes(undefined)) {
		changes.push(key);
	}

	const entries: string[] = [];
	for await (const {key} of store.entries()) {
		entries.push(key);
	}

	return {
		failures: overview.counts.HIGH,
		snapshots: overview.panels.flatMap(({snapshots}) => snapshots).length,
		rows: overview.panels.flatMap(({top}) => top).length,
		usdPerMonth: overview.panels.reduce((sum, panel) => sum + panel.usdPerMonth, 0),
		headers: store.headers().length,
		findings: (await store.answer({ask: 'findings', ...window}, nobody, now)).total,
		changesWindow: (await store.answer({ask: 'changes', filter: '', offset: 0, limit: 50}, nobody, now)).matching,
		expirations: (await store.answer({ask: 'expirations', filter: '', offset: 0, limit: 50}, nobody, now)).total,
		details: (await Promise.all(all.map(async of => store.answer({ask: 'detail', key: entryOf(of).key}, nobody, now)))).filter(
			({entry, history}) => entry !== undefined || history.length > 0,
		).length,
		changes: changes.length,
		entries: entries.length,
		keys: all.flatMap(of => store.keys(of)).length,
	};
};

const everywhere = (count: number) => ({
	failures: count,
	snapshots: count,
	rows: count,
	usdPerMonth: count,
	headers: count,
	findings: count,
	changesWindow: count,
	expirations: count,
	details: count,
	changes: count,
	entries: count,
	keys: count,
});

test('what is not watched any more is in no answer, at once, after a restart and for readers, and is there again when it is watched', async () => {
	const dir = temporaryDirectory();
	const store = await filled(dir);
	const reader = await openStore({dir, now: () => now, readonly: true});
	expect(await seen(store)).toEqual(everywhere(4));
	store.setWatched([kms]);
	expect(await seen(store)).toEqual(everywhere(1));
	reader.refresh();
	expect(await seen(reader)).toEqual(everywhere(1));
	store.setWatched([kms, acm]);
	expect(await seen(store)).toEqual(everywhere(2));
	await store.close();

	const again = await openTestStore(dir);
	expect(await seen(again)).toEqual(everywhere(2));
	again.setWatched(all);
	expect(await seen(again)).toEqual(everywhere(4));
	again.setWatched([{...kms, awsRegion: 'us-west-2'}]);
	expect(await seen(again)).toEqual(everywhere(0));
	await again.close();
	await reader.close();
});

test('what comes late of a snapshot that is not watched is kept and not shown', async () => {
	const store = await openTestStore(temporaryDirectory());
	await store.setCatalogue(catalogue);
	store.setWatched([kms]);
	await store.commit({upserts: [entryOf(milan)], removals: [], changes: [], header: header(milan)});
	expect(await seen(store)).toMatchObject({failures: 0, headers: 0, entries: 0, snapshots: 0});
	store.setWatched([kms, milan]);
	expect(await seen(store)).toMatchObject({failures: 1, headers: 1, entries: 1, snapshots: 1});
});

test('each account has a trend of its own', async () => {
	const dir = temporaryDirectory();
	const store = await filled(dir);
	store.setWatched([kms]);
	for (const attemptedAt of ['2026-11-23T20:10:00.000Z', '2026-11-23T21:10:00.000Z', '2026-11-23T22:10:00.000Z']) {
		await store.commit({upserts: [], removals: [], changes: [], header: header(kms, {attemptedAt})});
	}

	const trend = async () => (await store.answer({ask: 'overview', rowsPerPanel: 0}, nobody, now)).trend.length;
	expect(await trend()).toBe(3);
	store.setWatched([other]);
	expect(await trend()).toBe(0);
	store.setWatched([kms, milan]);
	expect(await trend()).toBe(3);
});
