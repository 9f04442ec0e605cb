import {chmod, rm, writeFile} from 'node:fs/promises';
import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {type ConnectOptions, connect} from '../../source/client/connect.js';
import type {StartSuccessor} from '../../source/client/succession.js';
import {addressFileName, type Query, type Successor, type WatcherState} from '../../source/model/index.js';
import {ownDirectory, until} from '../daemon/fakes.js';

const overview: Query = {ask: 'overview', rowsPerPanel: 5};

type Said = {readonly say: string; readonly id?: number; readonly query?: Query; readonly token?: string};

/** A daemon of the test: it records what it is told, and says what the test says. */
const aDaemon = async (runtimeDir: string, successor?: Successor) => {
	const said: Said[] = [];
	const sockets = new Set<Socket>();
	const server: Server = createServer(socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.setEncoding('utf8').on('data', (chunk: string) => {
			for (const line of chunk.split('\n').filter(Boolean)) {
				// Sent by the client under test.
				const frame = JSON.parse(line) as Said;
				said.push(frame);
				if (frame.say === 'hello') {
					socket.write(`${JSON.stringify({say: 'welcome', protocol: 1, version: '1.2.3', pid: 4711, startedAt: ''})}\n`);
				}
			}
		});
	});
	const socket = path.join(runtimeDir, 'd.sock');
	await new Promise<void>(resolve => {
		server.listen(socket, resolve);
	});
	await writeFile(
		path.join(runtimeDir, addressFileName),
		JSON.stringify({pid: 4711, version: '1.2.3', socket, token: 'secret', successor}),
		{
			mode: 0o600,
		},
	);
	const close = async () => {
		const closed = new Promise(resolve => {
			server.close(resolve);
		});
		for (const one of sockets) {
			one.destroy();
		}

		await closed;
	};
	onTestFinished(async () => (server.listening ? close() : undefined));
	return {
		said,
		viewers: () => sockets.size,
		tell(frame: object | string) {
			for (const one of sockets) {
				one.write(`${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n`);
			}
		},
		close,
	};
};

const aViewer = (runtimeDir: string, more: Partial<ConnectOptions> = {}) => {
	const watcher = connect({runtimeDir, version: '1.2.3', random: () => 0.9, ...more});
	const states: WatcherState[] = [];
	watcher.onState(state => states.push(state));
	onTestFinished(async () => watcher.close());
	return {watcher, states};
};

const live = async ({watcher}: ReturnType<typeof aViewer>) => until(() => watcher.state().status === 'live', 'a connection');

test('it says hello with the token, then what it watches', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const viewer = aViewer(runtimeDir);
	expect(viewer.watcher.state()).toEqual({status: 'connecting'});
	viewer.watcher.watch(overview, () => {});
	await live(viewer);
	expect(viewer.watcher.state()).toEqual({status: 'live', pid: 4711, version: '1.2.3'});
	await until(() => daemon.said.length === 2, 'both frames');
	expect(daemon.said[0]).toMatchObject({say: 'hello', protocol: 1, token: 'secret'});
	expect(daemon.said[1]).toMatchObject({say: 'watch', query: overview});
});

test('answers go to who asked for them, and to nobody who stopped', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const viewer = aViewer(runtimeDir);
	await live(viewer);
	const first: unknown[] = [];
	const second: unknown[] = [];
	const stop = viewer.watcher.watch(overview, answer => first.push(answer));
	viewer.watcher.watch({ask: 'detail', key: 'k'}, answer => second.push(answer));
	await until(() => daemon.said.length === 3, 'both watches');
	const [, {id: firstId} = {}, {id: secondId} = {}] = daemon.said;
	daemon.tell({say: 'answer', id: firstId, answer: {n: 1}});
	daemon.tell({say: 'answer', id: secondId, answer: {n: 2}});
	await until(() => second.length === 1, 'the answers');
	stop();
	await until(() => daemon.said.at(-1)?.say === 'drop', 'the word');
	daemon.tell({say: 'answer', id: firstId, answer: {n: 3}});
	daemon.tell({say: 'answer', id: secondId, answer: {n: 4}});
	await until(() => second.length === 2, 'the next answer');
	expect(first).toEqual([{n: 1}]);
	expect(second).toEqual([{n: 2}, {n: 4}]);
});

test('a question asked before there is a connection is asked when there is one', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const {watcher} = aViewer(runtimeDir);
	const asked = watcher.ask({ask: 'detail', key: 'k'});
	await until(() => daemon.said.length === 2, 'the question');
	daemon.tell({say: 'answer', id: daemon.said[1]?.id, answer: {revision: 3}});
	expect(await asked).toEqual({revision: 3});
});

