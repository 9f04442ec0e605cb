import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bytesOf, textOf} from '../../source/export/bytes.js';
import {readObject, readObjects} from '../../source/export/raw-json.js';

test('reads the members of any object as JSON wrote them', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string({unit: 'binary'}), fc.jsonValue()), fc.string(), (object, after) => {
			const text = JSON.stringify(object);
			const read = readObject(text + after, 0);
			const members = [...(read?.members() ?? [])].map(([name, value]) => [JSON.parse(`"${name}"`), JSON.parse(value)]);
			expect(read?.end).toBe(text.length);
			expect(members).toEqual(Object.entries(JSON.parse(text)));
		}),
	);
});

test('finds a member in whatever order it is asked for', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue()),
			fc.array(fc.stringMatching(/^[a-z]{1,3}$/)),
			(object, others) => {
				const read = readObject(JSON.stringify(object), 0);
				for (const name of [...others, ...Object.keys(object).toReversed(), ...Object.keys(object), ...others]) {
					expect(read?.get(name)).toBe(Object.hasOwn(object, name) ? JSON.stringify(object[name]) : undefined);
				}
			},
		),
	);
});

test('takes members in one piece where they stand so', () => {
	const read = readObject('{"a":1,"b":"two","c":[3]}', 0);
	expect(read?.run(['b', 'c'])).toBe('"b":"two","c":[3]');
	expect(read?.run(['a', 'b'])).toBe('"a":1,"b":"two"');
	expect(read?.run(['c'])).toBe('"c":[3]');
	for (const others of [['a', 'c'], ['c', 'a'], ['c', 'd'], ['d'], []]) {
		expect(read?.run(others)).toBeUndefined();
	}

	expect(read?.get('a')).toBe('1');
});

test('reads every object of an array', () => {
	fc.assert(
		fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), objects => {
			const text = `:${JSON.stringify(objects)}`;
			expect([...readObjects(text, 1)].map(({size}) => size)).toEqual(objects.map(object => Object.keys(object).length));
		}),
	);
});

test('is not at a loss over any text, and stops before a member that is asked for', () => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), text => readObject(`{${text}`, 0) === undefined || text.includes('}')));
	const until = readObject('{"a":1,"b":{"c":2}}', 0, 'b');
	expect([...(until?.members() ?? [])]).toEqual([['a', '1']]);
	expect(until?.end).toBe(11);
	expect(readObject('[]', 0)).toBeUndefined();
	expect(readObject('{"a":', 0)).toBeUndefined();
});

test('bytes and text are two forms of the same', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), text => {
			expect(textOf(bytesOf(text))).toBe(text);
			expect(Buffer.from(bytesOf(text), 'latin1')).toEqual(Buffer.from(text));
		}),
	);
});
