import {cluster, globalCluster, member, type RdsState} from '../../services/rds-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** AWS allows letters, digits and hyphens in names, and much in tags. The rest is what something that only says it is AWS would send. */
export const populate: Populate<RdsState> = place => ({
	globalClusters: hostileStrings.map((text, index) =>
		globalCluster(`${text}${index}`, [member(`edge-${index}`, place.awsRegion), member(hostileAt(index + 1), 'eu-west-1')], {
			status: text,
			engine: hostileAt(index + 2),
			tags: {[`owner ${text}`.slice(0, 128)]: text},
		}),
	),
	clusters: hostileStrings.map((text, index) =>
		cluster(place, `edge-${index}`, {status: text, kmsKeyId: index === 0 ? hostileMegabyte : hostileAt(index + 3), engine: text}),
	),
	refused: {},
});
