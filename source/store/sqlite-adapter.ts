import {type KeyvStorageAdapter, type KeyvStorageCapability, type KeyvStorageEntry, keyvStorageCapability} from 'keyv';
import type {Batch} from './batch.js';
import type {CacheFile} from './cache-file.js';

/** Keyv's adapter without its event emitter: what fails here rejects, and Keyv makes the event of it. */
type Storage = Omit<KeyvStorageAdapter, 'on' | 'addListener' | 'once' | 'off' | 'removeListener' | 'emit' | ListenerMethods>;
type ListenerMethods =
	| 'listenerCount'
	| 'removeAllListeners'
	| 'eventNames'
	| 'listeners'
	| 'rawListeners'
	| 'prependListener'
	| 'prependOnceListener';

/**
 * A Keyv 6 storage adapter over a `CacheFile`. Values are what Keyv's serialization made of them: strings.
 *
 * Each method is one transaction, however many keys it takes, and has reached the file when its promise resolves (but see `onDeferred`).
 * Several adapters may share a file, each with a namespace of its own; without one, `clear` and `iterator` take all.
 * What the file refuses for good (a programming error) rejects; Keyv turns that into an `error` event.
 */
export class SqliteAdapter implements Storage {
	namespace: string | undefined;
	readonly #file: CacheFile;
	readonly #onDeferred: (() => void) | undefined;

	/**
	 * With `onDeferred`, a write is kept for the file's next one, and the callback told that something waits: for values
	 * that come one by one and may be lost, where a transaction for each would cost more than they are worth.
	 */
	constructor(file: CacheFile, namespace?: string, onDeferred?: () => void) {
		this.#onDeferred = onDeferred;
		this.#file = file;
		this.namespace = namespace;
	}

	get capabilities(): KeyvStorageCapability {
		return keyvStorageCapability(this);
	}

	async get<Value>(key: string): Promise<Value | undefined> {
		return this.#read<Value>([key])[0];
	}

	async getMany<Value>(keys: string[]): Promise<Array<Value | undefined>> {
		return this.#read<Value>(keys);
	}

	async has(key: string): Promise<boolean> {
		return this.#read([key])[0] !== undefined;
	}

	async hasMany(keys: string[]): Promise<boolean[]> {
		return this.#read(keys).map(value => value !== undefined);
	}

	async set(key: string, value: unknown, expires?: number): Promise<boolean> {
		return (await this.setMany([{key, value, ...(expires !== undefined && {expires})}]))[0] ?? false;
	}

	async setMany<Value>(entries: Array<KeyvStorageEntry<Value>>): Promise<boolean[]> {
		const puts = entries.map(({key, value, expires}) => {
			if (typeof value !== 'string') {
				throw new TypeError(`The value of ${key} is not a string: this adapter needs Keyv's serialization`);
			}

			return {namespace: this.#space, key: key.toWellFormed(), value, expires};
		});
		this.#write({puts});
		return entries.map(() => true);
	}

	async delete(key: string): Promise<boolean> {
		return (await this.deleteMany([key]))[0] ?? false;
	}

	async deleteMany(keys: string[]): Promise<boolean[]> {
		const existed = await this.hasMany(keys);
		this.#write({puts: keys.map(key => ({namespace: this.#space, key: key.toWellFormed(), value: undefined}))});
		return existed;
	}

	/** Sets and removes in one transaction, together with whatever else the batch holds. Keyv itself has no such thing. */
	batch(batch: Batch): void {
		this.#file.write(batch);
	}

	async clear(): Promise<void> {
		this.#file.clear(this.namespace);
	}

	async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
		for (const namespace of this.namespace === undefined ? this.#file.namespaces() : [this.namespace]) {
			for (const key of this.#file.keys(namespace).sort()) {
				const value = this.#file.get(namespace, key);
				if (value !== undefined) {
					// As in `#read`: an encoded value is a string, which Keyv's types leave open.
					yield [key, value as Awaited<Value>];
				}
			}
		}
	}

	/** Nothing to do: the file is closed by who opened it. */
	async disconnect(): Promise<void> {}

	#write(batch: Batch): void {
		if (this.#onDeferred === undefined) {
			this.#file.write(batch);
		} else {
			this.#file.defer(batch);
			this.#onDeferred();
		}
	}

	get #space(): string {
		return this.namespace ?? '';
	}

	#read<Value>(keys: readonly string[]): Array<Value | undefined> {
		// SQLite holds well-formed text only, so that a key with half a surrogate pair would never be found again.
		const found = this.#file.getMany(
			this.#space,
			keys.map(key => key.toWellFormed()),
		);
		// The adapter hands back the strings that `set` got; Keyv's types leave open what an encoded value is.
		return found as Array<Value | undefined>;
	}
}
