import {cluster, globalCluster, member, type RdsState} from '../../services/rds-state.js';
import {keyArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** One global database in two Regions, encrypted with keys of the account. */
export const populate: Populate<RdsState> = place => ({
	globalClusters: [globalCluster('app', [member('app', 'us-east-1'), member('app-eu', 'eu-west-1')])],
	clusters: [cluster(place, place.awsRegion === 'us-east-1' ? 'app' : 'app-eu', {kmsKeyId: keyArn(place, 'prod/app')})],
	refused: {},
});
