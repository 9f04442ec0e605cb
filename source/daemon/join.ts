import type {Gate} from '../collect/gate.js';
import {createEmbeddedEngine} from '../engine/embedded.js';
import type {Engine, Refreshed} from '../engine/port.js';
import type {Board, Config, Health, Problem, Query, Service, Successor} from '../model/index.js';
import {isStale, toCatalogue} from '../model/index.js';
import type {Live, Store} from '../store/port.js';
import {type AccountWatch, watchAccount} from './account.js';
import {createBoardSchedule} from './board-schedule.js';
import {createCollecting} from './collecting.js';
import type {Serves} from './conversation.js';
import {createFirstRound} from './first-round.js';
import {type Intervals, intervalsOf} from './header.js';
import {boardSnapshot, createJoinBoards, watchedBoards} from './join-boards.js';
import type {Log} from './log.js';
import {planTasks, watchedSnapshots} from './plan.js';
import {createProblemBook, endpointProblems, storeProblems} from './problems.js';
import type {ViewerServer} from './server.js';
import type {Host} from './socket-paths.js';
import {createWriter} from './writer.js';

/** What the daemon needs of the gate to AWS. */
export type DaemonGate = Pick<
	Gate,
	'collect' | 'identity' | 'regions' | 'loginHint' | 'traffic' | 'buckets' | 'problems' | 'forgetRefusals' | 'close'
>;

export type DaemonParts = {
	readonly config: Config;
	/** All that could be watched; the configuration chooses among them. */
	readonly services: readonly Service[];
	/** The views over several services, of which those are shown that have something to join. */
	readonly boards?: readonly Board[];
	readonly version: string;
	/** Opens the cache. Called once the lock is held: two daemons never share one. */
	openStore(config: Config): Promise<Store>;
	/** Opens the gate to AWS. Called again when a reload changes what the gate rests on. */
	openGate(config: Config, store: Store): DaemonGate;
	/** Reads the configuration anew, or says as a sentence what is wrong with it. */
	reload?(): Promise<Config | string>;
	readonly log: Log;
	/** Milliseconds since the epoch. */
	readonly now?: () => number;
	readonly host?: Host;
	/** How its viewers start another should this one die. Absent where something else looks after it. */
	readonly successor?: Successor;
};

/** The services that the configuration chooses. */
export const watchedServices = (services: readonly Service[], {services: ids}: Pick<Config, 'services'>): readonly Service[] =>
	ids === undefined ? services : services.filter(({id}) => ids.includes(id));

const drainMs = 10_000;
const tickMs = 1000;

/** What of the configuration the gate was made with. */
const gateKey = ({profile, roleArn, externalId, endpointUrl, limits, regions}: Config): string =>
	JSON.stringify([profile, roleArn, externalId, endpointUrl, limits, regions]);

/** What of the configuration judgements were made with. */
const rulesKey = ({rules, trustedAccounts}: Config): string => JSON.stringify([rules, trustedAccounts]);

/** The daemon between its start and its end. */
export type Join = {
	readonly serves: Serves;
	/** Starts to ask AWS, and to tell viewers. */
	begin(server: ViewerServer): void;
	/** Idempotent. */
	stop(): Promise<void>;
	readonly done: Promise<void>;
};

