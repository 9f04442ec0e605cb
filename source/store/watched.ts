import {type SnapshotId, snapshotKey} from '../model/index.js';

/** The key of the snapshot that an entry belongs to, by its own key. */
export const snapshotOf = (key: string): string => {
	const end = endOfSnapshot(key);
	return end === -1 ? key : key.slice(0, end);
};

/** Where the snapshot's key ends in the key of an entry: at the third slash. -1 where there is none. */
export const endOfSnapshot = (key: string): number => {
	let end = -1;
	for (let slashes = 0; slashes < 3; slashes++) {
		end = key.indexOf('/', end + 1);
		if (end === -1) {
			return -1;
		}
	}

	return end;
};

/**
 * Which snapshots are watched. What else the cache holds (a Region or a service left out since, another account) stays on
 * disk with its history, for when it is watched again, and is in no answer.
 */
export class Watched {
	/** As it is kept with the cache; undefined where nobody has said yet, and all is watched. */
	readonly body: string | undefined;
	/** The accounts of the snapshots, as one text. */
	readonly accounts: string;
	readonly #snapshots: ReadonlySet<string> | undefined;

	constructor(body: string | undefined) {
		this.body = body;
		// Only `of` writes it.
		const snapshots = body === undefined ? [] : (JSON.parse(body) as readonly string[]);
		this.#snapshots = body === undefined ? undefined : new Set(snapshots);
		this.accounts = [...new Set(snapshots.map(key => key.split('/', 1).join('')))].join(',');
	}

	static of(snapshots: readonly SnapshotId[]): Watched {
		return new Watched(JSON.stringify([...new Set(snapshots.map(id => snapshotKey(id)))].sort()));
	}

	has(snapshot: string): boolean {
		return this.#snapshots === undefined || this.#snapshots.has(snapshot);
	}

	/** Whether the entry with this key is of a snapshot that is watched. */
	holds(key: string): boolean {
		return this.#snapshots === undefined || this.#snapshots.has(snapshotOf(key));
	}
}
