import headless from '@xterm/headless';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {safeText} from '../../source/model/index.js';
import {diffFrames} from '../../source/tui/frame-diff.js';
import {fitLine, type Line, type Style, span} from '../../source/view/line.js';
import {paint} from '../../source/view/theme.js';
import {widthOf} from '../../source/view/width.js';

const columns = 24;
const rows = 6;
const theme = {colour: true, ascii: false, sgr: true};

/** What a terminal shows: characters with their colours and weights. */
const screenOf = (terminal: headless.Terminal): readonly string[] => {
	const {active} = terminal.buffer;
	return Array.from({length: rows}, (_, row) => {
		const line = active.getLine(active.baseY + row);
		return Array.from({length: columns}, (__, column) => {
			const cell = line?.getCell(column);
			const text = cell?.getChars() || ' ';
			return `${text}${cell?.isBold() ? 'b' : ''}${cell?.isDim() ? 'd' : ''}${cell?.isInverse() ? 'i' : ''}${cell?.getFgColor() ?? ''}`;
		}).join('|');
	});
};

const write = async (terminal: headless.Terminal, text: string): Promise<void> =>
	new Promise(resolve => {
		terminal.write(text, resolve);
	});

const style = fc.constantFrom<Style>('plain', 'dim', 'strong', 'accent', 'critical', 'high', 'unknown', 'pass', 'cursor');
const text = fc.oneof(
	fc.constantFrom('', ' ', '────', '■ 1', 'api.acme.com', '   ', '漢字', '👍', 'e\u0301', 'नमस्ते', '41 s', '42 s', '…'),
	fc.string({maxLength: 12}),
);
const line = fc.array(fc.tuple(text, style), {maxLength: 4}).map(
	(pieces): Line =>
		fitLine(
			pieces.map(([raw, its]) => span(safeText(raw), its)),
			columns,
		),
);
const frame = fc.array(line, {minLength: rows, maxLength: rows}).map(lines => lines.map(each => paint(each, theme)));

test('A terminal that is told only what changed shows the same as one that is told everything', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(frame, {minLength: 2, maxLength: 5}), async frames => {
			const told = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
			let before: readonly string[] | undefined;
			for (const next of frames) {
				await write(told, diffFrames(before, next, columns, widthOf));
				before = next;
				const whole = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
				await write(whole, diffFrames(undefined, next, columns, widthOf));
				expect(screenOf(told)).toEqual(screenOf(whole));
			}
		}),
		{numRuns: 150},
	);
});

test('Lines that moved are moved, and all else is as painted', async () => {
	const lines = fc.uniqueArray(
		line.map(each => paint(each, theme)),
		{minLength: 20, maxLength: 24},
	);
	const tall = 20;
	const of = (terminal: headless.Terminal): readonly string[] =>
		Array.from({length: tall}, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(false) ?? '');
	await fc.assert(
		fc.asyncProperty(lines, fc.integer({min: 0, max: 9}), fc.integer({min: -3, max: 3}), fc.boolean(), async (all, from, by, changes) => {
			const before = all.slice(0, tall);
			const after = before.map((each, row) => (row >= from && row < tall - 2 ? (all[(row + by + all.length) % all.length] ?? '') : each));
			if (changes) {
				after[from + 3] = 'something else';
			}

			const told = new headless.Terminal({cols: columns, rows: tall, allowProposedApi: true});
			const whole = new headless.Terminal({cols: columns, rows: tall, allowProposedApi: true});
			await write(told, diffFrames(undefined, before, columns, widthOf));
			await write(told, diffFrames(before, after, columns, widthOf));
			await write(whole, diffFrames(undefined, after, columns, widthOf));
			expect(of(told)).toEqual(of(whole));
		}),
		{numRuns: 200},
	);
});

test('A list that scrolls by a line costs the new line and some twenty bytes', () => {
	const rowsOf = (from: number): readonly string[] => Array.from({length: 40}, (_, index) => `row ${from + index} ${'·'.repeat(150)}`);
	const written = diffFrames(['head', ...rowsOf(0), 'foot'], ['head', ...rowsOf(1), 'foot'], 200, widthOf);
	expect(written.startsWith('\u001B[2;41r\u001B[1S\u001B[r')).toBe(true);
	expect(Buffer.byteLength(written)).toBeLessThan(360);
});

test('A first frame shows what was painted', async () => {
	const terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
	await write(terminal, 'what was there before\r\nand below');
	const painted = ['■ one', 'two', '', '漢字 wide', 'x'.repeat(columns), '   end'];
	await write(terminal, diffFrames(undefined, painted, columns, widthOf));
	const lines = painted.map((_, row) => terminal.buffer.active.getLine(row)?.translateToString(true));
	expect(lines).toEqual(['■ one', 'two', '', '漢字 wide', 'x'.repeat(columns), '   end']);
});

test('Equal frames write nothing', () => {
	expect(diffFrames(['a', 'b'], ['a', 'b'], columns, widthOf)).toBe('');
});

test('A clock that ticks costs its own cells and the way to them', () => {
	const before = `╭${'─'.repeat(150)} 41 s ─╮`;
	const after = `╭${'─'.repeat(150)} 42 s ─╮`;
	const written = diffFrames([before], [after], 200, widthOf);
	expect(written).toBe('\u001B[1;154H2');
});

test('A line that terminals measure differently is written whole, with its place said after each such character', () => {
	const written = diffFrames(['नमस्ते x'], ['नमस्ते y'], columns, widthOf);
	expect(written.startsWith('\u001B[1H\u001B[K')).toBe(true);
	expect(written).toContain('G y');
});
