import type {Overview, PanelSummary, Watcher, WatcherState} from '../model/index.js';
import {identityLine, problemLines, scoreLine} from '../view/header.js';
import type {Line} from '../view/line.js';
import type {Look} from '../view/look.js';
import {smallPane} from '../view/small-pane.js';
import {paint} from '../view/theme.js';

const rowsPerPanel = 5;
const firstRoundMs = 30_000;

/** The overview once the first round is through where a daemon has only just begun, else as it is. */
export const settledOverview = async (watcher: Watcher, started: boolean): Promise<Overview> => {
	const query = {ask: 'overview', rowsPerPanel} as const;
	if (!started) {
		return watcher.ask(query);
	}

	await new Promise<void>(resolve => {
		const done = (): void => {
			clearTimeout(timer);
			stop();
			resolve();
		};

		const timer = setTimeout(() => done(), firstRoundMs);
		const stop = watcher.watch(query, ({panels, problems, traffic}) => {
			const collected = panels.some(({snapshots}) => snapshots.length > 0) && traffic.collecting.length === 0;
			if (collected || problems.some(({severity}) => severity === 'error')) {
				// After this call has returned `stop`.
				setImmediate(done);
			}
		});
	});
	return watcher.ask(query);
};

/** The account as lines of text, for pipes, dumb terminals and screen readers: no boxes, nothing that moves. */
export const overviewText = (overview: Overview, state: WatcherState, look: Look, columns: number): string => {
	const panels = overview.panels.flatMap(panel => [[], ...panelLines(panel, overview, look, columns)]);
	return linesText(
		[identityLine(overview, state, look, columns), scoreLine(overview, columns, look), ...problemLines(overview, look, 9), ...panels],
		look,
	);
};

export const panelLines = (panel: PanelSummary, overview: Overview, look: Look, columns: number): readonly Line[] =>
	smallPane(panel, panel.top, overview, look, {columns, rows: panel.top.length + 3});

export const linesText = (lines: readonly Line[], look: Look): string =>
	lines.map(line => `${paint(line, look.theme).trimEnd()}\n`).join('');
