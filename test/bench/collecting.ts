import {performance} from 'node:perf_hooks';
import {DescribeKeyCommand, KMSClient, ListKeysCommand} from '@aws-sdk/client-kms';
import {NodeHttpHandler} from '@smithy/node-http-handler';
import Keyv from 'keyv';
import {createGate} from '../../source/collect/gate.js';
import {TokenBucket} from '../../source/collect/token-bucket.js';
import {services} from '../../source/services/index.js';
import {serialization} from '../../source/store/entry-codec.js';
import {credentials} from './account.js';
import {endpointProcess} from './endpoint.js';
import {type Figure, milliseconds} from './figures.js';

/** What the SDK alone takes for a call, with nothing of ours around it. */
export const bareSdkCallMs = async (url: string): Promise<number> => {
	const client = new KMSClient({region: 'us-east-1', endpoint: url, maxAttempts: 1, requestHandler: new NodeHttpHandler()});
	const {Keys: keys = []} = await client.send(new ListKeysCommand({Limit: 1000}));
	const rounds = 4;
	const concurrency = 24;
	const pass = async (): Promise<void> => {
		const waiting = keys.flatMap(({KeyId}) => (KeyId === undefined ? [] : [KeyId]));
		await Promise.all(
			Array.from({length: concurrency}, async () => {
				for (let KeyId = waiting.pop(); KeyId !== undefined; KeyId = waiting.pop()) {
					// A key may refuse to be described: that is an answer, and takes as long.
					await client.send(new DescribeKeyCommand({KeyId})).catch(() => undefined);
				}
			}),
		);
	};
	await pass();
	const cpu = process.cpuUsage();
	for (let round = 0; round < rounds; round++) {
		await pass();
	}

	const {user, system} = process.cpuUsage(cpu);
	client.destroy();
	return (user + system) / 1000 / (rounds * keys.length);
};

/** CPU per SDK call over a cold collection of KMS in the large scenario, and of the limiter alone. */
export const measureCollecting = async (): Promise<readonly Figure[]> => {
	const endpoint = await endpointProcess('large');
	Object.assign(process.env, credentials);
	const config = {profile: undefined, roleArn: undefined, externalId: undefined, endpointUrl: endpoint.url, regions: ['us-east-1']};
	const kms = services.find(({id}) => id === 'kms');
	if (kms === undefined) {
		throw new TypeError('There is no service kms');
	}

	const once = async () => {
		const gate = createGate({
			config: {...config, limits: {share: Number.POSITIVE_INFINITY}},
			cache: new Keyv({serialization}),
			slowInBackground: false,
		});
		const cpu = process.cpuUsage();
		const {outcome} = await gate.collect(
			kms,
			{accountId: '123456789012', awsRegion: 'us-east-1', service: 'kms', tier: 'full'},
			{watermark: undefined, signal: new AbortController().signal, onBatch: async () => {}},
		);
		const {user, system} = process.cpuUsage(cpu);
		await gate.close();
		return {calls: outcome.calls, cpuMs: (user + system) / 1000};
	};
	// The first run compiles; the budget is for a daemon that runs for days.
	await once();
	const {calls, cpuMs} = await once();
	const bareMs = await bareSdkCallMs(endpoint.url);
	await endpoint.stop();

	const takes = 200_000;
	const bucket = new TokenBucket({perSecond: 1e9, capacity: 1e9});
	const started = performance.now();
	for (let take = 0; take < takes; take++) {
		await bucket.take();
	}

	const perTakeMs = (performance.now() - started) / takes;
	return [
		{
			name: `collector CPU per SDK call (${calls} calls)`,
			budget: '≤ 0.5 ms',
			measured: milliseconds(cpuMs / calls),
			baseline: `${milliseconds(bareMs)} SDK alone`,
			ratio: (cpuMs / calls / bareMs).toFixed(2),
			within: cpuMs / calls <= 0.5,
		},
		{name: 'limiter per call', budget: '≤ 10 µs', measured: milliseconds(perTakeMs), baseline: '', ratio: '', within: perTakeMs <= 0.01},
	];
};
