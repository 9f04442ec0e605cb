import type {ScoreCard, SnapshotHeader} from '../model/index.js';
import {toMs} from './card.js';

/** A week of hours. */
const maxPoints = 168;
const hourMs = 60 * 60 * 1000;

/**
 * The trend with the score at the end of the hour that has passed since the last collection, if one has.
 * The clock is the collections' own: nothing is known between them.
 */
export const nextTrend = (
	trend: ScoreCard['trend'],
	header: SnapshotHeader,
	headers: readonly SnapshotHeader[],
	summary: () => Pick<ScoreCard, 'score' | 'coverage'>,
): ScoreCard['trend'] => {
	const lastMs = Math.max(0, ...headers.map(({attemptedAt}) => toMs(attemptedAt)));
	const endMs = (Math.floor(lastMs / hourMs) + 1) * hourMs;
	if (lastMs === 0 || toMs(header.attemptedAt) < endMs) {
		return trend;
	}

	const {score, coverage} = summary();
	if (score === undefined || coverage === undefined) {
		return trend;
	}

	const at = new Date(endMs).toISOString();
	return trend.at(-1)?.at === at ? trend : [...trend, {at, score, coverage}].slice(-maxPoints);
};
