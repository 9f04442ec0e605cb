import {lstat, open, readFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {codeOf, directoryProblem, removeFile, writePrivateFile} from './private-files.js';

/** Who holds a lock, as far as he has said. */
export type Holder = {readonly pid: number; readonly socket?: string};

export type Lock = {
	/** Tells those who come second whom they find. */
	announce(holder: Holder): Promise<void>;
	/** Idempotent. */
	release(): Promise<void>;
};

export type LockAttempt =
	| {readonly held: true; readonly lock: Lock}
	/** `taken`: by another process, which lives. Otherwise the directory cannot be locked at all. */
	| {readonly held: false; readonly taken: boolean; readonly holder: Holder | undefined; readonly reason: string};

/** How long one who comes second waits for the first to say who he is. */
const announceMs = 1000;

// https://sqlite.org/rescode.html#busy
const sqliteBusy = 5;

/**
 * Takes the directory for this process until `release` or its end, however it ends: the kernel drops the lock, so that
 * nothing is stale after SIGKILL. It is SQLite's lock, not a pid file's: two that start together never both win.
 */
export const acquireLock = async (directory: string): Promise<LockAttempt> => {
	const problem = await directoryProblem(directory);
	if (problem !== undefined) {
		return {held: false, taken: false, holder: undefined, reason: problem};
	}

	const file = path.join(directory, 'daemon.lock');
	const note = path.join(directory, 'daemon.lock.json');
	const unfit = await makeLockFile(file);
	if (unfit !== undefined) {
		return {held: false, taken: false, holder: undefined, reason: unfit};
	}

	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(file);
		database.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch (error) {
		database?.close();
		if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) {
			const holder = await readHolder(note);
			const who = holder === undefined ? 'Another daemon' : `The daemon with pid ${holder.pid}`;
			const where = holder?.socket === undefined ? '' : ` and listens on ${holder.socket}`;
			return {held: false, taken: true, holder, reason: `${who} already watches from ${directory}${where}`};
		}

		const why = error instanceof Error ? error.message : String(error);
		return {held: false, taken: false, holder: undefined, reason: `${file} cannot be locked (${why}); remove it if no daemon runs`};
	}

	// What the last holder said of himself is not true any more.
	await removeFile(note);
	const held = database;
	return {
		held: true,
		lock: {
			announce: async holder => writePrivateFile(note, JSON.stringify(holder)),
			async release() {
				if (held.isOpen) {
					await removeFile(note);
					held.close();
				}
			},
		},
	};
};

/** The lock is a file of its own, made with its final mode, that nothing but SQLite opens: closing it elsewhere would drop the lock. */
const makeLockFile = async (file: string): Promise<string | undefined> => {
	try {
		const handle = await open(file, 'wx', 0o600);
		await handle.close();
		return undefined;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') {
			return `${file} cannot be made: ${codeOf(error)}`;
		}
	}

	try {
		const about = await lstat(file);
		return about.isFile() && about.nlink === 1 ? undefined : `${file} is a link or no file: remove it`;
	} catch (error) {
		return `${file} cannot be used: ${codeOf(error)}`;
	}
};

const readHolder = async (note: string): Promise<Holder | undefined> => {
	const until = Date.now() + announceMs;
	for (;;) {
		const holder = await readNote(note);
		if (holder?.socket !== undefined || Date.now() > until) {
			return holder;
		}

		await new Promise(resolve => {
			setTimeout(resolve, 50);
		});
	}
};

const readNote = async (note: string): Promise<Holder | undefined> => {
	try {
		const said: unknown = JSON.parse(await readFile(note, 'utf8'));
		if (typeof said === 'object' && said !== null && 'pid' in said && typeof said.pid === 'number') {
			return {pid: said.pid, ...('socket' in said && typeof said.socket === 'string' && {socket: said.socket})};
		}
	} catch {
		// Not written yet.
	}

	return undefined;
};
