import {expect, test} from 'vitest';
import {keys, type PseudoTerminal} from '../tui/pseudo-terminal.js';
import {answered, setStage, until} from './stage.js';

/**
 * All that may be between printable characters: colours, cursor moves and addressing, erasing, the alternate screen, the
 * cursor shown and hidden, bracketed paste, synchronized output, the end of a line.
 */
const ours = /\u001B\[[0-9;]*[mHABCDGJKdfX]|\u001B\[\?(?:25|1049|2004|2026|7)[hl]|\r|\n/gu;

/** A control sequence of which the rest is still under way: a terminal may be read at any moment. */
const unfinished = /\u001B(?:\[[?0-9;]*)?$/u;

/** What is in a stream besides text and our own control sequences. */
const foreign = (stream: string): readonly string[] =>
	stream
		.replace(unfinished, '')
		.replaceAll(ours, '')
		.match(/[\p{Cc}\p{Cs}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}][^\n]{0,20}/gu) ?? [];

const noForeign = (terminal: PseudoTerminal, where: string): void => {
	expect(foreign(terminal.output), where).toEqual([]);
};

test('every screen of the hostile account contains only our own control sequences', {timeout: 90_000}, async () => {
	const stage = await setStage({scenario: 'hostile'});
	stage.daemon();
	const viewer = stage.viewer();
	const ids = ['kms', 'acm', 'secretsmanager', 'guardduty', 'inspector', 'macie'];
	await viewer.until('all panels', () => ids.every(id => answered(viewer, id)), 40_000);
	const terminal = stage.terminal([]);
	await terminal.shows('KMS keys');
	for (const id of ids) {
		terminal.press(':', id, keys.enter);
		await terminal.shows(/worst ↓|nothing|No /u);
		noForeign(terminal, `the table of ${id}`);
		terminal.press(keys.enter);
		await terminal.shows(/⏎ (?:raw )?JSON|raw/iu);
		noForeign(terminal, `a detail of ${id}`);
		terminal.press(keys.enter);
		await terminal.shows(/"entry"/u);
		noForeign(terminal, `the raw JSON of ${id}`);
		terminal.press(keys.escape);
		await terminal.until('the detail', () => !terminal.screen().includes('"entry"'));
		terminal.press(keys.escape);
		await terminal.shows('worst ↓');
		terminal.press(keys.escape);
		await terminal.shows('Score');
	}

	for (const [key, text] of [
		['f', '› findings'],
		['c', '› changes'],
		['t', '› timeline'],
		['p', '› collectors'],
		['?', '› help'],
	] as const) {
		terminal.press(key);
		await terminal.shows(text);
		noForeign(terminal, text);
	}

	terminal.press('q');
	await terminal.ends();
	noForeign(terminal, 'the end');
	for (const words of [
		['status'],
		['panel', 'kms', '--plain'],
		['panel', 'guardduty', '--plain'],
		['changes'],
		['timeline'],
		['watch', '--plain'],
	]) {
		const {stdout, stderr} = await stage.run(...words);
		expect(foreign(stdout + stderr), words.join(' ')).toEqual([]);
	}
});

test('the screen stays while its daemon is killed again and again, greys, and comes back', {timeout: 90_000}, async () => {
	const stage = await setStage({configuration: 'services: [macie, kms]\n'});
	let daemon = stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('findings', () => answered(viewer, 'macie') && answered(viewer, 'kms'), 40_000);
	const terminal = stage.terminal([]);
	await terminal.shows('● live');
	// What was on the screen stays: so something must have come to it first.
	await terminal.shows('KMS keys');
	for (let round = 0; round < 3; round++) {
		daemon.process.kill('SIGKILL');
		await daemon.ended;
		await until(() => viewer.watcher.state().status === 'lost', 'the loss');
		await terminal.shows('daemon gone');
		expect(terminal.screen()).toContain('KMS keys');
		daemon = stage.daemon();
		await until(() => viewer.watcher.state().status === 'live', 'a connection', 20_000);
		await terminal.until('life', () => !terminal.screen().includes('daemon gone') && terminal.screen().includes('● live'));
		await terminal.shows('KMS keys');
	}

	expect(terminal.exit).toBeUndefined();
	await stage.run('daemon', 'stop');
	await terminal.shows('daemon gone');
	terminal.press('q');
	await terminal.ends();
	expect(terminal.exit?.exitCode).toBe(0);
});

test('a daemon that a viewer started and that dies is started again, and one that is stopped is not', {timeout: 90_000}, async () => {
	const stage = await setStage({configuration: 'services: [kms]\n'});
	const terminal = stage.terminal([]);
	await terminal.shows('● live');
	await terminal.shows('KMS keys');
	const pidOf = async (): Promise<number | undefined> => {
		const {stdout} = await stage.run('daemon', 'status', '--json');
		// Health, or null.
		return (JSON.parse(stdout || 'null') as {readonly pid: number} | null)?.pid;
	};
	const first = await pidOf();
	if (first === undefined) throw new Error('No daemon was started');
	process.kill(first, 'SIGKILL');
	for (const deadline = Date.now() + 20_000; ; ) {
		const now = await pidOf();
		if (now !== undefined && now !== first) break;
		if (Date.now() > deadline) throw new Error('No other daemon was started');
	}

	await terminal.until('life', () => !terminal.screen().includes('daemon gone') && terminal.screen().includes('● live'));
	await stage.run('daemon', 'stop');
	await terminal.until('a while without a daemon', () => /daemon gone [4-9] s/u.test(terminal.screen()));
	expect(await pidOf()).toBeUndefined();
	terminal.press('q');
	await terminal.ends();
	expect(terminal.exit?.exitCode).toBe(0);
});

test('a user in a hurry: q at once, Ctrl-C twice, resizing while it loads, one cell, two panes', {timeout: 60_000}, async () => {
	const stage = await setStage({configuration: 'services: [macie]\n'});
	stage.daemon();
	for (const pressed of [['q'], [keys.ctrlC, keys.ctrlC]]) {
		const hasty = stage.terminal([]);
		// As people do: again and again until it goes.
		await hasty.until('the end', () => {
			if (hasty.exit === undefined) {
				hasty.press(...pressed);
			}

			return hasty.exit !== undefined;
		});
		expect(hasty.buffer).toBe('normal');
		expect(hasty.output.lastIndexOf('\u001B[?25h')).toBeGreaterThanOrEqual(hasty.output.lastIndexOf('\u001B[?25l'));
	}

	const [one, other] = [stage.terminal([]), stage.terminal(['panel', 'macie'], {columns: 40, rows: 10})];
	for (const [columns, rows] of [
		[120, 40],
		[1, 1],
		[20, 3],
		[80, 24],
	] as const) {
		one.resize(columns, rows);
	}

	await one.shows('Macie');
	await other.shows('Macie');
	one.press('q');
	other.press('q');
	await Promise.all([one.ends(), other.ends()]);
	expect([one.exit?.exitCode, other.exit?.exitCode]).toEqual([0, 0]);
});

test('mistakes in words are answered with the right word: a panel, a filter, no cache', {timeout: 30_000}, async () => {
	const stage = await setStage({configuration: 'services: [macie]\n'});
	const typo = await stage.run('panel', 'kmss', '--plain');
	expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('did you mean kms?')]);
	const offline = await stage.run('watch', '--offline', '--plain');
	expect([offline.code, offline.stderr]).toEqual([69, expect.stringMatching(/There is no cache .* yet/u)]);
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('findings', () => answered(viewer, 'macie'), 30_000);
	const left = await stage.run('panel', 'kms', '--plain');
	expect([left.code, left.stderr]).toEqual([2, expect.stringContaining('kms is not watched')]);
	const window = {sort: 'urgency', descending: true, offset: 0, limit: 9} as const;
	const {filterError} = await viewer.watcher.ask({ask: 'findings', filter: 'severty:high', ...window});
	expect(filterError).toMatch(/no field "severty"; fields are sev,/u);
});
