import type {Overview} from '../model/index.js';
import type {Size} from './line.js';
import type {Look} from './look.js';
import {overviewRoom, panelsByPressure, planOverview, planRows} from './overview-plan.js';
import {isSmall} from './small-pane.js';

/** Ids of the panels in the rows in which the arrow keys meet them, as they stand on a screen of that size. */
export const panelRows = (overview: Overview, size: Size, look: Look): ReadonlyArray<readonly string[]> =>
	isSmall(size)
		? panelsByPressure(overview, look).map(({id}) => [id])
		: planRows(planOverview(overview, overviewRoom(overview, size, look), look));

/** The panel under the cursor: the one chosen, or the first while nobody has chosen. */
export const selectedPanel = (overview: Overview | undefined, chosen: string | undefined, size: Size, look: Look): string | undefined => {
	const rows = overview === undefined ? [] : panelRows(overview, size, look);
	return rows.some(ids => ids.some(id => id === chosen)) ? chosen : rows[0]?.[0];
};
