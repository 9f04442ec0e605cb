import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {build} from 'esbuild';
import {onTestFinished} from 'vitest';

/** A program of the tests as one file that Node runs as it is. Whoever calls it removes the file's directory. */
export const bundle = async (entry: string): Promise<string> => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vd-bundle-'));
	const outfile = path.join(directory, 'program.mjs');
	await build({
		entryPoints: [path.join(import.meta.dirname, entry)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'error',
		banner: {js: "import {createRequire as makeRequire} from 'node:module'; const require = makeRequire(import.meta.url);"},
	});
	return outfile;
};

export const removeBundle = async (program: string): Promise<void> => rm(path.dirname(program), {recursive: true, force: true});

export type Child = {
	readonly process: ChildProcess;
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** The exit code, or the signal's name. */
	readonly ended: Promise<number | string>;
};

/** Starts a program and ends it with the test, if it has not ended by then. */
export const start = (program: string, ...args: readonly string[]): Child => {
	const child = spawn(process.execPath, [program, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	const ended = new Promise<number | string>(resolve => {
		child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
	});
	onTestFinished(async () => {
		if (child.exitCode === null && child.signalCode === null) {
			child.kill('SIGKILL');
			await ended;
		}
	});
	return {process: child, stdout: () => stdout, stderr: () => stderr, ended};
};
