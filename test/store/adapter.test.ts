import {join} from 'node:path';
import {Keyv, KeyvMemoryAdapter, type KeyvStorageAdapter} from 'keyv';
import {describe, expect, onTestFinished, test} from 'vitest';
import {CacheFile} from '../../source/store/cache-file.js';
import {SqliteAdapter} from '../../source/store/sqlite-adapter.js';
import {openFile} from '../../source/store/sqlite-file.js';
import {now} from './fixtures.js';
import {temporaryDirectory} from './temporary.js';

type Storage = Omit<KeyvStorageAdapter, 'on' | 'emit'>;

const openCacheFile = (): CacheFile => {
	const file = new CacheFile(openFile(join(temporaryDirectory(), 'cache.sqlite'), now).database);
	onTestFinished(() => file.close());
	return file;
};

const makers: ReadonlyArray<
	readonly [
		name: string,
		make: () => (namespace?: string) => Pick<Storage, Exclude<keyof Storage, `${string}istener${string}` | 'once' | 'off' | 'eventNames'>>,
	]
> = [
	[
		'our SQLite adapter',
		() => {
			const file = openCacheFile();
			return namespace => new SqliteAdapter(file, namespace);
		},
	],
	[
		"Keyv's memory adapter",
		() => {
			const map = new Map();
			return namespace => new KeyvMemoryAdapter(map, namespace === undefined ? {} : {namespace});
		},
	],
];

describe.each(makers)('%s', (_name, make) => {
	test('takes absolute expiries', () => {
		expect(make()('a').capabilities?.expires).toBe(true);
	});

	test('gives back what was set, and nothing for what was not', async () => {
		const store = make()('a');
		expect(await store.set('k', 'v')).toBe(true);
		expect(await store.get('k')).toBe('v');
		expect(await store.has('k')).toBe(true);
		expect(await store.get('other')).toBeUndefined();
		expect(await store.has('other')).toBe(false);
	});

	test('replaces values', async () => {
		const store = make()('a');
		await store.set('k', 'v1');
		await store.set('k', 'v2');
		expect(await store.get('k')).toBe('v2');
	});

	test('answers many keys in their order', async () => {
		const store = make()('a');
		expect(
			await store.setMany([
				{key: 'x', value: '1'},
				{key: 'y', value: '2'},
			]),
		).toStrictEqual([true, true]);
		expect(await store.getMany(['y', 'none', 'x', 'y'])).toStrictEqual(['2', undefined, '1', '2']);
		expect(await store.hasMany(['none', 'x'])).toStrictEqual([false, true]);
		expect(await store.getMany([])).toStrictEqual([]);
	});

	test('says of each key whether there was anything to delete', async () => {
		const store = make()('a');
		await store.setMany([
			{key: 'x', value: '1'},
			{key: 'y', value: '2'},
		]);
		expect(await store.deleteMany(['x', 'none'])).toStrictEqual([true, false]);
		expect(await store.delete('y')).toBe(true);
		expect(await store.delete('y')).toBe(false);
		expect(await store.getMany(['x', 'y'])).toStrictEqual([undefined, undefined]);
	});

	test('brings back a key that was deleted', async () => {
		const store = make()('a');
		await store.set('k', 'v1');
		await store.delete('k');
		await store.set('k', 'v2');
		expect(await store.get('k')).toBe('v2');
	});

	test('forgets what has expired', async () => {
		const store = make()('a');
		await store.set('past', 'v', Date.now() - 1);
		await store.set('future', 'v', Date.now() + 60_000);
		await store.setMany([{key: 'past 2', value: 'v', expires: Date.now() - 1}]);
		expect(await store.getMany(['past', 'past 2', 'future'])).toStrictEqual([undefined, undefined, 'v']);
		expect(await store.has('past')).toBe(false);
	});

	test('keeps namespaces apart, also when one is cleared', async () => {
		const open = make();
		const [a, b] = [open('a'), open('b')];
		await a.set('k', 'of a');
		await b.set('k', 'of b');
		expect(await a.get('k')).toBe('of a');
		await a.clear();
		expect(await a.get('k')).toBeUndefined();
		expect(await b.get('k')).toBe('of b');
	});

	test('iterates over what its namespace holds', async () => {
		const open = make();
		const [a, b] = [open('a'), open('b')];
		await a.setMany(['1', '2', '3'].map(key => ({key, value: `v${key}`})));
		await a.set('old', 'v', Date.now() - 1);
		await b.set('4', 'v4');
		const found: unknown[] = [];
		for await (const pair of a.iterator?.() ?? []) {
			found.push(pair);
		}

		expect(found.sort()).toStrictEqual([
			['1', 'v1'],
			['2', 'v2'],
			['3', 'v3'],
		]);
	});

	test('holds odd keys and long values', async () => {
		const store = make()('a');
		const keys = ['', ' ', '\u0000', "'; DROP TABLE base; --", '\u{1F511}/ключ', '::', '%', 'k'.repeat(10_000)];
		await store.setMany(keys.map(key => ({key, value: `value of ${key}${'x'.repeat(100_000)}`})));
		for (const key of keys) {
			expect(await store.get(key)).toBe(`value of ${key}${'x'.repeat(100_000)}`);
		}
	});

	test('serves a Keyv', async () => {
		const keyv = new Keyv({store: make()(), namespace: 'n', throwOnErrors: true});
		await keyv.set('k', {deep: [1, null, 'x']}, 60_000);
		await keyv.set('gone', 1, 1);
		expect(await keyv.get('k')).toStrictEqual({deep: [1, null, 'x']});
		await expect.poll(async () => keyv.get('gone')).toBeUndefined();
		expect(await keyv.getMany(['k', 'none'])).toStrictEqual([{deep: [1, null, 'x']}, undefined]);
		expect(await keyv.delete('k')).toBe(true);
	});
});

