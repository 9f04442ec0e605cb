import {
	ContinuousBackupsStatus,
	DescribeContinuousBackupsCommand,
	DescribeTableCommand,
	ListGlobalTablesCommand,
	ListTablesCommand,
	MultiRegionConsistency,
	PointInTimeRecoveryStatus,
	ReplicaStatus,
	SSEStatus,
	TableStatus,
} from '@aws-sdk/client-dynamodb';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {DynamoDbState, DynamoDbTable} from './dynamodb-state.js';

// Behaviour is that of https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html.

type Dynamo = Context<DynamoDbState>;

const admit = (context: Dynamo, resource: string, refused: DynamoDbTable['refused'] = {}): void => {
	const because = context.state.refused[context.operation] ?? refused[context.operation];
	if (because !== undefined) throw context.denied(context.arn(resource), because);
};

/** Tables may be named by their ARN too. */
const tableOf = (named: string | undefined, context: Dynamo, absent: AwsError): DynamoDbTable => {
	const name = (named ?? '').replace(/^arn:.*:table\//u, '');
	const found = context.state.tables.find(({table}) => table.TableName === name);
	admit(context, `table/${name}`, found?.refused);
	if (found === undefined) throw absent;
	return found;
};

/** Names go on from the last one: whoever makes up a name to start from gets what comes after it. */
const namesFrom = (names: readonly string[], start: string | undefined, limit: number, context: Dynamo) => {
	if (limit < 1 || limit > 100) {
		const bound = limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100';
		throw context.invalid(
			`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
		);
	}
	const left = names.filter(name => start === undefined || name > start).sort();
	const page = left.slice(0, limit);
	return {page, last: left.length > limit ? page.at(-1) : undefined};
};

export const dynamodb = defineMockService({
	id: 'dynamodb',
	signingName: 'dynamodb',
	protocol: {name: 'awsJson1.0', target: 'DynamoDB_20120810'},
	enums: [ContinuousBackupsStatus, MultiRegionConsistency, PointInTimeRecoveryStatus, ReplicaStatus, SSEStatus, TableStatus],
	empty: (): DynamoDbState => ({tables: [], globalTables: [], refused: {}}),
	commands: {
		ListTables: ListTablesCommand,
		DescribeTable: DescribeTableCommand,
		DescribeContinuousBackups: DescribeContinuousBackupsCommand,
		ListGlobalTables: ListGlobalTablesCommand,
	},
	handlers: {
		ListTables: (input, context) => {
			admit(context, 'table/*');
			const names = context.state.tables.map(({table}) => table.TableName);
			const {page, last} = namesFrom(names, input.ExclusiveStartTableName, input.Limit ?? 100, context);
			return {TableNames: page, ...(last !== undefined && {LastEvaluatedTableName: last})};
		},

		DescribeTable: (input, context) => ({
			Table: tableOf(
				input.TableName,
				context,
				new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${input.TableName} not found`),
			).table,
		}),

		DescribeContinuousBackups: (input, context) => ({
			ContinuousBackupsDescription: {
				ContinuousBackupsStatus: ContinuousBackupsStatus.ENABLED,
				PointInTimeRecoveryDescription: tableOf(
					input.TableName,
					context,
					new AwsError('TableNotFoundException', `Table not found: ${input.TableName}`),
				).recovery,
			},
		}),

		ListGlobalTables: (input, context) => {
			admit(context, 'global-table/*');
			const wanted = context.state.globalTables.filter(
				({ReplicationGroup = []}) =>
					input.RegionName === undefined || ReplicationGroup.some(({RegionName}) => RegionName === input.RegionName),
			);
			const names = wanted.flatMap(({GlobalTableName}) => GlobalTableName ?? []);
			const {page, last} = namesFrom(names, input.ExclusiveStartGlobalTableName, input.Limit ?? 100, context);
			return {
				GlobalTables: wanted.filter(({GlobalTableName}) => page.includes(GlobalTableName ?? '')),
				...(last !== undefined && {LastEvaluatedGlobalTableName: last}),
			};
		},
	},
});
