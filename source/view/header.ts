import {type Overview, ours, type SafeText, type WatcherState} from '../model/index.js';
import {count} from './cell.js';
import {spelledCounts, tightCounts} from './counts.js';
import {gap, type Line, lineWidth, type Span, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {sparkline} from './sparkline.js';
import {relative, shortSpan} from './time.js';

const joined = (pieces: ReadonlyArray<Line>, columns: number): Line =>
	pieces.filter(piece => piece.length > 0).flatMap((piece, index) => (index > 0 ? [gap(columns), ...piece] : [...piece]));

/** Live, lost, offline: whether what is on screen moves. */
export const stateLine = (state: WatcherState): Line => {
	switch (state.status) {
		case 'live': {
			return [words('●', 'pass'), words(' live')];
		}

		case 'connecting': {
			return [words('○ connecting', 'dim')];
		}

		case 'lost': {
			return [words('○ lost', 'warning')];
		}

		case 'offline': {
			return [words('○ offline', 'warning')];
		}
	}
};

const accountLine = (overview: Overview, look: Look): Line => {
	const {account} = overview;
	if (account === undefined) {
		return [words('account not known yet', 'dim')];
	}

	const id = look.show(account.accountId);
	return account.alias === undefined ? [span(id, 'strong')] : [span(look.show(account.alias), 'strong'), span(say` ${id}`, 'dim')];
};

const regionsText = (regions: readonly string[], most: number, look: Look): SafeText => {
	const named = regions.slice(0, most).map(region => look.show(region));
	const rest = regions.length - named.length;
	return rest > 0 ? say`${ours(named.join(' '))} +${rest}` : ours(named.join(' '));
};

const trafficPieces = (overview: Overview, state: WatcherState, look: Look): readonly Line[] => {
	if (state.status !== 'live') {
		return [];
	}

	const {callsPerMinute, throttledPerMinute, nextPollAt, collecting} = overview.traffic;
	const untilNextMs = nextPollAt === undefined ? undefined : Date.parse(nextPollAt) - Date.parse(look.now);
	// How many, not which: names that come and go by the second would be the only thing on the screen that moves.
	const next: Line =
		collecting.length > 0
			? [span(say`reading ${count(collecting.length)}`, 'dim')]
			: untilNextMs === undefined
				? []
				: [span(say`next ${untilNextMs > 0 ? shortSpan(untilNextMs) : ours('now')}`, 'dim')];
	return [
		next,
		[span(say`${count(Math.round(callsPerMinute))} calls/min`, 'dim')],
		[span(say`${count(Math.round(throttledPerMinute))} throttled`, throttledPerMinute > 0 ? 'warning' : 'dim')],
	];
};

/** Who and where is watched, and whether it lives: `vedette  acme-prod 1234…  us-east-1 +2      ● live  next 18 s`. */
export const identityLine = (overview: Overview | undefined, state: WatcherState, look: Look, columns: number): Line => {
	const name: Line = [words(' vedette', 'strong')];
	if (overview === undefined) {
		return spread(name, [...stateLine(state), gap(1)], columns);
	}

	const traffic = trafficPieces(overview, state, look);
	const regions = (most: number): Line => [span(regionsText(overview.regions, most, look), 'dim')];
	const live = stateLine(state);
	const rights = [traffic, traffic.slice(0, 2), traffic.slice(0, 1), []].map(pieces => [...joined([live, ...pieces], 3), gap(1)]);
	const lefts = [6, 4, 2, 1].map(most => joined([name, accountLine(overview, look), regions(most)], 2));
	// The widest pair that fits; Regions go before traffic does, for the throttles are what one must act on.
	for (const right of rights) {
		for (const left of lefts) {
			if (lineWidth(left) + lineWidth(right) + 2 <= columns) {
				return spread(left, right, columns);
			}
		}
	}

	const shortest = joined([name, accountLine(overview, look)], 2);
	const fits = lineWidth(shortest) + lineWidth(live) + 3 <= columns;
	return spread(fits ? shortest : name, [...live, gap(1)], columns);
};

const trendPieces = ({score, trend}: Overview, look: Look): {readonly bars: Line; readonly delta: Line} => {
	const [oldest] = trend;
	if (score === undefined || oldest === undefined || trend.length < 2) {
		return {bars: [], delta: []};
	}

	const difference = Math.round(score) - Math.round(oldest.score);
	const sign = difference > 0 ? ours('+') : difference < 0 ? ours('−') : ours('±');
	const since = shortSpan(Date.parse(look.now) - Date.parse(oldest.at));
	return {
		bars: [
			span(
				sparkline(
					trend.map(point => point.score),
					8,
				),
				'dim',
			),
		],
		delta: [span(say`${sign}${Math.abs(difference)} in ${since}`, difference < 0 ? 'warning' : 'dim')],
	};
};

/** The score, never without its coverage. */
export const scoreLine = (overview: Overview, columns: number, look: Look): Line => {
	const {bars, delta} = trendPieces(overview, look);
	const score: Span = overview.score === undefined ? words(' Score –', 'dim') : span(say` Score ${Math.round(overview.score)}`, 'strong');
	const coverage: Line =
		overview.coverage === undefined
			? [words('coverage –', 'dim')]
			: [span(say`coverage ${Math.floor(overview.coverage)} %`, overview.coverage < 95 ? 'warning' : 'dim')];
	const brief: Line = overview.coverage === undefined ? [] : [span(say`(${Math.floor(overview.coverage)} % read)`, 'dim')];
	const pieces = [
		joined([joined([[score], bars, delta], 1), coverage], 3),
		joined([joined([[score], bars], 1), coverage], 3),
		joined([[score], coverage], 2),
		joined([[score], brief], 1),
	];
	for (const counts of [spelledCounts(overview.counts, look.theme), tightCounts(overview.counts, look.theme)]) {
		for (const left of pieces) {
			if (lineWidth(left) + lineWidth(counts) + 3 <= columns) {
				return spread(left, [...counts, gap(1)], columns);
			}
		}
	}

	return spread([], [...tightCounts(overview.counts, look.theme), gap(1)], columns);
};

/** What the user must know of the watch itself, each with what mends it. */
export const problemLines = (overview: Overview, look: Look, most: number): readonly Line[] =>
	overview.problems
		.slice(0, most)
		.map(problem => [
			words(problem.severity === 'error' ? ' ! ' : ' · ', problem.severity === 'error' ? 'error' : 'warning'),
			span(look.show(problem.text), problem.severity === 'error' ? 'strong' : 'plain'),
			...(problem.fix === undefined ? [] : [words('  ·  ', 'dim'), span(look.show(problem.fix), 'warning')]),
			...(problem.severity === 'error' ? [span(say`  ${relative(problem.since, look.now)}`, 'dim')] : []),
		]);

/** Where one is: `vedette › KMS keys › prod/payments`. Short of room, the first names go before what stands on the right, and the last name stays. */
export const trailLine = (trail: readonly SafeText[], right: Line, columns: number): Line => {
	const names: readonly Line[] = [
		[words('vedette', 'dim')],
		...trail.map((name, index): Line => [span(name, index === trail.length - 1 ? 'strong' : 'dim')]),
	];
	const from = (first: number): Line => [
		gap(1),
		...names.slice(first).flatMap((name, index) => [...(index > 0 ? [words(' › ', 'dim')] : []), ...name]),
	];
	const last = from(names.length - 1);
	const lefts = names.map((_, first) => from(first));
	const aside: Line = right.length > 0 ? [...right, gap(1)] : [];
	const fitting = lefts.find(left => lineWidth(left) + lineWidth(aside) + 1 <= columns);
	return fitting === undefined ? spread(last, [], columns) : spread(fitting, aside, columns);
};
