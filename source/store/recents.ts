import type {Change} from '../model/index.js';
import {toMs} from './card.js';

/** A changed row is marked for a minute; what is kept here covers that with room for a slow screen. */
export const recentForMs = 120_000;
const markedForMs = 60_000;

/** No burst is remembered beyond this: a screen shows a few dozen rows. */
const maxRecents = 20_000;

/** The changes of the last moments, by entry. */
export class Recents {
	#changes: Change[] = [];
	#byKey = new Map<string, Change[]>();

	add(changes: readonly Change[]): void {
		if (changes.length === 0) {
			return;
		}

		const newestMs = Math.max(...changes.slice(-1).map(({at}) => toMs(at)));
		this.#changes = [...this.#changes.filter(({at}) => toMs(at) > newestMs - recentForMs), ...changes].slice(-maxRecents);
		this.#byKey = Map.groupBy(this.#changes, ({key}) => key);
	}

	/** The newest change to an entry, or to one rule's answer about it, if it is at most a minute old. */
	of(key: string, ruleId: string | undefined, nowMs: number): Pick<Change, 'type' | 'at'> | undefined {
		const change = this.#byKey
			.get(key)
			?.findLast(candidate => ruleId === undefined || candidate.ruleId === undefined || candidate.ruleId === ruleId);
		return change === undefined || nowMs - toMs(change.at) > markedForMs ? undefined : {type: change.type, at: change.at};
	}

	clear(): void {
		this.#changes = [];
		this.#byKey.clear();
	}
}
