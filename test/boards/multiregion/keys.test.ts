import {describe, expect, test} from 'vitest';
import type {Joined} from '../../../source/model/index.js';
import {
	answer,
	bucket,
	denied,
	here,
	key,
	keyArn,
	locked,
	member,
	policy,
	roleArn,
	rowsOf,
	rule,
	secret,
	table,
	there,
	toIam,
	toOther,
	type World,
} from './inputs.js';

const id = 'mrk-app';
const away = 'ap-northeast-1';
const deletion = {keyState: 'PendingDeletion', deletionDate: '2026-12-01T00:00:00.000Z'} as const;

/** Something that is encrypted with the set's key there. */
const orders = (awsRegion: string): Joined => table('orders', {encryption: {keyArn: keyArn(id, awsRegion)}, replicas: []}, {awsRegion});
const unreadTable = table('secretive', {}, {awsRegion: there, unread: {DescribeTable: denied('dynamodb:DescribeTable')}});

const pair = (facts: Parameters<typeof member>[3] = {}, unread: Parameters<typeof member>[4] = {}): readonly Joined[] => [
	member(id, here),
	member(id, there, undefined, facts, unread),
];

/** A bucket whose replicas in Ireland are to have the relative of its own key; undefined where that key was refused. */
const relaying = (kmsKeyId: string | undefined): Joined =>
	bucket(
		'source',
		{
			...(kmsKeyId !== undefined && {encryption: {algorithm: 'aws:kms', kmsKeyId, bucketKeyEnabled: true, blockedTypes: []}}),
			replication: {roleArn, rules: [rule({replicaKmsKeyId: null, usesSourceMultiRegionKey: true})]},
		},
		kmsKeyId === undefined ? {unread: {GetBucketEncryption: denied('s3:GetEncryptionConfiguration')}} : {},
	);

