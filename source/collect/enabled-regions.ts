import {AccountClient, ListRegionsCommand} from '@aws-sdk/client-account';
import {defineCollector, type Yielded} from '../model/index.js';

const nothing = async function* (): AsyncGenerator<Yielded> {
	// Called operation by operation, by the gate itself: there is no snapshot of a list of Regions.
};

export const collector = defineCollector({client: AccountClient, commands: {ListRegions: ListRegionsCommand}, full: nothing});
