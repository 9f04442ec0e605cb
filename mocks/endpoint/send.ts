import type {OutgoingHttpHeaders, ServerResponse} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Delivery} from './dispatch.js';
import type {Reply} from './protocol.js';

const drip = async (response: ServerResponse, body: Buffer, bytes: number, everyMs: number, ended: AbortSignal): Promise<void> => {
	for (let offset = 0; offset < body.length && !response.destroyed; offset += bytes) {
		response.write(body.subarray(offset, offset + bytes));
		await sleep(everyMs, undefined, {signal: ended});
	}
	response.end();
};

const megabyte = Buffer.alloc(1024 * 1024, 'x');

/** Where the filler of a huge body goes: into one more member, or a comment. */
const around = ({headers, body}: Reply): readonly [before: string, after: string] =>
	headers['content-type']?.includes('json') === true
		? ['{"filler":"', body === '{}' ? '"}' : `",${body.slice(1)}`]
		: [`${body}<!--`, '-->'];

/** Resolves when more can be written, or nothing ever again. */
const room = (response: ServerResponse): Promise<void> =>
	new Promise(resolve => {
		const done = (): void => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.on('drain', done).on('close', done);
	});

const swell = async (response: ServerResponse, reply: Reply, headers: OutgoingHttpHeaders, bytes: number): Promise<void> => {
	const [before, after] = around(reply);
	response.writeHead(reply.status, {...headers, 'content-length': Buffer.byteLength(before) + bytes + Buffer.byteLength(after)});
	response.write(before);
	// In parts and no faster than they are taken: a client that has seen enough hangs up before the end.
	for (let left = bytes; left > 0 && !response.destroyed; left -= megabyte.length) {
		const taken = response.write(left < megabyte.length ? megabyte.subarray(0, left) : megabyte);
		if (!taken && !response.destroyed) await room(response);
	}
	response.end(after);
};

/** Puts an answer on the wire, in the way that its fault asks for. Resolves when nothing is left to do. */
export const send = async (response: ServerResponse, {reply, delayMs, effect, skewMs}: Delivery, ended: AbortSignal): Promise<void> => {
	if (delayMs > 0) await sleep(delayMs, undefined, {signal: ended});
	if (effect?.kind === 'hang') return;
	if (effect?.kind === 'reset' && effect.at !== 'middle') {
		response.socket?.resetAndDestroy();
		return;
	}
	const headers = {...reply.headers, ...(skewMs !== 0 && {date: new Date(Date.now() + skewMs).toUTCString()})};
	if (effect?.kind === 'huge-body') return swell(response, reply, headers, effect.bytes);
	const body = Buffer.from(reply.body);
	response.writeHead(reply.status, {...headers, 'content-length': body.length});
	if (effect?.kind === 'reset') {
		response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
		return;
	}
	if (effect?.kind === 'drip') return drip(response, body, effect.bytes ?? 1, effect.everyMs ?? 200, ended);
	response.end(body);
};
