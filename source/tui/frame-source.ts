import type {Size} from '../view/line.js';
import type {KeyName} from './keys.js';

/** What the terminal asks of an application: lines to show, and somebody to tell of keys and sizes. */
export type FrameSource = {
	/** Calls back whenever the frame may have changed. Returns how to stop. */
	subscribe(listener: () => void): () => void;
	/** Painted lines, exactly as many and as wide as the size says. The same array as before where nothing changed. */
	frame(): readonly string[];
	resize(size: Size): void;
	/** One key, or one piece of typed text. */
	press(key: KeyName): void;
	/** Ends timers and subscriptions. */
	close(): void;
};

/** What an application may ask of the terminal. */
export type TerminalControl = {
	quit(): void;
	/** Hands the terminal back to the shell until it continues us. */
	suspend(): void;
	repaint(): void;
	/** Puts text on the clipboard by OSC 52, where the terminal allows it. */
	copy(text: string): void;
};
