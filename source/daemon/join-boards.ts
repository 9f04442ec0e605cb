import {performance} from 'node:perf_hooks';
import type {Board, Config, Joined, Resource, Service, SnapshotHeader, SnapshotId} from '../model/index.js';
import {boardRegion, iamActionOf, isStale, snapshotKey} from '../model/index.js';
import type {Account} from '../store/account.js';
import type {Store} from '../store/port.js';
import {toInputs} from './board-inputs.js';
import type {Log} from './log.js';
import {watchedSnapshots} from './plan.js';
import {resourceKey, type Writer} from './writer.js';

export type JoinBoardsParts = {
	readonly store: Store;
	readonly writer: Writer;
	readonly config: () => Pick<Config, 'trustedAccounts' | 'mutes'>;
	readonly account: () => Account | undefined;
	/** The services that are watched now. */
	readonly services: () => readonly Service[];
	readonly now: () => string;
	readonly log: Log;
};

/** Boards of which more than half of the inputs are watched: of the others there is little to say but that it is not known. */
export const watchedBoards = (boards: readonly Board[], services: readonly Pick<Service, 'id'>[]): readonly Board[] => {
	const watched = new Set(services.map(({id}) => id));
	return boards.filter(({inputs}) => inputs.filter(({service}) => watched.has(service)).length * 2 > inputs.length);
};

/** Where the rows of a board are kept. */
export const boardSnapshot = ({accountId}: Pick<Account, 'accountId'>, {id}: Pick<Board, 'id'>): SnapshotId => ({
	accountId,
	awsRegion: boardRegion,
	service: id,
});

const batchSize = 500;

/** Joins boards anew from what the cache holds, and writes what differs. Boards that throw are told as failed; the others go on. */
export const createJoinBoards = (parts: JoinBoardsParts) => {
	const {store, writer, log} = parts;

	const readInput = async (headers: readonly SnapshotHeader[], service: string, resourceType: string): Promise<readonly Joined[]> => {
		const joined: Joined[] = [];
		for (const header of headers.filter(one => one.service === service)) {
			const keys = store.keys(header, resourceType);
			for (let start = 0; start < keys.length; start += batchSize) {
				for (const entry of await store.get(keys.slice(start, start + batchSize))) {
					if (entry?.entry === 'resource') {
						joined.push(entry);
					}
				}
			}
		}

		return joined.sort((a, b) => (a.key < b.key ? -1 : 1));
	};

	const joinOne = async (
		board: Board,
		account: Account,
		headers: readonly SnapshotHeader[],
		read: (service: string, resourceType: string) => Promise<readonly Joined[]>,
	): Promise<void> => {
		const snapshot = boardSnapshot(account, board);
		const startedMs = performance.now();
		const startedAt = parts.now();
		const previous = headers.find(header => snapshotKey(header) === snapshotKey(snapshot));
		const services = parts.services().filter(({id}) => board.inputs.some(input => input.service === id));
		const expected = watchedSnapshots(account, services);
		const own = expected.map(id => headers.find(header => snapshotKey(header) === snapshotKey(id)));
		const given = new Map<string, readonly Joined[]>();
		for (const {service, resourceType} of board.inputs) {
			given.set(resourceType, await read(service, resourceType));
		}

		// Until every input was tried once, rows come and go because inputs do, and not because the account changed.
		const baseline = previous?.fullAt === undefined;
		const settled = own.every(header => header !== undefined);
		const inputs = toInputs({
			account,
			services,
			headers,
			now: startedAt,
			trustedAccounts: parts.config().trustedAccounts,
			mutes: parts.config().mutes,
			entries: resourceType => given.get(resourceType) ?? [],
		});
		let rows: readonly Resource[];
		try {
			rows = [...board.join(inputs)];
		} catch (error) {
			log.error({err: error, board: board.id}, 'A board could not be joined');
			return;
		}

		const unseen = new Set(store.keys(snapshot));
		const place = {service: board, snapshot, baseline};
		for (let start = 0; start < rows.length; start += batchSize) {
			const resources = rows.slice(start, start + batchSize);
			for (const row of resources) {
				unseen.delete(resourceKey(snapshot, row));
			}

			await writer.write(place, {resources, findings: [], goneFindingIds: []});
		}

		await writer.sweep(place, [...unseen]);
		await store.commit({
			upserts: [],
			removals: [],
			changes: [],
			header: headerOf(snapshot, expected, own, incidentalActions(services), {
				at: startedAt,
				durationMs: Math.round(performance.now() - startedMs),
				fullAt: settled ? (previous?.fullAt ?? startedAt) : undefined,
			}),
		});
	};

	return async (boards: readonly Board[]): Promise<void> => {
		const account = parts.account();
		if (account === undefined) {
			return;
		}

		// What several boards join is read once. Headers are of the moment before: what has been collected since must not make
		// whole what was read of it earlier.
		const headers = store.headers();
		const reads = new Map<string, Promise<readonly Joined[]>>();
		const read = async (service: string, resourceType: string): Promise<readonly Joined[]> => {
			const key = `${service}/${resourceType}`;
			const known = reads.get(key) ?? readInput(headers, service, resourceType);
			reads.set(key, known);
			return known;
		};
		for (const board of boards) {
			await joinOne(board, account, headers, read);
		}
	};
};

