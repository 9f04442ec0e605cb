import {chmod, mkdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import {expect, onTestFinished, test} from 'vitest';
import type {Serves} from '../../source/daemon/conversation.js';
import {openServer, type ViewerServer} from '../../source/daemon/server.js';
import {
	type DaemonAddress,
	type DaemonFrame,
	maxViewerLine,
	protocolVersion,
	type Query,
	type Successor,
} from '../../source/model/index.js';
import {ownDirectory, silent, until} from './fakes.js';

const overview: Query = {ask: 'overview', rowsPerPanel: 5};

const setUp = async (more: Partial<Serves> = {}, patienceMs = 30_000, successor?: Successor) => {
	const directory = await ownDirectory();
	const paths = {socket: path.join(directory, 'daemon.sock'), address: path.join(directory, 'daemon.json')};
	const shown = {text: 'first', answers: 0, stopped: 0};
	const server = await openServer({
		serves: {
			async answer(query) {
				shown.answers += 1;
				return {revision: shown.answers, now: new Date().toISOString(), ask: query.ask, text: shown.text};
			},
			refresh: service => `Collecting ${service ?? 'all'}`,
			async health() {
				throw new Error('not well');
			},
			reload: async () => 'The configuration was read again',
			stop() {
				shown.stopped += 1;
			},
			...more,
		},
		paths,
		version: '1.2.3',
		startedAt: '2026-01-01T00:00:00.000Z',
		log: silent,
		patienceMs,
		successor,
	});
	if (typeof server === 'string') {
		throw new Error(server);
	}

	onTestFinished(async () => server.close());
	// Written by the server itself.
	const address = JSON.parse(await readFile(paths.address, 'utf8')) as DaemonAddress;
	return {server, paths, shown, address};
};

type RawViewer = {
	readonly socket: Socket;
	readonly frames: DaemonFrame[];
	readonly ended: () => boolean;
	say(frame: object | string): void;
	answers(): unknown[];
};

const raw = async (address: DaemonAddress, token: string | undefined = address.token): Promise<RawViewer> => {
	const socket = connect(address.socket);
	const frames: DaemonFrame[] = [];
	let ended = false;
	let rest = '';
	socket.setEncoding('utf8');
	socket.on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop() ?? '';
		frames.push(...lines.map(line => JSON.parse(line)));
	});
	socket.on('close', () => {
		ended = true;
	});
	socket.on('error', () => {});
	onTestFinished(() => {
		socket.destroy();
	});
	const viewer: RawViewer = {
		socket,
		frames,
		ended: () => ended,
		say: frame => socket.write(`${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n`),
		answers: () => frames.flatMap(frame => (frame.say === 'answer' ? [frame.answer] : [])),
	};
	await new Promise(resolve => {
		socket.once('connect', resolve);
	});
	if (token !== '') {
		viewer.say({say: 'hello', protocol: protocolVersion, version: '1.2.3', token});
	}

	return viewer;
};

const welcomed = async (address: DaemonAddress): Promise<RawViewer> => {
	const viewer = await raw(address);
	await until(() => viewer.frames[0]?.say === 'welcome', 'the welcome');
	return viewer;
};

test('socket and address are 0600 whatever the umask is, and are gone when the server is', async () => {
	const before = process.umask(0);
	try {
		const {server, paths} = await setUp();
		expect((await stat(paths.socket)).mode & 0o777).toBe(0o600);
		expect((await stat(paths.address)).mode & 0o777).toBe(0o600);
		await server.close();
		await expect(stat(paths.socket)).rejects.toThrow('ENOENT');
		await expect(stat(paths.address)).rejects.toThrow('ENOENT');
	} finally {
		process.umask(before);
	}
});

test('what it leaves for the case that it dies is gone once it was told to stop, and viewers find it still', async () => {
	const {server, paths, address} = await setUp({}, undefined, {profile: 'prod'});
	expect(address.successor).toEqual({profile: 'prod'});
	await server.retire();
	// Written by the server itself.
	const retired = JSON.parse(await readFile(paths.address, 'utf8')) as DaemonAddress;
	const {successor: _, ...alone} = address;
	expect(retired).toEqual(alone);
	expect((await stat(paths.address)).mode & 0o777).toBe(0o600);
	await welcomed(retired);
});

