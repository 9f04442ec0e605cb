import {type DynamoDbState, globalTable, table} from '../../services/dynamodb-state.js';
import {keyArn, multiRegionKeyArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** A global table with a multi-Region key, and a table with a key of its own. */
export const populate: Populate<DynamoDbState> = place => {
	const keys = Object.fromEntries(
		['us-east-1', 'eu-west-1'].map(awsRegion => [awsRegion, multiRegionKeyArn(place, 'prod/everywhere', awsRegion)]),
	);
	return place.awsRegion in keys
		? {
				tables: [globalTable(place, 'sessions', keys), table(place, 'users', {keyArn: keyArn(place, 'prod/app')})],
				globalTables: [],
				refused: {},
			}
		: undefined;
};
