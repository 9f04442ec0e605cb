import {expect, test} from 'vitest';
import {paceAfter} from '../../source/engine/pace.js';

const minute = 60_000;

test.each([
	['ok', 5 * minute, 0, 5 * minute],
	['partial', minute, 0, minute],
	['not-enabled', minute, 0, minute],
	['denied', minute, 1, 60 * minute],
	['denied', 24 * 60 * minute, 1, 24 * 60 * minute],
	['not-available', minute, 1, 60 * minute],
	['unauthenticated', minute, 1, 10_000],
	['unauthenticated', minute, 3, 40_000],
	['unauthenticated', minute, 50, 5 * minute],
	['unreachable', minute, 1, 5000],
	['unreachable', minute, 2, 10_000],
	['unreachable', minute, 1000, 5 * minute],
	['throttled', minute, 1, minute],
	['throttled', 24 * 60 * minute, 1, 15 * minute],
	['failed', 24 * 60 * minute, 3, 60 * minute],
	['failed', 60 * minute, 20, 60 * minute],
] as const)('after %s, at an interval of %i ms and %i failures, it waits %i ms', (status, everyMs, failures, waitMs) => {
	expect(paceAfter(status, everyMs, failures)).toBe(waitMs);
});
