import {dayMs, hourMs} from '../../../model/index.js';
import type {Table, TableResource} from './table.js';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html
export const archivedAfterMs = 7 * dayMs;

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html has what follows of replicas.
const separatedAfterMs = 20 * hourMs;
const lostAfterMs = 7 * dayMs;

/** Whether writes wait for other Regions. Whoever does not choose that gets replicas that are eventually consistent. */
const isStrong = ({multiRegionConsistency}: Table): boolean => multiRegionConsistency === 'STRONG';

const separation = 'replica (out of its global table)';

/** What AWS does to an inaccessible table, and when: `at` is ISO 8601. */
export const consequences = ({configuration}: TableResource): ReadonlyArray<{readonly what: string; readonly at: string}> => {
	const {encryption, replicas = [], status} = configuration;
	const since = encryption?.inaccessibleSince;
	if (since === undefined || status === 'ARCHIVED' || status === 'ARCHIVING') {
		return [];
	}

	const after = (ms: number): string => new Date(Date.parse(since) + ms).toISOString();
	return [
		...(replicas.length > 0 && !isStrong(configuration) ? [{what: separation, at: after(separatedAfterMs)}] : []),
		{what: 'table (archival)', at: after(archivedAfterMs)},
	];
};

/** The same in words, such as `archived`. */
export const consequenceInWords = (what: string, {configuration}: TableResource): string => {
	if (what === separation) {
		return 'out of its global table';
	}

	// "Depending on the specific permissions revoked."
	return isStrong(configuration) && (configuration.replicas ?? []).length > 0 ? 'archived or out of reach for good' : 'archived';
};

type Fate = {readonly afterMs: number; readonly what: string; readonly meanwhile?: string};

/** Replicas that are eventually consistent are all given up alike: each goes on as a table of its own. */
const separated: Fate = {afterMs: separatedAfterMs, what: 'made a single-Region table for good'};

// What becomes of a strongly consistent replica in a Region that is disabled AWS does not tell.
const fates: Readonly<Record<string, {readonly eventual: Fate; readonly strong?: Fate}>> = {
	INACCESSIBLE_ENCRYPTION_CREDENTIALS: {
		eventual: separated,
		strong: {afterMs: lostAfterMs, what: 'archived or out of reach for good'},
	},
	REPLICATION_NOT_AUTHORIZED: {
		eventual: separated,
		strong: {afterMs: lostAfterMs, what: 'out of reach for good', meanwhile: 'refusing writes and strongly consistent reads'},
	},
	REGION_DISABLED: {eventual: separated},
};

/** What becomes of a replica in a status that AWS does not leave it in for ever, by how the global table is consistent. */
export const fateOf = (status: string | undefined, table: Table): Fate | undefined =>
	fates[status ?? '']?.[isStrong(table) ? 'strong' : 'eventual'];
