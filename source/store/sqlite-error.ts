/** SQLite's primary result codes that this store answers to. https://sqlite.org/rescode.html */
const codes = {busy: 5, readonly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26} as const;

/** The primary result code of an error that `node:sqlite` threw; undefined for any other error. */
const codeOf = (error: unknown): number | undefined =>
	error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

/** True where the file itself is damaged or no database at all, so that nothing in it can be trusted. */
export const isDamage = (error: unknown): boolean => {
	const code = codeOf(error);
	return code === codes.corrupt || code === codes.notADatabase;
};

/** Half a sentence for a refusal of SQLite's that may pass by itself; undefined for errors that are not SQLite's. */
export const refusalOf = (error: unknown): string | undefined => {
	switch (codeOf(error)) {
		case codes.full: {
			return 'the disk is full';
		}

		case codes.io: {
			return 'the disk reports an I/O error';
		}

		case codes.readonly: {
			return 'the cache file is read-only';
		}

		case codes.cannotOpen: {
			return 'the cache file cannot be opened';
		}

		case codes.busy: {
			return 'another process holds the cache file';
		}

		case undefined: {
			return undefined;
		}

		default: {
			return error instanceof Error ? `SQLite says: ${error.message}` : undefined;
		}
	}
};
