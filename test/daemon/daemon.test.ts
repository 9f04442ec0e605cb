import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/client/connect.js';
import type {Collect} from '../../source/collect/port.js';
import {type Daemon, type DaemonParts, startDaemon} from '../../source/daemon/daemon.js';
import type {Overview, Query, Refusal, Watcher} from '../../source/model/index.js';
import {aBatch, aConfig, aFinding, aGate, anEnding, aThing, madeService, ownDirectory, theParts, thingType, until} from './fakes.js';

const overview: Query & {ask: 'overview'} = {ask: 'overview', rowsPerPanel: 5};

const collectThings =
	(things: () => readonly ReturnType<typeof aThing>[]): Collect =>
	async (_service, _target, {onBatch}) => {
		await onBatch(aBatch({resources: things()}));
		return anEnding('ok', {complete: [thingType]});
	};

const started = async (parts: DaemonParts): Promise<Daemon> => {
	const result = await startDaemon(parts);
	if (!result.started) {
		throw new Error(result.reason);
	}

	onTestFinished(async () => result.daemon.stop());
	return result.daemon;
};

const viewerOf = ({config}: DaemonParts): Watcher => {
	const watcher = connect({runtimeDir: config.runtimeDir, version: '1.2.3'});
	onTestFinished(async () => watcher.close());
	return watcher;
};

/** The latest overview that a viewer has. */
const watchOverview = (watcher: Watcher): (() => Overview | undefined) => {
	let latest: Overview | undefined;
	watcher.watch(overview, answer => {
		latest = answer;
	});
	return () => latest;
};

const refusal = (status: Refusal['status'], message = 'no'): Refusal => ({
	status,
	operation: 'GetCallerIdentity',
	iamAction: 'sts:GetCallerIdentity',
	error: 'Error',
	message,
});

test('a daemon fills its cache and its viewers see it, and see what changes', async () => {
	let things = [aThing('a', {open: true}), aThing('b')];
	const parts = theParts(aConfig(await ownDirectory()), aGate(collectThings(() => things)));
	await started(parts);
	const viewer = viewerOf(parts);
	const latest = watchOverview(viewer);
	await until(() => latest()?.counts.HIGH === 1, 'the first counts');
	expect(latest()).toMatchObject({account: {accountId: '111122223333', partition: 'aws'}, regions: ['eu-west-1'], problems: []});
	expect(latest()?.panels[0]).toMatchObject({id: 'made', total: 2, snapshots: [{outcome: {status: 'ok'}, stale: false}]});
	things = [aThing('a'), aThing('b')];
	// Asked again only after what was just collected has aged a little.
	await until(async () => (await viewer.refresh('made')).startsWith('Collecting Made things now'), 'a refresh', 8000);
	await until(() => latest()?.counts.HIGH === 0, 'the new counts');
	expect((await viewer.ask({ask: 'changes', filter: '', offset: 0, limit: 10})).rows).toMatchObject([{type: 'closed', resourceName: 'a'}]);
	expect(await viewer.refresh('other')).toBe('other is not watched');
	expect(await viewer.health()).toMatchObject({pid: process.pid, version: '1.2.3', entries: 2, viewers: 1, degraded: []});
}, 15_000);

test('everything on disk is this user’s alone', async () => {
	const stateDir = path.join(await ownDirectory(), 'state');
	const before = process.umask(0);
	try {
		const parts = theParts(aConfig(stateDir), aGate(collectThings(() => [aThing('a')])));
		await started(parts);
		const latest = watchOverview(viewerOf(parts));
		await until(() => latest()?.panels[0]?.total === 1, 'the first thing');
		for (const entry of await readdir(stateDir, {recursive: true, withFileTypes: true})) {
			const file = path.join(entry.parentPath, entry.name);
			expect([file, ((await stat(file)).mode & 0o777).toString(8)]).toEqual([file, entry.isDirectory() ? '700' : '600']);
		}
	} finally {
		process.umask(before);
	}
});

