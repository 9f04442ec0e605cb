import type {Inputs, Resource} from '../../model/index.js';
import {createEstate} from './estate.js';
import {joinClusters} from './join/clusters.js';
import {joinKeySets} from './join/key-sets.js';
import {joinReadiness} from './join/readiness.js';
import {joinReplications} from './join/replications.js';
import {joinSecrets} from './join/secrets.js';
import {joinTables} from './join/tables.js';
import {relianceOn} from './join/users.js';

/** All that lives in more than one Region, and whether the keys it needs are there and work. */
export const join = (inputs: Inputs): readonly Resource[] => {
	const estate = createEstate(inputs);
	const sets = joinKeySets(estate, relianceOn(estate));
	const {rows: tables, tables: globalTables} = joinTables(estate);
	const {rows: clusters, databases} = joinClusters(estate);
	return [
		...sets,
		...joinSecrets(estate),
		...joinReplications(estate),
		...tables,
		...clusters,
		...joinReadiness(estate, sets, {tables: globalTables, databases}),
	];
};
