import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';
import {build} from 'esbuild';

/** The fixture program, bundled as the product is: React's production build, no development tools. Returns its path and how to remove it. */
export const bundleApp = async (): Promise<{readonly path: string; remove(): void}> => {
	const directory = mkdtempSync(join(tmpdir(), 'vedette-tui-'));
	const path = join(directory, 'app.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'fixtures/app.ts')],
		outfile: path,
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'error',
		define: {'process.env.NODE_ENV': '"production"'},
		banner: {js: "import {createRequire as createRequireHere} from 'node:module'; const require = createRequireHere(import.meta.url);"},
		plugins: [
			{
				name: 'no development tools',
				setup(bundler) {
					bundler.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'none', namespace: 'none'}));
					bundler.onLoad({filter: /./, namespace: 'none'}, () => ({contents: 'export default {}'}));
				},
			},
		],
	});
	return {
		path,
		remove() {
			rmSync(directory, {recursive: true, force: true});
		},
	};
};

export type PseudoTerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: Readonly<Record<string, string>>;
};

const deadlineMs = 10_000;

/** A program in a pseudo-terminal, read back as a screen. */
export class PseudoTerminal {
	/** Everything it wrote. */
	output = '';
	exit: {readonly exitCode: number; readonly signal?: number | undefined} | undefined;
	readonly #terminal: headless.Terminal;
	readonly #process: pty.IPty;
	readonly #waiting = new Set<() => void>();

	constructor(file: string, args: readonly string[], {columns = 80, rows = 24, environment = {}}: PseudoTerminalOptions = {}) {
		this.#terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#process = pty.spawn(file, [...args], {
			cols: columns,
			rows,
			env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...environment},
		});
		this.#process.onData(data => {
			this.output += data;
			this.#terminal.write(data, () => {
				this.#wake();
			});
		});
		this.#process.onExit(exit => {
			// Behind what it wrote last, which may still be on its way to the screen.
			this.#terminal.write('', () => {
				this.exit = exit;
				this.#wake();
			});
		});
	}

	get pid(): number {
		return this.#process.pid;
	}

	press(...keys: readonly string[]): void {
		for (const key of keys) {
			this.#process.write(key);
		}
	}

	kill(signal: string): void {
		this.#process.kill(signal);
	}

	/** Closes the terminal under the program. */
	hangUp(): void {
		// The package has it, its types do not: it closes the master side.
		(this.#process as pty.IPty & {destroy(): void}).destroy();
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		this.#process.resize(columns, rows);
	}

	/** The screen as text, one line a row, without blanks at the ends. */
	screen(): string {
		const {active} = this.#terminal.buffer;
		return Array.from(
			{length: this.#terminal.rows},
			(_, row) =>
				active
					.getLine(active.baseY + row)
					?.translateToString()
					.trimEnd() ?? '',
		).join('\n');
	}

	/** `alternate` while the TUI has the screen. */
	get buffer(): 'normal' | 'alternate' {
		return this.#terminal.buffer.active.type;
	}

	/** Resolves when the condition holds; fails with the screen when it does not within ten seconds. */
	async until(what: string, condition: () => boolean): Promise<void> {
		const deadline = Date.now() + deadlineMs;
		while (!condition()) {
			const leftMs = deadline - Date.now();
			if (leftMs <= 0) {
				throw new Error(`waited for ${what} in vain; the screen is:\n${this.screen()}`);
			}

			await new Promise<void>(resolve => {
				const timer = setTimeout(done, Math.min(leftMs, 100));
				const waiting = this.#waiting;
				function done(): void {
					clearTimeout(timer);
					waiting.delete(done);
					resolve();
				}

				waiting.add(done);
			});
		}
	}

	async shows(text: string | RegExp): Promise<void> {
		await this.until(String(text), () => (typeof text === 'string' ? this.screen().includes(text) : text.test(this.screen())));
	}

	async ends(): Promise<void> {
		await this.until('the end', () => this.exit !== undefined);
	}

	close(): void {
		if (this.exit === undefined) {
			this.#process.kill('SIGKILL');
		}

		this.#terminal.dispose();
	}

	#wake(): void {
		for (const done of this.#waiting) {
			done();
		}
	}
}

export const keys = {
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	pageDown: '\u001B[6~',
	end: '\u001B[F',
	home: '\u001B[H',
	enter: '\r',
	escape: '\u001B',
	backspace: '\u007F',
	ctrlC: '\u0003',
	ctrlL: '\u000C',
	ctrlZ: '\u001A',
} as const;
