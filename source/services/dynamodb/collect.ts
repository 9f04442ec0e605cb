import {
	DescribeContinuousBackupsCommand,
	DescribeTableCommand,
	DynamoDBClient,
	ListGlobalTablesCommand,
	ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import {type Aws, type CommandOutput, defineCollector, type Facts, type Resource, type Yielded} from '../../model/index.js';
import {arnIn, type Encryption, type Replica, type Table, tableType} from './rules/table.js';

const commands = {
	ListTables: ListTablesCommand,
	DescribeTable: DescribeTableCommand,
	DescribeContinuousBackups: DescribeContinuousBackupsCommand,
	ListGlobalTables: ListGlobalTablesCommand,
};
type DynamoDb = Aws<typeof commands>;

type Description = NonNullable<CommandOutput<typeof DescribeTableCommand>['Table']>;
type Backups = CommandOutput<typeof DescribeContinuousBackupsCommand>;

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/** Tables with a key that AWS owns have no description of their encryption, or one without a key. */
const toEncryption = (sse: Description['SSEDescription']): Encryption | null =>
	sse === undefined || (sse.SSEType !== 'KMS' && sse.KMSMasterKeyArn === undefined && sse.InaccessibleEncryptionDateTime === undefined)
		? null
		: present({
				type: sse.SSEType,
				status: sse.Status,
				keyArn: sse.KMSMasterKeyArn,
				inaccessibleSince: sse.InaccessibleEncryptionDateTime,
			});

const toReplicas = (described: Description, arn: string, ownRegion: string): readonly Replica[] =>
	(described.Replicas ?? []).flatMap(replica => {
		const {RegionName: awsRegion} = replica;
		return awsRegion === undefined || awsRegion === ownRegion
			? []
			: {
					awsRegion,
					arn: replica.ReplicaArn ?? arnIn({arn}, awsRegion),
					keyId: replica.KMSMasterKeyId ?? null,
					...present({
						status: replica.ReplicaStatus,
						statusDescription: replica.ReplicaStatusDescription,
						inaccessibleSince: replica.ReplicaInaccessibleDateTime,
						tableClass: replica.ReplicaTableClassSummary?.TableClass,
					}),
				};
	});

const toTable = (described: Description, arn: string, ownRegion: string): Table => ({
	encryption: toEncryption(described.SSEDescription),
	replicas: toReplicas(described, arn, ownRegion),
	witnesses: (described.GlobalTableWitnesses ?? []).flatMap(({RegionName, WitnessStatus}) =>
		RegionName === undefined ? [] : {awsRegion: RegionName, ...present({status: WitnessStatus})},
	),
	...present({
		status: described.TableStatus,
		tableId: described.TableId,
		createdAt: described.CreationDateTime,
		// Tables that were never on demand tell no mode.
		billingMode: described.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
		tableClass: described.TableClassSummary?.TableClass ?? 'STANDARD',
		sizeBytes: described.TableSizeBytes,
		itemCount: described.ItemCount,
		deletionProtection: described.DeletionProtectionEnabled,
		globalTableVersion: described.GlobalTableVersion,
		multiRegionConsistency: described.MultiRegionConsistency,
		archival:
			described.ArchivalSummary === undefined
				? undefined
				: present({
						at: described.ArchivalSummary.ArchivalDateTime,
						reason: described.ArchivalSummary.ArchivalReason,
						backupArn: described.ArchivalSummary.ArchivalBackupArn,
					}),
	}),
});

/** Absent where the answer does not tell whether it is on. */
const toRecovery = ({ContinuousBackupsDescription}: Backups): NonNullable<Table['recovery']> | undefined => {
	const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
	const status = recovery?.PointInTimeRecoveryStatus;
	return status !== 'ENABLED' && status !== 'DISABLED'
		? undefined
		: {
				enabled: status === 'ENABLED',
				...present({
					periodDays: recovery?.RecoveryPeriodInDays,
					earliestAt: recovery?.EarliestRestorableDateTime,
					latestAt: recovery?.LatestRestorableDateTime,
				}),
			};
};

/** Global tables of 2017 by name, with their Regions; undefined where they may not be listed. */
type Legacy = {readonly regionsOf: ReadonlyMap<string, readonly string[]> | undefined; readonly facts: Facts<typeof commands>};

const readLegacy = async (aws: DynamoDb): Promise<Legacy> => {
	const facts = aws.facts();
	// Regions that were opened since have no such tables, and do not know the operation.
	const pages = await facts.attemptPages('ListGlobalTables', {RegionName: aws.awsRegion}, {absent: ['UnknownOperationException']});
	return {
		regionsOf:
			pages === undefined
				? undefined
				: new Map(
						(pages ?? []).flatMap(({GlobalTables = []}) =>
							GlobalTables.flatMap(({GlobalTableName, ReplicationGroup = []}) =>
								GlobalTableName === undefined
									? []
									: [[GlobalTableName, ReplicationGroup.flatMap(({RegionName}) => RegionName ?? [])] as const],
							),
						),
					),
		facts,
	};
};

/** States in which there is nothing left whose backups one could ask for. */
const gone = new Set(['DELETING', 'ARCHIVING', 'ARCHIVED']);

const readTable = async (aws: DynamoDb, name: string, legacy: Legacy): Promise<Resource<Table> | undefined> => {
	const facts = aws.facts();
	const answer = await facts.attempt('DescribeTable', {TableName: name}, {absent: ['ResourceNotFoundException']});
	// Deleted since it was listed.
	if (answer === null) {
		return undefined;
	}

	const described = answer?.Table;
	const backups = gone.has(described?.TableStatus ?? '')
		? undefined
		: await facts.attempt('DescribeContinuousBackups', {TableName: name}, {absent: ['TableNotFoundException']});
	const recovery = backups === null ? null : backups && toRecovery(backups);
	if (backups && recovery === undefined) {
		facts.missing('DescribeContinuousBackups', 'PointInTimeRecoveryStatus');
	}

	const {accountId, awsRegion, partition} = aws;
	const arn = described?.TableArn ?? `arn:${partition}:dynamodb:${awsRegion}:${accountId}:table/${name}`;
	return {
		arn,
		resourceType: tableType,
		resourceId: name,
		resourceName: name,
		accountId,
		awsRegion,
		// A call for each table at ten a second: not worth it.
		tags: {},
		configuration: {
			...(described && toTable(described, arn, awsRegion)),
			...present({recovery, legacyRegions: legacy.regionsOf && (legacy.regionsOf.get(name) ?? null)}),
		},
		unread: {...facts.unread, ...legacy.facts.unread},
		readAt: facts.readAt,
	};
};

export const collector = defineCollector({
	client: DynamoDBClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		async function* names(): AsyncGenerator<string, void, undefined> {
			for await (const {TableNames = []} of aws.pages('ListTables', {Limit: 100})) {
				yield* TableNames;
			}
		}

		const legacy = await readLegacy(aws);
		for await (const resource of aws.each(names(), async name => readTable(aws, name, legacy))) {
			if (resource !== undefined) {
				yield {yields: 'resource', resource};
			}
		}

		yield {yields: 'complete', of: tableType};
	},
});
