import {DescribeDBClustersCommand, DescribeGlobalClustersCommand, RDSClient} from '@aws-sdk/client-rds';
import {type Aws, type CommandOutput, defineCollector, type Facts, type Resource, type Yielded} from '../../model/index.js';
import {type Cluster, clusterType} from './rules/cluster.js';
import {type GlobalCluster, globalClusterType, type Member} from './rules/global-cluster.js';

const commands = {DescribeGlobalClusters: DescribeGlobalClustersCommand, DescribeDBClusters: DescribeDBClustersCommand};
type Rds = Aws<typeof commands>;
type RdsFacts = Facts<typeof commands>;
type Entry = NonNullable<CommandOutput<typeof DescribeGlobalClustersCommand>['GlobalClusters']>[number];
type Described = NonNullable<CommandOutput<typeof DescribeDBClustersCommand>['DBClusters']>[number];
type Listed = {readonly arn: string; readonly id: string; readonly entry: Entry; readonly members: readonly Member[]};

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

const toTags = (tags: Entry['TagList'] = []): Resource['tags'] =>
	Object.fromEntries(tags.flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? '']])));

/** `us-east-1` of `arn:aws:rds:us-east-1:123456789012:cluster:shop`. */
const regionOf = (arn: string): string => arn.split(':')[3] ?? '';
const nameOf = (arn: string): string => arn.split(':').slice(6).join(':') || arn;

const toMembers = (members: Entry['GlobalClusterMembers'] = []): readonly Member[] =>
	members
		.flatMap(({DBClusterArn: arn, IsWriter, SynchronizationStatus}) =>
			arn === undefined
				? []
				: [{arn, awsRegion: regionOf(arn), isWriter: IsWriter === true, ...present({synchronizationStatus: SynchronizationStatus})}],
		)
		// Of two that are alike in this the ARN decides, so that all Regions come to the same order.
		.sort((a, b) => Number(b.isWriter) - Number(a.isWriter) || (a.arn < b.arn ? -1 : 1));

const globalResource = (aws: Rds, {arn, id, entry, members}: Listed): Resource<GlobalCluster> => ({
	arn,
	resourceType: globalClusterType,
	resourceId: id,
	resourceName: id,
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: toTags(entry.TagList),
	configuration: {
		members,
		...present({
			status: entry.Status,
			engine: entry.Engine,
			engineVersion: entry.EngineVersion,
			storageEncrypted: entry.StorageEncrypted,
			storageEncryptionType: entry.StorageEncryptionType,
			deletionProtection: entry.DeletionProtection,
			endpoint: entry.Endpoint,
			failover: entry.FailoverState?.Status,
		}),
	},
	unread: {},
	readAt: {},
});

const factsOf = (described: Described): Partial<Cluster> => ({
	kmsKeyId: described.KmsKeyId ?? null,
	...present({
		status: described.Status,
		engine: described.Engine,
		engineVersion: described.EngineVersion,
		storageEncrypted: described.StorageEncrypted,
		storageEncryptionType: described.StorageEncryptionType,
		multiAz: described.MultiAZ,
		instances: described.DBClusterMembers?.length,
		deletionProtection: described.DeletionProtection,
		iamAuthentication: described.IAMDatabaseAuthenticationEnabled,
		backupRetentionDays: described.BackupRetentionPeriod,
		endpoint: described.Endpoint,
		readerEndpoint: described.ReaderEndpoint,
	}),
});

// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html: at most as many records as a page.
const atOnce = 100;

type Here = {readonly member: Member; readonly of: Listed};

/** The members in this Region, each with what is told of it: that it is one is known even where nothing else is. */
async function* members(aws: Rds, here: readonly Here[]): AsyncGenerator<Resource<Cluster>, void, undefined> {
	for (let from = 0; from < here.length; from += atOnce) {
		const batch = here.slice(from, from + atOnce);
		const facts: RdsFacts = aws.facts();
		const pages = await facts.attemptPages('DescribeDBClusters', {
			// Clusters that are in no global cluster are not asked for.
			Filters: [{Name: 'db-cluster-id', Values: batch.map(({member}) => member.arn).sort()}],
			MaxRecords: atOnce,
		});
		const described = new Map(pages?.flatMap(page => page.DBClusters ?? []).map(one => [one.DBClusterArn, one]));
		for (const {member, of} of batch) {
			const one = described.get(member.arn);
			const own: RdsFacts = aws.facts();
			if (pages !== undefined && one === undefined) {
				own.missing('DescribeDBClusters', `the cluster ${nameOf(member.arn)}`);
			}

			yield {
				arn: member.arn,
				resourceType: clusterType,
				resourceId: nameOf(member.arn),
				resourceName: nameOf(member.arn),
				accountId: aws.accountId,
				awsRegion: aws.awsRegion,
				tags: toTags(one?.TagList),
				configuration: {
					...(one && factsOf(one)),
					globalClusterId: of.id,
					globalClusterArn: of.arn,
					isWriter: member.isWriter,
				},
				unread: {...facts.unread, ...own.unread},
				readAt: facts.readAt,
			};
		}
	}
}

export const collector = defineCollector({
	client: RDSClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const listed: Listed[] = [];
		let complete = true;
		// Every Region tells of every global cluster: of those with a member here each Region tells its own part.
		const input = {Filters: [{Name: 'region', Values: [aws.awsRegion]}], MaxRecords: 100};
		for await (const {GlobalClusters = []} of aws.pages('DescribeGlobalClusters', input)) {
			for (const entry of GlobalClusters) {
				const {GlobalClusterArn: arn, GlobalClusterIdentifier: id} = entry;
				const found = toMembers(entry.GlobalClusterMembers);
				if (arn === undefined || id === undefined || found.length < (entry.GlobalClusterMembers ?? []).length) {
					aws.facts().missing('DescribeGlobalClusters', 'GlobalClusterArn, GlobalClusterIdentifier or DBClusterArn');
					complete = false;
				} else {
					listed.push({arn, id, entry, members: found});
				}
			}
		}

		for (const one of listed) {
			// The writer is the first. One whose writer lies in a Region that is not watched shows by its members alone.
			if (one.members[0]?.awsRegion === aws.awsRegion) {
				yield {yields: 'resource', resource: globalResource(aws, one)};
			}
		}

		const here = listed.flatMap(of => of.members.filter(({awsRegion}) => awsRegion === aws.awsRegion).map(member => ({member, of})));
		for await (const resource of members(aws, here)) {
			yield {yields: 'resource', resource};
		}

		if (complete) {
			yield {yields: 'complete', of: globalClusterType};
			yield {yields: 'complete', of: clusterType};
		}
	},
});
