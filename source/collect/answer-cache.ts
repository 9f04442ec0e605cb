import {createHash} from 'node:crypto';
import type {Keyv} from 'keyv';
import type {Json} from '../model/index.js';

/** An answer with the moment it was given. `value` is null where AWS said that there is no such thing. */
export type CachedAnswer = {readonly at: string; readonly value: Readonly<Record<string, Json>> | null};

// How long an answer is kept at all; how long it counts as fresh is the operation's affair.
const keptForMs = 30 * 24 * 60 * 60_000;
// Answers read together would all grow old together and be asked again in one burst each hour.
const spread = 0.1;

/** Answers with a life of their own, so that a refresh costs what changed and not what there is. */
export class AnswerCache {
	readonly #keyv: Keyv;
	readonly #now: () => number;

	constructor(keyv: Keyv, now: () => number) {
		this.#keyv = keyv;
		this.#now = now;
	}

	static key(
		scope: {readonly accountId: string; readonly awsRegion: string; readonly service: string},
		operation: string,
		input: unknown,
	): string {
		return `${scope.accountId}/${scope.awsRegion}/${scope.service}/${operation}/${JSON.stringify(input)}`;
	}

	async get(key: string): Promise<CachedAnswer | undefined> {
		return this.#keyv.get<CachedAnswer>(key);
	}

	async set(key: string, answer: CachedAnswer): Promise<void> {
		await this.#keyv.set(key, answer, keptForMs);
	}

	/** Whether an answer may stand in for a call. The limit differs by ±10 % from key to key, always alike for one key. */
	isFresh(key: string, answer: CachedAnswer, freshForMs: number): boolean {
		const share = (createHash('md5').update(key).digest().readUInt16BE(0) / 0xff_ff) * 2 - 1;
		return this.#now() - Date.parse(answer.at) < freshForMs * (1 + share * spread);
	}
}
