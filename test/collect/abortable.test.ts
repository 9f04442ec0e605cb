import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {abortable} from '../../source/collect/abortable.js';

test('What is waited for comes through, be it a result or a failure', async () => {
	const inTime = abortable(new AbortController().signal);
	await expect(inTime(Promise.resolve(1))).resolves.toBe(1);
	await expect(inTime(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('What never comes is waited for until the signal aborts, and nothing after that', async () => {
	const controller = new AbortController();
	const inTime = abortable(controller.signal);
	await inTime(Promise.resolve());
	const hanging = inTime(new Promise(() => {}));
	controller.abort(new Error('late'));
	await expect(hanging).rejects.toThrow('late');
	await expect(inTime(new Promise(() => {}))).rejects.toThrow('late');
});

test('What came through is not kept', async () => {
	setFlagsFromString('--expose-gc');
	// The flag gives new contexts a collector; its type is known from Node's own documentation.
	const collectGarbage = runInNewContext('gc') as () => void;
	const inTime = abortable(new AbortController().signal);
	const seen: Array<WeakRef<object>> = [];
	for (let index = 0; index < 10; index++) {
		seen.push(new WeakRef(await inTime(Promise.resolve({index}))));
	}

	await expect
		.poll(() => {
			collectGarbage();
			// The last one may still be in a register.
			return seen.filter(one => one.deref() !== undefined).length;
		})
		.toBeLessThanOrEqual(1);
});
