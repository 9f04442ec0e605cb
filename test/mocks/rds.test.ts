import {DescribeDBClustersCommand, DescribeGlobalClustersCommand, RDSClient} from '@aws-sdk/client-rds';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

describe('the mock of RDS', () => {
	let endpoint: Endpoint;
	let client: RDSClient;
	beforeAll(async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		client = new RDSClient({
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

	it('tells of every global cluster in every Region, or of those with a member in one', async () => {
		const all = await client.send(new DescribeGlobalClustersCommand({}));
		const filtered = await client.send(new DescribeGlobalClustersCommand({Filters: [{Name: 'region', Values: ['eu-west-1']}]}));
		expect(all.GlobalClusters?.length).toBe(4);
		expect(filtered.GlobalClusters?.map(one => one.GlobalClusterIdentifier)).toEqual(['shop-global', 'uk-orders']);
	});

	it('finds clusters by name and by ARN, and leaves out what is not there', async () => {
		const Values = ['shop-prod', 'arn:aws:rds:us-east-1:123456789012:cluster:legacy', 'nobody'];
		const {DBClusters = []} = await client.send(new DescribeDBClustersCommand({Filters: [{Name: 'db-cluster-id', Values}]}));
		expect(DBClusters.map(one => one.DBClusterIdentifier)).toEqual(['shop-prod', 'legacy']);
	});

	it.each([
		['a page of 19', {MaxRecords: 19}],
		['a filter that is none', {Filters: [{Name: 'colour', Values: ['red']}]}],
	])('refuses %s', async (_, input) => {
		await expect(client.send(new DescribeDBClustersCommand(input))).rejects.toMatchObject({name: 'InvalidParameterValue'});
	});
});
