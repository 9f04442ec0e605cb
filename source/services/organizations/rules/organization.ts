/** The organisation that the account is in, or that it is in none. */
export type Organization = {
	/** False: AWS says that the account is in no organisation. */
	readonly inUse?: boolean;
	/** Such as `o-a1b2c3d4e5`. */
	readonly id?: string;
	readonly managementAccountId?: string;
	/** Whether this account is the management account. */
	readonly isManagement?: boolean;
	/** `ALL`, or `CONSOLIDATED_BILLING`: one bill and nothing else. */
	readonly featureSet?: string;
	/** How many accounts it has, by state. Null: only the management account and delegated administrators may ask. */
	readonly accounts?: Readonly<Record<string, number>> | null;
	/** Service principals that may act in all accounts, such as `guardduty.amazonaws.com`. Null as above. */
	readonly trustedServices?: readonly string[] | null;
};

/** An account of the organisation. Its e-mail address is not kept. */
export type MemberAccount = {
	/** `PENDING_ACTIVATION`, `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`. */
	readonly state?: string;
	/** `CREATED` in the organisation, or `INVITED`. */
	readonly joinedMethod?: string;
	/** ISO 8601. */
	readonly joinedAt?: string;
	readonly isManagement: boolean;
	/** Service principals that it is a delegated administrator for, of the security services. */
	readonly administers: readonly string[];
};

/** How the organisation runs one of the security services. */
export type DelegatedService = {
	/** Such as `guardduty.amazonaws.com`. */
	readonly servicePrincipal: string;
	/** Such as `GuardDuty`. */
	readonly name: string;
	/** The organisation's feature set, as above. */
	readonly featureSet?: string;
	/** Whether the service may act in all accounts. */
	readonly trustedAccess?: boolean;
	readonly administrators?: ReadonlyArray<{
		readonly accountId: string;
		readonly name?: string;
		readonly state?: string;
		/** Since when, ISO 8601. */
		readonly since?: string;
	}>;
};
