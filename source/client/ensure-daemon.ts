import {spawn} from 'node:child_process';
import {closeSync, constants, fstatSync, mkdirSync, openSync, readSync} from 'node:fs';
import path from 'node:path';
import {logFileName} from '../model/protocol.js';
import {openConnection} from './connection.js';

export type EnsureDaemonOptions = {
	readonly runtimeDir: string;
	/** The daemon's log is kept here, under `logFileName`. */
	readonly stateDir: string;
	/** The viewer's own. */
	readonly version: string;
	/** What starts a daemon that stays in the foreground and logs to standard error: program and arguments. */
	readonly command: {
		readonly file: string;
		readonly args: readonly string[];
		readonly env?: Readonly<Record<string, string | undefined>>;
	};
	/** How long a daemon may take until it serves. */
	readonly timeoutMs?: number;
	/** Gives up, and ends a daemon that does not serve yet. */
	readonly signal?: AbortSignal | undefined;
};

export type EnsuredDaemon =
	| {readonly running: true; readonly started: boolean; readonly pid: number; readonly version: string}
	/** `reason` is what it last said, as it said it: not yet safe for a screen. */
	| {readonly running: false; readonly exitCode: number | undefined; readonly reason: string};

const defaultTimeoutMs = 15_000;

/** EX_TEMPFAIL: another daemon was faster. https://man.freebsd.org/cgi/man.cgi?sysexits */
const alreadyRunning = 75;

const unwanted = 'Nobody waits for it any more';

/** How long one that is not wanted any more may take to end. */
const stopMs = 2000;

/** How long to wait for one that was faster before trying again. */
const againMs = 500;

/**
 * Finds a daemon or starts one in the background, in a session of its own, so that it outlives this terminal.
 * Many may call this at once: one daemon wins, and all find it. Resolves when it serves, or with why it does not.
 */
export const ensureDaemon = async ({
	runtimeDir,
	stateDir,
	version,
	command,
	timeoutMs = defaultTimeoutMs,
	signal,
}: EnsureDaemonOptions): Promise<EnsuredDaemon> => {
	const look = async () => openConnection({runtimeDir, version, onFrame: () => {}, onEnd: () => {}});
	const found = await look();
	if (typeof found !== 'string') {
		found.close();
		return {running: true, started: false, pid: found.pid, version: found.version};
	}

	const isUnwanted = (): boolean => signal?.aborted === true;
	if (isUnwanted()) {
		return {running: false, exitCode: undefined, reason: unwanted};
	}

	mkdirSync(stateDir, {recursive: true, mode: 0o700});
	const logFile = path.join(stateDir, logFileName);
	// Readable too: what it says from here on is what is told if it does not start.
	const log = openSync(logFile, constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | constants.O_NOFOLLOW, 0o600);
	try {
		const from = fstatSync(log).size;
		let child = begin(command, log);
		const until = performance.now() + timeoutMs;
		for (;;) {
			const opened = await look();
			if (typeof opened !== 'string') {
				opened.close();
				return {running: true, started: opened.pid === child.pid(), pid: opened.pid, version: opened.version};
			}

			const {exitCode, failure, atMs} = child.end();
			if (failure !== undefined && exitCode !== alreadyRunning) {
				return {running: false, exitCode, reason: lastWords(log, from) ?? failure};
			}

			if (isUnwanted()) {
				await child.stop();
				return {running: false, exitCode, reason: unwanted};
			}

			if (performance.now() > until) {
				return {running: false, exitCode, reason: lastWords(log, from) ?? opened};
			}

			if (exitCode === alreadyRunning && performance.now() - atMs > againMs) {
				// The other was faster, and is not there: it was about to end. Its place may be free now.
				child = begin(command, log);
			}

			await new Promise(resolve => {
				setTimeout(resolve, 25);
			});
		}
	} finally {
		closeSync(log);
	}
};

type Begun = {
	readonly pid: () => number | undefined;
	/** Ends it, and waits for that. */
	readonly stop: () => Promise<void>;
	/** `failure` undefined: it runs still. */
	readonly end: () => {readonly exitCode: number | undefined; readonly failure: string | undefined; readonly atMs: number};
};

const begin = ({file, args, env}: EnsureDaemonOptions['command'], log: number): Begun => {
	let exitCode: number | undefined;
	let failure: string | undefined;
	let atMs = 0;
	const end = (said: string): void => {
		failure ??= said;
		atMs = performance.now();
	};

	const child = spawn(file, args, {detached: true, stdio: ['ignore', log, log], ...(env && {env: {...env}})});
	child.once('error', error => end(`${file} cannot be started: ${error.message}`));
	child.once('exit', (code, signal) => {
		exitCode = code ?? undefined;
		end(signal === null ? `The daemon ended with exit code ${code}` : `The daemon was ended by ${signal}`);
	});
	child.unref();
	const stop = async (): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) {
			return;
		}

		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, stopMs);
			child.once('exit', () => {
				clearTimeout(timer);
				resolve();
			});
			child.kill('SIGTERM');
		});
	};

	return {pid: () => child.pid, stop, end: () => ({exitCode, failure, atMs})};
};

const mostBytes = 8192;
const errorLevel = 50;

/** What the daemon last said since it was started: its errors, or its last lines where it did not get as far as a log. */
const lastWords = (log: number, from: number): string | undefined => {
	const {size} = fstatSync(log);
	const start = Math.max(from, size - mostBytes);
	const buffer = Buffer.alloc(Math.max(0, size - start));
	readSync(log, buffer, 0, buffer.length, start);
	const lines = buffer
		.toString('utf8')
		.split('\n')
		.filter(line => line.trim() !== '');
	const errors = lines.flatMap(line => {
		try {
			const said: unknown = JSON.parse(line);
			return typeof said === 'object' && said !== null && 'level' in said && 'msg' in said && Number(said.level) >= errorLevel
				? [String(said.msg)]
				: [];
		} catch {
			return [];
		}
	});
	const words = errors.length > 0 ? errors.slice(-3) : lines.slice(-3);
	return words.length === 0 ? undefined : words.join('\n');
};
