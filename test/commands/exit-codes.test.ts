import {describe, expect, test} from 'vitest';
import {verdictOf} from '../../source/commands/export-output.js';
import {statusCode} from '../../source/commands/status.js';
import type {Counts, OutcomeStatus, Overview, Severity} from '../../source/model/index.js';

const at = '2026-11-23T10:00:00.000Z';
const counts: Counts = {CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, unknown: 0, pass: 3, notApplicable: 1, muted: 0};

const overviewOf = (more: Partial<Counts>, statuses: readonly OutcomeStatus[], captured = true): Overview => ({
	revision: 1,
	now: at,
	account: undefined,
	regions: [],
	score: 100,
	coverage: 100,
	trend: [],
	problems: [],
	traffic: {callsPerMinute: 0, throttledPerMinute: 0, nextPollAt: undefined, collecting: []},
	counts: {...counts, ...more},
	panels: [
		{
			id: 'kms',
			title: 'KMS keys',
			group: 'keys and secrets',
			leads: 'worst',
			total: 4,
			counts,
			top: [],
			usdPerMonth: 0,
			snapshots: statuses.map((status, index) => ({
				accountId: '123456789012',
				awsRegion: `eu-west-${index}`,
				service: 'kms',
				capturedAt: captured ? at : undefined,
				attemptedAt: at,
				nextAttemptAt: undefined,
				everyMs: 300_000,
				outcome: {status, durationMs: 1, calls: 1, refusals: []},
				stale: false,
			})),
		},
	],
});

describe('an export ends with', () => {
	test.each<[number, string, Overview, {failOn?: Severity; maxUnknown?: number}, number]>([
		[0, 'all well', overviewOf({}, ['ok']), {}, 0],
		[0, 'failures that nobody asked about', overviewOf({CRITICAL: 2}, ['ok']), {}, 0],
		[1, 'a failure as severe as that', overviewOf({HIGH: 1}, ['ok']), {failOn: 'HIGH'}, 0],
		[1, 'a failure more severe than that', overviewOf({CRITICAL: 1}, ['ok']), {failOn: 'HIGH'}, 0],
		[0, 'only milder failures', overviewOf({MEDIUM: 9}, ['ok']), {failOn: 'HIGH'}, 0],
		[4, 'more unknown than allowed', overviewOf({unknown: 3}, ['ok']), {maxUnknown: 2}, 0],
		[0, 'as much unknown as allowed', overviewOf({unknown: 2}, ['ok']), {maxUnknown: 2}, 0],
		[4, 'a service denied as a whole, which makes no UNKNOWN finding', overviewOf({}, ['ok', 'denied']), {maxUnknown: 0}, 0],
		[0, 'a service that is off or not there: facts, both', overviewOf({}, ['not-enabled', 'not-available']), {maxUnknown: 0}, 0],
		[4, 'nothing read at all, though nothing failed', overviewOf({}, ['denied'], false), {failOn: 'LOW'}, 0],
		[3, 'nothing read for want of credentials', overviewOf({}, ['unauthenticated'], false), {}, 0],
		[4, 'collections that were not made in time', overviewOf({}, ['ok']), {}, 2],
		[1, 'failures first, where both are so', overviewOf({CRITICAL: 1, unknown: 9}, ['ok']), {failOn: 'CRITICAL', maxUnknown: 0}, 0],
	])('%d for %s', (expected, _what, overview, flags, undone) => {
		expect(verdictOf(overview, flags, undone)).toBe(expected);
	});
});

describe('status ends with', () => {
	const noLogin: Overview = {
		...overviewOf({}, ['unauthenticated'], false),
		problems: [{id: 'credentials', severity: 'error', text: 'x', since: at}],
	};
	test.each<[number, string, Overview | undefined, Severity | undefined]>([
		[0, 'all well', overviewOf({}, ['ok']), 'LOW'],
		[1, 'a failure as severe as that', overviewOf({LOW: 1}, ['ok']), 'LOW'],
		[0, 'failures that nobody asked about', overviewOf({CRITICAL: 1}, ['ok']), undefined],
		[4, 'nothing known', undefined, undefined],
		[4, 'nothing read', overviewOf({}, ['denied'], false), 'LOW'],
		[3, 'no credentials', noLogin, 'LOW'],
	])('%d for %s', (expected, _what, overview, failOn) => {
		expect(statusCode(overview, failOn)).toBe(expected);
	});
});
