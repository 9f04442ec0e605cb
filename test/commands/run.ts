import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Io} from '../../source/commands/io.js';
import {run} from '../../source/commands/program.js';

export type Ran = {readonly code: number; readonly out: string; readonly notes: string};

/** Runs a command line in this process, at home in an empty directory, and hands back what it wrote. */
export const runHere = async (words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> => {
	const home = await mkdtemp(path.join(tmpdir(), 'vedette-commands-'));
	let out = '';
	const notes: string[] = [];
	const io: Io = {
		environment: {VEDETTE_STATE_DIR: path.join(home, 'state'), ...environment},
		machine: {platform: 'linux', home},
		uid: process.getuid?.(),
		now: () => '2026-11-23T10:00:00.000Z',
		isTerminal: false,
		async out(text) {
			out += text;
		},
		progress() {},
		note: line => notes.push(line),
	};
	try {
		return {code: await run(words, io), out, notes: notes.join('\n')};
	} finally {
		await rm(home, {recursive: true});
	}
};