test('an error in answer to a question rejects it with what the daemon said', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const {watcher} = aViewer(runtimeDir);
	const asked = watcher.ask({ask: 'detail', key: 'k'});
	await until(() => daemon.said.length === 2, 'the question');
	daemon.tell({say: 'error', id: daemon.said[1]?.id, error: 'The cache could not be read'});
	await expect(asked).rejects.toThrow('The cache could not be read');
});

test('with no daemon it says so, and so do its answers', async () => {
	const {watcher} = aViewer(await ownDirectory());
	const asked = watcher.ask(overview);
	await expect(asked).rejects.toThrow('No daemon is running');
	await expect(watcher.ask(overview)).rejects.toThrow('No daemon is running');
	expect(await watcher.refresh()).toBe('No daemon is running');
	expect(await watcher.health()).toBeUndefined();
	expect(watcher.state()).toMatchObject({status: 'lost', reason: 'No daemon is running'});
});

test('it waits longer from try to try, up to a bound, and says until when', async () => {
	const {watcher, states} = aViewer(await ownDirectory());
	await until(() => states.length >= 4, 'four tries');
	const lost = states.flatMap(state => (state.status === 'lost' ? [state] : []));
	expect(new Set(lost.map(({since}) => since)).size).toBe(1);
	const waits = lost.map(
		({retryAt}, index) => Date.parse(retryAt) - Date.parse(index === 0 ? (lost[0]?.since ?? '') : (lost[index - 1]?.retryAt ?? '')),
	);
	// 0.2 s doubling, shortened by nine twentieths as the test's chance has it.
	expect(waits[0]).toBeCloseTo(110, -2);
	expect(waits[2]).toBeGreaterThan(waits[1] ?? 0);
	await watcher.close();
});

test('a daemon that dies is lost with the last answers kept, and the next one is told everything anew', async () => {
	const runtimeDir = await ownDirectory();
	const first = await aDaemon(runtimeDir);
	const viewer = aViewer(runtimeDir);
	const answers: unknown[] = [];
	viewer.watcher.watch(overview, answer => answers.push(answer));
	await live(viewer);
	await until(() => first.said.length === 2, 'the watch');
	const asked = viewer.watcher.ask({ask: 'detail', key: 'k'});
	const refused = expect(asked).rejects.toThrow('The daemon went away');
	await until(() => first.said.length === 3, 'the question');
	await first.close();
	await refused;
	await until(() => viewer.watcher.state().status === 'lost', 'the loss');
	const second = await aDaemon(runtimeDir);
	await live(viewer);
	await until(() => second.said.length === 2, 'the watch, again');
	expect(second.said[1]).toMatchObject({say: 'watch', query: overview});
	second.tell({say: 'answer', id: second.said[1]?.id, answer: {n: 2}});
	await until(() => answers.length === 1, 'the new answer');
});

