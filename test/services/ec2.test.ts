import {afterEach, describe, expect, test} from 'vitest';
import type {Resource} from '../../source/model/index.js';
import {usesOf} from '../../source/services/ec2/collect/interfaces.js';
import {ec2} from '../../source/services/ec2/index.js';
import type {Address} from '../../source/services/ec2/rules/address.js';
import type {Group} from '../../source/services/ec2/rules/group.js';
import type {Image} from '../../source/services/ec2/rules/image.js';
import type {RegionSettings} from '../../source/services/ec2/rules/settings.js';
import type {Snapshot} from '../../source/services/ec2/rules/snapshot.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const home = 'us-east-1';
const partner = '444455556666';

test('a group of a large fleet is known by fifty, and counted in full', () => {
	const on = (group: string, count: number) =>
		Array.from({length: count}, (_, index) => ({Groups: [{GroupId: group}], Attachment: {InstanceId: `i-${index}`}}));
	const uses = usesOf([...on('sg-1', 400), ...on('sg-1', 3), ...on('sg-2', 50)]);
	expect(uses.get('sg-1')).toMatchObject({total: 403, instanceCount: 400, loadBalancers: []});
	expect(uses.get('sg-1')?.instanceIds).toHaveLength(50);
	expect(uses.get('sg-2')).toEqual({total: 50, public: 0, instanceIds: expect.any(Array), loadBalancers: [], others: {}});
});

