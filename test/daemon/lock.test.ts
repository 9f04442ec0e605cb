import {chmod, mkdir, stat, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {acquireLock} from '../../source/daemon/lock.js';
import {bundle, removeBundle, start} from './children.js';
import {ownDirectory, until} from './fakes.js';

let program = '';
beforeAll(async () => {
	program = await bundle('lock-program.ts');
});
afterAll(async () => removeBundle(program));

test('of eight that start together one wins, and the others name it and its socket', async () => {
	const directory = await ownDirectory();
	const children = Array.from({length: 8}, () => start(program, directory));
	const winner = await until(() => children.find(child => child.stdout() === 'held\n'), 'a winner', 20_000);
	const losers = children.filter(child => child !== winner);
	expect(await Promise.all(losers.map(async ({ended}) => ended))).toEqual(losers.map(() => 75));
	for (const loser of losers) {
		const pid = winner.process.pid;
		expect(loser.stdout()).toBe(`The daemon with pid ${pid} already watches from ${directory} and listens on /socket/of/${pid}\n`);
	}
});

test('the lock of one that was killed is free at once', async () => {
	const directory = await ownDirectory();
	const first = start(program, directory);
	await until(() => first.stdout() === 'held\n', 'the lock', 20_000);
	first.process.kill('SIGKILL');
	await first.ended;
	const attempt = await acquireLock(directory);
	expect(attempt.held).toBe(true);
	await (attempt.held && attempt.lock.release());
});

test('a lock that was released can be taken again, and releasing twice does nothing', async () => {
	const directory = await ownDirectory();
	const first = await acquireLock(directory);
	expect(first.held).toBe(true);
	if (first.held) {
		expect(await acquireLock(directory)).toMatchObject({held: false, taken: true});
		await first.lock.release();
		await first.lock.release();
	}

	const second = await acquireLock(directory);
	expect(second.held).toBe(true);
	await (second.held && second.lock.release());
});

test('the directory is made closed to others, and so is what is in it', async () => {
	const directory = path.join(await ownDirectory(), 'state', 'prod');
	const attempt = await acquireLock(directory);
	await (attempt.held && attempt.lock.announce({pid: 1}));
	expect((await stat(directory)).mode & 0o777).toBe(0o700);
	expect((await stat(path.join(directory, 'daemon.lock'))).mode & 0o777).toBe(0o600);
	expect((await stat(path.join(directory, 'daemon.lock.json'))).mode & 0o777).toBe(0o600);
	await (attempt.held && attempt.lock.release());
});

test('a directory that others may write, a link to one, and a link in the lock’s place are refused with their names', async () => {
	const directory = await ownDirectory();
	const open = path.join(directory, 'open');
	await mkdir(open);
	await chmod(open, 0o777);
	expect(await acquireLock(open)).toMatchObject({
		held: false,
		taken: false,
		reason: `${open} is open to others (777); close it with: chmod 700 '${open}'`,
	});

	const link = path.join(directory, 'link');
	await symlink(directory, link);
	expect(await acquireLock(link)).toMatchObject({held: false, taken: false, reason: `${link} is a symbolic link`});

	const planted = path.join(directory, 'planted');
	await mkdir(planted, {mode: 0o700});
	await symlink('/dev/null', path.join(planted, 'daemon.lock'));
	expect(await acquireLock(planted)).toMatchObject({held: false, taken: false});
});

test('a lock file that is no lock file is told of, not overwritten', async () => {
	const directory = await ownDirectory();
	await writeFile(path.join(directory, 'daemon.lock'), 'something else entirely, and long enough to be read as a page'.repeat(100));
	const attempt = await acquireLock(directory);
	expect(attempt).toMatchObject({held: false, taken: false});
	expect(attempt.held ? '' : attempt.reason).toContain('remove it if no daemon runs');
});
