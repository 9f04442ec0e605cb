import type {
	Catalogue,
	CatalogueRule,
	Change,
	Entry,
	ExpirationRow,
	FindingEntry,
	Judgement,
	Overview,
	Refusal,
	Resource,
	ResourceEntry,
	ResourceReference,
	SnapshotHeader,
} from '../model/index.js';
import {isStale, snapshotKey} from '../model/index.js';
import type {
	ExportDocument,
	ExportedChange,
	ExportedExpiration,
	ExportedFinding,
	ExportedRefusal,
	ExportedResource,
	ExportedSnapshot,
} from './schema.js';

/** All that an export is made of. The iterables are read once each, in order, and no faster than the reader takes the text. */
export type ExportSource = {
	readonly generatedAt: string;
	readonly overview: Pick<Overview, 'score' | 'coverage' | 'trend' | 'counts' | 'account'>;
	readonly headers: readonly SnapshotHeader[];
	readonly catalogue: Catalogue;
	countsOf(header: SnapshotHeader): ExportedSnapshot['counts'];
	/** Entries in key order; may leave out those that are no resources. */
	resources(): AsyncIterable<Entry>;
	entries(): AsyncIterable<Entry>;
	expirations(): AsyncIterable<ExpirationRow>;
	changes(): AsyncIterable<Change>;
	/** Whether somebody accepts this finding: the rule's id or the reported type. */
	isMuted(resource: ResourceReference, ruleId: string): boolean;
	/** A command line with the resource's words in the template's places, quoted for a shell. */
	fill(template: string, resource: ResourceReference): string;
};

export type ExportOptions = {
	/** Writes everything beyond printable ASCII as \u escapes: for readers that would obey bidirectional or C1 characters. */
	readonly ascii?: boolean;
};

// Large enough that a pipe is written to seldom, small enough that a slow reader holds up little.
const chunkCharacters = 64 * 1024;

/**
 * The export as text in pieces, one document, a window of it in memory at a time. The same source gives the same bytes.
 * Strings from outside are kept as they are, escaped as JSON escapes them: no control character is ever written raw.
 */
export async function* exportJson(source: ExportSource, {ascii = false}: ExportOptions = {}): AsyncGenerator<string, void, undefined> {
	let pending = '';
	for await (const piece of pieces(source)) {
		pending += ascii ? asciiOnly(piece) : piece;
		if (pending.length >= chunkCharacters) {
			yield pending;
			pending = '';
		}
	}

	yield pending;
}

