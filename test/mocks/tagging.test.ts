import {GetResourcesCommand, ResourceGroupsTaggingAPIClient} from '@aws-sdk/client-resource-groups-tagging-api';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

describe('the mock of the tagging service', () => {
	let endpoint: Endpoint;
	let client: ResourceGroupsTaggingAPIClient;
	beforeAll(async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		client = new ResourceGroupsTaggingAPIClient({
			endpoint: endpoint.url,
			region: 'us-east-1',
			credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
			maxAttempts: 1,
		});
	});
	afterAll(async () => {
		client.destroy();
		await endpoint.close();
	});

	const arns = async (filters: readonly string[]): Promise<readonly string[]> => {
		const {ResourceTagMappingList = []} = await client.send(
			new GetResourcesCommand({ResourceTypeFilters: [...filters], ResourcesPerPage: 100}),
		);
		return ResourceTagMappingList.map(({ResourceARN = ''}) => ResourceARN);
	};

	it('lists what has tags, by type or by all types of a service', async () => {
		const keys = await arns(['kms:key']);
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.every(arn => /^arn:aws:kms:us-east-1:\d{12}:key\/./u.test(arn))).toBe(true);
		expect(await arns(['kms'])).toEqual(keys);
		const certificates = await arns(['acm:certificate']);
		expect(certificates.length).toBeGreaterThan(2);
		expect(await arns([])).toEqual([...keys, ...certificates]);
		expect(await arns(['s3:bucket'])).toEqual([]);
	});

	it('tells keys and values, pages, and ends with an empty token', async () => {
		const found: string[] = [];
		let token: string | undefined;
		let pages = 0;
		do {
			const answer = await client.send(
				new GetResourcesCommand({ResourceTypeFilters: ['acm'], ResourcesPerPage: 2, ...(token !== undefined && {PaginationToken: token})}),
			);
			found.push(...(answer.ResourceTagMappingList ?? []).flatMap(({Tags = []}) => Tags.map(({Key, Value}) => `${Key}=${Value}`)));
			token = answer.PaginationToken;
			pages++;
		} while (token !== '' && pages < 100);

		expect(pages).toBeGreaterThan(1);
		expect(found).toContain('team=shop');
	});

	it('refuses more than 100 a page, and tokens that it never gave', async () => {
		await expect(client.send(new GetResourcesCommand({ResourcesPerPage: 101}))).rejects.toMatchObject({name: 'InvalidParameterException'});
		await expect(client.send(new GetResourcesCommand({PaginationToken: 'made-up'}))).rejects.toMatchObject({
			name: 'PaginationTokenExpiredException',
		});
	});
});
