import type {Overview} from '../model/index.js';
import {safeText} from '../model/safe-text.js';

// This file is on the path of `vedette status`, which tmux runs every few seconds: no import but the sanitiser.

export type StatusLineOptions = {
	/** Text with `{critical}`, `{high}`, `{medium}`, `{low}`, `{unknown}`, `{muted}`, `{score}`, `{coverage}`, `{due}`, `{age}`, `{account}`. */
	readonly format?: string;
	/** Letters instead of signs. */
	readonly ascii?: boolean;
	/** Doubles every `#`, so that tmux takes nothing in it for a command or a style. Defaults to true. */
	readonly tmux?: boolean;
};

/**
 * The account in one line: `■3 ▲11 ?9 83% · cert 6d · 41s`, and where it cannot be known, why:
 * `vedette: no data for 14 m (log in)`. One line, inert in a terminal and in tmux.
 */
export const statusLine = (overview: Overview | undefined, now: string, options: StatusLineOptions = {}): string => {
	const line = overview === undefined ? 'vedette: no daemon, no data' : lineOf(overview, now, options);
	const safe: string = safeText(line);
	return options.tmux === false ? safe : safe.replaceAll('#', '##');
};

const lineOf = (overview: Overview, now: string, {format, ascii = false}: StatusLineOptions): string => {
	const capturedAt = oldestOf(overview);
	const {counts} = overview;
	const low = counts.LOW + counts.INFORMATIONAL;
	if (format !== undefined) {
		const values: Readonly<Record<string, string | number>> = {
			critical: counts.CRITICAL,
			high: counts.HIGH,
			medium: counts.MEDIUM,
			low,
			unknown: counts.unknown,
			muted: counts.muted,
			score: overview.score === undefined ? '-' : Math.round(overview.score),
			coverage: overview.coverage === undefined ? '-' : Math.floor(overview.coverage),
			due: dueOf(overview, now) ?? '-',
			age: capturedAt === undefined ? '-' : tight(Date.parse(now) - Date.parse(capturedAt)),
			account: overview.account?.alias ?? overview.account?.accountId ?? '-',
		};
		return format.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => (name in values ? String(values[name]) : whole));
	}

	const [critical, high, unknown] = ascii ? ['C', 'H', '?'] : ['■', '▲', '?'];
	const numbers = [
		...(counts.CRITICAL > 0 ? [`${critical}${counts.CRITICAL}`] : []),
		...(counts.HIGH > 0 ? [`${high}${counts.HIGH}`] : []),
		...(counts.unknown > 0 ? [`${unknown}${counts.unknown}`] : []),
	].join(' ');
	const stale = blindness(overview, now, capturedAt);
	if (stale !== undefined) {
		return numbers === '' ? stale : `${stale} · was ${numbers}`;
	}

	const score = overview.score === undefined ? '' : `${Math.round(overview.score)}%`;
	const well = numbers === '' ? (ascii ? 'ok' : '✓') : numbers;
	const age = capturedAt === undefined ? undefined : tight(Date.parse(now) - Date.parse(capturedAt));
	// Exit code 3 goes with it: the numbers may be of a moment ago, and there will be no newer ones.
	const login = hasNoCredentials(overview) ? 'log in' : undefined;
	return [[well, score].filter(part => part !== '').join(' '), dueOf(overview, now), age, login]
		.filter(part => part !== undefined)
		.join(ascii ? ' - ' : ' · ');
};

type Snapshot = Overview['panels'][number]['snapshots'][number];

const snapshotsOf = (overview: Overview): readonly Snapshot[] =>
	overview.panels.flatMap(panel => panel.snapshots.filter(({outcome}) => outcome.status !== 'not-available'));

/** When the oldest of the facts was read, over all panels that were read at all. */
const oldestOf = (overview: Overview): string | undefined =>
	snapshotsOf(overview).reduce<string | undefined>(
		(oldest, {capturedAt}) => (capturedAt !== undefined && (oldest === undefined || capturedAt < oldest) ? capturedAt : oldest),
		undefined,
	);

const hasNoCredentials = ({problems}: Overview): boolean => problems.some(({id}) => id === 'credentials');

/** Why nothing in the line could be believed to be of now; undefined where at least one panel is fresh. */
const blindness = (overview: Overview, now: string, capturedAt: string | undefined): string | undefined => {
	const newest = snapshotsOf(overview).reduce<Snapshot | undefined>(
		(found, snapshot) =>
			snapshot.capturedAt !== undefined && (found?.capturedAt === undefined || snapshot.capturedAt > found.capturedAt) ? snapshot : found,
		undefined,
	);
	const why = hasNoCredentials(overview) ? ' (log in)' : '';
	if (capturedAt === undefined || newest?.capturedAt === undefined) {
		return `vedette: no data yet${why}`;
	}

	const ageMs = Date.parse(now) - Date.parse(newest.capturedAt);
	const isFresh = snapshotsOf(overview).some(
		snapshot => snapshot.capturedAt !== undefined && Date.parse(now) - Date.parse(snapshot.capturedAt) <= 2 * snapshot.everyMs,
	);
	return isFresh ? undefined : `vedette: no data for ${spaced(ageMs)}${why}`;
};

/** The soonest end that is near enough to matter, such as `cert 6d`. */
const dueOf = (overview: Overview, now: string): string | undefined => {
	const due = overview.panels
		.flatMap(panel => panel.top)
		.flatMap(({due: end}) => (end !== undefined && Date.parse(end.at) > Date.parse(now) ? [end] : []))
		// By number: comparing by the rules of a language loads them first, which takes a third as long as starting Node.js.
		.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
	if (due === undefined) {
		return undefined;
	}

	const what = due.what === 'certificate' ? 'cert' : due.what;
	return `${what} ${tight(Date.parse(due.at) - Date.parse(now))}`;
};

const parts = (lengthMs: number): readonly [number, string] => {
	const seconds = Math.max(0, Math.floor(lengthMs / 1000));
	return seconds < 60
		? [seconds, 's']
		: seconds < 3600
			? [Math.floor(seconds / 60), 'm']
			: seconds < 172_800
				? [Math.floor(seconds / 3600), 'h']
				: [Math.floor(seconds / 86_400), 'd'];
};

const tight = (lengthMs: number): string => parts(lengthMs).join('');

const spaced = (lengthMs: number): string => parts(lengthMs).join(' ');
