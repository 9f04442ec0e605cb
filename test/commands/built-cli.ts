import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {build} from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

export type Finished = {readonly code: number | null; readonly out: string; readonly err: string};

/** The program as a user has it: bundled in chunks, run by Node.js in a process of its own, at home in an empty directory. */
export type BuiltCli = {
	readonly home: string;
	readonly environment: NodeJS.ProcessEnv;
	start(words: readonly string[], environment?: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams;
	run(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Finished>;
	close(): Promise<void>;
};

/** Credentials that must turn up nowhere. */
export const canary = {
	AWS_ACCESS_KEY_ID: 'AKIAVEDETTECANARY123',
	AWS_SECRET_ACCESS_KEY: 'canarySecretCanarySecretCanarySecret0001',
	AWS_SESSION_TOKEN: 'IQoJcanaryTokencanaryTokencanaryTokencanaryTokencanaryToken',
};

export const buildCli = async (): Promise<BuiltCli> => {
	const home = await mkdtemp(path.join(tmpdir(), 'vedette-cli-'));
	// Inside the project, so that the packages that stay outside the bundle are found.
	const cache = path.join(root, 'node_modules/.cache');
	await mkdir(cache, {recursive: true});
	const outdir = await mkdtemp(path.join(cache, 'vedette-cli-'));
	await writeFile(path.join(outdir, 'package.json'), '{"type": "module"}');
	await build({
		absWorkingDir: root,
		// The second is a thread's, beside the chunk that starts it.
		entryPoints: ['source/cli.ts', 'source/commands/line-writer.ts'],
		entryNames: '[name]',
		outdir,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.19',
		external: ['@aws-sdk/*', '@smithy/*'],
		alias: {'react-devtools-core': path.join(root, '.toolchain/no-devtools.mjs')},
		define: {'process.env.NODE_ENV': '"production"'},
		banner: {js: "import {createRequire as vedetteRequire} from 'node:module'; const require = vedetteRequire(import.meta.url);"},
		logLevel: 'error',
	});
	// Nothing of the machine's own set-up, but what a process needs to run.
	const environment: NodeJS.ProcessEnv = {PATH: process.env['PATH'], HOME: home, TMPDIR: home, ...canary};
	const start: BuiltCli['start'] = (words, more = {}) =>
		spawn(process.execPath, [path.join(outdir, 'cli.js'), ...words], {env: {...environment, ...more}});
	return {
		home,
		environment,
		start,
		run: async (words, more) => finished(start(words, more)),
		async close() {
			await rm(outdir, {recursive: true});
			await rm(home, {recursive: true, force: true, maxRetries: 3});
		},
	};
};

/** What a child wrote, once it has ended. */
export const finished = async (child: ChildProcessWithoutNullStreams): Promise<Finished> => {
	const out: Buffer[] = [];
	const err: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
	const code = await new Promise<number | null>(resolve => {
		child.once('close', resolve);
	});
	return {code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString()};
};
