import {expect, test} from 'vitest';
import {evaluateFinding, removeEntry} from '../../source/evaluate/index.js';
import type {FindingEntry, ReportedFinding} from '../../source/model/index.js';
import {later, now, reported, service} from './made-up.js';

const first = (finding: ReportedFinding): FindingEntry =>
	evaluateFinding({service, finding, previous: undefined, baseline: true, now}).entry;

test.each<[string, Partial<ReportedFinding> | undefined, Partial<ReportedFinding>, string | undefined]>([
	['opens when it is new', undefined, {}, 'opened'],
	['opens when it is active again', {recordState: 'archived'}, {}, 'opened'],
	['opens nothing when it comes archived', undefined, {recordState: 'archived'}, undefined],
	['closes when it is archived', {}, {recordState: 'archived'}, 'closed'],
	['closes when it is suppressed', {}, {recordState: 'suppressed'}, 'closed'],
	['closes when it is mended', {}, {recordState: 'closed'}, 'closed'],
	['worsens', {}, {severity: 'HIGH'}, 'worsened'],
	['improves', {}, {severity: 'LOW'}, 'improved'],
	['changes nothing when it is only seen again', {}, {lastObservedAt: later}, undefined],
	['changes nothing as a sample', undefined, {recordState: 'sample'}, undefined],
	['changes nothing as a sample that goes', {recordState: 'sample'}, {recordState: 'archived'}, undefined],
])('a finding %s', (_, before, after, type) => {
	const previous = before && first(reported(before));
	const {changes} = evaluateFinding({service, finding: reported(after), previous, baseline: false, now: later});
	expect(changes.map(change => change.type)).toEqual(type === undefined ? [] : [type]);
});

test('a baseline reports nothing', () => {
	expect(evaluateFinding({service, finding: reported(), previous: undefined, baseline: true, now})).toMatchObject({
		changes: [],
		dirty: true,
		entry: {key: '123456789012/eu-west-1/locker/finding/f-1', cells: [undefined], consolePath: 'locker/findings', firstObservedAt: now},
	});
});

test('a finding of a member account stands under the snapshot that saw it, and its change under its own account', () => {
	const snapshot = {accountId: '999988887777', awsRegion: 'eu-west-1', service: 'locker'};
	const {entry, changes} = evaluateFinding({service, finding: reported(), previous: undefined, baseline: false, now, snapshot});
	expect(entry.key).toBe('999988887777/eu-west-1/locker/finding/f-1');
	expect(changes[0]).toMatchObject({key: entry.key, accountId: '123456789012', ruleId: 'Break:In/Locker'});
});

test('a finding that is the same is not written again', () => {
	const previous: FindingEntry = JSON.parse(JSON.stringify(first(reported())));
	const {entry, dirty} = evaluateFinding({service, finding: reported(), previous, baseline: false, now: later});
	expect(dirty).toBe(false);
	expect(entry).toBe(previous);
});

test.each<[ReportedFinding['recordState'], number]>([
	['active', 1],
	['archived', 0],
	['sample', 0],
])('%s findings that go close %i', (recordState, closed) => {
	expect(removeEntry(first(reported({recordState})), later)).toHaveLength(closed);
});
