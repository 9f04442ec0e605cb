import type {MockService} from '../endpoint/service.js';
import type {ScenarioModule, ScenarioName} from './scenario.js';

/** A mocked service with its data in each scenario, loaded only when that scenario runs. */
export type Registered<State = unknown> = {
	readonly service: MockService<State>;
	readonly scenarios: Partial<Record<ScenarioName, () => Promise<ScenarioModule<State>>>>;
};

/** Pairs a mock with its data by type; the state's type is erased behind it. */
export const register = <State>(service: MockService<State>, scenarios: Registered<State>['scenarios'] = {}): Registered =>
	// Only this pair ever meets: data of State goes to the service of State, which the parameters above have just checked.
	({service, scenarios}) as unknown as Registered;
