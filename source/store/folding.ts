import type {DatabaseSync} from 'node:sqlite';
import type {Places} from './places.js';
import type {Statements} from './statements.js';

/** Derives what the index keeps of a value. */
export type CardMaker = (namespace: string, value: string) => string | undefined;

/** Brings a slot's row in the base up to what the delta says of it. Doing so twice does no harm. */
export const foldSlot = (sql: Statements, places: Places, slot: number, until: number, makeCard: CardMaker): void => {
	const seq = places.seq(slot);
	const row = seq === undefined || seq > until ? undefined : sql.readDelta.get(seq);
	if (row === undefined) {
		return;
	}

	const {body, expires} = row;
	if (typeof body !== 'string') {
		sql.deleteBase.run(slot);
		return;
	}

	const namespace = String(sql.readName.get(slot)?.['namespace'] ?? '');
	sql.updateBase.run(typeof expires === 'number' ? expires : null, makeCard(namespace, body) ?? null, body, slot);
};

/** Drops the folded part of the delta, and what has expired. Returns what memory is to do once that is committed. */
export const finishFold = (database: DatabaseSync, sql: Statements, places: Places, until: number, nowMs: number): (() => void) => {
	const expired = database.prepare('SELECT slot, namespace, key FROM base WHERE expires IS NOT NULL AND expires <= ?').all(nowMs);
	const gone = expired.filter(({slot}) => (places.seq(Number(slot)) ?? 0) <= until);
	for (const {slot} of gone) {
		sql.deleteBase.run(Number(slot));
	}

	// Without a condition SQLite drops the whole table at once instead of row by row.
	database.exec(places.lastSeq === until ? 'DELETE FROM delta' : `DELETE FROM delta WHERE seq <= ${until}`);
	places.writeFold(sql, until);
	return () => {
		places.forgetFolded(until);
		for (const {slot, namespace, key} of gone) {
			places.remove(String(namespace), String(key), Number(slot));
		}
	};
};
