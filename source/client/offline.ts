// On the path of `vedette status`: the store, and SQLite with it, are loaded when a cache is opened, not when this is imported.
import type {Health} from '../model/protocol.js';
import type {AnswerTo, Query} from '../model/query.js';
import type {Watcher, WatcherState} from '../model/watcher.js';
import type {Live} from '../store/port.js';
import type {FollowingStore} from '../store/store.js';

export type OfflineOptions = {
	/** Where the cache lives. */
	readonly stateDir: string;
	/** Why nobody is asked but the cache: part of the state that is shown. */
	readonly reason: string;
	/** The present moment, ISO 8601. */
	readonly now: () => string;
	/** How often to look whether the cache has changed. Looking costs microseconds. */
	readonly pollMs?: number;
};

/** Data ages though nothing is written: answers are put together anew this often, and passed on if they differ. */
const agingMs = 10_000;

type Watched = {readonly query: Query; readonly listener: (answer: unknown) => void; said: string};

/** An answer without what differs every time it is asked for. */
const essence = (answer: object): string => JSON.stringify({...answer, revision: 0, now: ''});

const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(item => typeof item === 'string');

/** What the daemon noted of the account when it last ran. */
const readLive = async (store: FollowingStore): Promise<Live> => {
	const noted = await store.getMeta('account');
	const account = typeof noted === 'object' && noted !== null ? noted : {};
	const {accountId, partition, regions} = {accountId: undefined, partition: undefined, regions: undefined, ...account};
	return {
		account: typeof accountId === 'string' && typeof partition === 'string' ? {accountId, partition} : undefined,
		regions: isStrings(regions) ? regions : [...new Set(store.headers().map(({awsRegion}) => awsRegion))].sort(),
		problems: [],
		traffic: {callsPerMinute: 0, throttledPerMinute: 0, nextPollAt: undefined, collecting: []},
	};
};

/**
 * The cache alone as a `Watcher`: read-only, and following what a daemon writes meanwhile. Opens no socket.
 * Rejects with an error fit for a person where there is no cache, or none that this version can read.
 */
export const openOffline = async ({stateDir, reason, now, pollMs = 500}: OfflineOptions): Promise<Watcher> => {
	const {openStore} = await import('../store/open-store.js');
	const store = await openStore({dir: stateDir, now, readonly: true});
	const state: WatcherState = {status: 'offline', reason};
	const watches = new Set<Watched>();
	let timer: NodeJS.Timeout | undefined;
	let polling: Promise<void> = Promise.resolve();
	let revision = store.revision();
	let aged = performance.now();
	let closed = false;

	const ask = async <Q extends Query>(query: Q): Promise<AnswerTo<Q>> => {
		if (closed) {
			throw new Error('The cache is closed');
		}

		store.refresh();
		return store.answer(query, await readLive(store), now());
	};

	const tell = async (watched: Watched): Promise<void> => {
		const answer = await ask(watched.query);
		const said = essence(answer);
		if (watches.has(watched) && said !== watched.said) {
			watched.said = said;
			watched.listener(answer);
		}
	};

	const look = async (): Promise<void> => {
		store.refresh();
		if (store.revision() === revision && performance.now() - aged < agingMs) {
			return;
		}

		revision = store.revision();
		aged = performance.now();
		for (const watched of [...watches]) {
			await tell(watched);
		}
	};

	/** One look after the other. A look that fails (the cache is being replaced, the disk is busy) is followed by another. */
	const soon = (work: () => Promise<void>): void => {
		polling = polling.then(async () => (closed ? undefined : work())).catch(() => {});
	};

	return {
		state: () => state,
		// It never becomes anything else.
		onState: () => () => {},
		watch<Q extends Query>(query: Q, listener: (answer: AnswerTo<Q>) => void) {
			// `ask` gives each query its own answer, which a set of all watches cannot say.
			const watched: Watched = {query, listener: answer => listener(answer as AnswerTo<Q>), said: ''};
			watches.add(watched);
			timer ??= setInterval(() => soon(look), pollMs);
			soon(async () => tell(watched));
			return () => {
				watches.delete(watched);
			};
		},
		ask,
		refresh: async () => 'Nothing is collected while reading from the cache alone: start a daemon with `vedette`',
		health: async (): Promise<Health | undefined> => undefined,
		async close() {
			if (closed) {
				return;
			}

			closed = true;
			clearInterval(timer);
			watches.clear();
			await polling;
			await store.close();
		},
	};
};