test('a directory open to others, and anything but a socket in the socket’s place, is refused', async () => {
	const serves = {} as Serves; // Never asked: the server does not open.
	const options = {serves, version: '1', startedAt: '', log: silent};
	const directory = await ownDirectory();
	const open = path.join(directory, 'open');
	await mkdir(open);
	await chmod(open, 0o755);
	expect(await openServer({...options, paths: {socket: path.join(open, 's'), address: path.join(open, 'a')}})).toContain(
		'is open to others',
	);

	const file = path.join(directory, 'file');
	await writeFile(file, 'precious');
	expect(await openServer({...options, paths: {socket: file, address: `${file}.json`}})).toBe(`${file} is no socket: remove it`);
	const link = path.join(directory, 'link');
	await symlink(file, link);
	expect(await openServer({...options, paths: {socket: link, address: `${link}.json`}})).toBe(`${link} is no socket: remove it`);
	expect(await readFile(file, 'utf8')).toBe('precious');
});

test('a viewer with the token is welcomed, and nobody else', async () => {
	const {address} = await setUp();
	const viewer = await welcomed(address);
	expect(viewer.frames[0]).toEqual({
		say: 'welcome',
		protocol: protocolVersion,
		version: '1.2.3',
		pid: process.pid,
		startedAt: '2026-01-01T00:00:00.000Z',
	});
	for (const token of ['0'.repeat(64), address.token.slice(1), `${address.token} `]) {
		const stranger = await raw(address, token);
		await until(stranger.ended, 'the end');
		expect(stranger.frames).toEqual([{say: 'error', error: 'The token is not this daemon’s'}]);
	}
});

test('a viewer that does not open with hello is sent away unanswered', async () => {
	const {address, shown} = await setUp();
	for (const line of [JSON.stringify({say: 'ask', id: 1, query: overview}), 'GET / HTTP/1.1\r', '\u0000\u0001', '']) {
		const stranger = await raw(address, '');
		stranger.say(line);
		await until(stranger.ended, 'the end');
		expect(stranger.frames).toEqual([{say: 'error', error: 'A viewer opens with hello'}]);
	}

	expect(shown.answers).toBe(0);
});

test('a viewer of another protocol is told both versions and what to do', async () => {
	const {address} = await setUp();
	const viewer = await raw(address, '');
	viewer.say({say: 'hello', protocol: 99, version: '9.0.0', token: address.token, news: true});
	await until(viewer.ended, 'the end');
	expect(viewer.frames).toEqual([
		{
			say: 'error',
			error:
				'The daemon is of version 1.2.3 and speaks protocol 1, the viewer protocol 99: stop the daemon with "vedette daemon stop" and start again',
		},
	]);
});

test('a line over the cap ends the connection, in one piece or in many, and takes no memory', async () => {
	const {address, server} = await setUp();
	const viewer = await welcomed(address);
	const before = process.memoryUsage().arrayBuffers;
	for (let sent = 0; sent < 64 && !viewer.ended(); sent += 1) {
		viewer.socket.write('x'.repeat(maxViewerLine));
	}

	await until(viewer.ended, 'the end');
	await until(() => server.viewers() === 0, 'no viewer');
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
});

