import type {Account} from './account.js';
import type {Identities} from './identities.js';

/** A service, as far as its state goes: any `MockService`. */
export type Stateful<State> = {readonly id: string; readonly homeRegion?: string; empty(): State};

/** A running scenario: accounts, and the state of each service in each of their Regions. */
export type World = {
	readonly scenario: string;
	readonly startedAt: Date;
	readonly accounts: readonly [Account, ...Account[]];
	readonly identities: Identities;
	/** The endpoint's clock. */
	now(): Date;
	/** The live state, which the next call answers from. `accountId` defaults to the first account. */
	state<State>(service: Stateful<State>, awsRegion: string, accountId?: string): State;
};
