import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Effect} from '../../mocks/index.js';
import {kms as mock} from '../../mocks/services/kms.js';
import type {KmsState} from '../../mocks/services/kms-state.js';
import type {Resource, Verdict} from '../../source/model/index.js';
import {toGrantees} from '../../source/services/kms/collect/read.js';
import {kms} from '../../source/services/kms/index.js';
import type {Key} from '../../source/services/kms/rules/key.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const home = 'us-east-1';

/** Every verdict by key and rule. */
const verdictsOf = (watch: Watch, resources: readonly Resource[]): ReadonlyMap<string, Verdict> =>
	new Map(
		judgeAll(kms, resources, watch.now()).flatMap(({resource, judgements}) =>
			judgements.map(({ruleId, verdict}) => [`${resource.resourceId} ${ruleId}`, verdict] as const),
		),
	);

const named = (resources: readonly Resource[], name: string): Resource | undefined =>
	resources.find(({resourceName}) => resourceName === name);

test('grants of one principal are one, and what all of them bind is told from what one gives freely', () => {
	const reader = 'arn:aws:iam::444455556666:role/reader';
	const context = {EncryptionContextEquals: {tenant: 'a'}};
	const grantees = toGrantees([
		{Grants: [{GranteePrincipal: reader, Operations: ['DescribeKey']}]},
		{
			Grants: [
				{GranteePrincipal: reader, Operations: ['Decrypt', 'CreateGrant', 'ReEncryptFrom'], Constraints: context},
				{GranteePrincipal: reader, Operations: ['CreateGrant'], Constraints: {}},
				{GranteePrincipal: 'b', Operations: ['Decrypt', 'DescribeKey'], Constraints: context},
				{GranteeServicePrincipal: 'c.amazonaws.com', Operations: ['DescribeKey'], Constraints: {SourceArn: 'arn:aws:c:::c'}},
			],
		},
	]);
	expect(grantees).toEqual([
		{
			principal: reader,
			isService: false,
			grants: 3,
			operations: ['CreateGrant', 'Decrypt', 'DescribeKey', 'ReEncryptFrom'],
			constrainedOperations: ['Decrypt', 'ReEncryptFrom'],
		},
		{principal: 'b', isService: false, grants: 1, operations: ['Decrypt', 'DescribeKey'], constrainedOperations: ['Decrypt']},
		{principal: 'c.amazonaws.com', isService: true, grants: 1, operations: ['DescribeKey'], constrainedOperations: ['DescribeKey']},
	]);
});

