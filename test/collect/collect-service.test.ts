import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import type {Aws, Resource, Yielded} from '../../source/model/index.js';
import {awsError, bench, madeUp, operation, resource} from './made-up.js';

type Untyped = Aws<Record<string, new (input: object) => never>>;
type Thing = {readonly id: string};

/** Lists things, reads the details of each, and says that it was all. */
const listAndRead = (options: {absent?: readonly string[]} = {}) =>
	async function* (typed: Aws): AsyncGenerator<Yielded> {
		const aws = typed as unknown as Untyped;
		for await (const page of aws.pages('ListThings', {})) {
			const things = (page as {Things: readonly Thing[]}).Things;
			yield* aws.each(things, async ({id}) => {
				const facts = aws.facts();
				const details = await facts.attempt('DescribeThing', {id}, options);
				return resource(id, {configuration: {details}, unread: facts.unread, readAt: facts.readAt});
			});
		}

		yield {yields: 'complete', of: 'AWS::MadeUp::Thing'};
	};
const operations = {ListThings: operation(), DescribeThing: operation()};
const three = {Things: [{id: 'a'}, {id: 'b'}, {id: 'c'}]};
const things = (batches: ReadonlyArray<{readonly resources: readonly Resource[]}>) => batches.flatMap(({resources}) => resources);

test('a collection that ends well is complete', async () => {
	const {run} = bench(name => (name === 'ListThings' ? three : {Detail: 1}));
	const {outcome, complete, batches} = await run(madeUp(operations, listAndRead()));
	expect(outcome).toMatchObject({status: 'ok', calls: 4, refusals: []});
	expect(complete).toEqual(['AWS::MadeUp::Thing']);
	expect(things(batches).map(({resourceId}) => resourceId)).toEqual(['a', 'b', 'c']);
});

test.each([
	['AccessDeniedException', 400, 'denied'],
	['UnauthorizedOperation', 403, 'denied'],
	['ThrottlingException', 400, 'throttled'],
	['Whatever', 429, 'throttled'],
	['ExpiredTokenException', 400, 'unauthenticated'],
	['UnrecognizedClientException', 400, 'unauthenticated'],
	['CredentialsProviderError', undefined, 'unauthenticated'],
	['OptInRequired', 403, 'not-available'],
	['SubscriptionRequiredException', 400, 'not-enabled'],
	['TimeoutError', undefined, 'unreachable'],
	['SyntaxError', 200, 'failed'],
	['Unknown', 404, 'failed'],
	['InternalFailure', 500, 'failed'],
] as const)('a listing that meets %s (HTTP %s) ends %s, and nothing is complete', async (name, httpStatus, status) => {
	const {run} = bench(() => {
		throw awsError(name, 'why', httpStatus);
	});
	const {outcome, complete} = await run(madeUp(operations, listAndRead()));
	expect(outcome.status).toBe(status);
	expect(outcome.refusals).toMatchObject([{operation: 'ListThings', iamAction: 'madeup:ListThings', count: 1}]);
	expect(complete).toEqual([]);
});

test('a denied resource is noted with the resource, and the collection is partial but complete', async () => {
	const {run} = bench((name, {id}) => {
		if (name === 'ListThings') {
			return three;
		}

		if (id === 'b') {
			throw awsError('AccessDeniedException', 'User is not authorized because no resource-based policy allows it');
		}

		return {Detail: id};
	});
	const {outcome, complete, batches} = await run(madeUp(operations, listAndRead()));
	expect(outcome.status).toBe('partial');
	expect(complete).toEqual(['AWS::MadeUp::Thing']);
	expect(things(batches).map(({unread}) => Object.keys(unread))).toEqual([[], ['DescribeThing'], []]);
});

/** Things that live in Regions named by their ids. */
const listAndReadElsewhere = () =>
	async function* (typed: Aws): AsyncGenerator<Yielded> {
		const aws = typed as unknown as Untyped;
		const {Things} = (await aws.call('ListThings', {})) as {Things: readonly Thing[]};
		for (const {id} of Things) {
			const facts = aws.in(id).facts();
			await facts.attempt('DescribeThing', {id});
			await facts.attempt('ListParts', {id});
			yield resource(id, {unread: facts.unread});
		}

		yield {yields: 'complete', of: 'AWS::MadeUp::Thing'};
	};

