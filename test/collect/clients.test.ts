import {expect, test, vi} from 'vitest';
import {startEndpoint} from '../../mocks/index.js';
import {Clients} from '../../source/collect/clients.js';
import {createHttpHandler} from '../../source/collect/http-handler.js';
import {services} from '../../source/services/index.js';

type Stack = {identify(): readonly string[]};

/** Of no use to what only reads, and is told of by no logger. */
const needless = ['loggerMiddleware', 'recursionDetectionMiddleware', 'addExpectContinueMiddleware', 's3ExpressMiddleware'];

const endpointUrl = 'http://127.0.0.1:1';

const open = (handler = createHttpHandler(), url = endpointUrl) => {
	const credentials = {
		provider: async () => ({accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'}),
		forget() {
			// These never change.
		},
	};
	return {clients: new Clients({credentials, handler, endpointUrl: url}), handler};
};

test.each(services.map(service => [service.id, service] as const))(
	'a client of %s goes through what the SDK has it go through, but for what is of no use',
	async (_, service) => {
		const {clients, handler} = open();
		const {collector} = await service.load();
		const {clientOf} = await clients.get(service, 'eu-west-1');
		for (const operation of Object.keys(service.operations)) {
			const Constructor = (collector.clientOf?.[operation] ?? collector.client) as unknown as new (
				configuration: object,
			) => {readonly middlewareStack: Stack};
			const plain = new Constructor({region: 'eu-west-1'}).middlewareStack.identify();
			const ours = (clientOf(operation).middlewareStack as unknown as Stack).identify();
			// Nothing else is lost; before all comes what refuses undeclared calls.
			const names = (stack: readonly string[]) => stack.map(name => name.replace(/ - .*$/u, ''));
			expect(
				names(ours)
					.filter(name => name !== 'onlyDeclared')
					.sort(),
			).toEqual(
				names(plain)
					.filter(name => !needless.includes(name))
					.sort(),
			);
			expect(names(ours)).toContain('onlyDeclared');
		}

		handler.destroy();
	},
);

test('another service’s client is made when it is first needed, and once', async () => {
	const {clients, handler} = open();
	const kms = services.find(({id}) => id === 'kms');
	if (kms === undefined) throw new Error('KMS is not registered');
	const {clientOf} = await clients.get(kms, 'eu-west-1');
	expect(clientOf('ListKeys')).toBe(clientOf('DescribeKey'));
	expect(clientOf('GetResources')).not.toBe(clientOf('ListKeys'));
	expect(clientOf('GetResources')).toBe(clientOf('GetResources'));
	handler.destroy();
});

test('calls bear the name of Vedette, and what AWS’s configuration adds to it', async () => {
	const endpoint = await startEndpoint({scenario: 'healthy'});
	const handler = createHttpHandler();
	const sent: Array<string | undefined> = [];
	const listening = {
		...handler,
		handle: (...asked: Parameters<typeof handler.handle>) => {
			sent.push(asked[0].headers['user-agent']);
			return handler.handle(...asked);
		},
	};
	const ask = async () => {
		const {clients} = open(listening, endpoint.url);
		const kms = services.find(({id}) => id === 'kms');
		if (kms === undefined) throw new Error('KMS is not registered');
		const {clientOf, commands} = await clients.get(kms, 'eu-west-1');
		const {ListKeys} = commands;
		if (ListKeys === undefined) throw new Error('KMS lists no keys');
		await clientOf('ListKeys').send(new ListKeys({} as never), {abortSignal: new AbortController().signal});
	};
	await ask();
	vi.stubEnv('AWS_SDK_UA_APP_ID', 'night watch\r\n');
	await ask();
	vi.unstubAllEnvs();
	expect(sent).toEqual([
		expect.stringMatching(/^vedette\/\d+\.\d+\.\d+ aws-sdk-js\/3 md\/nodejs#[\d.]+$/u),
		expect.stringMatching(/ app\/night-watch--$/u),
	]);
	handler.destroy();
	await endpoint.close();
});

test('each request is signed by the credentials that hold when it is made', async () => {
	const endpoint = await startEndpoint({scenario: 'healthy'});
	const handler = createHttpHandler();
	let made = 0;
	const clients = new Clients({
		handler,
		endpointUrl: endpoint.url,
		credentials: {
			provider: async () => ({
				accessKeyId: `AKIAROTATED${String(++made).padStart(9, '0')}`,
				secretAccessKey: 'x',
				expiration: new Date(Date.now() - 1000),
			}),
			forget() {
				made = 0;
			},
		},
	});
	const kms = services.find(({id}) => id === 'kms');
	if (kms === undefined) throw new Error('KMS is not registered');
	const {clientOf, commands} = await clients.get(kms, 'eu-west-1');
	const {ListKeys} = commands;
	if (ListKeys === undefined) throw new Error('KMS lists no keys');
	for (let round = 0; round < 3; round++) {
		await clientOf('ListKeys').send(new ListKeys({} as never), {abortSignal: new AbortController().signal});
	}

	const used = endpoint.calls.all.map(({accessKeyId}) => accessKeyId);
	expect(new Set(used).size).toBe(3);
	handler.destroy();
	await endpoint.close();
});
