import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startEndpoint} from '../../mocks/index.js';
import {type BuiltCli, buildCli, canary, finished} from './built-cli.js';

let cli: BuiltCli;
beforeAll(async () => {
	cli = await buildCli();
});
afterAll(async () => cli.close());

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
