import {isStale, type Overview, ours, type PanelSummary, type SafeText} from '../model/index.js';
import {count} from './cell.js';
import {type Style, say} from './line.js';
import type {Look} from './look.js';
import {age, shortSpan} from './time.js';

export type PanelSnapshot = PanelSummary['snapshots'][number];

/** Why a panel's numbers are not what they should be, in words. */
export type Trouble = {
	readonly text: SafeText;
	/** The same in a word or two, for where the sentence does not fit. */
	readonly brief: SafeText;
	readonly style: Style;
	/** True where nothing new was learnt, so that whatever numbers there are, are old. */
	readonly blind: boolean;
};

/** How a panel stands as a whole, over its Regions. */
export type PanelState = {
	/** When the oldest of its facts was read; undefined where nothing was read yet. */
	readonly capturedAt: string | undefined;
	readonly stale: boolean;
	readonly trouble: Trouble | undefined;
	/** When it is asked next. */
	readonly nextAt: string | undefined;
	/** Not set up anywhere: a fact, not a failure. */
	readonly notEnabled: boolean;
	/** False where part of it was not read, or not yet: that nothing is wrong with the rest is no good news. */
	readonly whole: boolean;
};

/** The panel's Regions where the service exists. */
const present = (panel: PanelSummary): readonly PanelSnapshot[] =>
	panel.snapshots.filter(({outcome}) => outcome.status !== 'not-available');

const earliest = (times: ReadonlyArray<string | undefined>): string | undefined =>
	times.reduce<string | undefined>((first, at) => (at !== undefined && (first === undefined || at < first) ? at : first), undefined);

export const panelState = (panel: PanelSummary, overview: Pick<Overview, 'problems' | 'traffic'>, look: Look): PanelState => {
	const snapshots = present(panel);
	const read = snapshots.filter(({capturedAt}) => capturedAt !== undefined);
	return {
		capturedAt: earliest(read.map(({capturedAt}) => capturedAt)),
		// A Region that was never read is no old news, but trouble: that is said in words.
		stale: read.some(snapshot => isStale(snapshot, look.now)),
		trouble: troubleOf(panel, snapshots, overview, look),
		nextAt: earliest(snapshots.map(({nextAttemptAt}) => nextAttemptAt)),
		notEnabled: snapshots.length > 0 && snapshots.every(({outcome}) => outcome.status === 'not-enabled'),
		whole: unreadRegions(panel, overview).length === 0 && snapshots.every(({outcome}) => outcome.status !== 'partial'),
	};
};

/** Regions that are being read for the first time. What the others say is not yet all there is. */
const unreadRegions = ({id, snapshots}: PanelSummary, {traffic}: Pick<Overview, 'traffic'>): readonly string[] => {
	const known = new Set(snapshots.map(({awsRegion}) => awsRegion));
	return traffic.collecting.flatMap(target => {
		const awsRegion = target.slice(id.length + 1);
		return target.startsWith(`${id} `) && !known.has(awsRegion) ? [awsRegion] : [];
	});
};

// Worst first: what one can do something about at once, then what AWS refuses, then what passes by itself.
const order = ['unauthenticated', 'denied', 'failed', 'unreachable', 'throttled', 'not-enabled', 'partial'] as const;

