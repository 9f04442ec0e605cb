import {type Overview, ours} from '../model/index.js';
import type {Line} from './line.js';
import {gap, span, words} from './line.js';
import type {Look} from './look.js';

export type Destination = {
	readonly name: string;
	readonly to: {readonly service: string} | {readonly place: 'overview' | 'findings' | 'changes' | 'timeline' | 'collectors' | 'help'};
};

/** Everywhere that `:` can go: the panels by id and title, and the screens. */
export const destinations = (overview: Overview | undefined): readonly Destination[] => [
	...(overview?.panels ?? []).map(({id}) => ({name: id, to: {service: id}})),
	...(['overview', 'findings', 'changes', 'timeline', 'collectors', 'help'] as const).map(place => ({name: place, to: {place}})),
];

/** What typed text may mean, best first: names that begin with it, panels whose title has it, names that have it inside. */
export const matchDestinations = (typed: string, overview: Overview | undefined): readonly Destination[] => {
	const text = typed.trim().toLowerCase();
	const titleOf = (destination: Destination): string => {
		const {to} = destination;
		return 'service' in to ? (overview?.panels.find(({id}) => id === to.service)?.title.toLowerCase() ?? '') : '';
	};

	const rank = (destination: Destination): number =>
		destination.name.startsWith(text) ? 0 : titleOf(destination).includes(text) ? 1 : destination.name.includes(text) ? 2 : 3;
	return destinations(overview)
		.map(destination => ({destination, rank: rank(destination)}))
		.filter(found => found.rank < 3)
		.toSorted((a, b) => a.rank - b.rank)
		.map(({destination}) => destination);
};

/** The line being typed, with what it would go to first. */
export const goToLine = (typed: string, overview: Overview | undefined, look: Look): Line => {
	const matches = matchDestinations(typed, overview);
	return [
		words(' : ', 'accent'),
		span(look.show(typed)),
		words(' ', 'cursor'),
		gap(2),
		...(matches.length === 0
			? [words('no such panel or screen', 'warning')]
			: matches.flatMap(({name}, index) => [span(look.show(name), index === 0 ? 'accent' : 'dim'), gap(2)])),
		...(matches.length > 0 ? [span(ours('⏎ goes to the first'), 'dim')] : []),
	];
};
