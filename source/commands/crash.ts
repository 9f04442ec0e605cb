import {withoutCredentials} from '../daemon/log.js';
import {safeText} from '../model/index.js';
import {exitCode} from './exit-code.js';
import type {Io} from './io.js';

/** Says what went wrong: in a sentence where it is known what to do, with the stack where it is a mistake of ours. */
export const explainCrash = (error: unknown, io: Io): number => {
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	io.note(`vedette: this is a mistake in Vedette itself. Please report it with these lines:`);
	for (const line of withoutCredentials(stack).split('\n').slice(0, 20)) {
		io.note(safeText(line));
	}

	return exitCode.software;
};
