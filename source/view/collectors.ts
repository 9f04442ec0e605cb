import {type Health, isStale, type Overview, ours} from '../model/index.js';
import {count} from './cell.js';
import {problemLines} from './header.js';
import {gap, type Line, type Style, say, span, words} from './line.js';
import type {Look} from './look.js';
import {outcomeWords, type PanelSnapshot} from './outcome.js';
import {age, shortSpan} from './time.js';
import {cutEnd, padEnd, padStart, widthOf} from './width.js';

/** Each collector's state per Region and why, and what else the watch has to say of itself, as lines to scroll through. */
export const collectorLines = (
	overview: Overview | undefined,
	health: Health | undefined,
	look: Look,
	columns: number,
): readonly Line[] => {
	if (overview === undefined) {
		return [[words(' reading…', 'dim')]];
	}

	const problems = problemLines(overview, look, 50);
	const degraded = (health?.degraded ?? []).map((text): Line => [words(' ! ', 'warning'), span(look.show(text))]);
	const head = [...problems, ...degraded];
	return [
		...head,
		...(head.length > 0 ? [[]] : []),
		headingLine(columns),
		...overview.panels.flatMap(panel =>
			panel.snapshots.length === 0
				? [rowLine(look.show(panel.title), undefined, overview, look, columns)]
				: panel.snapshots.flatMap((snapshot, index) => [
						rowLine(index === 0 ? look.show(panel.title) : ours(''), snapshot, overview, look, columns),
						...refusalLines(snapshot, look, columns),
					]),
		),
		...bucketLines(health, look, columns),
	];
};

const titleWidth = 16;
const regionWidth = 15;

const headingLine = (columns: number): Line =>
	columns < 70
		? [words(' collector, Region, read, next, how it ended', 'dim')]
		: [
				gap(1),
				span(padEnd(ours('Collector'), titleWidth), 'dim'),
				span(padEnd(ours('Region'), regionWidth), 'dim'),
				span(padStart(ours('Read'), 6), 'dim'),
				span(padStart(ours('Next'), 8), 'dim'),
				span(padStart(ours('Calls'), 7), 'dim'),
				span(padStart(ours('Took'), 8), 'dim'),
				gap(3),
				words('How it ended', 'dim'),
			];

const styles: Readonly<Record<PanelSnapshot['outcome']['status'], Style>> = {
	ok: 'pass',
	partial: 'warning',
	denied: 'error',
	throttled: 'warning',
	'not-enabled': 'dim',
	'not-available': 'dim',
	unauthenticated: 'error',
	unreachable: 'error',
	failed: 'error',
};

const rowLine = (
	title: ReturnType<typeof ours>,
	snapshot: PanelSnapshot | undefined,
	overview: Overview,
	look: Look,
	columns: number,
): Line => {
	if (snapshot === undefined) {
		return [gap(1), span(padEnd(cutEnd(title, titleWidth - 1), titleWidth)), words('not tried yet', 'dim')];
	}

	const {outcome, capturedAt, nextAttemptAt} = snapshot;
	const read = capturedAt === undefined ? ours('never') : age(capturedAt, look.now);
	const nextMs = nextAttemptAt === undefined ? undefined : Date.parse(nextAttemptAt) - Date.parse(look.now);
	const next = nextMs === undefined ? ours('–') : nextMs > 0 ? shortSpan(nextMs) : ours('now');
	const ended = outcomeWords(snapshot, overview, look);
	const readStyle: Style = isStale(snapshot, look.now) ? 'warning' : 'dim';
	const narrow = columns < 70;
	return [
		gap(1),
		span(padEnd(cutEnd(title, titleWidth - 1), titleWidth)),
		span(padEnd(cutEnd(look.show(snapshot.awsRegion), regionWidth - 1), regionWidth), 'dim'),
		span(padStart(read, 6), readStyle),
		...(narrow
			? []
			: [
					span(padStart(next, 8), 'dim'),
					span(padStart(count(outcome.calls), 7), 'dim'),
					span(padStart(outcome.durationMs < 1000 ? say`${Math.round(outcome.durationMs)} ms` : shortSpan(outcome.durationMs), 8), 'dim'),
				]),
		gap(narrow ? 1 : 3),
		span(ended, styles[outcome.status]),
	];
};

/** What was refused, a line each. AWS's message of a denial repeats the action at length; of anything else it is the news. */
const refusalLines = ({outcome}: PanelSnapshot, look: Look, columns: number): readonly Line[] =>
	outcome.refusals.map(({iamAction, status, count: times, error, message, explicitDeny}): Line => {
		const indent = Math.min(titleWidth + 1, columns >> 2);
		const often = times > 1 ? say` ×${count(times)}` : ours('');
		const why =
			status === 'denied'
				? explicitDeny === true
					? ours(', by a policy that forbids it: granting it is not enough')
					: ours('')
				: say`: ${look.show(error)} ${look.show(message)}`;
		return [
			gap(indent),
			span(cutEnd(say`${look.show(iamAction)} ${ours(status)}${often}${why}`, Math.max(0, columns - indent - 1)), 'dim'),
		];
	});

/** The gate's busiest or most throttled buckets: who holds up whom. */
const bucketLines = (health: Health | undefined, look: Look, columns: number): readonly Line[] => {
	const busy = (health?.buckets ?? []).filter(({waiting, throttled}) => waiting > 0 || throttled > 0);
	if (busy.length === 0) {
		return [];
	}

	const shown = busy.toSorted((a, b) => b.throttled - a.throttled || b.waiting - a.waiting).slice(0, 20);
	const keyWidth = Math.min(Math.max(8, columns - 44), Math.max(...shown.map(({key}) => widthOf(look.show(key)))));
	return [
		[],
		[words(' Limits at work', 'dim')],
		...shown.map(
			({key, perSecond, ceilingPerSecond, waiting, throttled}): Line => [
				gap(1),
				span(padEnd(cutEnd(look.show(key), keyWidth), keyWidth)),
				span(say`  ${count(perSecond)} of ${count(ceilingPerSecond)}/s · ${count(waiting)} waiting · ${count(throttled)} throttled`, 'dim'),
			],
		),
	];
};
