import {type DynamoDbState, globalTable, table} from '../../services/dynamodb-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** DynamoDB allows few characters in names, but what only says it is AWS sends anything, in every text. */
export const populate: Populate<DynamoDbState> = place => ({
	tables: [
		...hostileStrings.map((trick, index) =>
			globalTable(
				place,
				`${trick}-${index}`,
				{'us-east-1': trick, [hostileAt(index + 1)]: hostileAt(index + 2)},
				{
					GlobalTableVersion: index % 2 === 0 ? '2019.11.21' : trick,
					statuses: {[hostileAt(index + 1)]: {ReplicaStatus: 'CREATION_FAILED', ReplicaStatusDescription: trick}},
				},
			),
		),
		table(place, 'archived', {
			TableStatus: 'ARCHIVED',
			ArchivalSummary: {ArchivalDateTime: place.daysAgo(3), ArchivalReason: hostileAt(0), ArchivalBackupArn: hostileAt(1)},
		}),
		table(place, 'moved', {TableArn: 'arn:aws:dynamodb:us-east-1:666666666666:table/moved', ItemCount: Number.MAX_SAFE_INTEGER}),
	],
	globalTables: [{GlobalTableName: hostileAt(3), ReplicationGroup: [{RegionName: 'us-east-1'}]}],
	refused: {},
});
