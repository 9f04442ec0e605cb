import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Texts} from '../../source/store/column.js';

test('one copy of a text is the text, however many it has seen', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 4}), fc.array(fc.string({maxLength: 2})), (most, all) => {
			const texts = new Texts(most);
			expect(all.map(text => texts.one(text))).toEqual(all);
		}),
	);
});
