import type {Collect} from '../collect/port.js';
import type {RunContext, Task} from '../engine/port.js';
import type {Outcome, OutcomeStatus, Service} from '../model/index.js';
import {snapshotKey} from '../model/index.js';
import type {Store} from '../store/port.js';
import {type Intervals, nextHeader} from './header.js';
import type {Log} from './log.js';
import {findingKey, type Place, resourceKey, type Writer} from './writer.js';

export type CollectingParts = {
	readonly store: Store;
	readonly writer: Writer;
	readonly collect: Collect;
	readonly intervalsOf: (service: Service) => Intervals;
	readonly log: Log;
};

/** One task from AWS to the store: collected, set beside what was known, swept, and its header written. */
export type Collecting = (service: Service, task: Task, context: RunContext) => Promise<OutcomeStatus | 'skipped'>;

export const createCollecting = ({store, writer, collect, intervalsOf, log}: CollectingParts): Collecting => {
	/** How the last complete collection of each snapshot ended. */
	const lastFull = new Map<string, Outcome>();
	/** Of each snapshot the run that counts: one that was given up on and comes back late must not have the last word. */
	const latest = new Map<string, symbol>();

	return async (service, task, {signal, nextAttemptAt}) => {
		const key = snapshotKey(task);
		const mine = Symbol(key);
		latest.set(key, mine);
		const snapshot = {accountId: task.accountId, awsRegion: task.awsRegion, service: service.id};
		const header = store.headers().find(one => snapshotKey(one) === key);
		const isFull = task.tier === 'full';
		const watermark = isFull ? undefined : header?.watermark;
		if (!isFull && watermark === undefined) {
			// From where to go on is said by the first complete collection.
			return 'skipped';
		}

		const place: Place = {service, snapshot, baseline: header?.fullAt === undefined};
		const unseen = isFull ? byKind(store.keys(snapshot)) : new Map<string, Set<string>>();
		let lost = false;
		const ending = await collect(
			service,
			{...snapshot, tier: task.tier},
			{
				watermark,
				signal,
				async onBatch(batch) {
					if (isStopped(signal)) {
						lost = true;
						throw signal.reason;
					}

					for (const resource of batch.resources) {
						unseen.get(resource.resourceType)?.delete(resourceKey(snapshot, resource));
					}

					for (const {id} of batch.findings) {
						unseen.get('finding')?.delete(findingKey(snapshot, id));
					}

					try {
						await writer.write(place, batch);
					} catch (error) {
						lost = true;
						throw error;
					}
				},
			},
		);
		const {outcome} = ending;
		if (isStopped(signal) || latest.get(key) !== mine) {
			return outcome.status;
		}

		if (isFull && !lost) {
			for (const of of ending.complete) {
				await writer.sweep(place, [...(unseen.get(of === 'findings' ? 'finding' : of) ?? [])]);
			}
		}

		if (isFull) {
			lastFull.set(key, outcome);
		} else if (!lastFull.has(key) && header?.outcome.status === 'partial') {
			lastFull.set(key, header.outcome);
		}

		await store.commit({
			upserts: [],
			removals: [],
			changes: [],
			header: nextHeader(
				snapshot,
				header,
				{
					tier: task.tier,
					outcome,
					watermark: lost ? undefined : ending.watermark,
					startedAt: ending.startedAt,
					nextAttemptAt: nextAttemptAt(outcome.status),
				},
				intervalsOf(service),
				lastFull.get(key),
			),
		});
		if (header?.outcome.status !== outcome.status) {
			log.info(
				{service: service.id, awsRegion: task.awsRegion, tier: task.tier, outcome: outcome.status, reason: outcome.reason},
				`${service.id} in ${task.awsRegion}: ${outcome.status}`,
			);
		}

		return outcome.status;
	};
};

/** Keys by their kind: `account/region/service/kind/id`. */
const byKind = (keys: readonly string[]): Map<string, Set<string>> => {
	const kinds = new Map<string, Set<string>>();
	for (const key of keys) {
		const kind = key.split('/', 4)[3] ?? '';
		const known = kinds.get(kind) ?? new Set();
		kinds.set(kind, known.add(key));
	}

	return kinds;
};

/** By the engine, because it stops or the task is not wanted any more; not by the deadline, till which what was read counts. */
const isStopped = (signal: AbortSignal): boolean =>
	signal.aborted && signal.reason instanceof DOMException && signal.reason.name === 'AbortError';
