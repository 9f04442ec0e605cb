import {expect, test} from 'vitest';
import {toInputs} from '../../source/daemon/board-inputs.js';
import {type Intervals, intervalsOf, nextHeader} from '../../source/daemon/header.js';
import {planTasks} from '../../source/daemon/plan.js';
import type {Outcome, OutcomeStatus, Service, SnapshotHeader} from '../../source/model/index.js';
import {isStale} from '../../source/model/index.js';
import {madeService} from './made.js';

const account = {accountId: '111122223333', partition: 'aws', regions: ['eu-west-1', 'us-east-1']};
const minute = 60_000;
const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) + minutes * minute).toISOString();
const outcome = (status: OutcomeStatus): Outcome => ({status, durationMs: 1, calls: 1, refusals: []});
const pace = (service: Service): Intervals => intervalsOf(service, undefined);
const regional = madeService({id: 'one'});
const withDelta = madeService({
	id: 'two',
	refresh: {full: {everyMs: 60 * minute, deadlineMs: minute}, delta: {everyMs: minute, deadlineMs: minute}},
});
const global = madeService({id: 'three', scope: {homeRegion: 'us-east-1'}});

const header = (more: Partial<SnapshotHeader> = {}): SnapshotHeader => ({
	accountId: account.accountId,
	awsRegion: 'eu-west-1',
	service: 'two',
	capturedAt: at(0),
	attemptedAt: at(0),
	nextAttemptAt: undefined,
	everyMs: minute,
	outcome: outcome('ok'),
	watermark: 'w',
	fullAt: at(0),
	...more,
});

const {watermark: _, ...withoutWatermark} = header();

const names = (tasks: ReturnType<typeof planTasks>): string[] =>
	[...tasks].sort((left, right) => right.priority - left.priority).map(({service, awsRegion, tier}) => `${service} ${awsRegion} ${tier}`);

test('every service’s first Region goes before any second one, what is complete before what changed, a global service once', () => {
	expect(names(planTasks(account, [regional, withDelta, global], pace, [], Date.parse(at(0))))).toEqual([
		'one eu-west-1 full',
		'two eu-west-1 full',
		'two eu-west-1 delta',
		'three us-east-1 full',
		'one us-east-1 full',
		'two us-east-1 full',
		'two us-east-1 delta',
	]);
});

test('services take turns to begin, those first that are looked at most often', () => {
	const turns = planTasks(account, [regional, withDelta, global], pace, [], Date.parse(at(0))).map(({service, turnMs}) => [
		service,
		turnMs,
	]);
	const often = [regional, withDelta, global].toSorted((a, b) => {
		const [first, second] = [pace(a), pace(b)];
		return (first.deltaMs ?? first.fullMs) - (second.deltaMs ?? second.fullMs);
	});
	expect(new Map(turns.map(([service, turnMs]) => [service, turnMs]))).toEqual(new Map(often.map(({id}, turn) => [id, turn * 40])));
});

test.each([
	['nothing is known', undefined, 0],
	['a third of the interval has passed', header(), 40 * minute],
	['the interval has passed', header({fullAt: at(-100)}), 0],
	['the last look did not go well', header({outcome: outcome('denied')}), 0],
	['there is nothing to go on from', withoutWatermark, 0],
	['the clock was set back since', header({fullAt: at(500)}), 0],
])('a complete collection that a delta can stand in for waits what is left of its interval: %s', (_what, known, waitMs) => {
	const [full, delta] = planTasks(account, [withDelta], pace, known === undefined ? [] : [known], Date.parse(at(20)));
	expect(full?.firstAfterMs).toBe(waitMs);
	expect(delta?.firstAfterMs).toBeUndefined();
});

test('the configuration’s intervals are in force, and a delta that a service does not have cannot be wished for', () => {
	expect(intervalsOf(withDelta, {fullMs: 5, deltaMs: 3})).toEqual({fullMs: 5, deltaMs: 3});
	expect(intervalsOf(regional, {deltaMs: 3})).toEqual({fullMs: 300_000, deltaMs: undefined});
});

