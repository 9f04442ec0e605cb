import Keyv from 'keyv';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Endpoint, type Fault, startEndpoint} from '../../mocks/index.js';
import {createGate, type Gate} from '../../source/collect/gate.js';
import {ForbiddenCallError, isReadOnly, onlyDeclared} from '../../source/collect/read-only.js';
import type {Resource} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';

const secret = 'canary0secret0key0canary0secret0key00000';
const environment = {...process.env};
let endpoint: Endpoint;
let gate: Gate;

const open = (more: Partial<Parameters<typeof createGate>[0]> = {}): Gate =>
	createGate({
		config: {
			profile: undefined,
			roleArn: undefined,
			externalId: undefined,
			endpointUrl: endpoint.url,
			limits: {share: Number.POSITIVE_INFINITY},
			regions: undefined,
		},
		cache: new Keyv(),
		// Long enough for a busy machine; tests of what never answers take less.
		callTimeoutMs: 15_000,
		...more,
	});

beforeEach(async () => {
	Object.assign(process.env, {
		AWS_ACCESS_KEY_ID: 'AKIACANARYCANARY0001',
		AWS_SECRET_ACCESS_KEY: secret,
		AWS_REGION: 'us-east-1',
		AWS_CONFIG_FILE: '/nonexistent/config',
		AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
	});
	endpoint = await startEndpoint({scenario: 'typical'});
	gate = open();
});

afterEach(async () => {
	await gate.close();
	await endpoint.close();
	process.env = {...environment};
});

const kms = () => {
	const service = services.find(({id}) => id === 'kms');
	if (service === undefined) {
		throw new TypeError('There is no service kms');
	}

	return service;
};

const collectKms = async (awsRegion = 'us-east-1') => {
	const resources: Resource[] = [];
	const ending = await gate.collect(
		kms(),
		{accountId: '123456789012', awsRegion, service: 'kms', tier: 'full'},
		{
			watermark: undefined,
			signal: new AbortController().signal,
			async onBatch(batch) {
				resources.push(...batch.resources);
			},
		},
	);
	return {...ending, resources};
};

test('says who we are and where', async () => {
	expect(await gate.identity()).toMatchObject({ok: true, value: {accountId: '123456789012', partition: 'aws'}});
	const regions = await gate.regions('123456789012');
	expect(regions.ok && regions.value).toContain('us-east-1');
	expect(regions.ok && regions.value).not.toContain('me-south-1');
});

test('gives two declarations of one AWS service a client each, which calls what its own names', async () => {
	const all = kms();
	const {ListKeys} = all.operations;
	if (ListKeys === undefined) {
		throw new TypeError('KMS lists keys');
	}

	const few = {...all, operations: {ListKeys}};
	const ask = async (service: typeof all, operation: string) => gate.probe(service, 'us-east-1', '123456789012', operation, {});
	expect(await ask(few, 'ListKeys')).toMatchObject({ok: true});
	expect(await ask(all, 'ListAliases')).toMatchObject({ok: true});
	await expect(ask(few, 'ListAliases')).rejects.toThrow(ForbiddenCallError);
});

test('assumes a role first where one is named', async () => {
	const asRole = open({
		config: {
			profile: undefined,
			roleArn: 'arn:aws:iam::123456789012:role/audit',
			externalId: 'only-us',
			endpointUrl: endpoint.url,
			limits: {share: Number.POSITIVE_INFINITY},
			regions: ['us-east-1'],
		},
	});
	const who = await asRole.identity();
	await asRole.close();
	expect(who.ok && who.value.arn).toMatch(/:assumed-role\/audit\/vedette$/u);
	expect(endpoint.calls.count({operation: 'AssumeRole'})).toBe(1);
});

test('reads the keys of a Region whole', async () => {
	const {outcome, complete, resources} = await collectKms();
	expect(['ok', 'partial']).toContain(outcome.status);
	expect(complete).toEqual(['AWS::KMS::Key']);
	expect(resources.length).toBeGreaterThan(3);
});

const silent: ReadonlyArray<readonly [string, Fault, string]> = [
	['a captive portal', {effect: {kind: 'html'}}, 'failed'],
	['HTTP 404', {effect: {kind: 'status', httpStatus: 404, body: '<h1>no</h1>'}}, 'failed'],
	['HTTP 501', {effect: {kind: 'status', httpStatus: 501}}, 'failed'],
	['a body cut short', {effect: {kind: 'malformed'}}, 'unreachable|failed'],
	['a string for a list', {effect: {kind: 'wrong-types'}}, 'failed'],
	['an empty object', {effect: {kind: 'empty-object'}}, 'failed'],
	['null for every member', {effect: {kind: 'null-members'}}, 'failed'],
	['a connection reset', {effect: {kind: 'reset'}}, 'unreachable'],
	['no answer', {effect: {kind: 'hang'}}, 'unreachable'],
	['an answer that drips', {effect: {kind: 'drip', bytes: 1, everyMs: 200}}, 'unreachable'],
	['an answer of 64 MB', {effect: {kind: 'huge-body', bytes: 64 * 1024 * 1024}}, 'failed'],
	['throttling', {effect: {kind: 'throttle'}}, 'throttled'],
	['HTTP 429', {effect: {kind: 'throttle', httpStatus: 429}}, 'throttled'],
	['a denial', {effect: {kind: 'deny'}}, 'denied'],
	['invalid credentials', {effect: {kind: 'invalid-credentials'}}, 'unauthenticated'],
];

