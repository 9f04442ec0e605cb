import {afterEach, describe, expect, test, vi} from 'vitest';
import type {Row} from '../../source/model/index.js';
import {actions} from '../../source/tui/actions.js';
import {bindingFor, hintsAt, keyBindings, keyHelp} from '../../source/tui/key-bindings.js';
import {queryOf, windowAround} from '../../source/tui/queries.js';
import {createSession} from '../../source/tui/session.js';
import {plainTheme} from '../../source/view/theme.js';
import {newList, type PlaceName} from '../../source/view/ui-state.js';
import {catalogue, changes, expirations, keyDetail, keyRows, now, overview, row} from '../view/fixtures/account.js';
import {createFakeWatcher, type FakeAccount} from './fixtures/fake-watcher.js';

const places: readonly PlaceName[] = ['overview', 'table', 'findings', 'changes', 'timeline', 'detail', 'json', 'collectors', 'help'];

describe('The key table', () => {
	test('gives each key one meaning at each place, or one there and one everywhere', () => {
		for (const at of places) {
			const keys = keyBindings.flatMap(binding => (binding.when === undefined || binding.when.includes(at) ? binding.keys : []));
			for (const key of new Set(keys)) {
				const here = keyBindings.filter(binding => binding.keys.includes(key) && binding.when?.includes(at));
				expect(here.length, `${key} at ${at}`).toBeLessThanOrEqual(1);
				expect(bindingFor(key, at)).toBeDefined();
			}
		}
	});

	test('binds every action, and shows every key in the help', () => {
		expect(new Set(keyBindings.map(({action}) => action))).toEqual(new Set(Object.keys(actions)));
		expect(keyHelp.flatMap(({keys}) => keys)).toHaveLength(keyBindings.length);
	});

	test('ends every footer with help and the way out', () => {
		for (const at of places) {
			expect(hintsAt(at).slice(-2)).toEqual([
				{keys: '?', label: 'keys'},
				{keys: 'q', label: 'quit'},
			]);
		}
	});
});

describe('Windows', () => {
	const at = (top: number) => ({...newList('urgency', true), index: top, top});

	test('reach a hundred rows beyond the screen on either side', () => {
		expect(windowAround(at(1000), 50, undefined)).toEqual({offset: 900, limit: 250});
		expect(windowAround(at(0), 50, undefined)).toEqual({offset: 0, limit: 250});
	});

	test('stay as they are while the screen lies well inside, and move before its end', () => {
		const hand = {offset: 900, limit: 250, matching: 100_000};
		expect(windowAround(at(1050), 50, hand).offset).toBe(900);
		expect(windowAround(at(1070), 50, hand).offset).toBe(970);
		expect(windowAround(at(930), 50, hand).offset).toBe(830);
	});

	test('do not move at the ends of the list, where there is no more', () => {
		expect(windowAround(at(10), 50, {offset: 0, limit: 250, matching: 100_000}).offset).toBe(0);
		expect(windowAround(at(250), 50, {offset: 100, limit: 250, matching: 300}).offset).toBe(100);
	});

	test('are never larger than the daemon gives', () => {
		expect(windowAround(at(0), 10_000, undefined).limit).toBe(500);
	});

	test('ask for a finding by its resource, for its rule is not a key', () => {
		expect(queryOf({at: 'detail', key: 'a/b/c#rule', scroll: 0, terraform: false}, {offset: 0, limit: 0})).toEqual({
			ask: 'detail',
			key: 'a/b/c',
		});
	});
});

const many = (count: number): readonly Row[] =>
	Array.from({length: count}, (_, index) => row('kms', `key-${index}`, 'HIGH', `reason ${index}`, {key: `k${index}`}));

const open: Array<{close(): void}> = [];

afterEach(() => {
	for (const session of open.splice(0)) {
		session.close();
	}

	vi.useRealTimers();
});

const control = {quit: vi.fn(), suspend: vi.fn(), repaint: vi.fn(), copy: vi.fn()};

const begin = (some: Partial<FakeAccount> = {}, clock: () => string = () => now) => {
	const watcher = createFakeWatcher({
		overview,
		rows: () => keyRows,
		changes,
		expirations,
		detail: () => keyDetail,
		...some,
	});
	const session = createSession({watcher, now: clock, catalogue, theme: plainTheme}, control);
	session.resize({columns: 120, rows: 30});
	open.push(session);
	return {watcher, session, screen: () => session.frame().join('\n'), turn: async () => new Promise(resolve => setImmediate(resolve))};
};

