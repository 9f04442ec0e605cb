import type {Json} from './json.js';
import type {ResourceReference} from './resource.js';
import type {Severity, Verdict} from './severity.js';

/** What a verdict rests on: what should be, what is, and which call said so. */
export type Evidence = {
	readonly expected: string;
	readonly observed: string;
	/** The operation that supplied the fact, such as `GetKeyRotationStatus`. */
	readonly operation: string;
};

/** A command line about just what was found. */
export type CommandLine = {
	/** As the `cli` of a remediation; `values` are placeholders too. */
	readonly cli: string;
	/** What AWS told, by the names of placeholders: `{snapshot: 'snap-0123'}`. Quoted for a shell by the view. */
	readonly values?: Readonly<Record<string, string>>;
};

/** What a rule says of one resource at one moment. */
export type Answer = {
	readonly verdict: Verdict;
	/** A sentence that says what is, with name and value, and ends without a full stop. */
	readonly reason: string;
	/** Where it differs from the rule's own severity. */
	readonly severity?: Severity;
	readonly evidence?: Evidence;
	/** In the place of the rule's own command, where that depends on what was found. */
	readonly command?: CommandLine;
};

/** One rule's answer about one resource over time, kept with the resource. */
export type Judgement = Answer & {
	readonly ruleId: string;
	readonly severity: Severity;
	/** Since when this rule has given this verdict at this severity, ISO 8601. */
	readonly firstObservedAt: string;
	/** What was last known when the verdict is UNKNOWN, so that sight regained opens and closes nothing that did not change. */
	readonly lastKnown?: {
		readonly verdict: 'PASS' | 'FAIL' | 'NOT_APPLICABLE';
		readonly severity: Severity;
		readonly firstObservedAt: string;
	};
	/**
	 * Its facts still waited for their first reading when the snapshot was first collected: the first answer belongs to
	 * that first look, and changes nothing.
	 */
	readonly firstLook?: true;
};

export const findingSources = ['rule', 'guardduty', 'inspector', 'macie', 'securityhub'] as const;
export type FindingSource = (typeof findingSources)[number];

/** Properties of a reported finding that change what one does about it. Shown as words, usable in filters. */
export const marks = [
	'attack-sequence',
	'crypto-mining',
	'exploit-available',
	'fix-available',
	'internet-reachable',
	'classification',
	'policy',
] as const;
export type Mark = (typeof marks)[number];

/**
 * A finding that an AWS service reported itself (GuardDuty, Inspector, Macie, Security Hub).
 * Only `active` ones count; the others are kept apart, never mixed into counts.
 */
export type ReportedFinding = {
	/** The service's own id or ARN. Unique within source, account and Region. */
	readonly id: string;
	readonly source: Exclude<FindingSource, 'rule'>;
	/** The service's name for this sort of finding: GuardDuty's and Macie's type, Inspector's type or CVE. */
	readonly type: string;
	readonly title: string;
	/** A sentence for the row: what happened to what. */
	readonly reason: string;
	readonly severity: Severity;
	/** The service's own number where it has one: GuardDuty 1 to 10, Inspector 0 to 10, Macie 1 to 3. */
	readonly score?: number;
	readonly recordState: 'active' | 'archived' | 'suppressed' | 'closed' | 'sample';
	readonly marks: readonly Mark[];
	readonly resource: ResourceReference;
	readonly firstObservedAt: string;
	readonly lastObservedAt: string;
	readonly updatedAt: string;
	/** What the service recommends, where it says so. */
	readonly remediation?: {readonly text: string; readonly url?: string};
	/** The parts of the report that the detail screen shows and filters read, as plain JSON. */
	readonly details: Readonly<Record<string, Json>>;
};
