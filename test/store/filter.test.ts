import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Filter, filterFields, maxFilterLength, parseFilter, printFilter} from '../../source/store/filter.js';
import {compileFilter, type Subject} from '../../source/store/filter-match.js';
import {compileGlob} from '../../source/store/glob.js';
import {now} from './fixtures.js';

const nowMs = Date.parse(now);

const subject: Subject = {
	name: 'prod/Payments',
	key: '111122223333/eu-west-1/kms/AWS::KMS::Key/3b1c',
	reason: 'scheduled for deletion in 4 days',
	awsRegion: 'eu-west-1',
	accountId: '111122223333',
	service: 'kms',
	kind: 'Keys AWS::KMS::Key',
	ruleId: 'kms-key-deletion',
	source: 'rule',
	verdict: 'FAIL',
	severity: 'HIGH',
	state: 'active',
	marks: ['crypto-mining'],
	sinceMs: nowMs - 60_000,
	stale: false,
	muted: true,
};

const holds = (text: string, of: Subject = subject): boolean => {
	const parsed = parseFilter(text);
	if (parsed.filter === undefined) {
		throw new Error(parsed.error);
	}

	return compileFilter(parsed.filter, nowMs)(of);
};

describe('a filter', () => {
	test.each([
		['', true],
		['payments', true],
		['PROD', true],
		['payments deletion', true],
		['payments nothing', false],
		['"in 4 days"', true],
		['"4  days"', false],
		['3b1c', true],
		['eu-west', true],
		['kms-key-del', true],
		['mining', true],
		['-payments', false],
		['-nothing', true],
		['-"no such thing"', true],
		['sev:high', true],
		['severity:HIGH', true],
		['sev>=high', true],
		['sev>high', false],
		['sev<=high', true],
		['sev<critical', true],
		['sev:critical,high', true],
		['-sev:critical', true],
		['verdict:fail', true],
		['verdict:pass,na', false],
		['region:eu-*', true],
		['region:eu', true],
		['region:us-*', false],
		['account:1111*', true],
		['service:kms', true],
		['kind:keys', true],
		['kind:AWS::KMS', true],
		['rule:*deletion', true],
		['rule:key*', false],
		['name:"prod/pay"', true],
		['mark:crypto-mining', true],
		['mark:policy', false],
		['state:active', true],
		['state:archived,active', true],
		['source:rule', true],
		['is:muted', true],
		['is:stale', false],
		['-is:stale is:new', true],
		['service=kms', true],
		['-', true],
	])('%j over the sample is %j', (text, expected) => {
		expect(holds(text)).toBe(expected);
	});

	test('by severity finds failures only', () => {
		expect(holds('sev>=informational', {...subject, verdict: 'PASS', severity: undefined})).toBe(false);
	});

	test('holds something for new for a day', () => {
		expect(holds('is:new', {...subject, sinceMs: nowMs - 25 * 3_600_000})).toBe(false);
	});

	test.each([
		['sev:hgh', 'sev takes critical, high, medium, low or informational, not "hgh"'],
		['sev:', 'A value is missing after sev:'],
		['colour:red', 'There is no field "colour"; fields are sev, verdict, region,'],
		['arn:aws:kms', 'put it in quotes'],
		['region>=eu', 'region takes ":", not ">="; only sev can be compared'],
		['sev>=high,low', 'sev>= takes one severity'],
		['"open', 'A closing quote is missing'],
		['""', 'There is nothing between the quotes'],
		['"a"b', 'A space is missing before "b"'],
		['is:odd', 'is takes stale, muted or new, not "odd"'],
		['x'.repeat(maxFilterLength + 1), 'A filter has at most 1000 characters'],
	])('%j is refused with a sentence', (text, sentence) => {
		expect(parseFilter(text).error).toContain(sentence);
	});

	test('of any text parses or says why not, and never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^[a-z:"\\ ,<>=*-]{0,30}$/u)), text => {
				const parsed = parseFilter(text);
				if (parsed.filter === undefined) {
					expect(parsed.error.length).toBeGreaterThan(10);
				} else {
					compileFilter(parsed.filter, nowMs)(subject);
				}
			}),
			{numRuns: 500},
		);
	});

	const value = fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}).filter(text => text.isWellFormed());
	const open = Object.entries(filterFields).flatMap(([field, allowed]) => (allowed === undefined ? [field] : []));
	const term = fc.oneof(
		fc.record({negated: fc.boolean(), field: fc.constant('word' as const), value}),
		fc.record({
			negated: fc.boolean(),
			// The names come from the table itself.
			field: fc.constantFrom(...open) as fc.Arbitrary<'region'>,
			operator: fc.constant(':' as const),
			values: fc.array(value, {minLength: 1, maxLength: 3}),
		}),
		fc.record({
			negated: fc.boolean(),
			field: fc.constant('sev' as const),
			operator: fc.constantFrom('>=' as const, '<=' as const, ':' as const, '>' as const, '<' as const),
			values: fc.constantFrom(...filterFields.sev).map(name => [name]),
		}),
	);

	test('that is printed and read again is the same filter', () => {
		fc.assert(
			fc.property(fc.array(term, {maxLength: 5}), terms => {
				const filter: Filter = {terms};
				const printed = printFilter(filter);
				fc.pre(printed.length <= maxFilterLength);
				expect(parseFilter(printed)).toEqual({filter});
			}),
			{numRuns: 500},
		);
	});
});

describe('a pattern', () => {
	test.each([
		['*', '', true],
		['*', 'anything', true],
		['prod-*', 'prod-1', true],
		['prod-*', 'a prod-1', false],
		['*-key', 'MY-KEY', true],
		['a*b*c', 'a-b-b-c', true],
		['a*b*c', 'a-c-b', false],
		['ab*ba', 'aba', false],
		['a.c', 'abc', false],
		['exact', 'EXACT', true],
	])('%j over %j is %j', (pattern, text, expected) => {
		expect(compileGlob(pattern)(text)).toBe(expected);
	});

	test('agrees with a regular expression', () => {
		const piece = fc.stringMatching(/^[ab*]{0,6}$/u);
		fc.assert(
			fc.property(piece, fc.stringMatching(/^[ab]{0,8}$/u), (pattern, text) => {
				expect(compileGlob(pattern)(text)).toBe(new RegExp(`^${pattern.replaceAll(/\*+/gu, '.*')}$`, 'u').test(text));
			}),
			{numRuns: 1000},
		);
	});

	test('made to be slow is not', () => {
		const started = performance.now();
		compileGlob('*a'.repeat(400))('b'.repeat(100_000));
		compileGlob(`${'*a'.repeat(400)}b`)('a'.repeat(100_000));
		expect(performance.now() - started).toBeLessThan(1000);
	});
});
