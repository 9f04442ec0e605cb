import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {defineCollector, type Yielded} from '../model/index.js';

const nothing = async function* (): AsyncGenerator<Yielded> {
	// Called operation by operation, by the gate itself: there is no snapshot of an identity.
};

export const collector = defineCollector({client: STSClient, commands: {GetCallerIdentity: GetCallerIdentityCommand}, full: nothing});
