import type {Config, Problem} from '../model/index.js';
import type {StoreHealth} from '../store/port.js';

/** A problem before it is known since when. */
type Found = Omit<Problem, 'since'> & {readonly since?: string};

/** Where the sentence of the store is about the disk: what else degrades it is about the file. */
const isDisk = (sentence: string): boolean => /\bdisk\b|\bspace\b|\bquota\b|read-only/i.test(sentence);

export const storeProblems = ({degraded}: Pick<StoreHealth, 'degraded'>): readonly Found[] =>
	degraded.map(text => ({id: isDisk(text) ? 'disk' : 'cache', severity: 'warning', text}));

export const endpointProblems = ({endpointUrl}: Pick<Config, 'endpointUrl'>): readonly Found[] =>
	endpointUrl === undefined ? [] : [{id: 'endpoint', severity: 'warning', text: `What is shown comes from ${endpointUrl}, not from AWS`}];

/** Gathers problems of all origins and remembers since when each has been there. The first that names an id speaks for it. */
export const createProblemBook = (now: () => string): ((found: readonly Found[]) => readonly Problem[]) => {
	let since = new Map<string, string>();
	return found => {
		const kept = new Map<string, string>();
		const said = new Set<string>();
		const problems: Problem[] = [];
		for (const problem of found) {
			// Of credentials, clock and account there is one each; the store may have several things to say.
			const key = problem.id === 'cache' || problem.id === 'disk' ? `${problem.id} ${problem.text}` : problem.id;
			if (said.has(key)) {
				continue;
			}

			said.add(key);
			const at = problem.since ?? since.get(key) ?? now();
			kept.set(key, at);
			problems.push({...problem, since: at});
		}

		since = kept;
		return problems.sort((left, right) => Number(right.severity === 'error') - Number(left.severity === 'error'));
	};
};
