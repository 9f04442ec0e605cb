import {readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/client/connect.js';
import {tellDaemon} from '../../source/client/control.js';
import {ensureDaemon} from '../../source/client/ensure-daemon.js';
import {logFileName, type Overview, type Watcher} from '../../source/model/index.js';
import {bundle, type Child, removeBundle, start} from '../daemon/children.js';
import {ownDirectory, until} from '../daemon/fakes.js';

let program = '';
beforeAll(async () => {
	program = await bundle('daemon-program.ts');
});
afterAll(async () => removeBundle(program));

const runOf = (stateDir: string): string => path.join(stateDir, 'run');

const aViewer = (stateDir: string): {watcher: Watcher; latest: () => Overview | undefined} => {
	const watcher = connect({runtimeDir: runOf(stateDir), version: '1.2.3'});
	onTestFinished(async () => watcher.close());
	let latest: Overview | undefined;
	watcher.watch({ask: 'overview', rowsPerPanel: 5}, answer => {
		latest = answer;
	});
	return {watcher, latest: () => latest};
};

const serving = async (child: Child): Promise<void> => {
	await until(() => child.stderr().includes('Vedette serves'), 'a serving daemon', 20_000);
};

const command = (stateDir: string, ...flags: string[]) => ({file: process.execPath, args: [program, stateDir, ...flags]});

/** Ends the daemon that a test started in the background. */
const endLater = (stateDir: string): void => {
	onTestFinished(async () => {
		await tellDaemon(runOf(stateDir), '1.2.3', 'stop');
	});
};

test('a daemon killed while it writes is found again by its viewers when it is back, with all it had said', async () => {
	const stateDir = await ownDirectory();
	const {watcher, latest} = aViewer(stateDir);
	let known = 0;
	for (let round = 0; round < 5; round += 1) {
		const daemon = start(program, stateDir);
		await serving(daemon);
		await until(() => watcher.state().status === 'live', 'a connection', 20_000);
		const {panels, problems} = await watcher.ask({ask: 'overview', rowsPerPanel: 0});
		expect(panels[0]?.total ?? 0).toBeGreaterThanOrEqual(known);
		expect(problems).toEqual([]);
		const more = known + 20;
		await until(() => (latest()?.panels[0]?.total ?? 0) >= more, 'more things', 20_000);
		daemon.process.kill('SIGKILL');
		await daemon.ended;
		await until(() => watcher.state().status === 'lost', 'the loss');
		known = latest()?.panels[0]?.total ?? 0;
	}
}, 60_000);

test('SIGTERM drains what hangs and ends with 0, and leaves neither socket nor address', async () => {
	const stateDir = await ownDirectory();
	const daemon = start(program, stateDir, '--hang');
	await serving(daemon);
	daemon.process.kill('SIGTERM');
	expect(await daemon.ended).toBe(0);
	await expect(stat(path.join(runOf(stateDir), 'daemon.sock'))).rejects.toThrow('ENOENT');
	await expect(stat(path.join(runOf(stateDir), 'daemon.json'))).rejects.toThrow('ENOENT');
}, 30_000);

test('SIGHUP reads the configuration again, and a bad one is not taken', async () => {
	const stateDir = await ownDirectory();
	const daemon = start(program, stateDir, '--bad-reload');
	await serving(daemon);
	const {latest} = aViewer(stateDir);
	daemon.process.kill('SIGHUP');
	await until(() => latest()?.problems[0]?.id === 'configuration', 'the problem', 10_000);
	expect(await tellDaemon(runOf(stateDir), '1.2.3', 'reload')).toMatchObject({
		done: true,
		text: expect.stringContaining('vedette.yaml:3:1'),
	});
}, 30_000);

test('a mistake of ours ends it with 70 and a last word, in which no credential is', async () => {
	const daemon = start(program, await ownDirectory(), '--crash');
	expect(await daemon.ended).toBe(70);
	expect(daemon.stderr()).toContain('A mistake of ours: crash with [access key]');
	expect(daemon.stderr()).not.toContain('AKIA');
}, 30_000);

test('a second daemon ends with 75 and names the first', async () => {
	const stateDir = await ownDirectory();
	const first = start(program, stateDir);
	await serving(first);
	const second = start(program, stateDir);
	expect(await second.ended).toBe(75);
	expect(second.stderr()).toContain(`The daemon with pid ${first.process.pid} already watches`);
}, 30_000);

test('eight that want a daemon at once get one, the same', async () => {
	const stateDir = await ownDirectory();
	endLater(stateDir);
	const found = await Promise.all(
		Array.from({length: 8}, async () =>
			ensureDaemon({runtimeDir: runOf(stateDir), stateDir, version: '1.2.3', command: command(stateDir), timeoutMs: 30_000}),
		),
	);
	const pids = found.map(one => (one.running ? one.pid : one.reason));
	expect(new Set(pids).size).toBe(1);
	expect(found.filter(one => one.running && one.started)).toHaveLength(1);
	expect((await stat(path.join(stateDir, logFileName))).mode & 0o777).toBe(0o600);
}, 60_000);

test('stopping waits for the end, so that one can be started right after', async () => {
	const stateDir = await ownDirectory();
	endLater(stateDir);
	const ensure = async () => ensureDaemon({runtimeDir: runOf(stateDir), stateDir, version: '1.2.3', command: command(stateDir)});
	const first = await ensure();
	expect(await ensure()).toMatchObject({running: true, started: false, pid: first.running ? first.pid : 0});
	expect(await tellDaemon(runOf(stateDir), '1.2.3', 'stop')).toEqual({done: true, running: false, text: 'The daemon has stopped'});
	const second = await ensure();
	expect(second).toMatchObject({running: true, started: true});
	expect(second.running && first.running && second.pid !== first.pid).toBe(true);
}, 60_000);

test('there is nobody to stop where none runs', async () => {
	expect(await tellDaemon(runOf(await ownDirectory()), '1.2.3', 'stop')).toEqual({
		done: false,
		running: false,
		text: 'No daemon is running',
	});
});

test('a daemon that does not start is told with its exit code and its last words', async () => {
	const stateDir = await ownDirectory();
	await writeFile(path.join(stateDir, 'run'), 'in the way');
	const found = await ensureDaemon({runtimeDir: runOf(stateDir), stateDir, version: '1.2.3', command: command(stateDir)});
	expect(found).toEqual({running: false, exitCode: 77, reason: expect.stringContaining('cannot be used')});
	expect(await readFile(path.join(stateDir, logFileName), 'utf8')).toContain('"level":50');
	const nothing = {file: path.join(stateDir, 'no-such-program'), args: []};
	expect(await ensureDaemon({runtimeDir: runOf(stateDir), stateDir, version: '1.2.3', command: nothing})).toMatchObject({
		running: false,
		reason: expect.stringContaining('cannot be started'),
	});
}, 30_000);
