import {
	DescribeSecretCommand,
	GetResourcePolicyCommand,
	GetSecretValueCommand,
	ListSecretsCommand,
	type ListSecretsCommandInput,
	ListSecretVersionIdsCommand,
	paginateListSecrets,
	SecretsManagerClient,
	type SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
let client: SecretsManagerClient;
const connect = (region: string): SecretsManagerClient =>
	new SecretsManagerClient({
		endpoint: endpoint.url,
		region,
		credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x'},
		maxAttempts: 1,
	});

const failure = async (call: Promise<unknown>): Promise<{name: string; status: number | undefined}> => {
	const error: unknown = await call.then(
		() => new Error('it was answered'),
		(reason: unknown) => reason,
	);
	// Whatever the SDK rejects with is one of its exceptions; the assertions on it would fail otherwise.
	const {name, $metadata} = error as SecretsManagerServiceException;
	return {name, status: $metadata?.httpStatusCode};
};

const list = async (input: ListSecretsCommandInput, from = client): Promise<readonly string[]> => {
	const names: string[] = [];
	for await (const {SecretList = []} of paginateListSecrets({client: from}, {...input})) {
		names.push(...SecretList.map(({Name}) => Name ?? ''));
	}
	return names;
};

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = connect('us-east-1');
});
afterAll(() => endpoint.close());

