import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {boards} from '../../source/boards/index.js';
import {commandList} from '../../source/commands/command-list.js';
import {iamActions, toIamPolicy} from '../../source/commands/iam-policy.js';
import {asking, services} from '../../source/commands/registry.js';
import {runHere} from './run.js';

// Help is printed by commander straight to standard output; what goes wrong comes through `note`.
describe('a command line that makes no sense ends with 2 and says what was meant', () => {
	test.each([
		[['statsu'], /unknown command 'statsu'[\s\S]*Did you mean status/],
		[['--profil', 'x'], /unknown option '--profil'[\s\S]*Did you mean --profile/],
		[['export', '--fromat', 'json'], /unknown option '--fromat'[\s\S]*Did you mean --format/],
		[['export', '--format', 'xml'], /Allowed choices are json/],
		[['export', '--fail-on', 'severe'], /Expected one of informational, low, medium, high, critical/],
		[['export', '--max-unknown', '-1'], /Expected a number of 0 or more/],
		[['changes', '--since', 'yesterday'], /Expected a duration such as 90s, 5m, 24h or 7d/],
		[['panel'], /missing required argument 'name'/],
		[['panel', 'kmz'], /no panel is called "kmz"; did you mean kms\?/],
		[['policy', '--for', 'km'], /there is no service "km"; did you mean kms\?/],
		[['daemon', 'start'], /Allowed choices are stop, reload, status/],
		[['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
		[['status', '--nonsense'], /unknown option '--nonsense'/],
		[['explain', 'KMS.444'], /nothing is known of "KMS.444"; did you mean KMS\.4/],
		[['demo', '--scenario', 'nowhere'], /Allowed choices are healthy, typical, hostile, large/],
		[['demo', '--speed', 'fast'], /Expected a number from 0/],
		[['demo', 'endpoint', '--port', '99999'], /Expected a port/],
		[['--region', 'eu-west-1', 'demo', 'demo'], /a demo within a demo/],
		[['demo', '--profile', 'prod'], /unknown option '--profile'/],
		[['demo', 'demo'], /a demo within a demo/],
		[['export', '--endpoint-url', 'https://evil.example'], /--endpoint-url: evil\.example is not this machine/],
		[['rules', '--region', 'Ireland'], /--region: expected a Region such as eu-west-1, found "Ireland"/],
	])('%j', async (words, expected) => {
		const {code, notes} = await runHere(words);
		expect(notes).toMatch(expected);
		expect(code).toBe(2);
	});
});

test('escape sequences on the command line are shown, not obeyed', async () => {
	const {notes} = await runHere(['explain', '\u001b]0;owned\u0007']);
	expect(notes).toContain('<001B>]0;owned<0007>');
});

describe('explain', () => {
	test.each([
		['kms-key-rotation-enabled', /^kms-key-rotation-enabled\n/],
		['KMS.4', /^kms-key-rotation-enabled\n/],
		['kms_cmk_rotation_enabled', /^kms-key-rotation-enabled\n/],
		['CIS 3.6', /kms-key-rotation-enabled/],
		['kms', /rules about "kms"/],
		['rotation', /rules about "rotation"/],
		['key-rotation', /^Key rotation, of imported keys too\n/],
		['key rotation', /^Key rotation, of imported keys too\n/],
		['envelope encryption', /^Client-side and envelope encryption\n[\s\S]* vedette panel multiregion\n/],
		['fixed IP', /^A fixed IP address in front of AWS WAF\n[\s\S]* {2}Changed: /],
		['bp5', /^Attack surface: .* vedette explain ec2-group-ports-closed\n/s],
		['shield advanced', /^Shield Advanced\n/],
		['bp1', /^5 topics about "bp1":\n\ncloudfront-at-the-edge\n {4}CloudFront at the edge/],
	])('%s', async (asked, expected) => {
		const {code, out} = await runHere(['explain', ...asked.split(' ')]);
		expect(out).toMatch(expected);
		expect(code).toBe(0);
	});

	test('a topic that is asked by its name comes alone, and so does a rule by its id', async () => {
		const topic = await runHere(['explain', 'key-rotation', '--json']);
		const found: {readonly topics: ReadonlyArray<{readonly id: string}>; readonly rules: readonly unknown[]} = JSON.parse(topic.out);
		expect(found.topics.map(({id}) => id)).toEqual(['key-rotation']);
		expect(found.rules).toEqual([]);

		const rule = await runHere(['explain', 'kms-key-rotation-enabled', '--json']);
		expect(JSON.parse(rule.out)).toEqual([expect.objectContaining({id: 'kms-key-rotation-enabled'})]);
	});

	test('says what stands in braces, in the command and in Terraform alike', async () => {
		const {out} = await runHere(['explain', 'eventbridge-rule-has-target']);
		expect(out).toContain('aws events put-targets --rule {name} ');
		expect(out).toContain('rule = "{name}"');
		expect(out).toContain('{name} and {region} stand for the resource’s own: its page has them filled in.');
		expect((await runHere(['explain', 'organizations-features-enabled'])).out).not.toContain('filled in');
	});

	test('words that are in titles of topics bring rules besides', async () => {
		const {out} = await runHere(['explain', 'imported', 'keys']);
		expect(out).toMatch(/^Whose key: /);
		expect(out).toMatch(/^Key rotation, of imported keys too$/m);
		expect(out).toMatch(/kms-material-/);
	});

	test('knows every rule, and every published id that rules carry', async () => {
		const rules = services.flatMap(({kinds}) => kinds.flatMap(kind => kind.rules));
		const {findRules} = await import('../../source/commands/explain.js');
		const {toCatalogue} = await import('../../source/model/index.js');
		const catalogue = toCatalogue(services);
		for (const {id, published} of rules) {
			for (const asked of [id, ...published.securityControlIds, ...published.prowler, ...published.cis]) {
				expect(
					findRules(asked, catalogue).map(rule => rule.id),
					asked,
				).toContain(id);
			}
		}
	});
});

describe('policy', () => {
	test('is what the registry declares, with the two questions before all services', async () => {
		const {out} = await runHere(['policy']);
		const document: unknown = JSON.parse(out);
		expect(document).toEqual(toIamPolicy(asking));
		expect(iamActions(asking)).toEqual(expect.arrayContaining(['sts:GetCallerIdentity', 'account:ListRegions', 'kms:DescribeKey']));
	});

	test('holds nothing that changes anything, and fits one managed policy', async () => {
		const actions = iamActions(asking);
		expect(actions.filter(action => !/^[a-z\d-]+:(?:(?:Get|List|Describe|Search|BatchGet)[A-Z]|GET$)/.test(action))).toEqual([]);
		// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
		expect(JSON.stringify(toIamPolicy(asking)).length).toBeLessThan(6144);
		expect(actions.filter(action => /GetSecretValue|kms:Decrypt|SensitiveDataOccurrences/.test(action))).toEqual([]);
	});

	test('is the part of one service where that is asked for', async () => {
		const {out} = await runHere(['policy', '--for', 'kms']);
		const actions: readonly string[] = JSON.parse(out).Statement[0].Action;
		expect(actions).toContain('kms:ListKeys');
		// Tags are another service's to list.
		expect(actions.filter(action => !action.startsWith('kms:'))).toEqual(['tag:GetResources']);
	});
});

describe('rules', () => {
	let directory: string;
	beforeAll(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vedette-rules-'));
	});
	afterAll(() => rm(directory, {recursive: true}));

	test('are listed as text and as JSON', async () => {
		const {out} = await runHere(['rules']);
		expect(out).toMatch(/kms-key-rotation-enabled +medium +A symmetric/);
		const {out: json} = await runHere(['rules', '--json']);
		expect(JSON.parse(json).length).toBe([...services, ...boards].flatMap(({kinds}) => kinds.flatMap(({rules}) => rules)).length);
	});

	test('show what the configuration makes of them', async () => {
		const config = path.join(directory, 'config.yaml');
		await writeFile(config, 'rules:\n  kms-key-rotation-enabled: {enabled: false}\n  kms-policy-not-public: {severity: LOW}\n');
		const {out} = await runHere(['rules', '--config', config]);
		expect(out).toMatch(/kms-key-rotation-enabled +off/);
		expect(out).toMatch(/kms-policy-not-public +low/);
	});

	test('a mistake in the configuration is told with its place', async () => {
		const config = path.join(directory, 'bad.yaml');
		await writeFile(config, 'regions: [x]\n');
		const {code, notes} = await runHere(['config', 'check', '--config', config]);
		expect(notes).toBe(`${config}:1:11: regions.0: expected a Region such as eu-west-1, found "x"\n1 mistake`);
		expect(code).toBe(2);
	});
});

describe('config', () => {
	test('shows what is in force and where it came from', async () => {
		const {out} = await runHere(['config', '--region', 'eu-west-1'], {AWS_PROFILE: 'prod', VEDETTE_EXTERNAL_ID: 'shared-word'});
		expect(out).toMatch(/profile +prod +\(environment\)/);
		expect(out).toMatch(/regions +\["eu-west-1"\] +\(flag\)/);
		expect(out).not.toContain('shared-word');
	});

	test('repeats and commas name the same Regions', async () => {
		const {out} = await runHere(['--region', 'eu-west-1', 'config', '--json', '--region', 'us-east-1,us-west-2']);
		expect(JSON.parse(out).config.regions).toEqual(['eu-west-1', 'us-east-1', 'us-west-2']);
	});

	test('prints an example that is right as it stands', async () => {
		const {out} = await runHere(['config', 'example']);
		expect(out).toContain('#   kms: {full: ');
	});
});

describe('completion', () => {
	test.each(['bash', 'zsh', 'fish'])('%s knows every command, its flags and the services', async shell => {
		const {out} = await runHere(['completion', shell]);
		for (const {name} of commandList) {
			expect(out).toContain(name);
		}

		for (const word of ['fail-on', 'profile', ...services.map(({id}) => id)]) {
			expect(out).toContain(word);
		}
	});
});

test('every command has an example', () => {
	for (const {name, examples} of commandList) {
		expect(examples.length, name).toBeGreaterThan(0);
		expect(examples.join('\n')).toContain(name === 'watch' ? 'vedette' : `vedette ${name}`);
	}
});

test('without a cache and without a daemon, export says how to get something, and ends with 4', async () => {
	const {code, out, notes} = await runHere(['export']);
	expect(notes).toMatch(/There is no cache at .* To collect without a daemon: vedette export --once/);
	expect(out).toBe('');
	expect(code).toBe(4);
});

test('the export’s schema can be printed', async () => {
	const {out} = await runHere(['export', '--schema']);
	expect(JSON.parse(out)).toMatchObject({title: 'Vedette export', $schema: 'https://json-schema.org/draft/2020-12/schema'});
});
