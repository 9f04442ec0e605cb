import {type Entry, ours} from '../model/index.js';
import {gap, type Line, type Span, span, words} from './line.js';
import type {Look} from './look.js';
import {wrap} from './width.js';

// A secret's policy or a certificate's names fit many times over; what is longer cannot be read on a screen anyway.
const mostLines = 20_000;

type Drawn = {readonly columns: number; readonly show: Look['show']; readonly lines: readonly Line[]};

// An entry does not change and may take thousands of lines, of which each key shows other ones.
const lastDrawn = new WeakMap<Entry, Drawn>();

/** The entry as it is in the cache, as indented JSON: keys dim, values plain, long values wrapped. */
export const jsonLines = (entry: Entry | undefined, look: Look, columns: number): readonly Line[] => {
	if (entry === undefined) {
		return [[words(' It is gone.', 'strong')]];
	}

	const drawn = lastDrawn.get(entry);
	if (drawn?.columns === columns && drawn.show === look.show) {
		return drawn.lines;
	}

	const lines: Line[] = [];
	for (const text of JSON.stringify(entry, null, 2).split('\n')) {
		if (lines.length >= mostLines) {
			lines.push([words(` … cut here: export --format json has all of it`, 'dim')]);
			break;
		}

		const indent = text.length - text.trimStart().length;
		const key = /^\s*("(?:[^"\\]|\\.)*": )/u.exec(text)?.[1] ?? '';
		const value = text.slice(indent + key.length);
		const head: readonly Span[] = [gap(Math.min(indent, columns >> 1) + 1), span(look.show(key), 'dim')];
		const room = columns - Math.min(indent, columns >> 1) - 3;
		const keyText = look.show(key);
		const first = wrap(look.show(value), Math.max(8, room - keyText.length));
		lines.push([...head, span(first[0] ?? ours(''))]);
		for (const more of first.slice(1)) {
			lines.push([gap(Math.min(indent, columns >> 1) + 3), span(more)]);
		}
	}

	lastDrawn.set(entry, {columns, show: look.show, lines});
	return lines;
};
