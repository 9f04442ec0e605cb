import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ours, type Row} from '../../source/model/index.js';
import {lineWidth} from '../../source/view/line.js';
import {createLook} from '../../source/view/look.js';
import {drawScreen, type ScreenInput} from '../../source/view/screen.js';
import {paint, plainTheme} from '../../source/view/theme.js';
import {newList} from '../../source/view/ui-state.js';
import {changes, expirations, firstOverview, keyDetail, keyEntry, keyRows, now, overview} from './fixtures/account.js';
import {screenInput, tableInput, windowOf} from './fixtures/screens.js';

/** Strings that attack terminals, tables and eyes. */
const attacks = [
	'\u001B]52;c;ZXZpbA==\u0007',
	'\u001B[2J\u001B[31mred',
	'\u009B31m',
	'\u001B]8;;https://evil.example\u0007click\u001B]8;;\u0007',
	'a\nb\r\nc\td',
	'\u202Egpj.exe',
	'zero\u200Bwidth\u2060',
	'\u{E0041}\u{E0042}tags',
	'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
	'\u0301starts with a mark',
	'漢字の名前がとても長いので切られる',
	'👩‍👩‍👧‍👦 family 🇩🇪 flag',
	'नमस्ते ไทยแลนด์ مرحبا',
	'\uD800 lone',
	'x'.repeat(5000),
	'',
	' ',
	'#(touch /tmp/x)#[fg=red]',
];

const hostile = fc.oneof(
	fc.constantFrom(...attacks),
	fc.string({unit: 'binary', maxLength: 60}),
	fc.string({unit: 'grapheme', maxLength: 60}),
	fc.tuple(fc.constantFrom(...attacks), fc.string({maxLength: 20})).map(([a, b]) => a + b),
);

const renamed = (row: Row, name: string, reason: string): Row => ({
	...row,
	name,
	reason,
	awsRegion: name,
	kind: reason,
	cells: [name, reason, 1],
});

/** Every screen there is, with strings from outside put wherever one can be. */
const screensWith = (a: string, b: string): readonly ScreenInput[] => {
	const rows = keyRows.map(row => renamed(row, a, b));
	const account = {
		...overview,
		account: {accountId: a, alias: b, partition: 'aws'},
		regions: [a, b],
		problems: [{id: 'credentials', severity: 'error', text: a, fix: b, since: now}] as const,
		panels: overview.panels.map(panel => ({
			...panel,
			title: a,
			top: panel.top.map(row => renamed(row, b, a)),
			snapshots: panel.snapshots.map(each => ({
				...each,
				awsRegion: a,
				outcome: {...each.outcome, reason: b, refusals: each.outcome.refusals.map(refusal => ({...refusal, iamAction: a, message: b}))},
			})),
		})),
	};
	const entry = {
		...keyEntry,
		resource: {...keyEntry.resource, resourceName: a, arn: b, tags: {[a]: b}},
		judgements: keyEntry.judgements.map(judgement => ({...judgement, reason: a, evidence: {expected: a, observed: b, operation: a}})),
		facts: [[a, b]] as const,
	};
	const detail = {...keyDetail, entry, history: changes};
	const list = {...newList('urgency', true), filter: a, index: 1};
	return [
		screenInput({overview: account}),
		screenInput({overview: {...firstOverview, problems: account.problems}}),
		screenInput({overview: firstOverview}),
		screenInput({overview: account, state: {status: 'offline', reason: a}}),
		tableInput(rows, {overview: account, place: {at: 'table', service: 'kms', list}, prompt: {for: 'filter', text: a}}),
		tableInput(rows, {overview: account, panel: windowOf(rows, {filterError: b})}),
		screenInput({overview: account, place: {at: 'findings', list}, findings: windowOf(rows)}),
		screenInput({
			overview: account,
			place: {at: 'changes', list, since: now},
			changes: windowOf(changes.map(change => ({...change, resourceName: a, title: b}))),
		}),
		screenInput({
			overview: account,
			place: {at: 'timeline', list},
			expirations: windowOf(expirations.map(end => ({...end, name: a, what: b}))),
		}),
		screenInput({overview: account, place: {at: 'detail', key: 'k#kms-key-keep', scroll: 0, terraform: false}, detail}),
		screenInput({overview: account, place: {at: 'detail', key: 'k', scroll: 3, terraform: true}, detail: {...detail, entry: undefined}}),
		screenInput({overview: account, place: {at: 'json', key: 'k', scroll: 0}, detail}),
		screenInput({overview: account, place: {at: 'collectors', scroll: 0}}),
		screenInput({overview: account, prompt: {for: 'go-to', text: a}}),
		screenInput({overview: account, notice: {text: createLook({theme: plainTheme})(now).show(a), at: now, tone: 'told'}}),
		screenInput({place: {at: 'help', scroll: 0}, trail: [ours('help')], help: [{title: 'Move', keys: [{keys: '↑', label: 'up'}]}]}),
	];
};

const look = createLook({theme: plainTheme})(now);

describe('Every screen', () => {
	test('fits its size exactly, whatever the size and whatever the names', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 250}), fc.integer({min: 1, max: 70}), hostile, hostile, (columns, rows, a, b) => {
				for (const input of screensWith(a, b)) {
					const lines = drawScreen(input, look, {columns, rows});
					expect(lines).toHaveLength(rows);
					for (const line of lines) {
						expect(lineWidth(line)).toBe(columns);
					}
				}
			}),
			{numRuns: 25},
		);
	});

	test('holds no control character but our own colours, and each line ends plain', () => {
		const theme = {colour: true, ascii: false, sgr: true};
		fc.assert(
			fc.property(hostile, hostile, (a, b) => {
				for (const input of screensWith(a, b)) {
					for (const line of drawScreen(input, look, {columns: 120, rows: 40})) {
						const painted = paint(line, theme);
						expect(painted.replaceAll(/\u001B\[(?:0|1|2|7|1;31|33|35|32|1;36)m/gu, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
						expect(painted.lastIndexOf('\u001B[0m')).toBe(painted.lastIndexOf('\u001B['));
					}
				}
			}),
			{numRuns: 25},
		);
	});

	test('in ASCII is as wide as without, and nothing but ASCII', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 150}), hostile, (columns, a) => {
				for (const input of screensWith(a, a)) {
					for (const line of drawScreen(input, look, {columns, rows: 20})) {
						const painted = paint(line, {...plainTheme, ascii: true});
						expect(painted).toMatch(/^[\x20-\x7E]*$/u);
						expect(painted).toHaveLength(columns);
					}
				}
			}),
			{numRuns: 25},
		);
	});

	test('takes 0 by 0 and 10,000 by 10,000 without a word', () => {
		for (const input of screensWith('a', 'b')) {
			expect(drawScreen(input, look, {columns: 0, rows: 0})).toHaveLength(0);
			expect(drawScreen(input, look, {columns: 2000, rows: 500})).toHaveLength(500);
		}

		expect(drawScreen(screenInput(), look, {columns: 10_000, rows: 10_000})).toHaveLength(10_000);
	});
});
