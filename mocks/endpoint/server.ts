import {setMaxListeners} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Registered} from '../scenarios/registered.js';
import type {Scenario} from '../scenarios/scenario.js';
import {type Calls, createCalls} from './calls.js';
import {control, controlPrefix} from './control.js';
import {createWorld, loadMembers} from './create-world.js';
import {createDispatch, type Defect} from './dispatch.js';
import {createFaults, type Faults} from './faults.js';
import type {Incoming} from './protocol.js';
import {send} from './send.js';
import {createTimeline, type TimelineRunner} from './timeline.js';
import type {World} from './world.js';

export type EndpointSettings = {
	readonly scenario: Scenario;
	readonly registry: readonly Registered[];
	/** 0, the default, takes any free port. */
	readonly port?: number;
	/** Seconds of the timeline per second. 0, the default, leaves the account still. The account's dates are never sped. */
	readonly speed?: number;
	/** Added to every answer. */
	readonly latencyMs?: number;
	/** The endpoint's clock, for tests that need a fixed moment. */
	readonly clock?: () => Date;
	/** Called once there is an address to connect to. Who asks before the account is made up waits until it is. */
	readonly onListening?: (url: string) => void;
};

export type Endpoint = {
	/** `http://127.0.0.1:PORT`: the `endpoint` of every SDK client, whatever its service and Region. */
	readonly url: string;
	readonly port: number;
	readonly world: World;
	readonly faults: Faults;
	readonly calls: Calls;
	readonly timeline: TimelineRunner;
	/** What the mocks themselves did wrong. `close` throws if there was anything. */
	readonly defects: readonly Defect[];
	/** Breaks every connection and ends every timer. Rejects if a mock answered what AWS could not. */
	close(): Promise<void>;
};

/** AWS's largest request here is far smaller. */
const largestRequestBytes = 10 * 1024 * 1024;

const read = async (request: IncomingMessage): Promise<Incoming> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		// A request without an encoding is read in buffers.
		const part = chunk as Buffer;
		size += part.length;
		if (size > largestRequestBytes) throw new RangeError('The request is too large');
		chunks.push(part);
	}
	const url = request.url ?? '/';
	const mark = url.indexOf('?');
	return {
		method: request.method ?? 'GET',
		path: mark < 0 ? url : url.slice(0, mark),
		query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
		headers: request.headers,
		body: Buffer.concat(chunks),
	};
};

type Served = {
	readonly world: World;
	readonly faults: Faults;
	readonly calls: Calls;
	readonly timeline: TimelineRunner;
	readonly dispatch: ReturnType<typeof createDispatch>;
};

const makeUp = async (settings: EndpointSettings, defects: Defect[]): Promise<Served> => {
	const clock = settings.clock ?? ((): Date => new Date());
	const members = await loadMembers(settings.scenario, settings.registry);
	const world = createWorld(settings.scenario, members, clock);
	const faults = createFaults();
	const calls = createCalls();
	const dispatch = createDispatch({services: members.map(member => member.service), world, faults, calls, defects});
	return {world, faults, calls, timeline: createTimeline(world, members, settings.speed ?? 0), dispatch};
};

/** Serves a scenario on loopback until it is closed. */
export const serve = async (settings: EndpointSettings): Promise<Endpoint> => {
	const defects: Defect[] = [];
	const ended = new AbortController();
	// Every answer that is under way may listen to it.
	setMaxListeners(0, ended.signal);
	const account = Promise.withResolvers<Served>();
	// Nobody may have asked yet when it fails.
	account.promise.catch(() => undefined);

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const incoming = await read(request);
		const served = await account.promise;
		if (incoming.path.startsWith(controlPrefix)) {
			const reply = control(incoming, served);
			response.writeHead(reply.status, reply.headers).end(reply.body);
			return;
		}
		if (settings.latencyMs !== undefined) await sleep(settings.latencyMs, undefined, {signal: ended.signal});
		await send(response, await served.dispatch(incoming), ended.signal);
	};

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			// A client that went away, or the end of the server, is nobody's fault.
			if (ended.signal.aborted || request.destroyed) return;
			defects.push({service: '', operation: String(request.url), cause: error});
			response.destroy();
		});
	});
	// Longer than any client keeps a quiet connection, so that none is closed under its next request.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(settings.port ?? 0, '127.0.0.1', resolve);
	});
	// A server that listens on TCP has an address of this shape.
	const {port} = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const stop = async (): Promise<void> => {
		ended.abort();
		server.closeAllConnections();
		await new Promise<void>(resolve => server.close(() => resolve()));
	};

	settings.onListening?.(url);
	let served: Served;
	try {
		served = await makeUp(settings, defects);
	} catch (error) {
		account.reject(error);
		await stop();
		throw error;
	}
	account.resolve(served);
	const {world, faults, calls, timeline} = served;

	return {
		url,
		port,
		world,
		faults,
		calls,
		timeline,
		defects,
		close: async () => {
			timeline.close();
			await stop();
			if (defects.length > 0)
				throw new AggregateError(
					defects.map(defect => defect.cause),
					`The mock is wrong: ${defects.map(one => `${one.service} ${one.operation}: ${one.cause}`).join('; ')}`,
				);
		},
	};
};
