import {createHmac, randomBytes} from 'node:crypto';
import {mkdir, open, readFile} from 'node:fs/promises';
import path from 'node:path';
import {createRedactor, type Redactor} from '../export/redact.js';
import {directories} from './directories.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';

const keyFile = 'redaction.key';

/** Stand-ins where `--redact` asks for them. The same cache gives the same ones; without its key, nobody can try account ids against them. */
export const redactorFor = async (flags: GlobalFlags, io: Io): Promise<Redactor | undefined> => {
	if (flags.redact !== true) {
		return undefined;
	}

	const key = await readKey(directories(flags, io).stateDir);
	return createRedactor(
		(kind, text) =>
			`${kind}-${createHmac('sha256', key).update(text).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 8).toLowerCase()}`,
	);
};

const readKey = async (stateDir: string): Promise<Buffer> => {
	const file = path.join(stateDir, keyFile);
	try {
		await mkdir(stateDir, {recursive: true, mode: 0o700});
		// Two that come at once: one writes, the other reads what it wrote.
		const handle = await open(file, 'wx', 0o600);
		try {
			const key = randomBytes(32);
			await handle.writeFile(key);
			return key;
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
			const key = await readFile(file);
			return key.length === 32 ? key : randomBytes(32);
		}

		// Nowhere to keep a key, such as on a read-only disk: the stand-ins hold for this run.
		return randomBytes(32);
	}
};
