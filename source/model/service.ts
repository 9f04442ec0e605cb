import type {Collector, Commands} from './collector.js';
import type {FindingSource, ReportedFinding} from './finding.js';
import type {Operations} from './operation.js';
import type {Resource, ResourceType} from './resource.js';
import type {Rule} from './rule.js';

/**
 * One value of a table or a fact list. Times stay times until a view writes them (`in 6 d`, `3 d ago`).
 * Absent values are `undefined` where they are made and `null` once they have been through the cache.
 */
export type Cell = string | number | {readonly at: string} | {readonly bytes: number} | null | undefined;

export type Column<T> = {readonly title: string; value(of: T): Cell};

/** Something that ends or is due at a known time. */
export type Expiration = {
	/** What ends, as a short noun phrase: `certificate`, `key material`, `key (deletion)`, `rotation due`. */
	readonly what: string;
	readonly at: string;
};

/** A type of resource: what to show of it and what to ask of it. */
export type Kind<Configuration = unknown> = {
	readonly resourceType: ResourceType;
	/** Plural, for a table's heading: `Keys`. */
	readonly title: string;
	/** Besides verdict, name, Region, reason and since, which every table has. Most telling first: narrow screens drop the last. */
	readonly columns: ReadonlyArray<Column<Resource<Configuration>>>;
	/** All facts worth reading, for the detail screen, in reading order. */
	readonly facts: ReadonlyArray<Column<Resource<Configuration>>>;
	readonly rules: ReadonlyArray<Rule<Configuration>>;
	expirations?(resource: Resource<Configuration>): readonly Expiration[];
	/** What it costs to keep, in US dollars a month, where AWS charges for its mere existence. */
	usdPerMonth?(resource: Resource<Configuration>): number;
	/** ARNs of resources of the same service that its rules compare it with. */
	related?(resource: Resource<Configuration>): readonly string[];
	/** The console's page, from the path on: `kms/home?region=eu-west-1#/kms/keys/…`. */
	consolePath(resource: Resource<Configuration>): string;
};

/** Findings that the service itself reports. */
export type Reports = {
	readonly source: Exclude<FindingSource, 'rule'>;
	/** Plural: `Findings`. */
	readonly title: string;
	readonly columns: ReadonlyArray<Column<ReportedFinding>>;
	readonly facts: ReadonlyArray<Column<ReportedFinding>>;
	consolePath(finding: ReportedFinding): string;
};

export const panelGroups = ['boards', 'keys and secrets', 'certificates and traffic', 'data', 'detection', 'edge', 'organisation'] as const;
export type PanelGroup = (typeof panelGroups)[number];

/** What has a panel: kinds of resources, and the rules that judge them. An AWS service, or a board that joins several. */
export type Judged = {
	/** The folder's name: `kms`. */
	readonly id: string;
	/** The panel's title: `KMS keys`. */
	readonly title: string;
	readonly group: PanelGroup;
	/** What the panel shows under its counts: the worst, or what ends soonest. */
	readonly leads: 'worst' | 'soonest';
	/** IAM's service prefix, such as `secretsmanager`. */
	readonly iamPrefix: string;
	readonly operations: Operations;
	// The type parameter is erased here: a registry holds kinds of many configurations, and methods compare bivariantly.
	readonly kinds: readonly Kind[];
	readonly reports?: Reports;
};

/** All that the product knows of one AWS service. One folder declares one of these. */
export type Service = Judged & {
	/** A global service is polled once, from `homeRegion`. */
	readonly scope: 'regional' | {readonly homeRegion: string};
	readonly refresh: {
		/** How often everything is listed, and how long that may take. */
		readonly full: {readonly everyMs: number; readonly deadlineMs: number};
		/** How often only changes are asked for, where the service can say. */
		readonly delta?: {readonly everyMs: number; readonly deadlineMs: number};
	};
	/** The collector, loaded with its SDK client only when the service is polled. */
	load(): Promise<{readonly collector: Collector<Commands>}>;
};

/** Checks that the collector has a command for each declared operation and no other. */
export const defineService = <const O extends Operations, C extends Commands>(
	service: Omit<Service, 'operations' | 'load'> & {
		readonly operations: O;
		load(): Promise<{readonly collector: Collector<C>}>;
	} & (keyof C extends keyof O ? (keyof O extends keyof C ? unknown : never) : never),
	// The collector's command types are its own affair: from here on it is called by name, checked at run time by the gate.
): Service => service as unknown as Service;
