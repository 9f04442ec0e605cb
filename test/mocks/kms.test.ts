import {
	DescribeCustomKeyStoresCommand,
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	KMSClient,
	type KMSServiceException,
	ListAliasesCommand,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	ListKeysCommand,
	paginateListAliases,
	paginateListGrants,
} from '@aws-sdk/client-kms';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
let client: KMSClient;
const idOf = new Map<string, string>();

const connect = (region: string): KMSClient =>
	new KMSClient({endpoint: endpoint.url, region, credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x'}, maxAttempts: 1});

const named = (alias: string): {KeyId: string} => ({KeyId: idOf.get(`alias/${alias}`) ?? alias});

const failure = async (call: Promise<unknown>): Promise<Pick<KMSServiceException, 'name' | 'message'> & {status: number | undefined}> => {
	const error: unknown = await call.then(
		() => new Error('it was answered'),
		(reason: unknown) => reason,
	);
	// Whatever the SDK rejects with is one of its exceptions; the assertions on it would fail otherwise.
	const {name, message, $metadata} = error as KMSServiceException;
	return {name, message, status: $metadata?.httpStatusCode};
};

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = connect('us-east-1');
	for await (const page of paginateListAliases({client}, {})) {
		for (const alias of page.Aliases ?? []) idOf.set(alias.AliasName ?? '', alias.TargetKeyId ?? '');
	}
});
afterAll(() => endpoint.close());

