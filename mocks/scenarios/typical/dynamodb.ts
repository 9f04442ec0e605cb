import {
	type DynamoDbState,
	type DynamoDbTable,
	encrypted,
	globalTable,
	type ReplicaKeys,
	recoveryOff,
	recoveryOn,
	table,
} from '../../services/dynamodb-state.js';
import {keyArn, multiRegionKeyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

// A policy of the organization that nobody lifted for us.
const boundary = 'explicit-deny-in-permissions-boundary' as const;

/** One multi-Region key in several Regions. */
const everywhere = (place: Place, alias: string, regions: readonly string[]): ReplicaKeys =>
	Object.fromEntries(regions.map(awsRegion => [awsRegion, multiRegionKeyArn(place, alias, awsRegion)]));

/** The global tables of the account, as the replica in this place tells of them; those without one here are left out. */
const globalTables = (place: Place): DynamoDbTable[] => {
	const virginia = 'us-east-1';
	const ireland = 'eu-west-1';
	const all: ReadonlyArray<readonly [keys: ReplicaKeys, make: (keys: ReplicaKeys) => DynamoDbTable]> = [
		[
			{[virginia]: keyArn(place, 'prod/orders', virginia), [ireland]: keyArn(place, 'prod/payments-eu', ireland)},
			keys => globalTable(place, 'orders', keys, {sizeGb: 212, ageDays: 900}),
		],
		[
			everywhere(place, 'prod/sessions', [virginia, ireland]),
			keys =>
				globalTable(place, 'sessions', keys, {
					sizeGb: 18,
					recovery: place.awsRegion === virginia ? recoveryOn(place, 7) : recoveryOff,
					// AWS leaves out the key of some replicas that have one.
					statuses: {[virginia]: {KMSMasterKeyId: undefined}},
				}),
		],
		[
			{[virginia]: keyArn(place, 'prod/customer-data', virginia), [ireland]: undefined},
			keys => globalTable(place, 'carts', keys, {sizeGb: 9}),
		],
		// Of 2017: its replicas know nothing of each other's settings.
		[
			{[virginia]: undefined, [ireland]: undefined},
			() => table(place, 'catalog', {ageDays: 2600, sizeGb: 31, GlobalTableVersion: '2017.11.29', recovery: recoveryOff}),
		],
		// Tokyo is a Region that nobody watches.
		[
			{[virginia]: undefined, [ireland]: undefined, 'ap-northeast-1': undefined},
			keys =>
				globalTable(place, 'stock', keys, {
					sizeGb: 66,
					statuses: {
						'ap-northeast-1': {
							ReplicaStatus: 'REPLICATION_NOT_AUTHORIZED',
							ReplicaStatusDescription: 'A resource-based policy denies AWSServiceRoleForDynamoDBReplication',
							ReplicaInaccessibleDateTime: place.hoursAgo(14.2),
						},
					},
				}),
		],
		// Milan comes first by name, and tells nothing of it: it is judged in Ireland.
		[
			everywhere(place, 'prod/global-table', ['eu-south-1', ireland, virginia]),
			keys =>
				globalTable(place, 'prices', keys, {
					sizeGb: 2,
					...(place.awsRegion === 'eu-south-1' && {refused: {DescribeTable: boundary}}),
				}),
		],
		[
			{[virginia]: undefined, 'us-east-2': undefined},
			keys =>
				globalTable(place, 'balances', keys, {
					MultiRegionConsistency: 'STRONG',
					GlobalTableWitnesses: [{RegionName: 'us-west-2', WitnessStatus: 'ACTIVE'}],
					sizeGb: 40,
				}),
		],
	];
	return all.flatMap(([keys, make]) => (place.awsRegion in keys ? [make(keys)] : []));
};

/** The key that is disabled, or scheduled for deletion: `prod/old-checkout` of KMS. */
const inaccessible = (place: Place): Partial<DynamoDbTable['table']> => ({
	TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
	SSEDescription: encrypted(keyArn(place, 'prod/old-checkout'), place.hoursAgo(55)),
});

const northVirginia = (place: Place): DynamoDbTable[] => [
	...globalTables(place),
	table(place, 'audit', {...inaccessible(place), sizeGb: 120, ageDays: 1500}),
	table(place, 'ledger-2021', {
		TableStatus: 'ARCHIVED',
		DeletionProtectionEnabled: false,
		SSEDescription: encrypted(keyArn(place, 'dev/disabled-sandbox'), place.daysAgo(40)),
		ArchivalSummary: {
			ArchivalDateTime: place.daysAgo(33),
			ArchivalReason: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
			ArchivalBackupArn: place.arn('dynamodb', 'table/ledger-2021/backup/01699000000000-1a2b3c4d'),
		},
		sizeGb: 0,
	}),
	table(place, 'inventory', {DeletionProtectionEnabled: false, recovery: recoveryOff, sizeGb: 14, ageDays: 1100}),
	table(place, 'partner-quotas', {refused: {DescribeTable: 'no-identity-based-policy'}}),
	table(place, 'events', {sizeGb: 480, refused: {DescribeContinuousBackups: 'no-identity-based-policy'}}),
	table(place, 'customers', {keyArn: keyArn(place, 'prod/customer-data'), sizeGb: 77}),
	table(place, 'tf-state-lock', {DeletionProtectionEnabled: false, recovery: recoveryOff, sizeGb: 0.000_01, ageDays: 1900}),
	table(place, 'image-cache', {
		recovery: recoveryOff,
		sizeGb: 950,
		TableClassSummary: {TableClass: 'STANDARD_INFREQUENT_ACCESS', LastUpdateDateTime: place.daysAgo(90)},
	}),
	table(place, 'promo-2025', {TableStatus: 'DELETING', DeletionProtectionEnabled: false}),
	...['reviews', 'wishlists', 'feature-flags', 'notifications', 'returns'].map((name, index) =>
		table(place, name, {sizeGb: 0.4 + index * 3}),
	),
];

/** Ohio holds the other half of a table that is strongly consistent, and nothing else. */
export const elsewhere = ['us-east-2'];

/** Thirty-odd tables, seven of them global. */
export const populate: Populate<DynamoDbState> = place => {
	const catalog = {GlobalTableName: 'catalog', ReplicationGroup: [{RegionName: 'us-east-1'}, {RegionName: 'eu-west-1'}]};
	switch (place.awsRegion) {
		case 'us-east-1':
			return {tables: northVirginia(place), globalTables: [catalog], refused: {}};
		case 'eu-west-1':
			return {
				tables: [
					...globalTables(place),
					table(place, 'eu-consents', {keyArn: keyArn(place, 'prod/payments-eu'), sizeGb: 3}),
					table(place, 'eu-vat', {recovery: recoveryOff}),
				],
				globalTables: [catalog],
				refused: {},
			};
		case 'eu-south-1':
			return {
				tables: [...globalTables(place), table(place, 'scontrini', {keyArn: keyArn(place, 'prod/fiscal-archive'), sizeGb: 22})],
				globalTables: [],
				refused: {DescribeContinuousBackups: boundary, ListGlobalTables: boundary},
			};
		case 'ap-southeast-2':
			return {
				tables: [table(place, 'test-table', {DeletionProtectionEnabled: false, recovery: recoveryOff, ageDays: 2700, sizeGb: 0.001})],
				globalTables: [],
				refused: {},
			};
		case 'us-east-2':
			return {tables: globalTables(place), globalTables: [], refused: {}};
		case 'eu-west-2':
			return {tables: [table(place, 'uk-archive-index', {sizeGb: 1})], globalTables: [], refused: {}};
		default:
			return undefined;
	}
};

const change = (state: DynamoDbState, name: string, facts: Partial<DynamoDbTable['table']>): void => {
	state.tables = state.tables.map(one => (one.table.TableName === name ? {...one, table: {...one.table, ...facts}} : one));
};

/** Somebody gives the audit table its key back, and takes the protection of another away. */
export const timeline: Timeline<DynamoDbState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 70,
			what: 'deletion protection of customers is turned off',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'customers', {DeletionProtectionEnabled: false}),
		},
		{
			atSeconds: 150,
			what: 'the key of audit can be used again',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'audit', {TableStatus: 'ACTIVE', SSEDescription: encrypted(keyArn(moment, 'prod/old-checkout'))}),
		},
		{
			atSeconds: 275,
			what: 'customers is protected again, and the key of audit is out of reach',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				change(state, 'customers', {DeletionProtectionEnabled: true});
				change(state, 'audit', inaccessible(moment));
			},
		},
	],
};
