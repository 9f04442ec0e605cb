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

/** Sentences once each, in one. */
const inOne = (sentences: readonly string[]): string =>
	sentences.length === 1 ? (sentences[0] ?? '') : [...new Set(sentences)].join('; ');

/** Unknown for these reasons, of which the first two are told. */
export const unknown = (...doubts: readonly Doubt[]): Standing => ({
	met: 'unknown',
	because: inOne([...new Set(doubts.map(({because}) => because))].slice(0, 2)) || 'what it rests on could not be read',
	refusals: doubts.flatMap(({refusal}) => refusal ?? []),
});

const together = (standings: readonly Standing[]): string => inOne(standings.map(({because}) => because));

const unknownOf = (standings: readonly Standing[]): Standing => ({
	met: 'unknown',
	because: together(standings.slice(0, 2)),
	refusals: standings.flatMap(({refusals}) => refusals ?? []),
});

/** What they refuse, in one: it weighs otherwise than its rule only where each of them does, and alike. */
const refusedBy = (refused: readonly Standing[]): Standing => {
	const [severity, ...others] = new Set(refused.map(one => one.severity));
	return no(together(refused), others.length === 0 ? severity : undefined);
};

/** Met where one of them is. Those that do not go with the entry decide nothing, unless none does. */
export const any = (...standings: readonly Standing[]): Standing => {
	const met = standings.find(one => one.met === 'yes');
	const doubtful = standings.filter(one => one.met === 'unknown');
	const refused = standings.filter(one => one.met === 'no');
	return met ?? (doubtful.length > 0 ? unknownOf(doubtful) : refused.length > 0 ? refusedBy(refused) : notAsked(together(standings)));
};

/** Met where all are that go with the entry. */
export const all = (...standings: readonly Standing[]): Standing => {
	const refused = standings.filter(one => one.met === 'no');
	const doubtful = standings.filter(one => one.met === 'unknown');
	const met = standings.filter(one => one.met === 'yes');
	return refused.length > 0
		? refusedBy(refused)
		: doubtful.length > 0
			? unknownOf(doubtful)
			: met.length > 0
				? yes(together(met))
				: notAsked(together(standings));
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
