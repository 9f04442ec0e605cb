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
	/**
	 * True where no verdict rests on it. Where nobody answers, it is waited for a quarter of the time that others are given,
	 * and then left alone for an hour.
	 */
	readonly incidental?: boolean;
	/**
	 * Members of the answer without which it is no answer, such as `['Keys']`, or their paths: `['DistributionList.Quantity']`.
	 * An answer that lacks one is `failed`, not empty.
	 */
	readonly answers?: readonly string[];
	/** How paging works, for operations called by `pages`. */
	readonly paging?: Paging;
	/** The page that says where the numbers come from, or why they are a guess. */
	readonly source: string;
};

/** Where a listing goes on. An answer's member is named by its path where it lies inside another: `DistributionList.NextMarker`. */
export type Paging = {
	/** The input's token member. */
	readonly input: string;
	/** The answer's token. The listing ends where it is absent or empty. */
	readonly output: string;
	/** Where one token is not enough, the input's further members by the answer's: they go along as far as they are told. */
	readonly also?: Readonly<Record<string, string>>;
	/** Where AWS also says whether there is more: true without a token is a listing cut short, not one that ended. */
	readonly more?: string;
};

export type Operations = Readonly<Record<string, Operation>>;
