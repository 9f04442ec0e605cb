import {constants} from 'node:fs';
import {access, lstat} from 'node:fs/promises';

/**
 * Why the directory must not be used, as a sentence, or undefined: it has to be a directory of this user's, no symbolic link,
 * and closed to everybody else, since a list of open weaknesses is in it.
 */
export const inspectDirectory = async (directory: string, uid: number | undefined): Promise<string | undefined> => {
	try {
		const about = await lstat(directory);
		if (about.isSymbolicLink()) {
			return `${directory} is a symbolic link`;
		}

		if (!about.isDirectory()) {
			return `${directory} is not a directory`;
		}

		if (uid !== undefined && about.uid !== uid) {
			return `${directory} belongs to another user (${about.uid})`;
		}

		if ((about.mode & 0o077) !== 0) {
			return `${directory} is open to others (${(about.mode & 0o777).toString(8)}); close it with: chmod 700 ${shellWord(directory)}`;
		}

		await access(directory, constants.W_OK | constants.X_OK);
		return undefined;
	} catch (error) {
		return `${directory} cannot be used: ${codeOf(error)}`;
	}
};

/** A word that a POSIX shell reads as it stands. */
const shellWord = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

// System calls fail with a code; anything else still has a text.
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
