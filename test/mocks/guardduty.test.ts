import {
	GetDetectorCommand,
	GetFindingsCommand,
	GetFindingsStatisticsCommand,
	GetMemberDetectorsCommand,
	GuardDutyClient,
	ListDetectorsCommand,
	ListFindingsCommand,
	type ListFindingsCommandInput,
	ListMembersCommand,
} from '@aws-sdk/client-guardduty';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
let client: GuardDutyClient;
let DetectorId: string;

beforeAll(async () => {
	endpoint = await startEndpoint({scenario: 'large'});
	client = new GuardDutyClient({
		endpoint: endpoint.url,
		region: 'ap-southeast-2',
		credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
		maxAttempts: 1,
	});
	DetectorId = (await client.send(new ListDetectorsCommand({}))).DetectorIds?.[0] ?? '';
});
afterAll(async () => {
	client.destroy();
	await endpoint.close();
});

const list = async (input: Omit<ListFindingsCommandInput, 'DetectorId'>) => client.send(new ListFindingsCommand({DetectorId, ...input}));
const read = async (ids: readonly string[]) =>
	(await client.send(new GetFindingsCommand({DetectorId, FindingIds: [...ids]}))).Findings ?? [];

describe('the mock of GuardDuty', () => {
	it('lists ids by updatedAt, which counts in milliseconds and includes its bound', async () => {
		const {FindingIds = []} = await list({SortCriteria: {AttributeName: 'updatedAt', OrderBy: 'DESC'}});
		expect(FindingIds).toHaveLength(50);
		const findings = await read(FindingIds);
		const times = FindingIds.map(id => Date.parse(findings.find(({Id}) => Id === id)?.UpdatedAt ?? ''));
		expect(times).toEqual(times.toSorted((one, other) => other - one));
		const since = await list({
			FindingCriteria: {Criterion: {updatedAt: {GreaterThanOrEqual: times[9] ?? 0}}},
			SortCriteria: {OrderBy: 'ASC'},
		});
		expect(since.FindingIds?.toReversed()).toEqual(FindingIds.slice(0, 10));
		expect(since.NextToken).toBe('');
	});

	it('keeps archived findings apart where asked, and only there', async () => {
		const count = async (criterion: Record<string, {Equals: string[]}>): Promise<number> => {
			const {FindingStatistics} = await client.send(
				new GetFindingsStatisticsCommand({DetectorId, GroupBy: 'SEVERITY', MaxResults: 100, FindingCriteria: {Criterion: criterion}}),
			);
			return FindingStatistics?.GroupedBySeverity?.reduce((sum, {TotalFindings = 0}) => sum + TotalFindings, 0) ?? 0;
		};

		const archived = await count({'service.archived': {Equals: ['true']}});
		const active = await count({'service.archived': {Equals: ['false']}});
		expect(archived).toBeGreaterThan(200);
		expect(archived + active).toBe(1000);
		expect(await count({})).toBe(1000);
	});

	it('gives times as text and severity as a number', async () => {
		const [finding] = await read((await list({MaxResults: 1})).FindingIds ?? []);
		expect(finding).toMatchObject({UpdatedAt: expect.stringMatching(/^\d{4}-.*Z$/u), Severity: expect.any(Number), SchemaVersion: '2.0'});
	});

	it.each<[string, () => Promise<unknown>]>([
		['a page of more than fifty', async () => list({MaxResults: 51})],
		[
			'a token of another question',
			async () => list({NextToken: (await list({MaxResults: 5})).NextToken, FindingCriteria: {Criterion: {severity: {GreaterThan: 4}}}}),
		],
		['more than fifty ids', async () => read(Array.from({length: 51}, (_, index) => `${index}`))],
		['a detector of somebody else', async () => client.send(new GetDetectorCommand({DetectorId: '0'.repeat(32)}))],
		[
			'statistics of two kinds at once',
			async () =>
				client.send(new GetFindingsStatisticsCommand({DetectorId, GroupBy: 'SEVERITY', FindingStatisticTypes: ['COUNT_BY_SEVERITY']})),
		],
		['statistics of no kind', async () => client.send(new GetFindingsStatisticsCommand({DetectorId}))],
	])('refuses %s', async (_, call) => {
		await expect(call()).rejects.toMatchObject({name: 'BadRequestException', $metadata: {httpStatusCode: 400}});
	});

	it('names what its members have on, and the accounts that are none', async () => {
		const {Members = []} = await client.send(new ListMembersCommand({DetectorId, OnlyAssociated: 'false'}));
		const ids = Members.flatMap(({AccountId}) => AccountId ?? []);
		expect(ids.length).toBeGreaterThan(0);
		const answer = await client.send(new GetMemberDetectorsCommand({DetectorId, AccountIds: [...ids, '999999999999']}));
		expect(answer.MemberDataSourceConfigurations?.map(({AccountId}) => AccountId)).toEqual(ids);
		expect(answer.UnprocessedAccounts).toMatchObject([{AccountId: '999999999999'}]);
	});

	it('leaves out ids that it does not know', async () => {
		expect(await read(['nothing'])).toEqual([]);
	});
});
