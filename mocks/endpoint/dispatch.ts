import {randomUUID} from 'node:crypto';
import {AwsError} from './aws-error.js';
import type {Recorder} from './calls.js';
import {contextOf, iamActionOf} from './context.js';
import type {Effect} from './fault.js';
import type {Strikes} from './faults.js';
import {missingMembers} from './json-reader.js';
import {Mismatch} from './mismatch.js';
import type {Exchange, Incoming, Protocol, Reply} from './protocol.js';
import {protocolOf} from './protocols/index.js';
import {refusal, regionOff, speaksXml} from './refusal.js';
import type {Context, MockService} from './service.js';
import {signatureOf, staleSignature} from './signature.js';
import {spoil} from './spoil.js';
import type {World} from './world.js';

/** How the answer goes out: most are sent at once; some never, or badly. */
export type Delivery = {
	readonly reply: Reply;
	readonly delayMs: number;
	/** What concerns the connection: hang, drip, reset. */
	readonly effect: Effect | undefined;
	/** Shifts the Date header. */
	readonly skewMs: number;
};

/** A mock that broke its own contract: it answered what AWS could not, or threw something that is no AWS error. */
export type Defect = {readonly service: string; readonly operation: string; readonly cause: unknown};

type Mounted = {readonly service: MockService; readonly protocol: Protocol; readonly enums: ReadonlySet<string>};

const plain = (status: number, body: string, type = 'text/plain'): Reply => ({status, headers: {'content-type': type}, body});

const portal = '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body><form action="/login">…</form></body></html>';

/** The endpoint's brain: a request in, an answer out. Knows no sockets. */
export const createDispatch = (of: {
	readonly services: readonly MockService[];
	readonly world: World;
	readonly faults: Strikes;
	readonly calls: Recorder;
	readonly defects: Defect[];
}): ((incoming: Incoming) => Promise<Delivery>) => {
	const {world, faults, calls, defects} = of;
	const mounted = new Map<string, Mounted[]>();
	for (const service of of.services) {
		const enums = new Set((service.enums ?? []).flatMap(one => Object.values(one)));
		const beside = mounted.get(service.signingName) ?? [];
		mounted.set(service.signingName, [...beside, {service, protocol: protocolOf(service), enums}]);
	}

	const answer = async (
		mount: Mounted,
		exchange: Exchange,
		incoming: Incoming,
		context: Context<unknown>,
		requestId: string,
	): Promise<Reply> => {
		const {service, protocol} = mount;
		const {name} = exchange.operation;
		try {
			const input = exchange.read(incoming);
			const missing = missingMembers(exchange.operation.input, input);
			if (missing.length > 0) {
				throw context.invalid(`${missing.length} validation error${missing.length > 1 ? 's' : ''} detected: ${missing.join('; ')}`);
			}
			const handler = service.handlers[name];
			// Read and checked by the very schema that typed the handler's input.
			const output: unknown = await handler?.(input as never, context);
			try {
				return exchange.write(output, requestId);
			} catch (error) {
				throw error instanceof Mismatch ? new TypeError(`${service.id} answers ${name} with what AWS could not: ${error.message}`) : error;
			}
		} catch (error) {
			if (error instanceof AwsError) return protocol.fail(error, requestId);
			if (error instanceof Mismatch) return protocol.fail(context.invalid(error.message), requestId);
			defects.push({service: service.id, operation: name, cause: error});
			return protocol.fail(new AwsError('MockDefect', error instanceof Error ? error.message : String(error), 500), requestId);
		}
	};

	return async incoming => {
		const requestId = randomUUID();
		const signature = signatureOf(incoming.headers.authorization);
		const at = (reply: Reply): Delivery => ({reply, delayMs: 0, effect: undefined, skewMs: 0});
		if (signature === undefined) {
			const body = JSON.stringify({__type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token'});
			return at(plain(403, body, 'application/json'));
		}
		let mount: Mounted | undefined;
		let exchange: Exchange | undefined;
		for (const one of mounted.get(signature.service) ?? []) {
			mount ??= one;
			exchange = one.protocol.route(incoming);
			if (exchange !== undefined) {
				mount = one;
				break;
			}
		}
		const iso = world.now().toISOString();
		const {accountId} = world.identities.of(signature.accessKeyId).account;
		const common = {awsRegion: signature.awsRegion, accessKeyId: signature.accessKeyId, accountId, at: iso};
		if (mount === undefined || exchange === undefined) {
			const asked = String(incoming.headers['x-amz-target'] ?? `${incoming.method} ${incoming.path}`);
			calls.record({
				...common,
				service: mount?.service.id ?? signature.service,
				operation: asked,
				iamAction: `${signature.service}:?${asked}`,
			});
			const error = new AwsError('UnknownOperationException', `The mock of ${signature.service} has no operation ${asked}`, 400);
			return at(
				mount?.protocol.fail(error, requestId) ??
					plain(400, JSON.stringify({__type: error.name, message: error.message}), 'application/x-amz-json-1.1'),
			);
		}

		const {service} = mount;
		const operation = exchange.operation.name;
		const identity = `${signature.accessKeyId}/${String(incoming.headers['x-amz-security-token'] ?? '')}`;
		const struck = faults.strike({service: service.id, operation, awsRegion: signature.awsRegion, accountId, identity});
		faults.note(identity);
		const effect = struck.find(one => one.kind !== 'delay');
		let delayMs = 0;
		for (const one of struck) if (one.kind === 'delay') delayMs += one.delayMs;
		const struckBy = struck.at(-1)?.kind;
		const iamAction = iamActionOf(service, operation);
		calls.record({...common, service: service.id, operation, iamAction, ...(struckBy !== undefined && {fault: struckBy})});

		const skewMs = effect?.kind === 'skew' ? effect.offsetMs : 0;
		const deliver = (reply: Reply): Delivery => ({reply, delayMs, effect, skewMs});
		if (effect?.kind === 'hang' || (effect?.kind === 'reset' && effect.at !== 'middle')) return deliver(plain(500, ''));
		if (effect?.kind === 'html') return deliver(plain(200, portal, 'text/html; charset=utf-8'));
		if (effect?.kind === 'status') return deliver(plain(effect.httpStatus, effect.body ?? ''));

		const context = contextOf(mount, operation, signature, world, effect?.kind);
		const refused =
			refusal(effect, context, service) ??
			staleSignature(incoming, new Date(Date.now() + skewMs), speaksXml(service)) ??
			(context.account.regions.some(one => one.awsRegion === signature.awsRegion && one.status === 'DISABLED')
				? regionOff(service)
				: undefined);
		if (refused !== undefined) {
			const reply = mount.protocol.fail(refused, requestId);
			const wait = effect?.kind === 'throttle' ? effect.retryAfterSeconds : undefined;
			return deliver(wait === undefined ? reply : {...reply, headers: {...reply.headers, 'retry-after': String(wait)}});
		}
		const reply = await answer(mount, exchange, incoming, context, requestId);
		return deliver({
			...(effect === undefined ? reply : spoil(reply, effect, mount.enums)),
			headers: {...reply.headers, 'x-amzn-requestid': requestId},
		});
	};
};