describe('in the typical account', () => {
	let watch: Watch;
	beforeAll(async () => {
		watch = await watchScenario('typical');
	});
	afterAll(async () => {
		await watch.close();
	});

	test('every key is described once, by its id, and its customer facts are read for customer managed ones only', async () => {
		watch.endpoint.calls.clear();
		const {resources, complete, outcome} = await watch.collect(kms, home);
		const state = watch.endpoint.world.state<KmsState>(mock, home);
		expect(resources.map(({resourceId}) => resourceId)).toEqual(state.keys.map(({keyId}) => keyId));
		expect(complete).toEqual(['AWS::KMS::Key']);
		expect(outcome.status).toBe('partial');
		expect(watch.endpoint.calls.count({operation: 'DescribeKey'})).toBe(state.keys.length);
		const customers = state.keys.filter(({manager, refused}) => manager === 'CUSTOMER' && refused['DescribeKey'] === undefined);
		expect(watch.endpoint.calls.count({operation: 'GetKeyPolicy'})).toBe(customers.length);
		expect(watch.endpoint.calls.count({operation: 'GetKeyRotationStatus'})).toBe(
			customers.filter(({spec, origin, state: keyState}) => spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && keyState === 'Enabled')
				.length,
		);
	});

	test('keys have the names of their aliases, and their tags', async () => {
		const {resources} = await watch.collect(kms, home);
		expect(named(resources, 'prod/payments')).toMatchObject({
			arn: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//u),
			resourceType: 'AWS::KMS::Key',
			tags: {environment: 'prod', team: 'payments'},
			configuration: {aliases: ['alias/prod/payments'], keyManager: 'CUSTOMER'},
		});
		expect(Object.keys(named(resources, 'prod/payments')?.tags ?? {})).toEqual(['environment', 'team']);
	});

	test('tags that may not be listed are unread, of all keys but AWS’s own, and no verdict minds', async () => {
		const before = verdictsOf(watch, (await watch.collect(kms, home)).resources);
		const denied = await watchScenario('typical');
		denied.endpoint.faults.add({service: 'tagging', effect: {kind: 'deny'}});
		const {resources, outcome} = await denied.collect(kms, home);
		await denied.close();
		expect(outcome.refusals).toContainEqual(expect.objectContaining({iamAction: 'tag:GetResources', status: 'denied'}));
		for (const {tags, unread, configuration} of resources as ReadonlyArray<Resource<Key>>) {
			expect(tags).toEqual({});
			expect('GetResources' in unread).toBe(configuration.keyManager !== 'AWS');
		}

		expect(verdictsOf(watch, resources)).toEqual(before);
	});

	test('tags that nobody tells are waited for shortly, and left alone for an hour', async () => {
		const silent = await watchScenario('typical', {callTimeoutMs: 2000});
		silent.endpoint.faults.add({service: 'tagging', effect: {kind: 'hang'}});
		const {resources, outcome} = await silent.collect(kms, home);
		expect(outcome.refusals).toContainEqual(expect.objectContaining({iamAction: 'tag:GetResources', status: 'unreachable'}));
		expect(outcome.durationMs).toBeLessThan(2000);
		expect(verdictsOf(watch, resources)).toEqual(verdictsOf(watch, (await watch.collect(kms, home)).resources));
		const asked = () => silent.endpoint.calls.count({service: 'tagging'});
		expect(asked()).toBe(1);
		silent.pass(5 * 60_000);
		await silent.collect(kms, home);
		expect(asked()).toBe(1);
		silent.pass(60 * 60_000);
		await silent.collect(kms, home);
		expect(asked()).toBe(2);
		await silent.close();
	});

	test('a key pending deletion is told with its days and its last use', async () => {
		const {resources} = await watch.collect(kms, home);
		const reasons = judgeAll(kms, resources, watch.now()).flatMap(({judgements}) => judgements.map(({reason}) => reason));
		expect(reasons).toContainEqual(expect.stringMatching(/^deletion in \d+ days, used \d+ \w+ ago$/u));
	});

	test('an unreadable key is one UNKNOWN row, and no other key is touched by it', async () => {
		const {resources} = await watch.collect(kms, home);
		const unread = resources.filter(resource => resource.unread['DescribeKey'] !== undefined);
		expect(unread).toHaveLength(1);
		const verdicts = judgeAll(kms, unread, watch.now()).flatMap(({judgements}) => judgements.map(({verdict}) => verdict));
		expect(new Set(verdicts)).toEqual(new Set(['UNKNOWN']));
	});

	test('a refresh soon after asks for the lists, and for little else', async () => {
		await watch.collect(kms, home);
		watch.endpoint.calls.clear();
		watch.pass(10_000);
		const {outcome} = await watch.collect(kms, home);
		expect(watch.endpoint.calls.actions()).toEqual(['kms:ListAliases', 'kms:ListKeys']);
		expect(outcome.calls).toBe(2);
	});

	test('states are asked anew after five minutes, policies after an hour, last use after a day', async () => {
		await watch.collect(kms, home);
		const askedAfter = async (ms: number) => {
			watch.pass(ms);
			watch.endpoint.calls.clear();
			await watch.collect(kms, home);
			return watch.endpoint.calls.count({operation: 'DescribeKey'}) > 30
				? watch.endpoint.calls.count({operation: 'GetKeyPolicy'}) > 30
					? watch.endpoint.calls.count({operation: 'GetKeyLastUsage'}) > 30
						? 'states, policies and last uses'
						: 'states and policies'
					: 'states'
				: 'lists';
		};
		expect(await askedAfter(5 * 60_000)).toBe('states');
		expect(await askedAfter(65 * 60_000)).toBe('states and policies');
		expect(await askedAfter(27 * 3_600_000)).toBe('states, policies and last uses');
	});

	test('key stores are listed once, for the keys in them, and not where no key is in one', async () => {
		watch.pass(24 * 3_600_000);
		watch.endpoint.calls.clear();
		const {resources} = await watch.collect(kms, home);
		expect(watch.endpoint.calls.count({operation: 'DescribeCustomKeyStores'})).toBe(1);
		expect(named(resources, 'prod/xks-board')?.configuration).toMatchObject({
			keyStore: {name: 'xks-legal', connectionState: 'FAILED', connectionErrorCode: 'XKS_PROXY_NOT_REACHABLE'},
		});
		expect(named(resources, 'prod/hsm-ledger')?.configuration).toMatchObject({keyStore: {connectionState: 'CONNECTED'}});
		watch.endpoint.calls.clear();
		await watch.collect(kms, 'eu-west-1');
		expect(watch.endpoint.calls.count({operation: 'DescribeCustomKeyStores'})).toBe(0);
	});

	test('what happens to a key is seen at the refresh after it: deletion, and the end of a mistake', async () => {
		const state = watch.endpoint.world.state<KmsState>(mock, home);
		const key = state.keys.find(({keyId}) => keyId === state.aliases.find(({name}) => name === 'alias/prod/payments')?.targetKeyId);
		const open = state.keys.find(({keyId}) => keyId === state.aliases.find(({name}) => name === 'alias/prod/public-cdn')?.targetKeyId);
		if (key === undefined || open === undefined) {
			throw new Error('The scenario lacks prod/payments or prod/public-cdn');
		}

		const before = verdictsOf(watch, (await watch.collect(kms, home)).resources);
		expect(before.get(`${key.keyId} kms-key-not-pending-deletion`)).toBe('PASS');
		expect(before.get(`${open.keyId} kms-policy-not-public`)).toBe('FAIL');

		const {policy} = open;
		key.state = 'PendingDeletion';
		key.deletionDate = new Date(Date.now() + 7 * 86_400_000);
		open.policy = key.policy;
		watch.pass(5 * 60_000);
		const after = verdictsOf(watch, (await watch.collect(kms, home)).resources);
		key.state = 'Enabled';
		open.policy = policy;
		expect(after.get(`${key.keyId} kms-key-not-pending-deletion`)).toBe('FAIL');
		expect(after.get(`${open.keyId} kms-policy-not-public`)).toBe('PASS');
	});
});

