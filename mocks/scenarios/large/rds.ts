import {cluster, globalCluster, member, type RdsState} from '../../services/rds-state.js';
import {keyArn} from '../estate.js';
import type {Populate} from '../scenario.js';

// More than any account has: quotas allow 40 clusters a Region unless raised.
const count = 240;
const writers = ['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1'] as const;
const others = ['eu-west-1', 'eu-west-1', 'ap-southeast-2', 'us-east-1'] as const;

const encryption = (index: number) => (index % 60 === 7 ? 'none' : index % 9 === 4 ? 'sse-rds' : 'sse-kms');

/** 240 global databases with two members each. */
export const populate: Populate<RdsState> = place => {
	const all = Array.from({length: count}, (_, index) => ({
		index,
		members: [
			member(`tenant-${index}`, writers[index % writers.length] ?? 'us-east-1'),
			member(`tenant-${index}-dr`, others[index % others.length] ?? 'eu-west-1', {
				synchronizationStatus: index % 80 === 3 ? 'pending-resync' : 'connected',
			}),
		],
	}));
	return {
		globalClusters: all.map(({index, members}) =>
			globalCluster(`tenant-${index}`, members, {encryption: encryption(index), deletionProtection: index % 25 !== 0}),
		),
		clusters: all.flatMap(({index, members}) =>
			members
				.filter(({awsRegion}) => awsRegion === place.awsRegion)
				.map(({name}) =>
					cluster(place, name, {
						encryption: encryption(index),
						...(encryption(index) === 'sse-kms' && {kmsKeyId: keyArn(place, `tenant-${index % 40}`)}),
						instances: index % 12 === 5 ? 'a' : 'ab',
					}),
				),
		),
		refused: {},
	};
};
