export type ReportedResource = {readonly Id?: string | undefined; readonly Type?: string | undefined; readonly Region?: string | undefined};

/** What of a finding in ASFF is read. All members are taken as optional: what AWS promises is checked where it matters. */
export type ControlFinding = {
	readonly Id?: string | undefined;
	readonly GeneratorId?: string | undefined;
	readonly AwsAccountId?: string | undefined;
	readonly AwsAccountName?: string | undefined;
	readonly Region?: string | undefined;
	readonly FirstObservedAt?: string | undefined;
	readonly LastObservedAt?: string | undefined;
	readonly CreatedAt?: string | undefined;
	readonly UpdatedAt?: string | undefined;
	readonly Severity?: {readonly Label?: string | undefined} | undefined;
	readonly Title?: string | undefined;
	readonly Description?: string | undefined;
	readonly Remediation?:
		| {readonly Recommendation?: {readonly Text?: string | undefined; readonly Url?: string | undefined} | undefined}
		| undefined;
	readonly ProductFields?: Readonly<Record<string, string | undefined>> | undefined;
	readonly Resources?: readonly ReportedResource[] | undefined;
	readonly Compliance?:
		| {
				readonly Status?: string | undefined;
				readonly SecurityControlId?: string | undefined;
				readonly RelatedRequirements?: readonly string[] | undefined;
				readonly StatusReasons?:
					| ReadonlyArray<{readonly ReasonCode?: string | undefined; readonly Description?: string | undefined}>
					| undefined;
				readonly AssociatedStandards?: ReadonlyArray<{readonly StandardsId?: string | undefined}> | undefined;
		  }
		| undefined;
	readonly Workflow?: {readonly Status?: string | undefined} | undefined;
	readonly RecordState?: string | undefined;
	readonly Sample?: boolean | undefined;
};
