import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Environment} from '../../source/config/directories.js';
import {exampleConfig} from '../../source/config/example.js';
import {type ConfigFlags, loadConfig} from '../../source/config/load.js';
import {problemText} from '../../source/config/problem.js';
import {parseConfig} from '../../source/config/read-file.js';
import {known} from './known.js';

let home: string;
beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'vedette-home-'));
});
afterAll(() => rm(home, {recursive: true}));

const load = (flags: ConfigFlags = {}, environment: Environment = {}) =>
	loadConfig({flags, environment, machine: {platform: 'linux', home}, known});

const messages = async (flags: ConfigFlags, environment: Environment = {}) => (await load(flags, environment)).problems.map(problemText);

test('with nothing said, a fifth of the quotas, all Regions, all services', async () => {
	expect(await load()).toMatchObject({
		config: {
			profile: undefined,
			regions: undefined,
			services: undefined,
			endpointUrl: undefined,
			limits: {share: 0.2},
			mutes: [],
			stateDir: path.join(home, '.local/state/vedette/default'),
			runtimeDir: path.join(home, '.local/state/vedette/default/run'),
			file: undefined,
		},
	});
});

test('flags win over the environment, and the environment over the file', async () => {
	const config = path.join(home, 'precedence.yaml');
	await writeFile(config, 'profile: file\nregions: [eu-north-1]\nexternalId: file\n');
	const loaded = await load(
		{config, region: ['us-east-1,us-west-2', 'us-east-1']},
		{VEDETTE_REGIONS: 'eu-west-1', AWS_PROFILE: 'environment'},
	);
	expect(loaded).toMatchObject({
		config: {profile: 'environment', regions: ['us-east-1', 'us-west-2'], externalId: 'file', file: config},
		origins: {profile: 'environment', regions: 'flag', externalId: 'file', limits: 'default'},
	});
});

describe('each profile has a watch of its own', () => {
	test.each([
		[{}, {}, 'default'],
		[{profile: 'prod'}, {}, 'prod'],
		[{}, {AWS_PROFILE: 'prod'}, 'prod'],
		[{profile: 'a'}, {VEDETTE_PROFILE: 'b', AWS_PROFILE: 'c'}, 'a'],
		[{profile: '../../etc'}, {}, '%2E%2E%2F%2E%2E%2Fetc'],
		[{profile: 'team a/b'}, {}, 'team%20a%2Fb'],
	])('%j with %j lives in %s', async (flags, environment, name) => {
		expect(await load(flags, {...environment, XDG_STATE_HOME: '/state', XDG_RUNTIME_DIR: '/run/user/1'})).toMatchObject({
			config: {stateDir: `/state/vedette/${name}`, runtimeDir: `/run/user/1/vedette/${name}`},
		});
	});

	test('a state directory that is named holds all of it', async () => {
		expect(await load({stateDir: '/x/y', profile: 'p'}, {XDG_RUNTIME_DIR: '/run/user/1'})).toMatchObject({
			config: {stateDir: '/x/y', runtimeDir: '/x/y/run'},
		});
	});

	test('relative XDG paths are ignored, as the specification asks', async () => {
		expect(await load({}, {XDG_STATE_HOME: 'state', XDG_RUNTIME_DIR: 'run'})).toMatchObject({
			config: {stateDir: path.join(home, '.local/state/vedette/default')},
		});
	});
});

describe('signed requests stay on this machine unless it is asked for otherwise', () => {
	test.each([
		['http://127.0.0.1:4566', false, undefined],
		['http://localhost:4566', false, undefined],
		['http://[::1]:4566', false, undefined],
		['https://aws.evil.example', false, /is not this machine/],
		['https://proxy.corp.example', true, undefined],
		['http://169.254.169.254/', true, /never sends requests there/],
		['http://2852039166/', true, /never sends requests there/],
		['http://[::ffff:169.254.169.254]/', true, /never sends requests there/],
		['http://[fd00:ec2::254]/', true, /never sends requests there/],
		['http://127.0.0.1.evil.example', false, /is not this machine/],
		['ftp://127.0.0.1', false, /Expected an http or https URL/],
		['http://user:pass@127.0.0.1', false, /without user name and password/],
		['nonsense', false, /Expected an http or https URL/],
	])('%s, remote allowed: %s', async (endpointUrl, allowRemoteEndpoint, expected) => {
		const [message] = await messages({endpointUrl, allowRemoteEndpoint});
		if (expected === undefined) {
			expect(message).toBeUndefined();
		} else {
			expect(message).toMatch(expected);
			expect(message).toMatch(/^--endpoint-url: /);
		}
	});

	test('the environment cannot redirect anything', async () => {
		const environment = {
			AWS_ENDPOINT_URL: 'http://evil.example',
			AWS_ENDPOINT_URL_KMS: 'http://evil.example',
			VEDETTE_ENDPOINT_URL: 'http://127.0.0.1:1',
		};
		expect(await load({}, environment)).toMatchObject({config: {endpointUrl: undefined}});
	});
});

describe('flags and variables that make no sense are named', () => {
	test.each<[ConfigFlags, Environment, string]>([
		[{region: ['nowhere']}, {}, '--region: expected a Region such as eu-west-1, found "nowhere"'],
		[{}, {VEDETTE_REGIONS: 'nowhere'}, 'VEDETTE_REGIONS: expected a Region such as eu-west-1, found "nowhere"'],
		[{}, {VEDETTE_SERVICES: 'kmss'}, 'VEDETTE_SERVICES: expected the id of a service (kms, acm), found "kmss"; did you mean kms?'],
		[{}, {VEDETTE_LIMITS_SHARE: '0'}, 'VEDETTE_LIMITS_SHARE: expected a number above 0 and at most 1, found "0"'],
		[{roleArn: 'x'}, {}, '--role-arn: expected the ARN of a role, such as arn:aws:iam::123456789012:role/vedette, found "x"'],
		[{config: '/nowhere/c.yaml'}, {}, '--config: there is no file /nowhere/c.yaml'],
		[{}, {VEDETTE_CONFIG: '/nowhere/c.yaml'}, 'VEDETTE_CONFIG: there is no file /nowhere/c.yaml'],
	])('%j %j', async (flags, environment, expected) => {
		expect(await messages(flags, environment)).toEqual([expected]);
	});
});

test('the example is valid as it stands and changes nothing, and valid with its comments lifted', () => {
	const example = exampleConfig({
		...known,
		intervals: [
			{id: 'kms', fullMs: 900_000, deltaMs: 60_000},
			{id: 'acm', fullMs: 3_600_000},
		],
	});
	expect(parseConfig(example, 'example', known)).toEqual({file: {}, problems: []});
	const lifted = example
		.split('\n')
		.filter(line => /^# {0,7}(?:[a-zA-Z-]+:|- rule)/.test(line) && !/^# (?:Check|Put)/.test(line))
		.map(line => line.slice(2))
		.join('\n');
	const read = parseConfig(lifted, 'example', known);
	expect(read.problems.map(problemText)).toEqual([]);
	expect(read).toMatchObject({
		file: {limits: {share: 0.2}, intervals: {kms: {full: 900_000, delta: 60_000}}, trustedAccounts: ['123456789012', 'o-a1b2c3d4e5']},
	});
});
