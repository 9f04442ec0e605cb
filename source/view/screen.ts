import {
	type Answers,
	type Catalogue,
	type Health,
	type Overview,
	ours,
	type PanelSummary,
	type SafeText,
	type WatcherState,
} from '../model/index.js';
import {disconnectedLine, firstRunBody, hasSnapshot, isTooSmall, tooSmall} from './banners.js';
import {changesBody, changesListRows} from './changes.js';
import {collectorLines} from './collectors.js';
import {detailAside, detailLines} from './detail.js';
import {footerLines} from './footer.js';
import {identityLine, problemLines, scoreLine, stateLine, trailLine} from './header.js';
import {type HelpSection, helpLines} from './help.js';
import {dimmed, fillScreen, gap, type Line, type Size, say, span} from './line.js';
import type {Look} from './look.js';
import {panelState} from './outcome.js';
import {overviewBody} from './overview.js';
import {selectedPanel} from './overview-cursor.js';
import {jsonLines} from './raw-json.js';
import {isSmall, smallOverview} from './small-pane.js';
import {tableAside, tableBody, tableListRows} from './table.js';
import {timelineBody, timelineListRows} from './timeline.js';
import type {KeyHint, Notice, Place, Prompt} from './ui-state.js';

/** All that a screen is drawn from: answers as they came, and what the user did. */
export type ScreenInput = {
	readonly place: Place;
	/** Names of the places that lead here, this one last; without the overview. */
	readonly trail: readonly SafeText[];
	readonly state: WatcherState;
	readonly overview: Overview | undefined;
	/** Answers to what the place asks; the ones of other places are undefined. */
	readonly panel: Answers['panel'] | undefined;
	readonly findings: Answers['findings'] | undefined;
	readonly changes: Answers['changes'] | undefined;
	readonly expirations: Answers['expirations'] | undefined;
	readonly detail: Answers['detail'] | undefined;
	readonly health: Health | undefined;
	readonly catalogue: Catalogue;
	readonly prompt: Prompt | undefined;
	readonly notice: Notice | undefined;
	readonly hints: readonly KeyHint[];
	readonly help: readonly HelpSection[];
};

/** A whole screen: exactly `rows` lines of exactly `columns`, whatever the size. */
export const drawScreen = (input: ScreenInput, look: Look, size: Size): readonly Line[] => {
	if (isTooSmall(size)) {
		return fillScreen(tooSmall(size), size);
	}

	const {columns, rows} = size;
	const gone = disconnectedLine(input.state, input.overview, look);
	const footer = footerLines(input, look, columns);
	const above = gone === undefined ? 0 : 1;
	const bodyRows = Math.max(0, rows - above - footer.length);
	const body = fillScreen(drawPlace(input, look, {columns, rows: bodyRows}), {columns, rows: bodyRows});
	return fillScreen(gone === undefined ? [...body, ...footer] : [gone, ...body.map(dimmed), ...footer], size);
};

/** How many lines of the place's body are rows of its list: what the cursor moves in. */
export const listRowsOf = (input: Pick<ScreenInput, 'place' | 'state' | 'prompt'>, size: Size): number => {
	const chrome = input.state.status === 'lost' || input.state.status === 'offline' ? 3 : 2;
	const rows = Math.max(1, size.rows - chrome);
	switch (input.place.at) {
		case 'table':
		case 'findings': {
			return tableListRows({list: input.place.list, prompt: input.prompt}, rows);
		}

		case 'changes': {
			return changesListRows(rows);
		}

		case 'timeline': {
			return timelineListRows(rows);
		}

		case 'overview':
		case 'detail':
		case 'json':
		case 'collectors':
		case 'help': {
			return rows;
		}
	}
};

/** The lines of a place that is scrolled by lines; undefined for lists and the overview. */
export const scrolledLines = (input: ScreenInput, look: Look, columns: number): readonly Line[] | undefined => {
	const {place} = input;
	switch (place.at) {
		case 'detail': {
			const ruleId = place.key.includes('#') ? place.key.slice(place.key.indexOf('#') + 1) : undefined;
			return input.detail === undefined
				? undefined
				: detailLines(input.detail, {catalogue: input.catalogue, ruleId, terraform: place.terraform}, look, columns);
		}

		case 'json': {
			return input.detail === undefined ? undefined : jsonLines(input.detail.entry, look, columns);
		}

		case 'collectors': {
			return collectorLines(input.overview, input.health, look, columns);
		}

		case 'help': {
			return helpLines(input.help, look);
		}

		case 'overview':
		case 'table':
		case 'findings':
		case 'changes':
		case 'timeline': {
			return undefined;
		}
	}
};

