import {expect, test} from 'vitest';
import {startEndpoint} from '../../mocks/index.js';
import {Clients} from '../../source/collect/clients.js';
import {createHttpHandler} from '../../source/collect/http-handler.js';
import {services} from '../../source/services/index.js';

type Stack = {identify(): readonly string[]};

const endpointUrl = 'http://127.0.0.1:1';

const open = () => {
	const handler = createHttpHandler();
	const credentials = {
		provider: async () => ({accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'}),
		forget() {
			// These never change.
		},
	};
	return {clients: new Clients({credentials, handler, endpointUrl}), handler};
};

test.each(services.map(service => [service.id, service] as const))(
	'a client of %s goes through what the SDK has it go through',
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
			// Nothing is lost and nothing changes places; before all comes what refuses undeclared calls.
			const names = (stack: readonly string[]) => stack.map(name => name.replace(/ - .*$/u, ''));
			expect(
				names(ours)
					.filter(name => name !== 'onlyDeclared')
					.sort(),
			).toEqual(names(plain).sort());
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
