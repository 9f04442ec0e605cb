import {expect, test} from 'vitest';
import {createSuccession} from '../../source/client/succession.js';

const settled = async () =>
	new Promise(resolve => {
		setImmediate(resolve);
	});

const minuteMs = 60_000;

/** A succession whose starts end at once, as `outcome` says. */
const aSuccession = (outcome: string | undefined) => {
	const clock = {ms: 0};
	const starts: number[] = [];
	const succession = createSuccession({
		async start() {
			starts.push(clock.ms / 1000);
			return outcome;
		},
		clockMs: () => clock.ms,
		onChange() {},
	});
	/** Tries every five seconds. */
	const pass = async (forMs: number) => {
		for (const end = clock.ms + forMs; clock.ms < end; clock.ms += 5000) {
			succession.begin({});
			await settled();
		}
	};
	return {succession, clock, starts, pass};
};

test('one that never starts is tried ever more seldom, and at last every ten minutes', async () => {
	const {starts, pass, succession} = aSuccession('no space');
	await pass(60 * minuteMs);
	const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
	expect(pauses.slice(0, 5)).toEqual([30, 60, 120, 240, 480]);
	expect(new Set(pauses.slice(5))).toEqual(new Set([600]));
	expect(succession.standing()).toEqual({failed: 'no space'});
});

test('one that dies soon is tried no sooner than one that does not start, and that is said', async () => {
	const {starts, pass, succession, clock} = aSuccession(undefined);
	await pass(5000);
	succession.serves();
	clock.ms += minuteMs / 6;
	succession.begin({});
	expect(starts).toHaveLength(1);
	expect(succession.standing()).toEqual({failed: 'the last one died soon after its start'});
});

test('one that lived for long is replaced at once', async () => {
	const {starts, pass, succession, clock} = aSuccession(undefined);
	await pass(5000);
	succession.serves();
	clock.ms += 11 * minuteMs;
	succession.begin({});
	await settled();
	expect(starts).toHaveLength(2);
	expect(succession.standing()).toBeUndefined();
});

test('nothing begins once it is closed', async () => {
	const {starts, pass, succession} = aSuccession(undefined);
	await succession.close();
	await pass(minuteMs);
	expect(starts).toEqual([]);
});