const drawPlace = (input: ScreenInput, look: Look, size: Size): readonly Line[] => {
	const {place, overview} = input;
	const {columns, rows} = size;
	if (place.at === 'overview') {
		return drawOverview(input, place.panel, look, size);
	}

	const panels = overview?.panels ?? [];
	const inner = {columns, rows: Math.max(0, rows - 1)};
	const trail = (right: Line): Line => trailLine(input.trail, right, columns);
	switch (place.at) {
		case 'table': {
			const panel = panels.find(({id}) => id === place.service);
			const {list} = place;
			const body = tableBody(
				{
					window: input.panel,
					list,
					prompt: input.prompt,
					catalogue: input.catalogue,
					panels: undefined,
					whyEmpty: whyEmpty(panel, overview, look),
				},
				look,
				inner,
			);
			return [trail(tableAside(panel, look, columns)), ...body];
		}

		case 'findings': {
			const {list} = place;
			const body = tableBody(
				{
					window: input.findings,
					list,
					prompt: input.prompt,
					catalogue: input.catalogue,
					panels,
					whyEmpty: ours('nothing fails and nothing is unknown'),
				},
				look,
				inner,
			);
			return [trail(stateLine(input.state)), ...body];
		}

		case 'changes': {
			const body = changesBody({window: input.changes, list: place.list, prompt: input.prompt, since: place.since, panels}, look, inner);
			return [trail(stateLine(input.state)), ...body];
		}

		case 'timeline': {
			const body = timelineBody({window: input.expirations, list: place.list, prompt: input.prompt, panels}, look, inner);
			return [trail(stateLine(input.state)), ...body];
		}

		case 'detail':
		case 'json':
		case 'collectors':
		case 'help': {
			const lines = scrolledLines(input, look, columns) ?? [[span(ours(' reading…'), 'dim')]];
			const isDetail = place.at === 'detail' || place.at === 'json';
			const right = isDetail ? detailAside(input.detail, look) : stateLine(input.state);
			return [
				trail([...right, ...positionOf(place.scroll, lines.length, inner.rows)]),
				...lines.slice(place.scroll, place.scroll + inner.rows),
			];
		}
	}
};

/** What could not be read is never shown as nothing. */
const whyEmpty = (panel: PanelSummary | undefined, overview: Overview | undefined, look: Look): SafeText | undefined =>
	panel === undefined || overview === undefined ? undefined : panelState(panel, overview, look).trouble?.text;

/** `· 40 %`, where there is more than the screen holds. */
const positionOf = (scroll: number, lines: number, rows: number): Line =>
	lines <= rows ? [] : [span(say` · ${Math.min(100, Math.round(((scroll + rows) / lines) * 100))} %`, 'dim')];

const drawOverview = (input: ScreenInput, chosen: string | undefined, look: Look, size: Size): readonly Line[] => {
	const {overview, state} = input;
	const {columns, rows} = size;
	const first = identityLine(overview, state, look, columns);
	if (overview === undefined || !hasSnapshot(overview)) {
		return [first, ...firstRunBody(overview, state, look, {columns, rows: rows - 1})];
	}

	// The footer's line is not in the size of the body, but in that of the screen, by which it is decided what is small.
	const screen = {columns, rows: rows + 1};
	const small = isSmall(screen);
	const selected = selectedPanel(overview, chosen, screen, look);
	const problems = problemLines(overview, look, small ? 1 : 3);
	const head = [...(small && rows < 6 ? [] : [first]), scoreLine(overview, columns, look), ...problems];
	const blank: readonly Line[] = small || rows < 20 ? [] : [[gap(1)]];
	const inner = {columns, rows: Math.max(0, rows - head.length - blank.length)};
	return [...head, ...blank, ...(small ? smallOverview(overview, selected, look, inner) : overviewBody(overview, selected, look, inner))];
};