test('what is not understood is answered with an error that has the frame’s id, and the viewer goes on', async () => {
	const {address} = await setUp();
	const viewer = await welcomed(address);
	const bad: ReadonlyArray<readonly [object | string, number | undefined]> = [
		['{', undefined],
		['null', undefined],
		['[]', undefined],
		[{say: 'delete', id: 1}, 1],
		[{say: 'ask', id: 2, query: {ask: 'everything'}}, 2],
		[{say: 'ask', id: 3, query: {ask: 'panel', service: 'kms', filter: '', sort: 'urgency', descending: true, offset: 0, limit: 1e9}}, 3],
		[{say: 'ask', id: 4, query: {...overview, path: '/etc/passwd'}}, 4],
		[{say: 'watch', id: -1, query: overview}, undefined],
		['{"say":"drop","id":5,"__proto__":{"polluted":true}}', undefined],
		['{"say":"drop","id":5,"\\u005f_proto__":{"polluted":true}}', undefined],
		[`{"say":"ask","id":6,"query":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, undefined],
		[{say: 'hello', protocol: 1, version: '1', token: address.token}, undefined],
		[{say: 'health', id: 7}, 7],
	];
	for (const [frame, id] of bad) {
		const from = viewer.frames.length;
		viewer.say(frame);
		await until(() => viewer.frames.length > from, `an answer to ${JSON.stringify(frame).slice(0, 60)}`);
		const said = viewer.frames.at(-1);
		expect(said?.say).toBe('error');
		expect(said?.say === 'error' ? said.id : 'none').toBe(id);
	}

	expect(Object.prototype).not.toHaveProperty('polluted');
	viewer.say({say: 'refresh', id: 8, service: 'kms'});
	await until(() => viewer.frames.some(frame => frame.say === 'done' && frame.text === 'Collecting kms'), 'the answer');
});

test('whatever bytes a viewer sends, the daemon lives and answers another viewer', async () => {
	const {address, server} = await setUp();
	const noise = fc.oneof(
		fc.uint8Array({maxLength: 200}).map(bytes => Buffer.from(bytes)),
		fc.json().map(text => Buffer.from(`${text}\n`)),
		fc
			.record({say: fc.constantFrom('watch', 'drop', 'ask', 'stop?', '__proto__', 'constructor'), id: fc.anything(), query: fc.anything()})
			.map(frame => Buffer.from(`${JSON.stringify(frame)}\n`)),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(noise, {maxLength: 20}), async chunks => {
			const viewer = await raw(address);
			for (const chunk of chunks) {
				viewer.socket.write(chunk);
			}

			viewer.socket.end();
			await until(viewer.ended, 'the end');
		}),
		{numRuns: 60},
	);
	const viewer = await welcomed(address);
	viewer.say({say: 'ask', id: 1, query: overview});
	await until(() => viewer.answers().length === 1, 'the answer');
	await until(() => server.viewers() === 1, 'no forgotten connection');
});

test('too much nonsense ends the conversation', async () => {
	const {address} = await setUp();
	const viewer = await welcomed(address);
	viewer.say(Array.from({length: 200}, () => 'nonsense').join('\n'));
	await until(viewer.ended, 'the end');
	expect(viewer.frames.at(-1)).toEqual({say: 'error', error: 'Too much that is not understood'});
});

test('a watch is answered at once, and again only when the answer says something else', async () => {
	const {address, server, shown} = await setUp();
	const viewer = await welcomed(address);
	viewer.say({say: 'watch', id: 1, query: overview});
	await until(() => viewer.answers().length === 1, 'the first answer');
	expect(viewer.answers()[0]).toMatchObject({revision: 1, ask: 'overview', text: 'first'});
	server.changed();
	await until(() => shown.answers === 2, 'a second look');
	shown.text = 'second';
	server.changed();
	await until(() => viewer.answers().length === 2, 'the second answer');
	expect(viewer.answers()[1]).toMatchObject({text: 'second'});
	viewer.say({say: 'drop', id: 1});
	viewer.say({say: 'ask', id: 2, query: overview});
	await until(() => viewer.answers().length === 3, 'the answer to a question');
	const looks = shown.answers;
	shown.text = 'third';
	server.changed();
	viewer.say({say: 'ask', id: 3, query: overview});
	await until(() => viewer.answers().length === 4, 'another answer');
	expect(shown.answers).toBe(looks + 1);
});

test('a query in the place of another is the one that is answered', async () => {
	const {address, server, shown} = await setUp();
	const viewer = await welcomed(address);
	viewer.say({say: 'watch', id: 1, query: overview});
	viewer.say({say: 'watch', id: 1, query: {ask: 'detail', key: 'k'}});
	await until(() => viewer.answers().some(answer => JSON.stringify(answer).includes('detail')), 'the new answer');
	const from = viewer.answers().length;
	shown.text = 'second';
	server.changed();
	await until(() => viewer.answers().length > from, 'news');
	expect(viewer.answers().slice(from)).toEqual([expect.objectContaining({ask: 'detail', text: 'second'})]);
});

test('fifty viewers that watch the same cost one answer for each change', async () => {
	const {address, server, shown} = await setUp();
	const viewers = await Promise.all(Array.from({length: 50}, async () => welcomed(address)));
	for (const viewer of viewers) {
		viewer.say({say: 'watch', id: 1, query: overview});
	}

	await until(() => viewers.every(viewer => viewer.answers().length === 1), 'fifty first answers');
	expect(shown.answers).toBeLessThan(10);
	const before = shown.answers;
	shown.text = 'second';
	for (let change = 0; change < 100; change += 1) {
		server.changed();
	}

	await until(() => viewers.every(viewer => viewer.answers().length === 2), 'fifty second answers');
	expect(shown.answers - before).toBe(1);
});

test('a viewer that stops reading gets the latest when it reads again, costs little memory, and delays nobody', async () => {
	const filler = 'x'.repeat(2 * 1024 * 1024);
	let text = 'the beginning';
	let count = 0;
	const {address, server} = await setUp({
		async answer() {
			count += 1;
			return {revision: count, now: '', text: `${count} ${text}`, filler};
		},
	});
	const slow = await welcomed(address);
	const quick = await welcomed(address);
	slow.say({say: 'watch', id: 1, query: overview});
	quick.say({say: 'watch', id: 1, query: overview});
	await until(() => slow.answers().length === 1 && quick.answers().length === 1, 'the first answers');
	slow.socket.pause();
	for (let change = 0; change < 20; change += 1) {
		const from = quick.answers().length;
		server.changed();
		await until(() => quick.answers().length > from, 'the quick one’s answer');
	}

	text = 'the end';
	const from = quick.answers().length;
	server.changed();
	await until(() => quick.answers().length > from, 'the quick one’s answer');
	slow.socket.resume();
	await until(() => JSON.stringify(slow.answers().at(-1))?.includes('the end'), 'the latest');
	// One that was being sent, and the latest.
	expect(slow.answers()).toHaveLength(3);
}, 30_000);

test('a viewer that takes nothing for too long is dropped', async () => {
	const {address, server} = await setUp({answer: async () => ({filler: 'x'.repeat(4 * 1024 * 1024)})}, 100);
	const stuck = await welcomed(address);
	const idle = await welcomed(address);
	stuck.socket.pause();
	stuck.say({say: 'watch', id: 1, query: overview});
	await until(() => server.viewers() === 1, 'the stuck one’s end');
	expect(idle.ended()).toBe(false);
});

test('a viewer that asks without ever reading is answered no more than fits', async () => {
	const {address, shown} = await setUp({
		async answer() {
			shown.answers += 1;
			return {revision: 1, now: '', text: 'x'.repeat(1024 * 1024)};
		},
	});
	const viewer = await welcomed(address);
	viewer.socket.pause();
	for (let id = 0; id < 200; id += 1) {
		viewer.say({say: 'ask', id, query: overview});
	}

	await until(() => shown.answers >= 4, 'some answers');
	const other = await welcomed(address);
	other.say({say: 'ask', id: 1, query: overview});
	await until(() => other.answers().length === 1, 'another viewer’s answer');
	expect(shown.answers).toBeLessThan(15);
});

test('a viewer may ask the daemon to stop, and hears that it does', async () => {
	const {address, shown} = await setUp();
	const viewer = await welcomed(address);
	viewer.say({say: 'stop', id: 4});
	await until(() => shown.stopped === 1, 'the request');
	await until(() => viewer.frames.at(-1)?.say === 'done', 'the word');
});

test('a viewer that is killed leaves nothing behind', async () => {
	const {address, server} = await setUp();
	for (let round = 0; round < 20; round += 1) {
		const viewer = await welcomed(address);
		viewer.say({say: 'watch', id: 1, query: overview});
		viewer.socket.destroy();
	}

	await until(() => server.viewers() === 0, 'no viewer');
});

test('a query that cannot be answered is told to who asked, and spoils nothing', async () => {
	const {address} = await setUp({
		async answer() {
			throw new Error('The cache could not be read');
		},
	});
	const viewer = await welcomed(address);
	viewer.say({say: 'watch', id: 1, query: overview});
	viewer.say({say: 'ask', id: 2, query: overview});
	await until(() => viewer.frames.at(-1)?.say === 'error', 'the error');
	expect(viewer.frames.at(-1)).toEqual({say: 'error', id: 2, error: 'The cache could not be read'});
	viewer.say({say: 'refresh', id: 3});
	await until(() => viewer.frames.at(-1)?.say === 'done', 'an answer to something else');
});

test('closing ends all connections at once', async () => {
	const {address, server} = await setUp();
	const viewer = await welcomed(address);
	const started = performance.now();
	const closing: ViewerServer['close'] = server.close;
	await closing();
	await until(viewer.ended, 'the end');
	expect(performance.now() - started).toBeLessThan(1000);
});