describe('a multi-Region key works where something relies on it', () => {
	test.each<readonly [name: string, world: World, expected: string]>([
		['enabled in both, relied on', {entries: [...pair(), orders(there)]}, 'PASS: works in us-east-1 and eu-west-1, for table orders'],
		['enabled in both, relied on by nothing', {entries: pair()}, 'PASS: works in us-east-1 and eu-west-1'],
		[
			'disabled where a table is',
			{entries: [...pair({keyState: 'Disabled'}), orders(there)]},
			'FAIL HIGH: is disabled in eu-west-1, where table orders needs it',
		],
		[
			'disabled where no table is',
			{entries: [...pair({keyState: 'Disabled'}), orders(here)]},
			'PASS: works in us-east-1, for table orders; is disabled in eu-west-1, where nothing that is looked for needs it',
		],
		[
			'disabled where a table may be',
			{entries: [...pair({keyState: 'Disabled'}), unreadTable]},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: dynamodb:DescribeTable was denied',
		],
		[
			'disabled where secrets may not be listed',
			{entries: pair({keyState: 'Disabled'}), gaps: {[`secretsmanager ListSecrets ${there}`]: denied('secretsmanager:ListSecrets')}},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: secretsmanager:ListSecrets was denied',
		],
		[
			'about to be deleted',
			{entries: [...pair(deletion), orders(there)]},
			'FAIL CRITICAL: is scheduled for deletion on 2026-12-01 in eu-west-1, where table orders needs it',
		],
		[
			'without key material, a secret',
			{entries: [...pair({keyState: 'PendingImport'}), secret({kmsKeyId: keyArn(id, there)}, {awsRegion: there})]},
			'FAIL HIGH: has no key material in eu-west-1, where secret db needs it',
		],
		[
			'disabled, a bucket that names its alias',
			{
				entries: [
					...pair({keyState: 'Disabled'}),
					bucket(
						'b',
						{encryption: {algorithm: 'aws:kms', kmsKeyId: 'alias/app', bucketKeyEnabled: true, blockedTypes: []}, replication: null},
						{awsRegion: there},
					),
				],
			},
			'FAIL HIGH: is disabled in eu-west-1, where bucket b needs it',
		],
		[
			'disabled, a replication rule',
			{
				entries: [
					...pair({keyState: 'Disabled'}),
					bucket('b', {replication: {roleArn, rules: [rule({replicaKmsKeyId: keyArn(id, there)})]}}),
				],
			},
			'FAIL HIGH: is disabled in eu-west-1, where replication to copy needs it',
		],
		[
			'disabled, the relative that a replication is to use',
			{entries: [...pair({keyState: 'Disabled'}), relaying(keyArn(id))]},
			'FAIL HIGH: is disabled in eu-west-1, where replication to copy needs it',
		],
		[
			'disabled, the relative of a bucket’s key by its alias',
			{entries: [...pair({keyState: 'Disabled'}), relaying('alias/app')]},
			'FAIL HIGH: is disabled in eu-west-1, where replication to copy needs it',
		],
		[
			'disabled, perhaps the relative of a bucket’s key',
			{entries: [...pair({keyState: 'Disabled'}), relaying(undefined)]},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: s3:GetEncryptionConfiguration was denied',
		],
		[
			'disabled, perhaps the relative of what a bucket’s alias means',
			{
				entries: [member(id, here), member(id, there, undefined, {keyState: 'Disabled', aliases: []}), relaying('alias/lake')],
				gaps: {[`kms ListAliases ${here}`]: denied('kms:ListAliases')},
			},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: kms:ListAliases was denied',
		],
		[
			'disabled, and a bucket elsewhere does not tell its replication',
			{
				entries: [
					...pair({keyState: 'Disabled'}),
					bucket('b', {encryption: null}, {unread: {GetBucketReplication: denied('s3:GetReplicationConfiguration')}}),
				],
			},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: s3:GetReplicationConfiguration was denied',
		],
		[
			'disabled, and a secret names what may be its alias',
			{
				entries: [
					member(id, here),
					member(id, there, undefined, {keyState: 'Disabled', aliases: []}),
					secret({kmsKeyId: 'alias/app'}, {awsRegion: there}),
				],
				gaps: {[`kms ListAliases ${there}`]: denied('kms:ListAliases')},
			},
			'UNKNOWN: is disabled in eu-west-1; whether something needs it there is not known: kms:ListAliases was denied',
		],
		[
			'disabled, and a secret names an alias of nothing, or AWS’s own',
			{
				entries: [
					...pair({keyState: 'Disabled'}),
					secret({kmsKeyId: 'alias/gone'}, {awsRegion: there}),
					secret({kmsKeyId: 'alias/aws/secretsmanager'}, {awsRegion: there, id: 'other'}),
				],
			},
			'PASS: works in us-east-1; is disabled in eu-west-1',
		],
		[
			'disabled, and a secret names it by its id where keys may not be listed',
			{
				entries: [member(id, here, undefined, {keyState: 'Disabled'}), member(id, there), secret({kmsKeyId: id})],
				gaps: {[`kms ListAliases ${here}`]: denied('kms:ListAliases')},
			},
			'FAIL HIGH: is disabled in us-east-1, where secret db needs it',
		],
		[
			'a state that is newer than this',
			{entries: pair({keyState: 'Resting'})},
			'UNKNOWN: whether it works in eu-west-1 is not known: its state is Resting',
		],
		[
			'a replica in a Region that is not watched',
			{entries: [member(id, here, [here, away])]},
			`UNKNOWN: whether it works in ${away} is not known: ${away} is not watched`,
		],
		[
			'a replica that is not listed yet',
			{entries: [member(id, here)]},
			'UNKNOWN: whether it works in eu-west-1 is not known: it has not been seen yet',
		],
		[
			'no key may be described',
			{entries: [locked(id), locked(id, there)]},
			'UNKNOWN: whether it works in eu-west-1 is not known: kms:DescribeKey was denied',
		],
		['while its primary is moved', {entries: pair({keyState: 'Updating'})}, 'PASS: works in us-east-1 and eu-west-1'],
	])('%s', (_, world, expected) => {
		expect(answer(world, id, 'key-enabled-in-use')).toContain(expected);
	});
});

