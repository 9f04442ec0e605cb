import type {Entry} from '../model/index.js';
import {cardOf, encodeCard} from './card.js';
import {hashOf} from './hash.js';

/** Where entries are kept among the cache's other values. */
export const entryNamespace = 'entry';

/** Plain JSON: Keyv's own serializer walks every value twice, and revives what we never store. */
export const serialization = {
	stringify: (value: unknown): string => JSON.stringify(value),
	parse: <T>(text: string): T => JSON.parse(text) as T,
};

/** The entry in what Keyv stored; undefined where that is no entry. Only `commit` writes them. */
export const unwrap = (text: string): Entry | undefined => {
	try {
		return (JSON.parse(text) as {readonly value?: Entry}).value;
	} catch {
		return undefined;
	}
};

/** What the cache file keeps of an entry, so that a restart need not read it. */
export const cardFor = (namespace: string, value: string): string | undefined => {
	const entry = namespace === entryNamespace ? unwrap(value) : undefined;
	return entry === undefined ? undefined : encodeCard(cardOf(entry, hashOf(value)));
};

/** JSON has no `undefined`: in lists it comes back as null, which no cell ever is. */
export const revive = (entry: Entry): Entry => ({
	...entry,
	cells: entry.cells.map(cell => cell ?? undefined),
	facts: entry.facts.map(([title, value]) => [title, value ?? undefined]),
});