test.each([
	['knows no such key', 'InvalidAccessKeyId', 'not-available', 1],
	['does not answer', 'TimeoutError', 'unreachable', 3],
] as const)('another Region that %s costs its own resources, and no more than a few calls', async (_, error, status, asked) => {
	const {run, calls} = bench((name, _input, awsRegion) => {
		if (name !== 'ListThings' && awsRegion === 'me-south-1') {
			throw awsError(error);
		}

		return name === 'ListThings' ? {Things: ['me-south-1', 'us-west-2', 'me-south-1'].map(id => ({id}))} : {};
	});
	const {outcome, complete, batches} = await run(madeUp({...operations, ListParts: operation()}, listAndReadElsewhere()));
	expect(outcome.status).toBe('partial');
	expect(complete).toEqual(['AWS::MadeUp::Thing']);
	const refused = {
		DescribeThing: {status, operation: 'DescribeThing', iamAction: 'madeup:DescribeThing'},
		ListParts: {status, operation: 'ListParts', iamAction: 'madeup:ListParts'},
	};
	expect(things(batches).map(({unread}) => unread)).toMatchObject([refused, {}, refused]);
	expect(calls).toHaveLength(1 + 2 + asked);
});

test('a token that ends while another Region is asked ends the collection', async () => {
	const {run} = bench(name => {
		if (name === 'ListThings') {
			return {Things: [{id: 'us-west-2'}]};
		}

		throw awsError('ExpiredToken');
	});
	const {outcome, complete} = await run(madeUp(operations, listAndReadElsewhere()));
	expect(outcome.status).toBe('unauthenticated');
	expect(complete).toEqual([]);
});

test('what AWS says is absent is null, not unread', async () => {
	const {run} = bench(name => {
		if (name === 'ListThings') {
			return three;
		}

		throw awsError('UnsupportedOperationException');
	});
	const {outcome, batches} = await run(madeUp(operations, listAndRead({absent: ['UnsupportedOperationException']})));
	expect(outcome.status).toBe('ok');
	expect(things(batches).map(({configuration}) => configuration)).toEqual([{details: null}, {details: null}, {details: null}]);
});

test('a listing that is absent in the words of a denial is absent at every refresh', async () => {
	const {run, calls} = bench(() => {
		throw awsError('AccessDeniedException', 'No default admin could be found for account 123456789012');
	});
	const service = madeUp(operations, async function* (typed) {
		const aws = typed as unknown as Untyped;
		const pages = await aws.facts().attemptPages('ListThings', {}, {absent: ({message}) => message.startsWith('No default admin')});
		if (pages === null) {
			yield {yields: 'not-enabled', reason: 'it has no administrator'};
		}
	});
	expect((await run(service)).outcome.status).toBe('not-enabled');
	expect((await run(service)).outcome.status).toBe('not-enabled');
	expect(calls).toHaveLength(2);
});

test('an action that no policy allows is not asked for every resource, nor at the next refresh, but again after an hour or on request', async () => {
	const many = {Things: Array.from({length: 200}, (_, index) => ({id: String(index)}))};
	const {run, calls, memory, advance} = bench(name => {
		if (name === 'ListThings') {
			return many;
		}

		throw awsError('AccessDeniedException', 'not authorized because no identity-based policy allows the madeup:DescribeThing action');
	});
	const service = madeUp(operations, listAndRead());
	const {outcome, batches} = await run(service);
	expect(outcome.status).toBe('partial');
	expect(things(batches)).toHaveLength(200);
	expect(things(batches).every(({unread}) => unread['DescribeThing']?.status === 'denied')).toBe(true);
	const asked = () => calls.filter(name => name === 'DescribeThing').length;
	const first = asked();
	expect(first).toBeLessThan(60);
	await run(service);
	expect(asked()).toBeLessThan(first + 60);
	memory.forget();
	await run(service);
	expect(asked()).toBeGreaterThan(first);
	advance(61 * 60_000);
	const before = asked();
	await run(service);
	expect(asked()).toBeGreaterThan(before);
});

test('a policy that allows some resources only is found out, however many others it denies first', async () => {
	const many = {Things: Array.from({length: 120}, (_, index) => ({id: String(index)}))};
	const {run} = bench((name, {id}) => {
		if (name === 'ListThings') {
			return many;
		}

		if (Number(id) < 110) {
			throw awsError('AccessDeniedException', 'not authorized because no identity-based policy allows the madeup:DescribeThing action');
		}

		return {Detail: id};
	});
	const service = madeUp({...operations, DescribeThing: operation({freshForMs: 60_000})}, listAndRead());
	let read: readonly Resource[] = [];
	for (let refresh = 0; refresh < 6; refresh++) {
		const {batches} = await run(service);
		read = things(batches).filter(({unread}) => unread['DescribeThing'] === undefined);
	}

	expect(read.map(({resourceId}) => Number(resourceId))).toEqual([110, 111, 112, 113, 114, 115, 116, 117, 118, 119]);
});