/** Joins the steps: schedule → collect → evaluate → store → publish. Does nothing until `begin`, and owns store, gate and engine until `stop`. */
export const joinSteps = (parts: DaemonParts, store: Store, startedAt: string, release: () => Promise<void>): Join => {
	const {version, log, now = Date.now} = parts;
	const iso = (): string => new Date(now()).toISOString();
	const startedMs = performance.now();
	const bookOf = createProblemBook(iso);

	let {config} = parts;
	let gate = parts.openGate(config, store);
	let gateProblems: readonly Problem[] = [];
	let badConfig: string | undefined;
	let lastProgressAt: string | undefined;
	let server: ViewerServer | undefined;
	let accountWatch: AccountWatch | undefined;
	let stopping: Promise<void> | undefined;
	let finish: () => void = () => {};
	const done = new Promise<void>(resolve => {
		finish = resolve;
	});
	const closingGates = new Set<Promise<void>>();

	const watched = (): readonly Service[] => watchedServices(parts.services, config);
	const boards = (): readonly Board[] => watchedBoards(parts.boards ?? [], watched());
	const regions = (): readonly string[] => accountWatch?.account()?.regions ?? [];
	const pace = (service: Service): Intervals => intervalsOf(service, config.intervals[service.id]);
	const changed = (): void => server?.changed();

	const writer = createWriter({
		store,
		config: () => config,
		watches: awsRegion => regions().includes(awsRegion),
		now: iso,
		log,
	});
	const collecting = createCollecting({
		store,
		writer,
		collect: async (...call) => gate.collect(...call),
		intervalsOf: pace,
		log,
	});
	const boardSchedule = createBoardSchedule({
		boards,
		join: createJoinBoards({
			store,
			writer,
			config: () => config,
			account: () => accountWatch?.account(),
			services: watched,
			now: iso,
			log,
		}),
		onBug: error => log.error({err: error}, 'The boards could not be joined'),
	});
	const firstRound = createFirstRound(async (service, baseline) => writer.rejudge([service], baseline));

	const runTask: Parameters<typeof createEmbeddedEngine>[0]['run'] = async (task, context) => {
		const service = parts.services.find(({id}) => id === task.service);
		if (service === undefined) {
			return 'skipped';
		}

		const status = await collecting(service, task, context);
		lastProgressAt = iso();
		if (status === 'unauthenticated') {
			accountWatch?.doubt();
		}

		await firstRound.ended(service, task);
		boardSchedule.touched(service.id);
		return status;
	};

	const engine: Engine = createEmbeddedEngine({
		run: runTask,
		onChange: changed,
		onClockJump(jumpMs) {
			log.info({jumpMs: Math.round(jumpMs)}, 'Time was lost: everything is looked at again');
			accountWatch?.retryNow();
			changed();
		},
		onBug: (task, error) => log.error({err: error, service: task.service, awsRegion: task.awsRegion}, 'A collection threw'),
	});

	const plan = (): void => {
		const account = accountWatch?.account();
		if (account !== undefined && stopping === undefined) {
			// Regions that could not be listed are no reason to forget those that are known.
			if (account.regions.length > 0) {
				store.setWatched([...watchedSnapshots(account, watched()), ...boards().map(board => boardSnapshot(account, board))]);
			}

			const tasks = planTasks(account, watched(), pace, store.headers(), now());
			firstRound.expect(tasks, store.headers());
			engine.plan(tasks);
		}
	};

	const watchTheAccount = (): AccountWatch =>
		watchAccount({
			gate,
			store,
			now,
			onAccount: plan,
			onReturn: () => engine.wake('unauthenticated'),
			onChange: changed,
			onBug: error => log.error({err: error}, 'The account could not be asked for'),
		});

	const problems = (): readonly Problem[] =>
		bookOf([
			...(badConfig === undefined
				? []
				: [{id: 'configuration', severity: 'error', text: badConfig, fix: 'correct it, then: vedette daemon reload'} as const]),
			...(accountWatch?.problems() ?? []),
			...gateProblems,
			...storeProblems(store.health()),
			...endpointProblems(config),
		]);

	const live = (): Live => {
		const account = accountWatch?.account();
		const {nextPollAt, running} = engine.status();
		return {
			account: account && {accountId: account.accountId, partition: account.partition},
			regions: regions(),
			problems: problems(),
			traffic: {
				...gate.traffic(),
				nextPollAt,
				collecting: [...new Set(running.map(({service, awsRegion}) => `${service} ${awsRegion}`))],
			},
		};
	};

	const readGateProblems = async (): Promise<void> => {
		try {
			gateProblems = await gate.problems();
		} catch (error) {
			log.error({err: error}, 'The gate could not be asked for its problems');
		}
	};

	/** What viewers see that no commit tells of: ages that passed a bound, calls a minute, problems. */
	let seen = '';
	const tick = (): void => {
		void readGateProblems();
		if (server?.viewers() === 0) {
			return;
		}

		const at = iso();
		const signature = JSON.stringify([live(), store.headers().map(header => isStale(header, at))]);
		if (signature !== seen) {
			seen = signature;
			changed();
		}
	};

	let ticker: NodeJS.Timeout | undefined;
	let stopListening: (() => void) | undefined;

	const refresh = (service: string | undefined): string => {
		const known = watched().find(({id}) => id === service);
		if (service !== undefined && known === undefined) {
			return `${service} is not watched`;
		}

		accountWatch?.retryNow();
		gate.forgetRefusals();
		const [problem] = accountWatch?.problems() ?? [];
		if (problem !== undefined && problem.id !== 'regions') {
			return problem.text;
		}

		return refreshed(engine.refreshNow(service), known?.title ?? 'all services');
	};

	const reload = async (): Promise<string> => {
		if (parts.reload === undefined) {
			return 'This daemon has no configuration to read again';
		}

		const read = await parts.reload();
		if (typeof read === 'string') {
			badConfig = `The configuration was not taken: ${read}`;
			log.error(badConfig);
			changed();
			return badConfig;
		}

		const before = config;
		// Where it lives cannot change under a daemon that runs.
		config = {...read, stateDir: before.stateDir, runtimeDir: before.runtimeDir};
		badConfig = undefined;
		store.setMutes(config.mutes, iso());
		await store.setCatalogue(toCatalogue([...boards(), ...watched()]));
		if (gateKey(before) === gateKey(config)) {
			plan();
		} else {
			reopenGate();
		}

		if (rulesKey(before) !== rulesKey(config)) {
			await writer.rejudge(watched());
		}

		// Boards are given more of it than rules are, such as the mutes.
		boardSchedule.touched();
		changed();
		log.info('The configuration was read again');
		return read.stateDir === before.stateDir && read.runtimeDir === before.runtimeDir
			? 'The configuration was read again'
			: 'The configuration was read again; the directories change when the daemon is started again';
	};

	const reopenGate = (): void => {
		accountWatch?.stop();
		// What runs with the old credentials is aborted: it may be of another account.
		engine.plan([]);
		const old = gate;
		gate = parts.openGate(config, store);
		gateProblems = [];
		closeGate(old);
		accountWatch = watchTheAccount();
	};

	const closeGate = (old: DaemonGate): void => {
		const closing = old
			.close()
			.catch(error => log.error({err: error}, 'The gate did not close'))
			.finally(() => closingGates.delete(closing));
		closingGates.add(closing);
	};

	const health = async (): Promise<Health> => {
		const {path, bytes, errors, entries, degraded} = store.health();
		return {
			pid: process.pid,
			version,
			startedAt,
			uptimeMs: Math.round(performance.now() - startedMs),
			rssBytes: process.memoryUsage.rss(),
			entries,
			revision: store.revision(),
			viewers: server?.viewers() ?? 0,
			degraded: [...new Set([...problems().map(({text}) => text), ...degraded])],
			lastProgressAt,
			buckets: gate.buckets(),
			store: {path, bytes, errors},
		};
	};

	const stopAll = async (): Promise<void> => {
		log.info('Vedette stops');
		clearInterval(ticker);
		stopListening?.();
		accountWatch?.stop();
		await server?.retire();
		await engine.drain(drainMs);
		await boardSchedule.stop();
		closeGate(gate);
		await Promise.all(closingGates);
		// Viewers go before the lock does: closing takes the socket away, and the next daemon's must not be meant.
		await server?.close();
		await store.close();
		await release();
	};

	const stop = async (): Promise<void> => {
		stopping ??= stopAll().finally(finish);
		return stopping;
	};

	return {
		done,
		stop,
		serves: {
			answer: async (query: Query) => store.answer(query, live(), iso()),
			refresh,
			health,
			reload,
			stop() {
				stop().catch(error => log.error({err: error}, 'Stopping failed'));
			},
		},
		begin(opened: ViewerServer): void {
			server = opened;
			stopListening = store.onCommit(changed);
			accountWatch = watchTheAccount();
			ticker = setInterval(tick, tickMs);
		},
	};
};

const refreshed = ({started, running, recent}: Refreshed, what: string): string => {
	if (started > 0) {
		return `Collecting ${what} now: ${started} ${started === 1 ? 'collection' : 'collections'}`;
	}

	if (running > 0) {
		return `${what} is being collected already`;
	}

	return recent > 0 ? `${what} was collected a moment ago` : `Nothing of ${what} is planned yet`;
};
