/** How Inspector stands in one Region of the account. Members that are absent could not be read. */
export type Activation = {
	/** `ENABLED`, `ENABLING`, `DISABLED`, `DISABLING`, `SUSPENDED`, `SUSPENDING`. */
	readonly status?: string;
	/** The same for each kind of scanning. Some are not offered in every Region: those are absent. */
	readonly scanning?: {
		readonly ec2: string;
		readonly ecr: string;
		readonly lambda?: string;
		readonly lambdaCode?: string;
		readonly codeRepository?: string;
	};
	/** `EC2_HYBRID` (with and without agent) or `EC2_SSM_AGENT_BASED`. */
	readonly ec2ScanMode?: string;
	/** How long images are scanned again after a push: `DAYS_30`, `LIFETIME`, … */
	readonly ecrRescanDuration?: string;
	/** Scans of what Inspector knows, by whether they run; those that do not, by reason. */
	readonly coverage?: {readonly active: number; readonly inactive: number; readonly reasons: Readonly<Record<string, number>>};
	/** Of packages that no package manager of the system knows, on Linux hosts: `ACTIVATED`, `DEACTIVATED`, `PENDING`, `FAILED`. */
	readonly deepInspection?: {readonly status: string; readonly error?: string};
	/** Who manages Inspector for the organisation. Null: nobody does. */
	readonly administrator?: {readonly accountId: string; readonly relationshipStatus: string; readonly isThisAccount: boolean} | null;
	/** Of the delegated administrator alone. */
	readonly members?: {
		readonly total: number;
		readonly scanned: number;
		/** The first fifty of the others. */
		readonly unscanned: ReadonlyArray<{readonly accountId: string; readonly status: string}>;
	};
};

export type Scan = {
	/** `PACKAGE`, `NETWORK`, `CODE`. */
	readonly type: string;
	/** `ACTIVE` or `INACTIVE`. */
	readonly status: string;
	/** Such as `SUCCESSFUL` or `UNMANAGED_EC2_INSTANCE`. */
	readonly reason: string;
	/** Such as `EC2_AGENTLESS`. */
	readonly mode?: string;
	readonly lastScannedAt?: string;
};

/** Whether Inspector scans one host, image or function, in each way that it could. */
export type Coverage = {
	/** Inspector's name for what it is, such as `AWS_EC2_INSTANCE`; absent where the coverage could not be listed. */
	readonly resourceType?: string;
	readonly platform?: string;
	readonly scans?: readonly Scan[];
};
