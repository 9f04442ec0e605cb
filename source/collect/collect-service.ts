import {setMaxListeners} from 'node:events';
import {performance} from 'node:perf_hooks';
import type {Outcome, OutcomeStatus, ReportedFinding, Resource, ResourceType, Yielded} from '../model/index.js';
import {abortable} from './abortable.js';
import type {Collect, Ending} from './port.js';
import {Refused} from './refusal.js';
import {Run, type RunParts} from './run.js';

// Large enough that a transaction is cheap for each entry, small enough that a large account never is in memory whole.
const batchSize = 500;

/** What `collectService` needs of the gate. */
export type CollectParts = Omit<RunParts, 'service' | 'scope' | 'startedAt' | 'signal'>;

/** What a collection has brought, until it is handed on. */
class Gathered {
	resources: Resource[] = [];
	findings: ReportedFinding[] = [];
	goneFindingIds: string[] = [];

	get size(): number {
		return this.resources.length + this.findings.length + this.goneFindingIds.length;
	}
}

/** One service in one Region, from its collector to batches and an outcome. Never throws: see `Collect`. */
export const createCollect =
	(parts: CollectParts): Collect =>
	async (service, target, {watermark, signal, onBatch}) => {
		const startedMs = performance.now();
		const startedAt = new Date(parts.now()).toISOString();
		const refresh = service.refresh[target.tier];
		const deadlineMs = (refresh ?? service.refresh.full).deadlineMs;
		const deadline = new AbortController();
		// Each call under way listens; there are as many as the concurrency allows, which is no leak.
		setMaxListeners(0, deadline.signal);
		const onAbort = () => deadline.abort(signal.reason);
		signal.addEventListener('abort', onAbort, {once: true});
		const timer = setTimeout(
			() => deadline.abort(new DOMException(`It took longer than ${Math.round(deadlineMs / 1000)} s`, 'TimeoutError')),
			deadlineMs,
		);
		const inTime = abortable(deadline.signal);

		const run = new Run({...parts, service, scope: target, startedAt, signal: deadline.signal});
		const complete: Array<ResourceType | 'findings'> = [];
		let nextWatermark: string | undefined;
		let notEnabled: string | undefined;
		let gathered = new Gathered();
		const handOn = async (): Promise<void> => {
			if (gathered.size > 0) {
				const {resources, findings, goneFindingIds} = gathered;
				gathered = new Gathered();
				await onBatch({resources, findings, goneFindingIds});
			}
		};

		const take = (yielded: Yielded): void => {
			switch (yielded.yields) {
				case 'resource': {
					gathered.resources.push(yielded.resource);
					break;
				}

				case 'finding': {
					gathered.findings.push(yielded.finding);
					break;
				}

				case 'gone': {
					gathered.goneFindingIds.push(...yielded.findingIds);
					break;
				}

				case 'complete': {
					// A listing that was cut short anywhere proves nothing gone: which of several it was is not known here.
					if (run.books.cutShort === undefined) {
						complete.push(yielded.of);
					}

					break;
				}

				case 'watermark': {
					nextWatermark = yielded.watermark;
					break;
				}

				case 'not-enabled': {
					notEnabled = yielded.reason;
					break;
				}
			}
		};

		const end = (status: OutcomeStatus, reason: string | undefined): Ending => {
			const outcome: Outcome = {
				status,
				durationMs: Math.round(performance.now() - startedMs),
				calls: run.books.calls,
				refusals: run.books.refusals,
				...(reason !== undefined && {reason}),
			};
			return {
				outcome,
				complete,
				// Whoever goes on from a watermark must have seen all up to it.
				...(nextWatermark !== undefined && run.books.cutShort === undefined && {watermark: nextWatermark}),
				startedAt,
				endedAt: new Date(parts.now()).toISOString(),
			};
		};

		try {
			const {collector} = await service.load();
			const aws = run.aws();
			const yields =
				target.tier === 'delta' && collector.delta !== undefined && watermark !== undefined
					? collector.delta(aws, watermark)
					: collector.full(aws);
			const iterator = yields[Symbol.asyncIterator]();
			try {
				for (;;) {
					// A collector that awaits something else than the gate must not outlive the deadline either.
					const next = await inTime(iterator.next());
					if (next.done === true) {
						break;
					}

					take(next.value);
					if (gathered.size >= batchSize) {
						await handOn();
					}
				}
			} finally {
				if (deadline.signal.aborted) {
					// Not awaited: the generator may be the very thing that hangs. What it waits for has been aborted.
					iterator.return?.().catch(() => undefined);
				}
			}

			await handOn();
		} catch (error) {
			return await failed(error);
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
		}

		if (notEnabled !== undefined) {
			return end('not-enabled', notEnabled);
		}

		const [refusal] = run.books.refusals;
		if (refusal !== undefined && refusal.status !== 'pending' && run.books.answers === 0) {
			// Each fact was asked for by itself, and none was told: that is no part of an answer, and confirms nothing.
			complete.length = 0;
			return end(refusal.status, `${refusal.iamAction}: ${refusal.message}`);
		}

		if (run.books.cutShort !== undefined || refusal !== undefined) {
			return end('partial', run.books.cutShort);
		}

		return end('ok', run.books.pending > 0 ? `${run.books.pending} facts wait for slow operations` : undefined);

		/** What was read before the failure is still true, and is kept; nothing is complete any more than it was. */
		async function failed(error: unknown): Promise<Ending> {
			try {
				await handOn();
			} catch (writing) {
				return end('failed', `What was read could not be kept: ${messageOf(writing)}`);
			}

			if (error instanceof Refused) {
				run.books.note(error.refusal);
				// `pending` is said of single facts only; a collection that ends by it is a collector's mistake.
				return end(
					error.refusal.status === 'pending' ? 'failed' : error.refusal.status,
					`${error.refusal.iamAction}: ${error.refusal.message}`,
				);
			}

			if (deadline.signal.aborted) {
				return end('unreachable', messageOf(deadline.signal.reason));
			}

			return end('failed', messageOf(error));
		}
	};

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 600);
