import {diffFrames} from './frame-diff.js';

const synchronizedStart = '\u001B[?2026h';
const synchronizedEnd = '\u001B[?2026l';
// A terminal shows no more than sixty frames a second; what comes faster waits for the next.
const frameMs = 16;

/** The part of a terminal's stream that is needed to draw on it. */
export type Terminal = NodeJS.WritableStream & {readonly columns?: number; readonly rows?: number; readonly isTTY?: boolean};

/**
 * Draws frames on a terminal by writing the cells that changed, each frame in one write. The first frame after a pause is
 * drawn at once, so that a key is seen without waiting; those that follow faster than a terminal shows them are merged.
 */
export class ScreenPainter {
	readonly #terminal: Terminal;
	readonly #widthOf: (text: string) => number;
	/** What the terminal shows; undefined where that is not known. */
	#shown: readonly string[] | undefined;
	#wanted: readonly string[] = [];
	#lastMs = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	constructor(terminal: Terminal, widthOf: (text: string) => number) {
		this.#terminal = terminal;
		this.#widthOf = widthOf;
	}

	paint(lines: readonly string[]): void {
		this.#wanted = lines;
		const waitMs = this.#lastMs + frameMs - performance.now();
		if (waitMs <= 0) {
			this.#draw();
			return;
		}

		this.#timer ??= setTimeout(() => {
			this.#draw();
		}, waitMs);
	}

	/** Draws the last frame anew over whatever is on the terminal. */
	repaint(): void {
		this.#shown = undefined;
		this.#draw();
	}

	/** To be told when something else has written to the terminal, or it changed its size. */
	forget(): void {
		this.#shown = undefined;
	}

	/** Ends the timer. What waited is not drawn any more; what comes after is. */
	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#draw(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const changed = diffFrames(this.#shown, this.#wanted, this.#terminal.columns || 80, this.#widthOf);
		this.#shown = this.#wanted;
		if (changed !== '') {
			this.#lastMs = performance.now();
			this.#terminal.write(synchronizedStart + changed + synchronizedEnd);
		}
	}
}
