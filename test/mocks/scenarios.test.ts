import {AccountClient, ListRegionsCommand} from '@aws-sdk/client-account';
import {
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	type KeyListEntry,
	KMSClient,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	paginateListAliases,
	paginateListKeys,
} from '@aws-sdk/client-kms';
import {describe, expect, it} from 'vitest';
import {scenarioNames, startEndpoint} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {fms} from '../../mocks/services/fms.js';
import {mockServices} from '../../mocks/services/index.js';
import {organizations} from '../../mocks/services/organizations.js';

const expected = new Set(['AccessDeniedException', 'UnsupportedOperationException', 'KMSInvalidStateException']);

/** Every answer that a key can give; what the key refuses or does not support is an answer too. */
const readAll = async (client: KMSClient, key: KeyListEntry): Promise<void> => {
	const named = {KeyId: key.KeyId};
	const calls = [
		client.send(new DescribeKeyCommand(named)),
		client.send(new GetKeyRotationStatusCommand(named)),
		client.send(new GetKeyPolicyCommand(named)),
		client.send(new GetKeyLastUsageCommand(named)),
		client.send(new ListGrantsCommand(named)),
		client.send(new ListKeyRotationsCommand({...named, IncludeKeyMaterial: 'ALL_KEY_MATERIAL'})),
	];
	for (const result of await Promise.allSettled(calls)) {
		if (result.status === 'rejected') expect(expected).toContain(result.reason.name);
	}
};

describe.each(scenarioNames)('the scenario %s', name => {
	const {populated, accounts} = scenarios[name];
	const [account] = accounts;

	it('answers every KMS call as the schema says, in every Region', {timeout: 30_000}, async () => {
		const endpoint = await startEndpoint({scenario: name});
		for (const region of populated) {
			const client = new KMSClient({
				endpoint: endpoint.url,
				region,
				credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
				maxAttempts: 1,
			});
			const keys: KeyListEntry[] = [];
			for await (const page of paginateListKeys({client}, {})) keys.push(...(page.Keys ?? []));
			for await (const page of paginateListAliases({client}, {})) expect(page.Aliases).toBeInstanceOf(Array);
			// A large account's keys are alike: every tenth will do.
			await Promise.all(keys.filter((_, index) => name !== 'large' || index % 10 === 0).map(key => readAll(client, key)));
			client.destroy();
		}
		expect(endpoint.defects).toEqual([]);
		await endpoint.close();
	});

	it('is the same account at every start, moved in time', async () => {
		for (const {scenarios: data} of mockServices) {
			const module = await data[name]?.();
			for (const awsRegion of populated) {
				const at = (iso: string): string =>
					JSON.stringify(module?.populate(placeOf(name, account, awsRegion, new Date(iso))))?.slice(0, 200_000);
				expect(at('2026-11-23T10:00:00Z')).toBe(at('2026-11-23T10:00:00Z'));
			}
		}
	});

	it('survives three rounds of every timeline', async () => {
		const endpoint = await startEndpoint({scenario: name});
		endpoint.timeline.advance(3600);
		await endpoint.close();
	});

	it('is populated only in Regions that are on', () => {
		for (const awsRegion of populated) {
			expect(account.regions.find(region => region.awsRegion === awsRegion)?.status).toMatch(/^ENABLED/u);
		}
	});
});

describe('the account of typical', () => {
	it('has one administrator of Firewall Manager, whichever service is asked', async () => {
		const endpoint = await startEndpoint({scenario: 'typical'});
		const {organization} = endpoint.world.state(organizations, 'us-east-1');
		const administrators = ['us-east-1', 'ap-southeast-2'].map(awsRegion => endpoint.world.state(fms, awsRegion).adminAccount);
		const [delegated] = organization?.delegated['fms.amazonaws.com'] ?? [];
		expect(administrators).toEqual([delegated, delegated]);
		expect(organization?.accounts.map(({id}) => id)).toContain(delegated);
		await endpoint.close();
	});

	it('has Regions in every state, and refuses those that are off', async () => {
		const endpoint = await startEndpoint({scenario: 'typical'});
		const credentials = {accessKeyId: 'AKIA', secretAccessKey: 'x'};
		const {Regions = []} = await new AccountClient({endpoint: endpoint.url, region: 'us-east-1', credentials}).send(
			new ListRegionsCommand({}),
		);
		expect([...new Set(Regions.map(region => region.RegionOptStatus))].sort()).toEqual([
			'DISABLED',
			'DISABLING',
			'ENABLED',
			'ENABLED_BY_DEFAULT',
		]);
		const off = new KMSClient({endpoint: endpoint.url, region: 'af-south-1', credentials, maxAttempts: 1});
		await expect(off.send(new DescribeKeyCommand({KeyId: 'x'}))).rejects.toMatchObject({name: 'UnrecognizedClientException'});
		await endpoint.close();
	});
});
