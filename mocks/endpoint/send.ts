import type {ServerResponse} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Delivery} from './dispatch.js';

const drip = async (response: ServerResponse, body: Buffer, bytes: number, everyMs: number, ended: AbortSignal): Promise<void> => {
	for (let offset = 0; offset < body.length && !response.destroyed; offset += bytes) {
		response.write(body.subarray(offset, offset + bytes));
		await sleep(everyMs, undefined, {signal: ended});
	}
	response.end();
};

/** Puts an answer on the wire, in the way that its fault asks for. Resolves when nothing is left to do. */
export const send = async (response: ServerResponse, {reply, delayMs, effect, skewMs}: Delivery, ended: AbortSignal): Promise<void> => {
	if (delayMs > 0) await sleep(delayMs, undefined, {signal: ended});
	if (effect?.kind === 'hang') return;
	if (effect?.kind === 'reset' && effect.at !== 'middle') {
		response.socket?.resetAndDestroy();
		return;
	}
	const body = Buffer.from(reply.body);
	const date = skewMs === 0 ? {} : {date: new Date(Date.now() + skewMs).toUTCString()};
	response.writeHead(reply.status, {...reply.headers, ...date, 'content-length': body.length});
	if (effect?.kind === 'reset') {
		response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
		return;
	}
	if (effect?.kind === 'drip') return drip(response, body, effect.bytes ?? 1, effect.everyMs ?? 200, ended);
	response.end(body);
};
