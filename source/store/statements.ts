import type {DatabaseSync, StatementSync} from 'node:sqlite';

/** The statements that are run for single rows, prepared once for each open file. */
export type Statements = {
	readonly dataVersion: StatementSync;
	readonly readBase: StatementSync;
	readonly readName: StatementSync;
	readonly readDelta: StatementSync;
	readonly readRecord: StatementSync;
	readonly insertBase: StatementSync;
	readonly insertDelta: StatementSync;
	readonly updateBase: StatementSync;
	readonly deleteBase: StatementSync;
	readonly insertChange: StatementSync;
	readonly upsertRecord: StatementSync;
};

export const prepareStatements = (database: DatabaseSync): Statements => ({
	dataVersion: database.prepare('PRAGMA data_version'),
	readBase: database.prepare('SELECT body, expires FROM base WHERE slot = ?'),
	readName: database.prepare('SELECT namespace, key FROM base WHERE slot = ?'),
	readDelta: database.prepare('SELECT body, expires FROM delta WHERE seq = ?'),
	readRecord: database.prepare('SELECT body FROM record WHERE name = ?'),
	insertBase: database.prepare('INSERT INTO base (slot, namespace, key, expires, card, body) VALUES (?, ?, ?, ?, ?, ?)'),
	insertDelta: database.prepare('INSERT INTO delta (seq, slot, expires, body) VALUES (?, ?, ?, ?)'),
	updateBase: database.prepare('UPDATE base SET expires = ?, card = ?, body = ? WHERE slot = ?'),
	deleteBase: database.prepare('DELETE FROM base WHERE slot = ?'),
	insertChange: database.prepare('INSERT OR REPLACE INTO change (sequence, at, hash, body) VALUES (?, ?, ?, ?)'),
	upsertRecord: database.prepare('INSERT INTO record (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body'),
});