test('a daemon that starts again shows at once what was last known, with its age, before AWS has answered', async () => {
	const stateDir = await ownDirectory();
	const first = theParts(aConfig(stateDir), aGate(collectThings(() => [aThing('a', {open: true})])));
	const daemon = await started(first);
	const before = watchOverview(viewerOf(first));
	await until(() => before()?.counts.HIGH === 1, 'the first counts');
	await daemon.stop();
	const later = () => Date.now() + 3_600_000;
	const second = theParts(
		aConfig(stateDir),
		aGate(async () => anEnding('ok'), {identity: async () => new Promise(() => {})}),
		{now: later},
	);
	await started(second);
	const latest = watchOverview(viewerOf(second));
	await until(() => latest()?.counts.HIGH === 1, 'the last counts');
	expect(latest()).toMatchObject({account: {accountId: '111122223333'}, regions: ['eu-west-1']});
	expect(latest()?.panels[0]?.snapshots[0]).toMatchObject({stale: true, outcome: {status: 'ok'}});
	expect(latest()?.panels[0]?.top[0]?.stale).toBe(true);
});

test('a row goes stale on screen by the passing of time alone', async () => {
	let offsetMs = 0;
	const parts = theParts(aConfig(await ownDirectory()), aGate(collectThings(() => [aThing('a', {open: true})])), {
		now: () => Date.now() + offsetMs,
	});
	await started(parts);
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.panels[0]?.snapshots[0]?.stale === false, 'a fresh panel');
	offsetMs = 700_000;
	await until(() => latest()?.panels[0]?.snapshots[0]?.stale === true, 'a stale panel');
});

test('nothing happens, nothing is sent', async () => {
	let looks = 0;
	const problems = async () => {
		looks += 1;
		return [];
	};
	const parts = theParts(
		aConfig(await ownDirectory()),
		aGate(
			collectThings(() => [aThing('a')]),
			{problems},
		),
	);
	await started(parts);
	let answers = 0;
	const viewer = viewerOf(parts);
	const latest = watchOverview(viewer);
	await until(() => latest()?.panels[0]?.total === 1 && latest()?.traffic.collecting.length === 0, 'the first thing');
	viewer.watch({ask: 'overview', rowsPerPanel: 3}, () => {
		answers += 1;
	});
	await until(() => answers === 1, 'the answer');
	looks = 0;
	await until(() => looks === 3, 'three looks of the slow timer');
	expect(answers).toBe(1);
});

test('without credentials it says so with the command, serves on, and goes to work after the login', async () => {
	let loggedIn = false;
	const working = aGate(collectThings(() => [aThing('a')]));
	const gate = aGate(working.collect, {
		identity: async () => (loggedIn ? working.identity() : {ok: false, refusal: refusal('unauthenticated', 'the SSO session has ended')}),
		loginHint: async () => 'aws sso login --profile prod',
	});
	const parts = theParts(aConfig(await ownDirectory()), gate);
	await started(parts);
	const viewer = viewerOf(parts);
	const latest = watchOverview(viewer);
	await until(() => latest()?.problems.length === 1, 'the problem');
	expect(latest()?.problems[0]).toMatchObject({
		id: 'credentials',
		severity: 'error',
		text: 'AWS does not accept these credentials: the SSO session has ended',
		fix: 'aws sso login --profile prod',
	});
	expect(await viewer.refresh()).toContain('AWS does not accept these credentials');
	loggedIn = true;
	await viewer.refresh();
	await until(() => latest()?.panels[0]?.total === 1, 'the first thing');
	expect(latest()?.problems).toEqual([]);
});

