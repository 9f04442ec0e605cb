import {setImmediate} from 'node:timers/promises';
import type {Query} from '../model/index.js';

/** An answer as JSON text, made once for all who asked the same. */
export type AnswerText = string;

export type SharedAnswers = {
	/** Calls back with the answer, and again whenever it says something else. Returns how to stop. */
	watch(query: Query, listener: (answer: AnswerText) => void): () => void;
	/** Answers once. Rejects as `answer` does. */
	ask(query: Query): Promise<AnswerText>;
	/** Something that answers rest on may have changed. Cheap to call often. */
	changed(): void;
	stop(): void;
};

export type SharedAnswersOptions = {
	readonly answer: (query: Query) => Promise<object>;
	readonly onError: (error: unknown) => void;
	/** Changes within this are answered together. */
	readonly coalesceMs?: number;
};

/** A new watcher is given an answer that is at most this old: its age must not make the ages in it wrong. */
const freshMs = 250;

type Shared = {
	readonly query: Query;
	readonly listeners: Set<(answer: AnswerText) => void>;
	/** Those who have had no answer yet. */
	readonly waiting: Set<(answer: AnswerText) => void>;
	text: AnswerText | undefined;
	/** The answer without what changes when nothing does: the moment and the revision. */
	substance: string | undefined;
	answeredMs: number;
	refreshing: Promise<void> | undefined;
};

/**
 * Answers each different query once for all viewers, again after changes, and tells only what is news.
 * Under a storm of changes it never takes more than a third of the time.
 */
export const createSharedAnswers = ({answer, onError, coalesceMs = 40}: SharedAnswersOptions): SharedAnswers => {
	const shared = new Map<string, Shared>();
	const asked = new Map<string, Promise<AnswerText>>();
	let timer: NodeJS.Timeout | undefined;
	let running = false;
	let dirty = false;
	let lastTookMs = 0;
	let stopped = false;

	const compute = async (query: Query): Promise<{readonly text: AnswerText; readonly substance: string}> => {
		const {revision, now, ...rest}: {revision?: unknown; now?: unknown} = await answer(query);
		const substance = JSON.stringify(rest);
		const passing = JSON.stringify({revision, now});
		const comma = substance === '{}' || passing === '{}' ? '' : ',';
		return {text: `${passing.slice(0, -1)}${comma}${substance.slice(1)}`, substance};
	};

	/** One at a time for each query: fifty viewers that come back together cost one answer. */
	const refresh = async (one: Shared): Promise<void> => {
		one.refreshing ??= renew(one).finally(() => {
			one.refreshing = undefined;
		});
		return one.refreshing;
	};

	const renew = async (one: Shared): Promise<void> => {
		const {text, substance} = await compute(one.query);
		const news = substance !== one.substance;
		one.text = text;
		one.substance = substance;
		one.answeredMs = performance.now();
		const waiting = [...one.waiting];
		one.waiting.clear();
		for (const listener of news ? [...one.listeners] : waiting) {
			listener(text);
		}
	};

	const pass = async (): Promise<void> => {
		timer = undefined;
		running = true;
		dirty = false;
		const startedMs = performance.now();
		for (const one of [...shared.values()]) {
			try {
				// One that was under way when the change came may not have seen it.
				await one.refreshing;
				// Each may sort a hundred thousand rows: in between, others have their turn.
				await setImmediate();
				await (stopped || one.listeners.size === 0 ? undefined : refresh(one));
			} catch (error) {
				onError(error);
			}
		}

		lastTookMs = performance.now() - startedMs;
		running = false;
		if (dirty) {
			schedule();
		}
	};

	const schedule = (): void => {
		if (!stopped && !running && timer === undefined) {
			timer = setTimeout(() => void pass(), Math.max(coalesceMs, lastTookMs * 2));
		}
	};

	return {
		watch(query, listener) {
			const key = JSON.stringify(query);
			const one: Shared = shared.get(key) ?? {
				query,
				listeners: new Set(),
				waiting: new Set(),
				text: undefined,
				substance: undefined,
				answeredMs: Number.NEGATIVE_INFINITY,
				refreshing: undefined,
			};
			shared.set(key, one);
			one.listeners.add(listener);
			if (one.text !== undefined && performance.now() - one.answeredMs < freshMs) {
				listener(one.text);
			} else {
				one.waiting.add(listener);
				refresh(one).catch(onError);
			}

			return () => {
				one.listeners.delete(listener);
				one.waiting.delete(listener);
				if (one.listeners.size === 0 && shared.get(key) === one) {
					shared.delete(key);
				}
			};
		},
		async ask(query) {
			const key = JSON.stringify(query);
			const known = asked.get(key);
			if (known !== undefined) {
				return known;
			}

			const answering = compute(query)
				.then(({text}) => text)
				.finally(() => asked.delete(key));
			asked.set(key, answering);
			return answering;
		},
		changed() {
			if (shared.size > 0) {
				dirty = true;
				schedule();
			}
		},
		stop() {
			stopped = true;
			clearTimeout(timer);
			shared.clear();
		},
	};
};
