import {type ExpirationRow, isBoardKind, severities, type Verdict, verdicts} from '../model/index.js';
import type {Card} from './card.js';
import {answerSorts, readHead, sortOf} from './card-head.js';
import type {AnswerSort} from './counts.js';
import {findingKind} from './index-table.js';
import type {CompiledMutes} from './mutes.js';
import {endOfSnapshot, snapshotOf} from './watched.js';

/** Whether a key is that of a reported finding. */
export const isFinding = (key: string): boolean => key.startsWith(`${findingKind}/`, endOfSnapshot(key) + 1);

const kindOf = (key: string): string => key.slice(endOfSnapshot(key) + 1);

/** Entries counted as they go by, as the index would count them. */
export class Tally {
	/** How many entries each snapshot has, by its key. */
	readonly snapshots = new Map<string, {resources: number; reportedFindings: number}>();
	/** Of the entries that have any, in no order. */
	readonly expirations: ExpirationRow[] = [];
	readonly #mutes: CompiledMutes;
	readonly #nowMs: number;
	readonly #stale: ReadonlyMap<string, boolean>;
	readonly #counts = new Uint32Array(answerSorts * 4);

	/** `stale`: by snapshot; one that is not there is. */
	constructor(mutes: CompiledMutes, nowMs: number, stale: ReadonlyMap<string, boolean>) {
		this.#mutes = mutes;
		this.#nowMs = nowMs;
		this.#stale = stale;
	}

	/** Counts by the head of a card alone. False where that does not say all. */
	addHead(key: string, head: string): boolean {
		if (this.#mutes.count > 0 || !readHead(head, (sort, isReported) => this.#count(sort, false, isReported))) {
			return false;
		}

		this.#countEntry(key, snapshotOf(key));
		return true;
	}

	add(key: string, card: Card): void {
		const snapshot = snapshotOf(key);
		this.#countEntry(key, snapshot);
		if (card.state === 'active') {
			for (const answer of card.answers) {
				this.#count(sortOf(answer), this.#isMuted(card, answer), card.source !== 'rule');
			}
		}

		// What a board says of an end, the thing that ends says too.
		for (const [what, atMs] of isBoardKind(kindOf(key)) ? [] : card.expirations) {
			// What cannot be read as a time cannot be put in order of time.
			if (atMs > 0) {
				const {name, accountId, awsRegion} = card;
				const stale = this.#stale.get(snapshot) ?? true;
				const service = snapshot.slice(snapshot.lastIndexOf('/') + 1);
				this.expirations.push({key, service, name, accountId, awsRegion, what, at: new Date(atMs).toISOString(), stale});
			}
		}
	}

	sorts(): AnswerSort[] {
		return [...this.#counts].map((count, place) => ({
			verdict: verdicts[Math.floor(place / 4 / severities.length)] ?? 'UNKNOWN',
			severity: severities[Math.floor(place / 4) % severities.length] ?? 'INFORMATIONAL',
			muted: place % 2 === 1,
			reported: place % 4 >= 2,
			count,
		}));
	}

	#countEntry(key: string, snapshot: string): void {
		let counted = this.snapshots.get(snapshot);
		if (counted === undefined) {
			counted = {resources: 0, reportedFindings: 0};
			this.snapshots.set(snapshot, counted);
		}

		counted[isFinding(key) ? 'reportedFindings' : 'resources']++;
	}

	#count(sort: number, isMuted: boolean, isReported: boolean): void {
		const place = sort * 4 + (isMuted ? 1 : 0) + (isReported ? 2 : 0);
		this.#counts[place] = (this.#counts[place] ?? 0) + 1;
	}

	/** Only what would be looked at can be muted: a pass needs no excuse. */
	#isMuted({name, id, arn}: Card, {ruleId, verdict}: {readonly ruleId: string; readonly verdict: Verdict}): boolean {
		return (
			this.#mutes.count > 0 &&
			(verdict === 'FAIL' || verdict === 'UNKNOWN') &&
			this.#mutes.mutes(ruleId, {resourceName: name, resourceId: id, arn}, this.#nowMs)
		);
	}
}
