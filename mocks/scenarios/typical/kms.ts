import {awsManagedKey, type KmsState, kmsAlias, type NamedKeys, reservedAliases} from '../../services/kms-state.js';
import type {Place, Populate} from '../scenario.js';
import {irelandKeys} from './kms/ireland.js';
import {milanKeys} from './kms/milan.js';
import {keyStores} from './kms/trouble.js';
import {virginiaKeys} from './kms/virginia.js';

export {timeline} from './kms/timeline.js';

const keysOf = (place: Place): NamedKeys => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return virginiaKeys(place);
		case 'eu-west-1':
			return irelandKeys(place);
		default:
			return milanKeys(place);
	}
};

export const populate: Populate<KmsState> = place => {
	const named = [
		...keysOf(place),
		['aws/ebs', awsManagedKey(place, 'ebs', 'EBS volumes')] as const,
		['aws/secretsmanager', awsManagedKey(place, 'secretsmanager', 'secrets')] as const,
	];
	return {
		keys: named.map(([, key]) => key),
		aliases: [...named.filter(([name]) => !name.startsWith('~')).map(([name, key]) => kmsAlias(name, key)), ...reservedAliases],
		...(place.awsRegion === 'us-east-1' && {keyStores: keyStores(place)}),
	};
};