const troubleOf = (
	panel: PanelSummary,
	snapshots: readonly PanelSnapshot[],
	overview: Pick<Overview, 'problems' | 'traffic'>,
	look: Look,
): Trouble | undefined => {
	if (panel.snapshots.length > 0 && snapshots.length === 0) {
		return {text: ours('not available in the Regions watched'), brief: ours('not available'), style: 'dim', blind: true};
	}

	// That it is off where it was looked first says nothing of where it is looked now.
	const still = unreadRegions(panel, overview);
	for (const status of still.length > 0 ? order.filter(one => one !== 'not-enabled') : order) {
		const hit = snapshots.filter(({outcome}) => outcome.status === status);
		const [first] = hit;
		if (first !== undefined) {
			return {
				text: say`${outcomeWords(first, overview, look)}${hit.length < snapshots.length ? whereIt(hit, look) : ours('')}`,
				brief: say`${ours(status === 'not-enabled' ? 'not enabled' : status)}${hit.length < snapshots.length && status !== 'partial' ? say` in ${hit.length} of ${snapshots.length}` : ours('')}`,
				style: status === 'not-enabled' || status === 'partial' ? 'dim' : 'warning',
				blind: status !== 'partial' && status !== 'not-enabled' && hit.length === snapshots.length,
			};
		}
	}

	if (snapshots.every(({capturedAt}) => capturedAt === undefined)) {
		const credentials = overview.problems.find(({id}) => id === 'credentials');
		if (credentials !== undefined) {
			const text = credentials.fix === undefined ? ours('no credentials') : say`log in: ${look.show(credentials.fix)}`;
			return {text, brief: ours('no credentials'), style: 'warning', blind: true};
		}

		const collecting = overview.traffic.collecting.filter(target => target.startsWith(`${panel.id} `));
		return {
			text:
				collecting.length === 0
					? ours('not read yet')
					: say`reading ${look.show(collecting.map(target => target.slice(panel.id.length + 1)).join(', '))}`,
			brief: ours('not read yet'),
			style: 'dim',
			blind: true,
		};
	}

	return still.length === 0
		? undefined
		: {text: say`reading ${look.show(still.join(', '))}`, brief: ours('still reading'), style: 'dim', blind: false};
};

const whereIt = (hit: readonly PanelSnapshot[], look: Look): SafeText => {
	const [first] = hit;
	return first === undefined ? ours('') : say` in ${look.show(first.awsRegion)}${hit.length > 1 ? say` +${hit.length - 1}` : ours('')}`;
};

/** How one collection ended, in words that say what to do or when it goes on: `denied kms:ListKeys`, `throttled, again in 40 s`. */
export const outcomeWords = (snapshot: PanelSnapshot, overview: Pick<Overview, 'problems'>, look: Look): SafeText => {
	const {status, refusals, reason} = snapshot.outcome;
	const [refusal] = refusals;
	switch (status) {
		case 'ok': {
			return ours('ok');
		}

		case 'unauthenticated': {
			const fix = overview.problems.find(({id}) => id === 'credentials')?.fix;
			return fix === undefined ? ours('no credentials') : say`log in: ${look.show(fix)}`;
		}

		case 'denied': {
			return refusal === undefined
				? ours('denied')
				: say`denied ${look.show(refusal.iamAction)}${refusal.explicitDeny === true ? ours(' by a policy that forbids it') : ours('')}`;
		}

		case 'throttled': {
			return snapshot.nextAttemptAt === undefined ? ours('throttled') : say`throttled, again in ${untilNext(snapshot.nextAttemptAt, look)}`;
		}

		case 'not-enabled': {
			return ours('not enabled');
		}

		case 'not-available': {
			return ours('not available here');
		}

		case 'unreachable': {
			return say`no answer${again(snapshot, look)}`;
		}

		case 'partial': {
			return refusal === undefined
				? reason === undefined
					? ours('partly read')
					: say`partly read: ${look.show(reason)}`
				: say`partial: ${ours(refusal.status === 'pending' ? 'waiting for' : refusal.status)} ${look.show(refusal.iamAction)}${refusal.count > 1 ? say` ×${count(refusal.count)}` : ours('')}`;
		}

		case 'failed': {
			const what = reason ?? refusal?.message;
			return what === undefined ? say`failed${again(snapshot, look)}` : say`failed: ${look.show(what)}`;
		}
	}
};

const untilNext = (at: string, look: Look): SafeText => shortSpan(Date.parse(at) - Date.parse(look.now));

const again = (snapshot: PanelSnapshot, look: Look): SafeText =>
	snapshot.nextAttemptAt === undefined ? ours('') : say`, again in ${untilNext(snapshot.nextAttemptAt, look)}`;

/** `41 s`, or `stale 14 m`. */
export const ageWords = (state: Pick<PanelState, 'capturedAt' | 'stale'>, look: Look): {readonly text: SafeText; readonly style: Style} => {
	if (state.capturedAt === undefined) {
		return {text: ours('not read yet'), style: 'dim'};
	}

	const since = age(state.capturedAt, look.now);
	return state.stale ? {text: say`stale ${since}`, style: 'warning'} : {text: since, style: 'dim'};
};
