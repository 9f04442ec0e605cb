import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {commandList} from '../../source/commands/command-list.js';
import {exitCode} from '../../source/commands/exit-code.js';
import {globalOptions} from '../../source/commands/global-options.js';
import {generatedParts, refreshed} from './readme.js';

const file = path.resolve(import.meta.dirname, '../../README.md');

test('what the README generates is fresh (npm run generate)', async () => {
	const text = await readFile(file, 'utf8');
	for (const name of Object.keys(generatedParts)) {
		expect(text).toContain(`<!-- generated: ${name} -->`);
	}

	await expect(refreshed(text)).toMatchFileSnapshot(file);
});

test('the README promises no command and no flag that there is not', async () => {
	const text = (await readFile(file, 'utf8')).replaceAll(/<!-- generated: configuration -->[\s\S]*?<!-- end -->/g, '');
	const names = new Set<string>(commandList.map(({name}) => name));
	const commands = [...text.matchAll(/(?:`|^|\()(?:AWS_PROFILE=prod )?vedette ([a-z]+)/gm)].map(([, name = '']) => name);
	expect(commands.length).toBeGreaterThan(10);
	expect(commands.filter(name => !names.has(name))).toEqual([]);
	const known = new Set<string>([
		...globalOptions.map(({name}) => name),
		'format',
		'output',
		'once',
		'fail-on',
		'max-unknown',
		'schema',
		'since',
		'within',
		'for',
		'foreground',
	]);
	const flags = [...text.matchAll(/(?<=[\s`(])--([a-z][a-z-]+)/g)].map(([, flag = '']) => flag);
	expect(flags.filter(flag => !known.has(flag))).toEqual([]);
});

test('every exit code is in the README', async () => {
	const text = await readFile(file, 'utf8');
	for (const code of [
		exitCode.findings,
		exitCode.usage,
		exitCode.credentials,
		exitCode.incomplete,
		exitCode.unavailable,
		exitCode.temporary,
		exitCode.configuration,
	]) {
		expect(text).toMatch(new RegExp(String.raw`^\| [\d, ]*\b${code}\b`, 'm'));
	}
});
