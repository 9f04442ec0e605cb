import {
	DescribeBucketsCommand,
	GetBucketStatisticsCommand,
	GetFindingStatisticsCommand,
	GetFindingsCommand,
	GetMacieSessionCommand,
	ListClassificationJobsCommand,
	ListFindingsCommand,
	type ListFindingsCommandInput,
	Macie2Client,
} from '@aws-sdk/client-macie2';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';
import {macie} from '../../mocks/services/macie.js';

let endpoint: Endpoint;
let client: Macie2Client;

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'typical'});
	client = new Macie2Client({
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

const list = async (input: ListFindingsCommandInput) => (await client.send(new ListFindingsCommand(input))).findingIds ?? [];
const read = async (ids: readonly string[]) => (await client.send(new GetFindingsCommand({findingIds: [...ids]}))).findings ?? [];

describe('the mock of Macie', () => {
	it('filters by updatedAt in milliseconds, its bound included, and gives dates', async () => {
		const findings = (await read(await list({}))).toSorted((one, other) => Number(one.updatedAt) - Number(other.updatedAt));
		const third = findings.at(-3)?.updatedAt;
		expect(third).toBeInstanceOf(Date);
		const since = await list({
			findingCriteria: {criterion: {updatedAt: {gte: Number(third)}}},
			sortCriteria: {attributeName: 'updatedAt', orderBy: 'ASC'},
		});
		expect(since).toEqual(findings.slice(-3).map(({id}) => id));
	});

	it('lists archived and sample findings unless asked not to', async () => {
		const everything = await list({});
		const current = await list({findingCriteria: {criterion: {archived: {eq: ['false']}, sample: {neq: ['true']}}}});
		expect(everything.length - current.length).toBe(2);
	});

	it('counts by severity what the criteria let through', async () => {
		const {countsByGroup} = await client.send(new GetFindingStatisticsCommand({groupBy: 'severity.description'}));
		expect(countsByGroup?.reduce((sum, {count = 0}) => sum + count, 0)).toBe((await list({})).length);
	});

	it('gives each job a status, and one that is paused its end', async () => {
		const {items = []} = await client.send(new ListClassificationJobsCommand({}));
		expect(items.map(({jobStatus}) => jobStatus).sort()).toEqual(['CANCELLED', 'COMPLETE', 'IDLE', 'USER_PAUSED']);
		expect(items.find(({jobStatus}) => jobStatus === 'USER_PAUSED')?.userPausedDetails?.jobExpiresAt).toBeInstanceOf(Date);
	});

	it('counts its buckets as it describes them', async () => {
		const {buckets = []} = await client.send(new DescribeBucketsCommand({}));
		const statistics = await client.send(new GetBucketStatisticsCommand({}));
		expect(statistics.bucketCount).toBe(buckets.length);
		expect(statistics.bucketCountByEffectivePermission?.publiclyAccessible).toBe(1);
	});

	it.each<[string, () => Promise<unknown>]>([
		['a page of more than fifty findings', async () => list({maxResults: 51})],
		['a page of more than fifty buckets', async () => client.send(new DescribeBucketsCommand({maxResults: 51}))],
		['more than fifty ids', async () => read(Array.from({length: 51}, (_, index) => `${index}`))],
		['no ids', async () => read([])],
	])('refuses %s', async (_, call) => {
		await expect(call()).rejects.toMatchObject({name: 'ValidationException', $metadata: {httpStatusCode: 400}});
	});

	it('says that it is not enabled in the words of a denial', async () => {
		endpoint.world.state(macie, 'us-east-1').session = undefined;
		await expect(client.send(new GetMacieSessionCommand({}))).rejects.toMatchObject({
			name: 'AccessDeniedException',
			message: 'Macie is not enabled',
			$metadata: {httpStatusCode: 403},
		});
	});
});
