import type {Inputs, Joined, Mute, Refusal, Service, SnapshotHeader, SnapshotId} from '../model/index.js';
import {dayMs, iamActionOf, monthMs, msBetween, snapshotKey} from '../model/index.js';
import type {Account} from '../store/account.js';
import {watchedSnapshots} from './plan.js';

/** What a board is given, by what the cache holds of the services that are watched. */
export const toInputs = (of: {
	readonly account: Account;
	readonly services: readonly Service[];
	readonly headers: readonly SnapshotHeader[];
	readonly now: string;
	readonly trustedAccounts: readonly string[];
	readonly mutes: readonly Mute[];
	readonly entries: (resourceType: string) => readonly Joined[];
}): Inputs => {
	const {account, services, now, trustedAccounts, mutes, entries} = of;
	const known = new Map(of.headers.map(header => [snapshotKey(header), header]));
	const snapshots = watchedSnapshots(account, services).map(id => ({id, header: known.get(snapshotKey(id))}));
	return {
		accountId: account.accountId,
		partition: account.partition,
		now,
		regions: account.regions,
		trustedAccounts,
		mutes,
		// The caller's promise, as the type says.
		of: resourceType => entries(resourceType) as ReadonlyArray<Joined<never>>,
		gap(id, operations, awsRegion) {
			const service = services.find(one => one.id === id);
			return service === undefined
				? refusal('not-available', {id, iamAction: id}, `${id} is not watched`)
				: gapOf(service, snapshots, operations, awsRegion);
		},
		callsPerMonth: id => {
			const rates = snapshots.filter(one => one.id.service === id).map(({header}) => callsPerMonthOf(header, now));
			const known = rates.filter(rate => rate !== undefined);
			return known.length === 0 || known.length < rates.length ? undefined : known.reduce((sum, rate) => sum + rate, 0);
		},
	};
};

/** Undefined where the meter has not run for a day. */
const callsPerMonthOf = (header: SnapshotHeader | undefined, now: string): number | undefined => {
	const metered = header?.metered;
	const spanMs = metered === undefined ? 0 : msBetween(metered.since, now);
	return metered === undefined || !(spanMs >= dayMs) ? undefined : (metered.calls * monthMs) / spanMs;
};

const refusal = (status: Refusal['status'], of: {readonly id: string; readonly iamAction: string}, message: string): Refusal => ({
	status,
	operation: of.id,
	iamAction: of.iamAction,
	error: '',
	message,
});

/** See `Inputs.gap`. */
const gapOf = (
	service: Service,
	snapshots: ReadonlyArray<{readonly id: SnapshotId; readonly header: SnapshotHeader | undefined}>,
	operations: readonly string[],
	awsRegion: string | undefined,
): Refusal | undefined => {
	const [operation] = operations;
	const named = {id: operation ?? service.id, iamAction: operation === undefined ? service.id : iamActionOf(service, operation)};
	const meant = snapshots.filter(
		({id}) => id.service === service.id && (awsRegion === undefined || service.scope !== 'regional' || id.awsRegion === awsRegion),
	);
	if (meant.length === 0) {
		return refusal('not-available', named, `${awsRegion ?? service.id} is not watched`);
	}

	for (const {header} of meant) {
		if (header === undefined) {
			return refusal('pending', named, '');
		}

		const {status, refusals, reason = ''} = header.outcome;
		const told = refusals.find(one => operations.includes(one.operation));
		if (told !== undefined) {
			return told;
		}

		// What was once read whole is known, if old; that it is old is said of the whole board.
		if (header.fullAt === undefined && status !== 'not-enabled') {
			return refusals[0] ?? refusal(status === 'ok' || status === 'partial' ? 'pending' : status, named, reason);
		}
	}

	return undefined;
};
