import {describe, expect, test} from 'vitest';
import type {Joined} from '../../../source/model/index.js';
import type {Secret} from '../../../source/services/secretsmanager/rules/secret.js';
import {answer, denied, here, key, keyArn, now, secret, there, type World} from './inputs.js';

const k = keyArn('k', there);
const inIreland = {awsRegion: there};
const usable = key('k', {}, inIreland);
const broken = key('k', {keyState: 'Disabled'}, inIreland);
const unlisted = {[`kms ListKeys ${there}`]: denied('kms:ListKeys')};

describe('a replicated secret', () => {
	const primary = (facts: Secret = {}, unread = {}): Joined =>
		secret({primaryRegion: here, replicas: [{awsRegion: there, status: 'InSync'}], kmsKeyId: keyArn('p'), ...facts}, {unread});
	const copy = (kmsKeyId = k): Joined => secret({primaryRegion: here, kmsKeyId}, inIreland);
	const plain = secret({primaryRegion: here}, inIreland);
	const mine = key('p');
	const hidden = secret({primaryRegion: here, kmsKeyId: keyArn('p')}, {unread: {DescribeSecret: denied('secretsmanager:DescribeSecret')}});
	const namesake = secret({}, {...inIreland, id: 'db-ZzZzZz'});
	const row = `${here}/db-AbCdEf`;
	const minutesAgo = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
	test.each<readonly [name: string, rule: string, world: World, expected: string]>([
		['its keys work', 'keys-usable', {entries: [primary(), copy(), mine, usable]}, 'PASS: its keys work in us-east-1 and eu-west-1'],
		[
			'the default keys',
			'keys-usable',
			{entries: [secret({primaryRegion: here, replicas: [{awsRegion: there}]}), plain]},
			'PASS: its keys work',
		],
		[
			'a replica’s key disabled',
			'keys-usable',
			{entries: [primary(), copy(), mine, broken]},
			'FAIL HIGH: in eu-west-1 its key k is disabled',
		],
		[
			'a replica’s key gone',
			'keys-usable',
			{entries: [primary(), copy(), mine]},
			'FAIL HIGH: in eu-west-1 its key k does not exist in eu-west-1',
		],
		[
			'a replica’s key not known',
			'keys-usable',
			{entries: [primary(), copy(), mine], gaps: unlisted},
			'UNKNOWN: in eu-west-1 whether k works is not known: kms:ListKeys was denied',
		],
		[
			'a replica’s key, as the primary tells',
			'keys-usable',
			{entries: [primary({replicas: [{awsRegion: there, status: 'InSync', kmsKeyId: k}]}), mine, broken]},
			'FAIL HIGH: in eu-west-1 its key k is disabled',
		],
		[
			'replicas not told',
			'keys-usable',
			{entries: [hidden, copy(), mine, usable]},
			'UNKNOWN: where else it is replicated to is not known: secretsmanager:DescribeSecret was denied',
		],
		['marked for deletion', 'keys-usable', {entries: [primary({deletedAt: now}), copy()]}, 'NOT_APPLICABLE: marked for deletion'],
		['found', 'replicas-present', {entries: [primary(), copy()]}, 'PASS: found in eu-west-1, as us-east-1 tells'],
		[
			'not found',
			'replicas-present',
			{entries: [primary()]},
			'FAIL HIGH: us-east-1 tells of a replica in eu-west-1 (InSync), where there is none',
		],
		['being made', 'replicas-present', {entries: [primary({replicas: [{awsRegion: there, status: 'InProgress'}]})]}, 'PASS'],
		[
			'not found, but just changed',
			'replicas-present',
			{entries: [primary({lastChangedAt: minutesAgo(20)})]},
			'UNKNOWN: us-east-1 tells of a replica in eu-west-1 (InSync), where there is none; but it was changed 20 minutes ago',
		],
		[
			'another of that name',
			'replicas-present',
			{entries: [primary({replicas: [{awsRegion: there, status: 'Failed'}]}), namesake]},
			'FAIL HIGH: in eu-west-1 a secret of that name is no replica of it',
		],
		[
			'not told of',
			'replicas-present',
			{entries: [primary({replicas: []}), copy()]},
			'FAIL HIGH: the replica in eu-west-1 is unknown to its primary in us-east-1',
		],
		['its primary gone', 'replicas-present', {entries: [copy()]}, 'FAIL HIGH: its primary in us-east-1 is gone'],
		[
			'its primary not watched',
			'replicas-present',
			{entries: [copy()], regions: [there]},
			'UNKNOWN: where else it is replicated to is not known: us-east-1 is not watched',
		],
		[
			'a replica’s Region not watched',
			'replicas-present',
			{entries: [primary()], regions: [here]},
			'UNKNOWN: whether it is in eu-west-1 is not known: eu-west-1 is not watched',
		],
		[
			'secrets that may not be listed there',
			'replicas-present',
			{entries: [primary()], gaps: {[`secretsmanager ListSecrets ${there}`]: denied('secretsmanager:ListSecrets')}},
			'UNKNOWN: whether it is in eu-west-1 is not known: secretsmanager:ListSecrets was denied',
		],
		['replicas not told, one found', 'replicas-present', {entries: [hidden, copy()]}, 'UNKNOWN: where else'],
		['no replicas any more', 'replicas-present', {entries: [primary({replicas: []})]}, 'NOT_APPLICABLE: has no replicas'],
	])('%s', (_, rule, world, expected) => {
		expect(answer(world, row, `secret-${rule}`)).toContain(expected);
	});
});
