import {expect, onTestFinished, test} from 'vitest';
import type {Batch, Collect, Ending} from '../../source/collect/port.js';
import {createCollecting} from '../../source/daemon/collecting.js';
import {createWriter} from '../../source/daemon/writer.js';
import type {Task} from '../../source/engine/port.js';
import type {Entry} from '../../source/model/index.js';
import {openStore} from '../../source/store/open-store.js';
import {aBatch, accountId, aFinding, anEnding, aThing, madeService, ownDirectory, scriptedCollect, silent, thingType} from './fakes.js';

const snapshot = {accountId, awsRegion: 'eu-west-1', service: 'made'};
const full: Task = {...snapshot, tier: 'full', everyMs: 300_000, deadlineMs: 60_000, priority: 0};
const delta: Task = {...full, tier: 'delta', everyMs: 60_000};
const next = '2030-01-01T00:00:00.000Z';

const setUp = async (script: {batches: Batch[]; ending: Ending}, collect: Collect = scriptedCollect(script)) => {
	const store = await openStore({dir: await ownDirectory(), now: () => new Date().toISOString()});
	onTestFinished(async () => store.close());
	const service = madeService({
		refresh: {full: {everyMs: 300_000, deadlineMs: 60_000}, delta: {everyMs: 60_000, deadlineMs: 60_000}},
	});
	const config = {rules: {}, trustedAccounts: [] as string[]};
	const writer = createWriter({store, config: () => config, watches: () => true, now: () => new Date().toISOString(), log: silent});
	const collecting = createCollecting({
		store,
		writer,
		collect,
		intervalsOf: () => ({fullMs: 300_000, deltaMs: 60_000}),
		log: silent,
	});
	const run = async (task: Task = full, signal: AbortSignal = new AbortController().signal) =>
		collecting(service, task, {signal, nextAttemptAt: () => next});
	const names = () => store.keys(snapshot).map(key => key.split('/').at(-1) ?? '');
	const changes = async () => {
		const told: string[] = [];
		for await (const {type, resourceName} of store.changes(undefined)) {
			told.push(`${type} ${resourceName}`);
		}

		return told;
	};
	const header = () => store.headers()[0];
	return {store, run, names, changes, header, config, writer, service};
};

const complete: Ending['complete'] = [thingType, 'findings'];

test('the first complete collection is the baseline: everything is on record and nothing is news', async () => {
	const script = {
		batches: [aBatch({resources: [aThing('a', {open: true}), aThing('b')], findings: [aFinding('f')]})],
		ending: anEnding('ok', {complete}),
	};
	const {store, run, names, changes, header} = await setUp(script);
	expect(await run()).toBe('ok');
	expect(names().sort()).toEqual(['a', 'b', 'f']);
	expect(await changes()).toEqual([]);
	expect(header()).toMatchObject({nextAttemptAt: next, everyMs: 300_000, outcome: {status: 'ok'}});
	expect(header()?.capturedAt).toBe(header()?.fullAt);
	const [entry] = await store.get([store.keys(snapshot, thingType)[0] ?? '']);
	expect(entry).toMatchObject({judgements: [{ruleId: 'made-thing-closed', verdict: 'FAIL'}]});
});

test('what appears, changes and goes afterwards is told, once', async () => {
	const script = {batches: [aBatch({resources: [aThing('a'), aThing('b')]})], ending: anEnding('ok', {complete})};
	const {run, names, changes} = await setUp(script);
	await run();
	script.batches = [aBatch({resources: [aThing('a', {open: true}), aThing('c')], findings: [aFinding('f')]})];
	await run();
	expect(names().sort()).toEqual(['a', 'c', 'f']);
	expect(await changes()).toEqual(['opened a', 'appeared c', 'opened found', 'gone b']);
	await run();
	expect(await changes()).toHaveLength(4);
});

test('nothing new writes nothing but the header', async () => {
	const script = {batches: [aBatch({resources: [aThing('a'), aThing('b')]})], ending: anEnding('ok', {complete})};
	const {store, run} = await setUp(script);
	await run();
	const commits: number[] = [];
	store.onCommit(revision => commits.push(revision));
	await run();
	expect(commits).toHaveLength(1);
});

test('the same thing twice in a batch is one thing', async () => {
	const script = {batches: [aBatch({resources: [aThing('a')]})], ending: anEnding('ok', {complete})};
	const {run, names, changes} = await setUp(script);
	await run();
	script.batches = [aBatch({resources: [aThing('a'), aThing('b'), aThing('b', {open: true})]})];
	await run();
	expect(names().sort()).toEqual(['a', 'b']);
	expect(await changes()).toEqual(['appeared b', 'opened b']);
});

const pages = Array.from({length: 5}, (_, page) =>
	aBatch({resources: [aThing(`page${page}`, {open: true})], findings: [aFinding(`finding${page}`)]}),
);

test.each(pages.map((_page, index) => index))(
	'a listing that ends without its end after page %i takes nothing away and closes nothing',
	async upTo => {
		const script = {batches: pages, ending: anEnding('ok', {complete})};
		const {run, names, changes, header} = await setUp(script);
		await run();
		const {capturedAt} = header() ?? {};
		for (const status of ['unreachable', 'throttled', 'denied', 'failed', 'unauthenticated', 'partial'] as const) {
			script.batches = pages.slice(0, upTo);
			script.ending = anEnding(status);
			expect(await run()).toBe(status);
			expect(names()).toHaveLength(10);
			expect(await changes()).toEqual([]);
			expect(header()?.outcome.status).toBe(status);
			if (status !== 'partial') {
				expect(header()?.capturedAt).toBe(capturedAt);
			}
		}
	},
);

