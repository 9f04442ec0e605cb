import {
	type Change,
	type Counts,
	type ExpirationRow,
	isStale,
	type Mute,
	type ScoreCard,
	type SnapshotHeader,
	snapshotKey,
} from '../model/index.js';
import {type Card, cardOf, decodeCard, toMs} from './card.js';
import {weigh} from './counts.js';
import {unwrap} from './entry-codec.js';
import {EntryRows} from './entry-rows.js';
import {compareExpirations} from './expirations.js';
import {compileMutes} from './mutes.js';
import {cachePath, openForReading} from './open-reader.js';
import {headerPrefix, metaPrefix, mutesRecord, trendRecord, watchedRecord} from './records.js';
import {isFinding, Tally} from './tally.js';
import {Watched} from './watched.js';

/** What a cache holds, counted in one pass. */
export type Survey = Pick<ScoreCard, 'score' | 'coverage'> & {
	readonly counts: Counts;
	/** How many entries a snapshot has, by its key; none for those that have none. */
	readonly snapshots: ReadonlyMap<string, {readonly resources: number; readonly reportedFindings: number}>;
	/** Soonest first. */
	readonly expirations: readonly ExpirationRow[];
	/** Where the entries are, in the order of their keys: for `texts`. */
	readonly slots: {readonly all: Uint32Array; readonly resources: Uint32Array};
};

/** A cache file read from its beginning to its end, without an index in memory. What is not watched is left out, as by `Store`. */
export type CacheReader = {
	readonly headers: readonly SnapshotHeader[];
	readonly trend: ScoreCard['trend'];
	/** How large the file is. */
	readonly bytes: number;
	getMeta(name: string): unknown;
	/** `now` decides what is muted and what is stale. */
	survey(now: string): Survey;
	/**
	 * The entries in these slots as the cache keeps them now, `{"value": entry}` in JSON, in UTF-8 with a character for each
	 * byte. What has gone since is left out.
	 */
	texts(slots: Uint32Array): readonly string[];
	/** Oldest first. */
	changes(): Iterable<Change>;
	close(): void;
};

const changesPage = 500;

/** Opens the cache in a state directory. Throws `NoCache`. */
export const openCacheReader = (dir: string): CacheReader => {
	const database = openForReading(cachePath(dir));
	const readRecord = database.prepare('SELECT body FROM record WHERE name = ?');
	const record = (name: string): string | undefined => {
		const body = readRecord.get(name)?.['body'];
		return typeof body === 'string' ? body : undefined;
	};

	const watched = new Watched(record(watchedRecord));
	// Only the store writes these records, as it reads them.
	const headers = database
		.prepare('SELECT name, body FROM record WHERE name >= ? AND name < ? ORDER BY name')
		.all(headerPrefix, `${headerPrefix}\u{10FFFF}`)
		.filter(({name}) => watched.has(String(name).slice(headerPrefix.length)))
		.map(({body}) => JSON.parse(String(body)) as SnapshotHeader);
	const trend = JSON.parse(record(trendRecord(watched)) ?? '[]') as ScoreCard['trend'];
	const rows = new EntryRows(database);
	return {
		headers,
		trend,
		bytes: Number(database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get()?.['bytes']),
		getMeta(name) {
			const body = record(metaPrefix + name);
			return body === undefined ? undefined : JSON.parse(body);
		},
		survey(now) {
			const mutes = compileMutes(JSON.parse(record(mutesRecord) ?? '[]') as readonly Mute[]);
			const stale = new Map(headers.map(header => [snapshotKey(header), isStale(header, now)]));
			const tally = new Tally(mutes, toMs(now), stale);
			const all: number[] = [];
			const resources: number[] = [];
			const count = (key: string, card: string | undefined, text: () => string | undefined): boolean => {
				if (!watched.holds(key)) {
					return false;
				}

				if (card !== undefined && tally.addHead(key, card)) {
					return true;
				}

				const known = (card === undefined ? undefined : decodeCard(card)) ?? cardIn(text());
				if (known !== undefined) {
					tally.add(key, known);
				}

				return known !== undefined;
			};

			rows.list(mutes.count > 0 ? 'whole' : 'heads', (slot, key, card, text) => {
				if (count(key, card, text)) {
					all.push(slot);
					if (!isFinding(key)) {
						resources.push(slot);
					}
				}
			});
			return {
				...weigh(tally.sorts()),
				snapshots: tally.snapshots,
				expirations: tally.expirations.sort(compareExpirations),
				slots: {all: Uint32Array.from(all), resources: Uint32Array.from(resources)},
			};
		},
		texts: slots => rows.texts(slots),
		*changes() {
			const select = database.prepare('SELECT sequence, body FROM change WHERE sequence > ? ORDER BY sequence LIMIT ?');
			for (let after = 0; ; ) {
				const page = select.all(after, changesPage);
				for (const {sequence, body} of page) {
					after = Number(sequence);
					const change = JSON.parse(String(body)) as Change;
					if (watched.holds(change.key)) {
						yield change;
					}
				}

				if (page.length < changesPage) {
					return;
				}
			}
		},
		close: () => database.close(),
	};
};

/** Of an entry that is newer than its card. The hash tells what has changed, which nobody asks here. */
const cardIn = (text: string | undefined): Card | undefined => {
	const entry = text === undefined ? undefined : unwrap(text);
	return entry === undefined ? undefined : cardOf(entry, 0);
};
