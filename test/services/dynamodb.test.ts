import {afterEach, describe, expect, test} from 'vitest';
import type {Answer, Refusal, Resource, RuleContext} from '../../source/model/index.js';
import {dynamodb} from '../../source/services/dynamodb/index.js';
import {tableRules} from '../../source/services/dynamodb/rules/index.js';
import type {Replica, Table} from '../../source/services/dynamodb/rules/table.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const now = '2026-11-23T12:00:00.000Z';
const hoursAgo = (hours: number): string => new Date(Date.parse(now) - hours * 3_600_000).toISOString();
const arnOf = (awsRegion: string) => `arn:aws:dynamodb:${awsRegion}:123456789012:table/orders`;
const kms = (id: string, awsRegion: string) => `arn:aws:kms:${awsRegion}:123456789012:key/${id}`;

const table = (facts: Partial<Table> = {}, over: Partial<Resource<Table>> = {}): Resource<Table> => ({
	arn: arnOf('eu-west-1'),
	resourceType: 'AWS::DynamoDB::Table',
	resourceId: 'orders',
	resourceName: 'orders',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {
		status: 'ACTIVE',
		encryption: null,
		replicas: [],
		witnesses: [],
		legacyRegions: null,
		deletionProtection: true,
		itemCount: 1,
		...facts,
	},
	unread: {},
	readAt: {},
	...over,
});
const replica = (awsRegion: string, facts: Partial<Replica> = {}): Replica => ({
	awsRegion,
	arn: arnOf(awsRegion),
	status: 'ACTIVE',
	keyId: null,
	...facts,
});
const current = {globalTableVersion: '2019.11.21'} as const;
const strong = {multiRegionConsistency: 'STRONG'} as const;
const keyed = (id: string, since?: string): Partial<Table> => ({
	encryption: {type: 'KMS', keyArn: kms(id, 'eu-west-1'), ...(since !== undefined && {inaccessibleSince: since})},
});
const refused = (operation: string): Readonly<Record<string, Refusal>> => ({
	[operation]: {status: 'denied', operation, iamAction: `dynamodb:${operation}`, error: 'AccessDeniedException', message: 'no'},
});

