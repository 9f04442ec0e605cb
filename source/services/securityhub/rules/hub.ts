/** A standard that the account is subscribed to in this Region. */
export type Standard = {
	/** Such as `arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0`. */
	readonly arn: string;
	/** Such as `aws-foundational-security-best-practices/v/1.0.0`. */
	readonly name: string;
	/** `READY`; `PENDING` being enabled or extended; `INCOMPLETE` not enabled as a whole; `DELETING`; `FAILED` not disabled as a whole. */
	readonly status: string;
	/** Why it is not whole, such as `NO_AVAILABLE_CONFIGURATION_RECORDER`. */
	readonly reason?: string;
};

/** How Security Hub stands in one Region. */
export type Hub = {
	readonly enabled?: boolean;
	/** Since when, ISO 8601. */
	readonly since?: string;
	/** Whether controls that are added to a standard come on by themselves. */
	readonly newControlsEnabled?: boolean;
	/** `SECURITY_CONTROL`: one finding a check; `STANDARD_CONTROL`: one for each standard that asks for it. */
	readonly findingGenerator?: string;
	readonly standards?: readonly Standard[];
	/** Null: this account has no administrator, or is the administrator itself. */
	readonly administrator?: {readonly accountId: string; readonly status: string} | null;
	/** Null: this account may not say, because it is not the delegated administrator. */
	readonly organization?: {
		/** `CENTRAL`, by configuration policies, or `LOCAL`, account by account. */
		readonly configuration: string;
		/** Of central configuration: `ENABLED`, `PENDING`, `FAILED`. */
		readonly configurationStatus?: string;
		/** Whether Security Hub comes on in new members. Central configuration does that by policy, and has false here. */
		readonly autoEnable: boolean;
		/** `DEFAULT`: the default standards come on in new members; `NONE`. */
		readonly autoEnableStandards: string;
		readonly memberLimitReached: boolean;
	} | null;
};
