import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import type {Account} from './account.js';
import {type Figure, median, megabytes, milliseconds, percentile} from './figures.js';
import {bareNode, cpuMsOf, memoryOf, type RunningDaemon, settled} from './program.js';
import {keys, Screen} from './screen.js';

const idleMs = 12_000;
const repeatMs = 1000 / 30;

const openFindings = async (screen: Screen): Promise<void> => {
	await screen.shows(/^ Score \d+/mu);
	screen.press('f');
	await screen.shows(/critical[\s\S]*critical[\s\S]*quit/u);
	await screen.quiet(300);
};

/** Keys in the findings view at 200x50: how long until the last byte, how many bytes, and whether each is painted when one is held down. */
export const measureScrolling = async (large: Account): Promise<readonly Figure[]> => {
	const screen = new Screen(large, 200, 50);
	try {
		await openFindings(screen);
		const moves: number[] = [];
		// Down the first screenful the cursor moves and the rows stay.
		for (let key = 0; key < 30; key++) {
			moves.push((await screen.answered(keys.down)).bytes);
		}

		// From the last row of the screen on, every key scrolls: by a row, and by a screenful, which has to be fetched now and then.
		await screen.answered(keys.pageDown);
		const took: number[] = [];
		for (let key = 0; key < 120; key++) {
			took.push((await screen.answered(key % 2 === 0 ? keys.down : keys.pageDown)).tookMs);
		}

		await screen.quiet(300);
		let unpainted = 0;
		for (let key = 0, dueMs = performance.now(); key < 100; key++) {
			const {frames} = screen;
			screen.press(keys.down);
			dueMs += repeatMs;
			await wait(Math.max(0, dueMs - performance.now()));
			unpainted += screen.frames === frames ? 1 : 0;
		}

		const {peakBytes} = memoryOf(screen.pid);
		const bare = await bareNode(large.environment, true);
		const mostBytes = Math.max(...moves);
		return [
			{
				name: `key press → last byte, scrolling ${large.name} at 200x50, p50 of ${took.length}`,
				budget: '≤ 10 ms',
				measured: milliseconds(median(took)),
				baseline: '',
				ratio: '',
				within: median(took) <= 10,
			},
			{
				name: `key press → last byte, p99 of ${took.length}`,
				budget: '≤ 45 ms',
				measured: milliseconds(percentile(took, 0.99)),
				baseline: `${milliseconds(median(took))} p50`,
				ratio: (percentile(took, 0.99) / median(took)).toFixed(2),
				within: percentile(took, 0.99) <= 45,
			},
			{
				name: 'keys unpainted at 30 Hz',
				budget: '0 of 100',
				measured: `${unpainted} of 100`,
				baseline: '',
				ratio: '',
				within: unpainted === 0,
			},
			{
				name: 'cursor move in the findings view at 200x50, bytes written, at most',
				budget: '≤ 1.2 KB',
				measured: `${mostBytes} B`,
				baseline: `${median(moves)} B median of ${moves.length}`,
				ratio: '',
				within: mostBytes <= 1200,
			},
			{
				name: `TUI memory after scrolling ${large.name}, peak RSS`,
				budget: '≤ 170 MB',
				measured: megabytes(peakBytes),
				baseline: `${megabytes(bare.peakBytes)} node -e 0`,
				ratio: (peakBytes / bare.peakBytes).toFixed(2),
				within: peakBytes <= 170 * 2 ** 20,
			},
		];
	} finally {
		await screen.close();
	}
};

/** The overview while its ages count seconds, and a screen on which nothing changes. */
export const measureIdling = async (large: Account, daemon: RunningDaemon): Promise<readonly Figure[]> => {
	const screen = new Screen(large, 200, 50);
	try {
		await screen.shows(/^ Score \d+/mu);
		// Just read, so that every panel's age is in seconds: the most that a tick can change.
		await daemon.watcher.refresh();
		await settled(daemon);
		await screen.quiet(300);
		const moves: number[] = [];
		for (const key of [keys.right, keys.down, keys.right, keys.up, keys.right, keys.down]) {
			moves.push((await screen.answered(key)).bytes);
		}

		const moving = await idle(screen, daemon);
		screen.press('?');
		await screen.shows(/help/u);
		await screen.quiet(1500);
		const still = await idle(screen, daemon);
		return [
			{
				name: 'clock tick in the overview, bytes written, at most',
				budget: '≤ 250 B',
				measured: `${Math.max(0, ...moving.bytes)} B`,
				baseline: `${median(moving.bytes)} B median of ${moving.bytes.length}`,
				ratio: '',
				within: Math.max(0, ...moving.bytes) <= 250,
			},
			{
				name: 'cursor move in the overview at 200x50, bytes written, at most',
				budget: '≤ 1.2 KB',
				measured: `${Math.max(...moves)} B`,
				baseline: `${median(moves)} B median of ${moves.length}`,
				ratio: '',
				within: Math.max(...moves) <= 1200,
			},
			{
				name: `idle TUI with a clock of 1 s, CPU over ${idleMs / 1000} s`,
				budget: '≤ 3 %',
				measured: percent(moving.cpuShare),
				baseline: `${percent(moving.daemonShare)} daemon`,
				ratio: '',
				within: moving.cpuShare <= 0.03,
			},
			{
				name: `nothing changing (help screen), bytes and CPU over ${idleMs / 1000} s`,
				budget: '0 B/s and 0 %',
				measured: `${still.bytes.reduce((sum, bytes) => sum + bytes, 0)} B, ${percent(still.cpuShare)}`,
				baseline: `${percent(still.daemonShare)} daemon`,
				ratio: '',
				// The clock is read each second all the same: what that takes is not nothing, but rounds to it.
				within: still.bytes.length === 0 && still.cpuShare < 0.005,
			},
		];
	} finally {
		await screen.close();
	}
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What was written while nobody pressed a key, by bursts, and the CPU that it took. */
const idle = async (screen: Screen, daemon: RunningDaemon) => {
	const fromMs = performance.now();
	const cpuMs = cpuMsOf(screen.pid);
	const daemonMs = cpuMsOf(daemon.pid);
	await wait(idleMs);
	const spanMs = performance.now() - fromMs;
	const bursts: Array<{atMs: number; bytes: number}> = [];
	for (const {atMs, bytes} of screen.outputs.filter(output => output.atMs >= fromMs)) {
		const last = bursts.at(-1);
		if (last !== undefined && atMs - last.atMs < 20) {
			last.bytes += bytes;
		} else {
			bursts.push({atMs, bytes});
		}
	}

	return {
		bytes: bursts.map(({bytes}) => bytes),
		cpuShare: (cpuMsOf(screen.pid) - cpuMs) / spanMs,
		daemonShare: (cpuMsOf(daemon.pid) - daemonMs) / spanMs,
	};
};
