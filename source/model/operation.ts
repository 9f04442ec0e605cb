/**
 * An AWS API call as data. The limiter, the IAM policy, the mock, the error's label and `doctor` all read it.
 * Operations not declared cannot be called: not by type, and not at run time.
 */
export type Operation = {
	/** The published quota, or a cautious guess where AWS publishes none, per account and Region. Vedette takes a share of it (20 % by default). */
	readonly requestsPerSecond: number;
	/** How many may come at once when nothing was called for a while. Defaults to `requestsPerSecond`. */
	readonly burst?: number;
	/** Operations that share a quota name the same bucket. Defaults to the operation itself. */
	readonly bucket?: string;
	/** Where it is not `iamPrefix:Operation`. */
	readonly iamAction?: `${string}:${string}`;
	/**
	 * The resources that the policy allows the action for, as patterns with `{partition}`; all by default. For actions that
	 * are wider than the operation, such as API Gateway's `GET`, which would hand out API keys too.
	 */
	readonly iamResources?: readonly string[];
	/** An answer younger than this is taken from the cache instead of asking again. Defaults to 0: always ask. */
	readonly freshForMs?: number;
	/**
	 * True where the quota is so low that asking for each resource would hold up the snapshot. `attempt` then answers from
	 * the cache at once, however old, and asks in the background at the limiter's pace; a fact never read yet is `pending`.
	 */
	readonly slow?: boolean;
	/** Members of the answer without which it is no answer, such as `['Keys']`. An answer that lacks one is `failed`, not empty. */
	readonly answers?: readonly string[];
	/** How paging works, for operations called by `pages`: the input's and the output's token member. */
	readonly paging?: {readonly input: string; readonly output: string};
	/** The page that says where the numbers come from, or why they are a guess. */
	readonly source: string;
};
export type Operations = Readonly<Record<string, Operation>>;
