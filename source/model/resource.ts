/** A captured thing, in AWS Config's words: an ARN, a resource type and its settings. */
export type Resource<Configuration = unknown> = {
	readonly arn: string;
	/** AWS Config's name where it has one, CloudFormation's otherwise. A board's rows have names of our own: `Vedette::…`. */
	readonly resourceType: ResourceType;
	readonly resourceId: string;
	readonly resourceName: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly tags: Readonly<Record<string, string>>;
	/** Facts as read. A fact that could not be read is absent here and named in `unread`. */
	readonly configuration: Configuration;
	/** The operations that were refused for this very resource, by operation name. */
	readonly unread: Readonly<Record<string, Refusal>>;
	/** When a fact was read, ISO 8601, for operations answered from the cache. All others: the snapshot's `capturedAt`. */
	readonly readAt: Readonly<Record<string, string>>;
};

export type ResourceType = `${'AWS' | 'Vedette'}::${string}::${string}`;

/** Enough of a resource to name it and to find it again. */
export type ResourceReference = Pick<Resource, 'arn' | 'resourceType' | 'resourceId' | 'resourceName' | 'accountId' | 'awsRegion'>;

/** How a call or a collection failed, or that it did not. See `Outcome` for what each means on screen. */
export const outcomeStatuses = [
	'ok',
	'partial',
	'denied',
	'throttled',
	'not-enabled',
	'not-available',
	'unauthenticated',
	'unreachable',
	'failed',
] as const;
export type OutcomeStatus = (typeof outcomeStatuses)[number];

/** Why an operation gave no answer. Its strings come from outside: sanitise before showing. */
export type Refusal = {
	/** As for outcomes; `pending` where the fact is waiting for its turn at a slow operation and was never read yet. */
	readonly status: Exclude<OutcomeStatus, 'ok' | 'partial'> | 'pending';
	/** The operation's name, such as `GetKeyPolicy`. */
	readonly operation: string;
	/** The permission that would allow it, such as `kms:GetKeyPolicy`. */
	readonly iamAction: string;
	/** AWS's error code, or the name of the local error, such as `AccessDeniedException` or `TimeoutError`. */
	readonly error: string;
	readonly message: string;
	/** True where the message says that a policy forbids it outright (an explicit deny, an SCP or an RCP), so that granting it is not enough. */
	readonly explicitDeny?: boolean;
};
