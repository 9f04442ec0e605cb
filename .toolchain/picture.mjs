// Draws a terminal program's screen as an SVG: runs it in a pseudo-terminal, types keys, waits, and draws what stands there.
//   node .toolchain/picture.mjs OUT.svg COLUMNSxROWS 'keys,with,waits' -- COMMAND ARG...
// Keys are sent one after the other; a number among them waits that many milliseconds, and `enter`, `esc` name keys.
import {writeFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

const [out, size, keys] = process.argv.slice(2);
const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
const [columns, rows] = size.split('x').map(Number);
const named = {enter: '\r', esc: '\u001B', tab: '\t', down: '\u001B[B', up: '\u001B[A', left: '\u001B[D', right: '\u001B[C'};

const terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
const child = pty.spawn(command, args, {
	cols: columns,
	rows,
	name: 'xterm-256color',
	env: {...process.env, COLORTERM: 'truecolor', FORCE_COLOR: '3'},
});
child.onData(text => terminal.write(text));
for (const key of keys.split(',').filter(Boolean)) {
	if (/^\d+$/u.test(key)) {
		await wait(Number(key));
	} else {
		child.write(named[key] ?? key);
		await wait(150);
	}
}

await new Promise(resolve => terminal.write('', resolve));

const palette = [
	'#1b1f27',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#abb2bf',
	'#5c6370',
	'#ff7b86',
	'#b5e890',
	'#ffd68a',
	'#82c4ff',
	'#e29bf2',
	'#7fd9e5',
	'#ffffff',
];
const cube = [0, 95, 135, 175, 215, 255];
const hex = value => value.toString(16).padStart(2, '0');
const indexed = index =>
	index < 16
		? palette[index]
		: index < 232
			? `#${[Math.floor((index - 16) / 36), Math.floor(((index - 16) % 36) / 6), (index - 16) % 6].map(step => hex(cube[step])).join('')}`
			: `#${hex(8 + (index - 232) * 10).repeat(3)}`;
const colour = (isDefault, isRgb, value, fallback) =>
	isDefault ? fallback : isRgb ? `#${value.toString(16).padStart(6, '0')}` : indexed(value);
const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const cellWidth = 8.43;
const cellHeight = 18;
const pad = 12;
const background = '#14171c';
const shapes = [];
const texts = [];
for (let y = 0; y < rows; y++) {
	const line = terminal.buffer.active.getLine(y);
	for (let x = 0; x < columns; ) {
		const cell = line.getCell(x);
		const style = c => {
			let front = colour(c.isFgDefault(), c.isFgRGB(), c.getFgColor(), '#c8ccd4');
			let back = colour(c.isBgDefault(), c.isBgRGB(), c.getBgColor(), background);
			if (c.isInverse()) {
				[front, back] = [back, front];
			}

			return {front, back, bold: Boolean(c.isBold()), dim: Boolean(c.isDim()), underline: Boolean(c.isUnderline())};
		};
		const look = JSON.stringify(style(cell));
		const startX = x;
		let text = '';
		while (x < columns) {
			const next = line.getCell(x);
			if (JSON.stringify(style(next)) !== look) {
				break;
			}

			text += next.getChars() || ' ';
			x += Math.max(1, next.getWidth());
		}

		const {front, back, bold, dim, underline} = JSON.parse(look);
		const left = (pad + startX * cellWidth).toFixed(1);
		if (back !== background) {
			shapes.push(
				`<rect x="${left}" y="${pad + y * cellHeight}" width="${((x - startX) * cellWidth).toFixed(1)}" height="${cellHeight}" fill="${back}"/>`,
			);
		}

		if (text.trim() !== '') {
			texts.push(
				`<text x="${left}" y="${pad + y * cellHeight + 13.5}" textLength="${((x - startX) * cellWidth).toFixed(1)}" lengthAdjust="spacingAndGlyphs" fill="${front}"${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}${underline ? ' text-decoration="underline"' : ''}>${escaped(text)}</text>`,
			);
		}
	}
}

const width = Math.ceil(columns * cellWidth + 2 * pad);
const height = rows * cellHeight + 2 * pad;
writeFileSync(
	out,
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve" role="img"><title>A terminal running ${escaped(
		[command, ...args]
			.slice(1)
			.join(' ')
			.replace(/^dist.cli.js/u, 'vedette'),
	)}</title><rect width="100%" height="100%" rx="8" fill="${background}"/>${shapes.join('')}${texts.join('')}</svg>\n`,
);
child.write('q');
const ended = new Promise(resolve => child.onExit(resolve));
if ((await Promise.race([ended, wait(5000, 'late')])) === 'late') {
	child.kill();
}

process.exit(0);