test('when credentials end while it runs, last good resources stay, and all is taken up again after the login', async () => {
	let loggedIn = true;
	const service = madeService({refresh: {full: {everyMs: 200, deadlineMs: 60_000}}});
	const working = aGate(collectThings(() => [aThing('a', {open: true})]));
	const gate = aGate(async (...call) => (loggedIn ? working.collect(...call) : anEnding('unauthenticated')), {
		identity: async () => (loggedIn ? working.identity() : {ok: false, refusal: refusal('unauthenticated')}),
	});
	const parts = theParts(aConfig(await ownDirectory()), gate, {services: [service]});
	await started(parts);
	const viewer = viewerOf(parts);
	const latest = watchOverview(viewer);
	await until(() => latest()?.counts.HIGH === 1, 'the first counts');
	loggedIn = false;
	await until(() => latest()?.problems[0]?.id === 'credentials', 'the problem', 10_000);
	expect(latest()?.panels[0]).toMatchObject({total: 1, snapshots: [{outcome: {status: 'unauthenticated'}}]});
	expect(latest()?.counts.HIGH).toBe(1);
	loggedIn = true;
	await viewer.refresh();
	await until(() => latest()?.panels[0]?.snapshots[0]?.outcome.status === 'ok' && latest()?.problems.length === 0, 'recovery');
}, 20_000);

test('Regions that cannot be listed are a problem with a way out, and those known from before are watched', async () => {
	const stateDir = await ownDirectory();
	const collect = collectThings(() => [aThing('a')]);
	const before = theParts(aConfig(stateDir), aGate(collect));
	const first = await started(before);
	const filled = watchOverview(viewerOf(before));
	await until(() => filled()?.panels[0]?.total === 1, 'the first thing');
	await first.stop();
	const regions = async () => ({ok: false, refusal: {...refusal('denied'), iamAction: 'account:ListRegions'}}) as const;
	const parts = theParts(aConfig(stateDir), aGate(collect, {regions}));
	await started(parts);
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.panels[0]?.total === 1, 'the first thing');
	expect(latest()?.problems[0]).toMatchObject({id: 'regions', severity: 'warning', fix: expect.stringContaining('--region')});
	expect(latest()?.problems[0]?.text).toContain('account:ListRegions');
});

test('an endpoint that is not AWS, what the gate says and what the store says are shown as problems', async () => {
	const clock = {id: 'clock', severity: 'warning', text: 'The clock is off', since: '2026-01-01T00:00:00.000Z'} as const;
	const parts = theParts(
		aConfig(await ownDirectory(), {endpointUrl: 'http://127.0.0.1:4599'}),
		aGate(
			collectThings(() => []),
			{problems: async () => [clock]},
		),
	);
	await started(parts);
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.problems.length === 2, 'both problems');
	expect(latest()?.problems).toEqual([
		clock,
		expect.objectContaining({id: 'endpoint', text: expect.stringContaining('http://127.0.0.1:4599')}),
	]);
});

test('one service that throws or hangs ages no other', async () => {
	const counts = new Map<string, number>();
	const collect: Collect = async (service, _target, {onBatch, signal}) => {
		counts.set(service.id, (counts.get(service.id) ?? 0) + 1);
		if (service.id === 'throws') {
			throw new Error('bug');
		}

		if (service.id === 'hangs') {
			await new Promise(resolve => {
				signal.addEventListener('abort', resolve, {once: true});
			});
		}

		await onBatch(aBatch({findings: [aFinding('f')]}));
		return anEnding('ok');
	};
	const refresh = {full: {everyMs: 100, deadlineMs: 60_000}};
	const parts = theParts(aConfig(await ownDirectory()), aGate(collect), {
		services: ['throws', 'hangs', 'works'].map(id => madeService({id, refresh})),
	});
	await started(parts);
	await until(() => (counts.get('works') ?? 0) >= 10, 'ten rounds of the one that works');
	expect(counts.get('hangs')).toBe(1);
});

