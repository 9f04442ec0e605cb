import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import type {FrameSource} from '../../source/tui/frame-source.js';
import {Keys, Lines} from '../../source/tui/lines.js';

const aSource = (first: readonly string[]) => {
	let frame = first;
	const listeners = new Set<() => void>();
	const pressed: string[] = [];
	const source: FrameSource = {
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		frame: () => frame,
		resize() {},
		press: key => pressed.push(key),
		close() {},
	};
	return {
		source,
		pressed,
		listeners,
		show(next: readonly string[]) {
			frame = next;
			for (const listener of listeners) {
				listener();
			}
		},
	};
};

test('shows the lines of a frame, and the next ones when they come', async () => {
	const {source, show} = aSource(['one', 'two']);
	const {lastFrame, unmount} = render(<Lines source={source} />);
	expect(lastFrame()).toBe('one\ntwo');
	show(['one', 'three']);
	await expect.poll(lastFrame).toBe('one\nthree');
	unmount();
});

test('lets go of its source when it is gone', async () => {
	const {source, listeners} = aSource(['one']);
	const {unmount} = render(<Lines source={source} />);
	await expect.poll(() => listeners.size).toBe(1);
	unmount();
	await expect.poll(() => listeners.size).toBe(0);
});

test('keys reach the source by name', async () => {
	const {source, pressed} = aSource([]);
	const {stdin, unmount} = render(<Keys source={source} onSuspender={() => {}} />);
	// Ink listens from its first effect on.
	await expect
		.poll(() => {
			stdin.write('j');
			return pressed;
		})
		.toContain('j');
	stdin.write('\u001B[B');
	await expect.poll(() => pressed).toContain('down');
	stdin.write('\r');
	await expect.poll(() => pressed).toContain('enter');
	unmount();
});