/** IAM actions on which no verdict rests: their refusal is no news of a board. */
const incidentalActions = (services: readonly Service[]): ReadonlySet<string> =>
	new Set(
		services.flatMap(service =>
			Object.entries(service.operations).flatMap(([name, {incidental}]) => (incidental === true ? [iamActionOf(service, name)] : [])),
		),
	);

/** As old as the oldest of what it rests on, and stale where any of it is. */
const headerOf = (
	snapshot: SnapshotId,
	expected: readonly SnapshotId[],
	own: ReadonlyArray<SnapshotHeader | undefined>,
	incidental: ReadonlySet<string>,
	joined: {readonly at: string; readonly durationMs: number; readonly fullAt: string | undefined},
): SnapshotHeader => {
	const headers = own.flatMap(header => header ?? []);
	const read = headers.flatMap(header => (header.capturedAt === undefined ? [] : {...header, capturedAt: header.capturedAt}));
	const stale = read.filter(header => isStale(header, joined.at)).sort((a, b) => (a.capturedAt < b.capturedAt ? -1 : 1))[0];
	const oldest = stale ?? read.toSorted((a, b) => (a.capturedAt < b.capturedAt ? -1 : 1))[0];
	// Whatever was never read is not in the rows, and of that the panel must speak.
	const blind = expected.filter((_, index) => own[index]?.capturedAt === undefined);
	const refusals = headers
		.flatMap(({outcome}) => outcome.refusals)
		.filter(({iamAction}) => !incidental.has(iamAction))
		.filter((one, index, all) => all.findIndex(other => other.iamAction === one.iamAction) === index);
	const next = headers.flatMap(({nextAttemptAt}) => nextAttemptAt ?? []).sort()[0];
	return {
		...snapshot,
		capturedAt: oldest?.capturedAt,
		attemptedAt: joined.at,
		nextAttemptAt: next,
		everyMs: stale?.everyMs ?? Math.max(60_000, ...headers.map(({everyMs}) => everyMs)),
		outcome: {
			status: refusals.length > 0 || blind.length > 0 ? 'partial' : 'ok',
			durationMs: joined.durationMs,
			calls: 0,
			refusals,
			...(blind.length > 0 && {
				reason: `Not read: ${blind
					.map(({service, awsRegion}) => `${service} in ${awsRegion}`)
					.slice(0, 3)
					.join(', ')}${blind.length > 3 ? ' …' : ''}`,
			}),
		},
		...(joined.fullAt !== undefined && {fullAt: joined.fullAt}),
	};
};
