import type {Json, Paging} from '../model/index.js';
import {memberAt} from './member-at.js';

type Answer = Readonly<Record<string, Json>>;

/** AWS's longest listings have some thousand pages; an endless one has no end. */
const maxPages = 10_000;

/** Every page of a listing, asked for with the tokens of the one before. `onCut` hears why it ended before its end. */
export async function* pagesOf(
	operation: string,
	{input, output, also = {}, more}: Paging,
	ask: (tokens: Answer) => Promise<Answer>,
	onCut: (reason: string) => void,
): AsyncGenerator<Answer, void, undefined> {
	const seen = new Set<string>();
	let tokens: Answer = {};
	for (let page = 1; page <= maxPages; page++) {
		const answer = await ask(tokens);
		yield answer;
		const token = memberAt(answer, output);
		// GuardDuty ends with an empty token, others with none.
		if (token === undefined || token === '' || token === null) {
			if (more !== undefined && memberAt(answer, more) === true) {
				onCut(`${operation} said that there is more, but not where it goes on, after ${page} pages`);
			}

			return;
		}

		tokens = {[input]: token};
		for (const [name, path] of Object.entries(also)) {
			const value = memberAt(answer, path);
			tokens = value === undefined || value === null ? tokens : {...tokens, [name]: value};
		}

		const told = JSON.stringify(tokens);
		if (seen.has(told)) {
			onCut(`${operation} sent the same page token twice, after ${page} pages`);
			return;
		}

		seen.add(told);
	}

	onCut(`${operation} went on for more than ${maxPages} pages`);
}