test.each(silent)('a listing that meets %s brings nothing, says why, and proves nothing gone', async (_name, fault, status) => {
	endpoint.faults.add({service: 'kms', operation: 'ListKeys', ...fault});
	if (['hang', 'drip'].includes(fault.effect.kind)) {
		await gate.close();
		gate = open({callTimeoutMs: 1000});
	}

	const {outcome, complete, resources} = await collectKms();
	expect(outcome.status).toMatch(new RegExp(`^(?:${status})$`, 'u'));
	expect(outcome.refusals.some(({operation}) => operation === 'ListKeys')).toBe(true);
	expect(complete).toEqual([]);
	expect(resources).toEqual([]);
});

test.each(['loop-token', 'cycle-token'] as const)('a listing with a %s ends as partial', async kind => {
	endpoint.faults.add({service: 'kms', operation: 'ListKeys', effect: {kind}});
	const {outcome, complete} = await collectKms();
	expect(outcome.status).toBe('partial');
	expect(complete).toEqual([]);
});

test('unknown enum values and members are taken as they come', async () => {
	endpoint.faults.add({service: 'kms', effect: {kind: 'unknown-enum'}});
	const {outcome, resources} = await collectKms();
	expect(['ok', 'partial']).toContain(outcome.status);
	expect(resources.length).toBeGreaterThan(3);
});

test('a token that expired is renewed once, and then the call is answered', async () => {
	endpoint.faults.add({
		service: 'kms',
		operation: 'ListKeys',
		times: 1,
		effect: {kind: 'error', name: 'ExpiredTokenException', httpStatus: 400},
	});
	const {outcome} = await collectKms();
	expect(['ok', 'partial']).toContain(outcome.status);
	expect(endpoint.calls.count({operation: 'ListKeys'})).toBe(2);
});

test('a clock that is off is corrected by AWS and said', async () => {
	endpoint.faults.add({effect: {kind: 'skew', offsetMs: 3_600_000}});
	const {outcome} = await collectKms();
	expect(['ok', 'partial']).toContain(outcome.status);
	expect(await gate.problems()).toMatchObject([{id: 'clock', text: expect.stringContaining('60 min behind')}]);
});

test('missing credentials are a state with a way out', async () => {
	delete process.env['AWS_ACCESS_KEY_ID'];
	delete process.env['AWS_SECRET_ACCESS_KEY'];
	expect(await gate.identity()).toMatchObject({ok: false, refusal: {status: 'unauthenticated', iamAction: 'sts:GetCallerIdentity'}});
	expect(await gate.problems()).toMatchObject([{id: 'credentials', severity: 'error', fix: expect.stringContaining('aws configure sso')}]);
	Object.assign(process.env, {AWS_ACCESS_KEY_ID: 'AKIACANARYCANARY0002', AWS_SECRET_ACCESS_KEY: secret});
	expect(await gate.identity()).toMatchObject({ok: true});
	expect(await gate.problems()).toEqual([]);
});

test('a Region that is not enabled is not available, though the same token is good elsewhere', async () => {
	endpoint.faults.add({awsRegion: 'eu-west-1', effect: {kind: 'region-not-enabled'}});
	expect((await collectKms('eu-west-1')).outcome.status).toBe('not-available');
	expect((await collectKms('us-east-1')).outcome.status).not.toBe('not-available');
});

test('the environment cannot send signed requests elsewhere', async () => {
	process.env['AWS_ENDPOINT_URL'] = endpoint.url;
	process.env['AWS_ENDPOINT_URL_STS'] = endpoint.url;
	const aws = open({
		config: {
			profile: undefined,
			roleArn: undefined,
			externalId: undefined,
			endpointUrl: undefined,
			limits: {share: 1},
			regions: ['us-east-1'],
		},
		callTimeoutMs: 300,
	});
	expect((await aws.identity()).ok).toBe(false);
	await aws.close();
	expect(endpoint.calls.total).toBe(0);
});

test('a call that is not declared stops before it is signed', async () => {
	const guard = onlyDeclared({
		id: 'kms',
		operations: {ListKeys: {requestsPerSecond: 1, source: ''}, DisableKey: {requestsPerSecond: 1, source: ''}},
	});
	const pass = guard(async () => 'sent' as never, {commandName: 'ListKeysCommand'});
	expect(await pass({} as never)).toBe('sent');
	for (const commandName of ['DescribeKeyCommand', 'DisableKeyCommand', 'toStringCommand', '']) {
		expect(() => guard(async () => 'sent' as never, {commandName})({} as never)).toThrow(ForbiddenCallError);
	}
});

test.each([
	'GetSecretValue',
	'BatchGetSecretValue',
	'GetParametersByPath',
	'Decrypt',
	'CreateGrant',
	'PutKeyPolicy',
	'GetObject',
	'GetSensitiveDataOccurrences',
])('%s is never read-only', operation => {
	expect(isReadOnly(operation)).toBe(false);
});

test('everything that services declare is read-only', () => {
	const declared = services.flatMap(({operations}) => Object.keys(operations));
	expect(declared.length).toBeGreaterThan(5);
	expect(declared.filter(operation => !isReadOnly(operation))).toEqual([]);
});

test('no secret stands in what the gate says', async () => {
	endpoint.faults.add({service: 'kms', effect: {kind: 'invalid-credentials'}});
	const {outcome} = await collectKms();
	expect(JSON.stringify([outcome, await gate.problems(), gate.buckets()])).not.toContain(secret);
});