test('only the kinds that were listed to their end are swept', async () => {
	const script = {batches: pages, ending: anEnding('ok', {complete})};
	const {run, names} = await setUp(script);
	await run();
	script.batches = [];
	script.ending = anEnding('partial', {complete: ['findings']});
	await run();
	expect(names().sort()).toEqual(['page0', 'page1', 'page2', 'page3', 'page4']);
});

test('a batch that could not be written takes nothing away, whatever the listing says', async () => {
	const script = {batches: pages, ending: anEnding('ok', {complete})};
	const {store, run, names} = await setUp(script);
	await run();
	const commit = store.commit.bind(store);
	let commits = 0;
	store.commit = async what => {
		commits += 1;
		if (commits === 1) {
			throw new Error('disk');
		}

		return commit(what);
	};
	script.batches = [aBatch({resources: [aThing('new')]}), ...pages];
	expect(await run()).toBe('failed');
	expect(names()).toHaveLength(10);
});

test('a run that is stopped leaves the header as it was and takes nothing away', async () => {
	const abort = new AbortController();
	const script = {batches: pages, ending: anEnding('ok', {complete})};
	const {run, names, header} = await setUp(script);
	await run();
	const before = header();
	abort.abort(new DOMException('Vedette is stopping', 'AbortError'));
	script.batches = [];
	await run(full, abort.signal);
	expect(names()).toHaveLength(10);
	expect(header()).toEqual(before);
});

test('a run that was given up on and comes back late does not have the last word', async () => {
	let release: (() => void) | undefined;
	let calls = 0;
	const {run, header} = await setUp({batches: [], ending: anEnding()}, async () => {
		calls += 1;
		if (calls === 1) {
			await new Promise<void>(resolve => {
				release = resolve;
			});
			return anEnding('failed');
		}

		return anEnding('ok');
	});
	const late = run();
	await run();
	release?.();
	await late;
	expect(header()?.outcome.status).toBe('ok');
});

test('a delta waits for the first complete collection, then goes on from its watermark and keeps it where it brings none', async () => {
	const asked: Array<string | undefined> = [];
	const endings = [anEnding('ok', {complete, watermark: 'w1'}), anEnding('ok', {watermark: 'w2'}), anEnding('ok'), anEnding('ok')];
	const {run, header} = await setUp({batches: [], ending: anEnding()}, async (_service, _target, {watermark}) => {
		asked.push(watermark);
		return endings.shift() ?? anEnding();
	});
	expect(await run(delta)).toBe('skipped');
	await run(full);
	expect(header()?.everyMs).toBe(60_000);
	await run(delta);
	await run(delta);
	await run(delta);
	expect(asked).toEqual([undefined, 'w1', 'w2', 'w2']);
	expect(header()?.watermark).toBe('w2');
});

test('a delta that goes well does not hide that the last complete collection did not', async () => {
	const refusals = [
		{status: 'denied', operation: 'GetThing', iamAction: 'made:GetThing', error: 'AccessDenied', message: 'no', count: 1},
	] as const;
	const partial = anEnding('partial', {watermark: 'w'});
	const endings = [
		{...partial, outcome: {...partial.outcome, refusals}},
		anEnding('ok'),
		anEnding('throttled'),
		anEnding('ok'),
		anEnding('ok'),
	];
	const {run, header} = await setUp({batches: [], ending: anEnding()}, async () => endings.shift() ?? anEnding());
	await run(full);
	await run(delta);
	expect(header()?.outcome).toMatchObject({status: 'partial', refusals});
	await run(full);
	expect(header()?.outcome.status).toBe('throttled');
	await run(delta);
	expect(header()?.outcome.status).toBe('partial');
	await run(full);
	expect(header()?.outcome.status).toBe('ok');
});

test('what a service says is gone is taken away and closed', async () => {
	const script = {batches: [aBatch({findings: [aFinding('f'), aFinding('g')]})], ending: anEnding('ok', {complete, watermark: 'w'})};
	const {run, names, changes} = await setUp(script);
	await run();
	script.batches = [aBatch({goneFindingIds: ['f', 'never-seen']})];
	script.ending = anEnding('ok');
	await run(delta);
	expect(names()).toEqual(['g']);
	expect(await changes()).toEqual(['closed found']);
});

test('a resource is judged beside the ones it is related to, of its batch or of the cache, in other Regions too', async () => {
	const twin = aThing('twin', {}, 'us-east-1').arn;
	const script = {batches: [aBatch({resources: [aThing('a', {twin})]})], ending: anEnding('ok', {complete})};
	const {store, run, writer, service} = await setUp(script);
	const verdict = async () => {
		const [entry]: ReadonlyArray<Entry | undefined> = await store.get([store.keys(snapshot, thingType)[0] ?? '']);
		return entry?.entry === 'resource' ? entry.judgements[0]?.verdict : undefined;
	};

	await run();
	expect(await verdict()).toBe('UNKNOWN');
	const elsewhere = {...snapshot, awsRegion: 'us-east-1'};
	await writer.write({service, snapshot: elsewhere, baseline: true}, aBatch({resources: [aThing('twin', {}, 'us-east-1')]}));
	await writer.rejudge([service]);
	expect(await verdict()).toBe('PASS');
});

test('judging anew after the configuration changed tells what opened and closed', async () => {
	const script = {batches: [aBatch({resources: [aThing('a', {open: true})]})], ending: anEnding('ok', {complete})};
	const {run, changes, config, writer, service} = await setUp(script);
	await run();
	config.trustedAccounts.push('*');
	await writer.rejudge([service]);
	expect(await changes()).toEqual(['closed a']);
});