test('a throttled detail is not asked for again in the same collection', async () => {
	const many = {Things: Array.from({length: 200}, (_, index) => ({id: String(index)}))};
	const {run, calls} = bench(name => {
		if (name === 'ListThings') {
			return many;
		}

		throw awsError('ThrottlingException');
	});
	expect((await run(madeUp(operations, listAndRead()))).outcome.status).toBe('partial');
	expect(calls.length).toBeLessThan(40);
});

test('answers with a life of their own are asked for once in that life', async () => {
	const {run, calls, advance} = bench(name => (name === 'ListThings' ? three : {Detail: 1}));
	const service = madeUp({...operations, DescribeThing: operation({freshForMs: 60 * 60_000})}, listAndRead());
	const asked = () => calls.filter(name => name === 'DescribeThing').length;
	await run(service);
	const again = await run(service);
	expect(asked()).toBe(3);
	expect(things(again.batches)[0]?.readAt).toEqual({DescribeThing: '2026-11-23T12:00:00.000Z'});
	advance(67 * 60_000);
	await run(service);
	expect(asked()).toBe(6);
});

test('slow operations hold up nothing: pending at first, there at the next refresh', async () => {
	const {run, slow} = bench(name => (name === 'ListThings' ? three : {Detail: 1}));
	const service = madeUp({...operations, DescribeThing: operation({freshForMs: 60_000, slow: true})}, listAndRead());
	const first = await run(service);
	expect(first.outcome).toMatchObject({status: 'ok', reason: '3 facts wait for slow operations'});
	expect(things(first.batches)[0]?.unread['DescribeThing']?.status).toBe('pending');
	await expect.poll(() => slow.waiting).toBe(0);
	const second = await run(service);
	expect(second.outcome.reason).toBeUndefined();
	expect(things(second.batches).map(({configuration}) => configuration)).toEqual(Array.from({length: 3}, () => ({details: {Detail: 1}})));
});

test.each(['ExpiredTokenException', 'ThrottlingException'])(
	'what a slow operation met in the background, %s, is not held against the next collection',
	async name => {
		let trouble = true;
		const {run, slow} = bench(async operationName => {
			if (operationName === 'ListThings') {
				return three;
			}

			await setImmediate();
			if (trouble) {
				throw Object.assign(new Error('Not now'), {name, $metadata: {httpStatusCode: 400}, $fault: 'client'});
			}

			return {Detail: 1};
		});
		const service = madeUp({...operations, DescribeThing: operation({freshForMs: 60_000, slow: true})}, listAndRead());
		await run(service);
		await expect.poll(() => slow.waiting).toBe(0);
		trouble = false;
		expect((await run(service)).outcome).toMatchObject({status: 'ok', refusals: []});
		await expect.poll(() => slow.waiting).toBe(0);
		expect(things((await run(service)).batches).map(({configuration}) => configuration)).toEqual(
			Array.from({length: 3}, () => ({details: {Detail: 1}})),
		);
	},
);

test.each([
	['the same token for ever', ['x', 'x', 'x', 'x']],
	['a cycle of tokens', ['a', 'b', 'a', 'b', 'a', 'b']],
])('%s ends the listing as partial, and nothing is complete', async (_name, tokens) => {
	let page = 0;
	const {run, calls} = bench(name => (name === 'ListThings' ? {Things: [{id: String(page)}], Next: tokens[page++ % tokens.length]} : {}));
	const {outcome, complete} = await run(madeUp(operations, listAndRead()));
	expect(outcome.status).toBe('partial');
	expect(outcome.reason).toMatch(/same page token/u);
	expect(complete).toEqual([]);
	expect(calls.filter(name => name === 'ListThings').length).toBeLessThanOrEqual(4);
});

test('every page gets a fresh input', async () => {
	const inputs: unknown[] = [];
	const {run} = bench((name, input) => {
		if (name === 'ListThings') {
			inputs.push(input);
			return {Things: [], ...(inputs.length < 3 && {Next: `t${inputs.length}`})};
		}

		return {};
	});
	await run(madeUp(operations, listAndRead()));
	expect(inputs).toEqual([{}, {Token: 't1'}, {Token: 't2'}]);
});

