import type {MockService} from './service.js';

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

/** A running scenario: accounts, and the state of each service in each of their Regions. */
export type World = {
	readonly scenario: string;
	readonly startedAt: Date;
	readonly accounts: readonly Account[];
	/** The endpoint's clock. */
	now(): Date;
	/** The live state, which the next call answers from. `accountId` defaults to the first account. */
	state<State>(service: MockService<State>, awsRegion: string, accountId?: string): State;
};
