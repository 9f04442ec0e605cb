import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ours, safeText} from '../../source/model/index.js';
import {byteCount, cellText, count, factText} from '../../source/view/cell.js';
import {consoleLink, partitionOf} from '../../source/view/console-link.js';
import {createLook} from '../../source/view/look.js';
import {fillCommand, shellQuote} from '../../source/view/remediation.js';
import {sparkline} from '../../source/view/sparkline.js';
import {statusLine} from '../../source/view/status-line.js';
import {detectTheme, plainTheme} from '../../source/view/theme.js';
import {clock, day, exact, relative, shortSpan} from '../../source/view/time.js';
import {cutEnd, cutMiddle, padEnd, padStart, widthOf, wrap} from '../../source/view/width.js';
import {counts, earlier, firstOverview, keyEntry, later, now, overview, panel, snapshot} from './fixtures/account.js';

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;

describe('Times', () => {
	test.each([
		[0, '0 s'],
		[41_999, '41 s'],
		[minute, '1 m'],
		[59 * minute, '59 m'],
		[hour, '1 h'],
		[47 * hour, '47 h'],
		[48 * hour, '2 d'],
		[729 * dayMs, '729 d'],
		[731 * dayMs, '2 y'],
		[-5, '0 s'],
		[Number.NaN, '?'],
	])('%d milliseconds are %s', (length, text) => {
		expect(shortSpan(length)).toBe(text);
	});

	test('What lies ahead says in, what lies behind says ago', () => {
		expect(relative(later(6 * dayMs), now)).toBe('in 6 d');
		expect(relative(earlier(3 * dayMs), now)).toBe('3 d ago');
		expect(relative(now, now)).toBe('now');
		expect(relative('no time', now)).toBe('?');
	});

	test('Exact times are of the zone asked for, with the year where it is another', () => {
		expect(exact('2026-11-27T14:00:00Z', now, 'UTC')).toBe('27 Nov 14:00');
		expect(exact('2026-11-27T14:00:00Z', now, 'Asia/Tokyo')).toBe('27 Nov 23:00');
		expect(exact('2023-03-02T14:00:00Z', now, 'UTC')).toBe('2 Mar 2023');
		expect(day('2027-01-01T00:00:00Z', now, 'UTC')).toBe('1 Jan 2027');
		expect(clock('2026-11-27T00:05:00Z', 'UTC')).toBe('00:05');
		expect(clock('nonsense', 'UTC')).toBe('?');
	});
});

describe('Cells', () => {
	const look = createLook({theme: plainTheme})(now);

	test.each([
		[undefined, '–'],
		['us-east-1', 'us-east-1'],
		['a\u001Bb', 'a<1B>b'],
		[1204, '1,204'],
		[{at: later(6 * dayMs)}, 'in 6 d'],
		[{bytes: 1_240_000}, '1.2 MB'],
	] as const)('%o reads %s', (cell, text) => {
		expect(cellText(cell, look)).toBe(text.replace('<1B>', '<001B>'));
	});

	test('Facts say the exact time and how far away it is', () => {
		expect(factText({at: later(4 * dayMs)}, look)).toBe('27 Nov 20:41 (in 4 d)');
	});

	test('Counts and bytes are grouped and rounded', () => {
		expect(count(1_234_567)).toBe('1,234,567');
		expect(count(Number.NaN)).toBe('?');
		expect(byteCount(999)).toBe('999 B');
		expect(byteCount(999_900)).toBe('1.0 MB');
	});
});

describe('Widths', () => {
	test.each([
		['prod/payments/customer-ledger-key', 21, 'prod/payme…ledger-key'],
		['short', 10, 'short'],
		['漢字の名前', 5, '漢…前'],
		['abcdef', 1, '…'],
		['abcdef', 0, ''],
	])('%s in %d columns, cut in the middle, is %s', (text, columns, cut) => {
		expect(cutMiddle(safeText(text), columns)).toBe(cut);
	});

	test('Whatever is cut, padded or wrapped fits, and no character is cut in two', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'})), fc.integer({min: 0, max: 60}), (raw, columns) => {
				const text = safeText(raw);
				for (const cut of [cutEnd(text, columns), cutMiddle(text, columns)]) {
					expect(widthOf(cut)).toBeLessThanOrEqual(columns);
					expect(cut.isWellFormed()).toBe(true);
				}

				expect(widthOf(padEnd(cutEnd(text, columns), columns))).toBe(columns);
				expect(widthOf(padStart(cutEnd(text, columns), columns))).toBe(columns);
				for (const line of wrap(text, Math.max(2, columns))) {
					expect(widthOf(line)).toBeLessThanOrEqual(Math.max(2, columns));
				}
			}),
		);
	});

	test('Wrapping breaks at blanks, and long words where it must', () => {
		expect(wrap(ours('one two three'), 7)).toEqual(['one two', 'three']);
		expect(wrap(ours('a 123456789 b'), 4)).toEqual(['a', '1234', '5678', '9 b']);
	});
});

