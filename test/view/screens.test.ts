import {describe, expect, test} from 'vitest';
import {ours} from '../../source/model/index.js';
import type {ScreenInput} from '../../source/view/screen.js';
import {plainTheme} from '../../source/view/theme.js';
import {newList} from '../../source/view/ui-state.js';
import {
	calmOverview,
	changes,
	crowdedOverview,
	earlier,
	expirations,
	firstOverview,
	keyDetail,
	keyRows,
	later,
	overview,
	panel,
	snapshot,
} from './fixtures/account.js';
import {drawn, screenInput, tableInput, windowOf} from './fixtures/screens.js';

const sizes = [
	{columns: 40, rows: 10},
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 50},
] as const;

const detailPlace: Partial<ScreenInput> = {
	place: {at: 'detail', key: 'k', scroll: 0, terraform: false},
	trail: [ours('KMS keys'), ours('prod/payments')],
	detail: keyDetail,
};

const atEverySize: Readonly<Record<string, ScreenInput>> = {
	overview: screenInput(),
	crowded: screenInput({overview: crowdedOverview, place: {at: 'overview', panel: 'route53'}}),
	table: tableInput(keyRows),
	detail: screenInput(detailPlace),
};

describe.each(Object.entries(atEverySize))('The %s', (name, input) => {
	test.each(sizes)('at $columns by $rows looks as it was looked at', async size => {
		await expect(drawn(input, size)).toMatchFileSnapshot(`golden/${name}-${size.columns}x${size.rows}.txt`);
	});
});

const denied = panel({
	id: 'kms',
	title: 'KMS keys',
	group: 'keys and secrets',
	snapshots: [
		snapshot('kms', 'us-east-1', 0, 'denied', {
			capturedAt: undefined,
			outcome: {
				status: 'denied',
				durationMs: 90,
				calls: 1,
				refusals: [
					{status: 'denied', operation: 'ListKeys', iamAction: 'kms:ListKeys', error: 'AccessDeniedException', message: 'no', count: 1},
				],
			},
		}),
	],
});

const credentials = {
	id: 'credentials',
	severity: 'error',
	text: 'The SSO session of profile prod has ended',
	fix: 'aws sso login --profile prod',
	since: earlier(720_000),
} as const;

const oneSize: Readonly<Record<string, ScreenInput>> = {
	calm: screenInput({overview: calmOverview, place: {at: 'overview', panel: 'secretsmanager'}}),
	denied: screenInput({overview: {...overview, panels: [denied, ...overview.panels.slice(1)]}}),
	'logged-out': screenInput({
		overview: {
			...overview,
			problems: [credentials],
			panels: overview.panels.map(summary => ({
				...summary,
				snapshots: summary.snapshots.map(each => ({
					...each,
					capturedAt: earlier(840_000),
					outcome: {...each.outcome, status: 'unauthenticated' as const},
				})),
			})),
		},
	}),
	'first-run': screenInput({overview: firstOverview}),
	'no-credentials': screenInput({overview: {...firstOverview, problems: [credentials]}}),
	connecting: screenInput({overview: undefined, state: {status: 'connecting'}}),
	disconnected: screenInput({state: {status: 'lost', since: earlier(12_000), retryAt: later(3000), reason: 'the socket was closed'}}),
	empty: tableInput([]),
	'nothing-matches': tableInput([], {place: {at: 'table', service: 'kms', list: {...newList('urgency', true), filter: 'nosuch'}}}),
	'filter-error': tableInput(keyRows, {
		place: {at: 'table', service: 'kms', list: {...newList('urgency', true), filter: 'sev>'}},
		prompt: {for: 'filter', text: 'sev>'},
		panel: windowOf(keyRows, {filterError: 'sev> wants a severity, such as sev>=high'}),
	}),
	'go-to': screenInput({prompt: {for: 'go-to', text: 'in'}}),
	changes: screenInput({
		place: {at: 'changes', list: newList('since', true), since: earlier(259_200_000)},
		trail: [ours('changes')],
		changes: windowOf(changes),
	}),
	timeline: screenInput({
		place: {at: 'timeline', list: newList('due', false)},
		trail: [ours('timeline')],
		expirations: windowOf(expirations),
	}),
	findings: screenInput({
		place: {at: 'findings', list: newList('urgency', true)},
		trail: [ours('findings')],
		findings: windowOf(overview.panels.flatMap(({top}) => top)),
	}),
	collectors: screenInput({place: {at: 'collectors', scroll: 0}, trail: [ours('collectors')]}),
	json: screenInput({...detailPlace, place: {at: 'json', key: 'k', scroll: 0}}),
	terraform: screenInput({...detailPlace, place: {at: 'detail', key: 'k', scroll: 0, terraform: true}}),
};

