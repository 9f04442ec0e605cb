import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {problemText} from '../../source/config/problem.js';
import {parseConfig, readConfigFile} from '../../source/config/read-file.js';
import {known} from './known.js';

const messages = (source: string) => parseConfig(source, 'config.yaml', known).problems.map(problemText);

describe('every mistake is named with its place, what was expected and what was found', () => {
	test.each([
		['profile: 3', ['config.yaml:1:10: profile: expected the name of a profile, found 3']],
		['profile:', ['config.yaml:1:9: profile: expected the name of a profile, found null']],
		['profil: prod', ['config.yaml:1:1: profil: unknown field; did you mean profile?']],
		[
			'# first\nregions: us-east-1',
			['config.yaml:2:10: regions: expected a list of Regions such as [us-east-1, eu-west-1], found "us-east-1"'],
		],
		['regions:\n  - us-east-1\n  - Ireland', ['config.yaml:3:5: regions.1: expected a Region such as eu-west-1, found "Ireland"']],
		[
			'regions: []',
			['config.yaml:1:10: regions: expected at least one Region; leave the field out to watch all that are enabled, found []'],
		],
		['services: [kmz]', ['config.yaml:1:12: services.0: expected the id of a service; did you mean kms?, found "kmz"']],
		['limits: {share: 20}', ['config.yaml:1:17: limits.share: expected a number above 0 and at most 1, found 20']],
		['limits: {share: 20%}', ['config.yaml:1:17: limits.share: expected a number above 0 and at most 1, found "20%"']],
		['limits: {shares: 0.5}', ['config.yaml:1:10: limits.shares: unknown field; did you mean share?']],
		['intervals:\n  kms: {full: soon}', ['config.yaml:2:15: intervals.kms.full: expected a duration such as 90s, 5m or 1h, found "soon"']],
		['intervals:\n  kms: {full: 1ms}', ['config.yaml:2:15: intervals.kms.full: expected a duration between 1s and 7d, found "1ms"']],
		['intervals:\n  s3: {full: 5m}', ['config.yaml:2:3: intervals.s3: expected the id of a service: kms, acm']],
		['intervals:\n  kms: 5m', ['config.yaml:2:8: intervals.kms: expected full, delta or both, found "5m"']],
		[
			'rules:\n  kms-key-rotation-enabeld:\n    enabled: false',
			['config.yaml:2:3: rules.kms-key-rotation-enabeld: expected the id of a rule; did you mean kms-key-rotation-enabled?'],
		],
		[
			'rules:\n  acm-certificate-expiry: {severity: high}',
			['config.yaml:2:38: rules.acm-certificate-expiry.severity: expected one of INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL, found "high"'],
		],
		[
			'rules:\n  acm-certificate-expiry:\n    settings:\n      warnDay: 3',
			['config.yaml:4:7: rules.acm-certificate-expiry.settings.warnDay: expected one of warnDays'],
		],
		[
			'rules:\n  kms-key-rotation-enabled: {settings: {days: 3}}',
			['config.yaml:2:41: rules.kms-key-rotation-enabled.settings.days: this rule has no settings'],
		],
		['trustedAccounts: [123]', ['config.yaml:1:19: trustedAccounts.0: expected an account or organization id, found 123']],
		['mutes:\n  - rule: kms-*\n    resource: x', ['config.yaml:2:5: mutes.0.reason: expected a reason, for those who read it later']],
		[
			'mutes:\n  - {rule: a, resource: b, reason: c, until: soon}',
			['config.yaml:2:46: mutes.0.until: expected a date such as 2027-01-31 or 2027-01-31T18:00:00Z, found "soon"'],
		],
		['profile: a\nprofile: b', ['config.yaml:2:1: not YAML: map keys must be unique']],
		['- a', ['config.yaml:1:1: expected fields such as profile, regions or rules, found ["a"]']],
		[
			'roleArn: admin',
			['config.yaml:1:10: roleArn: expected the ARN of a role, such as arn:aws:iam::123456789012:role/vedette, found "admin"'],
		],
		['__proto__: {profile: x}', ['config.yaml:1:1: __proto__: unknown field']],
		['profile: "\u001b]52;c;x\u0007"\nprofil: 1', ['config.yaml:2:1: profil: unknown field; did you mean profile?']],
	])('%j', (source, expected) => {
		expect(messages(source)).toEqual(expected);
	});

	test('all mistakes are told at once', () => {
		expect(messages('profile: 1\nregions: 2\nnothing: 3')).toHaveLength(3);
	});

	test('what is no YAML is told with line and column', () => {
		expect(messages('regions: [a\nprofile: b')[0]).toMatch(/^config\.yaml:\d+:\d+: not YAML: /);
	});

	test('escape sequences of the file reach no terminal', () => {
		expect(messages('regions: ["\\e]52;c;eA\\a"]').join('')).not.toContain('\u001b');
	});
});

test('an empty file and a file of comments change nothing', () => {
	expect(parseConfig('', 'x', known)).toEqual({file: {}, problems: []});
	expect(parseConfig('# nothing yet\n', 'x', known)).toEqual({file: {}, problems: []});
});

test('account ids keep the zeros in front, quoted or not', () => {
	const read = parseConfig("trustedAccounts: [012345678901, '000000000001']", 'x', known);
	expect(read).toMatchObject({file: {trustedAccounts: ['012345678901', '000000000001']}});
});

test('durations become milliseconds', () => {
	expect(parseConfig('intervals: {kms: {full: 15m, delta: 90s}}', 'x', known)).toMatchObject({
		file: {intervals: {kms: {full: 900_000, delta: 90_000}}},
	});
});

test('bombs are refused, not detonated', () => {
	expect(messages('['.repeat(100_000))[0]).toContain('levels of nesting');
	const bomb = [
		'a: &a [x,x,x,x,x,x,x,x,x]',
		...Array.from({length: 9}, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
	];
	expect(messages(bomb.join('\n'))[0]).toContain('alias');
});

test('any text whatever is read or refused, never thrown at', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 200}), source => {
			parseConfig(source, 'x', known);
		}),
		{numRuns: 300},
	);
});

describe('files', () => {
	let directory: string;
	beforeAll(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vedette-config-'));
	});
	afterAll(() => rm(directory, {recursive: true}));

	test('a missing file is no mistake', async () => {
		expect(await readConfigFile(path.join(directory, 'none.yaml'), known)).toBeUndefined();
	});

	test('a file over the cap is refused by its size', async () => {
		const large = path.join(directory, 'large.yaml');
		await writeFile(large, `# ${'x'.repeat(300 * 1024)}`);
		expect((await readConfigFile(large, known))?.problems).toEqual([{origin: large, field: '', message: 'expected at most 256 KiB'}]);
	});

	test('a directory is refused with the reason', async () => {
		expect((await readConfigFile(directory, known))?.problems).toEqual([{origin: directory, field: '', message: 'cannot be read: EISDIR'}]);
	});
});
