import {defineBoard} from '../../model/index.js';
import {keyType} from './estate.js';
import {bucketType, clusterType, globalClusterType, secretType, tableType} from './join/users.js';
import {join} from './join.js';
import {keySets} from './kinds/keys.js';
import {clusterMembers, readiness, tableReplicas} from './kinds/places.js';
import {replications} from './kinds/replications.js';
import {replicatedSecrets} from './kinds/secrets.js';

export const multiregion = defineBoard({
	id: 'multiregion',
	title: 'Multi-Region integrity',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'kms', resourceType: keyType},
		{service: 'secretsmanager', resourceType: secretType},
		{service: 's3', resourceType: bucketType},
		{service: 'dynamodb', resourceType: tableType},
		{service: 'rds', resourceType: globalClusterType},
		{service: 'rds', resourceType: clusterType},
	],
	kinds: [keySets, replications, tableReplicas, clusterMembers, replicatedSecrets, readiness],
	join,
});
