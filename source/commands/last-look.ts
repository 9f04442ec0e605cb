import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** When somebody last looked at this watch's changes, kept beside its cache. Losing it costs nothing but a longer list. */
export const lastLook = (stateDir: string) => {
	const file = path.join(stateDir, 'last-look');
	return {
		at(): string | undefined {
			try {
				const text = readFileSync(file, 'utf8').trim();
				return Number.isNaN(Date.parse(text)) ? undefined : text;
			} catch {
				return undefined;
			}
		},
		remember(at: string): void {
			try {
				writeFileSync(file, `${at}\n`, {mode: 0o600});
			} catch {
				// A disk that is full or read-only: the next look shows more than it needs to.
			}
		},
	};
};
