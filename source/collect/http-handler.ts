import http from 'node:http';
import https from 'node:https';
import {buildQueryString, type HttpRequest, HttpResponse} from '@smithy/core/protocols';

// More sockets than this cost memory and bring nothing: the quotas are the limit, not the network.
const maxSockets = 50;
const connectionTimeoutMs = 3000;
/** The largest legitimate page (1,000 DescribeSnapshots or 100 Inspector findings) is far below. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** An answer too large to be one. */
export class BodyTooLargeError extends Error {
	override readonly name = 'BodyTooLarge';
}

const timedOut = (): Error => Object.assign(new Error(`No connection within ${connectionTimeoutMs / 1000} s`), {name: 'TimeoutError'});

type Options = {readonly abortSignal?: AbortSignal};

/**
 * One HTTP handler for all clients: kept-alive sockets, a cap on what an answer may weigh, and an end to everything when
 * the signal aborts. It is our own, and not `@smithy/node-http-handler`, because that one takes half of the CPU of a call
 * (four timers and a stream collector each); whole bodies and the one deadline that every call of the gate has are enough.
 */
export const createHttpHandler = () => {
	const agents = {
		'http:': new http.Agent({keepAlive: true, maxSockets}),
		'https:': new https.Agent({keepAlive: true, maxSockets}),
	};

	const handle = async (request: HttpRequest, {abortSignal}: Options = {}): Promise<{response: HttpResponse}> => {
		const query = buildQueryString(request.query ?? {});
		const isTls = request.protocol === 'https:';
		return new Promise((resolve, reject) => {
			const outgoing = (isTls ? https : http).request({
				agent: agents[isTls ? 'https:' : 'http:'],
				// A literal IPv6 address stands in brackets in a URL and without them here.
				host: request.hostname.replace(/^\[(.*)\]$/u, '$1'),
				port: request.port,
				method: request.method,
				path: query === '' ? request.path : `${request.path}?${query}`,
				headers: request.headers,
			});
			const onAbort = () => outgoing.destroy(abortSignal?.reason);
			const settle = (settled: () => void) => {
				abortSignal?.removeEventListener('abort', onAbort);
				settled();
			};
			const fail = (error: Error) => settle(() => reject(error));

			outgoing.once('error', fail);
			outgoing.once('socket', socket => {
				if (socket.connecting) {
					const timer = setTimeout(() => outgoing.destroy(timedOut()), connectionTimeoutMs);
					socket.once('close', () => clearTimeout(timer));
					socket.once('connect', () => clearTimeout(timer));
				}
			});
			outgoing.once('response', incoming => {
				const chunks: Buffer[] = [];
				let bytes = 0;
				incoming.on('data', (chunk: Buffer) => {
					bytes += chunk.length;
					if (bytes > maxBodyBytes) {
						incoming.destroy(new BodyTooLargeError(`The answer is larger than ${maxBodyBytes / 1024 / 1024} MB`));
					}

					chunks.push(chunk);
				});
				incoming.once('error', fail);
				incoming.once('end', () =>
					settle(() =>
						resolve({
							response: new HttpResponse({
								statusCode: incoming.statusCode ?? -1,
								headers: plainHeaders(incoming.headers),
								body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks),
							}),
						}),
					),
				);
			});
			if (abortSignal?.aborted === true) {
				onAbort();
				return;
			}

			abortSignal?.addEventListener('abort', onAbort, {once: true});
			// The protocols that Vedette speaks write their bodies as text or bytes, never as streams.
			outgoing.end(request.body);
		});
	};

	return {
		metadata: {handlerProtocol: 'http/1.1'},
		handle,
		/** Ends idle and busy sockets. */
		destroy() {
			agents['http:'].destroy();
			agents['https:'].destroy();
		},
		// The SDK's clients offer these to callers who change a handler; nobody changes this one.
		updateHttpClientConfig() {},
		httpHandlerConfigs: () => ({}),
	};
};

const plainHeaders = (headers: http.IncomingHttpHeaders): Record<string, string> => {
	const plain: Record<string, string> = {};
	for (const name in headers) {
		const value = headers[name];
		if (value !== undefined) {
			plain[name] = typeof value === 'string' ? value : value.join(', ');
		}
	}

	return plain;
};
