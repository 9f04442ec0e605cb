import fc from 'fast-check';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createEmbeddedEngine} from '../../source/engine/embedded.js';
import type {Engine, Run, RunContext, Task} from '../../source/engine/port.js';
import type {OutcomeStatus} from '../../source/model/index.js';

const minute = 60_000;

const task = (more: Partial<Task> = {}): Task => ({
	accountId: '111122223333',
	awsRegion: 'eu-west-1',
	service: 'kms',
	tier: 'full',
	everyMs: 5 * minute,
	deadlineMs: 2 * minute,
	priority: 0,
	...more,
});

/** Runs that end when the test says so, or at once with a status. */
const scripted = (answers: Readonly<Record<string, OutcomeStatus | 'skipped' | 'hang'>> = {}) => {
	const starts: string[] = [];
	const contexts: RunContext[] = [];
	const ends: Array<(status: OutcomeStatus) => void> = [];
	const run: Run = async ({service, awsRegion, tier}, context) => {
		starts.push(`${service} ${awsRegion} ${tier}`);
		contexts.push(context);
		const answer = answers[service] ?? answers[tier] ?? 'ok';
		if (answer !== 'hang') {
			return answer;
		}

		return new Promise(resolve => {
			ends.push(resolve);
		});
	};

	return {run, starts, contexts, ends};
};

let engine: Engine | undefined;

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(async () => {
	const drained = engine?.drain(0);
	await vi.advanceTimersByTimeAsync(1);
	await drained;
	engine = undefined;
	vi.useRealTimers();
});

const start = (run: Run, more: Partial<Parameters<typeof createEmbeddedEngine>[0]> = {}): Engine => {
	engine = createEmbeddedEngine({run, random: () => 0, ...more});
	return engine;
};

test('everything planned starts at once, the most important first', async () => {
	const {run, starts} = scripted({full: 'hang'});
	start(run, {concurrency: 2}).plan([
		task({service: 'acm', priority: 1}),
		task({service: 'kms', priority: 3}),
		task({service: 'macie', priority: 2}),
	]);
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toEqual(['kms eu-west-1 full', 'macie eu-west-1 full']);
});

test('a task is done again every interval, from start to start', async () => {
	const {run, starts} = scripted();
	start(run).plan([task()]);
	await vi.advanceTimersByTimeAsync(20 * minute + 10);
	expect(starts).toHaveLength(5);
});

test('a run longer than its interval lets the missed times pass and never runs twice at once', async () => {
	const {run, starts, ends} = scripted({full: 'hang'});
	const {plan, status} = start(run);
	plan([task({everyMs: minute, deadlineMs: 60 * minute})]);
	await vi.advanceTimersByTimeAsync(3.5 * minute);
	expect(starts).toHaveLength(1);
	ends[0]?.('ok');
	await vi.advanceTimersByTimeAsync(0);
	expect(status().skipped).toBe(3);
	expect(starts).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(minute / 2 + 10);
	expect(starts).toHaveLength(2);
});

test('a task that hangs is aborted at its deadline, abandoned after its grace, and delays no other', async () => {
	const {run, starts, contexts} = scripted({kms: 'hang'});
	const {plan, status} = start(run);
	plan([task({service: 'kms'}), task({service: 'acm', everyMs: minute})]);
	await vi.advanceTimersByTimeAsync(2 * minute);
	expect(contexts[0]?.signal.aborted).toBe(true);
	expect(starts.filter(name => name.startsWith('acm'))).toHaveLength(3);
	expect(status().running.map(({service}) => service)).toEqual(['kms']);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(status().abandoned).toBe(1);
	expect(status().running).toEqual([]);
	await vi.advanceTimersByTimeAsync(6 * minute);
	expect(starts.filter(name => name.startsWith('kms'))).toHaveLength(2);
});

test('a run that throws counts as failed and is told', async () => {
	const bugs: unknown[] = [];
	const {plan, status} = start(
		async () => {
			throw new Error('bug');
		},
		{onBug: (_task, error) => bugs.push(error)},
	);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(0);
	expect(bugs).toEqual([new Error('bug')]);
	expect(status().nextPollAt).toBe(new Date(Date.now() + 5 * minute).toISOString());
});

test('what is denied is tried again after an hour, or when somebody asks', async () => {
	const {run, starts} = scripted({full: 'denied'});
	const {plan, refreshNow} = start(run);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(59 * minute);
	expect(starts).toHaveLength(1);
	expect(refreshNow()).toEqual({started: 1, running: 0, recent: 0});
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toHaveLength(2);
	await vi.advanceTimersByTimeAsync(60 * minute + 10);
	expect(starts).toHaveLength(3);
});

