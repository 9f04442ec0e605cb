import PQueue from 'p-queue';
import type {OutcomeStatus} from '../model/index.js';
import {snapshotKey} from '../model/index.js';
import {watchClock} from './clock-watch.js';
import {isAnswer, paceAfter} from './pace.js';
import type {Engine, EngineStatus, Refreshed, Run, Task} from './port.js';

export type EmbeddedEngineOptions = {
	readonly run: Run;
	/** Calls back when a task starts or ends, or the plan changes. */
	readonly onChange?: () => void;
	/** Time was lost, in milliseconds: the machine slept, or its clock was set. All tasks catch up once. */
	readonly onClockJump?: (jumpMs: number) => void;
	/** A run threw, which it must not: it counts as `failed`. */
	readonly onBug?: (task: Task, error: unknown) => void;
	/** More than there are Regions, so that one service that hangs everywhere leaves room for the others. */
	readonly concurrency?: number;
	/** 0 to below 1, as `Math.random`. */
	readonly random?: () => number;
};

/** A run that does not even end when its signal aborts loses its place after this. */
const graceMs = 10_000;

/** Catching up after a sleep is spread over this. */
const catchUpMs = 10_000;

/** Asking again sooner than this after an answer brings nothing but calls. */
const recentMs = 3000;

/** Node's timers hold 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** The same moment by both clocks: timers go by the monotonic one, people by the wall's. */
type Moment = {readonly dueMs: number; readonly dueAt: string};

type Slot = {
	task: Task;
	/** `waiting`: due, as soon as the snapshot's other tier has ended. */
	state: 'idle' | 'waiting' | 'queued' | 'running' | 'dropped';
	due: Moment;
	startedMs: number;
	endedMs: number;
	failures: number;
	last: OutcomeStatus | 'skipped' | undefined;
	planned: (Moment & {readonly status: OutcomeStatus | 'skipped'}) | undefined;
	timer: NodeJS.Timeout | undefined;
	abort: AbortController;
};

const keyOf = (task: Task): string => `${snapshotKey(task)}#${task.tier}`;

/**
 * The engine in this process: timers say when, p-queue how many at once and who first.
 * A snapshot's two tiers never run together; a task never runs twice at once; what cannot start in time is let pass, not stacked.
 */
