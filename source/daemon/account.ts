import type {Gate, Identity} from '../collect/gate.js';
import type {Problem, Refusal} from '../model/index.js';
import {type Account, accountRecord, toAccount} from '../store/account.js';
import type {Store} from '../store/port.js';

export type AccountWatchParts = {
	readonly gate: Pick<Gate, 'identity' | 'regions' | 'loginHint'>;
	readonly store: Pick<Store, 'getMeta' | 'setMeta'>;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** The account or its Regions are known, or are others than before. */
	readonly onAccount: (account: Account) => void;
	/** Credentials work again. */
	readonly onReturn: () => void;
	/** A problem came or went. */
	readonly onChange: () => void;
	/** A mistake of ours. It is asked again later. */
	readonly onBug: (error: unknown) => void;
};

export type AccountWatch = {
	/** As far as is known; from the last time, before AWS has answered. */
	account(): Account | undefined;
	problems(): readonly Problem[];
	/** Somebody was told that the credentials are not good: finds out whether that is so for all. */
	doubt(): void;
	/** Somebody wants it now. */
	retryNow(): void;
	stop(): void;
};

/** A login is noticed within this, at the cost of one free call. */
const loginProbeMs = 8000;
const unreachableFirstMs = 5000;
const unreachableMostMs = 60_000;
const deniedMs = 60_000;

/** Regions are opted into rarely. */
const regionsEveryMs = 24 * 60 * 60_000;
const regionsRetryMs = 5 * 60_000;

/** One daemon asks who it is at most this often because of doubts. */
const doubtMs = 2000;

/**
 * Finds out whose credentials these are and which Regions are enabled, and keeps at it: after a login, after the network
 * returns, and daily. One question stands for all collections that fail for the same cause.
 */
export const watchAccount = ({gate, store, now, onAccount, onReturn, onChange, onBug}: AccountWatchParts): AccountWatch => {
	const stopping = new AbortController();
	let account: Account | undefined;
	let identity: Identity | undefined;
	let refused: Problem | undefined;
	let regionsProblem: Problem | undefined;
	let timer: NodeJS.Timeout | undefined;
	let asking: Promise<void> | undefined;
	let failures = 0;
	let askedMs = Number.NEGATIVE_INFINITY;
	let regionsAtMs = Number.NEGATIVE_INFINITY;

	const iso = (): string => new Date(now()).toISOString();

	const askAgain = (afterMs: number): void => {
		clearTimeout(timer);
		if (!stopping.signal.aborted) {
			timer = setTimeout(() => void ask(), afterMs);
		}
	};

	const ask = async (): Promise<void> => {
		clearTimeout(timer);
		asking ??= askOnce()
			.catch(error => {
				onBug(error);
				askAgain(deniedMs);
			})
			.finally(() => {
				asking = undefined;
			});
		return asking;
	};

	const askOnce = async (): Promise<void> => {
		askedMs = performance.now();
		const asked = await gate.identity(stopping.signal);
		if (stopping.signal.aborted) {
			return;
		}

		if (!asked.ok) {
			failures += 1;
			refused = await toProblem(asked.refusal, refused?.since ?? iso());
			askAgain(waitAfter(asked.refusal, failures));
			onChange();
			return;
		}

		failures = 0;
		const returned = refused !== undefined;
		const changed = identity?.accountId !== asked.value.accountId;
		identity = asked.value;
		refused = undefined;
		if (changed || returned || regionsProblem !== undefined || performance.now() - regionsAtMs >= regionsEveryMs) {
			await findRegions(asked.value);
		}

		if (stopping.signal.aborted) {
			return;
		}

		if (returned) {
			onReturn();
		}

		askAgain(regionsProblem === undefined ? regionsEveryMs : regionsRetryMs);
		onChange();
	};

	const findRegions = async ({accountId, partition}: Identity): Promise<void> => {
		const asked = await gate.regions(accountId, stopping.signal);
		if (stopping.signal.aborted) {
			return;
		}

		if (asked.ok) {
			regionsAtMs = performance.now();
			regionsProblem = undefined;
			become({accountId, partition, regions: asked.value});
			return;
		}

		const known = account?.accountId === accountId && account.regions.length > 0;
		regionsProblem = {
			id: 'regions',
			severity: known ? 'warning' : 'error',
			text: `The enabled Regions could not be listed (${asked.refusal.iamAction}: ${asked.refusal.message})${known ? '; those known from before are watched' : ''}`,
			fix: 'name them, for instance with: vedette --region eu-west-1,us-east-1',
			since: regionsProblem?.since ?? iso(),
		};
		become({accountId, partition, regions: known ? (account?.regions ?? []) : []});
	};

	const become = (next: Account): void => {
		account = next;
		onAccount(next);
		store.setMeta(accountRecord, next).catch(() => {
			// The store tells of its own troubles; the account is asked for again at the next start.
		});
	};

	const toProblem = async (refusal: Refusal, since: string): Promise<Problem> => {
		const {status, message, iamAction} = refusal;
		if (status === 'unauthenticated') {
			const fix = await gate.loginHint();
			return {id: 'credentials', severity: 'error', text: `AWS does not accept these credentials: ${message}`, fix, since};
		}

		const text =
			status === 'unreachable'
				? `AWS cannot be reached: ${message}`
				: `AWS does not say whose credentials these are (${iamAction} is ${status}): ${message}`;
		return {id: 'account', severity: 'error', text, since};
	};

	const begin = async (): Promise<void> => {
		try {
			account ??= toAccount(await store.getMeta(accountRecord));
			onChange();
		} catch (error) {
			onBug(error);
		}

		await ask();
	};

	void begin();

	return {
		account: () => account,
		problems: () => [refused, regionsProblem].filter(problem => problem !== undefined),
		doubt() {
			if (refused === undefined && asking === undefined) {
				askAgain(Math.max(0, doubtMs - (performance.now() - askedMs)));
			}
		},
		retryNow() {
			if (refused !== undefined || regionsProblem !== undefined) {
				void ask();
			}
		},
		stop() {
			clearTimeout(timer);
			stopping.abort(new DOMException('Vedette is stopping', 'AbortError'));
		},
	};
};

const waitAfter = ({status}: Refusal, failures: number): number => {
	if (status === 'unauthenticated') {
		return loginProbeMs;
	}

	return status === 'unreachable' ? Math.min(unreachableMostMs, unreachableFirstMs * 2 ** Math.min(10, failures - 1)) : deniedMs;
};