test('what is unreachable is tried after 5, 10, 20 seconds, and at its interval again once it answers', async () => {
	let status: OutcomeStatus = 'unreachable';
	const at: number[] = [];
	const started = Date.now();
	start(async () => {
		at.push((Date.now() - started) / 1000);
		return status;
	}).plan([task()]);
	await vi.advanceTimersByTimeAsync(16_000);
	status = 'ok';
	await vi.advanceTimersByTimeAsync(6 * minute);
	expect(at.map(Math.round)).toEqual([0, 5, 15, 35, 335]);
});

test('what was unauthenticated starts within a second of being woken, and nothing else does', async () => {
	const {run, starts} = scripted({kms: 'unauthenticated'});
	const {plan, wake} = start(run, {random: () => 0.5});
	plan([task({service: 'kms'}), task({service: 'acm'})]);
	await vi.advanceTimersByTimeAsync(5000);
	wake('unauthenticated');
	await vi.advanceTimersByTimeAsync(1000);
	expect(starts).toEqual(['kms eu-west-1 full', 'acm eu-west-1 full', 'kms eu-west-1 full']);
});

test('a delta never runs beside its full collection, and is let pass meanwhile', async () => {
	const {run, starts, ends} = scripted({full: 'hang'});
	start(run).plan([task({tier: 'full', priority: 1, everyMs: 60 * minute}), task({tier: 'delta', everyMs: minute})]);
	await vi.advanceTimersByTimeAsync(1.5 * minute);
	expect(starts).toEqual(['kms eu-west-1 full']);
	ends[0]?.('ok');
	await vi.advanceTimersByTimeAsync(minute / 2 + 10);
	expect(starts).toEqual(['kms eu-west-1 full', 'kms eu-west-1 delta']);
});

test('a full collection that is due while the delta runs follows it', async () => {
	const {run, starts, ends} = scripted({delta: 'hang'});
	start(run).plan([task({tier: 'delta', priority: 1, everyMs: minute}), task({tier: 'full', everyMs: 60 * minute, firstAfterMs: 10_000})]);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(starts).toEqual(['kms eu-west-1 delta']);
	ends[0]?.('ok');
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toEqual(['kms eu-west-1 delta', 'kms eu-west-1 full']);
});

test('a refresh asks for changes where they can be told, for everything where the last look failed, and not twice in a row', async () => {
	let full: OutcomeStatus = 'ok';
	const starts: string[] = [];
	const {plan, refreshNow} = start(async ({tier}) => {
		starts.push(tier);
		return tier === 'full' ? full : 'ok';
	});
	plan([task({tier: 'full', priority: 1, everyMs: 60 * minute}), task({tier: 'delta', everyMs: minute})]);
	await vi.advanceTimersByTimeAsync(1.5 * minute);
	starts.length = 0;
	expect(refreshNow('kms')).toEqual({started: 1, running: 0, recent: 0});
	await vi.advanceTimersByTimeAsync(0);
	expect(refreshNow('kms')).toEqual({started: 0, running: 0, recent: 1});
	expect(refreshNow('acm')).toEqual({started: 0, running: 0, recent: 0});
	expect(starts).toEqual(['delta']);
	full = 'throttled';
	await vi.advanceTimersByTimeAsync(60 * minute);
	starts.length = 0;
	refreshNow('kms');
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toEqual(['full']);
});

test('when the machine has slept, every task catches up once, spread, without a burst of missed times', async () => {
	const jumps: number[] = [];
	const at: number[] = [];
	let draw = 0;
	const {plan} = start(
		async () => {
			at.push(Date.now());
			return 'ok';
		},
		{
			onClockJump: jumpMs => jumps.push(jumpMs),
			random: () => {
				draw += 1;
				return (draw % 10) / 10;
			},
		},
	);
	plan(Array.from({length: 10}, (_, index) => task({service: `service${index}`})));
	await vi.advanceTimersByTimeAsync(30_000);
	expect(at).toHaveLength(10);
	// Wall time goes on while monotonic time stands still: as Linux does in suspend.
	vi.setSystemTime(Date.now() + 8 * 60 * minute);
	await vi.advanceTimersByTimeAsync(10_000);
	const woke = Date.now();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(jumps).toEqual([8 * 60 * minute]);
	expect(at).toHaveLength(20);
	expect(new Set(at.slice(10)).size).toBeGreaterThan(5);
	expect(Math.max(...at) - woke).toBeLessThanOrEqual(10_000);
});

test('a clock set back by an hour neither stops nor stacks anything', async () => {
	const {run, starts} = scripted();
	start(run).plan([task()]);
	await vi.advanceTimersByTimeAsync(minute);
	vi.setSystemTime(Date.now() - 60 * minute);
	await vi.advanceTimersByTimeAsync(4 * minute);
	expect(starts).toHaveLength(2);
	await vi.advanceTimersByTimeAsync(5 * minute);
	expect(starts).toHaveLength(3);
});

