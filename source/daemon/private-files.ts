import {randomBytes} from 'node:crypto';
import {lstat, mkdir, open, rename, unlink} from 'node:fs/promises';

/** The code of a failed system call, such as `EACCES`, or the error as text. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

/**
 * Makes the directory (0700) where it is missing. Returns why it must not be used, as a sentence, or undefined: whoever can
 * write in it could put a socket of his own in the daemon's place.
 */
export const directoryProblem = async (directory: string): Promise<string | undefined> => {
	try {
		await mkdir(directory, {recursive: true, mode: 0o700});
		const about = await lstat(directory);
		if (!about.isDirectory()) {
			return `${directory} is ${about.isSymbolicLink() ? 'a symbolic link' : 'no directory'}`;
		}

		if (process.getuid !== undefined && about.uid !== process.getuid()) {
			return `${directory} belongs to another user (${about.uid})`;
		}

		return (about.mode & 0o077) === 0
			? undefined
			: `${directory} is open to others (${(about.mode & 0o777).toString(8)}); close it with: chmod 700 '${directory}'`;
	} catch (error) {
		return `${directory} cannot be used: ${codeOf(error)}`;
	}
};

/** Replaces a file as a whole, 0600, whatever stood in its place: a link is replaced, not followed. Throws as the file system does. */
export const writePrivateFile = async (file: string, text: string): Promise<void> => {
	const temporary = `${file}.${randomBytes(6).toString('hex')}`;
	const handle = await open(temporary, 'wx', 0o600);
	try {
		await handle.writeFile(text);
	} finally {
		await handle.close();
	}

	try {
		await rename(temporary, file);
	} catch (error) {
		await removeFile(temporary);
		throw error;
	}
};

/** Removes a file if it is there. Whatever else stands in the way is left to whoever needs the place next. */
export const removeFile = async (file: string): Promise<void> => {
	try {
		await unlink(file);
	} catch {
		// Gone already, or not ours to remove.
	}
};
