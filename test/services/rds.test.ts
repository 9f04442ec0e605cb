import type {StorageEncryptionType} from '@aws-sdk/client-rds';
import {afterEach, describe, expect, test} from 'vitest';
import {rds as mock} from '../../mocks/services/rds.js';
import type {RdsState} from '../../mocks/services/rds-state.js';
import type {Answer, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {rds} from '../../source/services/rds/index.js';
import {type Cluster, clusterType} from '../../source/services/rds/rules/cluster.js';
import {type GlobalCluster, globalClusterType, type Member} from '../../source/services/rds/rules/global-cluster.js';
import {clusterRules, globalClusterRules} from '../../source/services/rds/rules/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const key = 'arn:aws:kms:eu-west-1:123456789012:key/1111';
const member = (awsRegion: string, isWriter: boolean, synchronizationStatus?: string): Member => ({
	arn: `arn:aws:rds:${awsRegion}:123456789012:cluster:app`,
	awsRegion,
	isWriter,
	...(synchronizationStatus !== undefined && {synchronizationStatus}),
});

const base = {accountId: '123456789012', awsRegion: 'eu-west-1', tags: {}, unread: {}, readAt: {}} as const;
const global = (facts: Partial<GlobalCluster> = {}): Resource<GlobalCluster> => ({
	...base,
	arn: 'arn:aws:rds::123456789012:global-cluster:app',
	resourceType: globalClusterType,
	resourceId: 'app',
	resourceName: 'app',
	configuration: {members: [member('eu-west-1', true), member('us-east-1', false, 'connected')], ...facts},
});
const cluster = (facts: Partial<Cluster> = {}): Resource<Cluster> => ({
	...base,
	arn: 'arn:aws:rds:eu-west-1:123456789012:cluster:app',
	resourceType: clusterType,
	resourceId: 'app',
	resourceName: 'app',
	configuration: {globalClusterId: 'app', globalClusterArn: 'arn:aws:rds::123456789012:global-cluster:app', isWriter: true, ...facts},
});

const ask = <T>(rules: ReadonlyArray<Rule<T>>, id: string, resource: Resource<T>): Answer => {
	const rule = rules.find(one => one.id === `rds-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {now: '', settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource, context);
	return exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE', reason: exemption};
};

/** What AWS says of encryption, and what it means: for the whole and for its clusters alike. */
const sayings: ReadonlyArray<
	readonly [what: string, Pick<Cluster, 'storageEncrypted' | 'storageEncryptionType'>, verdict: string, reason: string]
> = [
	['a key of AWS: not encrypted, says the older member', {storageEncryptionType: 'sse-rds', storageEncrypted: false}, 'PASS', 'AWS owns'],
	['a key of KMS', {storageEncryptionType: 'sse-kms', storageEncrypted: true}, 'PASS', 'KMS'],
	['none', {storageEncryptionType: 'none', storageEncrypted: false}, 'FAIL', 'not encrypted at rest'],
	['the older member alone, yes', {storageEncrypted: true}, 'PASS', 'KMS'],
	['the older member alone, no', {storageEncrypted: false}, 'UNKNOWN', 'says nothing of a key that AWS owns'],
	['nothing', {}, 'UNKNOWN', 'did not tell'],
	['a sort of tomorrow', {storageEncryptionType: 'sse-quantum', storageEncrypted: true}, 'UNKNOWN', 'sse-quantum is not known'],
];

test.each(sayings)('encryption: %s', (_, said, verdict, reason) => {
	const expected = {verdict, reason: expect.stringContaining(reason)};
	expect(ask(globalClusterRules, 'global-cluster-encrypted', global(said))).toMatchObject(expected);
	expect(ask(clusterRules, 'cluster-encrypted', cluster(said))).toMatchObject(expected);
});

// Terraform replaces a cluster whose encryption changes, and its data go with it: only another name is safe.
test.each(
	[...globalClusterRules, ...clusterRules].filter(({id}) => id.endsWith('-encrypted')).map(({id, remediation}) => [id, remediation]),
)('the Terraform of %s makes a cluster beside the old one', (_, {terraform}) => {
	expect(terraform).toContain('snapshot_identifier = "SNAPSHOT_ARN"');
	expect(terraform).not.toMatch(/\{(?:id|name|arn)\}/u);
});

const kms = {storageEncryptionType: 'sse-kms', storageEncrypted: true} as const;

test.each<readonly [rule: string, what: string, Resource<Cluster>, verdict: string, reason: string]>([
	['kms-key', 'its own', cluster({...kms, kmsKeyId: key}), 'PASS', 'encrypted with key/1111'],
	[
		'kms-key',
		'another account’s',
		cluster({...kms, kmsKeyId: key.replace('123456789012', '444455556666')}),
		'PASS',
		'of the account 444455556666',
	],
	['kms-key', 'that of all', cluster({...kms, kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:alias/aws/rds'}), 'FAIL', 'aws/rds'],
	['kms-key', 'that of AWS', cluster({storageEncryptionType: 'sse-rds', kmsKeyId: null}), 'FAIL', 'AWS owns'],
	['kms-key', 'not told', cluster({...kms, kmsKeyId: null}), 'UNKNOWN', 'did not tell its key'],
	['kms-key', 'none to ask of', cluster({storageEncryptionType: 'none', kmsKeyId: null}), 'NOT_APPLICABLE', 'not encrypted'],
	['spans-zones', 'no instances', cluster({multiAz: false, instances: 0, isWriter: false}), 'FAIL', 'no instances, only data'],
	['spans-zones', 'not told', cluster({instances: 2}), 'UNKNOWN', 'did not tell'],
	['deletion-protected', 'not told', cluster(), 'UNKNOWN', 'did not tell'],
	['deletion-protected', 'on its way out', cluster({status: 'deleting', deletionProtection: false}), 'NOT_APPLICABLE', 'deleted'],
])('a cluster: %s, %s', (rule, _, resource, verdict, reason) => {
	expect(ask(clusterRules, `cluster-${rule}`, resource)).toMatchObject({verdict, reason: expect.stringContaining(reason)});
});

test.each<readonly [rule: string, what: string, Resource<GlobalCluster>, verdict: string, reason: string]>([
	['in-step', 'connected', global(), 'PASS', 'connected in us-east-1'],
	[
		'in-step',
		'one of two not',
		global({members: [member('eu-west-1', true), member('us-east-1', false, 'connected'), member('eu-west-2', false, 'pending-resync')]}),
		'FAIL',
		'the secondary in eu-west-2 waits',
	],
	['in-step', 'not told', global({members: [member('eu-west-1', true), member('us-east-1', false)]}), 'UNKNOWN', 'in us-east-1'],
	[
		'in-step',
		'a state of tomorrow',
		global({members: [member('eu-west-1', true), member('us-east-1', false, 'drifting')]}),
		'UNKNOWN',
		'drifting',
	],
	['in-step', 'alone', global({members: [member('eu-west-1', true)]}), 'NOT_APPLICABLE', 'has no secondary'],
	['has-secondary', 'alone', global({members: [member('eu-west-1', true)]}), 'FAIL', 'lives in eu-west-1 alone'],
	['kms-key', 'that of AWS', global({storageEncryptionType: 'sse-rds'}), 'FAIL', 'AWS owns'],
])('a global database: %s, %s', (rule, _, resource, verdict, reason) => {
	expect(ask(globalClusterRules, `global-cluster-${rule}`, resource)).toMatchObject({verdict, reason: expect.stringContaining(reason)});
});

describe('a collection', () => {
	let watch: Watch | undefined;
	afterEach(async () => {
		await watch?.close();
		watch = undefined;
	});
	const watching = async (): Promise<Watch> => {
		watch = await watchScenario('typical');
		return watch;
	};
	const stateOf = (one: Watch, awsRegion: string): RdsState => one.endpoint.world.state(mock, awsRegion);
	const names = (resources: readonly Resource[], type: string): readonly string[] =>
		resources.filter(({resourceType}) => resourceType === type).map(({resourceName}) => resourceName);

	test('tells of a global database where its writer is, and of each cluster in its own Region; of no other cluster', async () => {
		const one = await watching();
		const there = (await one.collect(rds, 'us-east-1')).resources;
		const here = (await one.collect(rds, 'eu-west-1')).resources;
		expect([names(there, globalClusterType), names(there, clusterType)]).toEqual([
			['shop-global', 'legacy-global'],
			['shop-prod', 'legacy'],
		]);
		expect([names(here, globalClusterType), names(here, clusterType)]).toEqual([[], ['shop-eu', 'uk-orders-dr']]);
		expect(here[0]?.configuration).toMatchObject({
			globalClusterArn: 'arn:aws:rds::123456789012:global-cluster:shop-global',
			isWriter: false,
			kmsKeyId: expect.stringMatching(/^arn:aws:kms:eu-west-1:/u),
		});
	});

	test('follows the writer to another Region', async () => {
		const one = await watching();
		for (const awsRegion of ['us-east-1', 'eu-west-1']) {
			const state = stateOf(one, awsRegion);
			state.globalClusters = state.globalClusters.map(each =>
				each.id === 'shop-global'
					? {...each, members: each.members.map(own => ({...own, isWriter: !own.isWriter})), failover: 'failing-over'}
					: each,
			);
		}

		expect(names((await one.collect(rds, 'us-east-1')).resources, globalClusterType)).toEqual(['legacy-global']);
		const {resources} = await one.collect(rds, 'eu-west-1');
		expect(names(resources, globalClusterType)).toEqual(['shop-global']);
		expect(resources[0]?.configuration).toMatchObject({failover: 'failing-over', members: [{awsRegion: 'eu-west-1', isWriter: true}, {}]});
	});

	test('asks for no clusters where none is a member, and for many a hundred at a time', async () => {
		const one = await watching();
		expect((await one.collect(rds, 'sa-east-1')).complete).toEqual([globalClusterType, clusterType]);
		expect(one.endpoint.calls.all.map(({operation}) => operation)).toEqual(['DescribeGlobalClusters']);
		const state = stateOf(one, 'eu-west-2');
		const [london] = state.globalClusters.filter(({id}) => id === 'uk-orders');
		const [orders] = state.clusters;
		if (london === undefined || orders === undefined) throw new Error('London has one');
		const many = Array.from({length: 230}, (_, index) => `orders-${index}`);
		state.globalClusters = many.map(name => ({
			...london,
			id: name,
			members: [{...london.members[0], name, awsRegion: 'eu-west-2', isWriter: true, synchronizationStatus: 'connected'}],
		}));
		state.clusters = many.map(name => ({...orders, name}));
		const {resources, outcome} = await one.collect(rds, 'eu-west-2');
		// Three pages of global clusters, three of a hundred clusters at most.
		expect([resources.length, outcome.calls, outcome.status]).toEqual([460, 6, 'ok']);
	});

	test('knows of a member that it may not see, or that is not described, that it is one', async () => {
		const one = await watching();
		const {resources, complete} = await one.collect(rds, 'eu-south-1');
		expect([names(resources, clusterType), complete]).toEqual([['legacy-milano'], [globalClusterType, clusterType]]);
		const state = stateOf(one, 'eu-west-1');
		state.clusters = state.clusters.filter(({name}) => name !== 'shop-eu');
		const ireland = await one.collect(rds, 'eu-west-1');
		expect(ireland.outcome.status).toBe('partial');
		const verdicts = judgeAll(rds, ireland.resources, one.now()).flatMap(({resource, judgements}) =>
			resource.resourceName === 'shop-eu' ? judgements.map(({verdict}) => verdict) : [],
		);
		expect(new Set(verdicts)).toEqual(new Set(['UNKNOWN']));
	});

	test('survives words that this version does not know', async () => {
		const one = await watching();
		const state = stateOf(one, 'us-east-1');
		// What AWS may add one day, the mock may say today.
		const quantum = 'sse-quantum' as StorageEncryptionType;
		state.globalClusters = state.globalClusters.map(each => ({...each, encryption: quantum}));
		state.clusters = state.clusters.map(each => ({...each, encryption: quantum}));
		const {resources} = await one.collect(rds, 'us-east-1');
		const told = judgeAll(rds, resources, one.now()).flatMap(({judgements}) => judgements);
		expect(told.filter(({ruleId, verdict}) => ruleId.endsWith('-encrypted') && verdict !== 'UNKNOWN')).toEqual([]);
	});

	test.each(['eu-west-1', 'us-east-1'])('never takes a broken answer for the truth in %s', {timeout: 60_000}, async awsRegion => {
		expect(await mistakesUnderWrongAnswers(rds, awsRegion)).toEqual([]);
	});
});
