import type {Severity, Verdict} from './severity.js';

/** `opened` and `closed` are of findings, `appeared` and `gone` of resources. */
export const changeTypes = ['opened', 'closed', 'worsened', 'improved', 'appeared', 'gone'] as const;
export type ChangeType = (typeof changeTypes)[number];

/** Something that is otherwise than it was at the last look. Append-only: the history of the account. */
export type Change = {
	/** Rises by one with each change of this cache. */
	readonly sequence: number;
	/** When it was noticed, ISO 8601. */
	readonly at: string;
	readonly type: ChangeType;
	/** The entry's key. */
	readonly key: string;
	readonly service: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly resourceName: string;
	/** The rule or reported type; undefined for `appeared` and `gone`. */
	readonly ruleId?: string;
	readonly title: string;
	readonly before?: {readonly verdict: Verdict; readonly severity: Severity; readonly reason: string};
	readonly after?: {readonly verdict: Verdict; readonly severity: Severity; readonly reason: string};
};