describe('another daemon in the place of one that died', () => {
	const flags = {profile: 'prod', region: ['eu-west-1']};
	const dying = async (start: StartSuccessor, successor: Successor | undefined = flags, more: Partial<ConnectOptions> = {}) => {
		const runtimeDir = await ownDirectory();
		const daemon = await aDaemon(runtimeDir, successor);
		const startSuccessor = vi.fn<StartSuccessor>(start);
		const viewer = aViewer(runtimeDir, {startSuccessor, ...more});
		await live(viewer);
		return {runtimeDir, daemon, viewer, startSuccessor};
	};

	test('is started by the flags that it left, and found at once', async () => {
		let serve: (() => Promise<unknown>) | undefined;
		const {runtimeDir, daemon, viewer, startSuccessor} = await dying(async () => {
			await serve?.();
			return undefined;
		});
		serve = async () => aDaemon(runtimeDir, flags);
		await daemon.close();
		await until(() => viewer.states.some(state => state.status === 'lost' && state.successor === 'starting'), 'the start');
		await live(viewer);
		expect(startSuccessor).toHaveBeenCalledExactlyOnceWith(flags, expect.any(AbortSignal));
	});

	test('is not started where the daemon was stopped', async () => {
		const {runtimeDir, daemon, viewer, startSuccessor} = await dying(async () => undefined);
		await rm(path.join(runtimeDir, addressFileName));
		await daemon.close();
		await until(() => viewer.states.filter(({status}) => status === 'lost').length > 3, 'some tries');
		expect(startSuccessor).not.toHaveBeenCalled();
	});

	test('is not started where something else looks after it, nor by a viewer that saw none alive', async () => {
		const {runtimeDir, daemon, viewer, startSuccessor} = await dying(async () => undefined, undefined);
		await writeFile(
			path.join(runtimeDir, addressFileName),
			JSON.stringify({pid: 4711, version: '1.2.3', socket: path.join(runtimeDir, 'd.sock'), token: 'secret'}),
			{mode: 0o600},
		);
		await daemon.close();
		await until(() => viewer.states.filter(({status}) => status === 'lost').length > 3, 'some tries');
		const late = aViewer(runtimeDir, {startSuccessor});
		await until(() => late.states.filter(({status}) => status === 'lost').length > 3, 'some tries');
		expect(startSuccessor).not.toHaveBeenCalled();
	});

	test('that does not start is told with the reason and tried again after half a minute', async () => {
		let elapsedMs = 0;
		const {daemon, viewer, startSuccessor} = await dying(async () => 'no space left on device', flags, {clockMs: () => elapsedMs});
		await daemon.close();
		const failed = () => {
			const state = viewer.watcher.state();
			return state.status === 'lost' && typeof state.successor === 'object' ? state.successor.failed : undefined;
		};
		await until(() => failed() === 'no space left on device', 'the reason');
		const tries = async () => {
			const before = viewer.states.length;
			await until(() => viewer.states.length > before, 'a try');
			return startSuccessor.mock.calls.length;
		};
		expect(await tries()).toBe(1);
		elapsedMs += 29_000;
		expect(await tries()).toBe(1);
		elapsedMs += 2_000;
		await until(() => startSuccessor.mock.calls.length === 2, 'the second start');
	});

	test('is given up on when the viewer closes, which waits until nothing of it is left', async () => {
		const done: string[] = [];
		const {daemon, viewer, startSuccessor} = await dying(
			async (_successor, closing) =>
				new Promise(resolve => {
					closing.addEventListener('abort', () => setTimeout(() => resolve(done.push('ended') > 0 ? 'ended' : undefined), 50));
				}),
		);
		await daemon.close();
		await until(() => startSuccessor.mock.calls.length > 0, 'the start');
		await viewer.watcher.close();
		expect(done).toEqual(['ended']);
	});

	test('is no reason to end for the viewer where starting one throws', async () => {
		const {daemon, viewer} = await dying(async () => {
			throw new Error('Cannot find module');
		});
		await daemon.close();
		await until(() => {
			const state = viewer.watcher.state();
			return state.status === 'lost' && typeof state.successor === 'object' && state.successor.failed === 'Cannot find module';
		}, 'the reason');
	});

	test('is not spoken of any more once somebody stopped what is missed', async () => {
		const {runtimeDir, daemon, viewer} = await dying(async () => 'no space left on device');
		await daemon.close();
		await until(() => {
			const state = viewer.watcher.state();
			return state.status === 'lost' && state.successor !== undefined;
		}, 'the reason');
		await rm(path.join(runtimeDir, addressFileName));
		await until(() => {
			const state = viewer.watcher.state();
			return state.status === 'lost' && state.successor === undefined;
		}, 'silence');
	});
});

test('a daemon of another protocol is named in the reason', async () => {
	const runtimeDir = await ownDirectory();
	const socket = path.join(runtimeDir, 'd.sock');
	const server = createServer(one => {
		one.end(`${JSON.stringify({say: 'error', error: 'The daemon is of version 9.0.0'})}\n`);
	});
	await new Promise<void>(resolve => {
		server.listen(socket, resolve);
	});
	onTestFinished(() => {
		server.close();
	});
	await writeFile(path.join(runtimeDir, addressFileName), JSON.stringify({pid: 1, version: '9', socket, token: 't'}), {mode: 0o600});
	const {watcher} = aViewer(runtimeDir);
	await until(() => watcher.state().status === 'lost', 'the refusal');
	expect(watcher.state()).toMatchObject({reason: 'The daemon is of version 9.0.0'});
});

test('an address that somebody else could have written is not believed', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	await chmod(path.join(runtimeDir, addressFileName), 0o666);
	const {watcher} = aViewer(runtimeDir);
	await until(() => watcher.state().status === 'lost', 'the refusal');
	expect(watcher.state()).toMatchObject({reason: expect.stringContaining('could have been written by somebody else')});
	expect(daemon.said).toEqual([]);
});

test('what is not JSON from the daemon is a loss, not a crash', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const viewer = aViewer(runtimeDir);
	await live(viewer);
	daemon.tell('garbage');
	await until(() => viewer.states.some(state => state.status === 'lost'), 'the loss');
	await live(viewer);
});

test('closing ends everything: connection, timers, questions', async () => {
	const runtimeDir = await ownDirectory();
	const daemon = await aDaemon(runtimeDir);
	const viewer = aViewer(runtimeDir);
	await live(viewer);
	const asked = viewer.watcher.ask(overview);
	const refused = expect(asked).rejects.toThrow('This viewer has been closed');
	await viewer.watcher.close();
	await refused;
	await until(() => daemon.viewers() === 0, 'the end');
	await expect(viewer.watcher.ask(overview)).rejects.toThrow('This viewer has been closed');
});
