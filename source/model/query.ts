import type {Change, ChangeType} from './change.js';
import type {Entry} from './entry.js';
import type {Mark} from './finding.js';
import type {Cell, PanelGroup, Service} from './service.js';
import type {Severity, Verdict} from './severity.js';
import type {SnapshotHeader} from './snapshot.js';

/** What a viewer may ask. Every answer is bounded: windows hold at most `maxWindow` rows. */
export type Query =
	| {readonly ask: 'overview'; readonly rowsPerPanel: number}
	/** A service's resources and reported findings as rows. */
	| ({readonly ask: 'panel'; readonly service: string} & WindowQuery)
	/** All failures and unknowns across services, one row a finding. */
	| ({readonly ask: 'findings'} & WindowQuery)
	| ({readonly ask: 'changes'; readonly since?: string; readonly service?: string} & Pick<WindowQuery, 'filter' | 'offset' | 'limit'>)
	/** What ends when, soonest first. */
	| ({readonly ask: 'expirations'} & Pick<WindowQuery, 'filter' | 'offset' | 'limit'>)
	| {readonly ask: 'detail'; readonly key: string};

export const maxWindow = 500;

export type SortKey = 'urgency' | 'name' | 'region' | 'since' | 'due' | 'kind';

export type WindowQuery = {
	/** The filter language: words and `field:value`, see `parseFilter`. Empty matches all. */
	readonly filter: string;
	readonly sort: SortKey;
	readonly descending: boolean;
	readonly offset: number;
	readonly limit: number;
};

/** How many failures of each severity, and the rest. Muted, archived and sample findings are not in them. */
export type Counts = {readonly [S in Severity]: number} & {
	readonly unknown: number;
	readonly pass: number;
	readonly notApplicable: number;
	readonly muted: number;
};

/** One line of a table: a resource with its worst answer, or one finding. */
export type Row = {
	/** The entry's key, with `#ruleId` behind it in the findings view. */
	readonly key: string;
	readonly service: string;
	/** The kind's plural title. */
	readonly kind: string;
	readonly name: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly verdict: Verdict;
	readonly severity: Severity;
	/** The rule or reported type that speaks. Empty where no rule applies. */
	readonly ruleId: string;
	readonly reason: string;
	/** How many more failures the same resource has. */
	readonly more: number;
	/** Since when, ISO 8601. */
	readonly since: string;
	readonly due?: {readonly what: string; readonly at: string};
	readonly marks: readonly Mark[];
	readonly muted: boolean;
	/** The kind's columns, in the catalogue's order. */
	readonly cells: readonly Cell[];
	/** What happened to it of late. */
	readonly recent?: {readonly type: ChangeType; readonly at: string};
	/** Its snapshot is stale: what it says was true once. */
	readonly stale: boolean;
};

export type Window<T = Row> = {
	readonly revision: number;
	/** Rows that match, of which `rows` are some. */
	readonly matching: number;
	readonly total: number;
	readonly offset: number;
	readonly rows: readonly T[];
	/** Where the filter does not parse: what is wrong with it. */
	readonly filterError?: string;
};

export type ScoreCard = {
	/** 0 to 100: passing answers by weight, of those that passed or failed. Undefined where nothing was answered. */
	readonly score: number | undefined;
	/** 0 to 100: questions answered, of those that apply. Always shown beside the score. */
	readonly coverage: number | undefined;
	/** The score at the end of past hours or days, oldest first, at most 168. */
	readonly trend: ReadonlyArray<{readonly at: string; readonly score: number; readonly coverage: number}>;
};

/** Something about the watch itself that its user must know or do. */
export type Problem = {
	readonly id: 'credentials' | 'clock' | 'disk' | 'cache' | 'regions' | 'endpoint' | 'configuration' | 'account';
	readonly severity: 'error' | 'warning';
	/** A sentence. */
	readonly text: string;
	/** The command or step that mends it. */
	readonly fix?: string;
	readonly since: string;
};

export type PanelSummary = Pick<Service, 'id' | 'title' | 'leads'> & {
	readonly group: PanelGroup;
	/** Resources, or active reported findings where the service has those. */
	readonly total: number;
	readonly counts: Counts;
	readonly top: readonly Row[];
	readonly snapshots: ReadonlyArray<Omit<SnapshotHeader, 'watermark'> & {readonly stale: boolean}>;
	readonly usdPerMonth: number;
};

export type Overview = ScoreCard & {
	readonly revision: number;
	/** The moment this was put together, by the daemon's clock, ISO 8601. */
	readonly now: string;
	readonly account: {readonly accountId: string; readonly alias?: string; readonly partition: string} | undefined;
	readonly regions: readonly string[];
	readonly counts: Counts;
	readonly panels: readonly PanelSummary[];
	readonly problems: readonly Problem[];
	readonly traffic: Traffic;
};

/** How busy the gate to AWS is. Zeroes when read from the cache alone. */
export type Traffic = {
	readonly callsPerMinute: number;
	readonly throttledPerMinute: number;
	readonly nextPollAt: string | undefined;
	/** Collections under way now, as `service Region`. */
	readonly collecting: readonly string[];
};

export type Detail = {
	readonly revision: number;
	/** Undefined when it is gone. */
	readonly entry: Entry | undefined;
	readonly snapshot: SnapshotHeader | undefined;
	readonly history: readonly Change[];
};

export type Answers = {
	readonly overview: Overview;
	readonly panel: Window;
	readonly findings: Window;
	readonly changes: Window<Change>;
	readonly expirations: Window<ExpirationRow>;
	readonly detail: Detail;
};

export type ExpirationRow = {
	readonly key: string;
	readonly service: string;
	readonly name: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly what: string;
	readonly at: string;
	readonly stale: boolean;
};

/** The answer to a query. */
export type AnswerTo<Q extends Query> = Answers[Q['ask']];
