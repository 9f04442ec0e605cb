import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startEndpoint} from '../../mocks/index.js';
import {exportSchema} from '../../source/export/schema.js';
import {type BuiltCli, buildCli, canary, finished} from './built-cli.js';

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

describe('without AWS and without a daemon', () => {
	test('the version is told and nothing else', async () => {
		const {version} = JSON.parse(await readFile(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
		expect(await cli.run(['--version'])).toEqual({code: 0, out: `${version}\n`, err: ''});
	});

	test('status says in one line that it knows nothing, and ends with 4', async () => {
		const {code, out, err} = await cli.run(['status']);
		expect(out).toMatch(/^vedette: no .*\n$/);
		expect(err).toMatch(/No daemon is running/);
		expect(code).toBe(4);
	});

	test('help has examples and no stack', async () => {
		const {code, out} = await cli.run(['help', 'export']);
		expect(out).toContain('vedette export --format json --once --fail-on high');
		expect(code).toBe(0);
	});

	test('a reader that has seen enough ends it quietly', async () => {
		const child = cli.start(['rules']);
		child.stdout.destroy();
		const {code, err} = await finished(child);
		expect(err).toBe('');
		expect(code).toBe(0);
	});

	test('status with a mistake in its flags is answered as every command is', async () => {
		const {code, err} = await cli.run(['status', '--fromat', 'x']);
		expect(err).toMatch(/unknown option '--fromat'/);
		expect(code).toBe(2);
	});
});

describe('a demo', () => {
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
});

describe('against an endpoint', () => {
	test('credentials turn up in no output, no log and no file, whatever is asked', {timeout: 90_000}, async () => {
		const endpoint = await startEndpoint({scenario: 'typical'});
		const state = path.join(cli.home, 'canary');
		// The mock has no quotas: what waits for those of AWS would test the clock.
		const config = path.join(cli.home, 'canary.yaml');
		await writeFile(config, 'limits: {share: 1}\n', {mode: 0o600});
		const flags = ['--state-dir', state, '--endpoint-url', endpoint.url, '--region', 'eu-south-1', '--config', config];
		const written: string[] = [];
		try {
			for (const words of [
				['daemon'],
				['watch', '--plain'],
				['status'],
				['panel', 'kms'],
				['changes'],
				['timeline'],
				['export'],
				['doctor'],
				['doctor', '--json'],
				['config', '--json'],
				['daemon', 'status', '--json'],
				['daemon', 'reload'],
				['daemon', 'stop'],
				['export', '--once'],
				['status', '--offline'],
			]) {
				const {out, err} = await cli.run([...words, ...flags]);
				written.push(out, err);
			}

			for (const entry of await readdir(cli.home, {recursive: true, withFileTypes: true})) {
				if (entry.isFile()) {
					const file = path.join(entry.parentPath, entry.name);
					expect((await stat(file)).mode & 0o077, file).toBe(0);
					written.push((await readFile(file)).toString('latin1'));
				}
			}
		} finally {
			await cli.run(['daemon', 'stop', ...flags]);
			await endpoint.close();
		}

		const all = written.join('\n');
		expect(all.length).toBeGreaterThan(100_000);
		for (const secret of Object.values(canary)) {
			expect(all.includes(secret), secret.slice(0, 4)).toBe(false);
		}
	});

	test('without credentials export --once ends with 3 and says how to log in', {timeout: 60_000}, async () => {
		const endpoint = await startEndpoint({scenario: 'healthy'});
		const none = {AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '', AWS_EC2_METADATA_DISABLED: 'true'};
		try {
			const {code, out, err} = await cli.run(['export', '--once', '--endpoint-url', endpoint.url], none);
			expect(out).toBe('');
			expect(err).toMatch(/sts:GetCallerIdentity is unauthenticated: .* To mend it: aws configure sso/);
			expect(code).toBe(3);
		} finally {
			await endpoint.close();
		}
	});
});
