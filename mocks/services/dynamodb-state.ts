import type {GlobalTable, PointInTimeRecoveryDescription, ReplicaDescription, TableDescription} from '@aws-sdk/client-dynamodb';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

export type DynamoDbTable = {
	readonly table: TableDescription & {readonly TableName: string};
	readonly recovery: PointInTimeRecoveryDescription;
	/** Operations on it that are refused, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

export type DynamoDbState = {
	tables: readonly DynamoDbTable[];
	/** Those of version 2017.11.29. */
	readonly globalTables: readonly GlobalTable[];
	/** Operations that are refused for everything. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

/** The encryption of a table with a KMS key; without a key there is none to describe. */
export const encrypted = (
	keyArn: string | undefined,
	inaccessibleSince?: Date,
): NonNullable<TableDescription['SSEDescription']> | undefined =>
	keyArn === undefined
		? undefined
		: {
				Status: 'ENABLED',
				SSEType: 'KMS',
				KMSMasterKeyArn: keyArn,
				...(inaccessibleSince !== undefined && {InaccessibleEncryptionDateTime: inaccessibleSince}),
			};

export const recoveryOff: PointInTimeRecoveryDescription = {PointInTimeRecoveryStatus: 'DISABLED'};

export const recoveryOn = (place: Place, days = 35): PointInTimeRecoveryDescription => ({
	PointInTimeRecoveryStatus: 'ENABLED',
	RecoveryPeriodInDays: days,
	EarliestRestorableDateTime: place.daysAgo(days),
	// "Typically 5 minutes before the current time."
	LatestRestorableDateTime: place.minutesAgo(5),
});

type Facts = Partial<Omit<TableDescription, 'TableName'>> & {
	readonly keyArn?: string | undefined;
	readonly recovery?: PointInTimeRecoveryDescription;
	readonly refused?: DynamoDbTable['refused'];
	readonly sizeGb?: number;
	readonly ageDays?: number;
};

/** A table in good order: protected, recoverable, encrypted where a key is given; `facts` say what differs. */
export const table = (place: Place, name: string, facts: Facts = {}): DynamoDbTable => {
	const {keyArn, recovery = recoveryOn(place), refused = {}, sizeGb = 4, ageDays = 500, ...rest} = facts;
	const chance = place.random(`dynamodb/${name}`);
	return {
		table: {
			TableName: name,
			TableArn: place.arn('dynamodb', `table/${name}`),
			TableId: chance.uuid(),
			TableStatus: 'ACTIVE',
			CreationDateTime: place.daysAgo(ageDays),
			AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
			KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
			ProvisionedThroughput: {NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0},
			BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: place.daysAgo(ageDays)},
			TableSizeBytes: Math.round(sizeGb * 1e9),
			ItemCount: Math.round(sizeGb * 2e6),
			DeletionProtectionEnabled: true,
			...(keyArn !== undefined && {SSEDescription: encrypted(keyArn)}),
			...rest,
		},
		recovery,
		refused,
	};
};

/** The keys of a global table's replicas by Region; undefined where AWS owns it. */
export type ReplicaKeys = Readonly<Record<string, string | undefined>>;

/** A global table as its replica here tells of it: with all others among its replicas, and itself not. */
export const globalTable = (
	place: Place,
	name: string,
	keys: ReplicaKeys,
	facts: Facts & {readonly statuses?: Readonly<Record<string, Partial<ReplicaDescription>>>} = {},
): DynamoDbTable => {
	const {statuses = {}, ...rest} = facts;
	return table(place, name, {
		keyArn: keys[place.awsRegion],
		GlobalTableVersion: '2019.11.21',
		MultiRegionConsistency: 'EVENTUAL',
		Replicas: Object.entries(keys)
			.filter(([awsRegion]) => awsRegion !== place.awsRegion)
			.map(([awsRegion, keyArn]) => ({
				RegionName: awsRegion,
				ReplicaStatus: 'ACTIVE',
				ReplicaArn: place.arn('dynamodb', `table/${name}`, awsRegion),
				...(keyArn !== undefined && {KMSMasterKeyId: keyArn}),
				...statuses[awsRegion],
			})),
		...rest,
	});
};
