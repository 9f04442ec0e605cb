import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';
import type {Account} from './account.js';
import {program} from './program.js';

const deadlineMs = 30_000;

// Each frame is written between these, so that a terminal shows it at once.
const frameStart = '\u001B[?2026h';
const frameEnd = '\u001B[?2026l';

// Rows that had to be asked for follow the frame that a key changed within this.
const afterglowMs = 40;

export type Output = {readonly atMs: number; readonly bytes: number};

/** The TUI in a real pseudo-terminal. Times are those of `performance.now()` here, when bytes arrived. */
export class Screen {
	readonly startedMs = performance.now();
	readonly outputs: Output[] = [];
	/** Arrived and not drawn yet: drawing takes time, so it waits until somebody looks. */
	#undrawn = '';
	/** Frames that have arrived whole. */
	frames = 0;
	#isWhole = false;
	readonly #terminal: headless.Terminal;
	readonly #process: pty.IPty;
	readonly #ended: Promise<void>;

	constructor(account: Account, columns: number, rows: number, words: readonly string[] = []) {
		this.#terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#process = pty.spawn(process.execPath, [program, ...words, ...account.flags], {
			cols: columns,
			rows,
			name: 'xterm-256color',
			env: {...account.environment},
		});
		this.#process.onData(data => {
			this.outputs.push({atMs: performance.now(), bytes: Buffer.byteLength(data)});
			this.#undrawn += data;
			this.frames += data.split(frameEnd).length - 1;
			const begins = data.lastIndexOf(frameStart);
			const ends = data.lastIndexOf(frameEnd);
			this.#isWhole = begins === -1 && ends === -1 ? this.#isWhole : ends > begins;
		});
		this.#ended = new Promise(resolve => {
			this.#process.onExit(() => resolve());
		});
	}

	get pid(): number {
		return this.#process.pid;
	}

	press(key: string): number {
		const pressedMs = performance.now();
		this.#process.write(key);
		return pressedMs;
	}

	/** What stands on the screen once all that arrived has been drawn. */
	async text(): Promise<string> {
		const undrawn = this.#undrawn;
		this.#undrawn = '';
		await new Promise<void>(resolve => this.#terminal.write(undrawn, resolve));
		const {active} = this.#terminal.buffer;
		return Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join(
			'\n',
		);
	}

	/** When the bytes arrived with which the screen came to hold what was waited for. */
	async shows(what: RegExp): Promise<number> {
		const until = performance.now() + deadlineMs;
		for (let seen = -1; ; ) {
			const {length} = this.outputs;
			if (length !== seen && this.#isWhole) {
				seen = length;
				const text = await this.text();
				if (what.test(text)) {
					return this.outputs[length - 1]?.atMs ?? performance.now();
				}

				continue;
			}

			if (performance.now() > until) {
				throw new Error(`Waited for ${what} in vain; the screen is:\n${await this.text()}`);
			}

			await wait(1);
		}
	}

	/** Presses a key, and resolves with when the last byte of what it changed arrived: nothing came for a while after it. */
	async answered(key: string): Promise<{readonly tookMs: number; readonly bytes: number}> {
		const {frames} = this;
		const pressedMs = this.press(key);
		while (this.frames === frames || !this.#isWhole) {
			if (performance.now() - pressedMs > deadlineMs) {
				throw new Error(`The screen does not answer:\n${await this.text()}`);
			}

			await wait(1);
		}

		await this.quiet(afterglowMs);
		const outputs = this.outputs.filter(({atMs}) => atMs >= pressedMs);
		return {tookMs: (outputs.at(-1)?.atMs ?? pressedMs) - pressedMs, bytes: outputs.reduce((sum, {bytes}) => sum + bytes, 0)};
	}

	/** Resolves after this long without a byte. */
	async quiet(quietMs: number): Promise<void> {
		while (performance.now() - (this.outputs.at(-1)?.atMs ?? this.startedMs) < quietMs) {
			await wait(2);
		}
	}

	bytesBetween(fromMs: number, toMs: number): number {
		return this.outputs.filter(({atMs}) => atMs >= fromMs && atMs < toMs).reduce((sum, {bytes}) => sum + bytes, 0);
	}

	async close(): Promise<void> {
		this.#process.kill('SIGTERM');
		const killing = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
		await this.#ended;
		clearTimeout(killing);
		this.#terminal.dispose();
	}
}

export const keys = {up: '\u001B[A', down: '\u001B[B', right: '\u001B[C', pageUp: '\u001B[5~', pageDown: '\u001B[6~'} as const;