describe('Console links', () => {
	test.each([
		[
			'kms/home?region=eu-west-1#/kms/keys/1',
			'eu-west-1',
			'aws',
			'https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1#/kms/keys/1',
		],
		['acm/home', 'cn-north-1', 'aws-cn', 'https://console.amazonaws.cn/acm/home'],
		['acm/home', 'us-gov-west-1', 'aws-us-gov', 'https://console.amazonaws-us-gov.com/acm/home'],
		['acm/home', 'us-iso-east-1', 'aws-iso', undefined],
		['//evil.example/x', 'us-east-1', 'aws', 'https://us-east-1.console.aws.amazon.com/evil.example/x'],
		['https://evil.example/x', 'us-east-1', 'aws', undefined],
		['acm/home', 'evil.example/#', 'aws', undefined],
		['', 'us-east-1', 'aws', undefined],
	])('%s in %s of %s is %s', (path, region, partition, link) => {
		expect(consoleLink(path, region, partition)).toBe(link);
	});

	test('The partition follows from the Region where nobody says it', () => {
		expect([partitionOf('eu-west-1'), partitionOf('cn-north-1'), partitionOf('us-gov-east-1')]).toEqual(['aws', 'aws-cn', 'aws-us-gov']);
	});
});

describe('Commands', () => {
	test('Every placeholder is filled in and quoted for a shell', () => {
		const resource = {...keyEntry.resource, resourceName: "o'brien; rm -rf / #"};
		expect(fillCommand('aws x --name {name} --arn {arn} --region {region} --acc {account} {id} {other}', resource)).toBe(
			`aws x --name 'o'\\''brien; rm -rf / #' --arn ${resource.arn} --region us-east-1 --acc 123456789012 ${resource.resourceId} {other}`,
		);
	});

	test('A line break in a name cannot start a second command', () => {
		expect(fillCommand('aws x {name}', {...keyEntry.resource, resourceName: 'a\nrm -rf ~\r'})).toBe("aws x 'arm -rf ~'");
	});

	test('A name cannot bring a placeholder of its own', () => {
		expect(fillCommand('aws x {name}', {...keyEntry.resource, resourceName: '{arn}'})).toBe("aws x '{arn}'");
	});

	test('Quoting keeps every word one word', () => {
		fc.assert(
			fc.property(fc.string(), word => {
				const quoted = shellQuote(word);
				expect(quoted.replaceAll("'\\''", '').replaceAll(/'[^']*'/gu, '')).toMatch(/^[\w@%+=:,./-]*$/u);
			}),
		);
	});
});

describe('The status line', () => {
	test('says the worst, the score, what ends first and how old it is', () => {
		expect(statusLine(overview, now)).toBe('■3 ▲11 ?9 83% · deletion 4d · 14m');
		expect(statusLine(overview, now, {ascii: true})).toBe('C3 H11 ?9 83% - deletion 4d - 14m');
	});

	test('says that it cannot know, and why', () => {
		const old = panel({id: 'kms', title: 'KMS keys', group: 'keys and secrets', snapshots: [snapshot('kms', 'us-east-1', 14 * minute)]});
		const problems = [{id: 'credentials', severity: 'error', text: 'x', since: now}] as const;
		expect(statusLine({...overview, counts: counts({}), panels: [old], problems}, now)).toBe('vedette: no data for 14 m (log in)');
		expect(statusLine({...overview, panels: [old]}, now)).toBe('vedette: no data for 14 m · was ■3 ▲11 ?9');
		expect(statusLine(firstOverview, now)).toBe('vedette: no data yet');
		expect(statusLine(undefined, now)).toBe('vedette: no daemon, no data');
	});

	test('runs nothing in tmux and nothing in a terminal', () => {
		const account = {accountId: '1', alias: '#(touch /tmp/x)\n\u001B[31m#[fg=red]', partition: 'aws'};
		expect(statusLine({...overview, account}, now, {format: '{account} {critical}{nonsense}'})).toBe(
			'##(touch /tmp/x)<000A><001B>[31m##[fg=red] 3{nonsense}',
		);
	});

	test('fills in a format', () => {
		expect(statusLine(overview, now, {format: '{critical}/{high}/{medium}/{low}/{unknown}/{muted} {score} {coverage} {due} {age}'})).toBe(
			'3/11/27/64/9/6 83 97 deletion 4d 14m',
		);
	});
});

describe('What a terminal can show', () => {
	test.each([
		[
			{TERM: 'xterm-256color', LANG: 'en_GB.UTF-8'},
			{colour: true, ascii: false},
		],
		[
			{TERM: 'xterm', LANG: 'C.utf8'},
			{colour: true, ascii: false},
		],
		[{TERM: 'xterm'}, {colour: true, ascii: false}],
		[
			{TERM: 'xterm', NO_COLOR: '1', LANG: 'C.UTF-8'},
			{colour: false, ascii: false},
		],
		[
			{TERM: 'dumb', LANG: 'C.UTF-8'},
			{colour: false, ascii: true},
		],
		[
			{TERM: 'xterm', LC_ALL: 'C'},
			{colour: true, ascii: true},
		],
		[
			{TERM: 'xterm', LANG: 'en_US.ISO-8859-1'},
			{colour: true, ascii: true},
		],
		[
			{TERM: 'linux', LANG: 'C.UTF-8'},
			{colour: true, ascii: true},
		],
	])('%o gives %o', (environment, theme) => {
		expect(detectTheme(environment)).toEqual({...theme, sgr: true});
	});
});

describe('Trends', () => {
	test('A trend that hardly moves looks as if it hardly moves', () => {
		expect(sparkline([80, 81, 80, 81], 8)).toBe('▁▂▁▂');
		expect(sparkline([0, 50, 100], 8)).toBe('▁▅█');
		expect(sparkline([50], 8)).toBe('');
		expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2)).toHaveLength(2);
	});
});
