import type {Seen} from '../../../model/index.js';
import type {Miner} from './mining.js';
import {standInId} from './resources.js';

/** From where the next delta reads on. */
export type Watermark =
	/** There is a detector: which, since when, what of that window was read already, and who mined. */
	| {
			readonly detectorId: string;
			/** When the last poll began, in milliseconds since 1970: the unit of GuardDuty's `updatedAt` criterion. */
			readonly atMs: number;
			/**
			 * Ids with the moment they count from, milliseconds. The window opens five minutes before the last poll began,
			 * because GuardDuty may list a finding some time after the moment it bears. `ListFindings` names ids only, so what
			 * the window showed before is remembered and not fetched again. That may delay the second of two updates within
			 * five minutes, until the first leaves the window: GuardDuty gathers updates for at least fifteen minutes.
			 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
			 */
			readonly seen: Seen;
			readonly miners: readonly Miner[];
	  }
	/** There is none: under which id its stand-in is kept. The next delta looks whether there is one now. */
	| {readonly standInId: string};

export const writeWatermark = (watermark: Watermark): string =>
	JSON.stringify(
		'standInId' in watermark
			? {off: watermark.standInId}
			: {detector: watermark.detectorId, at: watermark.atMs, seen: watermark.seen, miners: watermark.miners},
	);

const pairs = <T>(value: unknown, isSecond: (second: unknown) => second is T): ReadonlyArray<readonly [string, T]> | undefined =>
	Array.isArray(value)
		? value.filter((entry): entry is readonly [string, T] => Array.isArray(entry) && typeof entry[0] === 'string' && isSecond(entry[1]))
		: undefined;
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isString = (value: unknown): value is string => typeof value === 'string';

/** Undefined where the text is none of ours: an older version's, or damaged. */
export const readWatermark = (text: string): Watermark | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return undefined;
		if ('off' in value) return {standInId: isString(value.off) ? value.off : standInId};
		if (!('detector' in value && 'at' in value && 'seen' in value && 'miners' in value)) return undefined;
		const {detector: detectorId, at: atMs} = value;
		const seen = pairs(value.seen, isNumber);
		const miners = pairs(value.miners, isString);
		return isString(detectorId) && isNumber(atMs) && seen && miners ? {detectorId, atMs, seen, miners} : undefined;
	} catch {
		return undefined;
	}
};