async function* pieces(source: ExportSource): AsyncGenerator<string, void, undefined> {
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
	const capturedAt = new Map(headers.map(header => [snapshotKey(header), header.capturedAt ?? null]));
	// By the key, not by the resource: GuardDuty in one Region may tell of a resource that is in none.
	const capturedAtOf = ({key}: Entry) => capturedAt.get(snapshotOf(key)) ?? null;
	yield* join(source.resources(), entry => (entry.entry === 'resource' ? [JSON.stringify(toResource(entry, capturedAtOf(entry)))] : []));
	yield '],\n"findings": [';
	const toFindings = findingWriter(source);
	yield* join(source.entries(), entry => toFindings(entry, capturedAtOf(entry)));
	yield '],\n"expirations": [';
	yield* join(source.expirations(), row => [JSON.stringify(toExpiration(row))]);
	yield '],\n"changes": [';
	yield* join(source.changes(), change => [JSON.stringify(toChange(change))]);
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

const toRefusal = ({operation, status, iamAction, error, message, explicitDeny = false}: Refusal): ExportedRefusal => ({
	operation,
	status,
	iamAction,
	error,
	message,
	explicitDeny,
});

/** The first three of `account/region/service/kind/id`. */
const snapshotOf = (key: string): string => key.slice(0, key.indexOf('/', key.indexOf('/', key.indexOf('/') + 1) + 1));

const toReference = ({
	arn,
	resourceType,
	resourceId,
	resourceName,
	accountId,
	awsRegion,
}: ResourceReference): ExportedFinding['resource'] => ({
	arn,
	resourceType,
	resourceId,
	resourceName,
	accountId,
	awsRegion,
});

const toResource = ({resource, service, firstObservedAt, usdPerMonth}: ResourceEntry, capturedAt: string | null): ExportedResource => ({
	...toReference(resource),
	service,
	tags: {...resource.tags},
	// A collector's configuration is JSON by contract (`Jsonified`); the type parameter is erased in entries.
	configuration: resource.configuration as ExportedResource['configuration'],
	unread: Object.values(resource.unread).map(toRefusal),
	capturedAt,
	readAt: {...resource.readAt},
	firstObservedAt,
	usdPerMonth,
});

/**
 * Findings as JSON text. A large account has a hundred thousand answers to a hundred rules about ten thousand resources: what a
 * rule or a resource always says is turned into text once. The members' order is that of `ExportedFinding`, checked by test.
 */
const findingWriter = (source: ExportSource): ((entry: Entry, capturedAt: string | null) => readonly string[]) => {
	const ofRule = new Map<string, {readonly identity: string; readonly rule: CatalogueRule | undefined}>();
	const ruleParts = (ruleId: string) => {
		let parts = ofRule.get(ruleId);
		if (parts === undefined) {
			const rule = source.catalogue.rules[ruleId];
			const known: Pick<ExportedFinding, 'ruleId' | 'securityControlIds' | 'title'> = {
				ruleId,
				securityControlIds: [...(rule?.published.securityControlIds ?? [])],
				title: rule?.title ?? ruleId,
			};
			parts = {identity: JSON.stringify(known).slice(1, -1), rule};
			ofRule.set(ruleId, parts);
		}

		return parts;
	};

	const ofResource = (entry: ResourceEntry, capturedAt: string | null): readonly string[] => {
		const {resource, service, key} = entry;
		const shared = `"resource":${JSON.stringify(toReference(resource))}`;
		return entry.judgements.map(judgement => {
			const {identity, rule} = ruleParts(judgement.ruleId);
			const before: Pick<ExportedFinding, 'id' | 'source' | 'service'> = {id: `${key}#${judgement.ruleId}`, source: 'rule', service};
			const answer: Pick<ExportedFinding, 'verdict' | 'severity' | 'reason' | 'evidence'> = {
				verdict: judgement.verdict,
				severity: judgement.severity,
				reason: judgement.reason,
				evidence: toEvidence(judgement, resource, capturedAt),
			};
			const after: Omit<
				ExportedFinding,
				'id' | 'source' | 'service' | 'ruleId' | 'securityControlIds' | 'title' | keyof typeof answer | 'resource'
			> = {
				firstObservedAt: judgement.firstObservedAt,
				lastObservedAt: capturedAt,
				muted: source.isMuted(resource, judgement.ruleId),
				remediation: rule === undefined || !needsDoing(judgement) ? null : toRemediation(rule, resource, source),
				lastKnown: judgement.lastKnown ?? null,
				reported: null,
			};
			return `${JSON.stringify(before).slice(0, -1)},${identity},${JSON.stringify(answer).slice(1, -1)},${shared},${JSON.stringify(after).slice(1)}`;
		});
	};

	return (entry, capturedAt) => (entry.entry === 'resource' ? ofResource(entry, capturedAt) : [JSON.stringify(toReported(entry, source))]);
};

const needsDoing = ({verdict}: Judgement): boolean => verdict === 'FAIL' || verdict === 'UNKNOWN';

const toEvidence = ({evidence}: Judgement, resource: Resource, capturedAt: string | null): ExportedFinding['evidence'] =>
	evidence === undefined
		? null
		: {
				expected: evidence.expected,
				observed: evidence.observed,
				operation: evidence.operation,
				readAt: resource.readAt[evidence.operation] ?? capturedAt,
			};

const toRemediation = (
	{remediation}: CatalogueRule,
	resource: ResourceReference,
	source: ExportSource,
): ExportedFinding['remediation'] => ({
	text: remediation.text,
	cli: remediation.cli === undefined ? null : source.fill(remediation.cli, resource),
	url: remediation.url,
});

const toReported = ({finding, key, service}: FindingEntry, source: ExportSource): ExportedFinding => ({
	id: key,
	source: finding.source,
	service,
	ruleId: null,
	securityControlIds: [],
	title: finding.title,
	// A finding that its own service has laid aside no longer fails anything.
	verdict: finding.recordState === 'active' ? 'FAIL' : 'NOT_APPLICABLE',
	severity: finding.severity,
	reason: finding.reason,
	evidence: null,
	resource: toReference(finding.resource),
	firstObservedAt: finding.firstObservedAt,
	lastObservedAt: finding.lastObservedAt,
	muted: source.isMuted(finding.resource, finding.type),
	remediation: finding.remediation === undefined ? null : {text: finding.remediation.text, cli: null, url: finding.remediation.url ?? null},
	lastKnown: null,
	reported: {
		id: finding.id,
		type: finding.type,
		score: finding.score ?? null,
		recordState: finding.recordState,
		marks: [...finding.marks],
		updatedAt: finding.updatedAt,
		// Plain JSON by the model's type; only the arrays' readonly differs.
		details: finding.details as NonNullable<ExportedFinding['reported']>['details'],
	},
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

function* list(values: readonly unknown[]): Generator<string, void, undefined> {
	let separator = '\n';
	for (const value of values) {
		yield separator + JSON.stringify(value);
		separator = ',\n';
	}
}

async function* join<T>(values: AsyncIterable<T>, write: (value: T) => readonly string[]): AsyncGenerator<string, void, undefined> {
	let separator = '\n';
	let pending = '';
	for await (const value of values) {
		for (const text of write(value)) {
			pending += separator + text;
			separator = ',\n';
		}

		// Yielding each line would cost more than writing it.
		if (pending.length > chunkCharacters / 4) {
			yield pending;
			pending = '';
		}
	}

	yield pending;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const asciiOnly = (text: string): string =>
	text.replaceAll(/[^\n\x20-\x7E]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
