import {type Change, ours, type SafeText} from '../model/index.js';
import {say} from './line.js';
import type {Look} from './look.js';

type Side = NonNullable<Change['before']>;

const verdictWords = {FAIL: '', UNKNOWN: 'unknown: ', PASS: 'well: ', NOT_APPLICABLE: 'beside the point: '} as const;

const sideWords = (side: Side, look: Look): SafeText => say`${ours(verdictWords[side.verdict])}${look.show(side.reason)}`;

/** What changed, as a sentence with before and after, without the name of the resource. */
export const changeSentence = (change: Change, look: Look): SafeText => {
	const {type, before, after} = change;
	switch (type) {
		case 'appeared': {
			return ours('appeared');
		}

		case 'gone': {
			return ours('is gone');
		}

		case 'opened':
		case 'worsened':
		case 'improved': {
			const now = after === undefined ? look.show(change.title) : sideWords(after, look);
			return before === undefined || before.verdict === 'PASS' ? now : say`${now}; before: ${sideWords(before, look)}`;
		}

		case 'closed': {
			const now = after === undefined || after.reason === '' ? ours('no longer reported') : sideWords(after, look);
			return before === undefined ? now : say`${now}; before: ${sideWords(before, look)}`;
		}
	}
};