describe('the same data is open to the same principals', () => {
	const open = {policy: policy(toIam, toOther)};
	const regional = (awsRegion: string) => ({
		policy: policy({...toOther, Condition: {StringEquals: {'kms:ViaService': `s3.${awsRegion}.amazonaws.com`}}}),
	});
	const both = {
		policy: policy({
			...toOther,
			Condition: {StringEquals: {'kms:ViaService': [here, there].map(awsRegion => `s3.${awsRegion}.amazonaws.com`)}},
		}),
	};
	test.each<readonly [name: string, world: World, expected: string]>([
		['equal', {entries: pair()}, 'PASS: has one policy in us-east-1 and eu-west-1'],
		[
			'equal but for order and the Region',
			{entries: [member(id, here, undefined, regional(here)), member(id, there, undefined, regional(there))]},
			'PASS: has one policy',
		],
		[
			'equal to the letter, of both Regions',
			{entries: [member(id, here, undefined, both), member(id, there, undefined, both), orders(there)]},
			'PASS: has one policy',
		],
		[
			'each of the other’s Region',
			{entries: [member(id, here, undefined, regional(there)), member(id, there, undefined, regional(here)), orders(there)]},
			'FAIL MEDIUM: in eu-west-1, where it encrypts table orders, its policy differs',
		],
		[
			'wider where a table is',
			{entries: [...pair(open), orders(there)]},
			'FAIL MEDIUM: in eu-west-1, where it encrypts table orders, its policy also lets in 777766665555',
		],
		[
			'narrower where a table is',
			{entries: [member(id, here, undefined, open), member(id, there), orders(there)]},
			'FAIL MEDIUM: in eu-west-1, where it encrypts table orders, its policy differs',
		],
		[
			'wider where nothing is',
			{entries: pair(open)},
			'NOT_APPLICABLE: its policy differs in eu-west-1, where nothing that is looked for is encrypted with it',
		],
		[
			'wider where something may be',
			{entries: [...pair(open), unreadTable]},
			'UNKNOWN: its policy differs in eu-west-1; whether something is encrypted with it there is not known: dynamodb:DescribeTable',
		],
		[
			'one that may not be read',
			{entries: pair({policy: undefined}, {GetKeyPolicy: denied('kms:GetKeyPolicy')})},
			'UNKNOWN: its policy in eu-west-1 is not known: kms:GetKeyPolicy was denied',
		],
		[
			'two replicas of a primary that is not watched',
			{entries: [member(id, here, [away, here, there]), member(id, there, [away, here, there], open), orders(there)]},
			'FAIL MEDIUM: in eu-west-1',
		],
		['no replica', {entries: [member(id, here, [here])]}, 'NOT_APPLICABLE: has no replica'],
		['no key may be described', {entries: [locked(id)]}, 'UNKNOWN: in which Regions it is cannot be told: kms:DescribeKey was denied'],
	])('%s', (_, world, expected) => {
		expect(answer(world, id, 'key-policies-alike')).toContain(expected);
	});
});

test('a set is one row, of its primary, whatever can be read of it; other keys are none', () => {
	const rotation = {rotation: {enabled: true, periodInDays: 90}};
	const world = {entries: [member(id, there), member(id, here, undefined, rotation), key('plain'), locked('mrk-hidden', there)]};
	expect(rowsOf(world)).toMatchObject([
		{
			resourceId: id,
			resourceName: 'app',
			arn: keyArn(id),
			awsRegion: here,
			configuration: {
				primaryRegion: here,
				...rotation,
				members: [
					{awsRegion: here, isPrimary: true},
					{awsRegion: there, isPrimary: false},
				],
			},
			unread: {},
		},
		{resourceId: 'mrk-hidden', awsRegion: there, configuration: {isWhole: false}, unread: {'kms:DescribeKey': {status: 'denied'}}},
	]);
});
