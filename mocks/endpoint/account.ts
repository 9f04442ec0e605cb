/** https://docs.aws.amazon.com/accounts/latest/reference/API_Region.html */
export type RegionOptStatus = 'ENABLED' | 'ENABLING' | 'DISABLING' | 'DISABLED' | 'ENABLED_BY_DEFAULT';

export type Account = {
	readonly accountId: string;
	readonly partition: string;
	/** The account alias. */
	readonly alias: string;
	/** Every Region of the partition; which of them hold anything is the scenario's affair. */
	readonly regions: ReadonlyArray<{readonly awsRegion: string; readonly status: RegionOptStatus}>;
	/** Who an unknown access key is. */
	readonly callerArn: string;
	readonly callerUserId: string;
};
