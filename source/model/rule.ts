import type {Answer} from './finding.js';
import type {Resource} from './resource.js';
import type {Severity} from './severity.js';

/** What to do about a failure. */
export type Remediation = {
	/** One or two sentences. */
	readonly text: string;
	/**
	 * A command line with `{arn}`, `{id}`, `{name}`, `{region}` and `{account}` to be filled in by the view, which quotes each
	 * for where it stands: between no quotes of the shell or within either sort, and within JSON.
	 */
	readonly cli?: string;
	/** The same placeholders, always within double quotes. */
	readonly terraform?: string;
	readonly url: `https://docs.aws.amazon.com/${string}`;
};

/** The published ids of the same question elsewhere. Empty where nobody else asks it. */
export type PublishedIds = {
	/** AWS Security Hub, such as `KMS.4`. */
	readonly securityControlIds: readonly string[];
	/** CIS AWS Foundations Benchmark, as `version requirement`, such as `v3.0 3.6`. */
	readonly cis: readonly string[];
	readonly prowler: readonly string[];
};

/** All that a rule may know besides its resource. Time and thresholds are data: rules have no clock. */
export type RuleContext = {
	/** The moment of judgement, ISO 8601. */
	readonly now: string;
	/** The rule's own `settings`, with what the configuration overrides. */
	readonly settings: Readonly<Record<string, number>>;
	/** Accounts that may be named in policies without remark: the configuration's `trustedAccounts`. */
	readonly trustedAccounts: readonly string[];
	/** A resource that the kind named in `related`, if it is in the cache. */
	readonly related: (arn: string) => Resource | undefined;
	/** Whether the daemon watches a Region, so that what lies elsewhere is UNKNOWN and not missing. */
	readonly watches: (awsRegion: string) => boolean;
};

/** A pure question about one kind of resource. Security Hub calls it a control. */
export type Rule<Configuration = unknown> = {
	/** `<service>-<thing>-<demand>`. */
	readonly id: string;
	/** What should be, as a sentence without a full stop. */
	readonly title: string;
	readonly severity: Severity;
	readonly published: PublishedIds;
	/** Why it matters, in one to three sentences. */
	readonly rationale: string;
	readonly remediation: Remediation;
	/** Where the common wisdom (older notes, other tools) differs from this rule, and why. Shown by `explain`. */
	readonly note?: string;
	/** Thresholds with their defaults; the configuration may override each. Units are in the names: `warnDays`. */
	readonly settings?: Readonly<Record<string, number>>;
	/**
	 * The operations without which there is no answer. If one of them was refused for a resource to which the rule
	 * applies, the answer is UNKNOWN and names the permission, and `evaluate` is not asked.
	 */
	readonly reads: readonly string[];
	/** A sentence that says why the question does not arise, or undefined where it does. Must not need a fact of `reads`. */
	exempts?(resource: Resource<Configuration>, context: RuleContext): string | undefined;
	/** The answer, with the facts of `reads` at hand. */
	evaluate(resource: Resource<Configuration>, context: RuleContext): Answer;
};
