import type {Outcome, Service, SnapshotHeader, SnapshotId, Tier} from '../model/index.js';
import {monthMs, msBetween} from '../model/index.js';

/** How a collection ended, as far as its snapshot's header is concerned. */
export type Ended = {
	readonly tier: Tier;
	readonly outcome: Outcome;
	readonly watermark: string | undefined;
	readonly startedAt: string;
	readonly nextAttemptAt: string;
};

/** How often a service's tiers are polled, the configuration's wishes included. */
export type Intervals = {readonly fullMs: number; readonly deltaMs: number | undefined};

export const intervalsOf = (service: Service, wishes: {readonly fullMs?: number; readonly deltaMs?: number} | undefined): Intervals => ({
	fullMs: wishes?.fullMs ?? service.refresh.full.everyMs,
	deltaMs: service.refresh.delta === undefined ? undefined : (wishes?.deltaMs ?? service.refresh.delta.everyMs),
});

/** Whether a collection confirmed what is on record. After anything else that stays, with its age. */
const confirms = ({status}: Outcome): boolean => status === 'ok' || status === 'partial' || status === 'not-enabled';

/**
 * The header after a collection. `lastFull` is how the last complete one ended: a delta that went well must not hide that
 * some of what it rests on was refused, nor make fresh what no complete collection has confirmed for two intervals.
 */
export const nextHeader = (
	id: SnapshotId,
	previous: SnapshotHeader | undefined,
	ended: Ended,
	intervals: Intervals,
	lastFull: Outcome | undefined,
): SnapshotHeader => {
	const {tier, startedAt} = ended;
	const isFull = tier === 'full';
	const outcome = isFull ? ended.outcome : resting(ended.outcome, lastFull);
	const watermark = ended.watermark ?? previous?.watermark;
	const fullAt = isFull && confirms(outcome) ? startedAt : previous?.fullAt;
	const complete = fullAt !== undefined && Date.parse(startedAt) - Date.parse(fullAt) <= 2 * intervals.fullMs;
	return {
		accountId: id.accountId,
		awsRegion: id.awsRegion,
		service: id.service,
		// When it began, not when it ended: no fact on record is older.
		capturedAt: confirms(ended.outcome) && (isFull || complete) ? startedAt : previous?.capturedAt,
		attemptedAt: startedAt,
		nextAttemptAt: ended.nextAttemptAt,
		// Without a watermark there is no delta, and only the complete collection refreshes.
		everyMs: watermark === undefined || intervals.deltaMs === undefined ? intervals.fullMs : Math.min(intervals.fullMs, intervals.deltaMs),
		outcome,
		...(watermark !== undefined && {watermark}),
		...(fullAt !== undefined && {fullAt}),
		metered: nextMeter(previous?.metered, startedAt, ended.outcome.calls),
	};
};

type Meter = NonNullable<SnapshotHeader['metered']>;

/** Adds a collection's calls. Halved with its time once it spans a month, so that what was asked long ago fades. */
const nextMeter = (previous: Meter | undefined, startedAt: string, calls: number): Meter => {
	const spanMs = previous === undefined ? Number.NaN : msBetween(previous.since, startedAt);
	if (previous === undefined || !(spanMs >= 0)) {
		// The first, or a clock that was set back: what was counted by it is of no known time.
		return {since: startedAt, calls};
	}

	const sum = previous.calls + calls;
	return spanMs > monthMs
		? {since: new Date(Date.parse(startedAt) - spanMs / 2).toISOString(), calls: Math.round(sum / 2)}
		: {since: previous.since, calls: sum};
};

const resting = (outcome: Outcome, lastFull: Outcome | undefined): Outcome => {
	if (outcome.status !== 'ok' || lastFull === undefined || lastFull.status === 'ok' || lastFull.status === 'not-enabled') {
		return outcome;
	}

	return {
		...outcome,
		status: 'partial',
		refusals: lastFull.refusals,
		reason: lastFull.reason ?? `What changed was read; the last complete collection was ${lastFull.status}`,
	};
};
