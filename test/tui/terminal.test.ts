import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {bundleApp, keys, PseudoTerminal, type PseudoTerminalOptions} from './pseudo-terminal.js';

let app: Awaited<ReturnType<typeof bundleApp>>;
let open: PseudoTerminal[] = [];

beforeAll(async () => {
	app = await bundleApp();
});

afterEach(() => {
	for (const terminal of open) {
		terminal.close();
	}

	open = [];
});

afterAll(() => {
	app.remove();
});

const start = (options: PseudoTerminalOptions = {}): PseudoTerminal => {
	const terminal = new PseudoTerminal(process.execPath, [app.path], options);
	open.push(terminal);
	return terminal;
};

/** Started, and showing the account. */
const started = async (options: PseudoTerminalOptions = {}): Promise<PseudoTerminal> => {
	const terminal = start(options);
	await terminal.shows('KMS keys');
	return terminal;
};

describe('Keys', () => {
	test('Enter three times from the overview reaches raw JSON, and Esc three times comes back', async () => {
		const terminal = await started();
		terminal.press(keys.enter, keys.enter, keys.enter);
		await terminal.shows('"entry": "resource"');
		terminal.press(keys.escape);
		await terminal.shows('■ CRITICAL');
		terminal.press(keys.escape);
		await terminal.shows('worst ↓');
		terminal.press(keys.escape);
		await terminal.shows('Score 83');
	});

	test('Arrows move among panels as they stand, and the selected one opens', async () => {
		const terminal = await started({columns: 120, rows: 40});
		terminal.press(keys.right, keys.right, keys.enter);
		await terminal.shows('› Certificates');
		terminal.press(keys.escape);
		await terminal.shows('Score 83');
		terminal.press(keys.down, keys.enter);
		await terminal.shows('› GuardDuty');
	});

	test('A filter takes hold while it is typed, says what is wrong with it, and Esc takes it back', async () => {
		const terminal = await started();
		terminal.press(keys.enter);
		await terminal.shows('worst ↓');
		terminal.press('/', 'backup');
		await terminal.shows('1 of 7');
		expect(terminal.screen()).not.toContain('legacy-import');
		terminal.press('!');
		await terminal.shows('a filter cannot end with !');
		terminal.press(keys.backspace, keys.enter);
		await terminal.shows(/ \/ backup +1 of 7/u);
		terminal.press('/', 'x', keys.escape);
		await terminal.shows('1 of 7');
	});

	test('s goes through the orders, S turns them round', async () => {
		const terminal = await started();
		terminal.press(keys.enter);
		await terminal.shows('worst ↓');
		terminal.press('s');
		await terminal.shows(/Name ↑[\s\S]*› . \S+ +analytics/u);
		terminal.press('S');
		await terminal.shows(/Name ↓[\s\S]*› . \S+ +staging/u);
	});

	test('f, c, t, p and ? open their screens; : goes to a panel by name', async () => {
		const terminal = await started({columns: 120, rows: 40});
		for (const [key, text] of [
			['f', 'vedette › findings'],
			['c', 'vedette › findings › changes'],
			['t', '› timeline'],
			['p', '› collectors'],
			['?', '› help'],
		] as const) {
			terminal.press(key);
			await terminal.shows(text);
		}

		terminal.press(':', 'insp', keys.enter);
		await terminal.shows('› Inspector');
	});

	test('r says what it started, and an unknown key that it does nothing', async () => {
		const terminal = await started();
		terminal.press('r');
		await terminal.shows('reading kms in 2 Regions');
		terminal.press('R');
		await terminal.shows('reading everything');
		terminal.press('x');
		await terminal.shows('x does nothing here · ? shows all keys');
	});

	test('y and Y put the command and the ARN on the clipboard, o the console link', async () => {
		const terminal = await started();
		const copied = (text: string): string => `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
		terminal.press(keys.enter);
		await terminal.shows('worst ↓');
		terminal.press(keys.enter);
		await terminal.shows('■ CRITICAL');
		terminal.press('y');
		await terminal.until('the command', () =>
			terminal.output.includes(copied('aws kms cancel-key-deletion --key-id 3b1c2f6e-8d41-4f0a-9c55-0aa1b2c3d4e5 --region us-east-1')),
		);
		terminal.press('Y');
		await terminal.until('the ARN', () =>
			terminal.output.includes(copied('arn:aws:kms:us-east-1:123456789012:key/3b1c2f6e-8d41-4f0a-9c55-0aa1b2c3d4e5')),
		);
		terminal.press('o');
		await terminal.shows('https://us-east-1.console.aws.amazon.com/kms/home');
		terminal.press('T');
		await terminal.shows('resource "aws_kms_key" "payments"');
	});

	test('] and [ walk the list that a detail was opened from', async () => {
		const terminal = await started();
		terminal.press(keys.enter);
		await terminal.shows('worst ↓');
		terminal.press(keys.down, keys.enter);
		await terminal.shows('■ CRITICAL');
		terminal.press(']', keys.escape);
		await terminal.shows(/› ▲ high +analytics/u);
	});

	test('In 100,000 rows, only windows are asked for, and the last row is one key away', async () => {
		const terminal = await started({columns: 120, environment: {FAKE_ROWS: '100000'}});
		terminal.press(keys.enter);
		await terminal.shows('service-0 ');
		terminal.press(keys.end);
		await terminal.shows('service-99999');
		terminal.press(keys.up, keys.up);
		await terminal.shows(/› . \S+ +team-\d+\/service-99997/u);
		terminal.press(keys.home);
		await terminal.shows(/› . \S+ +team-0\/service-0 /u);
		for (let page = 0; page < 12; page++) {
			terminal.press(keys.pageDown);
		}

		await terminal.shows(/service-2\d\d /u);
	});
});

describe('The terminal', () => {
	const cleanAfter = (terminal: PseudoTerminal): void => {
		expect(terminal.buffer).toBe('normal');
		expect(terminal.output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?25l'));
		expect(terminal.output.lastIndexOf('\u001B[?1049l')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?1049h'));
		expect(terminal.exit?.exitCode).toBe(0);
	};

	test.each([
		['q', (terminal: PseudoTerminal) => terminal.press('q'), 'key'],
		['Ctrl-C', (terminal: PseudoTerminal) => terminal.press(keys.ctrlC), 'key'],
		['SIGTERM', (terminal: PseudoTerminal) => terminal.kill('SIGTERM'), 'SIGTERM'],
		['SIGHUP', (terminal: PseudoTerminal) => terminal.kill('SIGHUP'), 'SIGHUP'],
		['SIGINT', (terminal: PseudoTerminal) => terminal.kill('SIGINT'), 'SIGINT'],
	] as const)('is left clean by %s', async (_name, end, endedBy) => {
		const terminal = await started();
		expect(terminal.buffer).toBe('alternate');
		end(terminal);
		await terminal.shows(`ended by ${endedBy}`);
		await terminal.ends();
		cleanAfter(terminal);
	});

	test('is not waited for when it goes away: the program ends', async () => {
		const terminal = await started();
		const {pid} = terminal;
		terminal.hangUp();
		await terminal.until('the end of the process', () => {
			try {
				process.kill(pid, 0);
				return false;
			} catch {
				return true;
			}
		});
	});

	test('follows every size down to one cell, and says when it is too small', async () => {
		const terminal = await started();
		terminal.resize(200, 50);
		await terminal.shows(/calls\/min +0 throttled/u);
		terminal.resize(40, 10);
		await terminal.shows(/›Inspector/u);
		terminal.resize(15, 2);
		await terminal.shows('too small');
		terminal.resize(1, 1);
		terminal.resize(80, 24);
		await terminal.shows('╭ KMS keys');
		expect(terminal.exit).toBeUndefined();
	});

	test('gets back its screen after Ctrl-L', async () => {
		const terminal = await started();
		const before = terminal.output.length;
		terminal.press(keys.ctrlL);
		await terminal.until('the screen anew', () => terminal.output.slice(before).includes('Certificates'));
	});

	test('goes to the shell on Ctrl-Z and comes back on fg', async () => {
		const terminal = new PseudoTerminal('bash', ['--norc', '-i'], {environment: {PS1: 'prompt$ '}});
		open.push(terminal);
		await terminal.shows('prompt$');
		terminal.press(`${process.execPath} ${app.path}\r`);
		await terminal.shows('╭ KMS keys');
		terminal.press(keys.ctrlZ);
		await terminal.shows('Stopped');
		expect(terminal.buffer).toBe('normal');
		// The shell has its own mode back: what is typed is echoed and run.
		terminal.press('echo typed-$((40 + 2))\r');
		await terminal.shows('typed-42');
		terminal.press('fg\r');
		await terminal.shows('╭ KMS keys');
		expect(terminal.buffer).toBe('alternate');
		terminal.press('q');
		await terminal.shows('ended by key');
	});

	test('writes nothing at all while nothing changes, and little when a clock ticks', async () => {
		const still = await started({columns: 200, rows: 50, environment: {FAKE_STILL: '1'}});
		const ticking = await started({columns: 200, rows: 50});
		const settled = [still.output.length, ticking.output.length];
		await ticking.until('four ticks', () => (ticking.output.slice(settled[1]).match(/\u001B\[\?2026h/gu) ?? []).length >= 4);
		expect(still.output.length).toBe(settled[0]);
		for (const tick of ticking.output.slice(settled[1]).split('\u001B[?2026h').slice(1)) {
			expect(Buffer.byteLength(tick)).toBeLessThanOrEqual(250);
		}
	});

	test('writes little more than two rows when the cursor moves', async () => {
		const terminal = await started({columns: 200, rows: 50, environment: {FAKE_ROWS: '1000', FAKE_STILL: '1'}});
		terminal.press(keys.enter);
		await terminal.shows(/service-4\d [\s\S]*⏎ open/u);
		const settled = terminal.output.length;
		terminal.press(keys.down);
		await terminal.shows(/› . \S+ +team-1\/service-1 /u);
		expect(Buffer.byteLength(terminal.output.slice(settled))).toBeLessThanOrEqual(1200);
	});

	test('shows through Ink what it shows by cells', async () => {
		const cells = await started({columns: 120, rows: 30, environment: {FAKE_STILL: '1'}});
		const ink = await started({columns: 120, rows: 30, environment: {FAKE_STILL: '1', FAKE_DRAWN_BY: 'ink'}});
		const same = async (): Promise<void> => {
			await ink.until('the same on both', () => ink.screen() === cells.screen());
		};

		await same();
		for (const key of [
			keys.right,
			keys.enter,
			keys.down,
			keys.enter,
			keys.enter,
			keys.pageDown,
			keys.escape,
			'c',
			't',
			'?',
			keys.escape,
			':',
			'x',
		]) {
			const before = cells.screen();
			cells.press(key);
			await cells.until('what the key does', () => cells.screen() !== before);
			ink.press(key);
			await same();
		}

		cells.resize(90, 20);
		ink.resize(90, 20);
		await same();
	});
});

describe('Trouble', () => {
	test('When the daemon goes, the screen stays, dims and says so, and recovers by itself', async () => {
		const terminal = await started();
		terminal.kill('SIGUSR1');
		await terminal.shows(/daemon gone \d+ s · last read 20:41 · trying again/u);
		expect(terminal.screen()).toContain('KMS keys');
		terminal.press(keys.enter);
		await terminal.shows('› KMS keys');
		terminal.kill('SIGUSR2');
		await terminal.until('live again', () => !terminal.screen().includes('daemon gone'));
	});
});

describe('One panel in a pane', () => {
	test('shows the panel, follows its size and leaves the terminal clean', async () => {
		const terminal = start({columns: 40, rows: 10, environment: {FAKE_PANEL: 'kms'}});
		await terminal.shows(/KMS keys 38 +■1 ▲2 ◆4 \?1 · 4\d s/u);
		expect(terminal.screen()).toContain('prod/payments');
		terminal.resize(1, 1);
		terminal.resize(60, 8);
		await terminal.shows('KMS keys 38');
		terminal.press('q');
		await terminal.ends();
		expect(terminal.buffer).toBe('normal');
	});

	test('says which panels there are where there is none of that name', async () => {
		const terminal = start({columns: 100, rows: 10, environment: {FAKE_PANEL: 'nosuch'}});
		await terminal.shows('no panel is called nosuch');
		await terminal.shows('there are: kms, secretsmanager, acm');
	});
});
