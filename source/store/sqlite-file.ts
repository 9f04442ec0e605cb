import {chmodSync, closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {isDamage} from './sqlite-error.js';

/** "VDTT": tells our file from any other SQLite database. */
const applicationId = 0x56445454;

/** Rises when older versions could no longer read the file. */
export const schemaVersion = 1;

/** How long SQLite waits for another process before it gives up. It blocks the event loop, so it is short. */
const busyTimeoutMs = 2000;

/*
 * `base` holds each value once, in the order of arrival, and has no secondary index: where a key lives is known in memory.
 * A changed value is appended to `delta` and folded into `base` later, many at a time, because an update in place
 * writes a whole page (and an index's page) for each small row: 20 times the bytes at 0.1 % of random changes.
 */
const schema = `
	CREATE TABLE base (slot INTEGER PRIMARY KEY, namespace TEXT NOT NULL, key TEXT NOT NULL, expires INTEGER, card TEXT, body TEXT NOT NULL);
	CREATE INDEX base_expires ON base (expires) WHERE expires IS NOT NULL;
	CREATE TABLE delta (seq INTEGER PRIMARY KEY, slot INTEGER NOT NULL, expires INTEGER, body TEXT);
	CREATE TABLE change (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, hash INTEGER NOT NULL, body TEXT NOT NULL);
	CREATE INDEX change_at ON change (at);
	CREATE TABLE record (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
	PRAGMA application_id = ${applicationId};
	PRAGMA user_version = ${schemaVersion};
`;

/** A file that cannot serve as a cache: damaged, foreign, or written by a newer version. The message says which. */
export class UnusableFile extends Error {
	override readonly name = 'UnusableFile';
}

const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

/** Throws `UnusableFile` where the file is not a cache of this version. Returns false for a file that holds nothing yet. */
const recognise = (database: DatabaseSync): boolean => {
	const version = Number(pragma(database, 'user_version'));
	const id = Number(pragma(database, 'application_id'));
	if (version === 0 && id === 0 && database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) {
		return false;
	}

	if (id !== applicationId) {
		throw new UnusableFile('it is not a cache of Vedette');
	}

	if (version !== schemaVersion) {
		throw new UnusableFile(`it was written by a newer version of Vedette (format ${version}, this one reads ${schemaVersion})`);
	}

	return true;
};

const openForWriting = (path: string): DatabaseSync => {
	// Made before SQLite opens it, so that it never is readable by others; SQLite gives -wal and -shm the same mode.
	closeSync(openSync(path, 'a', 0o600));
	chmodSync(path, 0o600);
	const database = new DatabaseSync(path, {timeout: busyTimeoutMs});
	try {
		// Before anything is changed: it may be somebody else's.
		const isCache = recognise(database);
		if (isCache) {
			const verdict = String(pragma(database, 'quick_check(1)'));
			if (verdict !== 'ok') {
				throw new UnusableFile(`it is damaged (${verdict.split('\n').at(-1) ?? verdict})`);
			}
		}

		// Values of a few kilobytes leave a quarter of a small page empty.
		database.exec('PRAGMA page_size = 16384');
		// A commit is in the operating system's hands when it returns, and so outlives SIGKILL. NORMAL leaves the fsync to the
		// checkpoint: a power cut may take the last commits with it, never the file. A cache can be asked for again.
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
		database.exec('PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -8192');
		if (!isCache) {
			database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
		}

		return database;
	} catch (error) {
		database.close();
		throw isDamage(error) ? new UnusableFile('it is damaged') : error;
	}
};

/** Moves an unusable file out of the way, beside itself, and keeps only the newest such file. Returns its new name. */
export const setAside = (path: string, now: string): string => {
	const directory = dirname(path);
	const prefix = `${basename(path)}.corrupt-`;
	for (const name of readdirSync(directory)) {
		if (name.startsWith(prefix)) {
			rmSync(join(directory, name), {force: true});
		}
	}

	const aside = `${prefix}${now.replaceAll(/[^\dTZ]/gu, '')}`;
	renameSync(path, join(directory, aside));
	// The log belongs to the file it was written for: left behind, SQLite would play it into the next one.
	rmSync(`${path}-wal`, {force: true});
	rmSync(`${path}-shm`, {force: true});
	return aside;
};

/** Opens or makes the file. An unusable one is set aside and replaced; `notice` then says so in a sentence. */
export const openFile = (path: string, now: string): {readonly database: DatabaseSync; readonly notice: string | undefined} => {
	mkdirSync(dirname(path), {recursive: true, mode: 0o700});
	try {
		return {database: openForWriting(path), notice: undefined};
	} catch (error) {
		if (!(error instanceof UnusableFile)) {
			throw error;
		}

		const aside = setAside(path, now);
		return {database: openForWriting(path), notice: `The cache was set aside as ${aside} and is being rebuilt: ${error.message}`};
	}
};

/** Gives an empty database in memory the tables of a cache. */
export const prepareInMemory = (database: DatabaseSync): DatabaseSync => {
	database.exec(schema);
	return database;
};

/** Opens the file for reading beside a writer. Changes nothing; throws `UnusableFile` where it is no cache of this version. */
export const openFileReadOnly = (path: string): DatabaseSync => {
	const database = new DatabaseSync(path, {readOnly: true, timeout: busyTimeoutMs});
	try {
		if (!recognise(database)) {
			throw new UnusableFile('it is empty');
		}

		// Who reads needs no disk: what is sorted stays in memory.
		database.exec('PRAGMA temp_store = MEMORY');
		return database;
	} catch (error) {
		database.close();
		throw isDamage(error) ? new UnusableFile('it is damaged') : error;
	}
};
