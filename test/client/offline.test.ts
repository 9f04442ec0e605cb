import {describe, expect, onTestFinished, test} from 'vitest';
import {type OfflineOptions, openOffline} from '../../source/client/offline.js';
import type {Overview, Watcher} from '../../source/model/index.js';
import {header, judgement, kms, now, resource} from '../store/fixtures.js';
import {openTestStore, temporaryDirectory} from '../store/temporary.js';

const nothing = {upserts: [], removals: [], changes: []} as const;
const overview = {ask: 'overview', rowsPerPanel: 3} as const;

const openWatcher = async (stateDir: string, more: Partial<OfflineOptions> = {}): Promise<Watcher> => {
	const watcher = await openOffline({stateDir, reason: 'no daemon runs', now: () => now, pollMs: 10, ...more});
	onTestFinished(async () => watcher.close());
	return watcher;
};

describe('the offline watcher', () => {
	test('says where there is no cache', async () => {
		await expect(openWatcher(temporaryDirectory())).rejects.toThrow(/There is no cache at/u);
	});

	test('answers from the cache, with the account that was noted, and says that it is offline', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.setMeta('account', {accountId: '1', partition: 'aws', regions: ['eu-west-1', 'us-east-1']});
		await store.commit({...nothing, upserts: [resource('k1', [judgement('kms-a', 'FAIL')])], header: header(kms)});
		await store.close();
		const watcher = await openWatcher(dir);
		expect(watcher.state()).toEqual({status: 'offline', reason: 'no daemon runs'});
		expect(await watcher.ask(overview)).toMatchObject({
			account: {accountId: '1', partition: 'aws'},
			regions: ['eu-west-1', 'us-east-1'],
			counts: {HIGH: 1},
			panels: [
				{id: 'kms', total: 1, top: [{name: 'name of k1'}]},
				{id: 'acm', total: 0},
				{id: 'guardduty', total: 0},
			],
			traffic: {callsPerMinute: 0, nextPollAt: undefined},
		});
		expect(await watcher.health()).toBeUndefined();
		expect(await watcher.refresh()).toContain('start a daemon');
	});

	test('follows what a daemon writes, and calls back only for what differs', async () => {
		const dir = temporaryDirectory();
		const store = await openTestStore(dir);
		await store.commit({...nothing, upserts: [resource('k1')], header: header(kms)});
		const watcher = await openWatcher(dir);
		const seen: Overview[] = [];
		const names: string[][] = [];
		const stop = watcher.watch(overview, answer => seen.push(answer));
		watcher.watch({ask: 'panel', service: 'kms', filter: '', sort: 'name', descending: false, offset: 0, limit: 5}, ({rows}) =>
			names.push(rows.map(({name}) => name)),
		);
		await expect.poll(() => [seen.length, names.length]).toEqual([1, 1]);
		await store.commit({...nothing, upserts: [resource('k2', [judgement('kms-a', 'FAIL')])]});
		await expect.poll(() => seen.at(-1)?.counts.HIGH).toBe(1);
		await expect.poll(() => names.at(-1)).toEqual(['name of k1', 'name of k2']);
		const overviews = seen.length;
		stop();
		// Another header changes the overview, not the table.
		await store.commit({...nothing, header: header(kms, {attemptedAt: now})});
		await store.commit({...nothing, upserts: [resource('k3')]});
		await expect.poll(() => names.at(-1)).toHaveLength(3);
		expect(seen).toHaveLength(overviews);
		expect(names).toHaveLength(3);
	});

	test('takes no questions once it is closed', async () => {
		const dir = temporaryDirectory();
		await (await openTestStore(dir)).close();
		const watcher = await openWatcher(dir);
		watcher.watch(overview, () => {});
		await watcher.close();
		await watcher.close();
		await expect(watcher.ask(overview)).rejects.toThrow('closed');
	});
});