export const createEmbeddedEngine = ({
	run,
	onChange = () => {},
	onClockJump = () => {},
	onBug = () => {},
	concurrency = 64,
	random = Math.random,
}: EmbeddedEngineOptions): Engine => {
	const queue = new PQueue({concurrency});
	const slots = new Map<string, Slot>();
	/** The slot that is queued or running, by snapshot. */
	const busy = new Map<string, Slot>();
	/** Runs under way, those of dropped tasks too. */
	const underWay = new Set<Promise<void>>();
	let skipped = 0;
	let abandoned = 0;
	let draining = false;

	const siblings = (slot: Slot): readonly Slot[] =>
		(['full', 'delta'] as const).flatMap(tier => {
			const sibling = slots.get(keyOf({...slot.task, tier}));
			return sibling === undefined || sibling === slot ? [] : [sibling];
		});

	const arm = (slot: Slot, due: Moment): void => {
		clearTimeout(slot.timer);
		slot.due = due;
		if (!draining) {
			slot.timer = setTimeout(() => fire(slot), Math.min(longestTimerMs, Math.max(0, due.dueMs - performance.now())));
		}
	};

	const fire = (slot: Slot): void => {
		// A machine that wakes up fires all its timers together: the clock watch spreads them anew.
		if (clock.look()) {
			return;
		}

		// Timers may be a millisecond early, and very long waits come in parts.
		if (slot.due.dueMs - performance.now() > 1) {
			arm(slot, slot.due);
			return;
		}

		request(slot);
	};

	/** Starts the task, or puts it behind its sibling. */
	const request = (slot: Slot): void => {
		if (draining || slot.state !== 'idle') {
			return;
		}

		clearTimeout(slot.timer);
		const group = snapshotKey(slot.task);
		if (busy.has(group)) {
			if (slot.task.tier === 'full') {
				slot.state = 'waiting';
			} else {
				// A full collection is under way, and brings what the delta would have.
				arm(slot, momentOf(performance.now() + slot.task.everyMs));
			}

			return;
		}

		const {abort} = slot;
		slot.state = 'queued';
		busy.set(group, slot);
		const work = queue
			.add(async () => execute(slot), {
				priority: slot.task.priority,
				timeout: Math.min(longestTimerMs, slot.task.deadlineMs + graceMs),
			})
			// `execute` never rejects: this is the queue, which has waited long enough.
			.catch(() => {
				if (slot.abort === abort) {
					abandoned += 1;
					settle(slot, 'failed');
				}
			})
			.finally(() => underWay.delete(work));
		underWay.add(work);
	};

	const execute = async (slot: Slot): Promise<void> => {
		// Dropped, or the engine drains, while it stood in the queue.
		if (slot.state !== 'queued' || draining) {
			return;
		}

		const {abort} = slot;
		slot.state = 'running';
		slot.startedMs = performance.now();
		slot.planned = undefined;
		onChange();
		const deadline = setTimeout(
			() => abort.abort(new DOMException(`It took longer than ${Math.round(slot.task.deadlineMs / 1000)} s`, 'TimeoutError')),
			Math.min(longestTimerMs, slot.task.deadlineMs),
		);
		let status: OutcomeStatus | 'skipped';
		try {
			status = await run(slot.task, {
				signal: abort.signal,
				nextAttemptAt(ending) {
					slot.planned = {...nextDue(slot, ending), status: ending};
					return soonest([slot.planned, ...siblings(slot).map(({due}) => due)])?.dueAt ?? slot.planned.dueAt;
				},
			});
		} catch (error) {
			onBug(slot.task, error);
			status = 'failed';
		} finally {
			clearTimeout(deadline);
		}

		// Otherwise it was abandoned meanwhile, and perhaps runs again already.
		if (slot.abort === abort) {
			settle(slot, status);
		}
	};

	const settle = (slot: Slot, status: OutcomeStatus | 'skipped'): void => {
		const due = slot.planned?.status === status ? slot.planned : nextDue(slot, status);
		slot.abort = new AbortController();
		slot.failures = isAnswer(status) ? 0 : slot.failures + 1;
		slot.last = status;
		slot.endedMs = performance.now();
		busy.delete(snapshotKey(slot.task));
		if (slot.state !== 'dropped') {
			slot.state = 'idle';
			arm(slot, due);
		}

		for (const sibling of siblings(slot)) {
			if (sibling.state === 'waiting') {
				sibling.state = 'idle';
				request(sibling);
			}
		}

		onChange();
	};

	/** When a task that ends now so is due again. Jitter only ever shortens a wait, so that no age exceeds its interval by it. */
	const nextDue = (slot: Slot, status: OutcomeStatus | 'skipped'): Moment => {
		const nowMs = performance.now();
		const {everyMs} = slot.task;
		const failures = isAnswer(status) ? 0 : slot.failures + 1;
		const waitMs = paceAfter(status, everyMs, failures) * (1 - random() / 10);
		if (!isAnswer(status)) {
			return momentOf(nowMs + waitMs);
		}

		const missed = Math.floor((nowMs - slot.startedMs) / waitMs);
		skipped += slot.planned === undefined ? missed : 0;
		return momentOf(slot.startedMs + (missed + 1) * waitMs);
	};

	const drop = (slot: Slot): void => {
		clearTimeout(slot.timer);
		if (slot.state === 'queued') {
			busy.delete(snapshotKey(slot.task));
		}

		slot.state = 'dropped';
		slot.abort.abort(new DOMException('It is not planned any more', 'AbortError'));
		slots.delete(keyOf(slot.task));
	};

	const clock = watchClock(jumpMs => {
		const nowMs = performance.now();
		for (const slot of slots.values()) {
			if (slot.state === 'idle') {
				arm(slot, momentOf(Math.min(Math.max(slot.due.dueMs, nowMs + 1), nowMs + random() * catchUpMs)));
			}
		}

		onClockJump(jumpMs);
	});

	return {
		plan(tasks) {
			const wanted = new Map(tasks.map(task => [keyOf(task), task]));
			for (const [key, slot] of slots) {
				if (!wanted.has(key)) {
					drop(slot);
				}
			}

			// The queue looks at priorities only among those that wait: what comes first, starts first.
			const nowMs = performance.now();
			for (const [key, task] of [...wanted].sort(([, left], [, right]) => right.priority - left.priority)) {
				const known = slots.get(key);
				if (known !== undefined) {
					const {everyMs} = known.task;
					known.task = task;
					if (everyMs !== task.everyMs && known.state === 'idle') {
						arm(known, momentOf(Math.min(known.due.dueMs, nowMs + task.everyMs)));
					}

					continue;
				}

				const waitMs = (task.firstAfterMs ?? 0) + (task.turnMs ?? 0);
				const slot: Slot = {
					task,
					state: 'idle',
					due: momentOf(nowMs + waitMs),
					startedMs: nowMs,
					endedMs: Number.NEGATIVE_INFINITY,
					failures: 0,
					last: undefined,
					planned: undefined,
					timer: undefined,
					abort: new AbortController(),
				};
				slots.set(key, slot);
				if (waitMs <= 0) {
					request(slot);
				} else {
					arm(slot, slot.due);
				}
			}

			onChange();
		},
		refreshNow(service) {
			const counts = {started: 0, running: 0, recent: 0};
			for (const slot of slots.values()) {
				if (service !== undefined && slot.task.service !== service) {
					continue;
				}

				const [sibling] = siblings(slot);
				if (slot.task.tier === 'full' ? prefersDelta(slot, sibling) : sibling !== undefined && !prefersDelta(sibling, slot)) {
					continue;
				}

				if (slot.state !== 'idle') {
					counts.running += 1;
				} else if (slot.last !== undefined && isAnswer(slot.last) && performance.now() - slot.endedMs < recentMs) {
					counts.recent += 1;
				} else {
					request(slot);
					counts.started += 1;
				}
			}

			return counts satisfies Refreshed;
		},
		wake(status) {
			const nowMs = performance.now();
			for (const slot of slots.values()) {
				if (slot.state === 'idle' && slot.last === status) {
					arm(slot, momentOf(Math.min(slot.due.dueMs, nowMs + random() * 1000)));
				}
			}
		},
		status(): EngineStatus {
			const all = [...slots.values()];
			return {
				nextPollAt: soonest(all.filter(({state}) => state === 'idle').map(({due}) => due))?.dueAt,
				running: all.filter(({state}) => state === 'running').map(({task}) => task),
				skipped,
				abandoned,
			};
		},
		async drain(timeoutMs) {
			draining = true;
			clock.stop();
			for (const slot of slots.values()) {
				clearTimeout(slot.timer);
				slot.abort.abort(new DOMException('Vedette is stopping', 'AbortError'));
			}

			let timer: NodeJS.Timeout | undefined;
			const timedOut = new Promise<void>(resolve => {
				timer = setTimeout(resolve, timeoutMs);
			});
			await Promise.race([Promise.allSettled(underWay), timedOut]);
			clearTimeout(timer);
		},
	};
};

const momentOf = (dueMs: number): Moment => ({
	dueMs,
	dueAt: new Date(Math.round(Date.now() + Math.max(0, dueMs - performance.now()))).toISOString(),
});

const soonest = (moments: readonly Moment[]): Moment | undefined =>
	moments.reduce<Moment | undefined>((first, moment) => (first === undefined || moment.dueMs < first.dueMs ? moment : first), undefined);

/** Whether asking for what changed says all that is new, because the last look at everything left nothing out. */
const prefersDelta = (full: Slot, delta: Slot | undefined): boolean =>
	delta?.last !== undefined && isAnswer(delta.last) && delta.last !== 'skipped' && (full.last === undefined || full.last === 'ok');
