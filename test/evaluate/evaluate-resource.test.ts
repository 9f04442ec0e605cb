import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {evaluateResource, readAtToleranceMs, removeEntry} from '../../source/evaluate/index.js';
import type {Kind, Refusal, ResourceEntry} from '../../source/model/index.js';
import type {Locker} from './made-up.js';
import {evaluationOf, later, locker, lockers, muchLater, now, refusal, service} from './made-up.js';

const good = locker({locked: true, guards: 1});
const open = locker({locked: false, guards: 1});
const unguarded = locker({locked: false, guards: 0});
const waiting = locker({guards: 1}, {unread: refusal('GetDoor', {status: 'pending'})});
const unseen = locker({guards: 1}, {unread: refusal('GetDoor')});

/** Evaluates one look after the other, and says what each changed. */
const watch = (...looks: ReadonlyArray<ReturnType<typeof locker>>) => {
	let previous: ResourceEntry | undefined;
	return looks.map((resource, index) => {
		const at = new Date(Date.parse(now) + index * 300_000).toISOString();
		const evaluation = evaluateResource(evaluationOf(resource, previous, at, {baseline: index === 0}));
		previous = evaluation.entry;
		return evaluation;
	});
};

const doorOf = (entry: ResourceEntry | undefined) => entry?.judgements.find(({ruleId}) => ruleId === 'locker-door-locked');
const typesOf = (evaluations: ReturnType<typeof watch>) => evaluations.map(({changes}) => changes.map(({type}) => type));

describe('a judgement', () => {
	test('is the answer of the rule, with its evidence', () => {
		const {entry} = evaluateResource(evaluationOf(open, undefined, now));
		expect(doorOf(entry)).toEqual({
			ruleId: 'locker-door-locked',
			verdict: 'FAIL',
			severity: 'HIGH',
			reason: 'the door is open',
			evidence: {expected: 'locked', observed: 'false', operation: 'GetDoor'},
			firstObservedAt: now,
		});
	});

	test('takes the severity of the answer only for a failure', () => {
		expect(doorOf(evaluateResource(evaluationOf(unguarded, undefined, now)).entry)?.severity).toBe('CRITICAL');
		expect(doorOf(evaluateResource(evaluationOf(good, undefined, now)).entry)?.severity).toBe('HIGH');
	});

	test('obeys the configuration: disabled, severity, settings', () => {
		const evaluate = (override: {enabled?: boolean; severity?: 'LOW'; settings?: Record<string, number>}) =>
			doorOf(
				evaluateResource(
					evaluationOf(unguarded, undefined, now, {rules: {'locker-door-locked': {enabled: true, settings: {}, ...override}}}),
				).entry,
			);
		expect(evaluate({enabled: false})).toBeUndefined();
		expect(evaluate({severity: 'LOW'})?.severity).toBe('LOW');
		expect(evaluate({settings: {guardsNeeded: 0}})?.severity).toBe('HIGH');
	});

	test('is NOT_APPLICABLE where the rule exempts, even if its facts were refused', () => {
		const {entry} = evaluateResource(evaluationOf(locker({paper: true}, {unread: refusal('GetDoor')}), undefined, now));
		expect(doorOf(entry)).toMatchObject({verdict: 'NOT_APPLICABLE', reason: 'a paper locker has no lock', severity: 'HIGH'});
	});

	test.each<[string, Partial<Refusal>, string]>([
		['a denial', {}, 'locker:GetDoor was denied'],
		['an explicit deny', {explicitDeny: true}, 'locker:GetDoor was refused by an explicit deny, which no further permission lifts'],
		['a slow operation', {status: 'pending'}, 'locker:GetDoor has not been read yet: its quota is 100 calls a second'],
		['throttling', {status: 'throttled', error: 'ThrottlingException'}, 'locker:GetDoor was throttled'],
		['a timeout', {status: 'unreachable', error: 'TimeoutError'}, 'locker:GetDoor timed out'],
		['a dead network', {status: 'unreachable', error: 'ECONNREFUSED'}, 'locker:GetDoor could not be reached: ECONNREFUSED'],
		['no credentials', {status: 'unauthenticated'}, 'locker:GetDoor could not be asked: no valid credentials'],
		['a broken answer', {status: 'failed', error: 'SyntaxError', message: 'HTML'}, 'locker:GetDoor failed: SyntaxError: HTML'],
		['a sentence of AWS’s', {status: 'failed', error: 'Redirect', message: 'Go. There.'}, 'locker:GetDoor failed: Redirect: Go'],
		[
			'a service elsewhere',
			{status: 'not-available', message: 'not in this Region'},
			'locker:GetDoor is not available here: not in this Region',
		],
	])('is UNKNOWN after %s, and says so', (_, over, reason) => {
		const {entry} = evaluateResource(evaluationOf(locker({guards: 1}, {unread: refusal('GetDoor', over)}), undefined, now));
		expect(doorOf(entry)).toMatchObject({verdict: 'UNKNOWN', reason, evidence: {operation: 'GetDoor'}});
	});

	test('names every fact that is missing', () => {
		const unread = {...refusal('GetDoor'), ...refusal('ListGuards', {status: 'pending'})};
		const {entry} = evaluateResource(evaluationOf(locker({}, {unread}), undefined, now));
		expect(entry.judgements[1]?.reason).toBe(
			'locker:GetDoor was denied; locker:ListGuards has not been read yet: its quota is 5 calls a second',
		);
	});

	test('is UNKNOWN where the rule itself fails', () => {
		const {entry} = evaluateResource(evaluationOf(locker({locked: true}), undefined, now));
		expect(entry.judgements[1]).toMatchObject({verdict: 'UNKNOWN', reason: 'the rule failed: guards were not counted'});
	});

	test('cuts a message that is a page', () => {
		const unread = refusal('GetDoor', {status: 'failed', message: '<html>'.repeat(10_000)});
		expect(doorOf(evaluateResource(evaluationOf(locker({}, {unread}), undefined, now)).entry)?.reason.length).toBeLessThan(300);
	});
});

