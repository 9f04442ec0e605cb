import {createHash, createHmac} from 'node:crypto';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Sha256} from '../../source/collect/sha256.js';

const chunk = fc.oneof(fc.string({unit: 'binary'}), fc.uint8Array());
const secret = fc.oneof(fc.string({unit: 'grapheme', minLength: 1}), fc.uint8Array({minLength: 1}));

test('hashes as Node.js does, with a secret and without', async () => {
	await fc.assert(
		fc.asyncProperty(fc.option(secret, {nil: undefined}), fc.array(chunk), async (key, chunks) => {
			const expected = key === undefined ? createHash('sha256') : createHmac('sha256', key);
			const hash = new Sha256(key);
			for (const one of chunks) {
				expected.update(one);
				hash.update(one);
			}

			expect(Buffer.from(await hash.digest())).toEqual(expected.digest());
			hash.reset();
			hash.update('again');
			const again = key === undefined ? createHash('sha256') : createHmac('sha256', key);
			expect(Buffer.from(await hash.digest())).toEqual(again.update('again').digest());
		}),
	);
});

test('takes a part of a buffer for that part, and a buffer for all of it', async () => {
	const bytes = Uint8Array.from({length: 64}, (_, index) => index);
	const part = new Sha256(bytes.subarray(8, 40));
	part.update(bytes.subarray(3, 9));
	expect(Buffer.from(await part.digest())).toEqual(createHmac('sha256', bytes.slice(8, 40)).update(bytes.slice(3, 9)).digest());
	const whole = new Sha256(bytes.buffer);
	whole.update(bytes.buffer);
	expect(Buffer.from(await whole.digest())).toEqual(createHmac('sha256', bytes).update(bytes).digest());
});
