import {findingSources, type Mark, marks, severities, urgency, verdicts} from '../model/index.js';
import type {Card} from './card.js';
import {bytes, floats, Pool, Slots, Texts, words} from './column.js';
import {recordStates} from './filter.js';
import {type CompiledMutes, compileMutes} from './mutes.js';

/** Answers are linked by their slot plus one, so that 0, which is what a column holds at first, is none. */
const none = 0;
const activeState = recordStates.indexOf('active');

/** The kind of a reported finding's entry, in its key. */
export const findingKind = 'finding';

const maskOf = (carried: readonly Mark[]): number => carried.reduce((mask, mark) => mask | (1 << marks.indexOf(mark)), 0);

/** Every set of marks, by its mask. */
const marksByMask: ReadonlyArray<readonly Mark[]> = Array.from({length: 2 ** marks.length}, (_, mask) =>
	marks.filter((_mark, bit) => (mask & (1 << bit)) !== 0),
);

/**
 * The account in columns: a row for each entry, and one for each answer about it (a rule's, or the finding itself).
 * Bodies stay on disk. Every change of a row stamps it with the `version`, so that views can follow without looking at all.
 */
export class IndexTable {
	/** Rises with every change. */
	version = 0;
	readonly services = new Pool();
	readonly regions = new Pool();
	readonly accounts = new Pool();
	readonly kinds = new Pool();
	readonly snapshots = new Pool();
	readonly rules = new Pool();
	readonly #slots = new Map<string, number>();
	readonly #texts = new Texts(20_000);

	readonly entries = {
		slots: new Slots(),
		key: [] as string[],
		name: [] as string[],
		id: [] as string[],
		arn: [] as string[],
		alive: bytes(),
		stamp: words(),
		service: words(),
		region: words(),
		account: words(),
		kind: words(),
		snapshot: words(),
		source: bytes(),
		state: bytes(),
		marks: bytes(),
		/** Of the answer that speaks for it. */
		urgency: bytes(),
		since: floats(),
		/** When the soonest of its expirations is due; infinity where there is none. */
		due: floats(),
		/** The answer that speaks for it, plus one; 0 where no rule applies. */
		speaker: words(),
		/** A worse answer than the one that speaks is muted; of a reported finding: it is muted itself. */
		muted: bytes(),
		usdPerMonth: floats(),
		hash: floats(),
		ownSince: floats(),
		firstAnswer: words(),
	};

	/** Expirations of the entries that have any, soonest first. */
	readonly expirations = new Map<number, ReadonlyArray<readonly [what: string, atMs: number]>>();

	readonly answers = {
		slots: new Slots(),
		reason: [] as string[],
		alive: bytes(),
		stamp: words(),
		entry: words(),
		rule: words(),
		verdict: bytes(),
		severity: bytes(),
		urgency: bytes(),
		since: floats(),
		muted: bytes(),
		next: words(),
	};

	#mutes: CompiledMutes = compileMutes([]);
	#mutesAtMs = 0;
	#nextMuteEndMs = Number.POSITIVE_INFINITY;

	get size(): number {
		return this.#slots.size;
	}

	has(key: string): boolean {
		return this.#slots.has(key);
	}

	slot(key: string): number | undefined {
		return this.#slots.get(key);
	}

	hash(key: string): number | undefined {
		const slot = this.#slots.get(key);
		return slot === undefined ? undefined : this.entries.hash.get(slot);
	}

	keys(): IterableIterator<string> {
		return this.#slots.keys();
	}

	isFinding(slot: number): boolean {
		return this.entries.source.get(slot) !== 0;
	}

	isActive(slot: number): boolean {
		return this.entries.state.get(slot) === activeState;
	}

	marksOf(slot: number): readonly Mark[] {
		return marksByMask[this.entries.marks.get(slot)] ?? [];
	}

	upsert(key: string, card: Card): void {
		const {entries} = this;
		this.version++;
		let slot = this.#slots.get(key);
		if (slot === undefined) {
			slot = entries.slots.take();
			const [account = '', region = '', service = '', kind = ''] = key.split('/', 4);
			this.#slots.set(key, slot);
			entries.key[slot] = key;
			entries.alive.set(slot, 1);
			entries.service.set(slot, this.services.number(service));
			entries.kind.set(slot, this.kinds.number(kind));
			entries.snapshot.set(slot, this.snapshots.number(`${account}/${region}/${service}`));
			entries.firstAnswer.set(slot, none);
		} else {
			this.#releaseAnswers(slot);
		}

		entries.name[slot] = this.#texts.one(card.name);
		entries.id[slot] = this.#texts.one(card.id);
		entries.arn[slot] = this.#texts.one(card.arn);
		entries.region.set(slot, this.regions.number(card.awsRegion));
		entries.account.set(slot, this.accounts.number(card.accountId));
		entries.source.set(slot, findingSources.indexOf(card.source));
		entries.state.set(slot, recordStates.indexOf(card.state));
		entries.marks.set(slot, maskOf(card.marks));
		entries.usdPerMonth.set(slot, card.usdPerMonth);
		entries.hash.set(slot, card.hash);
		entries.ownSince.set(slot, card.sinceMs);
		const expirations = [...card.expirations].sort(([, a], [, b]) => a - b);
		entries.due.set(slot, expirations[0]?.[1] ?? Number.POSITIVE_INFINITY);
		if (expirations.length > 0) {
			this.expirations.set(slot, expirations);
		} else {
			this.expirations.delete(slot);
		}

		this.#addAnswers(slot, card);
		this.#speak(slot);
	}