const ask = (
	id: string,
	resource: Resource<Table>,
	related: RuleContext['related'] = () => undefined,
	watches: RuleContext['watches'] = () => true,
): Answer & {readonly severity: string} => {
	const rule = tableRules.find(one => one.id === `dynamodb-table-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {now, settings: rule.settings ?? {}, trustedAccounts: [], related, watches};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

describe('rules on tables', () => {
	test.each([
		['key-accessible', 'AWS’s', table(), 'PASS', 'CRITICAL', 'its key is AWS’s'],
		['key-accessible', 'its own', table(keyed('1')), 'PASS', 'CRITICAL', 'key/1 can be used'],
		[
			'key-accessible',
			'out of reach',
			table({...keyed('1', hoursAgo(50)), status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'}),
			'FAIL',
			'CRITICAL',
			'key/1 cannot be used, for 2 days now; archived in 4 days',
		],
		[
			'key-accessible',
			'out of reach, of a replica',
			table({...keyed('1', hoursAgo(3)), replicas: [replica('us-east-1')]}),
			'FAIL',
			'CRITICAL',
			'out of its global table in 17 hours; archived in 6 days',
		],
		[
			'key-accessible',
			'out of reach, of a replica that is strongly consistent',
			table({...keyed('1', hoursAgo(3)), ...strong, replicas: [replica('us-east-1')]}),
			'FAIL',
			'CRITICAL',
			'for 3 hours now; archived or out of reach for good in 6 days',
		],
		['key-accessible', 'archived', table({status: 'ARCHIVED', archival: {at: hoursAgo(72)}}), 'FAIL', 'CRITICAL', 'archived 3 days ago'],
		['key-accessible', 'a status of tomorrow', table({status: 'FROZEN'}), 'UNKNOWN', 'CRITICAL', 'FROZEN'],

		['replicas-active', 'none', table(), 'NOT_APPLICABLE', 'HIGH', 'has no replicas'],
		['replicas-active', 'all', table({replicas: [replica('us-east-1')]}), 'PASS', 'HIGH', 'active in eu-west-1 and us-east-1'],
		[
			'replicas-active',
			'one without its key',
			table({replicas: [replica('us-east-1', {status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', inaccessibleSince: hoursAgo(14.5)})]}),
			'FAIL',
			'CRITICAL',
			'the replica in us-east-1 cannot use its key, made a single-Region table for good in 5 hours',
		],
		[
			'replicas-active',
			'one without its key, strongly consistent',
			table({
				...strong,
				replicas: [replica('us-east-1', {status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', inaccessibleSince: hoursAgo(30)})],
			}),
			'FAIL',
			'CRITICAL',
			'the replica in us-east-1 cannot use its key, archived or out of reach for good in 5 days',
		],
		[
			'replicas-active',
			'one that may not replicate, strongly consistent',
			table({...strong, replicas: [replica('us-east-1', {status: 'REPLICATION_NOT_AUTHORIZED', inaccessibleSince: hoursAgo(30)})]}),
			'FAIL',
			'HIGH',
			'stands in the way, refusing writes and strongly consistent reads, out of reach for good in 5 days',
		],
		[
			'replicas-active',
			'one in a Region that is disabled, strongly consistent, of which AWS tells no deadline',
			table({...strong, replicas: [replica('us-east-1', {status: 'REGION_DISABLED', inaccessibleSince: hoursAgo(30)})]}),
			'FAIL',
			'HIGH',
			'was disabled, for 30 hours now',
		],
		[
			'replicas-active',
			'one that is lost',
			table({replicas: [replica('us-east-1', {status: 'REPLICATION_NOT_AUTHORIZED', inaccessibleSince: hoursAgo(30)})]}),
			'FAIL',
			'HIGH',
			'stands in the way, for 30 hours now',
		],
		[
			'replicas-active',
			'itself',
			table({status: 'REPLICATION_NOT_AUTHORIZED', replicas: [replica('us-east-1')]}),
			'FAIL',
			'HIGH',
			'eu-west-1 may not',
		],
		['replicas-active', 'one being made', table({replicas: [replica('us-east-1', {status: 'CREATING'})]}), 'PASS', 'HIGH', 'is creating'],
		[
			'replicas-active',
			'a status of tomorrow',
			table({replicas: [replica('us-east-1', {status: 'ORBITING'})]}),
			'UNKNOWN',
			'HIGH',
			'ORBITING',
		],
		['replicas-active', 'of 2017', table({legacyRegions: ['eu-west-1', 'us-east-1']}), 'UNKNOWN', 'HIGH', '2017.11.29'],

		['global-version', 'none', table(), 'NOT_APPLICABLE', 'LOW', 'no global table'],
		['global-version', 'current', table({...current, replicas: [replica('us-east-1')]}), 'PASS', 'LOW', '2019.11.21'],
		['global-version', 'old, as it says', table({globalTableVersion: '2017.11.29'}), 'FAIL', 'LOW', 'of version 2017.11.29'],
		[
			'global-version',
			'old, as the list says',
			table({legacyRegions: ['eu-west-1', 'us-east-1']}),
			'FAIL',
			'LOW',
			'in eu-west-1 and us-east-1',
		],
		[
			'global-version',
			'no list',
			table({}, {unread: refused('ListGlobalTables')}),
			'UNKNOWN',
			'LOW',
			'could not be read: dynamodb:ListGlobalTables',
		],
		[
			'global-version',
			'no list, but a version',
			table({...current, replicas: [replica('us-east-1')]}, {unread: refused('ListGlobalTables')}),
			'PASS',
			'LOW',
			'',
		],

		['deletion-protected', 'off', table({deletionProtection: false}), 'FAIL', 'MEDIUM', 'one call deletes it, with 1 item'],
		['deletion-protected', 'archived', table({status: 'ARCHIVED', deletionProtection: false}), 'NOT_APPLICABLE', 'MEDIUM', 'its backup'],
		['point-in-time-recovery', 'off', table({recovery: {enabled: false}}), 'FAIL', 'MEDIUM', 'is off'],
		[
			'point-in-time-recovery',
			'young',
			table({recovery: {enabled: true, periodDays: 35, earliestAt: hoursAgo(30)}}),
			'PASS',
			'MEDIUM',
			'of the last 30 hours',
		],
		['point-in-time-recovery', 'gone meanwhile', table({recovery: null}), 'NOT_APPLICABLE', 'MEDIUM', 'not there any more'],
		['point-in-time-recovery', 'not read', table(), 'UNKNOWN', 'MEDIUM', 'have not been read'],
	] as const)('%s: %s', (id, _, resource, verdict, severity, reason) => {
		const answer = ask(id, resource);
		expect(answer).toMatchObject({verdict, severity});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});
});

describe('the keys of all replicas', () => {
	/** The same table in another Region, as it tells of itself. */
	const there = (awsRegion: string, facts: Partial<Table>, unread: Resource['unread'] = {}) =>
		table(facts, {awsRegion, arn: arnOf(awsRegion), unread});
	const own = (id: string, awsRegion: string): Partial<Table> => ({encryption: {type: 'KMS', keyArn: kms(id, awsRegion)}});
	const {encryption: _, replicas: __, ...untold} = table().configuration;
	const told = (keyId: string | null) => replica('us-east-1', {keyId});
	type Case = readonly [
		what: string,
		Partial<Table>,
		elsewhere: readonly Resource<Table>[],
		watched: boolean,
		verdict: string,
		reason: string,
	];
	test.each<Case>([
		[
			'a key of AWS elsewhere, as the replica itself says',
			{...keyed('1'), replicas: [told(null)]},
			[there('us-east-1', {})],
			true,
			'FAIL',
			'a KMS key in eu-west-1, but one that AWS owns in us-east-1',
		],
		[
			'a key of KMS elsewhere, that is not told here',
			{...keyed('1'), replicas: [told(null)]},
			[there('us-east-1', own('2', 'us-east-1'))],
			true,
			'PASS',
			'a KMS key of its own in eu-west-1 and us-east-1',
		],
		['AWS’s in both', {replicas: [told(null)]}, [there('us-east-1', {})], true, 'PASS', 'keys that AWS owns in eu-west-1 and us-east-1'],
		[
			'a key of KMS elsewhere, as is told here',
			{replicas: [told(kms('2', 'us-east-1'))]},
			[],
			false,
			'FAIL',
			'a KMS key in us-east-1, but one that AWS owns in eu-west-1',
		],
		['one a Region', {...keyed('1'), replicas: [told(kms('2', 'us-east-1'))]}, [], false, 'PASS', 'a KMS key of its own in eu-west-1'],
		[
			'one for all, named by its id there',
			{...keyed('mrk-1'), replicas: [told('mrk-1')]},
			[],
			false,
			'PASS',
			'multi-Region key mrk-1 in eu-west-1 and us-east-1',
		],
		[
			'one that only a third Region tells of',
			{...keyed('1'), replicas: [told(null), replica('us-west-2', {keyId: kms('3', 'us-west-2')})]},
			[there('us-west-2', {...own('3', 'us-west-2'), replicas: [told(kms('2', 'us-east-1'))]})],
			true,
			'PASS',
			'a KMS key of its own in eu-west-1, us-east-1 and us-west-2',
		],
		[
			'one that nobody tells of, in a Region that is not watched',
			{...keyed('1'), replicas: [told(null)]},
			[],
			false,
			'UNKNOWN',
			'the key in us-east-1 is not told here, and that Region is not watched',
		],
		['the same beside a key of AWS', {replicas: [told(null)]}, [], false, 'UNKNOWN', 'the key in us-east-1 is not told here'],
		['one that was not read yet', {replicas: [told(null)]}, [], true, 'UNKNOWN', 'and the replica there has not been read'],
		[
			'one that may not be described',
			{replicas: [told(null)]},
			[{...there('us-east-1', {}, refused('DescribeTable')), configuration: untold}],
			true,
			'UNKNOWN',
			'the key in us-east-1 is not told here, and there dynamodb:DescribeTable was denied',
		],
		[
			'one unknown beside two that differ',
			{...keyed('1'), replicas: [told(null), replica('us-west-2')]},
			[there('us-west-2', {})],
			true,
			'FAIL',
			'a KMS key in eu-west-1, but one that AWS owns in us-west-2',
		],
	])('%s', (_what, facts, elsewhere, watched, verdict, reason) => {
		const related: RuleContext['related'] = arn => elsewhere.find(other => other.arn === arn);
		const answer = ask('replicas-same-key-type', table(facts), related, () => watched);
		expect(answer).toMatchObject({verdict, severity: 'MEDIUM'});
		expect(answer.reason).toContain(reason);
	});
});

// DynamoDB refuses the key of one replica of a global table by itself.
test('the way to one type of key names the key of every Region, this one’s too', () => {
	const cli = tableRules.find(({id}) => id === 'dynamodb-table-replicas-same-key-type')?.remediation.cli ?? '';
	const [, updates = ''] = /--replica-updates '(.+?)' /u.exec(cli) ?? [];
	expect(JSON.parse(updates)).toEqual([
		{Update: {RegionName: '{region}', KMSMasterKeyId: 'KEY_ARN'}},
		{Update: {RegionName: 'REPLICA_REGION', KMSMasterKeyId: 'REPLICA_KEY_ARN'}},
	]);
});

describe('a global table is judged once', () => {
	// As us-east-1 tells it; eu-west-1 comes first.
	const here = table({...current, replicas: [replica('eu-west-1')]}, {awsRegion: 'us-east-1', arn: arnOf('us-east-1')});
	const there = table({...current, replicas: [replica('us-east-1')]});
	const knowing = (known: Resource | undefined) => (arn: string) => (arn === known?.arn ? known : undefined);

	test.each(['replicas-active', 'replicas-same-key-type', 'global-version'])('%s: where it sorts first and can be read', id => {
		expect(ask(id, there, knowing(here)).verdict).toBe('PASS');
		expect(ask(id, here, knowing(there))).toMatchObject({
			verdict: 'NOT_APPLICABLE',
			reason: 'a replica: judged in eu-west-1 for all Regions',
		});
	});

	test('by the next Region where the first is not watched, or kept from readers', () => {
		expect(ask('replicas-active', here).verdict).toBe('PASS');
		expect(ask('replicas-active', here, knowing({...there, unread: refused('DescribeTable')})).verdict).toBe('PASS');
	});

	test('names its replicas for the cache', () => {
		expect(dynamodb.kinds[0]?.related?.(here)).toEqual([arnOf('eu-west-1')]);
	});
});

test.each([
	['a table', table(keyed('1', hoursAgo(24))), [['table (archival)', hoursAgo(-144)]]],
	[
		'a replica',
		table({...keyed('1', hoursAgo(10)), replicas: [replica('us-east-1')]}),
		[
			['replica (out of its global table)', hoursAgo(-10)],
			['table (archival)', hoursAgo(-158)],
		],
	],
	[
		'a replica that is strongly consistent',
		table({...keyed('1', hoursAgo(10)), ...strong, replicas: [replica('us-east-1')]}),
		[['table (archival)', hoursAgo(-158)]],
	],
	['an archive', table({...keyed('1', hoursAgo(999)), status: 'ARCHIVED'}), []],
	['nothing', table(keyed('1')), []],
] as const)('AWS’s deadlines stand among what ends: %s', (_, resource, expected) => {
	expect(dynamodb.kinds[0]?.expirations?.(resource).map(({what, at}) => [what, at])).toEqual(expected);
});

describe('collecting tables', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const count = (operation: string) => watch.endpoint.calls.count({operation});
	const named = (resources: readonly Resource[], name: string) => resources.find(({resourceName}) => resourceName === name);

	test('each is described at every refresh, its backups once in hours, what is going not at all', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await watch.collect(dynamodb, 'us-east-1');
		expect(complete).toEqual(['AWS::DynamoDB::Table']);
		expect(['ListTables', 'DescribeTable', 'DescribeContinuousBackups', 'ListGlobalTables'].map(count)).toEqual([
			1,
			resources.length,
			resources.length - 2,
			1,
		]);
		watch.endpoint.calls.clear();
		await watch.collect(dynamodb, 'us-east-1');
		// What is refused is not asked again within the hour.
		expect(['DescribeTable', 'DescribeContinuousBackups', 'ListGlobalTables'].map(count)).toEqual([resources.length - 1, 0, 0]);
	});

	test('names page by the last one, a hundred at a time', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {resources, outcome} = await watch.collect(dynamodb, 'eu-west-1');
		expect(outcome.status).toBe('ok');
		expect(new Set(resources.map(({resourceName}) => resourceName)).size).toBe(250);
		expect(count('ListTables')).toBe(3);
		expect(resources.every(({unread}) => unread['DescribeContinuousBackups']?.status === 'pending')).toBe(true);
	});

	test('replicas come with their Regions and keys, the own one by its encryption', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(dynamodb, 'us-east-1');
		const orders: unknown = named(resources, 'orders')?.configuration;
		expect(orders).toMatchObject({
			encryption: {keyArn: expect.stringContaining(':us-east-1:')},
			replicas: [{awsRegion: 'eu-west-1', keyId: expect.stringContaining(':eu-west-1:')}],
			legacyRegions: null,
		});
		expect(named(resources, 'carts')?.configuration).toMatchObject({replicas: [{awsRegion: 'eu-west-1', keyId: null}]});
		expect(named(resources, 'catalog')?.configuration).toMatchObject({replicas: [], legacyRegions: ['us-east-1', 'eu-west-1']});
		expect(named(resources, 'balances')?.configuration).toMatchObject({
			multiRegionConsistency: 'STRONG',
			witnesses: [{awsRegion: 'us-west-2', status: 'ACTIVE'}],
		});
	});

	test('one problem of a global table is one finding', async () => {
		watch = await watchScenario('typical');
		const all: Resource[] = [];
		for (const region of ['us-east-1', 'eu-west-1', 'eu-south-1']) {
			all.push(...(await watch.collect(dynamodb, region)).resources);
		}

		const failing = judgeAll(dynamodb, all, watch.now()).flatMap(({resource, judgements}) =>
			judgements.filter(({verdict}) => verdict === 'FAIL').map(({ruleId}) => `${resource.resourceName} ${resource.awsRegion} ${ruleId}`),
		);
		expect(failing.filter(one => /replicas|global/u.test(one)).sort()).toEqual([
			'carts eu-west-1 dynamodb-table-replicas-same-key-type',
			'catalog eu-west-1 dynamodb-table-global-version',
			'stock eu-west-1 dynamodb-table-replicas-active',
		]);
	});

	test('a Region that knows no old global tables has none; a table deleted meanwhile is no failure', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({
			service: 'dynamodb',
			operation: 'ListGlobalTables',
			effect: {kind: 'error', name: 'UnknownOperationException'},
		});
		watch.endpoint.faults.add({
			service: 'dynamodb',
			operation: 'DescribeTable',
			times: 1,
			effect: {kind: 'error', name: 'ResourceNotFoundException'},
		});
		const {resources, outcome} = await watch.collect(dynamodb, 'eu-west-2');
		expect(outcome.status).toBe('ok');
		expect(resources).toEqual([]);
		const again = await watch.collect(dynamodb, 'eu-west-2');
		expect(again.resources.map(({configuration}) => configuration)).toMatchObject([{legacyRegions: null}]);
	});

	test('a healthy account has nothing to say but what is information', async () => {
		watch = await watchScenario('healthy');
		const resources = [
			...(await watch.collect(dynamodb, 'us-east-1')).resources,
			...(await watch.collect(dynamodb, 'eu-west-1')).resources,
		];
		const judgements = judgeAll(dynamodb, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile names and ARNs cost no table', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(dynamodb, 'us-east-1');
		expect(outcome.status).toBe('ok');
		const reasons = judgeAll(dynamodb, resources, watch.now()).flatMap(entry => entry.judgements.map(({reason}) => reason));
		expect(reasons.filter(reason => reason.includes('the rule failed'))).toEqual([]);
	});
});
