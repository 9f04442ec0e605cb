import {
	BatchGetAccountStatusCommand,
	type FilterCriteria,
	GetDelegatedAdminAccountCommand,
	Inspector2Client,
	ListCoverageCommand,
	ListCoverageStatisticsCommand,
	ListFindingAggregationsCommand,
	ListFindingsCommand,
	ListMembersCommand,
	paginateListFindings,
} from '@aws-sdk/client-inspector2';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
let client: Inspector2Client;

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = new Inspector2Client({
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

const all = async (filterCriteria: FilterCriteria) => {
	const findings = [];
	for await (const page of paginateListFindings({client, pageSize: 7}, {filterCriteria})) findings.push(...(page.findings ?? []));
	return findings;
};
const equals = (...values: readonly string[]) => values.map(value => ({comparison: 'EQUALS' as const, value}));

describe('the mock of Inspector', () => {
	it('joins the values of one criterion by OR and the criteria by AND', async () => {
		const either = await all({severity: equals('CRITICAL', 'HIGH')});
		const both = await all({severity: equals('CRITICAL', 'HIGH'), exploitAvailable: equals('YES')});
		expect(new Set(either.map(({severity}) => severity))).toEqual(new Set(['CRITICAL', 'HIGH']));
		expect(both.length).toBeLessThan(either.length);
		expect(both.every(({exploitAvailable}) => exploitAvailable === 'YES')).toBe(true);
		const rest = await all({
			severity: [
				{comparison: 'NOT_EQUALS', value: 'CRITICAL'},
				{comparison: 'NOT_EQUALS', value: 'HIGH'},
			],
		});
		expect(rest.length + either.length).toBe((await all({})).length);
	});

	it('includes both ends of a time, and gives times as dates', async () => {
		const findings = await all({});
		const [{updatedAt} = {}] = findings;
		const at = await all({updatedAt: [{...(updatedAt && {startInclusive: updatedAt, endInclusive: updatedAt})}]});
		expect(at.length).toBeGreaterThan(0);
		expect(at.every(one => one.updatedAt?.getTime() === updatedAt?.getTime())).toBe(true);
	});

	it.each<[string, () => Promise<unknown>]>([
		['times after 2032', async () => all({updatedAt: [{endInclusive: new Date('2033-01-01T00:00:00Z')}]})],
		['times before 1970', async () => all({updatedAt: [{startInclusive: new Date(-1000)}]})],
		['a page of more than a hundred findings', async () => client.send(new ListFindingsCommand({maxResults: 101}))],
		['a page of more than two hundred covered resources', async () => client.send(new ListCoverageCommand({maxResults: 201}))],
		[
			'a token whose end has moved on',
			async () => {
				const {nextToken} = await client.send(
					new ListFindingsCommand({maxResults: 1, filterCriteria: {updatedAt: [{endInclusive: new Date()}]}}),
				);
				return client.send(
					new ListFindingsCommand({maxResults: 1, filterCriteria: {updatedAt: [{endInclusive: new Date(Date.now() + 60_000)}]}, nextToken}),
				);
			},
		],
	])('refuses %s', async (_, call) => {
		await expect(call()).rejects.toMatchObject({name: 'ValidationException', $metadata: {httpStatusCode: 400}});
	});

	it('counts active findings alone in its aggregation', async () => {
		const {responses} = await client.send(new ListFindingAggregationsCommand({aggregationType: 'ACCOUNT'}));
		expect(responses?.[0]?.accountAggregation?.severityCounts?.all).toBe((await all({findingStatus: equals('ACTIVE')})).length);
	});

	it('counts coverage by the value of what it is grouped by', async () => {
		const {countsByGroup, totalCounts} = await client.send(new ListCoverageStatisticsCommand({groupBy: 'SCAN_STATUS_CODE'}));
		expect(countsByGroup?.map(({groupKey}) => groupKey).sort()).toEqual(['ACTIVE', 'INACTIVE']);
		expect(countsByGroup?.reduce((sum, {count = 0}) => sum + count, 0)).toBe(totalCounts);
	});

	it('lists members that left only if it is asked for them too', async () => {
		const all = (await client.send(new ListMembersCommand({onlyAssociated: false}))).members ?? [];
		const associated = (await client.send(new ListMembersCommand({}))).members ?? [];
		expect(all.filter(({relationshipStatus}) => relationshipStatus === 'REMOVED')).toHaveLength(1);
		expect(associated.length).toBe(all.length - 1);
	});

	it('finds no administrator where there is none', async () => {
		const ireland = new Inspector2Client({
			endpoint: endpoint.url,
			region: 'eu-west-1',
			credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
			maxAttempts: 1,
		});
		await expect(ireland.send(new GetDelegatedAdminAccountCommand({}))).rejects.toMatchObject({name: 'ResourceNotFoundException'});
		ireland.destroy();
	});

	it('tells its own account’s status, and refuses others one by one', async () => {
		const {accounts, failedAccounts} = await client.send(new BatchGetAccountStatusCommand({accountIds: ['123456789012', '999999999999']}));
		expect(accounts?.map(({accountId}) => accountId)).toEqual(['123456789012']);
		expect(failedAccounts).toMatchObject([{accountId: '999999999999', errorCode: 'ACCESS_DENIED'}]);
	});
});
