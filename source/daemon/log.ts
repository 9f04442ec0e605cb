import {closeSync, constants, copyFileSync, fstatSync, ftruncateSync, openSync, renameSync, statSync, writeSync} from 'node:fs';
import {type Logger, pino} from 'pino';

export type Log = Logger;

/** A log file beyond this becomes `….1`, in place of the one before. */
const maxLogBytes = 4 * 1024 * 1024;

const logFlags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;

const credentials: ReadonlyArray<readonly [RegExp, string]> = [
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
	[/\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}\b/g, '[access key]'],
	// Session tokens of STS begin so, in all the forms seen so far.
	[/\b(?:FwoG|FQoG|IQoJ|AQoD)[A-Za-z0-9+/=_-]{20,}/g, '[session token]'],
	[/(secret[^A-Za-z0-9]{0,3}(?:access[^A-Za-z0-9]{0,3})?(?:key)?\W{1,8})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi, '$1[secret key]'],
	[/((?:authorization|x-amz-security-token|x-amz-sso_bearer_token)\W{1,8})[^"\\\s][^"\\]*/gi, '$1[credential]'],
	[/\bBearer\s+[\w.~+/=-]{8,}/g, 'Bearer [token]'],
	[/([?&]X-Amz-(?:Signature|Credential|Security-Token)=)[^&"\s]+/gi, '$1[credential]'],
];

/** Takes out what looks like a credential. The last thing that happens to a line: it need not know where the text came from. */
export const withoutCredentials = (line: string): string =>
	credentials.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), line);

export type LogOptions = {
	/** Undefined: standard error. */
	readonly file: string | undefined;
	readonly level?: string;
};

/**
 * A log of JSON lines, one writer, written at once so that the last words before a crash are there.
 * A disk that is full costs lines, never the process: `lost` counts them.
 */
export const openLog = ({file, level = 'info'}: LogOptions): {readonly log: Log; readonly lost: () => number; close(): void} => {
	let lost = 0;
	let descriptor: number | undefined;
	const reopen = (): void => {
		descriptor = undefined;
		if (file !== undefined) {
			try {
				descriptor = openSync(file, logFlags, 0o600);
			} catch {
				lost += 1;
			}
		}
	};

	reopen();
	const rotate = (): void => {
		if (file !== undefined && descriptor !== undefined && fstatSync(descriptor).size > maxLogBytes) {
			renameSync(file, `${file}.1`);
			closeSync(descriptor);
			reopen();
		}
	};

	const destination = {
		write(line: string) {
			try {
				rotate();
				const to = file === undefined ? 2 : descriptor;
				if (to === undefined) {
					lost += 1;
					reopen();
					return;
				}

				writeSync(to, withoutCredentials(line));
			} catch {
				lost += 1;
			}
		},
	};

	return {
		log: pino({level, base: {pid: process.pid}, timestamp: pino.stdTimeFunctions.isoTime}, destination),
		lost: () => lost,
		close() {
			if (descriptor !== undefined) {
				closeSync(descriptor);
				descriptor = undefined;
			}
		},
	};
};

/**
 * Keeps standard error small where it is this very file, as it is for a daemon in the background, to whom the file was handed
 * open: beyond the bound it is copied to `….1` and begins anew. Leaves any other standard error alone.
 */
export const trimStandardError = (file: string, maxBytes = maxLogBytes, standardError = 2): void => {
	try {
		const here = fstatSync(standardError);
		const there = statSync(file);
		if (here.isFile() && here.ino === there.ino && here.dev === there.dev && here.size > maxBytes) {
			copyFileSync(file, `${file}.1`);
			ftruncateSync(standardError, 0);
		}
	} catch {
		// No such file, or no room for the copy: a log is not worth a daemon.
	}
};
