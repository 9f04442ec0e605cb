import {awsManagedKey, type KmsState, kmsAlias, type NamedKeys, reservedAliases} from '../../services/kms-state.js';
import type {Place, Populate} from '../scenario.js';
import {irelandKeys} from './kms/ireland.js';
import {milanKeys} from './kms/milan.js';
import {keyStores} from './kms/trouble.js';
import {virginiaKeys} from './kms/virginia.js';

export {timeline} from './kms/timeline.js';

const keysOf = (place: Place): NamedKeys | undefined => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return virginiaKeys(place);
		case 'eu-west-1':
			return irelandKeys(place);
		case 'eu-south-1':
			return milanKeys(place);
		default:
			return undefined;
	}
};

/** The key that SecureStrings name by `alias/prod/parameters`: a second alias beside its own. */
const parametersKey: Readonly<Record<string, string>> = {'us-east-1': 'prod/customer-data', 'eu-west-1': 'prod/gdpr-exports'};

export const populate: Populate<KmsState> = place => {
	const own = keysOf(place);
	if (own === undefined) return undefined;
	const named = [
		...own,
		['aws/ebs', awsManagedKey(place, 'ebs', 'EBS volumes')] as const,
		['aws/secretsmanager', awsManagedKey(place, 'secretsmanager', 'secrets')] as const,
	];
	return {
		keys: named.map(([, key]) => key),
		aliases: [
			...named.filter(([name]) => !name.startsWith('~')).map(([name, key]) => kmsAlias(name, key)),
			...own.filter(([name]) => name === parametersKey[place.awsRegion]).map(([, key]) => kmsAlias('prod/parameters', key)),
			...reservedAliases,
		],
		...(place.awsRegion === 'us-east-1' && {keyStores: keyStores(place)}),
	};
};
