import {ours, type SortKey, type Window} from '../model/index.js';
import {count} from './cell.js';
import {gap, type Line, lineWidth, say, span, spread, words} from './line.js';
import type {Look} from './look.js';
import type {ListState, Prompt} from './ui-state.js';
import {cutMiddle, widthOf} from './width.js';

const sortTitles: Readonly<Record<SortKey, string>> = {
	urgency: 'worst',
	name: 'name',
	region: 'Region',
	since: 'since',
	due: 'due',
	kind: 'kind',
};

/** The orders that `s` goes through. */
export const sortKeys: readonly SortKey[] = ['urgency', 'name', 'region', 'since', 'due', 'kind'];

/** The filter in force or being typed, what is wrong with it, and how much it lets through. */
export const filterLine = (
	{window, list, prompt}: {readonly list: ListState; readonly prompt: Prompt | undefined} & {readonly window: Window<unknown> | undefined},
	look: Look,
	columns: number,
): Line => {
	const order = say`${ours(sortTitles[list.sort])} ${list.descending ? ours('↓') : ours('↑')}`;
	const shown: Line =
		window === undefined
			? []
			: window.filterError !== undefined
				? [span(look.show(window.filterError), 'error'), gap(1)]
				: [
						span(
							window.matching === window.total ? say`${count(window.total)}` : say`${count(window.matching)} of ${count(window.total)}`,
							'dim',
						),
						span(say` · ${order} `, 'dim'),
					];
	if (prompt?.for === 'filter') {
		// What is typed must be seen at its end, where the cursor is.
		const room = Math.max(4, columns - lineWidth(shown) - 6);
		const typed = look.show(prompt.text);
		const visible = widthOf(typed) > room ? cutMiddle(typed, room) : typed;
		return spread([words(' / ', 'accent'), span(visible), words(' ', 'cursor')], shown, columns);
	}

	return spread(list.filter === '' ? [] : [words(' / ', 'dim'), span(look.show(list.filter), 'strong')], shown, columns);
};