describe('the mock of Secrets Manager', () => {
	it('hides what is marked for deletion unless it is asked for', async () => {
		expect(await list({})).not.toContain('prod/payments/old-gateway');
		expect(await list({IncludePlannedDeletion: true})).toContain('prod/payments/old-gateway');
	});

	it('lists a secret with what was ever set, and without what never was', async () => {
		const {SecretList = []} = await client.send(new ListSecretsCommand({Filters: [{Key: 'name', Values: ['prod/stripe', 'dev/spike']}]}));
		const [stripe, spike] = SecretList;
		expect(stripe?.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:prod\/stripe-\w{6}$/u);
		expect(stripe).not.toHaveProperty('RotationEnabled');
		expect(stripe).not.toHaveProperty('PrimaryRegion');
		expect(spike).not.toHaveProperty('KmsKeyId');
		expect(spike).not.toHaveProperty('LastAccessedDate');
	});

	it('tells the day of the last read, and no time', async () => {
		const {LastAccessedDate: read} = await client.send(new DescribeSecretCommand({SecretId: 'prod/stripe'}));
		expect(read?.toISOString()).toMatch(/T00:00:00\.000Z$/u);
	});

	it.each<readonly [string, ListSecretsCommandInput, readonly string[]]>([
		['by a prefix of the name', {Filters: [{Key: 'name', Values: ['prod/partners']}]}, ['prod/partners/webhook', 'prod/partners/reports']],
		['by who owns it', {Filters: [{Key: 'owning-service', Values: ['rds']}]}, ['rds!cluster-4c1f0a52-71e3-4d0c-a1ce-9ab1e0b6f7d2']],
		['by a name but not another', {Filters: [{Key: 'name', Values: ['dev/', '!dev/spike']}]}, ['dev/feature-x']],
		[
			'by a tag and a Region',
			{
				Filters: [
					{Key: 'tag-key', Values: ['team']},
					{Key: 'primary-region', Values: ['us-']},
				],
			},
			['prod/db/main'],
		],
	])('filters %s', async (_, input, names) => {
		expect([...(await list(input))].sort()).toEqual([...names].sort());
	});

	it('lists by when they were made, or changed, or by name', async () => {
		const changed: number[] = [];
		for await (const {SecretList = []} of paginateListSecrets({client}, {SortBy: 'last-changed-date', SortOrder: 'desc'})) {
			changed.push(...SecretList.map(({LastChangedDate}) => LastChangedDate?.getTime() ?? 0));
		}
		expect(changed).toEqual(changed.toSorted((a, b) => b - a));
		const names = await list({SortBy: 'name', SortOrder: 'asc'});
		expect(names).toEqual(names.toSorted());
	});

	it('pages by a hundred at most, and binds tokens to the listing', async () => {
		const {NextToken: token} = await client.send(new ListSecretsCommand({MaxResults: 7}));
		expect(token).toBeDefined();
		expect(await failure(client.send(new ListSecretsCommand({MaxResults: 101})))).toEqual({name: 'ValidationException', status: 400});
		expect(await failure(client.send(new ListSecretsCommand({NextToken: 'garbage'})))).toEqual({
			name: 'InvalidNextTokenException',
			status: 400,
		});
		expect(await failure(client.send(new ListSecretsCommand({NextToken: token, SortBy: 'name'})))).toMatchObject({
			name: 'InvalidNextTokenException',
		});
	});

	it('describes replication on the primary alone', async () => {
		const primary = await client.send(new DescribeSecretCommand({SecretId: 'prod/session/signing'}));
		expect(primary).toMatchObject({PrimaryRegion: 'us-east-1', ReplicationStatus: [{Region: 'eu-west-1', Status: 'Failed'}]});
		const replica = await connect('eu-west-1').send(new DescribeSecretCommand({SecretId: 'prod/db/main'}));
		expect(replica.PrimaryRegion).toBe('us-east-1');
		expect(replica).not.toHaveProperty('ReplicationStatus');
		const main = await client.send(new DescribeSecretCommand({SecretId: 'prod/db/main'}));
		expect(replica.ARN).toBe(main.ARN?.replace('us-east-1', 'eu-west-1'));
	});

	it('finds a secret by name, by ARN and by an ARN without its last characters', async () => {
		const {ARN = ''} = await client.send(new DescribeSecretCommand({SecretId: 'prod/stripe'}));
		for (const SecretId of [ARN, ARN.slice(0, -7)]) {
			expect((await client.send(new DescribeSecretCommand({SecretId}))).Name).toBe('prod/stripe');
		}
		expect(await failure(client.send(new DescribeSecretCommand({SecretId: 'prod/nothing'})))).toEqual({
			name: 'ResourceNotFoundException',
			status: 400,
		});
	});

	it('tells a policy, that there is none, and nothing of what is marked for deletion', async () => {
		const open = await client.send(new GetResourcePolicyCommand({SecretId: 'prod/partners/webhook'}));
		expect(JSON.parse(open.ResourcePolicy ?? '')).toMatchObject({Statement: [{Principal: '*'}]});
		const none = await client.send(new GetResourcePolicyCommand({SecretId: 'prod/stripe'}));
		expect(none).toMatchObject({Name: 'prod/stripe'});
		expect(none).not.toHaveProperty('ResourcePolicy');
		expect(await failure(client.send(new GetResourcePolicyCommand({SecretId: 'prod/payments/old-gateway'})))).toMatchObject({
			name: 'InvalidRequestException',
		});
		expect(await failure(client.send(new GetResourcePolicyCommand({SecretId: 'prod/ci/deploy'})))).toMatchObject({
			name: 'AccessDeniedException',
		});
	});

	it('dates the versions of a secret, and gives none of their values', async () => {
		const {Versions = []} = await client.send(new ListSecretVersionIdsCommand({SecretId: 'prod/search/admin'}));
		expect(Versions.map(({VersionStages}) => VersionStages)).toEqual([['AWSCURRENT'], ['AWSPENDING'], ['AWSPREVIOUS']]);
		const ageDays = (at: Date | undefined) => Math.round((Date.now() - (at?.getTime() ?? 0)) / 86_400_000);
		expect(Versions.map(({CreatedDate}) => ageDays(CreatedDate))).toEqual([20, 3, 300]);
		expect(await failure(client.send(new ListSecretVersionIdsCommand({SecretId: 'prod/orders/bridge'})))).toEqual({
			name: 'AccessDeniedException',
			status: 400,
		});
	});

	it('has no values to give', async () => {
		expect((await failure(client.send(new GetSecretValueCommand({SecretId: 'prod/stripe'})))).name).not.toBe('Error');
	});

	it('moves: a rotation is mended, a policy closed, a deletion taken back, and the round ends where it began', async () => {
		const moving = await startEndpoint({scenario: 'typical'});
		try {
			const secrets = new SecretsManagerClient({
				endpoint: moving.url,
				region: 'us-east-1',
				credentials: {accessKeyId: 'A', secretAccessKey: 'x'},
			});
			const isLate = async (): Promise<boolean> => {
				const {NextRotationDate: next} = await secrets.send(new DescribeSecretCommand({SecretId: 'prod/db/main'}));
				return (next?.getTime() ?? Number.NaN) < Date.now();
			};
			for (const round of [1, 2]) {
				void round;
				expect(await isLate()).toBe(true);
				expect(await list({}, secrets)).not.toContain('prod/payments/old-gateway');
				moving.timeline.advance(170);
				expect(await isLate()).toBe(false);
				expect(await list({}, secrets)).toContain('prod/payments/old-gateway');
				const {ResourcePolicy} = await secrets.send(new GetResourcePolicyCommand({SecretId: 'prod/partners/webhook'}));
				expect(ResourcePolicy).toContain('role/webhook');
				moving.timeline.advance(130);
			}
		} finally {
			await moving.close();
		}
	});
});