describe('when AWS refuses or answers badly', () => {
	let watch: Watch;
	let sound: ReadonlyMap<string, Verdict>;

	/** Collects with a fault on some operations, from an empty cache. */
	const collectWith = async (operation: string | readonly string[], effect: Effect) => {
		const other = await watchScenario('typical');
		try {
			other.endpoint.faults.add({service: 'kms', operation: [operation].flat(), effect});
			return await other.collect(kms, home);
		} finally {
			await other.close();
		}
	};

	beforeAll(async () => {
		watch = await watchScenario('typical');
		sound = verdictsOf(watch, (await watch.collect(kms, home)).resources);
	});
	afterAll(async () => {
		await watch.close();
	});

	const perKey = Object.keys(kms.operations).filter(operation => operation !== 'ListKeys');
	const one = (effect: Effect) => perKey.map(operation => [operation, effect] as const);
	test.each<readonly [string | readonly string[], Effect]>([
		...one({kind: 'deny'}),
		...one({kind: 'missing-members'}),
		['DescribeKey', {kind: 'unknown-enum'}],
		['ListKeyRotations', {kind: 'unknown-enum'}],
		[perKey, {kind: 'deny', because: 'explicit-deny-in-service-control-policy'}],
		[perKey, {kind: 'html'}],
		[perKey, {kind: 'empty-object'}],
		[perKey, {kind: 'wrong-types'}],
		[perKey, {kind: 'null-members'}],
		['ListGrants', {kind: 'missing-members', members: ['GranteePrincipal']}],
		['DescribeKey', {kind: 'missing-members', members: ['ReplicaKeys']}],
		['DescribeKey', {kind: 'missing-members', members: ['MultiRegionConfiguration']}],
		['GetKeyRotationStatus', {kind: 'missing-members', members: ['NextRotationDate']}],
	])('%s with %j leaves no verdict turned, and no key lost', async (operation, effect) => {
		const {resources, complete, outcome} = await collectWith(operation, effect);
		expect(complete).toEqual(['AWS::KMS::Key']);
		expect(resources).toHaveLength(new Set([...sound.keys()].map(key => key.split(' ')[0])).size);
		expect(['ok', 'partial']).toContain(outcome.status);
		const turned = [...verdictsOf(watch, resources)].filter(([key, verdict]) => {
			const before = sound.get(key);
			return before !== verdict && verdict !== 'UNKNOWN' && before !== 'UNKNOWN';
		});
		expect(turned).toEqual([]);
	});

	test.each<[string, Effect, string]>([
		['denied', {kind: 'deny'}, 'denied'],
		['throttled', {kind: 'throttle'}, 'throttled'],
		['answered by a captive portal', {kind: 'html'}, 'failed'],
		['answered by nothing', {kind: 'empty-object'}, 'failed'],
		['answered with keys that have no id', {kind: 'missing-members', members: ['KeyId']}, 'failed'],
		['in a Region that is off', {kind: 'region-not-enabled'}, 'unauthenticated'],
	])('ListKeys %s: no keys, none gone, and the outcome says why', async (_, effect, status) => {
		const {resources, complete, outcome} = await collectWith('ListKeys', effect);
		expect(resources).toEqual([]);
		expect(complete).toEqual([]);
		expect(outcome.status).toBe(status);
	});

	test('ListKeys that goes in a circle: nothing counts as gone', async () => {
		const {complete, outcome} = await collectWith('ListKeys', {kind: 'loop-token'});
		expect(complete).toEqual([]);
		expect(outcome.status).toBe('partial');
	});

	test('without aliases keys are named by id, and nothing else is lost', async () => {
		const {resources} = await collectWith('ListAliases', {kind: 'deny'});
		expect(resources.every(({resourceName, resourceId}) => resourceName === resourceId)).toBe(true);
		expect(resources.every(({unread}) => unread['ListAliases']?.iamAction === 'kms:ListAliases')).toBe(true);
		expect(verdictsOf(watch, resources)).toEqual(sound);
	});

	test('a key that is deleted between list and look is left out', async () => {
		const other = await watchScenario('healthy');
		other.endpoint.faults.add({operation: 'DescribeKey', times: 1, effect: {kind: 'error', name: 'NotFoundException'}});
		const {resources, complete, outcome} = await other.collect(kms, home);
		expect(resources).toHaveLength(other.endpoint.world.state<KmsState>(mock, home).keys.length - 1);
		expect(complete).toEqual(['AWS::KMS::Key']);
		expect(outcome.status).toBe('ok');
		await other.close();
	});
});

test('last uses come in the background, at their quota, and are pending until then', async () => {
	const watch = await watchScenario('healthy', {slowInBackground: true});
	const used = async () =>
		judgeAll(kms, (await watch.collect(kms, home)).resources, watch.now())
			.flatMap(({judgements}) => judgements)
			.filter(({ruleId}) => ruleId === 'kms-key-used');
	const [first] = await used();
	expect(first).toMatchObject({verdict: 'UNKNOWN', reason: 'kms:GetKeyLastUsage has not been read yet: its quota is 5 calls a second'});
	await expect.poll(async () => (await used()).every(({verdict}) => verdict !== 'UNKNOWN'), {timeout: 5000}).toBe(true);
	await watch.close();
});

test('hostile names, policies and tags are taken as they are', async () => {
	const watch = await watchScenario('hostile');
	const {resources, outcome} = await watch.collect(kms, home);
	expect(resources).toHaveLength(watch.endpoint.world.state<KmsState>(mock, home).keys.length);
	expect(outcome.status).toBe('ok');
	const entries = judgeAll(kms, resources, watch.now());
	expect(entries.flatMap(({judgements}) => judgements).filter(({reason}) => reason.startsWith('the rule failed'))).toEqual([]);
	await watch.close();
});
