import {AccountClient, paginateListRegions} from '@aws-sdk/client-account';
import {DescribeKeyCommand, KMSClient, ListKeysCommand, paginateListKeys} from '@aws-sdk/client-kms';
import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

const credentials = {accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'};

let endpoint: Endpoint;
beforeEach(async () => {
	endpoint = await startEndpoint({scenario: 'healthy'});
});
afterEach(() => endpoint.close());

const settings = (region = 'us-east-1') => ({endpoint: endpoint.url, region, credentials, maxAttempts: 1});

describe('the endpoint', () => {
	it('answers awsJson with typed dates', async () => {
		const kms = new KMSClient(settings());
		const {Keys = []} = await kms.send(new ListKeysCommand({}));
		expect(Keys).toHaveLength(4);
		const {KeyMetadata} = await kms.send(new DescribeKeyCommand({KeyId: Keys[0]?.KeyArn}));
		expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
		expect(KeyMetadata?.Arn).toBe(Keys[0]?.KeyArn);
	});

	it('answers the query protocol, and knows who assumed which role', async () => {
		const sts = new STSClient(settings());
		expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({Account: '210987654321'});
		const {Credentials} = await sts.send(
			new AssumeRoleCommand({
				RoleArn: 'arn:aws:iam::210987654321:role/Audit',
				RoleSessionName: 'night-watch',
				Tags: [{Key: 'a', Value: 'b'}],
			}),
		);
		const assumed = new STSClient({
			...settings(),
			credentials: {
				accessKeyId: Credentials?.AccessKeyId ?? '',
				secretAccessKey: Credentials?.SecretAccessKey ?? '',
				sessionToken: Credentials?.SessionToken ?? '',
			},
		});
		expect(await assumed.send(new GetCallerIdentityCommand({}))).toMatchObject({
			Arn: 'arn:aws:sts::210987654321:assumed-role/Audit/night-watch',
		});
	});

	it('answers restJson and pages it', async () => {
		const client = new AccountClient(settings());
		const pages = [];
		for await (const page of paginateListRegions({client, pageSize: 7}, {})) pages.push(...(page.Regions ?? []));
		expect(pages).toHaveLength(30);
		expect(endpoint.calls.count({service: 'account', operation: 'ListRegions'})).toBe(5);
	});

	it('records every call with its IAM action, Region and access key', async () => {
		const client = new KMSClient(settings('eu-west-1'));
		for await (const _ of paginateListKeys({client, pageSize: 2}, {})) void _;
		expect(endpoint.calls.all.map(call => [call.iamAction, call.awsRegion, call.accessKeyId])).toEqual([
			['kms:ListKeys', 'eu-west-1', credentials.accessKeyId],
			['kms:ListKeys', 'eu-west-1', credentials.accessKeyId],
		]);
	});
});

describe('while the account is made up', () => {
	it('has an address, and whoever asks there waits until there is an account', async () => {
		let early: Promise<Response> | undefined;
		const made = startEndpoint({
			scenario: 'healthy',
			onListening(url) {
				early = fetch(`${url}/_vedette/status`);
			},
		});
		const ready = await made;
		try {
			expect(early).toBeDefined();
			expect((await early)?.status).toBe(200);
		} finally {
			await ready.close();
		}
	});

	it('tells when it cannot be, and leaves nothing listening', async () => {
		let address = '';
		const broken = {
			get service(): never {
				throw new Error('no such mock');
			},
			scenarios: {},
		};
		await expect(
			startEndpoint({
				scenario: 'healthy',
				registry: [broken],
				onListening(url) {
					address = url;
				},
			}),
		).rejects.toThrow('no such mock');
		await expect(fetch(address)).rejects.toThrow();
	});
});
