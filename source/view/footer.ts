import type {Overview} from '../model/index.js';
import {goToLine} from './go-to.js';
import {footerLine} from './help.js';
import {gap, type Line, span} from './line.js';
import type {Look} from './look.js';
import type {KeyHint, Notice, Prompt} from './ui-state.js';
import {wrap} from './width.js';

// Longer than this a notice covers more than it tells.
const mostNoticeLines = 4;

/** The last lines of a screen: what the last key did, and the keys that work now. A prompt or a notice takes their place. */
export const footerLines = (
	input: {
		readonly prompt: Prompt | undefined;
		readonly notice: Notice | undefined;
		readonly hints: readonly KeyHint[];
		readonly overview: Overview | undefined;
	},
	look: Look,
	columns: number,
): readonly Line[] => {
	if (input.prompt?.for === 'go-to') {
		return [goToLine(input.prompt.text, input.overview, look)];
	}

	if (input.notice !== undefined) {
		const {text, tone} = input.notice;
		return wrap(text, Math.max(1, columns - 2))
			.slice(0, mostNoticeLines)
			.map(line => [gap(1), span(line, tone === 'refused' ? 'warning' : 'accent')]);
	}

	return [footerLine(input.hints, look, columns)];
};