describe('A session', () => {
	test('keeps the cursor on its row when the list changes under it', async () => {
		let rows = many(50);
		const {watcher, session, screen, turn} = begin({rows: () => rows});
		await turn();
		session.press('enter');
		await turn();
		for (let step = 0; step < 5; step++) {
			session.press('down');
		}

		expect(screen()).toMatch(/› . \S+ +key-5 /u);
		rows = [row('kms', 'new-and-worse', 'CRITICAL', 'it is new', {key: 'new'}), ...rows];
		watcher.push();
		expect(screen()).toMatch(/› . \S+ +key-5 /u);
		// The list shows its top, so what is new there is seen.
		expect(screen()).toContain('new-and-worse');
	});

	test('asks for one window however far one scrolls inside it, and only for one beyond', async () => {
		const rows = many(1000);
		const {watcher, session, screen, turn} = begin({rows: () => rows});
		await turn();
		session.press('enter');
		await turn();
		const panelQueries = () => watcher.asked.filter(({ask}) => ask === 'panel').length;
		const before = panelQueries();
		for (let step = 0; step < 100; step++) {
			session.press('down');
		}

		expect(panelQueries()).toBe(before);
		session.press('end');
		expect(screen()).toContain('…');
		await turn();
		expect(screen()).toMatch(/› . \S+ +key-999 /u);
		expect(panelQueries()).toBe(before + 1);
		expect(watcher.watched().filter(({ask}) => ask === 'panel')).toHaveLength(1);
	});

	test('drops what it no longer shows, and everything when it is closed', async () => {
		const {watcher, session, turn} = begin();
		await turn();
		session.press('enter');
		await turn();
		session.press('enter');
		await turn();
		expect(
			watcher
				.watched()
				.map(({ask}) => ask)
				.toSorted(),
		).toEqual(['detail', 'overview', 'panel']);
		session.press('esc');
		session.press('esc');
		expect(watcher.watched().map(({ask}) => ask)).toEqual(['overview']);
		session.close();
		expect(watcher.watched()).toEqual([]);
	});

	test('hands out the same frame while nothing reads differently', async () => {
		const {watcher, session, turn} = begin();
		await turn();
		const frame = session.frame();
		watcher.push();
		expect(session.frame()).toBe(frame);
	});

	test('ticks with the second, and only what is older reads differently', async () => {
		vi.useFakeTimers({now: new Date(now)});
		const {watcher, session} = begin({}, () => new Date().toISOString());
		watcher.push();
		const before = session.frame();
		await vi.advanceTimersByTimeAsync(1010);
		const changed = session.frame().filter((line, index) => line !== before[index]);
		expect(changed.length).toBeGreaterThan(0);
		expect(changed.length).toBeLessThanOrEqual(10);
	});

	test('tells who could not answer when a refresh fails', async () => {
		const {watcher, session, screen, turn} = begin();
		await turn();
		watcher.refresh = async () => {
			throw new Error('nobody is there: the daemon is gone');
		};
		session.press('r');
		await turn();
		expect(screen()).toContain('nobody is there: the daemon is gone');
	});

	test('shows the changes since the last look, and all of them at a key', async () => {
		const looked: string[] = [];
		const watcher = createFakeWatcher({overview, rows: () => keyRows, changes, expirations, detail: () => keyDetail});
		const session = createSession(
			{watcher, now: () => now, catalogue, theme: plainTheme, lastLookedAt: changes[3]?.at, onLooked: at => looked.push(at)},
			control,
		);
		open.push(session);
		session.press('c');
		await new Promise(resolve => setImmediate(resolve));
		expect(session.frame().join('\n')).toContain('prod/payments');
		expect(session.frame().join('\n')).not.toContain('tmp-build-key');
		session.press('a');
		await new Promise(resolve => setImmediate(resolve));
		expect(session.frame().join('\n')).toContain('tmp-build-key');
		session.press('esc');
		expect(looked).toEqual([now]);
	});

	test('redacts what it is told to redact, everywhere', async () => {
		const watcher = createFakeWatcher({overview, rows: () => keyRows, changes, expirations, detail: () => keyDetail});
		const session = createSession(
			{watcher, now: () => now, catalogue, theme: plainTheme, redact: text => text.replaceAll(/\d{12}/gu, '************')},
			control,
		);
		open.push(session);
		session.resize({columns: 160, rows: 60});
		for (const key of ['', 'enter', 'enter', 'enter']) {
			if (key !== '') {
				session.press(key);
			}

			await new Promise(resolve => setImmediate(resolve));
			expect(session.frame().join('\n')).not.toContain('123456789012');
		}
	});
});
