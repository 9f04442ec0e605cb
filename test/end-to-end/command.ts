import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** The built program, as a user has it. `npm test` builds it before the tests run. */
export const program = path.join(import.meta.dirname, '../../dist/cli.js');

/** Nothing of this machine's AWS configuration, and credentials that can be looked for afterwards. */
export const canary = {
	AWS_ACCESS_KEY_ID: 'AKIACANARYCANARY0001',
	AWS_SECRET_ACCESS_KEY: 'canary/secret/canary/secret/canary/secre',
} as const;

export const environment = (home: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
	PATH: process.env['PATH'],
	HOME: home,
	TERM: 'xterm-256color',
	LANG: 'C.UTF-8',
	AWS_EC2_METADATA_DISABLED: 'true',
	AWS_REGION: 'us-east-1',
	...canary,
	...more,
});

/** A home directory of the test's own, removed by the caller. Short: a socket's path has at most 108 characters. */
export const temporaryHome = async (): Promise<{readonly home: string; remove(): Promise<void>}> => {
	const home = await mkdtemp(path.join(tmpdir(), 'vd-'));
	return {home, remove: async () => rm(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 100})};
};

export type Ended = {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
};

/** Runs `vedette ARGS` to its end. */
export const vedette = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> =>
	new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [program, ...args], {env, stdio: ['ignore', 'pipe', 'pipe']});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({code, signal, stdout, stderr}));
	});
