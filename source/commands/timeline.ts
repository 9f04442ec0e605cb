import {type ExpirationRow, maxWindow, safeText, type Watcher} from '../model/index.js';
import {createLook} from '../view/look.js';
import {plainTheme} from '../view/theme.js';
import {relative} from '../view/time.js';
import {writeArray} from './changes.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {openRunning} from './open-watcher.js';
import {redactorFor} from './redaction.js';

/** What ends within that time, soonest first, and what has ended already: a line each, or one JSON array. */
export const timeline = async (flags: GlobalFlags & {readonly within?: number}, io: Io): Promise<number> => {
	const watcher = await openRunning(flags, io);
	if (typeof watcher === 'string') {
		io.note(safeText(`vedette: ${watcher}`));
		return exitCode.unavailable;
	}

	try {
		const now = io.now();
		const until = new Date(Date.parse(now) + (flags.within ?? 90 * 86_400_000)).toISOString();
		const redactor = await redactorFor(flags, io);
		if (flags.json === true) {
			await writeArray(read(watcher, until), row => JSON.stringify(redactor?.expiration(row) ?? row), io);
			return exitCode.clean;
		}

		const look = createLook({theme: {...plainTheme, ascii: flags.ascii === true}})(now);
		let seen = 0;
		for await (const found of read(watcher, until)) {
			const row = redactor?.expiration(found) ?? found;
			seen++;
			const words = [
				look.show(row.at.slice(0, 10)),
				relative(row.at, now).padStart(10),
				look.show(row.what).padEnd(18),
				look.show(row.awsRegion).padEnd(14),
				look.show(row.name),
			];
			await io.out(`${words.join('  ')}${row.stale ? '  (stale)' : ''}\n`);
		}

		if (seen === 0) {
			io.note('Nothing that was read ends by then.');
		}

		return exitCode.clean;
	} finally {
		await watcher.close();
	}
};

async function* read(watcher: Watcher, until: string): AsyncGenerator<ExpirationRow, void, undefined> {
	for (let offset = 0; ; offset += maxWindow) {
		const {rows, matching} = await watcher.ask({ask: 'expirations', filter: '', offset, limit: maxWindow});
		for (const row of rows) {
			if (row.at > until) {
				return;
			}

			yield row;
		}

		if (rows.length === 0 || offset + rows.length >= matching) {
			return;
		}
	}
}
