import {setTimeout as wait} from 'node:timers/promises';
import type {SchemaRef} from '@smithy/types';
import {iamActionOf, type Json} from '../model/index.js';
import {readAnswer} from './answer.js';
import type {Callable, Clients} from './clients.js';
import type {Limiter} from './limiter.js';
import {ForbiddenCallError} from './read-only.js';
import {isClockSkew, isTransient, Refused, toRefusal} from './refusal.js';

/** Where a call goes. */
export type Scope = {readonly accountId: string; readonly awsRegion: string; readonly service: string};

export type SendOptions = {
	readonly signal: AbortSignal;
	/** Called for each request that leaves, retries included. */
	readonly onCall?: () => void;
};

export type Send = (
	service: Callable,
	scope: Scope,
	operation: string,
	input: unknown,
	options: SendOptions,
) => Promise<Readonly<Record<string, Json>>>;

const maxAttempts = 3;
const transientBackoffMs = 300;

/** Commands of schema-based clients carry their operation: [kind, namespace, name, traits, input, output]. */
type SchemaCommand = {readonly schema?: readonly [unknown, unknown, unknown, unknown, SchemaRef, SchemaRef]};

/**
 * One call to AWS: waits for its token, asks with a deadline, asks again where that may help (each time for a token),
 * and reads the answer by the service's schema. Throws `Refused` with the words for an outcome, and nothing else that a
 * network or a service can cause. The original error is the `cause`.
 */
export const createSend = (parts: {
	readonly clients: Clients;
	readonly limiter: Limiter;
	readonly callTimeoutMs: number;
	/** The token was refused: drop what is memorised. True if asking once more is worth it. */
	readonly onBadCredentials: (scope: Scope) => Promise<boolean>;
}): Send => {
	const {clients, limiter, callTimeoutMs, onBadCredentials} = parts;

	const once: Send = async (service, scope, operation, input, {signal, onCall}) => {
		const {clientOf, commands} = await clients.get(service, scope.awsRegion);
		const Command = commands[operation];
		const declared = service.operations[operation];
		if (Command === undefined || declared === undefined) {
			throw new ForbiddenCallError(`${service.id} does not declare ${operation}`);
		}

		const bucket = limiter.bucket(scope, operation, declared);
		await bucket.take(signal);

		const timeout = new AbortController();
		const onAbort = () => timeout.abort(signal.reason);
		signal.addEventListener('abort', onAbort, {once: true});
		const timeoutMs = declared.incidental === true ? callTimeoutMs / 4 : callTimeoutMs;
		const timer = setTimeout(() => timeout.abort(new DOMException(`No answer within ${timeoutMs / 1000} s`, 'TimeoutError')), timeoutMs);
		// The SDK's handler may still be between two steps when the time is up; this does not wait for it.
		const overdue = new Promise<never>((_resolve, reject) => {
			timeout.signal.addEventListener('abort', () => reject(timeout.signal.reason), {once: true});
		});
		try {
			onCall?.();
			limiter.sent();
			// A fresh input each time: the SDK's paginators and some middleware write into it.
			const command = new Command({...(input as object)} as never) as SchemaCommand;
			const output = await Promise.race([clientOf(operation).send(command, {abortSignal: timeout.signal}), overdue]);
			bucket.reward();
			const outputSchema = command.schema?.[5];
			if (outputSchema === undefined) {
				throw new TypeError(`${operation} carries no schema: its SDK client is too old`);
			}

			return readAnswer(output, outputSchema, declared.answers ?? []);
		} catch (error) {
			if (toRefusal(error, operation, '').status === 'throttled') {
				bucket.penalise();
				limiter.throttled();
			}

			throw error;
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
		}
	};

	return async (service, scope, operation, input, options) => {
		const iamAction = iamActionOf(service, operation);
		for (let attempt = 1; ; attempt++) {
			try {
				return await once(service, scope, operation, input, options);
			} catch (error) {
				if (error instanceof ForbiddenCallError) {
					throw error;
				}

				const refusal = toRefusal(error, operation, iamAction);
				const last = attempt >= maxAttempts || options.signal.aborted;
				if (!last && refusal.status === 'throttled') {
					continue; // The bucket has slowed down: waiting for its token is the back-off.
				}

				if (!last && isClockSkew(error)) {
					continue;
				}

				if (!last && refusal.status === 'unauthenticated' && attempt === 1 && (await onBadCredentials(scope))) {
					continue;
				}

				if (!last && isTransient(error)) {
					// Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
					await wait(Math.random() * transientBackoffMs * 2 ** attempt, undefined, {signal: options.signal}).catch(() => undefined);
					continue;
				}

				throw Object.assign(new Refused(refusal), {cause: error});
			}
		}
	};
};
