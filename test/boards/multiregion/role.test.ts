import {describe, expect, test} from 'vitest';
import {answer, key, keyArn, own, policy, roleArn, there, toIam, toRole} from './inputs.js';
import {copies, kms, lake, ownKeys, type Story, sessions, without, worldOf} from './lake.js';

const closed = (...statements: readonly object[]) => ({policy: policy(...statements)});
const toAdmin = {Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${own}:role/admin`}, Action: 'kms:*', Resource: '*'};
const inIreland = {awsRegion: there};

describe('the keys let the role in', () => {
	const stories: ReadonlyArray<readonly [name: string, story: Story, expected: string]> = [
		[
			'both leave it to IAM',
			{},
			'PASS: the policy of lake leaves kms:Decrypt to IAM; the policy of copies leaves kms:Encrypt to IAM, whose policies are not read here',
		],
		[
			'both name it',
			{keys: [key('lake', closed(toRole('kms:Decrypt'))), key('copies', closed(toRole(['kms:Encrypt', 'kms:Decrypt'])), inIreland)]},
			'PASS: the policy of lake allows it kms:Decrypt; the policy of copies allows it kms:Encrypt',
		],
		[
			'one names it on a condition',
			{keys: [key('lake', closed(toRole('kms:*', {Condition: {StringEquals: {'kms:ViaService': 's3.us-east-1.amazonaws.com'}}}))), copies]},
			'PASS: the policy of lake allows it kms:Decrypt, if kms:ViaService allows it',
		],
		[
			'the source’s key names another role',
			{keys: [key('lake', closed(toAdmin)), copies]},
			'FAIL HIGH: replicator is kept out: the policy of lake does not allow it kms:Decrypt, nor leaves that to IAM',
		],
		[
			'the destination’s key lets it decrypt alone',
			{keys: [lake, key('copies', closed(toRole('kms:Decrypt')), inIreland)]},
			'FAIL HIGH: replicator is kept out: the policy of copies does not allow it kms:Encrypt',
		],
		[
			'the destination’s key lets it encrypt alone, and objects have a Bucket Key',
			{keys: [lake, key('copies', closed(toRole('kms:Encrypt')), inIreland)]},
			'FAIL HIGH: replicator is kept out: the policy of copies does not allow it kms:Decrypt',
		],
		[
			'the destination’s key lets it encrypt alone, and objects have no Bucket Key',
			{source: {encryption: {...kms, bucketKeyEnabled: false}}, keys: [lake, key('copies', closed(toRole('kms:Encrypt')), inIreland)]},
			'PASS: ',
		],
		[
			'a statement denies it',
			{keys: [key('lake', closed(toIam, {...toRole('kms:Decrypt'), Effect: 'Deny', Sid: 'NoCopies'})), copies]},
			'FAIL HIGH: replicator is kept out: the policy of lake denies it kms:Decrypt by “NoCopies”',
		],
		[
			'a grant lets it in',
			{
				keys: [
					key('lake', {
						...closed(toAdmin),
						grantees: [{principal: roleArn, isService: false, grants: 1, operations: ['Decrypt']}],
					}),
					copies,
				],
			},
			'PASS: the policy of lake allows it kms:Decrypt, by a grant',
		],
		[
			'a policy that may not be read',
			{keys: [without(lake, 'policy', 'kms:GetKeyPolicy'), copies]},
			'UNKNOWN: whether lake lets replicator in is not known: kms:GetKeyPolicy was denied',
		],
		[
			'grants that may not be listed, where the policy keeps it out',
			{keys: [without(key('lake', closed(toAdmin)), 'grantees', 'kms:ListGrants'), copies]},
			'UNKNOWN: whether lake lets replicator in is not known: its policy does not allow it kms:Decrypt, nor leaves that to IAM, and of grants kms:ListGrants was denied',
		],
		[
			'a policy that is none',
			{keys: [key('lake', {policy: 'x'}), copies]},
			'UNKNOWN: whether lake lets replicator in is not known: the policy is not JSON',
		],
		[
			'a key of another account',
			{rule: {replicaKmsKeyId: 'arn:aws:kms:eu-west-1:888877776666:key/x'}},
			'UNKNOWN: whether x lets replicator in is not known: it belongs to account 888877776666',
		],
		['a key that AWS manages', {source: {encryption: {...kms, kmsKeyId: null}}}, 'PASS: the policy of aws/s3 lets in whoever S3 lets in'],
		['no objects that KMS encrypts', {rule: {replicatesKmsObjects: false}}, 'NOT_APPLICABLE: it takes no objects along'],
		['no key to let anybody in', {rule: {replicaKmsKeyId: null}}, 'NOT_APPLICABLE: there is no key for replicas'],
	];
	test.each(stories)('%s', (_, story, expected) => {
		expect(answer(worldOf(story), 'lake/all', 'replication-role-admitted')).toContain(expected);
	});
});

const one = {source: {encryption: {...kms, kmsKeyId: keyArn('mrk-sessions')}}, keys: sessions} as const;

test.each<readonly [name: string, rule: string, story: Story, expected: string]>([
	['the Bucket Key is on', 'bucket-key', {}, 'PASS: its Bucket Key is on'],
	[
		'the Bucket Key is off',
		'bucket-key',
		{source: {encryption: {...kms, bucketKeyEnabled: false}}},
		'FAIL LOW: its Bucket Key is off: for every object KMS is asked in us-east-1 to decrypt and in eu-west-1 to encrypt',
	],
	['encrypted twice', 'bucket-key', {source: {encryption: {...kms, algorithm: 'aws:kms:dsse'}}}, 'NOT_APPLICABLE: S3 has no Bucket Keys'],
	['S3’s keys', 'bucket-key', {source: {encryption: ownKeys}}, 'NOT_APPLICABLE: by default KMS encrypts no object here'],
	['the encryption is not known', 'bucket-key', {lacks: ['encryption']}, 'UNKNOWN: its default encryption is not known: s3:GetEncryption'],
	['two keys', 'one-key', {}, 'NOT_APPLICABLE: its keys are not of one multi-Region key'],
	[
		'one key, used as two',
		'one-key',
		{...one, rule: {replicaKmsKeyId: keyArn('mrk-sessions', there)}},
		'FAIL INFORMATIONAL: sessions is one',
	],
	['one key, used as one', 'one-key', {...one, rule: {replicaKmsKeyId: null, usesSourceMultiRegionKey: true}}, 'PASS: replicas take'],
])('%s', (_, name, story, expected) => {
	expect(answer(worldOf(story), 'lake/all', `replication-${name}`)).toContain(expected);
});
