import {open, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {openLog, trimStandardError, withoutCredentials} from '../../source/daemon/log.js';
import {ownDirectory} from './fakes.js';

test.each([
	['key AKIAIOSFODNN7EXAMPLE in a text', 'key [access key] in a text'],
	['{"accessKeyId":"ASIAIOSFODNN7EXAMPLE"}', '{"accessKeyId":"[access key]"}'],
	['{"secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}', '{"secretAccessKey":"[secret key]"}'],
	['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = [secret key]'],
	['token IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEU=', 'token [session token]'],
	['FwoGZXIvYXdzEBYaDHxxxxxxxxxxxxxxxxxxxx', '[session token]'],
	['{"Authorization":"AWS4-HMAC-SHA256 Credential=x"}', '{"Authorization":"[credential]"}'],
	['"x-amz-security-token":"anything at all"', '"x-amz-security-token":"[credential]"'],
	['Bearer abcdefghijkl.mnop', 'Bearer [token]'],
	['https://sts/?X-Amz-Signature=0123abcd&Action=X', 'https://sts/?X-Amz-Signature=[credential]&Action=X'],
	[
		'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
		'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
	],
])('%s is logged as %s', (line, logged) => {
	expect(withoutCredentials(line)).toBe(logged);
});

test('a log is JSON lines in a private file, with what a name may hold made harmless', async () => {
	const file = path.join(await ownDirectory(), 'daemon.log');
	const {log, close} = openLog({file});
	log.info({name: 'evil\n{"level":60}\u001B[31m'}, 'A name');
	close();
	const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
	expect(lines).toHaveLength(1);
	expect(lines[0]).not.toContain('\u001B');
	expect(JSON.parse(lines[0] ?? '')).toMatchObject({msg: 'A name', pid: process.pid});
	expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a log that has grown too large becomes the old one, and only one old one is kept', async () => {
	const directory = await ownDirectory();
	const file = path.join(directory, 'daemon.log');
	const {log, close} = openLog({file});
	const much = 'x'.repeat(1024 * 1024);
	for (let line = 0; line < 14; line += 1) {
		log.info({much}, `line ${line}`);
	}

	close();
	expect((await readdir(directory)).sort()).toEqual(['daemon.log', 'daemon.log.1']);
	expect((await stat(file)).size).toBeLessThan(6 * 1024 * 1024);
});

test.runIf(process.platform === 'linux')('a full disk costs lines and nothing else', () => {
	const {log, lost, close} = openLog({file: '/dev/full'});
	log.info('nowhere to go');
	log.error('nor this');
	expect(lost()).toBe(2);
	close();
});

test('a link in the log’s place is not followed', async () => {
	const directory = await ownDirectory();
	await writeFile(path.join(directory, 'precious'), 'precious');
	await symlink(path.join(directory, 'precious'), path.join(directory, 'daemon.log'));
	const {log, lost, close} = openLog({file: path.join(directory, 'daemon.log')});
	log.info('to somewhere else');
	close();
	expect(lost()).toBeGreaterThan(0);
	expect(await readFile(path.join(directory, 'precious'), 'utf8')).toBe('precious');
});

test('a standard error that is the log file is begun anew when it has grown, and no other is touched', async () => {
	const directory = await ownDirectory();
	const file = path.join(directory, 'daemon.log');
	const other = path.join(directory, 'other');
	await writeFile(other, 'y'.repeat(200));
	const handle = await open(file, 'a');
	try {
		await handle.write('x'.repeat(200));
		trimStandardError(other, 100, handle.fd);
		trimStandardError(path.join(directory, 'none'), 100, handle.fd);
		expect((await stat(file)).size).toBe(200);
		trimStandardError(file, 100, handle.fd);
		await handle.write('the next line');
		expect(await readFile(file, 'utf8')).toBe('the next line');
		expect(await readFile(`${file}.1`, 'utf8')).toBe('x'.repeat(200));
		expect((await stat(other)).size).toBe(200);
	} finally {
		await handle.close();
	}
});
