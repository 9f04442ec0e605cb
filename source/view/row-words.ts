import {ours, type Row, type SafeText} from '../model/index.js';
import {type Span, type Style, say, span} from './line.js';
import type {Look} from './look.js';
import {type Face, verdictFace} from './theme.js';
import {isPast, relative} from './time.js';

// A change stays marked for as long as somebody who looks away for a moment needs to see it.
const markedMs = 60_000;

/** `+` new, `−` gone, `↑` worse, `↓` better, for a minute after it happened; a blank otherwise. */
export const recentMark = (row: Pick<Row, 'recent'>, look: Look): Span => {
	if (row.recent === undefined || Date.parse(look.now) - Date.parse(row.recent.at) > markedMs) {
		return span(ours(' '));
	}

	return changeMark(row.recent.type);
};

const marks = {
	opened: ['+', 'high'],
	appeared: ['+', 'strong'],
	closed: ['−', 'pass'],
	gone: ['−', 'strong'],
	worsened: ['↑', 'critical'],
	improved: ['↓', 'pass'],
} as const satisfies Record<NonNullable<Row['recent']>['type'], readonly [string, Style]>;

/** How a change is marked everywhere. */
export const changeMark = (type: NonNullable<Row['recent']>['type']): Span => {
	const [glyph, style] = marks[type];
	return span(ours(glyph), style);
};

export const rowFace = (row: Pick<Row, 'verdict' | 'severity' | 'muted' | 'stale'>, look: Look): Face => {
	const face = verdictFace(row.verdict, row.severity, look.theme);
	return row.muted || row.stale ? {...face, style: 'dim'} : face;
};

/** The sentence of a row, with how much more there is about the same resource. */
export const rowReason = (row: Row, look: Look): SafeText => {
	const more = row.more > 0 ? say` (+${row.more} more)` : ours('');
	const muted = row.muted ? ours('muted: ') : ours('');
	return say`${muted}${row.reason === '' ? ours('–') : look.show(row.reason)}${more}`;
};

/** `certificate in 4 d`, `certificate ended 3 d ago`, and the same without what it is: for where that goes without saying. */
export const dueWords = (due: NonNullable<Row['due']>, look: Look): {readonly whole: SafeText; readonly brief: SafeText} => {
	// What was due and did not happen has not ended: it is late.
	const past = due.what.endsWith(' due') ? ours('') : ours('ended ');
	const brief = say`${isPast(due.at, look.now) ? past : ours('')}${relative(due.at, look.now)}`;
	return {whole: say`${look.show(due.what)} ${brief}`, brief};
};
