import {describe, expect, test} from 'vitest';
import type {Joined} from '../../../source/model/index.js';
import {
	answer,
	cluster,
	database,
	denied,
	here,
	judged,
	key,
	keyArn,
	locked,
	member,
	replica,
	rowsOf,
	table,
	there,
	type World,
} from './inputs.js';

const away = 'ap-northeast-1';
const k = keyArn('k', there);
const inIreland = {awsRegion: there};
const usable = key('k', {}, inIreland);
const broken = key('k', {keyState: 'Disabled'}, inIreland);
const dying = key('k', {keyState: 'PendingReplicaDeletion'}, inIreland);
const unlisted = {[`kms ListKeys ${there}`]: denied('kms:ListKeys')};

describe('the key of a global table works', () => {
	/** As Virginia tells of Ireland, which may not be asked itself. */
	const told = (keyId: string | null, ...more: readonly Joined[]): readonly Joined[] => [
		table('orders', {encryption: null, replicas: [replica(there, keyId)], globalTableVersion: '2019.11.21'}),
		table('orders', {}, {...inIreland, unread: {DescribeTable: denied('dynamodb:DescribeTable')}}),
		...more,
	];
	test.each<readonly [name: string, world: World, expected: string]>([
		['enabled', {entries: told(k, usable)}, 'PASS: its key k is enabled'],
		[
			'disabled',
			{entries: told(k, broken)},
			'FAIL HIGH: its key k is disabled: after 20 hours without it an eventually consistent replica leaves',
		],
		['about to go', {entries: told(k, dying)}, 'FAIL CRITICAL: its key k is scheduled for deletion'],
		['gone', {entries: told(k)}, 'FAIL CRITICAL: its key k does not exist in eu-west-1'],
		['by an id alone', {entries: told('k', usable)}, 'PASS: its key k is enabled'],
		['by an alias', {entries: told('alias/k', usable)}, 'PASS: its key k is enabled'],
		['aws/dynamodb, which nobody used before', {entries: told('alias/aws/dynamodb')}, 'PASS: its key aws/dynamodb is looked after by AWS'],
		['a key that Virginia does not tell', {entries: told(null)}, 'UNKNOWN: dynamodb:DescribeTable was denied'],
		[
			'a key that AWS owns, as Ireland says',
			{
				entries: [
					table('orders', {encryption: null, replicas: [replica(there, null)]}),
					table('orders', {encryption: null, replicas: [replica(here, null)]}, inIreland),
				],
			},
			'NOT_APPLICABLE: encrypted with a key that AWS owns',
		],
		['a key that may not be described', {entries: told(k, locked('k', there))}, 'UNKNOWN: kms:DescribeKey was denied'],
		['keys that may not be listed', {entries: told(k), gaps: unlisted}, 'UNKNOWN: kms:ListKeys was denied'],
		[
			'an alias, where aliases may not be listed',
			{entries: told('alias/k', usable), gaps: {[`kms ListAliases ${there}`]: denied('kms:ListAliases')}},
			'PASS',
		],
		[
			'another alias, where aliases may not be listed',
			{entries: told('alias/x', usable), gaps: {[`kms ListAliases ${there}`]: denied('kms:ListAliases')}},
			'UNKNOWN',
		],
		['a Region that is not watched', {entries: told(k), regions: [here]}, 'UNKNOWN: eu-west-1 is not watched'],
		[
			'described in Ireland too',
			{
				entries: [
					table('orders', {encryption: null, replicas: [replica(there, 'k')]}),
					table('orders', {encryption: {keyArn: k}, replicas: [replica(here, null)]}, inIreland),
					usable,
				],
			},
			'PASS: its key k is enabled',
		],
		[
			'of 2017, described in each Region',
			{
				entries: [
					table('orders', {encryption: null, replicas: [], legacyRegions: [here, there]}),
					table('orders', {encryption: {keyArn: k}, replicas: [], legacyRegions: [here, there]}, inIreland),
					broken,
				],
			},
			'FAIL HIGH: its key k is disabled',
		],
		[
			'of 2017, in a Region that is not watched',
			{entries: [table('orders', {encryption: null, replicas: [], legacyRegions: [here, there]})], regions: [here]},
			'UNKNOWN: eu-west-1 is not watched',
		],
		[
			'told of by nobody',
			{entries: [table('orders', {}, {...inIreland, unread: {DescribeTable: denied('dynamodb:DescribeTable')}})]},
			'UNKNOWN: dynamodb:DescribeTable was denied',
		],
	])('%s', (_, world, expected) => {
		expect(answer(world, `${there}/orders`, 'table-key-usable')).toContain(expected);
	});

	test('a table in one Region is no row, and two of one name are two', () => {
		const lone = table('lone', {encryption: null, replicas: [], legacyRegions: null});
		const two = [
			table('orders', {encryption: null, replicas: [replica(away, null)]}),
			table('orders', {encryption: null, replicas: [replica('eu-west-2', null)]}, inIreland),
		];
		const ids = rowsOf({entries: [lone, ...two]}).map(({resourceType, resourceId}) => `${resourceType.split('::')[2]} ${resourceId}`);
		expect(ids.sort()).toEqual(
			[
				`Readiness table/${here}/orders`,
				`Readiness table/${there}/orders`,
				`Table ${away}/orders`,
				`Table ${there}/orders`,
				'Table eu-west-2/orders',
				`Table ${here}/orders`,
			].sort(),
		);
	});
});

