import {type Bytes, ByteWriter} from './bytes.js';
import {type EntryWriter, entryWriter} from './json-entry.js';
import type {ExportSource} from './source.js';

/** Before each member of a list. The first of all has no comma. */
export const separator = ',\n';

/** The two lists of an export that are made of entries, in pieces of whole lines, each with `separator` before it. A piece holds until the next is asked for. */
export type EntryLines = Readonly<Record<EntryList, () => AsyncIterable<Uint8Array>>>;
export type EntryList = 'resources' | 'findings';

/** What entries come to in a list, in UTF-8: members of an array, each with `separator` before it. Empty where they come to nothing. */
export const writeLines = (write: EntryWriter, list: EntryList, texts: readonly Bytes[], room?: ArrayBuffer): Buffer<ArrayBuffer> => {
	const lines = new ByteWriter(
		texts.reduce((sum, text) => sum + text.length, 0),
		room,
	);
	for (const line of write[list](texts)) {
		lines.write(separator);
		lines.write(line);
	}

	return lines.written();
};

/** Lines written by this thread. */
export const linesOf = (source: ExportSource): EntryLines => {
	const write = entryWriter(source);
	const lines = async function* (list: EntryList, entries: AsyncIterable<readonly Bytes[]>) {
		for await (const texts of entries) {
			yield writeLines(write, list, texts);
		}
	};
	return {
		resources: () => lines('resources', source.resources()),
		findings: () => lines('findings', source.entries()),
	};
};
