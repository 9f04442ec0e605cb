import {GetFindingsCommand, GuardDutyClient, ListFindingsCommand, ListMembersCommand} from '@aws-sdk/client-guardduty';
import {describe, expect, it} from 'vitest';
import {AwsError} from '../../mocks/endpoint/aws-error.js';
import {defineMockService} from '../../mocks/endpoint/service.js';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';
import {register} from '../../mocks/scenarios/registered.js';

type State = {readonly seen: unknown[]; readonly answer: object};

const mock = defineMockService({
	id: 'guardduty',
	signingName: 'guardduty',
	protocol: {name: 'restJson1'},
	errors: {validation: 'BadRequestException'},
	empty: (): State => ({seen: [], answer: {}}),
	commands: {ListFindings: ListFindingsCommand, GetFindings: GetFindingsCommand, ListMembers: ListMembersCommand},
	handlers: {
		ListFindings: (input, context) => {
			context.state.seen.push(input);
			const all = ['a', 'b', 'c', 'd', 'e'];
			const {page, token} = context.paginate(all, input, {token: 'NextToken', limit: 'MaxResults', defaultLimit: 2, maximumLimit: 50});
			return {FindingIds: [...page], NextToken: token ?? ''};
		},
		// Deliberately untyped: what a mock answers wrongly at run time is what is tested here.
		GetFindings: (_, context) => context.state.answer as never,
		ListMembers: (input, context) => {
			context.state.seen.push(input);
			if (input.DetectorId === 'broken') throw new RangeError('a bug in the mock');
			throw new AwsError('BadRequestException', 'The request is rejected.', 400);
		},
	},
});

const guardduty = (answer: object) => ({...mock, empty: (): State => ({seen: [], answer})});

const withMock = async (answer: object, use: (client: GuardDutyClient, endpoint: Endpoint) => Promise<void>): Promise<Endpoint> => {
	const endpoint = await startEndpoint({scenario: 'healthy', registry: [register(guardduty(answer))]});
	const client = new GuardDutyClient({
		endpoint: endpoint.url,
		region: 'us-east-1',
		credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
		maxAttempts: 1,
	});
	await use(client, endpoint);
	client.destroy();
	return endpoint;
};

const finding = {
	AccountId: '123456789012',
	Arn: 'arn:aws:guardduty:us-east-1:123456789012:detector/d/finding/f',
	CreatedAt: '2026-11-23T10:00:00.000Z',
	Id: 'f',
	Region: 'us-east-1',
	Resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-1'}},
	SchemaVersion: '2.0',
	Severity: 8,
	Type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
	UpdatedAt: '2026-11-23T10:00:00.000Z',
};

