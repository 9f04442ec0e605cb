import type {Task} from '../engine/port.js';
import type {Service, SnapshotHeader, SnapshotId} from '../model/index.js';
import {snapshotKey} from '../model/index.js';
import type {Account} from '../store/account.js';
import type {Intervals} from './header.js';

/** Between the beginnings of two services: about what loading an SDK client takes. */
const apartMs = 40;

const regionsOf = (service: Service, account: Account): readonly string[] =>
	service.scope === 'regional' ? account.regions : [service.scope.homeRegion];

/** Each service in each Region, a global one once. */
export const watchedSnapshots = (account: Account, services: readonly Service[]): readonly SnapshotId[] =>
	services.flatMap(service =>
		regionsOf(service, account).map(awsRegion => ({accountId: account.accountId, awsRegion, service: service.id})),
	);

/**
 * All that is to be collected: each service in each Region (a global one once, from its home Region), in each tier.
 * Every service's first Region goes before any second one, so that all panels fill together; what is complete before what changed.
 * Services begin one after the other, those first that are looked at most often: where all begin at once, loading their clients
 * takes a second in which none gets on.
 * A complete collection that a delta can stand in for is not repeated because the daemon was started again.
 */
export const planTasks = (
	account: Account,
	services: readonly Service[],
	intervalsOf: (service: Service) => Intervals,
	headers: readonly SnapshotHeader[],
	nowMs: number,
): readonly Task[] => {
	const known = new Map(headers.map(header => [snapshotKey(header), header]));
	const pace = (service: Service): number => {
		const {fullMs, deltaMs} = intervalsOf(service);
		return Math.min(fullMs, deltaMs ?? fullMs);
	};
	const ranks = new Map(services.toSorted((a, b) => pace(a) - pace(b)).map((service, rank) => [service.id, rank]));
	return services.flatMap((service, serviceIndex) => {
		const intervals = intervalsOf(service);
		const turnMs = (ranks.get(service.id) ?? 0) * apartMs;
		return regionsOf(service, account).flatMap((awsRegion, regionIndex): readonly Task[] => {
			const snapshot = {accountId: account.accountId, awsRegion, service: service.id};
			const header = known.get(snapshotKey(snapshot));
			const priority = -(regionIndex * services.length + serviceIndex);
			const {full, delta} = service.refresh;
			const hasDelta = delta !== undefined && intervals.deltaMs !== undefined;
			const full_: Task = {
				...snapshot,
				tier: 'full',
				everyMs: intervals.fullMs,
				deadlineMs: full.deadlineMs,
				priority,
				firstAfterMs: hasDelta ? restOf(header, intervals.fullMs, nowMs) : 0,
				turnMs,
			};
			if (!hasDelta) {
				return [full_];
			}

			return [
				full_,
				{
					...snapshot,
					tier: 'delta',
					everyMs: intervals.deltaMs,
					deadlineMs: delta.deadlineMs,
					priority: priority - 0.5,
					turnMs,
				},
			];
		});
	});
};

/** How much of the interval is left since the last complete collection, if all has been well since. */
const restOf = (header: SnapshotHeader | undefined, everyMs: number, nowMs: number): number => {
	if (header?.fullAt === undefined || header.watermark === undefined || header.outcome.status !== 'ok') {
		return 0;
	}

	const passedMs = nowMs - Date.parse(header.fullAt);
	// A time in the future is a clock that was set back: it says nothing.
	return passedMs < 0 ? 0 : Math.max(0, everyMs - passedMs);
};
