// On the path of prompts and status bars: nothing here may load more than it needs. The measure is `node -e 0`.
import {openConnection} from '../client/connection.js';
import {directoriesOf} from '../config/directories.js';
import type {AnswerTo, Query} from '../model/query.js';
import {safeText} from '../model/safe-text.js';
import {type Severity, severities} from '../model/severity.js';
import {statusLine} from '../view/status-line.js';
import {exitCode, unreadCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';

export type StatusFlags = GlobalFlags & {readonly format?: string; readonly failOn?: Severity};
type Overview = AnswerTo<{readonly ask: 'overview'; readonly rowsPerPanel: number}>;

/** One row of each panel holds what ends soonest there. */
const query = {ask: 'overview', rowsPerPanel: 1} as const satisfies Query;

const answerMs = 5000;

/** Writes one line. Ends with 1 for findings at or above `--fail-on`, 3 without credentials whatever was known before, 4 where nothing is known. */
export const status = async (flags: StatusFlags, io: Io): Promise<number> => {
	const {stateDir, runtimeDir} = directoriesOf(flags, io.environment, io.machine);
	const answer = flags.offline === true ? 'offline, as asked for' : await askDaemon(runtimeDir);
	const found = typeof answer === 'string' ? await askCache(stateDir, answer, flags, io) : answer;
	const overview = flags.redact === true && found !== undefined ? await redacted(found, flags, io) : found;
	await io.out(
		flags.json === true
			? `${JSON.stringify(overview ?? null)}\n`
			: `${statusLine(overview, io.now(), {ascii: flags.ascii === true, ...(flags.format !== undefined && {format: flags.format})})}\n`,
	);
	return statusCode(overview, flags.failOn);
};

const askDaemon = async (runtimeDir: string): Promise<Overview | string> => {
	let settle: (answer: Overview | string) => void = () => {};
	const answered = new Promise<Overview | string>(resolve => {
		settle = resolve;
	});
	const opened = await openConnection({
		runtimeDir,
		version: 'status',
		onFrame(frame) {
			if (frame.say === 'answer') {
				// The daemon answers an overview with an overview.
				settle(frame.answer as Overview);
			} else if (frame.say === 'error') {
				settle(frame.error);
			}
		},
		onEnd: settle,
	});
	if (typeof opened === 'string') {
		return opened;
	}

	const timer = setTimeout(() => settle('the daemon does not answer'), answerMs);
	opened.say({say: 'ask', id: 1, query});
	const answer = await answered;
	clearTimeout(timer);
	opened.close();
	return answer;
};

const askCache = async (stateDir: string, reason: string, flags: GlobalFlags, io: Io): Promise<Overview | undefined> => {
	const {openCache} = await import('./open-watcher.js');
	const cache = await openCache({stateDir}, reason, io);
	if (typeof cache === 'string') {
		io.note(safeText(`vedette: ${reason}, and no cache to read: ${cache}`));
		return undefined;
	}

	if (flags.offline !== true) {
		io.note(safeText(`vedette: ${reason}; this is from the cache`));
	}

	try {
		return await cache.ask(query);
	} finally {
		await cache.close();
	}
};

const redacted = async (overview: Overview, flags: GlobalFlags, io: Io): Promise<Overview> => {
	const {redactOverviewFor} = await import('./redacted-watcher.js');
	return redactOverviewFor(overview, flags, io);
};

/** What the numbers come to for a script. */
export const statusCode = (overview: Overview | undefined, failOn: Severity | undefined): number => {
	if (overview === undefined) {
		return exitCode.incomplete;
	}

	const unread = unreadCode(overview.panels, overview);
	if (unread !== exitCode.clean) {
		return unread;
	}

	return failOn !== undefined && severities.slice(severities.indexOf(failOn)).some(severity => overview.counts[severity] > 0)
		? exitCode.findings
		: exitCode.clean;
};