describe('the SQLite adapter alone', () => {
	test('sets and removes in one transaction', async () => {
		const file = openCacheFile();
		const adapter = new SqliteAdapter(file, 'a');
		await adapter.set('old', '1');
		adapter.batch({
			puts: [
				{namespace: 'a', key: 'old', value: undefined},
				{namespace: 'a', key: 'new', value: '2'},
			],
		});
		expect(await adapter.getMany(['old', 'new'])).toStrictEqual([undefined, '2']);
	});

	test('rejects what is not a string, which Keyv makes an error event of', async () => {
		const adapter = new SqliteAdapter(openCacheFile(), 'a');
		await expect(adapter.set('k', {})).rejects.toThrow(TypeError);
		const keyv = new Keyv({store: adapter, serialization: false});
		const errors: unknown[] = [];
		keyv.on('error', error => errors.push(error));
		expect(await keyv.set('k', {})).toBe(false);
		expect(errors).toHaveLength(1);
	});

	test('finds a key with half a surrogate pair again', async () => {
		const adapter = new SqliteAdapter(openCacheFile(), 'a');
		await adapter.set('half \uD800', 'v');
		expect(await adapter.get('half \uD800')).toBe('v');
	});

	test('keeps values through folding, and drops what has expired', async () => {
		const file = openCacheFile();
		const adapter = new SqliteAdapter(file, 'a');
		await adapter.setMany(Array.from({length: 1000}, (_, index) => ({key: `k${index}`, value: 'old'})));
		await adapter.setMany(Array.from({length: 900}, (_, index) => ({key: `k${index}`, value: `new ${index}`})));
		await adapter.set('short', 'v', Date.now() - 1);
		await adapter.deleteMany(['k1', 'k999']);
		const fold = file.fold(Date.now());
		fold.next();
		// Between two slices, others go on.
		await adapter.set('k2', 'newest');
		await adapter.set('k1', 'back');
		for (const _ of fold) {
			expect(await adapter.get('k2')).toBe('newest');
		}

		expect(await adapter.getMany(['k0', 'k1', 'k2', 'k899', 'k950', 'k999', 'short'])).toStrictEqual([
			'new 0',
			'back',
			'newest',
			'new 899',
			'old',
			undefined,
			undefined,
		]);
		expect(file.keys('a')).toHaveLength(999);
		expect(file.database.prepare('SELECT count(*) AS n FROM delta').get()?.['n']).toBe(1);
	});
});