describe('a mock', () => {
	it('sees typed input from the path, the query and the body', async () => {
		const endpoint = await withMock({}, async (client, {world}) => {
			const criteria = {Criterion: {updatedAt: {GreaterThanOrEqual: 5}}};
			const first = await client.send(new ListFindingsCommand({DetectorId: 'd/1 ü', FindingCriteria: criteria, MaxResults: 3}));
			expect(first.FindingIds).toEqual(['a', 'b', 'c']);
			await expect(
				client.send(new ListFindingsCommand({DetectorId: 'd/1 ü', NextToken: first.NextToken})),
				'a token belongs to its criteria',
			).rejects.toMatchObject({name: 'BadRequestException'});
			await client.send(new ListMembersCommand({DetectorId: 'd', MaxResults: 7, OnlyAssociated: 'true'})).catch(() => undefined);
			const {seen} = world.state(guardduty({}), 'us-east-1');
			expect(seen[0]).toEqual({DetectorId: 'd/1 ü', FindingCriteria: criteria, MaxResults: 3});
			expect(seen.at(-1)).toEqual({DetectorId: 'd', MaxResults: 7, OnlyAssociated: 'true'});
		});
		await endpoint.close();
	});

	it('answers what the schema allows, dates and renamed members included', async () => {
		const endpoint = await withMock({Findings: [finding]}, async client => {
			expect(await client.send(new GetFindingsCommand({DetectorId: 'd', FindingIds: ['f']}))).toMatchObject({Findings: [finding]});
		});
		await endpoint.close();
	});

	it.each([
		['an unknown member', {Findings: [{...finding, Colour: 'red'}]}, 'Findings[0].Colour is no member of Finding'],
		['a wrong type', {Findings: [{...finding, Severity: 'high'}]}, 'Findings[0].Severity is a string, not a number'],
		['a missing member', {Findings: [{...finding, Region: undefined}]}, 'Findings[0].Region is required and missing'],
		['no list where there is one', {Findings: {}}, 'Findings is a structure, not a list'],
		[
			'a date as text deep inside',
			{Findings: [{...finding, Resource: {AccessKeyDetails: 'x'}}]},
			'Findings[0].Resource.AccessKeyDetails is a string, not a structure',
		],
	])('can not answer %s', async (_, answer, message) => {
		const endpoint = await withMock(answer, async client => {
			await expect(client.send(new GetFindingsCommand({DetectorId: 'd', FindingIds: ['f']}))).rejects.toMatchObject({name: 'MockDefect'});
		});
		await expect(endpoint.close()).rejects.toThrow(message);
	});

	it('fails loudly when a handler has a bug, and not when it throws an AWS error', async () => {
		const endpoint = await withMock({}, async (client, {defects}) => {
			await expect(client.send(new ListMembersCommand({DetectorId: 'd'}))).rejects.toMatchObject({name: 'BadRequestException'});
			expect(defects).toEqual([]);
			await expect(client.send(new ListMembersCommand({DetectorId: 'broken'}))).rejects.toMatchObject({name: 'MockDefect'});
		});
		await expect(endpoint.close()).rejects.toThrow('a bug in the mock');
	});

	it('names an operation that it does not have', async () => {
		const {GetDetectorCommand} = await import('@aws-sdk/client-guardduty');
		const endpoint = await withMock({}, async (client, {calls}) => {
			await expect(client.send(new GetDetectorCommand({DetectorId: 'd'}))).rejects.toMatchObject({
				name: 'UnknownOperationException',
				message: 'The mock of guardduty has no operation GET /detector/d',
			});
			expect(calls.all[0]).toMatchObject({service: 'guardduty', operation: 'GET /detector/d'});
		});
		await endpoint.close();
	});
});

describe('the endpoint, to a client that is no SDK', () => {
	const ask = async (body: unknown, headers: Record<string, string> = {}): Promise<unknown> => {
		const endpoint = await startEndpoint({scenario: 'healthy'});
		const answer = await fetch(endpoint.url, {
			method: 'POST',
			headers: {
				authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
				'x-amz-target': 'TrentService.DescribeKey',
				...headers,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = {status: answer.status, ...((await answer.json()) as object)};
		await endpoint.close();
		return text;
	};

	it.each<[string, unknown, string]>([
		['a missing member', {}, "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null"],
		['an unknown member', {KeyId: 'x', Nonsense: 1}, 'Nonsense is no member of DescribeKeyRequest'],
		['a wrong type', {KeyId: 7}, 'KeyId is a number, not a string'],
		['a wrong type in a list', {KeyId: 'x', GrantTokens: [1]}, 'GrantTokens[0] is a number, not a string'],
		['no JSON', '{', 'value is not JSON'],
	])('refuses %s', async (_, body, message) => {
		expect(await ask(body)).toEqual({status: 400, __type: 'ValidationException', message});
	});

	it('refuses the unsigned', async () => {
		expect(await ask({}, {authorization: 'Basic x'})).toMatchObject({status: 403, __type: 'MissingAuthenticationTokenException'});
	});

	it('refuses a stale signature', async () => {
		expect(await ask({KeyId: 'x'}, {'x-amz-date': '20200101T000000Z'})).toMatchObject({status: 400, __type: 'InvalidSignatureException'});
	});

	it('refuses an unknown service', async () => {
		const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/braket/aws4_request, SignedHeaders=host, Signature=0';
		expect(await ask({}, {authorization})).toMatchObject({__type: 'UnknownOperationException'});
	});
});
