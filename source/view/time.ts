import {ours, type SafeText} from '../model/index.js';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time, short: `41 s`, `12 m`, `3 h`, `41 d`, `2 y`. Rounded down, so that nothing looks older or further than it is. */
export const shortSpan = (lengthMs: number): SafeText => {
	if (!Number.isFinite(lengthMs)) {
		return ours('?');
	}

	const length = Math.max(0, lengthMs);
	if (length < minuteMs) {
		return ours(`${Math.floor(length / secondMs)} s`);
	}

	if (length < hourMs) {
		return ours(`${Math.floor(length / minuteMs)} m`);
	}

	if (length < 2 * dayMs) {
		return ours(`${Math.floor(length / hourMs)} h`);
	}

	const days = Math.floor(length / dayMs);
	return ours(days < 730 ? `${days} d` : `${Math.floor(days / 365.25)} y`);
};

/** How long ago, without the word: `41 s`. `?` for what is no time. */
export const age = (at: string, now: string): SafeText => shortSpan(Date.parse(now) - Date.parse(at));

/** `in 6 d`, `3 d ago`. Up to a second either way: `now`. */
export const relative = (at: string, now: string): SafeText => {
	const awayMs = Date.parse(at) - Date.parse(now);
	if (!Number.isFinite(awayMs)) {
		return ours('?');
	}

	if (Math.abs(awayMs) < secondMs) {
		return ours('now');
	}

	return awayMs > 0 ? ours(`in ${shortSpan(awayMs)}`) : ours(`${shortSpan(-awayMs)} ago`);
};

/** Whether it lies behind. What is no time does not. */
export const isPast = (at: string, now: string): boolean => Date.parse(at) < Date.parse(now);

// Creating a formatter costs a hundred times what using it costs.
const formatters = new Map<string, Intl.DateTimeFormat>();

const parts = (at: string, timeZone: string): Readonly<Record<string, string>> | undefined => {
	const date = new Date(at);
	if (Number.isNaN(date.getTime())) {
		return undefined;
	}

	let formatter = formatters.get(timeZone);
	if (formatter === undefined) {
		formatter = new Intl.DateTimeFormat('en-US', {
			timeZone,
			year: 'numeric',
			month: 'short',
			day: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		});
		formatters.set(timeZone, formatter);
	}

	return Object.fromEntries(formatter.formatToParts(date).map(({type, value}) => [type, value]));
};

/** `14:02`. */
export const clock = (at: string, timeZone: string): SafeText => {
	const found = parts(at, timeZone);
	return ours(found === undefined ? '?' : `${found['hour']}:${found['minute']}`);
};

/** `27 Nov`, with the year where it is not this one. */
export const day = (at: string, now: string, timeZone: string): SafeText => {
	const found = parts(at, timeZone);
	if (found === undefined) {
		return ours('?');
	}

	const year = parts(now, timeZone)?.['year'];
	return ours(`${found['day']} ${found['month']}${found['year'] === year ? '' : ` ${found['year']}`}`);
};

/** `27 Nov 14:00`, with the year instead of the time where it is not this one. */
export const exact = (at: string, now: string, timeZone: string): SafeText => {
	const date = day(at, now, timeZone);
	return date === '?' || /\d{4}$/u.test(date) ? date : ours(`${date} ${clock(at, timeZone)}`);
};
