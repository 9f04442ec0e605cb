import {homedir} from 'node:os';
import type {Writable} from 'node:stream';
import type {Environment, Machine} from '../config/directories.js';

/** The process as a command sees it. */
export type Io = {
	readonly environment: Environment;
	readonly machine: Machine;
	readonly uid: number | undefined;
	/** ISO 8601. */
	readonly now: () => string;
	readonly isTerminal: boolean;
	/** Writes to standard output, no faster than it is read. */
	readonly out: (text: string | Uint8Array) => Promise<void>;
	/** Replaces one line on standard error where that is a terminal, and is silent elsewhere. Empty takes it away. */
	readonly progress: (line: string) => void;
	/** One line to standard error, for people. */
	readonly note: (line: string) => void;
};

export const processIo = (): Io => ({
	environment: process.env,
	machine: {platform: process.platform, home: homedir()},
	uid: process.getuid?.(),
	now: () => new Date().toISOString(),
	isTerminal: process.stdout.isTTY,
	out: async text => write(process.stdout, text),
	progress(line) {
		if (process.stderr.isTTY) {
			process.stderr.write(`\r\u001B[K${line}`);
		}
	},
	note(line) {
		process.stderr.write(`${line}\n`);
	},
});

/** Writes, and waits until it is written. Rejects when the reader is gone. */
export const write = async (stream: Writable, text: string | Uint8Array): Promise<void> =>
	new Promise((resolve, reject) => {
		stream.write(text, error => (error ? reject(error) : resolve()));
	});
