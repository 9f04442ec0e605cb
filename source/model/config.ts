import type {Severity} from './severity.js';

/** Everything a daemon needs to know, from file, environment and flags, validated. Files and flags are read in `config/`. */
export type Config = {
	/** A profile of the shared AWS configuration, or undefined for the SDK's own choice. */
	readonly profile: string | undefined;
	/** A role to assume with the profile's credentials. */
	readonly roleArn: string | undefined;
	readonly externalId: string | undefined;
	/** The Regions to watch, or undefined for all that are enabled in the account. */
	readonly regions: readonly string[] | undefined;
	/** Where AWS is: undefined for AWS itself. Loopback only, unless `allowRemoteEndpoint`. */
	readonly endpointUrl: string | undefined;
	/** Ids of the services to watch; undefined for all. */
	readonly services: readonly string[] | undefined;
	readonly limits: {
		/** The share of each published quota that Vedette may use, above 0 and at most 1. */
		readonly share: number;
	};
	/** Overrides of the services' own refresh intervals, by service id. */
	readonly intervals: Readonly<Record<string, {readonly fullMs?: number; readonly deltaMs?: number}>>;
	readonly rules: Readonly<Record<string, RuleOverride>>;
	/** Accounts that policies may name without remark. */
	readonly trustedAccounts: readonly string[];
	readonly mutes: readonly Mute[];
	/** Cache, history, log and the lock on them live here. */
	readonly stateDir: string;
	/** The socket, its address with the token, and the lock on them live here. */
	readonly runtimeDir: string;
	/** Where the configuration came from, if from a file. */
	readonly file: string | undefined;
};

export type RuleOverride = {
	readonly enabled: boolean;
	readonly severity?: Severity;
	readonly settings: Readonly<Record<string, number>>;
};

/** A finding that somebody has looked at and accepts until a date. */
export type Mute = {
	/** Rule id or reported type; `*` matches any run of characters. */
	readonly rule: string;
	/** Resource name, id or ARN; `*` matches any run of characters. */
	readonly resource: string;
	/** ISO 8601 date or time; the mute ends by itself then. */
	readonly until: string | undefined;
	readonly reason: string;
};
