import type {Registered} from '../scenarios/registered.js';
import {placeOf, type Scenario, type ScenarioModule} from '../scenarios/scenario.js';
import {createIdentities} from './identities.js';
import type {MockService} from './service.js';
import type {Stateful, World} from './world.js';

/** A service that takes part, with its data loaded. */
export type Member = {readonly service: MockService; readonly data: ScenarioModule<unknown> | undefined};

export const loadMembers = (scenario: Scenario, registry: readonly Registered[]): Promise<readonly Member[]> =>
	Promise.all(registry.map(async ({service, scenarios}) => ({service, data: await scenarios[scenario.name]?.()})));

/** States are made when they are first asked for: a large scenario costs nothing in Regions that nobody reads. */
export const createWorld = (scenario: Scenario, members: readonly Member[], clock: () => Date): World => {
	const startedAt = clock();
	const states = new Map<string, unknown>();
	const dataOf = new Map(members.map(member => [member.service.id, member.data]));
	const [first] = scenario.accounts;

	const make = (service: Stateful<unknown>, awsRegion: string, accountId: string): unknown => {
		const account = scenario.accounts.find(one => one.accountId === accountId);
		const {populate, elsewhere = []} = dataOf.get(service.id) ?? {};
		const holdsState =
			service.homeRegion === undefined ? [...scenario.populated, ...elsewhere].includes(awsRegion) : service.homeRegion === awsRegion;
		if (account === undefined || populate === undefined || !holdsState) return service.empty();
		return populate(placeOf(scenario.name, account, awsRegion, startedAt)) ?? service.empty();
	};

	return {
		scenario: scenario.name,
		startedAt,
		accounts: scenario.accounts,
		identities: createIdentities(first),
		now: clock,
		state: <State>(service: Stateful<State>, awsRegion: string, accountId = first.accountId): State => {
			const key = `${service.id}/${accountId}/${awsRegion}`;
			if (!states.has(key)) states.set(key, make(service, awsRegion, accountId));
			// A service's states are made only above, by the `populate` or `empty` that were registered with it as State.
			return states.get(key) as State;
		},
	};
};
