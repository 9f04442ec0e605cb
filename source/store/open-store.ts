import {statSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import type {Catalogue} from '../model/index.js';
import {CacheFile} from './cache-file.js';
import {cardFor} from './entry-codec.js';
import {cachePath, openForReading} from './open-reader.js';
import {refusalOf} from './sqlite-error.js';
import {openFile, prepareInMemory, setAside} from './sqlite-file.js';
import {createStore, type FollowingStore} from './store.js';

export type OpenStoreOptions = {
	/** Where the cache lives: made with mode 0700 where it is missing. */
	readonly dir: string;
	/** The present moment, ISO 8601: for housekeeping and the names of files set aside. */
	readonly now: () => string;
	/** Changes nothing on disk, and follows what another process writes whenever `refresh` is called. */
	readonly readonly?: boolean;
	/** Stored with the cache, so that readers need no registry. */
	readonly catalogue?: Catalogue;
	readonly idleMs?: number;
	readonly retryMs?: number;
};

const sizeOf = (path: string): number =>
	[path, `${path}-wal`].reduce((bytes, name) => bytes + (statSync(name, {throwIfNoEntry: false})?.size ?? 0), 0);

/**
 * Opens the store, with everything that was there at the last commit.
 *
 * - A damaged file, or one of a newer version, is set aside as `cache.sqlite.corrupt-<time>` and rebuilt; `health` says so.
 * - Where the disk refuses altogether, the store lives in memory, and `health` says so.
 * - With `readonly`, rejects with an error fit for a person where there is no cache or none that can be read.
 */
export const openStore = async ({dir, now, readonly = false, catalogue, ...timing}: OpenStoreOptions): Promise<FollowingStore> => {
	const path = cachePath(dir);
	const file = readonly ? new CacheFile(openForReading(path), {card: cardFor, readonly: true}) : openWriter(path, now, timing.retryMs);
	const store = createStore(file, {...timing, readonly, now, health: () => ({path, bytes: sizeOf(path)})});
	if (catalogue !== undefined && !readonly) {
		await store.setCatalogue(catalogue);
	}

	return store;
};

const openWriter = (path: string, now: () => string, retryMs: number | undefined): CacheFile => {
	const options = {
		card: cardFor,
		...(retryMs !== undefined && {retryMs}),
		replace(damaged: DatabaseSync) {
			damaged.close();
			const aside = setAside(path, now());
			return {
				database: openFile(path, now()).database,
				notice: `The cache was set aside as ${aside} and is being rebuilt: it was found damaged`,
			};
		},
	};
	try {
		const {database, notice} = openFile(path, now());
		const file = new CacheFile(database, options);
		if (notice !== undefined) {
			file.notices.push(notice);
		}

		return file;
	} catch (error) {
		const refusal = refusalOf(error) ?? (error instanceof Error && 'syscall' in error ? error.message : undefined);
		if (refusal === undefined) {
			throw error;
		}

		const file = new CacheFile(prepareInMemory(new DatabaseSync(':memory:')), {card: cardFor});
		file.notices.push(`The cache is kept in memory only until the next start, because ${refusal}`);
		return file;
	}
};