test('what is judged by another Region’s resource is judged again when all Regions were seen, and that is no news', async () => {
	const twin = aThing('twin', {}, 'us-east-1');
	const collect: Collect = async (_service, {awsRegion}, {onBatch}) => {
		if (awsRegion === 'us-east-1') {
			// Seen last: the other Region has been judged without it.
			await until(() => seen, 'the first Region');
		}

		await onBatch(aBatch({resources: [awsRegion === 'us-east-1' ? twin : aThing('a', {twin: twin.arn, open: true})]}));
		seen = true;
		return anEnding('ok', {complete: [thingType]});
	};
	let seen = false;
	const gate = aGate(collect, {regions: async () => ({ok: true, value: ['eu-west-1', 'us-east-1']})});
	const parts = theParts(aConfig(await ownDirectory()), gate);
	await started(parts);
	const viewer = viewerOf(parts);
	const latest = watchOverview(viewer);
	await until(() => latest()?.counts.HIGH === 1, 'the failure');
	expect(latest()?.counts.unknown).toBe(0);
	expect((await viewer.ask({ask: 'changes', filter: '', offset: 0, limit: 10})).rows).toEqual([]);
});

test('a second daemon is refused, names the first, and leaves it in peace', async () => {
	const config = aConfig(await ownDirectory());
	const parts = theParts(config, aGate(collectThings(() => [aThing('a')])));
	const daemon = await started(parts);
	let opened = false;
	const second = await startDaemon({
		...parts,
		async openStore() {
			opened = true;
			throw new Error('never');
		},
	});
	expect(second).toEqual({
		started: false,
		exitCode: 75,
		reason: `The daemon with pid ${process.pid} already watches from ${config.stateDir} and listens on ${daemon.socket}`,
	});
	expect(opened).toBe(false);
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.panels[0]?.total === 1, 'the first daemon at work');
});

test('a reload takes a good configuration, judges anew, and keeps the old one where the new is bad', async () => {
	const config = aConfig(await ownDirectory());
	const next: {config: DaemonParts['config'] | string} = {config: 'vedette.yaml:3:1: limits.share: expected a number'};
	const gates: string[] = [];
	const parts = theParts(config, aGate(collectThings(() => [aThing('a', {open: true})])), {reload: async () => next.config});
	const daemon = await started({
		...parts,
		openGate(given, store) {
			gates.push(String(given.profile));
			return parts.openGate(given, store);
		},
	});
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.counts.HIGH === 1, 'the first counts');
	expect(await daemon.reload()).toContain('vedette.yaml:3:1');
	await until(() => latest()?.problems[0]?.id === 'configuration', 'the problem');
	expect(latest()?.counts.HIGH).toBe(1);

	next.config = {...config, trustedAccounts: ['*']};
	expect(await daemon.reload()).toBe('The configuration was read again');
	await until(() => latest()?.counts.HIGH === 0 && latest()?.problems.length === 0, 'the new judgement');
	expect(gates).toEqual(['undefined']);

	next.config = {...config, profile: 'other', mutes: [{rule: '*', resource: 'a', until: undefined, reason: 'known'}]};
	await daemon.reload();
	expect(gates).toEqual(['undefined', 'other']);
	await until(() => latest()?.counts.muted === 1, 'the mute');
});

test('a runtime directory too long for a socket still works, and one with no way out says so', async () => {
	const home = await ownDirectory();
	const config = {...aConfig(home), runtimeDir: path.join(home, 'x'.repeat(120))};
	const parts = theParts(config, aGate(collectThings(() => [aThing('a')])), {host: {platform: 'linux', home}});
	const daemon = await started(parts);
	expect(daemon.socket.startsWith(path.join(home, '.local'))).toBe(true);
	const latest = watchOverview(viewerOf(parts));
	await until(() => latest()?.panels[0]?.total === 1, 'the first thing');
	const hopeless = await startDaemon({...parts, host: {platform: 'linux', home: `/${'y'.repeat(100)}`}});
	expect(hopeless).toMatchObject({started: false, exitCode: 77, reason: expect.stringContaining('this system takes 107')});
});

test('a cache that cannot be opened is told, and the lock is free again', async () => {
	const parts = theParts(aConfig(await ownDirectory()), aGate(collectThings(() => [])));
	const failed = await startDaemon({
		...parts,
		async openStore() {
			throw new Error('no way');
		},
	});
	expect(failed).toEqual({started: false, exitCode: 69, reason: 'The cache cannot be opened: no way'});
	await started(parts);
});
