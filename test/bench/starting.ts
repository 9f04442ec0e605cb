import {performance} from 'node:perf_hooks';
import {connect} from '../../source/client/connect.js';
import type {Account} from './account.js';
import {type Figure, median, milliseconds} from './figures.js';
import {bareNode, program, runNode} from './program.js';
import {keys, Screen} from './screen.js';

const runs = 15;

/** `vedette status` beside Node.js alone, taking turns. */
export const measureStatus = async (large: Account): Promise<readonly Figure[]> => {
	const status: number[] = [];
	const bare: number[] = [];
	for (let run = 0; run <= runs; run++) {
		bare.push((await bareNode(large.environment)).wallMs);
		status.push((await runNode([program, 'status', ...large.flags], large.environment)).wallMs);
	}

	// The first of each reads from the disk.
	const bareMs = median(bare.slice(1));
	const statusMs = median(status.slice(1));
	return [
		{
			name: 'vedette status, daemon up, wall',
			budget: '≤ 1.5 x node -e 0',
			measured: milliseconds(statusMs),
			baseline: `${milliseconds(bareMs)} node -e 0`,
			ratio: (statusMs / bareMs).toFixed(2),
			within: statusMs <= 1.5 * bareMs,
		},
	];
};

/** From the start of the process until the whole overview stands there and the next key takes effect. */
const firstFrameMs = async (account: Account): Promise<number> => {
	const screen = new Screen(account, 120, 40);
	try {
		const shownMs = await screen.shows(/^ Score \d+[\s\S]* Macie [\s\S]*\d more {2,}›[\s\S]*quit/mu);
		await screen.answered(keys.right);
		return shownMs - screen.startedMs;
	} finally {
		await screen.close();
	}
};

/** The first interactive frame beside Node.js alone, for few findings and many, taking turns. */
export const measureFirstFrame = async (small: Account, large: Account): Promise<readonly Figure[]> => {
	const bare: number[] = [];
	const few: number[] = [];
	const many: number[] = [];
	for (let run = 0; run <= runs; run++) {
		bare.push((await bareNode(large.environment)).wallMs);
		few.push(await firstFrameMs(small));
		many.push(await firstFrameMs(large));
	}

	const bareMs = median(bare.slice(1));
	const fewMs = median(few.slice(1));
	const manyMs = median(many.slice(1));
	return [
		...[
			{name: small.name, ms: fewMs},
			{name: large.name, ms: manyMs},
		].map(({name, ms}) => ({
			name: `first interactive frame, daemon up, ${name}`,
			budget: '≤ 9 x node -e 0',
			measured: milliseconds(ms),
			baseline: `${milliseconds(bareMs)} node -e 0`,
			ratio: (ms / bareMs).toFixed(2),
			within: ms <= 9 * bareMs,
		})),
		{
			name: `first interactive frame, ${large.name} against ${small.name}`,
			budget: '± 10 %',
			measured: milliseconds(manyMs),
			baseline: milliseconds(fewMs),
			ratio: (manyMs / fewMs).toFixed(2),
			within: Math.abs(manyMs / fewMs - 1) <= 0.1,
		},
	];
};

const windows = 50;

/** From `connect` until fifty rows are there, from anywhere in the findings. */
const attachMs = async ({config}: Account, share: number): Promise<number> => {
	const startedMs = performance.now();
	const watcher = connect({runtimeDir: config.runtimeDir, version: 'bench'});
	const first = await watcher.ask({ask: 'findings', filter: '', sort: 'urgency', descending: true, offset: 0, limit: 50});
	const tookMs = performance.now() - startedMs;
	// Another part each time, so that nothing is answered from what was just answered.
	const offset = Math.floor(first.matching * share);
	await watcher.ask({ask: 'findings', filter: '', sort: 'urgency', descending: true, offset, limit: 50});
	await watcher.close();
	return tookMs;
};

/** A viewer that comes and asks for a window. */
export const measureAttach = async (small: Account, large: Account): Promise<readonly Figure[]> => {
	const few: number[] = [];
	const many: number[] = [];
	for (let run = 0; run < windows; run++) {
		few.push(await attachMs(small, run / windows));
		many.push(await attachMs(large, run / windows));
	}

	const fewMs = median(few);
	const manyMs = median(many);
	return [
		{
			name: `viewer attach, a window of 50, ${large.name}`,
			budget: '≤ 10 ms, whatever the size',
			measured: milliseconds(manyMs),
			baseline: `${milliseconds(fewMs)} ${small.name}`,
			ratio: (manyMs / fewMs).toFixed(2),
			// Less than a millisecond apart is the same.
			within: manyMs <= 10 && Math.abs(manyMs - fewMs) <= Math.max(1, fewMs * 0.25),
		},
	];
};
