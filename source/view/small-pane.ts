import {type Overview, ours, type PanelSummary, type Row} from '../model/index.js';
import {count} from './cell.js';
import {failures, tightCounts} from './counts.js';
import {cutLine, dimmed, gap, type Line, lineWidth, type Size, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import {ageWords, type PanelState, panelState} from './outcome.js';
import {panelsByPressure} from './overview-plan.js';
import {panelRows, wellWords} from './panel-box.js';
import {verdictFace} from './theme.js';
import {shortSpan} from './time.js';
import {cutEnd, padEnd, widthOf} from './width.js';

/** Below this the overview is a list of panels, and boxes have no room. */
export const isSmall = ({columns, rows}: Size): boolean => columns < 60 || rows < 14;

/** One panel for a tmux pane: title, counts and age, then the worst of it, then what is left, in exactly the size given. */
export const smallPane = (
	panel: PanelSummary,
	rows: readonly Row[],
	overview: Pick<Overview, 'problems' | 'traffic'>,
	look: Look,
	size: Size,
): readonly Line[] => {
	const state = panelState(panel, overview, look);
	const since = ageWords(state, look);
	const counts = tightCounts(panel.counts, look.theme);
	const right: Line = [...counts, words(counts.length > 0 ? ' · ' : '', 'dim'), span(since.text, since.style)];
	const total = state.capturedAt === undefined ? ours('') : say` ${count(panel.total)}`;
	const title = cutEnd(look.show(panel.title), Math.max(4, size.columns - lineWidth(right) - widthOf(total) - 3));
	const lines: Line[] = [spread([gap(1), span(title, 'strong'), span(total, 'dim')], right, size.columns)];
	if (state.trouble !== undefined) {
		lines.push([gap(1), span(cutEnd(state.trouble.text, size.columns - 2), state.trouble.style)]);
	}

	const worth = rows.filter(row => row.verdict === 'FAIL' || row.verdict === 'UNKNOWN');
	const room = Math.max(0, size.rows - lines.length - 1);
	const listed = worth.slice(0, room);
	lines.push(...panelRows(listed, panel.leads, look, size.columns).map(line => (state.stale ? dimmed(line) : line)));
	const rest = failures(panel.counts) + panel.counts.unknown - listed.length;
	if (state.capturedAt !== undefined && lines.length < size.rows) {
		lines.push(rest > 0 ? [span(say` ${count(rest)} more`, 'dim')] : wellLine(panel, state, look));
	}

	return lines;
};

const wellLine = (panel: PanelSummary, state: PanelState, look: Look): Line => {
	const face = verdictFace('PASS', 'LOW', look.theme);
	const bad = failures(panel.counts) + panel.counts.unknown;
	const {text, isWell} = wellWords(panel, state);
	return [gap(1), ...(isWell ? [span(face.glyph, face.style), gap(1)] : []), words(bad > 0 ? 'that is all' : text, 'dim')];
};

/** The overview where boxes have no room: one line a panel, counts and age, the selected one marked. */
export const smallOverview = (overview: Overview, selected: string | undefined, look: Look, {columns, rows}: Size): readonly Line[] => {
	const panels = panelsByPressure(overview, look);
	const selectedIndex = Math.max(
		0,
		panels.findIndex(({id}) => id === selected),
	);
	const top = Math.max(0, Math.min(selectedIndex - rows + 1, panels.length - rows));
	const titleWidth = Math.min(16, Math.max(6, columns - 24));
	return panels.slice(top, top + rows).map((panel): Line => {
		const state = panelState(panel, overview, look);
		const since = ageWords(state, look);
		const isSelected = panel.id === selected;
		const counts = tightCounts(panel.counts, look.theme);
		const pass = verdictFace(state.notEnabled ? 'NOT_APPLICABLE' : 'PASS', 'LOW', look.theme);
		const told: Line =
			state.trouble !== undefined && (state.trouble.blind || state.capturedAt === undefined)
				? [span(state.trouble.text, state.trouble.style)]
				: counts.length > 0
					? counts
					: [span(pass.glyph, pass.style), span(state.notEnabled ? ours(' not set up') : say` ${count(panel.total)}`, 'dim')];
		// Short of room, the age says the most in the fewest columns; that it is stale is said by its colour too.
		const age =
			since.text === 'not read yet'
				? ours('–')
				: columns < 36
					? shortSpan(Date.parse(look.now) - Date.parse(state.capturedAt ?? ''))
					: since.text;
		const left: Line = [
			words(isSelected ? '›' : ' ', 'accent'),
			span(padEnd(cutEnd(look.show(panel.title), titleWidth), titleWidth), isSelected ? 'accent' : 'plain'),
			gap(1),
			...(state.stale ? dimmed(told) : told),
		];
		return cutLine(spread(left, [span(age, since.style)], columns), columns);
	});
};
