import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {exportSchema} from '../../source/export/schema.js';
import {type BuiltCli, buildCli, finished} from './built-cli.js';

let cli: BuiltCli;
beforeAll(async () => {
	cli = await buildCli();
});
afterAll(async () => cli.close());

const demosLeft = async (): Promise<readonly string[]> =>
	(await readdir(cli.home)).filter(name => name.startsWith('vedette-demo-') || name.startsWith('vedette-once-'));

const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
	for (const deadline = Date.now() + 15_000; !(await holds()); ) {
		if (Date.now() > deadline) {
			throw new Error(`Never came true: ${what}`);
		}

		await sleep(25);
	}
};

test('exports the typical account once, by the published schema, with all four verdicts and a reason for each', {
	timeout: 60_000,
}, async () => {
	const {code, out, err} = await cli.run(['demo', 'export', '--format', 'json', '--once']);
	expect(err).toBe('');
	expect(code).toBe(0);
	const ajv = new Ajv2020({allErrors: true});
	formats.default(ajv);
	const schema: object = JSON.parse(await readFile(path.resolve(import.meta.dirname, '../../schema/export.schema.json'), 'utf8'));
	const validate = ajv.compile(schema);
	expect(validate(JSON.parse(out)), ajv.errorsText(validate.errors)).toBe(true);
	// Stricter than what is published: no member that the schema does not know.
	const document = exportSchema.parse(JSON.parse(out));
	expect(new Set(document.findings.map(({verdict}) => verdict))).toEqual(new Set(['PASS', 'FAIL', 'UNKNOWN', 'NOT_APPLICABLE']));
	expect(document.findings.filter(({reason}) => reason.trim() === '')).toEqual([]);
	expect(new Set(document.findings.map(({id}) => id)).size).toBe(document.findings.length);
	expect(document.resources.length).toBeGreaterThan(50);
	expect(await demosLeft()).toEqual([]);
});

test('of the hostile account writes no control character but line ends', {timeout: 120_000}, async () => {
	const file = path.join(cli.home, 'hostile.json');
	const {code, out: nothing} = await cli.run(['demo', '--scenario', 'hostile', 'export', '--ascii', '--output', file]);
	expect(code).toBe(0);
	expect(nothing).toBe('');
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	const out = await readFile(file, 'utf8');
	expect(out).toMatch(/^[\n\x20-\x7e]+$/);
	expect(exportSchema.parse(JSON.parse(out)).resources.length).toBeGreaterThan(0);
});

test('fills its account before it answers status, and leaves nothing behind', {timeout: 60_000}, async () => {
	const {code, out} = await cli.run(['demo', 'status', '--format', '{critical} {high} {score} {account}']);
	expect(out).toMatch(/^\d+ \d+ \d+ \d{12}\n$/);
	expect(code).toBe(0);
	expect(await demosLeft()).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('ended by %s leaves no process and no file', {timeout: 60_000}, async signal => {
	const child = cli.start(['demo', 'daemon', '--foreground']);
	const end = finished(child);
	let pid = 0;
	await until(async () => {
		const [directory] = await demosLeft();
		const note =
			directory === undefined
				? undefined
				: await readFile(path.join(cli.home, directory, 'state/run/daemon.lock.json'), 'utf8').catch(() => undefined);
		pid = note === undefined ? 0 : JSON.parse(note).pid;
		return pid !== 0;
	}, 'the daemon serves');
	child.kill(signal);
	await end;
	expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
	expect(await demosLeft()).toEqual([]);
});

test('endpoint serves the mock alone until it is told to stop', {timeout: 30_000}, async () => {
	const child = cli.start(['demo', 'endpoint', '--port', '0', '--scenario', 'healthy']);
	const end = finished(child);
	const url = await new Promise<string>(resolve => {
		child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
	});
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect((await fetch(url, {method: 'POST'})).status).toBeGreaterThanOrEqual(400);
	child.kill('SIGTERM');
	expect((await end).code).toBe(0);
});
