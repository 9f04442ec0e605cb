import {
	type DBCluster,
	DescribeDBClustersCommand,
	DescribeGlobalClustersCommand,
	FailoverStatus,
	type GlobalCluster,
	GlobalClusterMemberSynchronizationStatus,
	StorageEncryptionType,
} from '@aws-sdk/client-rds';
import {AwsError} from '../endpoint/aws-error.js';
import {random} from '../endpoint/random.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {RdsCluster, RdsGlobalCluster, RdsMember, RdsState} from './rds-state.js';

// Behaviour is that of https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html.

type Rds = Context<RdsState>;

/** "Default: 100. Constraints: Minimum 20, maximum 100." */
const paging = {token: 'Marker', limit: 'MaxRecords', defaultLimit: 100, maximumLimit: 100, minimumLimit: 20} as const;

const allow = (context: Rds): void => {
	const reason = context.state.refused[context.operation];
	if (reason !== undefined) throw context.denied(undefined, reason);
};

/** "If encrypted with an AWS owned key, this value is false and StorageEncryptionType is sse-rds." */
const encryptionOf = ({encryption}: {readonly encryption: StorageEncryptionType}) => ({
	StorageEncrypted: encryption === 'sse-kms',
	StorageEncryptionType: encryption,
});

const tagsOf = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({Key, Value}));

const memberArn = ({name, awsRegion}: RdsMember, {partition, accountId}: Rds): string =>
	`arn:${partition}:rds:${awsRegion}:${accountId}:cluster:${name}`;

const globalEntry = (one: RdsGlobalCluster, context: Rds): GlobalCluster => ({
	GlobalClusterIdentifier: one.id,
	GlobalClusterResourceId: `cluster-${random(`${context.accountId}/rds/${one.id}`).hex(16)}`,
	GlobalClusterArn: `arn:${context.partition}:rds::${context.accountId}:global-cluster:${one.id}`,
	Status: one.status,
	Engine: one.engine,
	EngineVersion: '16.6',
	...encryptionOf(one),
	DeletionProtection: one.deletionProtection,
	GlobalClusterMembers: one.members.map(member => ({
		DBClusterArn: memberArn(member, context),
		Readers: member.isWriter ? one.members.filter(other => !other.isWriter).map(other => memberArn(other, context)) : [],
		IsWriter: member.isWriter,
		SynchronizationStatus: member.synchronizationStatus,
	})),
	Endpoint: `${one.id}.global-${random(`${context.accountId}/rds/${one.id}/endpoint`).hex(12)}.global.rds.amazonaws.com`,
	...(one.failover !== undefined && {FailoverState: {Status: one.failover}}),
	TagList: tagsOf(one.tags),
});

const clusterEntry = (one: RdsCluster, context: Rds): DBCluster => {
	const host = `${random(`${context.accountId}/${context.awsRegion}/rds`).hex(12)}.${context.awsRegion}.rds.amazonaws.com`;
	return {
		DBClusterIdentifier: one.name,
		DBClusterArn: context.arn(`cluster:${one.name}`),
		Status: one.status,
		Engine: one.engine,
		EngineVersion: '16.6',
		...encryptionOf(one),
		...(one.kmsKeyId !== undefined && {KmsKeyId: one.kmsKeyId}),
		// Storage spans three zones whatever the instances do.
		AvailabilityZones: ['a', 'b', 'c'].map(letter => `${context.awsRegion}${letter}`),
		MultiAZ: new Set(one.instances).size > 1,
		DBClusterMembers: [...one.instances].map((letter, index) => ({
			DBInstanceIdentifier: `${one.name}-${index + 1}`,
			IsClusterWriter: index === 0,
			DBClusterParameterGroupStatus: 'in-sync',
			PromotionTier: letter === 'a' ? 0 : 1,
		})),
		BackupRetentionPeriod: 14,
		Endpoint: `${one.name}.cluster-${host}`,
		ReaderEndpoint: `${one.name}.cluster-ro-${host}`,
		IAMDatabaseAuthenticationEnabled: one.iamAuthentication,
		DeletionProtection: one.deletionProtection,
		TagList: tagsOf(one.tags),
	};
};

const filter = (
	input: {
		readonly Filters?: ReadonlyArray<{readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined}> | undefined;
	},
	name: string,
): readonly string[] | undefined => {
	const strange = input.Filters?.find(one => one.Name !== name);
	if (strange !== undefined) throw new AwsError('InvalidParameterValue', `Unrecognized filter name: ${strange.Name}`);
	return input.Filters?.flatMap(({Values}) => Values ?? []);
};

export const rds = defineMockService({
	id: 'rds',
	signingName: 'rds',
	protocol: {name: 'awsQuery', version: '2014-10-31', xmlNamespace: 'http://rds.amazonaws.com/doc/2014-10-31/'},
	errors: {
		validation: 'InvalidParameterValue',
		throttled: {name: 'Throttling', httpStatus: 400, message: 'Rate exceeded'},
		denied: {name: 'AccessDenied', httpStatus: 403},
		regionOff: {name: 'InvalidClientTokenId', httpStatus: 403, message: 'The security token included in the request is invalid'},
	},
	enums: [FailoverStatus, GlobalClusterMemberSynchronizationStatus, StorageEncryptionType],
	empty: (): RdsState => ({globalClusters: [], clusters: [], refused: {}}),
	commands: {DescribeGlobalClusters: DescribeGlobalClustersCommand, DescribeDBClusters: DescribeDBClustersCommand},
	handlers: {
		DescribeGlobalClusters: (input, context) => {
			allow(context);
			// "Any global cluster with at least one member in the specified Regions."
			const regions = filter(input, 'region');
			const wanted = context.state.globalClusters.filter(
				({members}) => regions === undefined || members.some(({awsRegion}) => regions.includes(awsRegion)),
			);
			const {page, token} = context.paginate(wanted, input, paging);
			return {GlobalClusters: page.map(one => globalEntry(one, context)), ...(token !== undefined && {Marker: token})};
		},

		DescribeDBClusters: (input, context) => {
			allow(context);
			const named = filter(input, 'db-cluster-id');
			const wanted = context.state.clusters.filter(
				({name}) => named === undefined || named.includes(name) || named.includes(context.arn(`cluster:${name}`)),
			);
			const {page, token} = context.paginate(wanted, input, paging);
			return {DBClusters: page.map(one => clusterEntry(one, context)), ...(token !== undefined && {Marker: token})};
		},
	},
});
