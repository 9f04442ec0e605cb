import {type Refusal, type Resource, refusalInWords, type Severity} from '../../model/index.js';

/** How an entry point stands with one best practice. */
export type Standing = {
	/** `n/a` where the practice does not go with this sort of entry; `unknown` where it rests on what could not be read. */
	readonly met: 'yes' | 'no' | 'unknown' | 'n/a';
	/** A sentence without a full stop that names what it rests on. */
	readonly because: string;
	/** Of a `no` that weighs otherwise than its rule. */
	readonly severity?: Severity;
	/** Of `unknown`: what was refused. Not kept with the row, which names them in its `unread`. */
	readonly refusals?: readonly Refusal[];
};

/** Something that cannot be told, and the refusal that keeps it from us where there is one. */
export type Doubt = {readonly because: string; readonly refusal?: Refusal};

/** What a standing is as a rule's answer. */
export const standingVerdicts = {yes: 'PASS', no: 'FAIL', unknown: 'UNKNOWN', 'n/a': 'NOT_APPLICABLE'} as const;

export const yes = (because: string): Standing => ({met: 'yes', because});
export const no = (because: string, severity?: Severity): Standing => ({met: 'no', because, ...(severity !== undefined && {severity})});
export const notAsked = (because: string): Standing => ({met: 'n/a', because});

/** What each says, once, in one sentence. Mostly there is one that says anything: this is asked tens of thousands of times. */
const together = (said: ReadonlyArray<{readonly because: string}>): string =>
	said.length === 1 ? (said[0]?.because ?? '') : [...new Set(said.map(({because}) => because))].join('; ');

/** The first two of those that say something new. */
const firstTwo = (doubts: readonly Doubt[]): readonly Doubt[] => {
	const [first, ...others] = doubts;
	const second = others.find(({because}) => because !== first?.because);
	return first === undefined ? [] : second === undefined ? [first] : [first, second];
};

/** Unknown for these reasons, of which the first two are told. */
export const unknown = (...doubts: readonly Doubt[]): Standing => ({
	met: 'unknown',
	because: together(firstTwo(doubts)) || 'what it rests on could not be read',
	refusals: doubts.flatMap(({refusal}) => refusal ?? []),
});

/** Those that stand so. */
const which = (standings: readonly Standing[], met: Standing['met']): readonly Standing[] => standings.filter(one => one.met === met);

const unknownOf = (standings: readonly Standing[]): Standing => ({
	met: 'unknown',
	because: together(standings.slice(0, 2)),
	refusals: standings.flatMap(({refusals}) => refusals ?? []),
});

/** What they refuse, in one: it weighs otherwise than its rule only where each of them does, and alike. */
const refusedBy = (refused: readonly Standing[]): Standing => {
	const severity = refused[0]?.severity;
	return no(together(refused), refused.every(one => one.severity === severity) ? severity : undefined);
};

/** Met where one of them is. Those that do not go with the entry decide nothing, unless none does. */
export const any = (...standings: readonly Standing[]): Standing => {
	const met = standings.find(one => one.met === 'yes');
	if (met !== undefined) {
		return met;
	}

	const doubtful = which(standings, 'unknown');
	if (doubtful.length > 0) {
		return unknownOf(doubtful);
	}

	const refused = which(standings, 'no');
	return refused.length > 0 ? refusedBy(refused) : notAsked(together(standings));
};

/** Met where all are that go with the entry. */
export const all = (...standings: readonly Standing[]): Standing => {
	const refused = which(standings, 'no');
	if (refused.length > 0) {
		return refusedBy(refused);
	}

	const doubtful = which(standings, 'unknown');
	if (doubtful.length > 0) {
		return unknownOf(doubtful);
	}

	const met = which(standings, 'yes');
	return met.length > 0 ? yes(together(met)) : notAsked(together(standings));
};

export const doubtOf = (refusal: Refusal): Doubt => ({because: refusalInWords(refusal), refusal});

/** Why a fact of a resource is missing: its operation was refused, or AWS left it out. */
export const missing = ({unread}: Resource, what: string, ...operations: readonly string[]): Doubt => {
	const refusal = operations.flatMap(operation => unread[operation] ?? [])[0];
	return refusal === undefined ? {because: `AWS did not tell ${what}`} : doubtOf(refusal);
};

/** The reasons why not all is known, of which most are none. */
export const doubtsOf = (...refusals: ReadonlyArray<Refusal | undefined>): readonly Doubt[] =>
	refusals.flatMap(refusal => (refusal === undefined ? [] : doubtOf(refusal)));

/** How many reasons of one sort are worth keeping: sentences tell two. */
const mostDoubts = 2;

/** Those that say something new: of hundreds of accelerators that were refused, one tells which permission is lacking. */
export const distinct = (doubts: readonly Doubt[]): readonly Doubt[] => {
	const refused = new Map<string, Doubt>();
	const others = new Map<string, Doubt>();
	for (const doubt of doubts) {
		const kept = doubt.refusal === undefined ? others : refused;
		if (doubt.refusal !== undefined || others.size < mostDoubts) {
			kept.set(doubt.because, doubt);
		}
	}

	return [...refused.values(), ...others.values()];
};
