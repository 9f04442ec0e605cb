import {ours, type SafeText, safeText} from '../model/index.js';
import type {Theme} from './theme.js';

/** All that a view knows besides the answers it shows. */
export type Look = {
	readonly theme: Theme;
	/** The moment of looking, ISO 8601. Views have no clock. */
	readonly now: string;
	/** Zone of the exact times on detail screens, as IANA names it. */
	readonly timeZone: string;
	/** The only way from a string of an answer to a screen: sanitised, and redacted where that was asked for. */
	readonly show: (outside: string) => SafeText;
};

/** Hides what `--redact` hides, before anything is cut or measured. */
export type Redact = (text: string) => string;

/** Looks at any moment, alike in all else. */
export const createLook = (options: {
	readonly theme: Theme;
	readonly timeZone?: string | undefined;
	readonly redact?: Redact | undefined;
}): ((now: string) => Look) => {
	const show = showWith(options.redact);
	const timeZone = options.timeZone ?? 'UTC';
	return now => ({theme: options.theme, now, timeZone, show});
};

/** A combining mark without a base would join the character before it, which is ours: it gets a base of its own. */
const showWith =
	(redact: Redact | undefined): Look['show'] =>
	outside => {
		const text = safeText(redact === undefined ? outside : redact(outside));
		return /^\p{M}/u.test(text) ? ours(`◌${text}`) : text;
	};
