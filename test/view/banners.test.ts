import {expect, test} from 'vitest';
import type {WatcherState} from '../../source/model/index.js';
import {disconnectedLine} from '../../source/view/banners.js';
import {createLook} from '../../source/view/look.js';
import {paint, plainTheme} from '../../source/view/theme.js';
import {now} from './fixtures/account.js';

const look = createLook({theme: plainTheme})(now);
const ago = (ms: number) => new Date(Date.parse(now) - ms).toISOString();

type Lost = Extract<WatcherState, {status: 'lost'}>;

const lost = (sinceMs: number, successor?: Lost['successor']): Lost => ({
	status: 'lost',
	since: ago(sinceMs),
	retryAt: ago(-3000),
	reason: 'No daemon is running',
	...(successor !== undefined && {successor}),
});

test.each([
	['a daemon that has just gone', lost(2000), 'daemon gone 2 s · trying again in 3 s'],
	['one that stays away', lost(12_000), 'daemon gone 12 s · run vedette again to start one'],
	['one in whose place another is being started', lost(12_000, 'starting'), 'daemon gone 12 s · starting another'],
	[
		'one in whose place none can be started',
		lost(12_000, {failed: 'no space\u001B[2J left'}),
		'daemon gone 12 s · none can be started: no space<001B>[2J left',
	],
] as const)('of %s the line on top says what comes next', (_, state, expected) => {
	const line = disconnectedLine(state, undefined, look);
	expect(line === undefined ? '' : paint(line, plainTheme).trim()).toBe(expected);
});
