import {type Catalogue, ours, type SafeText} from '../model/index.js';
import type {Look} from '../view/look.js';
import type {ScreenInput} from '../view/screen.js';
import {hintsAt, keyHelp} from './key-bindings.js';
import {currentVisit, type TuiState, type Visit} from './tui-state.js';

/** What the current place is drawn from. */
export const screenInput = (state: TuiState, catalogue: Catalogue, look: Look): ScreenInput => {
	const visit = currentVisit(state);
	return {
		place: visit.place,
		trail: state.visits.slice(1).map(passed => nameOf(passed, state, look)),
		state: state.watcher,
		overview: state.overview,
		panel: visit.panel,
		findings: visit.findings,
		changes: visit.changes,
		expirations: visit.expirations,
		detail: visit.detail,
		health: state.health,
		catalogue,
		prompt: state.prompt,
		notice: state.notice,
		hints: hintsAt(visit.place.at),
		help: keyHelp,
	};
};

const nameOf = ({place, detail, name}: Visit, state: TuiState, look: Look): SafeText => {
	if (place.at === 'table') {
		return look.show(state.overview?.panels.find(({id}) => id === place.service)?.title ?? place.service);
	}

	if (place.at === 'detail') {
		const entry = detail?.entry;
		const known = entry?.entry === 'resource' ? entry.resource.resourceName : entry?.finding.title;
		return look.show(known || name || 'detail');
	}

	// The other places are called by names of our own.
	return ours(place.at === 'json' ? 'raw JSON' : place.at);
};
