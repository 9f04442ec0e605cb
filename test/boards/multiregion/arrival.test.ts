import {describe, expect, test} from 'vitest';
import type {Encryption, ReplicationRule} from '../../../source/services/s3/rules/bucket.js';
import {answer, denied, key, keyArn, locked, member, own, rowsOf, there} from './inputs.js';
import {copies, kms, lake, ownKeys, type Story, sessions, worldOf} from './lake.js';

const withSessions: Encryption = {...kms, kmsKeyId: keyArn('mrk-sessions')};

const demanding = (condition: object, more: object = {}): string =>
	JSON.stringify({Statement: [{Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*', Condition: condition, ...more}]});

const unlessKms = {StringNotEquals: {'s3:x-amz-server-side-encryption': 'aws:kms'}};

describe('what a rule is for arrives', () => {
	const stories: ReadonlyArray<readonly [name: string, story: Story, expected: string]> = [
		['all in order', {}, 'PASS: everything can reach copy, encrypted with copies'],
		['the rule is disabled', {rule: {isEnabled: false}}, 'NOT_APPLICABLE: the rule is disabled'],
		[
			'KMS objects not selected',
			{rule: {replicatesKmsObjects: false, replicaKmsKeyId: null}},
			'FAIL HIGH: it leaves out objects that KMS encrypts, and by default that is every new one: nothing new gets to copy',
		],
		[
			'KMS objects not selected, and S3’s keys encrypt',
			{source: {encryption: ownKeys}, rule: {replicatesKmsObjects: false}},
			'PASS: everything can reach copy: new objects are encrypted with S3’s own keys',
		],
		[
			'KMS objects not selected, and the policy demands KMS',
			{
				source: {encryption: ownKeys, policy: demanding({StringNotEquals: {'s3:x-amz-server-side-encryption': 'aws:kms'}})},
				rule: {replicatesKmsObjects: false},
			},
			'FAIL HIGH: it leaves out objects that KMS encrypts, and the bucket’s policy lets in no others',
		],
		[
			'KMS objects not selected, and the policy demands a key',
			{
				source: {encryption: ownKeys, policy: demanding({Null: {'s3:x-amz-server-side-encryption-aws-kms-key-id': 'true'}})},
				rule: {replicatesKmsObjects: false},
			},
			'FAIL HIGH: it leaves out',
		],
		[
			'the policy demands KMS only of uploads that say something',
			{
				source: {encryption: ownKeys, policy: demanding({StringNotEqualsIfExists: {'s3:x-amz-server-side-encryption': 'aws:kms'}})},
				rule: {replicatesKmsObjects: false},
			},
			'PASS: ',
		],
		[
			'KMS objects not selected, and the encryption is not known',
			{lacks: ['encryption'], rule: {replicatesKmsObjects: false}},
			'UNKNOWN: whether KMS encrypts what is uploaded is not known: s3:GetEncryptionConfiguration was denied',
		],
		[
			'KMS objects not selected, and the policy is not known',
			{source: {encryption: ownKeys}, lacks: ['policy'], rule: {replicatesKmsObjects: false}},
			'UNKNOWN: whether KMS encrypts what is uploaded is not known: s3:GetBucketPolicy was denied',
		],
		[
			'its encryption not known',
			{lacks: ['encryption']},
			'UNKNOWN: its default encryption is not known: s3:GetEncryptionConfiguration was denied',
		],
		[
			'its versioning not known',
			{lacks: ['versioning']},
			'UNKNOWN: whether its versioning is on is not known: s3:GetBucketVersioning was denied',
		],
		[
			'an encryption that is newer than this',
			{source: {encryption: {...ownKeys, algorithm: 'aws:later'}}, rule: {replicatesKmsObjects: false}},
			'UNKNOWN: whether KMS encrypts what is uploaded is not known: its default encryption is aws:later',
		],
		[
			'no key for the replicas',
			{rule: {replicaKmsKeyId: null}},
			'FAIL HIGH: it takes objects along that KMS encrypts, and names no key for their replicas in copy',
		],
		[
			'the key in the wrong Region',
			{rule: {replicaKmsKeyId: keyArn('lake')}},
			'FAIL HIGH: the key for replicas, lake, is in us-east-1, and copy in eu-west-1',
		],
		[
			'the key disabled',
			{keys: [lake, key('copies', {keyState: 'Disabled'}, {awsRegion: there})]},
			'FAIL HIGH: the key for replicas, copies, is disabled, so what is new does not reach copy',
		],
		[
			'the key about to be deleted',
			{keys: [lake, key('copies', {keyState: 'PendingDeletion', deletionDate: '2026-12-01T00:00:00.000Z'}, {awsRegion: there})]},
			'FAIL HIGH: the key for replicas, copies, is scheduled for deletion on 2026-12-01',
		],
		['no such key', {keys: [lake]}, 'FAIL HIGH: the key for replicas, copies, does not exist in eu-west-1'],
		[
			'a key that signs',
			{keys: [lake, key('copies', {keySpec: 'RSA_4096'}, {awsRegion: there})]},
			'FAIL HIGH: the key for replicas, copies, is of type RSA_4096',
		],
		[
			'a key by its alias',
			{rule: {replicaKmsKeyId: `arn:aws:kms:${there}:${own}:alias/copies`}},
			'PASS: everything can reach copy, encrypted with copies',
		],
		['the key that AWS manages', {rule: {replicaKmsKeyId: 'alias/aws/s3'}}, 'PASS: everything can reach copy, encrypted with aws/s3'],
		[
			'a key that may not be described',
			{keys: [lake, locked('copies', there)]},
			'UNKNOWN: whether copies works is not known: kms:DescribeKey was denied',
		],
		[
			'keys that may not be listed there',
			{keys: [lake], gaps: {[`kms ListKeys ${there}`]: denied('kms:ListKeys')}},
			'UNKNOWN: whether copies works is not known: kms:ListKeys was denied',
		],
		[
			'a key of another account',
			{rule: {replicaKmsKeyId: 'arn:aws:kms:eu-west-1:888877776666:key/x'}},
			'UNKNOWN: whether x works is not known: it belongs to account 888877776666, whose keys are not read',
		],
		[
			'its own key disabled',
			{keys: [key('lake', {keyState: 'Disabled'}), copies]},
			'FAIL HIGH: its own key lake is disabled, so nothing can be read to be replicated',
		],
		[
			'the key disabled, where few uploads ask for KMS',
			{source: {encryption: ownKeys}, keys: [key('copies', {keyState: 'Disabled'}, {awsRegion: there})]},
			'FAIL MEDIUM: of objects that KMS encrypts: the key for replicas',
		],
		[
			'a bucket of another account',
			{destination: {isOwn: false, accountId: '999988887777'}},
			'UNKNOWN: copy belongs to account 999988887777, of which nothing is read',
		],
		[
			'a bucket of nobody knows whom',
			{destination: {isOwn: false}},
			'UNKNOWN: copy is not this account’s: it belongs to another one, or is gone',
		],
		[
			'a bucket of this account that is gone',
			{destination: {isOwn: false, accountId: own}},
			'FAIL HIGH: copy is to be this account’s, which has no such bucket',
		],
		[
			'a bucket in another Region than its key',
			{destination: {awsRegion: 'eu-central-1'}},
			'FAIL HIGH: the key for replicas, copies, is in eu-west-1, and copy in eu-central-1',
		],
		[
			'its own versioning suspended',
			{source: {versioning: 'Suspended'}},
			'FAIL HIGH: its versioning is suspended, so nothing is replicated',
		],
		['versioning off there', {copy: {versioning: null}}, 'FAIL HIGH: versioning is never on in copy'],
		[
			'versioning there not known',
			{copy: {}, copyUnread: {GetBucketVersioning: denied('s3:GetBucketVersioning')}},
			'UNKNOWN: whether versioning is on in copy is not known: s3:GetBucketVersioning was denied',
		],
		[
			'one multi-Region key, as one',
			{source: {encryption: withSessions}, rule: {replicaKmsKeyId: null, usesSourceMultiRegionKey: true}, keys: sessions},
			'PASS: everything can reach copy, encrypted with sessions',
		],
		[
			'one multi-Region key, as one, disabled there',
			{
				source: {encryption: withSessions},
				rule: {replicaKmsKeyId: null, usesSourceMultiRegionKey: true},
				keys: [member('mrk-sessions', 'us-east-1'), member('mrk-sessions', there, undefined, {keyState: 'Disabled'})],
			},
			'FAIL HIGH: the key for replicas, sessions, is disabled',
		],
		[
			'one multi-Region key, as one, with no relative there',
			{
				source: {encryption: withSessions},
				rule: {replicaKmsKeyId: null, usesSourceMultiRegionKey: true},
				keys: [member('mrk-sessions', 'us-east-1', ['us-east-1'])],
			},
			'FAIL HIGH: the key for replicas, mrk-sessions, does not exist in eu-west-1',
		],
		[
			'the relative of a key that has none',
			{rule: {replicaKmsKeyId: null, usesSourceMultiRegionKey: true}},
			'FAIL HIGH: the key for replicas, lake, is no multi-Region key',
		],
	];
	test.each(stories)('%s', (_, story, expected) => {
		expect(answer(worldOf(story), 'lake/all', 'replication-arrives')).toContain(expected);
	});
});

const leftOut = 'FAIL HIGH: it leaves out objects that KMS encrypts, and the bucket’s policy lets in no others';
const leftOutThere =
	'FAIL MEDIUM: it leaves out objects that KMS encrypts, and to finance/* the bucket’s policy lets in no others: nothing new of those gets to copy';
const ownKeysAll = 'PASS: everything can reach copy: new objects are encrypted with S3’s own keys';
const lakeOf = (path: string): object => ({Resource: `arn:aws:s3:::lake${path}`});
type Filter = Pick<ReplicationRule, 'filter' | 'prefix' | 'tags' | 'exceptions'>;
const everything: Filter = {filter: null};
const under = (prefix: string): Filter => ({filter: prefix, prefix});
const butTmp: Filter = {filter: 'all but tmp/', exceptions: ['tmp/']};

test.each<readonly [name: string, statement: object, filter: Filter, expected: string]>([
	['all of the bucket', lakeOf('/*'), everything, leftOut],
	['all of the bucket, of several', {Resource: ['arn:aws:s3:::lake', 'arn:aws:s3:::lake/*']}, everything, leftOut],
	['all buckets', {Resource: 'arn:aws:s3:::*'}, everything, leftOut],
	['everybody, in other words', {...lakeOf('/*'), Principal: {AWS: '*'}}, everything, leftOut],
	['one prefix', lakeOf('/finance/*'), everything, leftOutThere],
	['one sort of object', lakeOf('/*.parquet'), everything, 'FAIL MEDIUM: it leaves out objects that KMS encrypts, and to *.parquet'],
	['a part of the prefix that is replicated', lakeOf('/finance/secret/*'), under('finance/'), 'FAIL MEDIUM: it leaves out'],
	['the bucket, which is no object', lakeOf(''), everything, ownKeysAll],
	['all but one prefix', {Resource: undefined, NotResource: 'arn:aws:s3:::lake/tmp/*'}, everything, ownKeysAll],
	['one role', {...lakeOf('/*'), Principal: {AWS: `arn:aws:iam::${own}:role/loader`}}, everything, ownKeysAll],
	[
		'all but one role',
		{...lakeOf('/*'), Principal: undefined, NotPrincipal: {AWS: `arn:aws:iam::${own}:role/loader`}},
		everything,
		ownKeysAll,
	],
	['the prefix that is replicated', lakeOf('/finance/*'), under('finance/'), leftOut],
	[
		'the prefix of which a part is replicated',
		lakeOf('/finance/*'),
		{filter: 'finance/2026/ and team=a', prefix: 'finance/2026/', tags: ['team=a']},
		leftOut,
	],
	['one prefix, where a tag chooses', lakeOf('/finance/*'), {filter: 'env=prod', tags: ['env=prod']}, leftOutThere],
	['everything, where a tag chooses', lakeOf('/*'), {filter: 'env=prod', tags: ['env=prod']}, leftOut],
	['a prefix with “and” in it', lakeOf('/research and development/*'), under('research and development/'), leftOut],
	['another prefix than one with “and” in it', lakeOf('/research and law/*'), under('research and development/'), 'PASS: '],
	['a part of a prefix with “but” in it', lakeOf('/all but tmp/finance/*'), under('all but tmp/'), 'FAIL MEDIUM: it leaves out'],
	['another prefix than is replicated', lakeOf('/finance/*'), under('logs/'), 'PASS: logs/ can reach copy'],
	['one prefix, where another is spared', lakeOf('/all*'), butTmp, 'PASS: all but tmp/ can reach copy'],
	['everything, where a prefix is spared', lakeOf('/*'), butTmp, leftOut],
])('a policy demands KMS of %s', (_, statement, filter, expected) => {
	const story: Story = {
		source: {encryption: ownKeys, policy: demanding(unlessKms, statement)},
		rule: {replicatesKmsObjects: false, ...filter},
	};
	expect(answer(worldOf(story), 'lake/all', 'replication-arrives')).toContain(expected);
});

test('a bucket of which the replication is not known is a row by itself, and UNKNOWN throughout', () => {
	const world = worldOf({lacks: ['replication']});
	for (const name of ['arrives', 'role-admitted', 'bucket-key', 'one-key']) {
		expect(answer(world, 'lake', `replication-${name}`)).toBe('UNKNOWN: s3:GetReplicationConfiguration was denied');
	}

	expect(rowsOf(worldOf({source: {replication: null}})).filter(({resourceName}) => resourceName === 'lake')).toEqual([]);
});
