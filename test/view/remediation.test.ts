import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {boards} from '../../source/boards/index.js';
import type {ResourceReference} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {fillCommand, fillTerraform, placeholdersIn} from '../../source/view/remediation.js';

const called = (name: string): ResourceReference => ({
	arn: `arn:aws:x:eu-west-1:1:y/${name}`,
	resourceType: 'AWS::X::Y',
	resourceId: `id/${name}`,
	resourceName: name,
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
});

/** What is left of a name in a command. */
const kept = (name: string): string => name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '');

/** Names of what shells, JSON and Terraform trip over, and of anything else. */
const names = fc.oneof(
	fc.string({unit: 'grapheme'}),
	fc.string({unit: fc.constantFrom(...'\'"\\`$!;&|<>()[]{}*?#~=%@^, \t\n\r\u0000\u001b\u2028a-'.split('')), minLength: 1, maxLength: 12}),
	fc.constantFrom('acm check; id #', `it's $(touch x) "$LATEST"`, '`id`', `\${IFS}`, "'; id; '", '\\', '\\"', "\\'", '{arn}', '$&', '!!'),
);

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'vedette-commands-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

/**
 * The arguments of each `aws` that bash runs for these command lines, and what else it would run. Nothing is found on the
 * path, and `aws` only tells its arguments; what it is asked in between answers `answer`.
 */
const runInBash = (commands: readonly string[]): ReadonlyArray<readonly string[]> => {
	const script = [
		`tell() { printf '%s\\0' "$#" "$@" >&3; }`,
		// Behind a pipe it waits for what stands before it, so that they come in order.
		'aws() { while read -r _; do :; done; tell "$@"; printf answer; }',
		'command_not_found_handle() { tell RAN "$@"; }',
		'PATH=/nonexistent',
		// Each in a shell of its own: a quote left open ends there.
		...commands.map(command => `(eval ${`'${command.replaceAll("'", `'\\''`)}'`}) >/dev/null 2>&1 </dev/null || tell FAILED`),
	].join('\n');
	// Writes nothing but what the commands themselves send to a file.
	const told = execFileSync('bash', ['-c', `exec 3>&1\n${script}`], {encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'ignore']});
	const words = told.split('\0').slice(0, -1);
	const runs: string[][] = [];
	for (let at = 0; at < words.length; ) {
		const count = Number(words[at]);
		runs.push(words.slice(at + 1, at + 1 + count));
		at += count + 1;
	}

	return runs;
};

describe('a command with a name in it', () => {
	test.each<readonly [where: string, template: string, words: (name: string) => readonly string[]]>([
		['between no quotes', 'aws x {name} y', name => ['x', name, 'y']],
		['as a part of a word', 'aws x a={name},b y', name => ['x', `a=${name},b`, 'y']],
		['within single quotes', "aws x 'a {name} b' y", name => ['x', `a ${name} b`, 'y']],
		['within double quotes', 'aws x "a {name} b" y', name => ['x', `a ${name} b`, 'y']],
		[
			'behind escaped quotes',
			String.raw`aws x \'\"{name} "\"{name}" y`,
			name => ['x', `'"${JSON.stringify(name).slice(1, -1)}`, `"${JSON.stringify(name).slice(1, -1)}`, 'y'],
		],
		['in JSON within single quotes', `aws x '{"a":"{name}","b":"c"}' y`, name => ['x', `{"a":${JSON.stringify(name)},"b":"c"}`, 'y']],
		['in JSON within double quotes', String.raw`aws x "{\"a\":\"{name}\"}" y`, name => ['x', `{"a":${JSON.stringify(name)}}`, 'y']],
		['in JSON whose quotes end before it', `aws x '{"a":"'{name}'"}' y`, name => ['x', `{"a":${JSON.stringify(name)}}`, 'y']],
		['beside JSON', `aws x '{"a":"b"}{name}' y`, name => ['x', `{"a":"b"}${name}`, 'y']],
		['several times', 'aws x {name}\'{name}\'"{name}" y', name => ['x', name.repeat(3), 'y']],
	])('%s has it as text, whatever it is', (_, template, words) => {
		fc.assert(
			fc.property(fc.array(names, {minLength: 1, maxLength: 20}), some => {
				const runs = runInBash(some.map(name => fillCommand(template, called(name))));
				expect(runs).toEqual(some.map(name => words(kept(name))));
			}),
			{numRuns: 30},
		);
	});

	test('within a command that is run for its answer is a word of that one', () => {
		const filled = fillCommand(`aws x "$(aws y '{name}' {name})" --z {name}`, called("a'b $(id)"));
		expect(runInBash([filled])).toEqual([
			['y', "a'b $(id)", "a'b $(id)"],
			['x', 'answer', '--z', "a'b $(id)"],
		]);
	});

	test('and with what was found has that as text too, for no place of the resource', () => {
		fc.assert(
			fc.property(names, value => {
				const filled = fillCommand("aws x 'Remove=[{UserId={who}}]' {who} {id}", called('a'), {who: value});
				expect(runInBash([filled])).toEqual([['x', `Remove=[{UserId=${kept(value)}}]`, kept(value), 'id/a']]);
			}),
			{numRuns: 30},
		);
	});

	test('of which nothing is left is still a word', () => {
		expect(fillCommand('aws x {name}', called('\n'))).toBe("aws x ''");
	});
});