test('a run can ask when it is tried next, and that is when', async () => {
	let said: string | undefined;
	const {plan} = start(
		async (_task, context) => {
			said ??= context.nextAttemptAt('throttled');
			return 'throttled';
		},
		{random: () => 0.5},
	);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(0);
	expect(said).toBe(new Date(Date.now() + 0.95 * 5 * minute).toISOString());
	expect(engine?.status().nextPollAt).toBe(said);
});

test('a new plan aborts what was dropped, starts what is new and leaves the rest alone', async () => {
	const {run, starts, contexts, ends} = scripted({kms: 'hang'});
	const {plan, status} = start(run);
	plan([task({service: 'kms'}), task({service: 'acm'})]);
	await vi.advanceTimersByTimeAsync(minute);
	plan([task({service: 'acm'}), task({service: 'macie'})]);
	expect(contexts[0]?.signal.aborted).toBe(true);
	ends[0]?.('failed');
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toEqual(['kms eu-west-1 full', 'acm eu-west-1 full', 'macie eu-west-1 full']);
	expect(status().running).toEqual([]);
	await vi.advanceTimersByTimeAsync(60 * minute);
	expect(starts.filter(name => name.startsWith('kms'))).toHaveLength(1);
});

test('a task that is dropped and planned again starts when its old run has ended', async () => {
	const {run, starts, ends} = scripted({kms: 'hang'});
	const {plan} = start(run);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(0);
	plan([]);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toHaveLength(1);
	ends[0]?.('failed');
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toHaveLength(2);
});

test('draining aborts what runs, waits for it, and starts nothing any more', async () => {
	const {run, starts, contexts, ends} = scripted({kms: 'hang'});
	const {plan, drain, refreshNow} = start(run);
	plan([task({service: 'kms'}), task({service: 'acm'})]);
	await vi.advanceTimersByTimeAsync(0);
	let drained = false;
	const draining = drain(10_000).then(() => {
		drained = true;
	});
	await vi.advanceTimersByTimeAsync(9000);
	expect(contexts[0]?.signal.aborted).toBe(true);
	expect(drained).toBe(false);
	ends[0]?.('failed');
	await vi.advanceTimersByTimeAsync(0);
	await draining;
	refreshNow();
	await vi.advanceTimersByTimeAsync(60 * minute);
	expect(starts).toHaveLength(2);
});

test('draining gives up on what does not end', async () => {
	const {run} = scripted({kms: 'hang'});
	const {plan, drain} = start(run);
	plan([task()]);
	await vi.advanceTimersByTimeAsync(0);
	const draining = drain(10_000);
	await vi.advanceTimersByTimeAsync(10_000);
	await expect(draining).resolves.toBeUndefined();
});

test('whatever some targets do, the others are done at their interval', async () => {
	const statuses = ['denied', 'throttled', 'unauthenticated', 'unreachable', 'failed', 'not-available'] as const;
	const behaviour = fc.oneof(
		{weight: 3, arbitrary: fc.constant('ok' as const)},
		fc.constantFrom(...statuses, 'hang' as const, 'throw' as const),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(behaviour, {minLength: 2, maxLength: 24}),
			fc.float({min: 0, max: Math.fround(0.99), noNaN: true}),
			async (behaviours, chance) => {
				const starts = behaviours.map((): number[] => []);
				const {plan, drain} = createEmbeddedEngine({
					random: () => chance,
					async run({service}) {
						const index = Number(service);
						const what = behaviours[index] ?? 'ok';
						starts[index]?.push(performance.now());
						if (what === 'throw') {
							throw new Error('bug');
						}

						return what === 'hang' ? new Promise(() => {}) : what;
					},
				});
				plan(behaviours.map((_, index) => task({service: String(index), everyMs: minute})));
				await vi.advanceTimersByTimeAsync(10 * minute);
				const drained = drain(0);
				await vi.advanceTimersByTimeAsync(1);
				await drained;
				for (const [index, what] of behaviours.entries()) {
					const times = starts[index] ?? [];
					if (what === 'ok') {
						expect(times.length).toBeGreaterThanOrEqual(10);
						for (const [run, time] of times.entries()) {
							expect(time - (times[run - 1] ?? time)).toBeLessThanOrEqual(1.2 * minute);
						}
					}
				}
			},
		),
		{numRuns: 100},
	);
}, 30_000);

test('after a collection that left something out, a refresh asks for everything again', async () => {
	const starts: string[] = [];
	const {plan, refreshNow} = start(async ({tier}) => {
		starts.push(tier);
		return tier === 'full' ? 'partial' : 'ok';
	});
	plan([task({tier: 'full', priority: 1, everyMs: 60 * minute}), task({tier: 'delta', everyMs: minute})]);
	await vi.advanceTimersByTimeAsync(1.5 * minute);
	starts.length = 0;
	refreshNow();
	await vi.advanceTimersByTimeAsync(0);
	expect(starts).toEqual(['full']);
});
