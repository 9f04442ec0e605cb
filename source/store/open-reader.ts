import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {openFileReadOnly} from './sqlite-file.js';

/** The cache's file in a state directory. */
export const cachePath = (dir: string): string => join(dir, 'cache.sqlite');

/** There is no cache, or none that can be read. The message is fit for a person. */
export class NoCache extends Error {
	override readonly name = 'NoCache';
}

/** Opens a cache for reading beside its writer. Throws `NoCache`. */
export const openForReading = (path: string): DatabaseSync => {
	if (statSync(path, {throwIfNoEntry: false}) === undefined) {
		throw new NoCache(`There is no cache at ${path} yet: start a daemon with \`vedette\` to fill one`);
	}

	try {
		return openFileReadOnly(path);
	} catch (error) {
		throw new NoCache(`The cache at ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {cause: error});
	}
};