describe('the mock of KMS', () => {
	it('lists keys in pages and says whether there are more', async () => {
		const first = await client.send(new ListKeysCommand({Limit: 10}));
		expect(first).toMatchObject({Truncated: true, NextMarker: expect.any(String)});
		const second = await client.send(new ListKeysCommand({Limit: 1000, Marker: first.NextMarker}));
		expect(second.Truncated).toBe(false);
		expect(second.NextMarker).toBeUndefined();
		const all = await client.send(new ListKeysCommand({}));
		expect([...(first.Keys ?? []), ...(second.Keys ?? [])]).toEqual(all.Keys);
		expect(all.Keys?.length).toBeGreaterThan(35);
	});

	it.each([
		['a page size of nothing', {Limit: 0}, 'ValidationException'],
		['a page size over the maximum', {Limit: 1001}, 'ValidationException'],
		['a marker that it never gave', {Marker: 'garbage'}, 'InvalidMarkerException'],
	])('refuses %s', async (_, input, name) => {
		expect(await failure(client.send(new ListKeysCommand(input)))).toMatchObject({name, status: 400});
	});

	it('refuses a marker of another Region and of another listing', async () => {
		const {NextMarker: marker} = await client.send(new ListKeysCommand({Limit: 1}));
		expect(await failure(connect('eu-west-1').send(new ListKeysCommand({Limit: 1, Marker: marker})))).toMatchObject({
			name: 'InvalidMarkerException',
		});
		expect(await failure(client.send(new ListAliasesCommand({Limit: 1, Marker: marker})))).toMatchObject({name: 'InvalidMarkerException'});
	});

	it('lists aliases that AWS reserved without a key, and those of one key', async () => {
		const {Aliases = []} = await client.send(new ListAliasesCommand({Limit: 100}));
		const reserved = Aliases.find(alias => alias.AliasName === 'alias/aws/dynamodb');
		expect(reserved).toEqual({AliasName: 'alias/aws/dynamodb', AliasArn: 'arn:aws:kms:us-east-1:123456789012:alias/aws/dynamodb'});
		const {Aliases: own} = await client.send(new ListAliasesCommand(named('prod/payments')));
		expect(own?.map(alias => alias.AliasName)).toEqual(['alias/prod/payments']);
	});

	it('describes a key by id, ARN, alias and alias ARN', async () => {
		const {KeyMetadata: byId} = await client.send(new DescribeKeyCommand(named('prod/payments')));
		expect(byId).toMatchObject({
			AWSAccountId: '123456789012',
			Enabled: true,
			KeyManager: 'CUSTOMER',
			KeyState: 'Enabled',
			KeyUsage: 'ENCRYPT_DECRYPT',
			EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
			MultiRegion: false,
			Origin: 'AWS_KMS',
			CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/u),
		});
		for (const KeyId of [byId?.Arn, 'alias/prod/payments', 'arn:aws:kms:us-east-1:123456789012:alias/prod/payments']) {
			expect((await client.send(new DescribeKeyCommand({KeyId}))).KeyMetadata).toEqual(byId);
		}
	});

	it('tells a missing key, a malformed ARN and a foreign key apart', async () => {
		const describe_ = (KeyId: string) => failure(client.send(new DescribeKeyCommand({KeyId})));
		expect(await describe_('00000000-0000-4000-8000-000000000000')).toMatchObject({name: 'NotFoundException'});
		expect(await describe_('alias/no/such')).toMatchObject({name: 'NotFoundException'});
		expect(await describe_('arn:aws:kms:nonsense')).toMatchObject({name: 'InvalidArnException'});
		const foreign = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
		expect(await describe_(foreign)).toMatchObject({
			name: 'AccessDeniedException',
			message: `User: arn:aws:sts::123456789012:assumed-role/VedetteReadOnly/sentry is not authorized to perform: kms:DescribeKey on resource: ${foreign} because no resource-based policy allows the kms:DescribeKey action`,
		});
	});

	it('takes aliases where AWS does and nowhere else', async () => {
		expect(await failure(client.send(new GetKeyLastUsageCommand({KeyId: 'alias/prod/payments'})))).toMatchObject({
			name: 'NotFoundException',
		});
	});

	it('shows a deletion date only where there is one', async () => {
		const metadata = async (alias: string) => (await client.send(new DescribeKeyCommand(named(alias)))).KeyMetadata;
		expect(await metadata('prod/old-checkout')).toMatchObject({
			KeyState: 'PendingDeletion',
			Enabled: false,
			DeletionDate: expect.any(Date),
		});
		const retired = await metadata('prod/retired-global');
		expect(retired).toMatchObject({KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 14});
		expect(retired).not.toHaveProperty('DeletionDate');
	});

	it('shows when imported material ends', async () => {
		const {KeyMetadata: ending} = await client.send(new DescribeKeyCommand(named('byok/archive')));
		expect(ending).toMatchObject({Origin: 'EXTERNAL', ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: expect.any(Date)});
		const {KeyMetadata: lasting} = await client.send(new DescribeKeyCommand(named('byok/old-vault')));
		expect(lasting).toMatchObject({ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE'});
		expect(lasting).not.toHaveProperty('ValidTo');
	});

	it('relates the keys of a multi-Region key', async () => {
		const {KeyMetadata: primary} = await client.send(new DescribeKeyCommand(named('prod/sessions')));
		const replicaArn = primary?.MultiRegionConfiguration?.ReplicaKeys?.[0]?.Arn;
		const {KeyMetadata: replica} = await connect('eu-west-1').send(new DescribeKeyCommand({KeyId: replicaArn}));
		expect(replica).toMatchObject({
			KeyId: primary?.KeyId,
			CurrentKeyMaterialId: primary?.CurrentKeyMaterialId,
			MultiRegionConfiguration: {MultiRegionKeyType: 'REPLICA', PrimaryKey: {Arn: primary?.Arn, Region: 'us-east-1'}},
		});
	});

	it('tells whether a key rotates', async () => {
		const status = async (alias: string) => client.send(new GetKeyRotationStatusCommand(named(alias)));
		expect(await status('prod/orders')).toMatchObject({
			KeyRotationEnabled: true,
			RotationPeriodInDays: 90,
			NextRotationDate: expect.any(Date),
		});
		expect(await status('prod/search')).toMatchObject({OnDemandRotationStartDate: expect.any(Date)});
		expect(await status('prod/legacy-erp')).toMatchObject({KeyRotationEnabled: false});
		expect(await status('prod/old-checkout'), 'pending deletion').toMatchObject({KeyRotationEnabled: false});
		expect(await status('aws/ebs')).toMatchObject({KeyRotationEnabled: true});
	});

	it.each(['prod/code-signing', 'prod/webhooks-hmac', 'byok/archive', 'byok/new-hsm', 'prod/hsm-ledger', 'prod/xks-board'])(
		'knows no rotation status of %s',
		async alias => {
			expect(await failure(client.send(new GetKeyRotationStatusCommand(named(alias))))).toMatchObject({
				name: 'UnsupportedOperationException',
			});
		},
	);

	it('gives the only policy there is', async () => {
		const {Policy, PolicyName} = await client.send(new GetKeyPolicyCommand({...named('prod/public-cdn'), PolicyName: 'default'}));
		expect(PolicyName).toBe('default');
		expect(JSON.parse(Policy ?? '')).toHaveProperty('Statement.1.Principal', '*');
		expect(await failure(client.send(new GetKeyPolicyCommand({...named('prod/queue'), PolicyName: 'other'})))).toMatchObject({
			name: 'NotFoundException',
		});
	});

	it('pages grants and filters them', async () => {
		const grants = [];
		for await (const page of paginateListGrants({client}, named('prod/volumes'))) grants.push(...(page.Grants ?? []));
		expect(grants).toHaveLength(130);
		const {Grants} = await client.send(new ListGrantsCommand({...named('prod/volumes'), GrantId: grants[7]?.GrantId}));
		expect(Grants).toEqual([grants[7]]);
		expect(await failure(client.send(new ListGrantsCommand({...named('prod/volumes'), GrantId: 'short'})))).toMatchObject({
			name: 'InvalidGrantIdException',
		});
	});

	it('lists rotations, and all materials on request', async () => {
		const states = async (IncludeKeyMaterial?: 'ALL_KEY_MATERIAL') => {
			const {Rotations = []} = await client.send(new ListKeyRotationsCommand({...named('byok/rotated-on-demand'), IncludeKeyMaterial}));
			return Rotations.map(one => one.KeyMaterialState);
		};
		expect(await states()).toEqual(['CURRENT']);
		expect(await states('ALL_KEY_MATERIAL')).toEqual(['NON_CURRENT', 'CURRENT', 'PENDING_ROTATION']);
		expect(await failure(client.send(new ListKeyRotationsCommand(named('prod/code-signing'))))).toMatchObject({
			name: 'UnsupportedOperationException',
		});
	});

	it('tells never used from not recorded', async () => {
		const usage = async (alias: string) => client.send(new GetKeyLastUsageCommand(named(alias)));
		expect(await usage('prod/payments')).toMatchObject({KeyLastUsage: {Operation: 'Decrypt', Timestamp: expect.any(Date)}});
		const never = await usage('dev/never-used');
		expect(never.KeyLastUsage).toEqual({});
		expect(never.TrackingStartDate).toEqual(never.KeyCreationDate);
		const unknown = await usage('dev/forgotten');
		expect(unknown.KeyLastUsage).toEqual({});
		expect(unknown.TrackingStartDate?.getTime()).toBeGreaterThan(unknown.KeyCreationDate?.getTime() ?? 0);
	});

	it('describes key stores: all, one by its id or name, and none that there is not', async () => {
		const {CustomKeyStores = []} = await client.send(new DescribeCustomKeyStoresCommand({}));
		expect(CustomKeyStores.map(({CustomKeyStoreName: name, ConnectionState: state}) => [name, state])).toEqual([
			['hsm-payments', 'CONNECTED'],
			['xks-legal', 'FAILED'],
		]);
		const one = await client.send(new DescribeCustomKeyStoresCommand({CustomKeyStoreName: 'xks-legal'}));
		expect(one.CustomKeyStores).toMatchObject([{ConnectionErrorCode: 'XKS_PROXY_NOT_REACHABLE', CreationDate: expect.any(Date)}]);
		expect((await failure(client.send(new DescribeCustomKeyStoresCommand({CustomKeyStoreId: 'cks-00000000000000000'})))).name).toBe(
			'CustomKeyStoreNotFoundException',
		);
		expect((await connect('eu-west-1').send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores).toEqual([]);
	});

	it('refuses what a key policy or a permissions boundary refuses, in the words of IAM', async () => {
		expect(await failure(client.send(new GetKeyPolicyCommand(named('prod/vault-transit'))))).toMatchObject({
			name: 'AccessDeniedException',
			status: 400,
			message: expect.stringMatching(/ with an explicit deny in a resource-based policy$/u),
		});
		expect((await failure(client.send(new ListGrantsCommand(named('prod/break-glass'))))).message).toMatch(
			/ with an explicit deny in a permissions boundary$/u,
		);
	});
});
