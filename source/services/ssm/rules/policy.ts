import {dayMs, hourMs} from '../../../model/index.js';

/**
 * A policy of an advanced parameter, read from its text.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html
 */
export type ParameterPolicy = {
	/** `Expiration`, `ExpirationNotification` or `NoChangeNotification`. */
	readonly type: string;
	/** `Pending`, `InProgress`, `Finished` or `Failed`. */
	readonly status?: string;
	/** Of an Expiration: when Parameter Store deletes the parameter, ISO 8601 in UTC. */
	readonly expiresAt?: string;
	/** Of an ExpirationNotification: how long before the end it announces it, in milliseconds. */
	readonly beforeMs?: number;
	/** Of a NoChangeNotification: after how long without a change it complains, in milliseconds. */
	readonly afterMs?: number;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A moment in ISO_INSTANT or ISO_OFFSET_DATE_TIME, whose offset may have seconds, as in AWS's own example `+10:30:00`. */
const toMoment = (text: unknown): string | undefined => {
	const ms = typeof text === 'string' ? Date.parse(text.replace(/([+-]\d{2}:\d{2}):\d{2}$/u, '$1')) : Number.NaN;
	return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};

const unitMs: Readonly<Record<string, number>> = {Days: dayMs, Hours: hourMs};

/** `{"Before": "15", "Unit": "Days"}`: counts are text in AWS's examples, and numbers for those who write them so. */
const toSpanMs = (count: unknown, unit: unknown): number | undefined => {
	const size = typeof count === 'string' || typeof count === 'number' ? Number(count) : Number.NaN;
	const each = typeof unit === 'string' ? unitMs[unit] : undefined;
	return each === undefined || !(size > 0) ? undefined : size * each;
};

const attributesOf = (text: string | undefined): Readonly<Record<string, unknown>> => {
	try {
		const policy: unknown = JSON.parse(text ?? '');
		return isRecord(policy) && isRecord(policy['Attributes']) ? policy['Attributes'] : {};
	} catch {
		return {};
	}
};

/** What a policy says; what cannot be read of it is absent. */
export const readPolicy = (type: string, status: string | undefined, text: string | undefined): ParameterPolicy => {
	const attributes = attributesOf(text);
	const expiresAt = type === 'Expiration' ? toMoment(attributes['Timestamp']) : undefined;
	const beforeMs = type === 'ExpirationNotification' ? toSpanMs(attributes['Before'], attributes['Unit']) : undefined;
	const afterMs = type === 'NoChangeNotification' ? toSpanMs(attributes['After'], attributes['Unit']) : undefined;
	return {
		type,
		...(status !== undefined && {status}),
		...(expiresAt !== undefined && {expiresAt}),
		...(beforeMs !== undefined && {beforeMs}),
		...(afterMs !== undefined && {afterMs}),
	};
};

const daysOrHours = (ms: number): string => {
	const [count, unit] = ms % dayMs === 0 ? [ms / dayMs, 'day'] : [ms / hourMs, 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** `Expiration 2026-12-01T00:00:00.000Z`, `NoChangeNotification after 20 days, Failed`. */
export const policyInWords = ({type, status, expiresAt, beforeMs, afterMs}: ParameterPolicy): string => {
	const what = [
		type,
		...(expiresAt === undefined ? [] : [expiresAt]),
		...(beforeMs === undefined ? [] : [`${daysOrHours(beforeMs)} before`]),
		...(afterMs === undefined ? [] : [`after ${daysOrHours(afterMs)}`]),
	].join(' ');
	return status === undefined ? what : `${what}, ${status}`;
};
