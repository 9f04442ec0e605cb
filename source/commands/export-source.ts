import {type Bytes, bytesOf} from '../export/bytes.js';
import type {Redactor} from '../export/redact.js';
import type {ExportSource} from '../export/source.js';
import {
	type AnswerTo,
	boardRegion,
	type Config,
	type Entry,
	maxWindow,
	type Overview,
	type SnapshotHeader,
	type SnapshotId,
	snapshotKey,
	toCatalogue,
} from '../model/index.js';
import {type Account, accountRecord, toAccount} from '../store/account.js';
import type {CacheReader, Survey} from '../store/cache-reader.js';
import {compileMutes} from '../store/mutes.js';
import type {Live, Store} from '../store/port.js';
import {fillCommand} from '../view/remediation.js';
import {judged} from './registry.js';

/** What the exit code of an export goes by. */
export type Exported = {
	readonly source: ExportSource;
	readonly overview: Pick<Overview, 'now' | 'counts'> & {
		readonly panels: ReadonlyArray<{readonly snapshots: ReadonlyArray<Pick<SnapshotHeader, 'capturedAt' | 'outcome'>>}>;
	};
};

/** Entries read and written at once: some 300 KB of a large account. */
export const entriesAtOnce = 128;

/** What is read of a cache file before its entries are: all that an export says first. */
export type ReaderExport = Exported & {readonly slots: Survey['slots']};

/** Its moment is that of the newest attempt on record, so that the same cache gives the same bytes; `now` stands in where there is none. */
export const momentOf = (headers: readonly SnapshotHeader[], now: string): string =>
	headers
		.map(({attemptedAt}) => attemptedAt)
		.toSorted()
		.at(-1) ?? now;

/** The cache as an export reads it from its file, in one pass and without an index in memory. The document is that of `exportSource`. */
export const readerSource = (reader: CacheReader, config: Pick<Config, 'mutes'>, now: string): ReaderExport => {
	const {headers, trend} = reader;
	const generatedAt = momentOf(headers, now);
	const account = toAccount(reader.getMeta(accountRecord));
	const {score, coverage, counts, snapshots, expirations, slots} = reader.survey(generatedAt);
	const muted = compileMutes(config.mutes);
	const atMs = Date.parse(generatedAt);
	const texts = async function* (of: Uint32Array) {
		for (let start = 0; start < of.length; start += entriesAtOnce) {
			yield reader.texts(of.subarray(start, start + entriesAtOnce));
		}
	};
	return {
		overview: {now: generatedAt, counts, panels: [{snapshots: headers}]},
		slots,
		source: {
			generatedAt,
			overview: {score, coverage, counts, trend, account: account && {accountId: account.accountId, partition: account.partition}},
			headers,
			catalogue: toCatalogue(judged),
			countsOf: header => snapshots.get(snapshotKey(header)) ?? {resources: 0, reportedFindings: 0},
			resources: () => texts(slots.resources),
			entries: () => texts(slots.all),
			async *expirations() {
				yield* expirations;
			},
			async *changes() {
				yield* reader.changes();
			},
			isMuted: muted.count === 0 ? undefined : (resource, ruleId) => muted.mutes(ruleId, resource, atMs),
			fill: fillCommand,
		},
	};
};

/**
 * The cache as an export reads it, with stand-ins where that is asked for. Its moment is that of the newest attempt on record,
 * not that of reading, so that the same cache gives the same bytes; `now` stands in for a cache that holds nothing.
 */
