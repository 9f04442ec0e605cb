import {type Change, maxWindow, safeText, type Watcher} from '../model/index.js';
import {changeSentence} from '../view/change-words.js';
import {createLook} from '../view/look.js';
import {plainTheme, severityFace} from '../view/theme.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {openRunning} from './open-watcher.js';
import {redactorFor} from './redaction.js';

/** What changed since then, newest first: a sentence a line, or one JSON array. */
export const changes = async (flags: GlobalFlags & {readonly since?: number; readonly service?: string}, io: Io): Promise<number> => {
	const watcher = await openRunning(flags, io);
	if (typeof watcher === 'string') {
		io.note(safeText(`vedette: ${watcher}`));
		return exitCode.unavailable;
	}

	try {
		const now = io.now();
		const since = new Date(Date.parse(now) - (flags.since ?? 86_400_000)).toISOString();
		const redactor = await redactorFor(flags, io);
		const look = createLook({theme: {...plainTheme, ascii: flags.ascii === true}})(now);
		if (flags.json === true) {
			await writeArray(read(watcher, since, flags.service), change => JSON.stringify(redactor?.change(change) ?? change), io);
			return exitCode.clean;
		}

		let seen = 0;
		for await (const found of read(watcher, since, flags.service)) {
			const change = redactor?.change(found) ?? found;
			seen++;
			const side = change.after ?? change.before;
			const glyph = side === undefined ? ' ' : severityFace(side.severity, look.theme).glyph;
			const line = [
				look.show(change.at),
				glyph,
				change.type.padEnd(8),
				look.show(change.service).padEnd(14),
				look.show(change.resourceName),
			].join(' ');
			await io.out(`${line}: ${changeSentence(change, look)}\n`);
		}

		if (seen === 0) {
			io.note('Nothing has changed since then.');
		}

		return exitCode.clean;
	} finally {
		await watcher.close();
	}
};

async function* read(watcher: Watcher, since: string, service: string | undefined): AsyncGenerator<Change, void, undefined> {
	for (let offset = 0; ; offset += maxWindow) {
		const {rows, matching} = await watcher.ask({
			ask: 'changes',
			since,
			...(service !== undefined && {service}),
			filter: '',
			offset,
			limit: maxWindow,
		});
		yield* rows;
		if (rows.length === 0 || offset + rows.length >= matching) {
			return;
		}
	}
}

/** One JSON array, a line an element. */
export const writeArray = async <T>(values: AsyncIterable<T>, write: (value: T) => string, io: Io): Promise<void> => {
	let separator = '[\n';
	for await (const value of values) {
		await io.out(separator + write(value));
		separator = ',\n';
	}

	await io.out(separator === '[\n' ? '[]\n' : '\n]\n');
};
