import {type FindingSource, type Severity, severities, type Verdict, verdicts} from '../model/index.js';

type Sorted = {readonly verdict: Verdict; readonly severity: Severity};
type Counted = {
	readonly source: FindingSource;
	readonly state: string;
	readonly answers: readonly Sorted[];
	readonly expirations: readonly unknown[];
};

/** What is counted of an answer besides whether it is muted: its verdict and severity, in one number below `answerSorts`. */
export const sortOf = ({verdict, severity}: Sorted): number => verdicts.indexOf(verdict) * severities.length + severities.indexOf(severity);

export const answerSorts = verdicts.length * severities.length;

const firstLetter = 0x61;
const ends = '+';

/**
 * What is counted of a card, as it stands in front of it in the cache file: `r` where rules answer or `f` for a reported
 * finding, a letter for each answer that counts, and `+` where something ends, whose name and time only the card has. Counting
 * a large account so reads a tenth of its cards, and parses nothing.
 */
export const headOf = ({source, state, answers, expirations}: Counted): string =>
	`${source === 'rule' ? 'r' : 'f'}${String.fromCharCode(...(state === 'active' ? answers : []).map(answer => firstLetter + sortOf(answer)))}${
		expirations.length > 0 ? ends : ''
	}`;

/** Hands the sort of each answer to `visit`. False where the head does not say all: then nothing is handed on. */
export const readHead = (head: string, visit: (sort: number, isReported: boolean) => void): boolean => {
	const isReported = head.startsWith('f');
	if (!isReported && !head.startsWith('r')) {
		return false;
	}

	for (let at = 1; at < head.length; at++) {
		const sort = head.charCodeAt(at) - firstLetter;
		if (sort < 0 || sort >= answerSorts) {
			return false;
		}
	}

	for (let at = 1; at < head.length; at++) {
		visit(head.charCodeAt(at) - firstLetter, isReported);
	}

	return true;
};

/** In SQL: the head of the column `card`, or all of it where the head does not say all. */
export const headColumn = `CASE WHEN instr(card, '[') < 2 OR substr(card, instr(card, '[') - 1, 1) = '${ends}' THEN card ELSE substr(card, 1, instr(card, '[') - 1) END`;
