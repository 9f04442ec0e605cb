import {commercialAccount} from './accounts.js';
import type {Scenario, ScenarioName} from './scenario.js';

/** Every scenario: its account, and the Regions that hold something. What they hold is in the folder of its name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
	/** Everything in order, and little of it. */
	healthy: {
		name: 'healthy',
		accounts: [commercialAccount({accountId: '210987654321', alias: 'acme-sandbox'})],
		populated: ['us-east-1', 'eu-west-1'],
	},
	/**
	 * A company's production account: every rule has a resource that passes, one that fails and one that nobody can tell of.
	 * Virginia and Ireland are at work, Milan is kept from readers, London is new and in order, Sydney is the Region that
	 * everybody forgot: nothing runs there, and nobody watches.
	 */
	typical: {
		name: 'typical',
		accounts: [
			commercialAccount({accountId: '123456789012', alias: 'acme-prod', statuses: {'eu-south-1': 'ENABLED', 'me-south-1': 'DISABLING'}}),
		],
		populated: ['us-east-1', 'eu-west-1', 'eu-south-1', 'ap-southeast-2', 'eu-west-2'],
	},
	/** Every free-text name tries to do something to who reads it. */
	hostile: {
		name: 'hostile',
		accounts: [commercialAccount({accountId: '666666666666', alias: 'attacker-owned'})],
		populated: ['us-east-1'],
	},
	/** Generated: 1,000 keys, 2,500 certificates, 5,000 secrets, 100,000 findings. */
	large: {
		name: 'large',
		accounts: [
			commercialAccount({accountId: '345678901234', alias: 'acme-global', statuses: {'ap-east-1': 'ENABLED', 'il-central-1': 'ENABLING'}}),
		],
		populated: ['us-east-1', 'eu-west-1', 'ap-southeast-2'],
	},
};
