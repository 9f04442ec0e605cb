import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {type OpenStoreOptions, openStore} from '../../source/store/open-store.js';
import type {FollowingStore} from '../../source/store/store.js';
import {catalogue, now} from './fixtures.js';

/** A directory that goes with the test. */
export const temporaryDirectory = (): string => {
	const dir = mkdtempSync(join(tmpdir(), 'vedette-store-'));
	onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
	return dir;
};

/** A store that is closed with the test. */
export const openTestStore = async (dir: string, options: Partial<OpenStoreOptions> = {}): Promise<FollowingStore> => {
	const store = await openStore({dir, now: () => now, catalogue, ...options});
	onTestFinished(async () => store.close());
	return store;
};
