import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {boards} from '../../source/boards/index.js';
import {createBoardSchedule} from '../../source/daemon/board-schedule.js';

const second = 1000;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** A schedule whose joins take so long, and when each began, in milliseconds from now. */
const scheduled = (joinMs: number) => {
	const startedMs = Date.now();
	const began: number[] = [];
	const joined: Array<readonly string[]> = [];
	const schedule = createBoardSchedule({
		boards: () => boards,
		async join(chosen) {
			began.push(Date.now() - startedMs);
			joined.push(chosen.map(({id}) => id));
			await new Promise(resolve => {
				setTimeout(resolve, joinMs);
			});
		},
		onBug(error) {
			throw error;
		},
		now: Date.now,
	});
	return {schedule, began, joined};
};

test('a round of collections is joined once, a moment after its first, and only what it feeds', async () => {
	const {schedule, began, joined} = scheduled(100);
	schedule.touched('autoscaling');
	schedule.touched('autoscaling');
	await vi.advanceTimersByTimeAsync(5 * second);
	expect(began).toEqual([second]);
	expect(joined).toEqual([['edge']]);
	await schedule.stop();
});

test('at the first look boards fill in half of the time, and later in a tenth of it', async () => {
	const {schedule, began} = scheduled(600);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(1100);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(2000);
	// The first took 600 ms, after which it rested for as long, or for the second that a round of collections takes to settle.
	expect(began).toEqual([1000, 2600]);

	await vi.advanceTimersByTimeAsync(30 * second);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(1100);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(8 * second);
	const [first = 0, next = 0] = began.slice(2);
	expect(next - first).toBe(600 + 5400);
	await schedule.stop();
});

test('a join that takes long keeps nobody waiting for more than ten seconds, and joins run one at a time', async () => {
	const {schedule, began} = scheduled(4 * second);
	await vi.advanceTimersByTimeAsync(40 * second);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(2 * second);
	schedule.touched();
	await vi.advanceTimersByTimeAsync(30 * second);
	expect(began).toEqual([41 * second, 41 * second + 4 * second + 10 * second]);
	await schedule.stop();
});

test('everything is joined every five minutes, and nothing after the end', async () => {
	const {schedule, began, joined} = scheduled(1);
	await vi.advanceTimersByTimeAsync(5 * 60 * second + 2 * second);
	expect(joined).toEqual([boards.map(({id}) => id)]);
	schedule.touched();
	await schedule.stop();
	await vi.advanceTimersByTimeAsync(10 * 60 * second);
	expect(began).toHaveLength(1);
});
