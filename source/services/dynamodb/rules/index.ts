import type {Rule} from '../../../model/index.js';
import {keyAccessible, kmsKey} from './encryption.js';
import {deletionProtected, recoverable} from './keeping.js';
import {sameKeyType} from './key-type.js';
import {globalVersion, replicasActive} from './replicas.js';
import type {Table} from './table.js';

/** What should be true of a table, most pressing first. */
export const tableRules: ReadonlyArray<Rule<Table>> = [
	keyAccessible,
	replicasActive,
	recoverable,
	deletionProtected,
	sameKeyType,
	globalVersion,
	kmsKey,
];
