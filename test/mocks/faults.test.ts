import {AccountClient, ListRegionsCommand} from '@aws-sdk/client-account';
import {DescribeKeyCommand, KMSClient, type KMSServiceException, ListKeysCommand} from '@aws-sdk/client-kms';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {NodeHttpHandler} from '@smithy/node-http-handler';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type Effect, type Endpoint, startEndpoint} from '../../mocks/index.js';

let endpoint: Endpoint;
beforeEach(async () => {
	endpoint = await startEndpoint({scenario: 'healthy'});
});
afterEach(() => endpoint.close());

const settings = (accessKeyId = 'AKIAEXAMPLE', region = 'us-east-1') => ({
	endpoint: endpoint.url,
	region,
	credentials: {accessKeyId, secretAccessKey: 'x'},
	maxAttempts: 1,
	requestHandler: new NodeHttpHandler({requestTimeout: 150, throwOnRequestTimeout: true}),
});

const listKeys = (accessKeyId?: string, region?: string) =>
	new KMSClient(settings(accessKeyId, region)).send(new ListKeysCommand({Limit: 1}));

type Failed = Pick<KMSServiceException, 'name' | 'message'> & {readonly code?: string; readonly status: number | undefined};
const failure = async (call: Promise<unknown>): Promise<Failed> => {
	const error: unknown = await call.then(
		() => new Error('it was answered'),
		(reason: unknown) => reason,
	);
	// Whatever the SDK rejects with carries these; the assertions on it would fail otherwise.
	const {name, message, code, $metadata} = error as KMSServiceException & {code?: string};
	return {name, message, ...(code !== undefined && {code}), status: $metadata?.httpStatusCode};
};