describe('At 100 by 24', () => {
	test.each(Object.entries(oneSize))('the screen %s looks as it was looked at', async (name, input) => {
		await expect(drawn(input, {columns: 100, rows: 24})).toMatchFileSnapshot(`golden/${name}.txt`);
	});

	test('the overview with sixteen colours looks as it was looked at', async () => {
		const theme = {colour: true, ascii: false, sgr: true};
		await expect(drawn(screenInput(), {columns: 100, rows: 24}, theme).replaceAll('\u001B', '^[')).toMatchFileSnapshot(
			'golden/overview-colour.txt',
		);
	});

	test('the overview without colour and in ASCII holds nothing but printable ASCII', async () => {
		const text = drawn(screenInput(), {columns: 100, rows: 24}, {...plainTheme, ascii: true});
		expect(text).toMatch(/^[\x20-\x7E\n]*$/u);
		await expect(text).toMatchFileSnapshot('golden/overview-ascii.txt');
	});

	test('NO_COLOR leaves bold and dim, and no colour', () => {
		const text = drawn(screenInput(), {columns: 100, rows: 24}, {colour: false, ascii: false, sgr: true});
		expect(text).not.toMatch(/\u001B\[[^m]*3\d/u);
		expect(text).toContain('\u001B[1m');
	});
});

describe('What the screens must never do', () => {
	test('A panel of which a part is unread, or not yet read, is not quiet, however well the rest is', () => {
		const reading = (collecting: readonly string[]) =>
			drawn(screenInput({overview: {...calmOverview, traffic: {...calmOverview.traffic, collecting}}}), {columns: 120, rows: 40});
		const quietLine = (screen: string) => screen.split('\n').find(line => line.includes('quiet')) ?? '';
		expect(quietLine(reading([]))).toContain('KMS keys');
		const screen = reading(['kms eu-west-1']);
		expect(quietLine(screen)).not.toContain('KMS keys');
		expect(screen).toContain('reading eu-west-1');
		const partial = {
			...calmOverview,
			panels: calmOverview.panels.map(each => ({
				...each,
				snapshots: each.snapshots.map(one => ({...one, outcome: {...one.outcome, status: 'partial' as const}})),
			})),
		};
		const seen = drawn(screenInput({overview: partial}), {columns: 120, rows: 40});
		expect(seen).not.toMatch(/quiet|nothing here|all well/u);
		expect(seen).toContain('nothing wrong seen');
		// That it is off where it was looked first says nothing of the Region that is looked at now.
		const off = {
			...calmOverview,
			traffic: {...calmOverview.traffic, collecting: calmOverview.panels.map(({id}) => `${id} eu-west-1`)},
			panels: calmOverview.panels.map(each => ({
				...each,
				snapshots: each.snapshots
					.slice(0, 1)
					.map(one => ({...one, awsRegion: 'ap-south-1', outcome: {...one.outcome, status: 'not-enabled' as const}})),
			})),
		};
		const looked = drawn(screenInput({overview: off}), {columns: 120, rows: 40});
		expect(looked).toContain('reading eu-west-1');
		expect(looked).not.toContain('not enabled');
		// Read again is not unread.
		expect(quietLine(reading(['kms us-east-1']))).toContain('KMS keys');
	});

	test('A panel that was never read shows no numbers and no total', () => {
		const text = drawn(screenInput({overview: {...overview, panels: [denied]}}), {columns: 100, rows: 24});
		expect(text).toContain('first time');
		const beside = drawn(screenInput({overview: {...overview, panels: [denied, ...overview.panels.slice(1)]}}), {columns: 100, rows: 24});
		expect(beside).toContain('denied kms:ListKeys');
		expect(beside).toMatch(/KMS keys ─+ not read yet/u);
	});

	test('A Region that was never read makes the others no older', () => {
		const [refused] = denied.snapshots;
		const [first, ...others] = overview.panels;
		if (refused === undefined || first === undefined) {
			throw new TypeError('The fixtures have lost their panels');
		}

		const partly = {...first, snapshots: [...first.snapshots, {...refused, awsRegion: 'eu-south-1'}]};
		const text = drawn(screenInput({overview: {...overview, panels: [partly, ...others]}}), {columns: 200, rows: 50});
		expect(text).not.toMatch(/KMS keys ─+ [^╮]*stale/u);
	});

	test('The score never stands without its coverage, at any width', () => {
		for (let columns = 20; columns <= 220; columns++) {
			const text = drawn(screenInput(), {columns, rows: 30});
			expect(text.includes('Score') ? /Score .*(coverage 97 %|97 % read)/u.test(text) : true, `${columns} columns`).toBe(true);
		}
	});

	test('Every line below the banner of a lost daemon is dim', () => {
		const lines = drawn(oneSize['disconnected'] ?? screenInput(), {columns: 100, rows: 24}, {colour: true, ascii: false, sgr: true}).split(
			'\n',
		);
		expect(lines[0]).toContain('daemon gone 12 s · last read 20:41 · run vedette again to start one');
		for (const line of lines.slice(1, -1)) {
			expect(line).not.toMatch(/\u001B\[(?!2m|0m)/u);
		}
	});

	test('An old panel says how old, and its counts are dim', () => {
		const lines = drawn(screenInput(), {columns: 120, rows: 40}, {colour: true, ascii: false, sgr: true}).split('\n');
		expect(lines.join('\n')).toContain('stale 14 m');
		expect(lines.find(line => line.includes('(as of'))).toContain('\u001B[2m│ ▲ 1   ◆ 6   (as of 20:27)');
	});
});
