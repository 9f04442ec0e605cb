import type {Socket} from 'node:net';
import type {DaemonFrame} from '../model/index.js';
import type {AnswerText} from './shared-answers.js';

/** What may wait for a viewer in the daemon's memory, in characters, besides one answer. */
export const viewerBacklog = 4 * 1024 * 1024;

/** A viewer that takes nothing for this long is gone, whatever its socket says. */
export const viewerPatienceMs = 30_000;

/** The daemon's end of one viewer's connection: what it is told never piles up. */
export type Outlet = {
	/** Tells the latest answer to a watch. One that was not sent yet is replaced, not followed. */
	answer(id: number, answer: AnswerText): void;
	/** Forgets what has not been sent yet of a watch. */
	forget(id: number): void;
	/** Tells it once. Resolves when there is room for more. */
	tell(frame: DaemonFrame): Promise<void>;
	/** Tells an answer to a question once. Resolves when there is room for more. */
	tellAnswer(id: number, answer: AnswerText): Promise<void>;
	/** Since when the viewer has taken nothing of what waits for it, by the monotonic clock. */
	readonly stuckSinceMs: () => number | undefined;
};

const answerLine = (id: number, answer: AnswerText): string => `{"say":"answer","id":${id},"answer":${answer}}\n`;

export const createOutlet = (socket: Socket): Outlet => {
	const latest = new Map<number, AnswerText>();
	const roomFor: Array<() => void> = [];
	let stuckSinceMs: number | undefined;

	const write = (line: string): void => {
		if (socket.destroyed || socket.writableEnded) {
			return;
		}

		stuckSinceMs ??= performance.now();
		socket.write(line, () => {
			stuckSinceMs = socket.writableLength === 0 ? undefined : performance.now();
			flush();
		});
	};

	/** Only when the kernel has taken all that was written: till then a newer answer may replace the one that waits. */
	const flush = (): void => {
		for (const [id, answer] of latest) {
			if (socket.writableLength > 0) {
				break;
			}

			latest.delete(id);
			write(answerLine(id, answer));
		}

		if (socket.destroyed || socket.writableLength < viewerBacklog) {
			for (const go of roomFor.splice(0)) {
				go();
			}
		}
	};

	const room = async (): Promise<void> =>
		socket.writableLength < viewerBacklog || socket.destroyed
			? undefined
			: new Promise(resolve => {
					roomFor.push(resolve);
				});

	socket.once('close', () => {
		latest.clear();
		flush();
	});

	return {
		answer(id, answer) {
			latest.set(id, answer);
			flush();
		},
		forget(id) {
			latest.delete(id);
		},
		async tell(frame) {
			write(`${JSON.stringify(frame)}\n`);
			return room();
		},
		async tellAnswer(id, answer) {
			write(answerLine(id, answer));
			return room();
		},
		stuckSinceMs: () => stuckSinceMs,
	};
};
