import {addTo} from './sets.js';

/** Where names lead by the records that are known, over as many steps as it takes. Names are compared as they are written. */
export type NameWays = {
	/** All that a name leads to, in the order of the steps. */
	from(name: string): readonly string[];
	/** All that lead to a name, sorted. */
	to(name: string): readonly string[];
	/** Whether no record leads on from a name. */
	isEnd(name: string): boolean;
};

/** Resolvers follow about so many steps, and then give up. */
const mostSteps = 16;

/** What is reached from a name, without itself: a circle ends where it began. */
const follow = (start: string, next: (name: string) => Iterable<string>): readonly string[] => {
	const found = new Set([start]);
	let last: readonly string[] = [start];
	for (let step = 0; step < mostSteps && last.length > 0; step++) {
		const reached: string[] = [];
		for (const name of last) {
			for (const other of next(name)) {
				if (!found.has(other)) {
					found.add(other);
					reached.push(other);
				}
			}
		}

		last = reached;
	}

	found.delete(start);
	return [...found];
};

/** The wildcards that may answer for a name, nearest first: `*.b.c` and `*.c` of `a.b.c`. */
const wildcardsOf = (name: string): readonly string[] => {
	const labels = name.split('.');
	return labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
};

/** Reads once which name leads to which. Those of records may be wildcards, which answer for what no record of its own does. */
export const readNameWays = (records: Iterable<readonly [name: string, target: string]>): NameWays => {
	const targets = new Map<string, Set<string>>();
	for (const [name, target] of records) {
		addTo(targets, name, target);
	}

	const hasWildcards = [...targets.keys()].some(name => name.startsWith('*.'));
	/** The name of the record that answers for a name, if one is known. */
	const answering = (name: string): string | undefined =>
		targets.has(name) ? name : hasWildcards ? wildcardsOf(name).find(wildcard => targets.has(wildcard)) : undefined;

	const sources = new Map<string, Set<string>>();
	for (const [name, leadsTo] of targets) {
		for (const target of leadsTo) {
			addTo(sources, target, name);
			const record = answering(target);
			if (record !== undefined && record !== target) {
				addTo(sources, record, name);
			}
		}
	}

	return {
		from: start => follow(start, name => targets.get(answering(name) ?? '') ?? []),
		to: start => [...follow(start, name => sources.get(name) ?? [])].sort(),
		isEnd: name => answering(name) === undefined,
	};
};