export const exportSource = async (
	store: Store,
	config: Pick<Config, 'mutes'>,
	redactor: Redactor | undefined,
	now: string,
): Promise<Exported> => {
	const headers = store.headers();
	const generatedAt = momentOf(headers, now);
	const account = toAccount(await store.getMeta(accountRecord));
	const live: Live = {
		account: account && {accountId: account.accountId, partition: account.partition},
		regions: account?.regions ?? [],
		problems: [],
		traffic: {callsPerMinute: 0, throttledPerMinute: 0, nextPollAt: undefined, collecting: []},
	};
	const overview = await store.answer({ask: 'overview', rowsPerPanel: 0}, live, generatedAt);
	const muted = compileMutes(config.mutes);
	const atMs = Date.parse(generatedAt);
	// Redacted entries still have to be matched against mutes by their real names.
	const realNames = new Map<string, {readonly resourceName: string; readonly resourceId: string; readonly arn: string}>();
	const counts = new Map(headers.map(header => [header, countsOf(store, header)]));
	const redactedHeaders = new Map<SnapshotHeader, SnapshotHeader>();
	const shownHeaders = headers.map(header => {
		const shown = redactor?.header(header) ?? header;
		redactedHeaders.set(shown, header);
		return shown;
	});
	const show = (entry: Entry): Entry => {
		if (redactor === undefined) {
			return entry;
		}

		const shown = redactor.entry(entry);
		const real = entry.entry === 'resource' ? entry.resource : entry.finding.resource;
		const stand = shown.entry === 'resource' ? shown.resource : shown.finding.resource;
		if (muted.count > 0) {
			realNames.set(stand.arn, real);
		}

		return shown;
	};

	return {
		overview,
		source: {
			generatedAt,
			overview:
				redactor === undefined || overview.account === undefined
					? overview
					: {...overview, account: {accountId: redactor.account(overview.account.accountId), partition: overview.account.partition}},
			headers: shownHeaders,
			catalogue: toCatalogue(judged),
			countsOf: header => counts.get(redactedHeaders.get(header) ?? header) ?? {resources: 0, reportedFindings: 0},
			resources: async function* () {
				const keys = resourceKeys(store, headers, account);
				for (let start = 0; start < keys.length; start += entriesAtOnce) {
					const entries = await store.get(keys.slice(start, start + entriesAtOnce));
					yield entries.flatMap(entry => (entry === undefined ? [] : toBytes(show(entry))));
				}
			},
			entries: async function* () {
				let texts: Bytes[] = [];
				for await (const entry of store.entries()) {
					if (texts.push(toBytes(show(entry))) === entriesAtOnce) {
						yield texts;
						texts = [];
					}
				}

				yield texts;
			},
			expirations: async function* () {
				for (let offset = 0; ; offset += maxWindow) {
					const window: AnswerTo<{ask: 'expirations'; filter: string; offset: number; limit: number}> = await store.answer(
						{ask: 'expirations', filter: '', offset, limit: maxWindow},
						live,
						generatedAt,
					);
					yield* redactor === undefined ? window.rows : window.rows.map(row => redactor.expiration(row));
					if (window.rows.length === 0 || offset + window.rows.length >= window.matching) {
						return;
					}
				}
			},
			changes: async function* () {
				for await (const change of store.changes(undefined)) {
					yield redactor?.change(change) ?? change;
				}
			},
			isMuted: muted.count === 0 ? undefined : (resource, ruleId) => muted.mutes(ruleId, realNames.get(resource.arn) ?? resource, atMs),
			fill: fillCommand,
		},
	};
};

const countsOf = (store: Store, header: SnapshotHeader) => {
	const reportedFindings = store.keys(header, 'finding').length;
	return {resources: store.keys(header).length - reportedFindings, reportedFindings};
};

/**
 * Keys of resources, in order: by snapshot and kind, so that a hundred thousand findings need not be read to find eight
 * thousand resources. Snapshots under way for the first time have no header yet: they are where the account's Regions are.
 */
const resourceKeys = (store: Store, headers: readonly SnapshotId[], account: Account | undefined): readonly string[] => {
	const expected =
		account &&
		[...account.regions, boardRegion].flatMap(awsRegion => judged.map(({id}) => ({accountId: account.accountId, awsRegion, service: id})));
	const snapshots = new Map([...headers, ...(expected ?? [])].map(id => [snapshotKey(id), id]));
	return [...snapshots.values()]
		.flatMap(snapshot => {
			const kinds = judged.find(({id}) => id === snapshot.service)?.kinds ?? [];
			return kinds.flatMap(({resourceType}) => store.keys(snapshot, resourceType));
		})
		.toSorted();
};

/** As the cache keeps it. */
const toBytes = (entry: Entry): Bytes => bytesOf(JSON.stringify({value: entry}));