describe('a fault', () => {
	it.each<[string, Effect, object]>([
		['throttles by the name of the service', {kind: 'throttle'}, {name: 'ThrottlingException', message: 'Rate exceeded', status: 400}],
		['throttles as 429', {kind: 'throttle', httpStatus: 429}, {name: 'ThrottlingException', status: 429}],
		[
			'denies in the words of IAM',
			{kind: 'deny'},
			{name: 'AccessDeniedException', message: expect.stringMatching(/ because no identity-based policy allows the kms:ListKeys action$/u)},
		],
		[
			'denies by an organisation',
			{kind: 'deny', because: 'explicit-deny-in-service-control-policy'},
			{message: expect.stringMatching(/ with an explicit deny in a service control policy$/u)},
		],
		[
			'raises any error',
			{kind: 'error', name: 'KMSInvalidStateException', message: 'no'},
			{name: 'KMSInvalidStateException', message: 'no'},
		],
		['fails inside', {kind: 'internal-error'}, {name: 'InternalFailure', status: 500}],
		['is not found', {kind: 'status', httpStatus: 404}, {status: 404}],
		['is not implemented', {kind: 'status', httpStatus: 501}, {status: 501}],
		['is a captive portal', {kind: 'html'}, {name: 'SyntaxError'}],
		['hangs', {kind: 'hang'}, {name: 'TimeoutError'}],
		['comes too late', {kind: 'delay', delayMs: 400}, {name: 'TimeoutError'}],
		['resets the connection', {kind: 'reset'}, {code: 'ECONNRESET'}],
		['resets it in the middle', {kind: 'reset', at: 'middle'}, {name: expect.stringMatching(/Error/u)}],
		['cuts the body off', {kind: 'malformed'}, {name: 'SyntaxError'}],
		['has never heard of the access key', {kind: 'invalid-credentials'}, {name: 'UnrecognizedClientException'}],
		['has no such Region', {kind: 'region-not-enabled'}, {name: 'UnrecognizedClientException', status: 403}],
	])('%s', async (_, effect, expected) => {
		endpoint.faults.add({service: 'kms', effect});
		expect(await failure(listKeys())).toMatchObject(expected);
		endpoint.faults.clear();
		await expect(listKeys()).resolves.toMatchObject({Truncated: true});
	});

	it.each<[string, Effect, object]>([
		['an empty object', {kind: 'empty-object'}, {$metadata: {httpStatusCode: 200}}],
		['wrong types', {kind: 'wrong-types', members: ['Truncated']}, {Truncated: 'yes'}],
		['missing members', {kind: 'missing-members', members: ['KeyArn']}, {Keys: [expect.not.objectContaining({KeyArn: expect.anything()})]}],
		['nulls', {kind: 'null-members', members: ['NextMarker']}, {Truncated: true}],
		['members of the future', {kind: 'extra-members'}, {Truncated: true}],
		['an empty page with a token', {kind: 'empty-page'}, {Keys: [], Truncated: true, NextMarker: expect.any(String)}],
		['a huge body', {kind: 'huge-body', bytes: 200_000}, {Truncated: true}],
	])('answers with %s', async (_, effect, expected) => {
		endpoint.faults.add({effect});
		expect(await listKeys()).toMatchObject(expected);
	});

	it('answers slowly, a few bytes at a time', async () => {
		endpoint.faults.add({effect: {kind: 'drip', bytes: 40, everyMs: 1}});
		expect(await listKeys()).toMatchObject({Truncated: true});
	});

	it('answers with values that no SDK knows', async () => {
		const {Keys} = await listKeys();
		endpoint.faults.add({operation: 'DescribeKey', effect: {kind: 'unknown-enum', members: ['KeyState']}});
		const client = new KMSClient(settings());
		const {KeyMetadata} = await client.send(new DescribeKeyCommand({KeyId: Keys?.[0]?.KeyId}));
		expect(KeyMetadata).toMatchObject({KeyState: 'SOMETHING_NEW', KeyManager: 'CUSTOMER'});
	});

	it('gives the same token for ever, or two in turn', async () => {
		const client = new KMSClient(settings());
		const tokens = async (): Promise<string[]> => {
			const seen: string[] = [];
			for (let page = 0; page < 5; page++) {
				const {NextMarker} = await client.send(new ListKeysCommand({Limit: 1, ...(page > 0 && {Marker: seen.at(-1)})}));
				seen.push(NextMarker ?? '');
			}
			return seen;
		};
		endpoint.faults.add({effect: {kind: 'loop-token'}});
		expect(new Set(await tokens()).size).toBe(1);
		endpoint.faults.clear();
		endpoint.faults.add({effect: {kind: 'cycle-token'}});
		const [a, b, ...rest] = await tokens();
		expect(a).not.toBe(b);
		expect(rest).toEqual([a, b, a]);
	});

	it('lets paging tokens expire', async () => {
		const {NextMarker} = await listKeys();
		endpoint.faults.add({effect: {kind: 'expired-paging-token'}});
		const client = new KMSClient(settings());
		expect(await failure(client.send(new ListKeysCommand({Marker: NextMarker})))).toMatchObject({name: 'InvalidMarkerException'});
	});

	it('holds credentials as expired until others come', async () => {
		await listKeys('ASIAOLD');
		endpoint.faults.add({effect: {kind: 'expired-credentials'}});
		expect(await failure(listKeys('ASIAOLD'))).toMatchObject({name: 'ExpiredTokenException'});
		await expect(listKeys('ASIANEW')).resolves.toBeDefined();
		expect(await failure(listKeys('ASIAOLD'))).toMatchObject({name: 'ExpiredTokenException'});
	});

	it('moves the clock, which the SDK corrects by the Date header', async () => {
		endpoint.faults.add({effect: {kind: 'skew', offsetMs: 3_600_000}});
		const client = new KMSClient(settings());
		expect(await failure(client.send(new ListKeysCommand({})))).toMatchObject({
			name: 'InvalidSignatureException',
			message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/u),
		});
		await expect(client.send(new ListKeysCommand({}))).resolves.toBeDefined();
	});

	it('throttles only what exceeds a rate', async () => {
		endpoint.faults.add({effect: {kind: 'throttle-above', requestsPerSecond: 1, burst: 3}});
		const names: string[] = [];
		for (let call = 0; call < 6; call++) names.push((await failure(listKeys())).name);
		expect(names.slice(0, 3)).toEqual(['Error', 'Error', 'Error']);
		expect(names.slice(3)).toContain('ThrottlingException');
	});

	it('strikes only what it matches, after so many calls and so often', async () => {
		endpoint.faults.add({awsRegion: 'eu-west-1', operation: ['ListKeys', 'ListAliases'], after: 1, times: 2, effect: {kind: 'throttle'}});
		const names: string[] = [];
		for (let call = 0; call < 4; call++) names.push((await failure(listKeys(undefined, 'eu-west-1'))).name);
		expect(names).toEqual(['Error', 'ThrottlingException', 'ThrottlingException', 'Error']);
		await expect(listKeys()).resolves.toBeDefined();
		expect(endpoint.calls.all.filter(call => call.fault === 'throttle')).toHaveLength(2);
	});

	it('strikes at random, the same in every run', async () => {
		endpoint.faults.add({probability: 0.5, effect: {kind: 'throttle'}});
		const struck: boolean[] = [];
		for (let call = 0; call < 20; call++) struck.push((await failure(listKeys())).name === 'ThrottlingException');
		expect(struck.filter(Boolean).length).toBeGreaterThan(3);
		expect(struck.filter(Boolean).length).toBeLessThan(17);
	});

	it('asks to wait with a throttle', async () => {
		endpoint.faults.add({effect: {kind: 'throttle', retryAfterSeconds: 7}});
		const answer = await fetch(endpoint.url, {
			method: 'POST',
			headers: {
				authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
				'x-amz-target': 'TrentService.ListKeys',
			},
		});
		expect(answer.headers.get('retry-after')).toBe('7');
	});

	it('speaks each protocol', async () => {
		const sts = new STSClient(settings());
		const account = new AccountClient(settings());
		endpoint.faults.add({effect: {kind: 'throttle'}});
		expect(await failure(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({name: 'Throttling'});
		expect(await failure(account.send(new ListRegionsCommand({})))).toMatchObject({name: 'TooManyRequestsException', status: 429});
		endpoint.faults.clear();
		endpoint.faults.add({effect: {kind: 'expired-credentials'}});
		expect(await failure(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
			name: expect.stringMatching(/^ExpiredToken/u),
			status: 403,
		});
		endpoint.faults.clear();
		endpoint.faults.add({effect: {kind: 'missing-members', members: ['Arn']}});
		const identity = await sts.send(new GetCallerIdentityCommand({}));
		expect(identity).toMatchObject({Account: '210987654321'});
		expect(identity).not.toHaveProperty('Arn');
	});
});

describe('the control routes', () => {
	const at = (path: string, method = 'GET', body?: unknown) =>
		fetch(`${endpoint.url}/_vedette/${path}`, {method, ...(body !== undefined && {body: JSON.stringify(body)})});

	it('steer faults from another process', async () => {
		const posted = await at('faults', 'POST', {service: 'kms', effect: {kind: 'throttle'}});
		expect(posted.status).toBe(201);
		expect(await failure(listKeys())).toMatchObject({name: 'ThrottlingException'});
		expect(await (await at('faults')).json()).toMatchObject([{id: 'fault-1', hits: 1, service: 'kms'}]);
		expect((await at('faults/fault-1', 'DELETE')).status).toBe(200);
		expect((await at('faults/fault-1', 'DELETE')).status).toBe(404);
		await expect(listKeys()).resolves.toBeDefined();
	});

	it('refuse a fault that makes no sense', async () => {
		expect((await at('faults', 'POST', {effect: {kind: 'earthquake'}})).status).toBe(400);
		expect((await fetch(`${endpoint.url}/_vedette/faults`, {method: 'POST', body: '{'})).status).toBe(400);
		expect(endpoint.faults.list()).toEqual([]);
	});

	it('tell what was called since when', async () => {
		await listKeys();
		await listKeys();
		expect(await (await at('calls?since=1')).json()).toMatchObject({
			total: 2,
			actions: ['kms:ListKeys'],
			calls: [{sequence: 2, operation: 'ListKeys'}],
		});
		await at('calls', 'DELETE');
		expect(await (await at('calls')).json()).toMatchObject({total: 0, calls: []});
		expect(await (await at('status')).json()).toMatchObject({scenario: 'healthy', accounts: ['210987654321']});
		expect((await at('nonsense')).status).toBe(404);
	});
});
