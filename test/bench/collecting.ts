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
import {type Figure, milliseconds, quickest} from './figures.js';

/** The SDK with nothing of ours around it: what a call takes, to be asked in turn with what is measured against it. */
export const bareSdk = async (url: string): Promise<{readonly callMs: () => Promise<number>; readonly close: () => void}> => {
	const client = new KMSClient({region: 'us-east-1', endpoint: url, maxAttempts: 1, requestHandler: new NodeHttpHandler()});
	const {Keys: keys = []} = await client.send(new ListKeysCommand({Limit: 1000}));
	const asked = 400;
	const concurrency = 24;
	const callMs = async (): Promise<number> => {
		const cpu = process.cpuUsage();
		let next = 0;
		await Promise.all(
			Array.from({length: concurrency}, async () => {
				while (next < asked) {
					const key = keys[next++ % keys.length];
					// A key may refuse to be described: that is an answer, and takes as long.
					await client.send(new DescribeKeyCommand({KeyId: key?.KeyId})).catch(() => undefined);
				}
			}),
		);
		const {user, system} = process.cpuUsage(cpu);
		return (user + system) / 1000 / asked;
	};
	for (let round = 0; round < 4; round++) {
		await callMs();
	}

	return {callMs, close: () => client.destroy()};
};

/** What is measured, and the SDK's own call in turn with it, so that a machine that slows down slows both. */
export const inTurn = async <Look>(
	rounds: number,
	look: () => Promise<Look>,
	bareCallMs: () => Promise<number>,
): Promise<{readonly looks: readonly Look[]; readonly bareMs: number}> => {
	const looks: Look[] = [];
	const bare: number[] = [];
	for (let round = 0; round < rounds; round++) {
		looks.push(await look());
		bare.push(await bareCallMs());
	}

	return {looks, bareMs: quickest(bare)};
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
	const bare = await bareSdk(endpoint.url);
	const {looks, bareMs} = await inTurn(3, once, bare.callMs);
	bare.close();
	const calls = looks[0]?.calls ?? 0;
	const cpuMs = quickest(looks.map(look => look.cpuMs));
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
			name: `collector CPU per SDK call (${calls} calls), quickest of 3`,
			budget: '≤ 0.5 ms',
			measured: milliseconds(cpuMs / calls),
			baseline: `${milliseconds(bareMs)} SDK alone`,
			ratio: (cpuMs / calls / bareMs).toFixed(2),
			within: cpuMs / calls <= 0.5,
		},
		{name: 'limiter per call', budget: '≤ 10 µs', measured: milliseconds(perTakeMs), baseline: '', ratio: '', within: perTakeMs <= 0.01},
	];
};
