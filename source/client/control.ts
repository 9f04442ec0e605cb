import type {DaemonFrame} from '../model/protocol.js';
import {type Connection, noDaemon, openConnection} from './connection.js';

/** `running`: whether there was a daemon to tell. `text` is a sentence. */
export type Told = {readonly done: boolean; readonly running: boolean; readonly text: string};

/** The daemon drains for up to 10 s before it ends. */
const stopMs = 15_000;

/**
 * Tells the daemon to stop, and waits until it has; or to read its configuration anew. Never rejects.
 * `done` is false where there is no daemon, where it does not do it, or where it takes more than 15 s.
 */
export const tellDaemon = async (runtimeDir: string, version: string, what: 'stop' | 'reload'): Promise<Told> => {
	let text: string | undefined;
	let settle: (told: Told) => void = () => {};
	const told = new Promise<Told>(resolve => {
		settle = resolve;
	});
	const onFrame = (frame: DaemonFrame): void => {
		if (frame.say === 'error') {
			settle({done: false, running: true, text: frame.error});
		} else if (frame.say === 'done') {
			({text} = frame);
			if (what === 'reload') {
				settle({done: true, running: true, text});
			}
		}
	};

	const opened: Connection | string = await openConnection({
		runtimeDir,
		version,
		onFrame,
		onEnd: reason =>
			settle(
				text === undefined ? {done: false, running: true, text: reason} : {done: true, running: false, text: 'The daemon has stopped'},
			),
	});
	if (typeof opened === 'string') {
		return {done: false, running: opened !== noDaemon, text: opened};
	}

	const timer = setTimeout(() => settle({done: false, running: true, text: 'The daemon does not answer'}), stopMs);
	opened.say({say: what, id: 1});
	const result = await told;
	clearTimeout(timer);
	opened.close();
	if (what === 'stop' && result.done) {
		await ended(opened.pid);
	}

	return result;
};

/** Its socket goes before its lock does: one who starts a daemon right after stopping one must find the lock free. */
const ended = async (pid: number): Promise<void> => {
	const until = performance.now() + stopMs;
	while (pid !== process.pid && lives(pid) && performance.now() < until) {
		await new Promise(resolve => {
			setTimeout(resolve, 10);
		});
	}
};

const lives = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};
