import {chmod, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {directoriesOf} from '../../source/config/directories.js';
import {durationMs, durationText} from '../../source/config/duration.js';
import {nearest} from '../../source/config/nearest.js';
import {inspectDirectory} from '../../source/config/private-directory.js';

test('macOS keeps to its own folders unless the XDG variables are set', () => {
	expect(directoriesOf({}, {}, {platform: 'darwin', home: '/Users/a'})).toEqual({
		stateDir: '/Users/a/Library/Application Support/vedette/default',
		runtimeDir: '/Users/a/Library/Application Support/vedette/default/run',
	});
	expect(directoriesOf({}, {XDG_STATE_HOME: '/s'}, {platform: 'darwin', home: '/Users/a'}).stateDir).toBe('/s/vedette/default');
});

test('every role and endpoint has a watch of its own', () => {
	const nameOf = (name: Parameters<typeof directoriesOf>[0], environment = {}) =>
		path.basename(directoriesOf(name, environment, {platform: 'linux', home: '/home/a'}).stateDir);
	expect(nameOf({roleArn: 'arn:aws:iam::123456789012:role/audit'})).toBe('123456789012%3Arole%2Faudit');
	expect(nameOf({}, {VEDETTE_ROLE_ARN: 'arn:aws:iam::123456789012:role/audit'})).toBe('123456789012%3Arole%2Faudit');
	expect(nameOf({profile: 'hub', endpointUrl: 'http://127.0.0.1:4566'})).toBe('hub+127%2E0%2E0%2E1%3A4566');
	expect(nameOf({roleArn: `arn:aws:iam::123456789012:role/${'x'.repeat(500)}/end`})).toMatch(/^x.{100,119}end$/);
});

test.each([
	['90s', 90_000],
	['5m', 300_000],
	['1.5h', 5_400_000],
	['2d', 172_800_000],
	['1w', 604_800_000],
	['250ms', 250],
	['5', undefined],
	['-5m', undefined],
	['5 m', undefined],
	['', undefined],
	['1e3s', undefined],
])('the duration %j is %s ms', (text, expected) => {
	expect(durationMs(text)).toBe(expected);
});

test.each([90_000, 300_000, 5_400_000, 250, 604_800_000])('%d ms is written so that it reads back', ms => {
	expect(durationMs(durationText(ms))).toBe(ms);
});

test.each([
	['kms-key-rotaton-enabled', ['kms-key-rotation-enabled']],
	['rotation', ['kms-key-rotation-enabled', 'secret-rotation-on']],
	['wach', ['watch']],
	['zzzz', []],
])('%s is near %j', (word, expected) => {
	expect(nearest(word, ['kms-key-rotation-enabled', 'secret-rotation-on', 'watch', 'status'])).toEqual(expected);
});

describe('a directory is used only where nobody else can look', () => {
	let root: string;
	const uid = process.getuid?.();
	beforeAll(async () => {
		root = await mkdtemp(path.join(tmpdir(), 'vedette-private-'));
	});
	afterAll(() => rm(root, {recursive: true}));

	test('one that is closed to others is fit', async () => {
		const directory = path.join(root, 'closed');
		await mkdir(directory, {mode: 0o700});
		expect(await inspectDirectory(directory, uid)).toBeUndefined();
	});

	test('one that is missing is told by its code', async () => {
		expect(await inspectDirectory(path.join(root, 'missing'), uid)).toMatch(/cannot be used: ENOENT$/);
	});

	test('one that is open to others is refused with the remedy', async () => {
		const directory = path.join(root, 'open');
		await mkdir(directory);
		await chmod(directory, 0o755);
		expect(await inspectDirectory(directory, uid)).toBe(`${directory} is open to others (755); close it with: chmod 700 ${directory}`);
	});

	test('symbolic links, files and other people’s directories are refused', async () => {
		const link = path.join(root, 'link');
		await symlink(root, link);
		expect(await inspectDirectory(link, uid)).toMatch(/is a symbolic link/);
		const file = path.join(root, 'file');
		await writeFile(file, '');
		expect(await inspectDirectory(file, uid)).toMatch(/is not a directory/);
		expect(await inspectDirectory(root, 4242)).toMatch(/belongs to another user/);
	});
});
