import {listed, type Rule, unpublished} from '../../../model/index.js';
import type {ClusterMember, Readiness, TableReplica} from '../rows.js';
import {together} from '../words.js';
import {judgeKey, kmsGuide, unknown} from './common.js';

const enable = {
	text: 'Enable the key, cancel its deletion, or import its material again, before what depends on it is taken away.',
	cli: 'aws kms enable-key --key-id KEY_ID --region {region}',
} as const;

const tableKey: Rule<TableReplica> = {
	id: 'multiregion-table-key-usable',
	title: 'The key of a global table works in each of its Regions',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Each replica is encrypted with a key of its own Region. When that one is disabled or deleted DynamoDB calls the replica inaccessible. An eventually consistent one leaves its global table after 20 hours, and what was written there alone is lost to the others; where the table is strongly consistent writes fail at once.',
	remediation: {...enable, url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html'},
	note: 'Asked of the key itself, before DynamoDB notices. Encryption at rest needs no multi-Region keys: any key of the Region does. Fails as CRITICAL where the key is gone or about to be.',
	reads: ['dynamodb:DescribeTable', 'kms:DescribeKey', 'kms:ListKeys'],
	evaluate: ({configuration}) =>
		judgeKey(configuration, {
			withoutKey: 'encrypted with a key that AWS owns',
			otherwise: 'after 20 hours without it an eventually consistent replica leaves its global table',
			whenLost: 'CRITICAL',
		}),
};

/** What should be true of a global table in one Region. */
export const tableRules: ReadonlyArray<Rule<TableReplica>> = [tableKey];

const clusterKey: Rule<ClusterMember> = {
	id: 'multiregion-cluster-key-usable',
	title: 'The key of a global database works in each of its Regions',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Every cluster of a global database has its own KMS key, of its own Region. A secondary whose key is gone cannot be failed over to, and a writer whose key is gone is a database that nobody opens again.',
	remediation: {...enable, url: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html'},
	note: 'Asked of the key itself, before RDS notices, calls the cluster inaccessible and stops it. Whether it is encrypted at all, and with whose key, is the cluster’s own rule. Fails as CRITICAL where the key is gone or about to be.',
	reads: ['rds:DescribeDBClusters', 'kms:DescribeKey', 'kms:ListKeys'],
	evaluate: ({configuration}) =>
		judgeKey(configuration, {
			withoutKey: configuration.encryption === 'none' ? 'not encrypted at rest at all' : 'encrypted with a key that AWS owns',
			otherwise: 'RDS stops a cluster that cannot use its key, and nothing can be failed over to it',
			whenLost: 'CRITICAL',
		}),
};

/** What should be true of a cluster of a global database. */
export const clusterRules: ReadonlyArray<Rule<ClusterMember>> = [clusterKey];

const clientSide: Rule<Readiness> = {
	id: 'multiregion-readiness-client-side',
	title: 'Data of several Regions could be encrypted by the application and read in each of them',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'An application that encrypts attributes or columns itself, under a multi-Region key, keeps them from administrators of the database too, and decrypts them in another Region with the replica key there, without a call across Regions. That takes a key in every Region that the data is in.',
	remediation: {
		text: 'Make a multi-Region key, replicate it to each Region of the data, and name it to the AWS Database Encryption SDK (DynamoDB) or the AWS Encryption SDK (Aurora), in their multi-Region aware keyrings.',
		cli: 'aws kms replicate-key --key-id MULTI_REGION_KEY_ID --replica-region OTHER_REGION --region {region}',
		terraform:
			'resource "aws_kms_replica_key" "this" {\n  provider        = aws.other_region\n  primary_key_arn = aws_kms_key.primary.arn\n}',
		url: `${kmsGuide}/multi-region-keys-overview.html`,
	},
	note: 'No API tells whether an application encrypts anything: this says where it could, not that it does, and a key that is found may serve something else. Older notes speak of the DynamoDB Encryption Client; it is now the AWS Database Encryption SDK. Where data need not be hidden from whoever runs the database, encryption at rest is enough and no such key is wanted.',
	reads: [],
	evaluate({configuration: {regions, keys, because, nearest, mayHaveMore}}) {
		const [first] = keys;
		const evidence = {
			expected: 'one multi-Region key, enabled in each Region',
			observed: first === undefined ? 'none' : listed(keys),
			operation: 'DescribeKey',
		};
		if (first !== undefined) {
			return mayHaveMore === undefined
				? {verdict: 'PASS', reason: `could be: ${listed(keys)} ${keys.length === 1 ? 'works' : 'work'} in ${together(regions)}`, evidence}
				: unknown(`${listed(keys)} would do in ${together(regions)}; but ${mayHaveMore}`);
		}

		if (because !== undefined) {
			return unknown(because);
		}

		return {
			verdict: 'FAIL',
			reason: `could not be: no multi-Region key works in ${together(regions)}${nearest === undefined ? '' : `; ${nearest.key}, the nearest, does not in ${together(nearest.lacks)}`}`,
			evidence,
		};
	},
};

/** What could be done with data that is in several Regions. */
export const readinessRules: ReadonlyArray<Rule<Readiness>> = [clientSide];