describe('over time', () => {
	test.each<[string, ReadonlyArray<ReturnType<typeof locker>>, ReadonlyArray<readonly string[]>]>([
		['a failure opens and closes', [good, open, good], [[], ['opened'], ['closed']]],
		['nothing is reported of a baseline', [open, open], [[], []]],
		['a failure unseen in between opens nothing', [open, unseen, open], [[], [], []]],
		['a failure mended out of sight closes', [open, unseen, good], [[], [], ['closed']]],
		['a pass unseen in between closes nothing', [good, unseen, good], [[], [], []]],
		['a pass broken out of sight opens', [good, unseen, open], [[], [], ['opened']]],
		['a failure out of sight twice is kept', [open, unseen, unseen, good], [[], [], [], ['closed']]],
		['a failure first seen after sight is gained opens', [unseen, open], [[], ['opened']]],
		['a failure first read after the baseline is part of it', [waiting, waiting, open], [[], [], []]],
		['a failure first read after a denial opens', [waiting, unseen, open], [[], [], ['opened']]],
		['a failure that comes after the first reading opens', [waiting, good, open], [[], [], ['opened']]],
		['a severity that rises worsens', [open, unguarded], [[], ['worsened', 'opened']]],
		['a severity that falls improves', [unguarded, open], [[], ['improved', 'closed']]],
		['what stops to apply closes', [open, locker({paper: true, guards: 1})], [[], ['closed']]],
	])('%s', (_, looks, types) => {
		expect(typesOf(watch(...looks))).toEqual(types);
	});

	test('since stays while nothing changes, also across a stretch of UNKNOWN', () => {
		const since = watch(open, open, unseen, unseen, open).map(({entry}) => doorOf(entry)?.firstObservedAt.slice(11, 16));
		expect(since).toEqual(['12:00', '12:00', '12:10', '12:10', '12:00']);
	});

	test('what was known is kept while it is UNKNOWN', () => {
		const [, second] = watch(open, unseen);
		expect(doorOf(second?.entry)?.lastKnown).toEqual({verdict: 'FAIL', severity: 'HIGH', firstObservedAt: now});
	});

	test('a change says before and after', () => {
		const [, , third] = watch(open, unseen, good);
		expect(third?.changes).toEqual([
			expect.objectContaining({
				type: 'closed',
				ruleId: 'locker-door-locked',
				title: 'The door should be locked',
				resourceName: 'seven',
				before: {verdict: 'FAIL', severity: 'HIGH', reason: 'not seen since 2026-11-23T12:05:00.000Z: locker:GetDoor was denied'},
				after: {verdict: 'PASS', severity: 'HIGH', reason: 'the door is locked'},
			}),
		]);
	});

	test('a new resource appears, with what it fails', () => {
		const {changes} = evaluateResource(evaluationOf(unguarded, undefined, now));
		expect(changes.map(({type, ruleId}) => [type, ruleId])).toEqual([
			['appeared', undefined],
			['opened', 'locker-door-locked'],
			['opened', 'locker-guards-present'],
		]);
	});

	test('a new resource whose facts come later opens what it fails then', () => {
		const {entry} = evaluateResource(evaluationOf(waiting, undefined, now));
		expect(evaluateResource(evaluationOf(open, entry, later)).changes.map(({type}) => type)).toEqual(['opened']);
	});

	test('a rule that is disabled goes without a change', () => {
		const {entry} = evaluateResource(evaluationOf(open, undefined, now));
		const rules = {'locker-door-locked': {enabled: false, settings: {}}};
		expect(evaluateResource(evaluationOf(open, entry, later, {rules})).changes).toEqual([]);
	});
});

