import {Writable} from 'node:stream';
import type {Terminal} from './screen-painter.js';

// Ink brackets its frames with these; the painter brackets its own.
const synchronized = /^\u001B\[\?2026[hl]$/u;
// Modes and questions to the terminal: the alternate screen, the cursor, the keyboard.
const modes = /^(?:\u001B\[[?<>=][\d;]*[a-zA-Z])+$/u;

/**
 * The stream that Ink writes to. What changes the terminal's modes passes: Ink owns those, from entering the alternate
 * screen to leaving it. What draws does not: `onDraw` is told instead, and draws by cells.
 */
export class InkOutput extends Writable {
	readonly isTTY = true;
	readonly #terminal: Terminal;
	readonly #onDraw: () => void;

	constructor(terminal: Terminal, onDraw: () => void) {
		super({decodeStrings: false});
		this.#terminal = terminal;
		this.#onDraw = onDraw;
	}

	get columns(): number {
		return this.#terminal.columns || 80;
	}

	get rows(): number {
		return this.#terminal.rows || 24;
	}

	override _write(chunk: unknown, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		const text = String(chunk);
		if (modes.test(text) && !synchronized.test(text)) {
			this.#terminal.write(text);
		}

		if (text !== '') {
			this.#onDraw();
		}

		done();
	}
}
