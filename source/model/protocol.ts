import type {Query} from './query.js';

/**
 * What daemon and viewers say to each other over the socket: one JSON object a line.
 * A viewer opens with `hello`; anything else first, a wrong token or a line over the cap ends the connection.
 */
export const protocolVersion = 1;

/** Longest line a viewer may send, in characters. */
export const maxViewerLine = 64 * 1024;

/** Longest line the daemon may send, in characters. */
export const maxDaemonLine = 16 * 1024 * 1024;

export type ViewerFrame =
	| {readonly say: 'hello'; readonly protocol: number; readonly version: string; readonly token: string}
	/** Answers now, and again whenever the answer changes, until `drop`. The same id again replaces the query. */
	| {readonly say: 'watch'; readonly id: number; readonly query: Query}
	| {readonly say: 'drop'; readonly id: number}
	/** Answers once. */
	| {readonly say: 'ask'; readonly id: number; readonly query: Query}
	/** Collect now: everything, or one service. Answered by `done` when the collections are queued. */
	| {readonly say: 'refresh'; readonly id: number; readonly service?: string}
	| {readonly say: 'health'; readonly id: number}
	| {readonly say: 'reload'; readonly id: number}
	| {readonly say: 'stop'; readonly id: number};

export type DaemonFrame =
	| {readonly say: 'welcome'; readonly protocol: number; readonly version: string; readonly pid: number; readonly startedAt: string}
	| {readonly say: 'answer'; readonly id: number; readonly answer: unknown}
	| {readonly say: 'health'; readonly id: number; readonly health: Health}
	| {readonly say: 'done'; readonly id: number; readonly text: string}
	| {readonly say: 'error'; readonly id?: number; readonly error: string};

export type Health = {
	readonly pid: number;
	readonly version: string;
	readonly startedAt: string;
	readonly uptimeMs: number;
	readonly rssBytes: number;
	readonly entries: number;
	readonly revision: number;
	readonly viewers: number;
	/** Nothing in here: healthy. */
	readonly degraded: readonly string[];
	readonly lastProgressAt: string | undefined;
	/** State of each token bucket that was used: how much is left, at what rate it refills, how often it was throttled. */
	readonly buckets: ReadonlyArray<{
		readonly key: string;
		readonly tokens: number;
		readonly perSecond: number;
		readonly ceilingPerSecond: number;
		readonly waiting: number;
		readonly sent: number;
		readonly throttled: number;
	}>;
	/** Answers that held members or enum values that our version of the SDK does not know, by operation. */
	readonly store: {readonly path: string; readonly bytes: number; readonly errors: number};
};

/** In the runtime directory, 0600: where the daemon listens and what to say to it. There while a daemon serves. */
export const addressFileName = 'daemon.json';

/** In the state directory, 0600: what a daemon in the background says. */
export const logFileName = 'daemon.log';

export type DaemonAddress = {
	readonly pid: number;
	readonly version: string;
	readonly socket: string;
	/** 32 random bytes in hexadecimal, new at each start. Proves that the viewer may read this user's files. */
	readonly token: string;
	readonly startedAt: string;
	/** Absent where something else looks after it, and once it was told to stop: a daemon that is not there and left this died. */
	readonly successor?: Successor;
};

/** How another one is started that watches the same: the values of command line flags, by their names in camel case. */
export type Successor = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Cuts a stream into lines. Each call takes a chunk and returns the lines it completed, or `undefined` once a line is longer
 * than `maxLine` characters: the stream cannot be trusted any more, and nothing of it is kept.
 */
export const createLineReader = (maxLine: number): ((chunk: string) => readonly string[] | undefined) => {
	// Pieces, not one growing string: a line of many megabytes arrives in hundreds of chunks.
	let pieces: string[] = [];
	let length = 0;
	return chunk => {
		const lines: string[] = [];
		let from = 0;
		for (let to = chunk.indexOf('\n'); to !== -1; to = chunk.indexOf('\n', from)) {
			if (length + to - from > maxLine) {
				pieces = [];
				return undefined;
			}

			lines.push(pieces.join('') + chunk.slice(from, to));
			pieces = [];
			length = 0;
			from = to + 1;
		}

		if (from < chunk.length) {
			pieces.push(chunk.slice(from));
			length += chunk.length - from;
		}

		if (length > maxLine) {
			pieces = [];
			return undefined;
		}

		return lines;
	};
};
