import {type Effect, type Fault, faultSchema} from './fault.js';
import {random} from './random.js';

export type Target = {
	readonly service: string;
	readonly operation: string;
	readonly awsRegion: string;
	readonly accountId: string;
	readonly identity: string;
};

export type ActiveFault = {
	readonly id: string;
	readonly fault: Fault;
	/** How often it struck. */
	readonly hits: number;
	remove(): void;
};

/** The faults that are on. Of those that match a call, the oldest strikes; delays add up and let the next one strike too. */
export type Faults = {
	/** Throws on a fault that makes no sense. */
	add(fault: Fault): ActiveFault;
	remove(id: string): boolean;
	clear(): void;
	list(): readonly ActiveFault[];
};

/** What the dispatcher sees of them. */
export type Strikes = Faults & {strike(target: Target): readonly Effect[]; note(identity: string): void};

type Entry = ActiveFault & {hits: number; seen: number; readonly expired: Set<string>; strikes(target: Target): boolean};

const includes = (wanted: string | readonly string[] | undefined, actual: string): boolean =>
	wanted === undefined || (typeof wanted === 'string' ? wanted === actual : wanted.includes(actual));

/** AWS's own shape: a bucket that refills steadily. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
const bucket = (requestsPerSecond: number, burst: number): (() => boolean) => {
	let tokens = burst;
	let at = performance.now();
	return () => {
		const now = performance.now();
		tokens = Math.min(burst, tokens + ((now - at) / 1000) * requestsPerSecond);
		at = now;
		if (tokens < 1) return false;
		tokens -= 1;
		return true;
	};
};

export const createFaults = (): Strikes => {
	const entries = new Map<string, Entry>();
	const identities = new Set<string>();
	const chance = random('faults');
	let last = 0;

	const add = (given: Fault): Entry => {
		const fault = faultSchema.parse(given);
		const {effect} = fault;
		last++;
		const id = `fault-${last}`;
		const take =
			effect.kind === 'throttle-above'
				? bucket(effect.requestsPerSecond, effect.burst ?? Math.max(1, effect.requestsPerSecond))
				: undefined;
		const entry: Entry = {
			id,
			fault,
			hits: 0,
			seen: 0,
			expired: new Set(identities),
			remove: () => {
				entries.delete(id);
			},
			strikes: target => {
				if (!includes(fault.service, target.service) || !includes(fault.operation, target.operation)) return false;
				if (!includes(fault.awsRegion, target.awsRegion) || !includes(fault.accountId, target.accountId)) return false;
				entry.seen++;
				if (entry.seen <= (fault.after ?? 0) || entry.hits >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
				if (fault.probability !== undefined && !chance.chance(fault.probability)) return false;
				if (take?.() === true) return false;
				if (effect.kind === 'expired-credentials') {
					if (entry.expired.size === 0) entry.expired.add(target.identity);
					if (!entry.expired.has(target.identity)) return false;
				}
				entry.hits++;
				return true;
			},
		};
		entries.set(id, entry);
		return entry;
	};

	return {
		add,
		remove: id => entries.delete(id),
		clear: () => entries.clear(),
		list: () => [...entries.values()],
		note: identity => identities.add(identity),
		strike: target => {
			const struck: Effect[] = [];
			for (const entry of entries.values()) {
				if (!entry.strikes(target)) continue;
				// Parsed by `add`: the effect is whole.
				struck.push(entry.fault.effect);
				if (entry.fault.effect.kind !== 'delay') break;
			}
			return struck;
		},
	};
};