describe('a configuration with a name in it', () => {
	test.each([
		['plain', 'plain'],
		['say "a\\b"', 'say \\"a\\\\b\\"'],
		[`\${var.x} %{if} $x %y $\${z}`, `$\${var.x} %%{if} $x %y $$\${z}`],
		['two\nlines\r\tand\u0000\u2028', 'two\\nlines\\r\\tand\\u0000\\u2028'],
		['{arn}', '{arn}'],
		['$&', '$&'],
	])('%j stands there as %s', (name, escaped) => {
		expect(fillTerraform(`a = "{name}/*"\nb = "\${name}"`, called(name))).toBe(`a = "${escaped}/*"\nb = "\${name}"`);
	});

	test('is one string, whatever the name is', () => {
		fc.assert(
			fc.property(names, name => {
				expect(fillTerraform('a = "{name}"', called(name))).toMatch(/^a = "(?:[^"\\$%\n]|\\.|\$\$\{|%%\{|[$%](?!\{))*"$/u);
			}),
		);
	});
});

const rules = [...services, ...boards].flatMap(({kinds}) => kinds.flatMap(kind => kind.rules));

describe('what rules say is to be done', () => {
	const commands = rules.flatMap(({id, remediation: {cli}}) => (cli === undefined ? [] : [[id, cli] as const]));
	const hostile = [
		`it's $(touch ran) "$LATEST"; id #`,
		'`touch ran`',
		'"},{"a":"b',
		'\\',
		"' ; touch ran ; '",
		'&& touch ran',
		'~ * {a,b} !!',
	];

	/** As it stands in a word, or in the JSON of one. */
	const holds = (word: string, text: string): boolean => word.includes(text) || word.includes(JSON.stringify(text).slice(1, -1));

	test('takes a name for text, in every command', () => {
		const plain = runInBash(commands.map(([, cli]) => fillCommand(cli, called('name'))));
		expect(plain.length).toBeGreaterThanOrEqual(commands.length);
		expect(plain.flatMap(([first]) => (first === 'RAN' || first === 'FAILED' ? [first] : []))).toEqual([]);
		for (const name of hostile) {
			const resource = called(name);
			const runs = runInBash(commands.map(([, cli]) => fillCommand(cli, resource)));
			// The same commands with the same words, but for the name.
			expect(runs.map(words => words.length)).toEqual(plain.map(words => words.length));
			for (const [at, words] of runs.entries()) {
				for (const [index, word] of words.entries()) {
					const was = plain[at]?.[index] ?? '';
					const wanted = was.includes('name') && was !== word ? [resource.arn, resource.resourceId, name] : [];
					expect(wanted.length === 0 ? was === word : wanted.some(text => holds(word, text)), word).toBe(true);
					if (/^[[{]"|^\{$/u.test(was)) expect(() => JSON.parse(word), word).not.toThrow();
				}
			}
		}

		// What commands send to a file is theirs.
		expect(readdirSync(folder)).not.toContain('ran');
	});

	test.each(rules.flatMap(({id, remediation: {terraform}}) => (terraform === undefined ? [] : [[id, terraform] as const])))(
		'%s: has placeholders within double quotes in Terraform, and none that is not known',
		(_, terraform) => {
			const strings = terraform.match(/"(?:[^"\\\n]|\\.)*"/gu) ?? [];
			const rest = terraform.replaceAll(/"(?:[^"\\\n]|\\.)*"/gu, '""');
			expect(placeholdersIn(rest)).toEqual([]);
			const braces = strings.join(' ').match(/(?<![$%])\{\w+\}/gu) ?? [];
			expect(braces.filter(one => !placeholdersIn(one).includes(one))).toEqual([]);
			const filled = fillTerraform(terraform, called(`a"\${b}\\`));
			expect(placeholdersIn(filled)).toEqual([]);
		},
	);
});
