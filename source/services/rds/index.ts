import {defineService, type Kind} from '../../model/index.js';
import {type Cluster, clusterType} from './rules/cluster.js';
import {encryptionOf} from './rules/encryption.js';
import {type GlobalCluster, globalClusterType, type Member} from './rules/global-cluster.js';
import {clusterRules, globalClusterRules} from './rules/index.js';

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

const encryption = {none: 'none', owned: 'key of AWS', kms: 'KMS', unclear: undefined} as const;

const memberInWords = ({arn, awsRegion, isWriter, synchronizationStatus}: Member): string =>
	[awsRegion, arn.split(':').at(-1), isWriter ? 'writer' : (synchronizationStatus ?? 'secondary')].join(' ');

const invisible = 'not visible to any AWS API';

const globalClusters: Kind<GlobalCluster> = {
	resourceType: globalClusterType,
	title: 'Global databases',
	columns: [
		{title: 'Encryption', value: ({configuration}) => encryption[encryptionOf(configuration)]},
		{title: 'Regions', value: ({configuration}) => configuration.members.map(({awsRegion}) => awsRegion).join(', ')},
		{title: 'Engine', value: ({configuration}) => configuration.engine},
		{title: 'Status', value: ({configuration}) => configuration.failover ?? configuration.status},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Failover', value: ({configuration}) => configuration.failover},
		{
			title: 'Engine',
			value: ({configuration}) => [configuration.engine, configuration.engineVersion].filter(Boolean).join(' ') || undefined,
		},
		{title: 'Encryption at rest', value: ({configuration}) => encryption[encryptionOf(configuration)]},
		{title: 'Client-side encryption', value: () => invisible},
		{title: 'Clusters', value: ({configuration}) => configuration.members.map(memberInWords).join(', ')},
		{title: 'Endpoint', value: ({configuration}) => configuration.endpoint},
		{title: 'Deletion protection', value: ({configuration}) => yesNo(configuration.deletionProtection)},
	],
	rules: globalClusterRules,
	consolePath: ({resourceId, awsRegion}) =>
		`rds/home?region=${awsRegion}#database:id=${encodeURIComponent(resourceId)};is-global-cluster=true`,
};

const clusters: Kind<Cluster> = {
	resourceType: clusterType,
	title: 'Clusters of global databases',
	columns: [
		{title: 'Global database', value: ({configuration}) => configuration.globalClusterId},
		{title: 'Role', value: ({configuration}) => (configuration.isWriter ? 'writer' : 'secondary')},
		{title: 'Encryption', value: ({configuration}) => encryption[encryptionOf(configuration)]},
		{title: 'Instances', value: ({configuration}) => configuration.instances},
	],
	facts: [
		{title: 'Global database', value: ({configuration}) => configuration.globalClusterId},
		{title: 'Role', value: ({configuration}) => (configuration.isWriter ? 'writer' : 'secondary')},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{
			title: 'Engine',
			value: ({configuration}) => [configuration.engine, configuration.engineVersion].filter(Boolean).join(' ') || undefined,
		},
		{title: 'Encryption at rest', value: ({configuration}) => encryption[encryptionOf(configuration)]},
		{title: 'Key', value: ({configuration: {kmsKeyId}}) => (kmsKeyId === null ? 'none of KMS' : kmsKeyId)},
		{title: 'Client-side encryption', value: () => invisible},
		{title: 'Instances', value: ({configuration}) => configuration.instances},
		{title: 'Several zones', value: ({configuration}) => yesNo(configuration.multiAz)},
		{title: 'Deletion protection', value: ({configuration}) => yesNo(configuration.deletionProtection)},
		{title: 'IAM authentication', value: ({configuration}) => yesNo(configuration.iamAuthentication)},
		{title: 'Days of backups', value: ({configuration}) => configuration.backupRetentionDays},
		{title: 'Endpoint', value: ({configuration}) => configuration.endpoint},
		{title: 'Endpoint of readers', value: ({configuration}) => configuration.readerEndpoint},
	],
	rules: clusterRules,
	consolePath: ({resourceId, awsRegion}) => `rds/home?region=${awsRegion}#database:id=${encodeURIComponent(resourceId)};is-cluster=true`,
};

const rate = {
	requestsPerSecond: 5,
	paging: {input: 'Marker', output: 'Marker'},
	source: 'AWS publishes no rates for the RDS API: a cautious guess',
} as const;

export const rds = defineService({
	id: 'rds',
	title: 'Aurora global',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 3 * 60_000}},
	iamPrefix: 'rds',
	operations: {
		DescribeGlobalClusters: {...rate, answers: ['GlobalClusters']},
		// Asked for members of global clusters alone.
		DescribeDBClusters: {...rate, answers: ['DBClusters']},
	},
	kinds: [globalClusters, clusters],
	load: async () => import('./collect.js'),
});
