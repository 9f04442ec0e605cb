import {expect} from 'vitest';
import {type CommandLine, type Rule, severities} from '../../source/model/index.js';

const placeholders = new Set(['{arn}', '{id}', '{name}', '{region}', '{account}']);

/** What every command line owes: placeholders that are filled in, and nothing that a shell would take for something else. */
export const expectWholeCommand = ({cli, values = {}}: CommandLine): void => {
	expect(cli).toMatch(/^aws [a-z0-9-]+ [a-z]/u);
	expect(cli).not.toMatch(/\n|<[a-z-]+>/u);
	const known = new Set([...placeholders, ...Object.keys(values).map(name => `{${name}}`)]);
	// Brackets of JSON and shorthand hold more than a word.
	expect((cli.match(/\{\w+\}/gu) ?? []).filter(placeholder => !known.has(placeholder))).toEqual([]);
	expect(Object.keys(values).filter(name => !cli.includes(`{${name}}`))).toEqual([]);
	// Bare brackets and braces are patterns to bash or zsh.
	expect(cli.replaceAll(/'[^']*'|"(?:[^"\\]|\\.)*"|\{\w+\}/gu, '')).not.toMatch(/[[\]{}*?~]/u);
};

/** What every rule owes, whoever declares it. `knows` says whether something that it `reads` exists. */
export const expectWholeRule = (rule: Rule, owner: string, knows: (reads: string) => boolean): void => {
	expect(rule.id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+){2,}$/u);
	expect(rule.id.startsWith(`${owner}-`)).toBe(true);
	expect(rule.title).toMatch(/^[A-Z0-9“].*[^.]$/u);
	expect(rule.rationale).toMatch(/^[A-Z0-9“].*\.$/su);
	expect(rule.remediation.text).toMatch(/^[A-Z0-9“].*\.$/su);
	expect(severities).toContain(rule.severity);
	expect(rule.note ?? 'Nothing.').toMatch(/\.$/u);
	expect(rule.reads.filter(reads => !knows(reads))).toEqual([]);
	expect(Object.values(rule.settings ?? {}).every(Number.isFinite)).toBe(true);
	const {url, cli} = rule.remediation;
	expect(new URL(url).host).toBe('docs.aws.amazon.com');
	if (cli !== undefined) {
		expectWholeCommand({cli});
	}

	const {securityControlIds, cis, prowler} = rule.published;
	expect(securityControlIds.filter(control => !/^[A-Z]\w+\.\d+$/u.test(control))).toEqual([]);
	expect(cis.filter(requirement => !/^v\d+\.\d+ \d+(?:\.\d+)+$/u.test(requirement))).toEqual([]);
	expect(prowler.filter(check => !/^[a-z0-9]+(?:_[a-z0-9]+)+$/u.test(check))).toEqual([]);
};