describe('collecting EC2', () => {
	let watch: Watch;
	afterEach(() => watch.close());

	// A type of resource has one configuration.
	const of = <C>(resources: readonly Resource[], type: string) =>
		resources.filter(({resourceType}) => resourceType === `AWS::EC2::${type}`) as ReadonlyArray<Resource<C>>;
	const named = <C>(resources: readonly Resource[], type: string, name: string) =>
		of<C>(resources, type).find(({resourceName}) => resourceName === name);
	const count = (operation: string) => watch.endpoint.calls.count({operation});
	const verdict = (resources: readonly Resource[], name: string, ruleId: string) =>
		judgeAll(ec2, resources, watch.now())
			.find(({resource}) => resource.resourceName === name)
			?.judgements.find(judgement => judgement.ruleId === ruleId)?.verdict;

	test('what is not shared by name costs a listing, however much there is', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {resources, outcome, complete} = await watch.collect(ec2, home);
		expect(outcome.status).toBe('ok');
		expect(complete).toHaveLength(7);
		expect(of(resources, 'Snapshot')).toHaveLength(1200);
		// Two pages of all snapshots, and one of those that are public.
		expect(count('DescribeSnapshots')).toBe(3);
		for (const operation of [
			'DescribeImages',
			'DescribeVolumes',
			'DescribeSecurityGroups',
			'DescribeNetworkInterfaces',
			'DescribeAddresses',
		]) {
			expect([operation, count(operation)]).toEqual([operation, 1]);
		}

		expect(count('DescribeManagedPrefixLists')).toBe(0);
	});

	test('who a snapshot is shared with waits its turn, and its being public does not', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const {resources} = await watch.collect(ec2, home);
		const open = named<Snapshot>(resources, 'Snapshot', 'open street dataset');
		expect(open?.unread['DescribeSnapshotAttribute']).toMatchObject({status: 'pending'});
		expect(verdict(resources, 'open street dataset', 'ec2-snapshot-not-public')).toBe('FAIL');
		await expect
			.poll(
				async () => named<Snapshot>((await watch.collect(ec2, home)).resources, 'Snapshot', 'orders handover')?.configuration.sharedWith,
			)
			.toEqual([partner]);
	});

	test('permissions are kept, those of what is shared for an hour and the others for half a day', async () => {
		watch = await watchScenario('typical');
		await watch.collect(ec2, home);
		const all = count('DescribeSnapshotAttribute');
		await watch.collect(ec2, home);
		// What is refused is asked for again within the hour at most.
		expect(count('DescribeSnapshotAttribute')).toBe(all);
		watch.pass(2 * 60 * 60_000);
		watch.endpoint.calls.clear();
		const {resources} = await watch.collect(ec2, home);
		const shared = of<Snapshot>(resources, 'Snapshot').filter(
			({configuration}) => configuration.public === true || (configuration.sharedWith ?? []).length > 0,
		);
		expect(count('DescribeSnapshotAttribute')).toBe(shared.length + 1);
	});

	test('a whole listing of what is public outweighs permissions of an hour ago; one that is cut short does not', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.timeline.advance(60);
		await watch.collect(ec2, home);
		const isPublic = (resources: readonly Resource[]) => named<Snapshot>(resources, 'Snapshot', 'demo data')?.configuration.public;
		watch.endpoint.timeline.advance(300 - 60);
		expect(isPublic((await watch.collect(ec2, home)).resources)).toBe(false);
		watch.endpoint.timeline.advance(60);
		await watch.collect(ec2, home);
		watch.endpoint.faults.add({service: 'ec2', operation: 'DescribeSnapshots', after: 1, effect: {kind: 'deny'}});
		expect(isPublic((await watch.collect(ec2, home)).resources)).toBe(true);
	});

	test('an AMI that is unavailable is there, one that is not found is gone', async () => {
		watch = await watchScenario('typical');
		const failing = async (name: string) => {
			watch.endpoint.faults.clear();
			watch.endpoint.faults.add({service: 'ec2', operation: 'DescribeImageAttribute', effect: {kind: 'error', name}});
			return (await watch.collect(ec2, 'eu-west-1')).resources;
		};
		const resources = await failing('InvalidAMIID.Unavailable');
		const images = of<Image>(resources, 'Image');
		expect(images.length).toBeGreaterThan(0);
		expect(images.filter(({configuration}) => 'sharedWith' in configuration)).toEqual([]);
		expect(verdict(resources, images[0]?.resourceName ?? '', 'ec2-image-shares-trusted')).toBe('UNKNOWN');
		watch.pass(2 * 60 * 60_000);
		expect(of(await failing('InvalidAMIID.NotFound'), 'Image')).toEqual([]);
	});

	test('a share says who has it and under which key, for an AMI by its snapshots', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(ec2, home);
		const root = named<Snapshot>(resources, 'Snapshot', 'acme-base root');
		const image = named<Image>(resources, 'Image', 'acme-base-2026.11');
		expect(image?.configuration).toMatchObject({
			sharedWith: {accounts: [partner], organizations: [], organizationalUnits: []},
			disks: [{snapshotId: root?.resourceId, encrypted: true, kmsKeyId: root?.configuration.kmsKeyId}],
		});
		expect(root?.configuration.kmsKeyId).toMatch(/^arn:aws:kms:us-east-1:123456789012:key\//u);
		expect(root?.configuration.imageIds).toEqual([image?.resourceId]);
		expect(root?.arn).toBe(`arn:aws:ec2:us-east-1::snapshot/${root?.resourceId}`);
		expect(named<Snapshot>(resources, 'Snapshot', 'uk archive')?.configuration.copiedFrom).toMatchObject({awsRegion: 'eu-west-2'});
	});

	test('the keys of shares are those that KMS has', async () => {
		watch = await watchScenario('typical');
		const {kms} = await import('../../source/services/kms/index.js');
		for (const [region, strangers] of [
			[home, ['crm migration']],
			['eu-west-1', ['orders disaster recovery']],
		] as const) {
			const keys = new Set((await watch.collect(kms, region)).resources.map(({arn}) => arn));
			const {resources} = await watch.collect(ec2, region);
			const unknown = of<Snapshot>(resources, 'Snapshot').filter(
				({configuration: {kmsKeyId}}) => kmsKeyId !== undefined && !keys.has(kmsKeyId),
			);
			expect(unknown.map(({resourceName}) => resourceName)).toEqual(strangers);
		}
	});

	test('a group knows what uses it and which lists it names; an address knows its load balancer', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(ec2, home);
		expect(named<Group>(resources, 'SecurityGroup', 'shop-alb')?.configuration).toMatchObject({
			interfaces: {total: 2, public: 2, loadBalancers: [expect.stringMatching(/^app\/shop\/[0-9a-f]{16}$/u)]},
			prefixLists: [{name: 'com.amazonaws.global.cloudfront.origin-facing', ownerId: 'AWS'}],
		});
		expect(named<Group>(resources, 'SecurityGroup', 'web')?.configuration.referencedBy).toHaveLength(1);
		expect(named<Address>(resources, 'EIP', 'ingest-a')?.configuration).toMatchObject({
			loadBalancer: expect.stringMatching(/^net\/ingest\//u),
			interfaceType: 'network_load_balancer',
		});
		// Of AWS's own lists nobody needs to know the entries.
		expect(count('GetManagedPrefixListEntries')).toBe(3);
	});

	test('a Region without anything has settings all the same', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(ec2, 'sa-east-1');
		expect(of<RegionSettings>(resources, 'RegionSettings').map(({configuration}) => configuration.inUse)).toEqual([false]);
		expect(resources).toHaveLength(1);
	});

	test.each([
		['DescribeVolumes', 'Volume'],
		['DescribeSnapshots', 'Snapshot'],
		['DescribeImages', 'Image'],
		['DescribeSecurityGroups', 'SecurityGroup'],
		['DescribeNetworkAcls', 'NetworkAcl'],
		['DescribeAddresses', 'EIP'],
	])('%s that is denied, endless or nameless makes no %s gone, and costs no other', async (operation, type) => {
		watch = await watchScenario('typical');
		const effects = [{kind: 'deny'}, {kind: 'missing-members'}, {kind: 'empty-object'}, {kind: 'cycle-token'}] as const;
		for (const effect of effects) {
			watch.endpoint.faults.clear();
			watch.endpoint.faults.add({service: 'ec2', operation, effect});
			const {complete, outcome} = await watch.collect(ec2, home);
			// What has no pages has no endless ones.
			if (operation !== 'DescribeAddresses' || effect.kind !== 'cycle-token') {
				expect([effect.kind, outcome.status]).toEqual([effect.kind, 'partial']);
				expect(complete).not.toContain(`AWS::EC2::${type}`);
			}

			// A listing that was cut short leaves all open, since any might have been it.
			if (effect.kind !== 'cycle-token') {
				expect(complete).toHaveLength(6);
			}
		}
	});

	test('the timeline makes a snapshot public, closes a port and blocks what is public', async () => {
		watch = await watchScenario('typical');
		const look = async () => {
			const {resources} = await watch.collect(ec2, home);
			return [
				verdict(resources, 'demo data', 'ec2-snapshot-not-public'),
				verdict(resources, 'bastion', 'ec2-group-admin-ports-closed'),
				verdict(resources, home, 'ec2-region-snapshots-blocked'),
			];
		};
		expect(await look()).toEqual(['PASS', 'FAIL', 'FAIL']);
		watch.endpoint.timeline.advance(60);
		expect(await look()).toEqual(['FAIL', 'FAIL', 'FAIL']);
		watch.endpoint.timeline.advance(80);
		expect(await look()).toEqual(['FAIL', 'PASS', 'FAIL']);
		watch.endpoint.timeline.advance(60);
		expect(await look()).toEqual(['PASS', 'PASS', 'PASS']);
		watch.endpoint.timeline.advance(90);
		expect(await look()).toEqual(['PASS', 'FAIL', 'FAIL']);
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		for (const region of [home, 'eu-west-1', 'sa-east-1']) {
			const {resources} = await watch.collect(ec2, region);
			const told = judgeAll(ec2, resources, watch.now()).flatMap(({judgements}) => judgements);
			expect(told.filter(({verdict: is}) => is === 'FAIL' || is === 'UNKNOWN')).toEqual([]);
		}
	});

	test('hostile names, permissions and lists cost nothing', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(ec2, home);
		expect(outcome.status).toBe('ok');
		expect(resources.length).toBeGreaterThan(200);
		const told = judgeAll(ec2, resources, watch.now()).flatMap(({judgements}) => judgements);
		expect(told.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
		expect(resources.every(({resourceName}) => resourceName.trim() !== '')).toBe(true);
	});
});

test('wrong answers never turn a verdict', async () => {
	expect(await mistakesUnderWrongAnswers(ec2, 'eu-west-2')).toEqual([]);
}, 120_000);
