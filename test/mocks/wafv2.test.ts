import {GetWebACLCommand, ListLoggingConfigurationsCommand, ListWebACLsCommand, WAFV2Client} from '@aws-sdk/client-wafv2';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
const client = (region: string) =>
	new WAFV2Client({endpoint: endpoint.url, region, credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'}, maxAttempts: 1});

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
});
afterAll(async () => endpoint.close());

it('tells of CloudFront’s web ACLs in us-east-1 alone', async () => {
	const {WebACLs} = await client('us-east-1').send(new ListWebACLsCommand({Scope: 'CLOUDFRONT'}));
	expect(WebACLs?.map(({Name}) => Name)).toEqual(['edge', 'edge-2022']);
	await expect(client('eu-west-1').send(new ListWebACLsCommand({Scope: 'CLOUDFRONT'}))).rejects.toMatchObject({
		name: 'WAFInvalidParameterException',
	});
});

it('gives a web ACL the lock token of its listing, and another after a change', async () => {
	const listed = async () => {
		const {WebACLs = []} = await client('us-east-1').send(new ListWebACLsCommand({Scope: 'REGIONAL'}));
		return WebACLs.find(({Name}) => Name === 'counting');
	};
	const before = await listed();
	const {LockToken} = await client('us-east-1').send(new GetWebACLCommand({ARN: before?.ARN}));
	expect(LockToken).toBe(before?.LockToken);
	endpoint.timeline.advance(75);
	expect((await listed())?.LockToken).not.toBe(LockToken);
});

it('tells of the account’s own logging where no log scope is asked for', async () => {
	const {LoggingConfigurations: own = []} = await client('eu-west-1').send(new ListLoggingConfigurationsCommand({Scope: 'REGIONAL'}));
	expect(own.map(({LogScope}) => LogScope)).toEqual(['CUSTOMER']);
	const {LoggingConfigurations: lake = []} = await client('eu-west-1').send(
		new ListLoggingConfigurationsCommand({Scope: 'REGIONAL', LogScope: 'SECURITY_LAKE'}),
	);
	expect(lake).toHaveLength(1);
});

it('says that there is no such web ACL', async () => {
	await expect(client('eu-west-1').send(new GetWebACLCommand({Name: 'x', Scope: 'REGIONAL', Id: 'x'}))).rejects.toMatchObject({
		name: 'WAFNonexistentItemException',
	});
});
