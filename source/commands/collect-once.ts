import PQueue from 'p-queue';
import {createGate} from '../collect/gate.js';
import {createCollecting} from '../daemon/collecting.js';
import {intervalsOf} from '../daemon/header.js';
import {boardSnapshot, createJoinBoards} from '../daemon/join-boards.js';
import type {Log} from '../daemon/log.js';
import {planTasks, watchedSnapshots} from '../daemon/plan.js';
import {createWriter} from '../daemon/writer.js';
import {type Board, type Config, type Refusal, type Service, toCatalogue} from '../model/index.js';
import type {Store} from '../store/port.js';

export type OnceOptions = {
	readonly config: Config;
	readonly services: readonly Service[];
	readonly boards: readonly Board[];
	readonly store: Store;
	readonly log: Log;
	/** Aborted with an `AbortError` by who wants it to end, with a `TimeoutError` when it has taken too long. */
	readonly signal: AbortSignal;
	readonly now: () => string;
	readonly onProgress: (done: number, total: number, what: string) => void;
};

/** How a single round ended. What could not be read is in the store, as outcomes and UNKNOWN. */
export type Once =
	| {readonly status: 'collected'; readonly total: number; readonly undone: number}
	/** Nobody could be asked: the account or its Regions are not known. */
	| {readonly status: 'refused'; readonly refusal: Refusal; readonly hint: string | undefined};

// Collections wait for their limits most of the time; the daemon runs as many.
const concurrency = 64;

/** One complete collection of everything that the configuration watches, by the daemon's own steps, without a daemon. */
export const collectOnce = async ({config, services, boards, store, log, signal, now, onProgress}: OnceOptions): Promise<Once> => {
	// A single run has no next refresh in which a slow fact could come: it waits for them.
	const gate = createGate({config, cache: store.answerCache, slowInBackground: false});
	try {
		const identity = await gate.identity(signal);
		if (!identity.ok) {
			const {refusal} = identity;
			return {status: 'refused', refusal, hint: refusal.status === 'unauthenticated' ? await gate.loginHint() : undefined};
		}

		const {accountId, partition} = identity.value;
		const regions = await gate.regions(accountId, signal);
		if (!regions.ok) {
			return {status: 'refused', refusal: regions.refusal, hint: 'name them, for instance with: --region eu-west-1,us-east-1'};
		}

		const account = {accountId, partition, regions: regions.value};
		await store.setMeta('account', account);
		await store.setCatalogue(toCatalogue([...boards, ...services]));
		store.setWatched([...watchedSnapshots(account, services), ...boards.map(board => boardSnapshot(account, board))]);
		store.setMutes(config.mutes, now());
		const pace = (service: Service) => intervalsOf(service, config.intervals[service.id]);
		const writer = createWriter({store, config: () => config, watches: region => regions.value.includes(region), now, log});
		const collecting = createCollecting({store, writer, collect: gate.collect, intervalsOf: pace, log});
		const tasks = planTasks(account, services, pace, [], Date.parse(now())).filter(({tier}) => tier === 'full');
		const queue = new PQueue({concurrency});
		let done = 0;
		let undone = 0;
		await Promise.all(
			tasks.map(async task =>
				queue.add(
					async () => {
						const service = services.find(({id}) => id === task.service);
						if (service === undefined || signal.aborted) {
							undone++;
							return;
						}

						await collecting(service, task, {
							signal: AbortSignal.any([signal, AbortSignal.timeout(task.deadlineMs)]),
							nextAttemptAt: () => new Date(Date.parse(now()) + task.everyMs).toISOString(),
						});
						done++;
						onProgress(done, tasks.length, `${task.service} ${task.awsRegion}`);
					},
					{priority: task.priority},
				),
			),
		);
		// A resource may be judged by one of another Region that came after it.
		await writer.rejudge(services.filter(({kinds}) => kinds.some(({related}) => related !== undefined)));
		await createJoinBoards({store, writer, config: () => config, account: () => account, services: () => services, now, log})(boards);
		return {status: 'collected', total: tasks.length, undone};
	} finally {
		await gate.close();
	}
};
