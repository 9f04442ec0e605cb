import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import {Transform} from 'node:stream';
import {NodeHttpHandler} from '@smithy/node-http-handler';

// More sockets than this cost memory and bring nothing: the quotas are the limit, not the network.
const maxSockets = 50;
const connectionTimeoutMs = 3000;
/** The largest legitimate page (1,000 DescribeSnapshots or 100 Inspector findings) is far below. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** An answer too large to be one. */
export class BodyTooLargeError extends Error {
	override readonly name = 'BodyTooLarge';
}

const tooLarge = (): BodyTooLargeError => new BodyTooLargeError(`The answer is larger than ${maxBodyBytes / 1024 / 1024} MB`);

/** One HTTP handler for all clients: kept-alive sockets, timeouts that abort, and a cap on what an answer may weigh. */
export const createHttpHandler = (callTimeoutMs: number) => {
	const inner = new NodeHttpHandler({
		connectionTimeout: connectionTimeoutMs,
		requestTimeout: callTimeoutMs,
		// Without this the SDK only logs that the time is up, and waits on: https://github.com/smithy-lang/smithy-typescript
		throwOnRequestTimeout: true,
		httpAgent: new HttpAgent({keepAlive: true, maxSockets}),
		httpsAgent: new HttpsAgent({keepAlive: true, maxSockets}),
	});
	return {
		metadata: inner.metadata,
		async handle(...rest: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
			const result = await inner.handle(...rest);
			const {response} = result;
			const length = response.headers['content-length'];
			if (length === undefined) {
				let bytes = 0;
				const counted = new Transform({
					transform(chunk: Buffer, _encoding, done) {
						bytes += chunk.length;
						done(bytes > maxBodyBytes ? tooLarge() : null, chunk);
					},
				});
				response.body.on('error', (error: Error) => counted.destroy(error));
				counted.on('error', () => response.body.destroy());
				response.body = response.body.pipe(counted);
			} else if (Number(length) > maxBodyBytes) {
				response.body.destroy();
				throw tooLarge();
			}

			return result;
		},
		updateHttpClientConfig: inner.updateHttpClientConfig.bind(inner),
		httpHandlerConfigs: inner.httpHandlerConfigs.bind(inner),
		destroy: inner.destroy.bind(inner),
	};
};
