import type {Change, ExpirationRow, SnapshotHeader} from '../model/index.js';
import {isStale, snapshotKey} from '../model/index.js';
import {toRefusal} from './json-entry.js';
import {type EntryLines, linesOf} from './lines.js';
import type {ExportDocument, ExportedChange, ExportedExpiration, ExportedSnapshot} from './schema.js';
import type {ExportSource} from './source.js';

// Large enough that a pipe is written to seldom, small enough that a slow reader holds up little.
const chunkCharacters = 64 * 1024;

export type ExportOptions = {
	/** Writes everything beyond printable ASCII as \u escapes: for readers that would obey bidirectional or C1 characters. */
	readonly ascii?: boolean;
	readonly lines?: EntryLines;
};

/**
 * The export in UTF-8, in pieces that end where a character ends: one document, a window of it in memory at a time. The same source gives the same bytes.
 * Strings from outside are kept as they are, escaped as JSON escapes them: no control character is ever written raw.
 * `lines` writes the entries, if not this thread. A piece holds until the next is asked for.
 */
export async function* exportJson(
	source: ExportSource,
	{ascii = false, lines = linesOf(source)}: ExportOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const piece of pieces(source, lines)) {
		const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
		yield ascii ? Buffer.from(asciiOnly(Buffer.from(bytes).toString())) : bytes;
	}
}

async function* pieces(source: ExportSource, lines: EntryLines): AsyncGenerator<string | Uint8Array, void, undefined> {
	const {generatedAt, overview, headers} = source;
	const {account, counts, score, coverage, trend} = overview;
	const sorted = headers.toSorted((a, b) => compare(snapshotKey(a), snapshotKey(b)));
	const snapshots = sorted.map(header => toSnapshot(header, source));
	const head: Pick<ExportDocument, 'schemaVersion' | 'generatedAt' | 'account' | 'score' | 'coverage'> = {
		schemaVersion: 1,
		generatedAt,
		account: account === undefined ? null : {accountId: account.accountId, partition: account.partition, alias: account.alias ?? null},
		score: {
			percent: score ?? null,
			counts: {
				critical: counts.CRITICAL,
				high: counts.HIGH,
				medium: counts.MEDIUM,
				low: counts.LOW,
				informational: counts.INFORMATIONAL,
				pass: counts.pass,
				notApplicable: counts.notApplicable,
				muted: counts.muted,
			},
			trend: trend.map(point => ({at: point.at, percent: point.score, coverage: point.coverage})),
		},
		coverage: {
			percent: coverage ?? null,
			unknown: counts.unknown,
			staleSnapshots: snapshots.filter(({stale}) => stale).length,
			incompleteSnapshots: snapshots.filter(({outcome}) => !completeStatuses.has(outcome.status)).length,
		},
	};
	yield `${JSON.stringify(head).slice(0, -1)},\n"snapshots": [`;
	yield* list(snapshots);
	yield '],\n"resources": [';
	yield* join(lines.resources());
	yield '],\n"findings": [';
	yield* join(lines.findings());
	yield '],\n"expirations": [';
	yield* list(source.expirations(), toExpiration);
	yield '],\n"changes": [';
	yield* list(source.changes(), toChange);
	yield ']}\n';
}

/** After these, what could be known is known: that a service is off is a fact, and a Region without it has nothing to hide. */
const completeStatuses: ReadonlySet<string> = new Set(['ok', 'not-enabled', 'not-available']);

const toSnapshot = (header: SnapshotHeader, {generatedAt, countsOf}: ExportSource): ExportedSnapshot => ({
	accountId: header.accountId,
	awsRegion: header.awsRegion,
	service: header.service,
	capturedAt: header.capturedAt ?? null,
	attemptedAt: header.attemptedAt,
	stale: isStale(header, generatedAt),
	outcome: {
		status: header.outcome.status,
		durationMs: header.outcome.durationMs,
		calls: header.outcome.calls,
		reason: header.outcome.reason ?? null,
		refusals: header.outcome.refusals.map(refusal => ({...toRefusal(refusal), count: refusal.count})),
	},
	counts: countsOf(header),
});

const toExpiration = ({service, accountId, awsRegion, name, what, at, stale}: ExpirationRow): ExportedExpiration => ({
	service,
	accountId,
	awsRegion,
	resourceName: name,
	what,
	at,
	stale,
});

const toChange = (change: Change): ExportedChange => ({
	sequence: change.sequence,
	at: change.at,
	type: change.type,
	service: change.service,
	accountId: change.accountId,
	awsRegion: change.awsRegion,
	resourceName: change.resourceName,
	ruleId: change.ruleId ?? null,
	title: change.title,
	before: change.before ?? null,
	after: change.after ?? null,
});

async function* list<T>(
	values: AsyncIterable<T> | Iterable<T>,
	toLine: (value: T) => unknown = value => value,
): AsyncGenerator<string, void, undefined> {
	let separator = '\n';
	let pending = '';
	for await (const value of values) {
		pending += separator + JSON.stringify(toLine(value));
		separator = ',\n';
		// Yielding each line would cost more than writing it.
		if (pending.length > chunkCharacters) {
			yield pending;
			pending = '';
		}
	}

	yield pending;
}

async function* join(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
	let isFirst = true;
	for await (const piece of pieces) {
		if (piece.length > 0) {
			yield isFirst ? piece.subarray(1) : piece;
			isFirst = false;
		}
	}
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const asciiOnly = (text: string): string =>
	text.replaceAll(/[^\n\x20-\x7E]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
