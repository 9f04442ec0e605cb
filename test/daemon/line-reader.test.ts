import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createLineReader} from '../../source/model/index.js';

test('lines come out as they went in, however the stream was cut', () => {
	const line = fc.string({unit: 'binary', maxLength: 50}).map(text => text.replaceAll('\n', ''));
	fc.assert(
		fc.property(fc.array(line, {maxLength: 20}), fc.array(fc.nat(40), {maxLength: 60}), (lines, cuts) => {
			const read = createLineReader(200);
			let stream = lines.map(text => `${text}\n`).join('');
			const out: string[] = [];
			for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
				out.push(...(read(stream.slice(0, cut)) ?? ['overflow']));
				stream = stream.slice(cut);
			}

			expect(out).toEqual(lines);
		}),
	);
});

test('a line is refused as soon as it is too long, in one chunk or in many, ended or not', () => {
	expect(createLineReader(3)('abc\n')).toEqual(['abc']);
	expect(createLineReader(3)('abcd')).toBeUndefined();
	expect(createLineReader(3)('abcd\n')).toBeUndefined();
	const read = createLineReader(3);
	expect(read('ab')).toEqual([]);
	expect(read('cd')).toBeUndefined();
});