const nested = {input: 'Marker', output: 'List.NextMarker', more: 'List.IsTruncated'};
const composed = {input: 'FromName', output: 'NextName', also: {FromType: 'NextType', FromId: 'NextId'}, more: 'IsTruncated'};
test.each([
	['a token inside a structure', nested, [{List: {NextMarker: 'b', IsTruncated: true}}, {List: {IsTruncated: false}}], [{}, {Marker: 'b'}]],
	['an empty token inside a structure', nested, [{List: {NextMarker: '', IsTruncated: false}}], [{}]],
	[
		'a token in several parts, of which the first may stay',
		composed,
		[
			{NextName: 'a', NextType: 'A', NextId: '1', IsTruncated: true},
			{NextName: 'a', NextType: 'MX', IsTruncated: true},
			{IsTruncated: false},
		],
		[{}, {FromName: 'a', FromType: 'A', FromId: '1'}, {FromName: 'a', FromType: 'MX'}],
	],
] as const)('%s leads to the next page', async (_name, paging, answers, expected) => {
	const inputs: unknown[] = [];
	const {run} = bench((_, input) => ({Things: [], ...answers[inputs.push(input) - 1]}));
	const {outcome, complete} = await run(madeUp({...operations, ListThings: operation({paging})}, listAndRead()));
	expect(inputs).toEqual(expected);
	expect(outcome.status).toBe('ok');
	expect(complete).toEqual(['AWS::MadeUp::Thing']);
});

test.each([
	['says that there is more without a token', [{NextName: 'a', IsTruncated: true}, {IsTruncated: true}], /there is more/u],
	['repeats a token in several parts', [{NextName: 'a', NextId: '1', IsTruncated: true}], /same page token/u],
])('a listing that %s is cut short', async (_name, answers, reason) => {
	let page = 0;
	const {run} = bench(() => ({Things: [], ...answers[page++ % answers.length]}));
	const {outcome, complete} = await run(madeUp({...operations, ListThings: operation({paging: composed})}, listAndRead()));
	expect(outcome).toMatchObject({status: 'partial', reason: expect.stringMatching(reason)});
	expect(complete).toEqual([]);
});

test('of listings that are cut short side by side, and in the same words, none is taken for whole', async () => {
	const {run} = bench((name, {id}) => (name === 'ListThings' ? three : id === 'b' ? {Detail: 1} : {Detail: 1, Next: 'x'}));
	const service = madeUp(operations, async function* (typed) {
		const aws = typed as unknown as Untyped;
		yield* aws.each(three.Things, async ({id}) => {
			const facts = aws.facts();
			const details = await facts.attemptPages('DescribeThing', {id});
			return resource(id, {configuration: {details}, unread: facts.unread});
		});
	});
	const {outcome, batches} = await run(service);
	expect(outcome.status).toBe('partial');
	expect(things(batches).map(({configuration}) => configuration)).toEqual([
		{details: undefined},
		{details: [{Detail: 1}]},
		{details: undefined},
	]);
	expect(things(batches).map(({unread}) => unread['DescribeThing']?.error)).toEqual(['EndlessListing', undefined, 'EndlessListing']);
});

test('a call that hangs ends with the deadline of the collection, keeping what was read', async () => {
	const {run} = bench((name, input) => {
		if (name !== 'ListThings') {
			return {};
		}

		return input['Token'] === undefined ? {...three, Next: 't'} : new Promise(() => {});
	});
	const {outcome, complete, batches} = await run(madeUp(operations, listAndRead(), 200));
	expect(outcome).toMatchObject({status: 'unreachable'});
	expect(outcome.reason).toMatch(/longer than/u);
	expect(things(batches)).toHaveLength(3);
	expect(complete).toEqual([]);
});

test('a collector that itself hangs or throws is an outcome too', async () => {
	const {run} = bench(() => ({}));
	const hanging = madeUp(
		operations,
		async function* () {
			await new Promise(() => {});
		},
		100,
	);
	expect((await run(hanging)).outcome.status).toBe('unreachable');
	const throwing = madeUp(operations, async function* () {
		yield resource('a');
		throw new RangeError('a mistake of ours');
	});
	const {outcome, batches} = await run(throwing);
	expect(outcome).toMatchObject({status: 'failed', reason: 'RangeError: a mistake of ours'});
	expect(things(batches)).toHaveLength(1);
});

test('large accounts come in batches', async () => {
	const many = {Things: Array.from({length: 1201}, (_, index) => ({id: String(index)}))};
	const {run} = bench(name => (name === 'ListThings' ? many : {}));
	const {batches} = await run(madeUp(operations, listAndRead()));
	expect(batches.map(({resources}) => resources.length)).toEqual([500, 500, 201]);
});
