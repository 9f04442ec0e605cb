import Keyv from 'keyv';
import {AnswerCache} from '../../source/collect/answer-cache.js';
import {createCollect} from '../../source/collect/collect-service.js';
import type {Batch, Ending} from '../../source/collect/port.js';
import {Refused, toRefusal} from '../../source/collect/refusal.js';
import {RefusalMemory} from '../../source/collect/refusal-memory.js';
import type {Send} from '../../source/collect/send.js';
import {SlowReader} from '../../source/collect/slow-reader.js';
import type {Aws, Operations, Service, Yielded} from '../../source/model/index.js';

/** A stand-in for an SDK error. */
export const awsError = (name: string, message = name, httpStatusCode = 400): Error =>
	Object.assign(new Error(message), {name, $metadata: {httpStatusCode}});

type Answers = (operation: string, input: Readonly<Record<string, unknown>>, awsRegion: string) => unknown;

/** A service that exists only here, with a collector and answers as the test wants them. */
export const madeUp = (operations: Operations, full: (aws: Aws) => AsyncIterable<Yielded>, deadlineMs = 5000): Service => ({
	id: 'madeup',
	title: 'Made up',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	iamPrefix: 'madeup',
	refresh: {full: {everyMs: 60_000, deadlineMs}},
	operations,
	kinds: [],
	load: async () => ({
		// The client is never made: `send` below answers in its place.
		collector: {client: Object as never, commands: {}, full},
	}),
});

export const operation = (more: Partial<Operations[string]> = {}): Operations[string] => ({
	requestsPerSecond: 1000,
	source: 'made up',
	paging: {input: 'Token', output: 'Next'},
	...more,
});

export const resource = (id: string, more: object = {}): Yielded => ({
	yields: 'resource',
	resource: {
		arn: `arn:aws:madeup:eu-west-1:123456789012:thing/${id}`,
		resourceType: 'AWS::MadeUp::Thing',
		resourceId: id,
		resourceName: id,
		accountId: '123456789012',
		awsRegion: 'eu-west-1',
		tags: {},
		configuration: {},
		unread: {},
		readAt: {},
		...more,
	},
});

/** Collects a made-up service once and more, over answers that a function gives or throws. */
export const bench = (answers: Answers, options: {slowInBackground?: boolean} = {}) => {
	const calls: string[] = [];
	let nowMs = Date.parse('2026-11-23T12:00:00Z');
	const send: Send = async (service, {awsRegion}, name, input, {signal, onCall}) => {
		signal.throwIfAborted();
		onCall?.();
		calls.push(name);
		try {
			const answer = await Promise.race([
				answers(name, input as Readonly<Record<string, unknown>>, awsRegion),
				new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), {once: true})),
			]);
			return answer as Awaited<ReturnType<Send>>;
		} catch (error) {
			throw Object.assign(new Refused(toRefusal(error, name, `${service.iamPrefix}:${name}`)), {cause: error});
		}
	};
	const slow = new SlowReader();
	const memory = new RefusalMemory(() => nowMs);
	const collect = createCollect({
		partition: 'aws',
		send,
		cache: new AnswerCache(new Keyv(), () => nowMs),
		memory,
		slow: options.slowInBackground === false ? undefined : slow,
		now: () => nowMs,
	});
	return {
		calls,
		memory,
		slow,
		advance(ms: number) {
			nowMs += ms;
		},
		async run(service: Service, signal = new AbortController().signal): Promise<Ending & {readonly batches: readonly Batch[]}> {
			const batches: Batch[] = [];
			const ending = await collect(
				service,
				{accountId: '123456789012', awsRegion: 'eu-west-1', service: service.id, tier: 'full'},
				{
					watermark: undefined,
					signal,
					async onBatch(batch) {
						batches.push(batch);
					},
				},
			);
			return {...ending, batches};
		},
	};
};
