import type {Change} from '../model/index.js';
import type {CacheFile} from './cache-file.js';
import {toMs} from './card.js';
import {hashOf} from './hash.js';

/** The history forgets what is older than this, and what is beyond this many. */
export const maxHistoryDays = 90;
export const maxHistoryChanges = 200_000;

const pageSize = 500;
const dayMs = 24 * 60 * 60 * 1000;

// Only our own `JSON.stringify` of a `Change` is ever written there.
const parse = (body: unknown): Change => JSON.parse(String(body)) as Change;

/** What a page of the history is taken from. */
export type ChangesQuery = {
	readonly sinceMs: number;
	/** Undefined takes all, which is much quicker. */
	readonly matches: ((change: Change) => boolean) | undefined;
	/** Names `matches`, so that the next page need not look again. */
	readonly name: string;
	readonly offset: number;
	readonly limit: number;
};

/** The changes on file and those that wait for the disk, newest first. */
export class History {
	readonly #file: CacheFile;
	#last = 0;
	/** Hashes of the keys of all changes, made when the first detail is asked for: looking through them takes no time, an index on disk would cost a page for each change. */
	#hashes: Map<number, number[]> | undefined;
	#found: {readonly name: string; readonly last: number; readonly sequences: readonly number[]} | undefined;

	constructor(file: CacheFile) {
		this.#file = file;
		this.reload();
	}

	/** The number of the newest change. */
	get last(): number {
		return this.#last;
	}

	/** Reads again where the history ends, after another process has written. */
	reload(): void {
		const row = this.#file.database.prepare('SELECT max(sequence) AS last FROM change').get();
		const last = Number(row?.['last'] ?? 0);
		this.#last = Math.max(last, this.#file.pendingChanges.at(-1)?.sequence ?? 0);
		this.#hashes = undefined;
		this.#found = undefined;
	}

	/** Takes note of changes that have been handed to the file. */
	added(changes: readonly Change[]): void {
		for (const {sequence, key} of changes) {
			this.#last = sequence;
			this.#remember(key, sequence);
		}
	}

	page({sinceMs, matches, name, offset, limit}: ChangesQuery): {
		readonly total: number;
		readonly matching: number;
		readonly rows: readonly Change[];
	} {
		const waiting = this.#file.pendingChanges.filter(({at}) => toMs(at) >= sinceMs);
		const counted = this.#file.database.prepare('SELECT count(*) AS total FROM change WHERE at >= ?').get(sinceMs);
		const total = Number(counted?.['total'] ?? 0) + waiting.length;
		if (matches === undefined && waiting.length === 0) {
			const rows = this.#file.database
				.prepare('SELECT body FROM change WHERE at >= ? ORDER BY sequence DESC LIMIT ? OFFSET ?')
				.all(sinceMs, limit, offset);
			return {total, matching: total, rows: rows.map(({body}) => parse(body))};
		}

		const sequences = this.#sequences(sinceMs, matches ?? (() => true), `${name}\n${sinceMs}`, waiting);
		return {total, matching: sequences.length, rows: this.#read(sequences.slice(offset, offset + limit))};
	}

	/** Of one entry, newest first, at most `limit`. */
	ofKey(key: string, limit: number): readonly Change[] {
		const hashes = this.#allHashes();
		const candidates = (hashes.get(hashOf(key)) ?? []).slice(-limit).reverse();
		return this.#read(candidates).filter(change => change.key === key);
	}

	/** Oldest first, a bounded number in memory at a time. */
	async *since(sinceMs: number): AsyncIterable<Change> {
		const select = this.#file.database.prepare(
			'SELECT sequence, body FROM change WHERE sequence > ? AND at >= ? ORDER BY sequence LIMIT ?',
		);
		let after = 0;
		for (;;) {
			const rows = select.all(after, sinceMs, pageSize);
			for (const {body} of rows) {
				yield parse(body);
			}

			if (rows.length < pageSize) {
				break;
			}

			after = Number(rows.at(-1)?.['sequence'] ?? 0);
		}

		yield* this.#file.pendingChanges.filter(({at}) => toMs(at) >= sinceMs);
	}

	/** Forgets what is too old or too much, but never the newest, so that numbers go on rising. */
	prune(nowMs: number): void {
		const condition = 'sequence < ? AND (at < ? OR sequence <= ?)';
		const gone = this.#file.run(
			`DELETE FROM change WHERE ${condition}`,
			this.#last,
			nowMs - maxHistoryDays * dayMs,
			this.#last - maxHistoryChanges,
		);
		if (gone > 0) {
			this.#hashes = undefined;
			this.#found = undefined;
		}
	}

	#sequences(sinceMs: number, matches: (change: Change) => boolean, name: string, waiting: readonly Change[]): readonly number[] {
		if (this.#found?.name === name && this.#found.last === this.#last) {
			return this.#found.sequences;
		}

		const sequences = waiting
			.filter(change => matches(change))
			.map(({sequence}) => sequence)
			.reverse();
		for (const {sequence, body} of this.#file.database
			.prepare('SELECT sequence, body FROM change WHERE at >= ? ORDER BY sequence DESC')
			.iterate(sinceMs)) {
			if (matches(parse(body))) {
				sequences.push(Number(sequence));
			}
		}

		this.#found = {name, last: this.#last, sequences};
		return sequences;
	}

	#read(sequences: readonly number[]): Change[] {
		const select = this.#file.database.prepare('SELECT body FROM change WHERE sequence = ?');
		return sequences.flatMap(sequence => {
			const waiting = this.#file.pendingChanges.find(change => change.sequence === sequence);
			const body = waiting === undefined ? select.get(sequence)?.['body'] : undefined;
			return waiting ?? (body === undefined ? [] : parse(body));
		});
	}

	#allHashes(): Map<number, number[]> {
		if (this.#hashes === undefined) {
			this.#hashes = new Map();
			for (const {sequence, hash} of this.#file.database.prepare('SELECT sequence, hash FROM change ORDER BY sequence').iterate()) {
				this.#rememberHash(Number(hash), Number(sequence));
			}

			for (const {key, sequence} of this.#file.pendingChanges) {
				this.#remember(key, sequence);
			}
		}

		return this.#hashes;
	}

	#remember(key: string, sequence: number): void {
		if (this.#hashes !== undefined) {
			this.#rememberHash(hashOf(key), sequence);
		}
	}

	#rememberHash(hash: number, sequence: number): void {
		const sequences = this.#hashes?.get(hash);
		if (sequences === undefined) {
			this.#hashes?.set(hash, [sequence]);
		} else {
			sequences.push(sequence);
		}
	}
}
