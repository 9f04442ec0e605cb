import {type Endpoint, type EndpointSettings, serve} from './endpoint/server.js';
import {scenarios} from './scenarios/index.js';
import type {ScenarioName} from './scenarios/scenario.js';
import {mockServices} from './services/index.js';

export type {Effect, Fault} from './endpoint/fault.js';
export type {Endpoint} from './endpoint/server.js';
export {type ScenarioName, scenarioNames} from './scenarios/scenario.js';

/** Serves a scenario's account on loopback to any SDK client whose `endpoint` is the answer's `url`. The caller closes it. */
export const startEndpoint = (
	settings: Omit<EndpointSettings, 'scenario' | 'registry'> & {
		readonly scenario: ScenarioName;
		/** Other services than the registered ones, for tests of the endpoint itself. */
		readonly registry?: EndpointSettings['registry'];
	},
): Promise<Endpoint> => serve({registry: mockServices, ...settings, scenario: scenarios[settings.scenario]});
