import type {Account} from '../endpoint/account.js';
import {type Random, random} from '../endpoint/random.js';
import type {World} from '../endpoint/world.js';

export const scenarioNames = ['healthy', 'typical', 'hostile', 'large'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** Accounts as data. What is in them stands beside, one file per service: `mocks/scenarios/<name>/<service>.ts`. */
export type Scenario = {
	readonly name: ScenarioName;
	readonly accounts: readonly [Account, ...Account[]];
	/** The Regions that hold something, of those that are enabled. Others answer from the service's `empty()`. */
	readonly populated: readonly string[];
};

/** Where and when a state is made. All times are relative to the endpoint's start. */
export type Place = {
	readonly scenario: ScenarioName;
	readonly accountId: string;
	readonly partition: string;
	readonly awsRegion: string;
	readonly account: Account;
	readonly startedAt: Date;
	/** Whole seconds, as most of AWS's dates are. Fractions of a day are fine. */
	inDays(days: number): Date;
	daysAgo(days: number): Date;
	inHours(hours: number): Date;
	hoursAgo(hours: number): Date;
	minutesAgo(minutes: number): Date;
	/** `arn('kms', 'key/…')` in this account and Region; pass another Region where it differs. */
	arn(service: string, resource: string, awsRegion?: string): string;
	/** Seeded by scenario, account, Region and `purpose`: adding a draw in one place moves nothing elsewhere. */
	random(purpose: string): Random;
};

/** One service's state in one account and Region; undefined where the service holds nothing there. */
export type Populate<State> = (place: Place) => State | undefined;

/** Something that happens to the account while one watches. */
export type Step<State> = {
	/** Seconds after the round began, on the timeline's clock: `speed` shortens them, never the account's dates. */
	readonly atSeconds: number;
	/** A sentence for the demo's log: `prod/payments is scheduled for deletion`. */
	readonly what: string;
	readonly awsRegion: string;
	/** Changes the live state. Running a whole round must leave it fit for the next. */
	apply(state: State, moment: Moment): void;
};
export type Moment = Place & {
	/** The place's times are relative to this moment here. */
	readonly now: Date;
	/** 0 in the first round: vary by it what should not repeat. */
	readonly round: number;
	readonly world: World;
};
export type Timeline<State> = {
	/** How long a round lasts on the timeline's clock; then it begins anew. Longer than the last step. */
	readonly roundSeconds: number;
	readonly steps: ReadonlyArray<Step<State>>;
};

/** What `mocks/scenarios/<name>/<service>.ts` exports. */
export type ScenarioModule<State> = {
	readonly populate: Populate<State>;
	/** Regions besides the scenario's in which this service holds something: what lies where nobody looks. */
	readonly elsewhere?: readonly string[];
	readonly timeline?: Timeline<State>;
};

const dayMs = 86_400_000;
const wholeSecond = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

export const placeOf = (scenario: ScenarioName, account: Account, awsRegion: string, startedAt: Date): Place => {
	const later = (ms: number): Date => wholeSecond(startedAt.getTime() + ms);
	return {
		scenario,
		accountId: account.accountId,
		partition: account.partition,
		awsRegion,
		account,
		startedAt,
		inDays: days => later(days * dayMs),
		daysAgo: days => later(-days * dayMs),
		inHours: hours => later(hours * 3_600_000),
		hoursAgo: hours => later(-hours * 3_600_000),
		minutesAgo: minutes => later(-minutes * 60_000),
		arn: (service, resource, region = awsRegion) => `arn:${account.partition}:${service}:${region}:${account.accountId}:${resource}`,
		random: purpose => random(`${scenario}/${account.accountId}/${awsRegion}/${purpose}`),
	};
};

/** The place as `populate` was given it: what a round puts back by it is the same to the second. */
export const startOf = ({scenario, account, awsRegion, world}: Moment): Place => placeOf(scenario, account, awsRegion, world.startedAt);
