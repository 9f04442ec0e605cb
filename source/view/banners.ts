import {type Overview, ours, type Problem, type SafeText, type WatcherState} from '../model/index.js';
import {count} from './cell.js';
import {gap, type Line, type Size, say, span, words} from './line.js';
import type {Look} from './look.js';
import {panelState} from './outcome.js';
import {severityFace, verdictFace} from './theme.js';
import {age, clock, shortSpan} from './time.js';
import {padEnd, widthOf, wrap} from './width.js';

/** One that is started anew is there again by then. */
const backSoonMs = 10_000;

/**
 * The line on top of a screen that no longer moves: `daemon gone 2 s · last read 14:02 · trying again in 3 s`, and later what to
 * do about it. Undefined while all is live.
 */
export const disconnectedLine = (state: WatcherState, overview: Overview | undefined, look: Look): Line | undefined => {
	const lastRead = overview === undefined ? ours('') : say` · last read ${clock(overview.now, look.timeZone)}`;
	switch (state.status) {
		case 'lost': {
			const retryMs = Date.parse(state.retryAt) - Date.parse(look.now);
			const retry = retryMs >= 1000 ? say`trying again in ${shortSpan(retryMs)}` : ours('trying again');
			const {successor} = state;
			const isGone = Date.parse(look.now) - Date.parse(state.since) >= backSoonMs;
			const next =
				successor === 'starting'
					? ours('starting another')
					: successor !== undefined
						? say`none can be started: ${look.show(successor.failed)}`
						: isGone
							? ours('run vedette again to start one')
							: retry;
			return [span(say` daemon gone ${age(state.since, look.now)}${lastRead} · ${next}`, 'warning')];
		}

		case 'offline': {
			return [span(say` offline: ${look.show(state.reason)}${lastRead}`, 'warning')];
		}

		case 'live':
		case 'connecting': {
			return undefined;
		}
	}
};

/** Whether anything was ever read: before that, a screen of zeroes would be a lie. */
export const hasSnapshot = (overview: Overview): boolean =>
	overview.panels.some(panel =>
		panel.snapshots.some(({capturedAt, outcome}) => capturedAt !== undefined || outcome.status === 'not-enabled'),
	);

const block = (text: SafeText, columns: number, indent = 3): readonly Line[] =>
	wrap(text, Math.max(1, columns - indent - 1)).map(line => [gap(indent), span(line)]);

/** Nothing to show and no way to get it: what was looked for, and the one command that helps. */
const noCredentials = (problem: Problem, look: Look, columns: number): readonly Line[] => [
	[],
	[words('   No credentials', 'strong')],
	[],
	...block(look.show(problem.text), columns),
	...(problem.fix === undefined ? [] : [[], [words('   run   ', 'dim'), span(look.show(problem.fix), 'accent')]]),
	[words('   or    ', 'dim'), words('vedette demo', 'plain'), words('   the same screens with a made-up account, no AWS', 'dim')],
	[],
	[words('   This goes on by itself once you have logged in.', 'dim')],
];

/** Before the first snapshot: what is being read, panel by panel. */
export const firstRunBody = (overview: Overview | undefined, state: WatcherState, look: Look, {columns}: Size): readonly Line[] => {
	if (overview === undefined) {
		const words_ =
			state.status === 'connecting' ? 'Connecting to the daemon…' : state.status === 'live' ? 'Asking the daemon…' : 'Nobody to ask yet';
		return [[], [words(`   ${words_}`, 'dim')]];
	}

	const credentials = overview.problems.find(({id}) => id === 'credentials');
	if (credentials !== undefined) {
		return noCredentials(credentials, look, columns);
	}

	const titleWidth = Math.max(8, ...overview.panels.map(({title}) => widthOf(look.show(title))));
	const done = overview.panels.filter(panel => panelState(panel, overview, look).capturedAt !== undefined).length;
	return [
		[],
		[words('   Reading your account for the first time', 'strong'), span(say`   ${done} of ${overview.panels.length}`, 'dim')],
		[],
		...overview.panels.map((panel): Line => {
			const panelNow = panelState(panel, overview, look);
			const isRead = panelNow.capturedAt !== undefined;
			const face = isRead ? verdictFace('PASS', 'LOW', look.theme) : severityFace('LOW', look.theme);
			return [
				gap(3),
				span(face.glyph, face.style),
				span(say` ${padEnd(look.show(panel.title), titleWidth)}   `),
				isRead
					? span(count(panel.total), 'plain')
					: span(panelNow.trouble?.text ?? ours('waits for its turn'), panelNow.trouble?.style ?? 'dim'),
			];
		}),
		[],
		...block(
			ours('Large accounts take minutes, at a fifth of AWS’s published limits. What is read is shown at once and kept.'),
			columns,
		).map(line => line.map(piece => ({...piece, style: 'dim' as const}))),
	];
};

/** For windows in which nothing can be told. */
export const tooSmall = ({columns, rows}: Size): readonly Line[] => {
	const text = columns >= 26 ? ours('too small: at least 20 by 3') : ours('too small');
	const lines: Line[] = [];
	for (let row = 0; row < rows; row++) {
		lines.push(row === rows >> 1 ? [span(text)] : []);
	}

	return lines;
};

export const isTooSmall = ({columns, rows}: Size): boolean => columns < 20 || rows < 3;