describe('an entry', () => {
	test('has its cells, facts, expirations, cost and console path, and survives a column that throws', () => {
		const {entry} = evaluateResource(evaluationOf(good, undefined, now));
		expect(entry).toMatchObject({
			key: '123456789012/eu-west-1/locker/AWS::Locker::Locker/7',
			cells: ['yes', undefined],
			facts: [['Guards', 1]],
			expirations: [{what: 'lease', at: muchLater}],
			usdPerMonth: 1,
			consolePath: 'locker/7',
			firstObservedAt: now,
		});
	});

	test('survives a kind of which everything throws', () => {
		const fails = () => {
			throw new Error('no');
		};
		const kind: Kind = {
			...(lockers as Kind),
			expirations: fails,
			usdPerMonth: fails,
			consolePath: fails,
			facts: [{title: 'x', value: fails}],
		};
		expect(evaluateResource(evaluationOf(good, undefined, now, {kind})).entry).toMatchObject({
			facts: [],
			expirations: [],
			usdPerMonth: 0,
			consolePath: '',
		});
	});

	test('stands under the snapshot that saw it', () => {
		const snapshot = {accountId: '111122223333', awsRegion: 'us-east-1', service: 'locker'};
		const {entry} = evaluateResource({...evaluationOf(good, undefined, now), snapshot});
		expect(entry.key).toBe('111122223333/us-east-1/locker/AWS::Locker::Locker/7');
	});

	test('is itself while nothing changes, also after a round through JSON', () => {
		const {entry} = evaluateResource(evaluationOf(good, undefined, now));
		const stored: ResourceEntry = JSON.parse(JSON.stringify(entry));
		const again = evaluateResource(evaluationOf(good, stored, muchLater));
		expect(again).toEqual({entry: stored, changes: [], dirty: false});
		expect(again.entry).toBe(stored);
	});

	test.each([
		['a moment of reading that moved a little is not new', readAtToleranceMs - 1, false],
		['a moment of reading that moved far is', readAtToleranceMs, true],
	])('%s', (_, movedMs, dirty) => {
		const {entry} = evaluateResource(evaluationOf(locker({locked: true, guards: 1}, {readAt: {GetDoor: now}}), undefined, now));
		const readAt = {GetDoor: new Date(Date.parse(now) + movedMs).toISOString()};
		expect(evaluateResource(evaluationOf(locker({locked: true, guards: 1}, {readAt}), entry, muchLater)).dirty).toBe(dirty);
	});

	test('is dirty when a fact is read for the first time', () => {
		const {entry} = evaluateResource(evaluationOf(good, undefined, now));
		expect(evaluateResource(evaluationOf(locker({locked: true, guards: 1}, {readAt: {GetDoor: now}}), entry, later)).dirty).toBe(true);
	});

	test('that goes leaves what it failed, seen or not, closed', () => {
		const [, second] = watch(unguarded, locker({guards: 0}, {unread: refusal('GetDoor')}));
		const changes = second === undefined ? [] : removeEntry(second.entry, later, service);
		expect(changes.map(({type, title, before}) => [type, title, before?.severity])).toEqual([
			['gone', 'AWS::Locker::Locker', undefined],
			['closed', 'The door should be locked', 'CRITICAL'],
			['closed', 'Somebody should stand guard', 'LOW'],
		]);
	});
});

test('refusing any facts turns an answer into UNKNOWN at most, never into another answer', () => {
	const facts = {GetDoor: 'locked', ListGuards: 'guards'} as const;
	fc.assert(
		fc.property(
			fc.record({locked: fc.boolean(), guards: fc.nat(3), paper: fc.boolean()}),
			fc.subarray(['GetDoor', 'ListGuards'] as const),
			fc.constantFrom<Refusal['status']>('denied', 'pending', 'throttled', 'unreachable', 'failed', 'unauthenticated'),
			(configuration: Required<Locker>, refused, status) => {
				const full = evaluateResource(evaluationOf(locker(configuration), undefined, now)).entry;
				const left = Object.fromEntries(
					Object.entries(configuration).filter(([name]) => !refused.some(operation => facts[operation] === name)),
				);
				const unread = Object.assign({}, ...refused.map(operation => refusal(operation, {status})));
				const partial = evaluateResource(evaluationOf(locker(left, {unread}), full, later));
				for (const [index, judgement] of partial.entry.judgements.entries()) {
					expect([full.judgements[index]?.verdict, 'UNKNOWN']).toContain(judgement.verdict);
				}

				expect(partial.changes.filter(({type}) => type === 'opened' || type === 'closed')).toEqual([]);
			},
		),
	);
});