describe('the key of a global database works', () => {
	const writer = cluster('shop', {kmsKeyId: keyArn('w'), storageEncryptionType: 'sse-kms', isWriter: true});
	const secondary = (kmsKeyId: string | null, type = 'sse-kms'): Joined =>
		cluster('shop', {kmsKeyId, storageEncryptionType: type}, inIreland);
	const shop = database(here, there);
	test.each<readonly [name: string, world: World, expected: string]>([
		['enabled', {entries: [shop, writer, secondary(k), usable]}, 'PASS: its key k is enabled'],
		['disabled', {entries: [shop, writer, secondary(k), broken]}, 'FAIL HIGH: its key k is disabled'],
		['gone', {entries: [shop, writer, secondary(k)]}, 'FAIL CRITICAL: its key k does not exist in eu-west-1'],
		['a key that AWS owns', {entries: [shop, writer, secondary(null, 'sse-rds')]}, 'NOT_APPLICABLE: encrypted with a key that AWS owns'],
		['not encrypted', {entries: [shop, writer, secondary(null, 'none')]}, 'NOT_APPLICABLE: not encrypted at rest at all'],
		[
			'not told',
			{entries: [shop, writer, cluster('shop', {}, {...inIreland, unread: {DescribeDBClusters: denied('rds:DescribeDBClusters')}})]},
			'UNKNOWN: rds:DescribeDBClusters was denied',
		],
		['keys that may not be listed', {entries: [shop, writer, secondary(k)], gaps: unlisted}, 'UNKNOWN: kms:ListKeys was denied'],
		['a Region that is not watched', {entries: [shop, writer], regions: [here]}, 'UNKNOWN: eu-west-1 is not watched'],
		['its writer’s Region is not watched', {entries: [secondary(k), usable], regions: [there]}, 'PASS: its key k is enabled'],
	])('%s', (_, world, expected) => {
		expect(answer(world, `${there}/shop`, 'cluster-key-usable')).toContain(expected);
	});
});

describe('data could be encrypted by the application', () => {
	const table_ = table('orders', {encryption: null, replicas: [replica(there, null)]});
	const row = `table/${there}/orders`;
	const everywhere = [member('mrk-app', here), member('mrk-app', there)];
	test.each<readonly [name: string, world: World, row: string, expected: string]>([
		['a key in both Regions', {entries: [table_, ...everywhere]}, row, 'PASS: could be: app works in eu-west-1 and us-east-1'],
		[
			'no key',
			{entries: [table_, key('k')]},
			row,
			'FAIL INFORMATIONAL: could not be: no multi-Region key works in eu-west-1 and us-east-1',
		],
		[
			'a key that is disabled in one',
			{entries: [table_, member('mrk-app', here), member('mrk-app', there, undefined, {keyState: 'Disabled'})]},
			row,
			'FAIL INFORMATIONAL: could not be: no multi-Region key works in eu-west-1 and us-east-1; app, the nearest, does not in eu-west-1',
		],
		[
			'keys that sign',
			{
				entries: [
					table_,
					member('mrk-app', here, undefined, {keySpec: 'RSA_4096'}),
					member('mrk-app', there, undefined, {keySpec: 'RSA_4096'}),
				],
			},
			row,
			'FAIL',
		],
		[
			'a Region that is not watched, and a key there',
			{entries: [table_, member('mrk-app', here)], regions: [here]},
			`table/${here}/orders`,
			'UNKNOWN: whether app works in eu-west-1 is not known',
		],
		['a Region that is not watched, and no key here', {entries: [table_, key('k')], regions: [here]}, `table/${here}/orders`, 'FAIL'],
		[
			'keys that may not be listed anywhere',
			{entries: [table_], gaps: {...unlisted, [`kms ListKeys ${here}`]: denied('kms:ListKeys')}},
			row,
			'UNKNOWN: kms:ListKeys was denied',
		],
		[
			'keys that may not be described',
			{entries: [table_, locked('mrk-app')]},
			row,
			'UNKNOWN: whether mrk-app works in eu-west-1 and us-east-1 is not known',
		],
		[
			'a database',
			{entries: [database(here, there), ...everywhere]},
			'cluster/shop',
			'PASS: could be: app works in eu-west-1 and us-east-1',
		],
		[
			'a database of which the writer is not seen',
			{entries: [cluster('shop', {}, inIreland), ...everywhere]},
			'cluster/shop',
			'UNKNOWN: app would do in eu-west-1; but the Region of its writer',
		],
	])('%s', (_, world, id, expected) => {
		expect(answer(world, id, 'readiness-client-side')).toContain(expected);
	});

	test('a database in one Region has nothing to be ready for', () => {
		expect(judged({entries: [database(here)]}).map(({resource}) => resource.resourceId)).toEqual([`${here}/shop`]);
	});
});