	remove(key: string): boolean {
		const slot = this.#slots.get(key);
		if (slot === undefined) {
			return false;
		}

		this.version++;
		const {entries} = this;
		this.#releaseAnswers(slot);
		this.#slots.delete(key);
		this.expirations.delete(slot);
		entries.key[slot] = '';
		entries.name[slot] = '';
		entries.id[slot] = '';
		entries.arn[slot] = '';
		entries.alive.set(slot, 0);
		entries.stamp.set(slot, this.version);
		entries.slots.release(slot);
		return true;
	}

	clear(): void {
		for (const key of [...this.#slots.keys()]) {
			this.remove(key);
		}
	}

	/** The answers about an entry. */
	*answersOf(slot: number): Iterable<number> {
		for (let link = this.entries.firstAnswer.get(slot); link !== none; link = this.answers.next.get(link - 1)) {
			yield link - 1;
		}
	}

	setMutes(mutes: CompiledMutes, nowMs: number): void {
		this.#mutes = mutes;
		this.#applyMutes(nowMs);
	}

	/** Lets mutes end whose time has come. Returns whether any may have. */
	advance(nowMs: number): boolean {
		if (this.#mutes.count === 0 || (nowMs < this.#nextMuteEndMs && nowMs >= this.#mutesAtMs)) {
			return false;
		}

		this.#applyMutes(nowMs);
		return true;
	}

	/** Whether a failure would be muted, as of the last `setMutes` or `advance`. */
	isMuted(ruleId: string, resource: {readonly resourceName: string; readonly resourceId: string; readonly arn: string}): boolean {
		return this.#mutes.count > 0 && this.#mutes.mutes(ruleId, resource, this.#mutesAtMs);
	}

	#applyMutes(nowMs: number): void {
		this.version++;
		this.#mutesAtMs = nowMs;
		this.#nextMuteEndMs = this.#mutes.nextEndMs(nowMs);
		for (const slot of this.#slots.values()) {
			let changed = false;
			for (const answer of this.answersOf(slot)) {
				const muted = this.#answerMuted(slot, answer);
				if (muted !== this.answers.muted.get(answer)) {
					this.answers.muted.set(answer, muted);
					this.answers.stamp.set(answer, this.version);
					changed = true;
				}
			}

			if (changed) {
				this.#speak(slot);
			}
		}
	}

	#answerMuted(slot: number, answer: number): 0 | 1 {
		const {entries, answers} = this;
		// Only what would be looked at can be muted: a pass needs no excuse. What is kept apart anyway is not muted besides.
		if (this.#mutes.count === 0 || answers.urgency.get(answer) < 2) {
			return 0;
		}

		const resource = {resourceName: entries.name[slot] ?? '', resourceId: entries.id[slot] ?? '', arn: entries.arn[slot] ?? ''};
		return this.isMuted(this.rules.name(answers.rule.get(answer)), resource) ? 1 : 0;
	}

	#addAnswers(slot: number, card: Card): void {
		const {answers} = this;
		let previous = none;
		for (const {ruleId, verdict, severity, sinceMs, reason} of card.answers) {
			const answer = answers.slots.take();
			answers.alive.set(answer, 1);
			answers.stamp.set(answer, this.version);
			answers.entry.set(answer, slot);
			answers.rule.set(answer, this.rules.number(ruleId));
			answers.verdict.set(answer, verdicts.indexOf(verdict));
			answers.severity.set(answer, severities.indexOf(severity));
			answers.urgency.set(answer, urgency(verdict, severity));
			answers.since.set(answer, sinceMs);
			answers.reason[answer] = this.#texts.one(reason);
			answers.next.set(answer, none);
			answers.muted.set(answer, this.#answerMuted(slot, answer));
			if (previous === none) {
				this.entries.firstAnswer.set(slot, answer + 1);
			} else {
				answers.next.set(previous - 1, answer + 1);
			}

			previous = answer + 1;
		}
	}

	#releaseAnswers(slot: number): void {
		const {answers} = this;
		for (const answer of [...this.answersOf(slot)]) {
			answers.alive.set(answer, 0);
			answers.stamp.set(answer, this.version);
			answers.reason[answer] = '';
			answers.slots.release(answer);
		}

		this.entries.firstAnswer.set(slot, none);
	}

	/** Decides which answer speaks for an entry: the worst that is not muted, then the oldest, then by name. */
	#speak(slot: number): void {
		const {entries, answers} = this;
		let speaker = -1;
		let worstMuted = 0;
		for (const answer of this.answersOf(slot)) {
			if (answers.muted.get(answer) === 1) {
				worstMuted = Math.max(worstMuted, answers.urgency.get(answer));
				if (!this.isFinding(slot)) {
					continue;
				}
			}

			if (speaker === -1 || this.#compareAnswers(answer, speaker) < 0) {
				speaker = answer;
			}
		}

		const spoken = speaker === -1 ? 0 : answers.urgency.get(speaker);
		entries.speaker.set(slot, speaker + 1);
		entries.urgency.set(slot, spoken);
		entries.since.set(slot, speaker === -1 ? entries.ownSince.get(slot) : answers.since.get(speaker));
		entries.muted.set(slot, worstMuted > 0 && (this.isFinding(slot) || worstMuted > spoken) ? 1 : 0);
		entries.stamp.set(slot, this.version);
	}

	#compareAnswers(a: number, b: number): number {
		const {answers, rules} = this;
		const byUrgency = answers.urgency.get(b) - answers.urgency.get(a) || answers.since.get(a) - answers.since.get(b);
		return byUrgency || (rules.name(answers.rule.get(a)) < rules.name(answers.rule.get(b)) ? -1 : 1);
	}
}