const id = {accountId: account.accountId, awsRegion: 'eu-west-1', service: 'two'};
const intervals = {fullMs: 60 * minute, deltaMs: minute};
const ended = (tier: 'full' | 'delta', status: OutcomeStatus, minutes: number, watermark?: string) => ({
	tier,
	outcome: outcome(status),
	watermark,
	startedAt: at(minutes),
	nextAttemptAt: at(minutes + 1),
});

test.each(['denied', 'throttled', 'unauthenticated', 'unreachable', 'not-available', 'failed'] as const)(
	'after %s the last good state keeps its age, and gets stale',
	status => {
		const next = nextHeader(id, header(), ended('delta', status, 5), intervals, undefined);
		expect(next).toMatchObject({capturedAt: at(0), attemptedAt: at(5), fullAt: at(0), watermark: 'w', outcome: {status}});
		expect(isStale(next, at(5))).toBe(true);
	},
);

test.each(['ok', 'partial', 'not-enabled'] as const)('after %s what is on record is as old as the collection’s beginning', status => {
	expect(nextHeader(id, undefined, ended('full', status, 5, 'w'), intervals, undefined)).toMatchObject({capturedAt: at(5), fullAt: at(5)});
});

test('without a watermark only the complete collection refreshes, and staleness goes by it', () => {
	const next = nextHeader(id, undefined, ended('full', 'not-enabled', 0), intervals, undefined);
	expect(next.everyMs).toBe(60 * minute);
	expect(isStale(next, at(90))).toBe(false);
});

test('a delta makes nothing fresh that no complete collection has confirmed for two intervals', () => {
	expect(nextHeader(id, header(), ended('delta', 'ok', 119), intervals, undefined).capturedAt).toBe(at(119));
	expect(nextHeader(id, header(), ended('delta', 'ok', 121), intervals, undefined).capturedAt).toBe(at(0));
});

const day = 24 * 60;
const metering = (before: SnapshotHeader['metered'], minutes: number) => {
	const next = nextHeader(id, header(before === undefined ? {} : {metered: before}), ended('full', 'ok', minutes), intervals, undefined);
	return next.metered;
};

test.each([
	['the first collection begins to count', undefined, 5, {since: at(5), calls: 1}],
	['each adds its calls', {since: at(0), calls: 41}, 5, {since: at(0), calls: 42}],
	['for a month all count', {since: at(0), calls: 999}, 30 * day, {since: at(0), calls: 1000}],
	['then half of them go, with half of the time', {since: at(0), calls: 999}, 32 * day, {since: at(16 * day), calls: 500}],
	['a clock that was set back begins anew', {since: at(90), calls: 999}, 5, {since: at(5), calls: 1}],
])('calls are metered: %s', (_what, before, minutes, after) => {
	expect(metering(before, minutes)).toEqual(after);
});

test('calls that failed are metered too', () => {
	expect(nextHeader(id, undefined, ended('delta', 'throttled', 5), intervals, undefined).metered).toEqual({since: at(5), calls: 1});
});

const metered = (awsRegion: string, since: number, calls: number): SnapshotHeader =>
	header({awsRegion, metered: {since: at(since), calls}});

test.each([
	['two Regions, of a day each', [metered('eu-west-1', 0, 100), metered('us-east-1', 0, 20)], 3600],
	['one that has not run for a day', [metered('eu-west-1', 0, 100), metered('us-east-1', 1, 20)], undefined],
	['one that was never collected', [metered('eu-west-1', 0, 100)], undefined],
	['one that was collected before there was a meter', [metered('eu-west-1', 0, 100), header({awsRegion: 'us-east-1'})], undefined],
])('boards are told how many calls a service takes in a month: %s', (_what, headers, calls) => {
	const inputs = toInputs({account, services: [withDelta], headers, now: at(day), trustedAccounts: [], mutes: [], entries: () => []});
	expect(inputs.callsPerMonth?.('two')).toBe(calls);
	expect(inputs.callsPerMonth?.('nothing of that name')).toBeUndefined();
});
