import {fileURLToPath} from 'node:url';

/** What starts this very program again with other words: for the daemon behind a viewer and the command behind a demo. */
export const selfCommand = (words: readonly string[]): {readonly file: string; readonly args: readonly string[]} => ({
	file: process.execPath,
	args: [...process.execArgv, process.argv[1] ?? fileURLToPath(import.meta.url), ...words],
});
