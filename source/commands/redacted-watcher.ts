import type {Redactor} from '../export/redact.js';
import type {AnswerTo, Overview, Query, SnapshotHeader, Watcher, WatcherState} from '../model/index.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {redactorFor} from './redaction.js';

/** The same watcher, with stand-ins in every answer, so that no view can forget one. */
export const redactedWatcher = (watcher: Watcher, redactor: Redactor): Watcher => ({
	...watcher,
	state: () => redactState(watcher.state(), redactor),
	onState: listener => watcher.onState(state => listener(redactState(state, redactor))),
	watch: (query, listener) => watcher.watch(query, answer => listener(redactAnswer(query, answer, redactor))),
	ask: async query => redactAnswer(query, await watcher.ask(query), redactor),
});

/** Why there is no daemon may name directories and accounts. */
const redactState = (state: WatcherState, redactor: Redactor): WatcherState => {
	if (state.status === 'offline') {
		return {...state, reason: redactor.text(state.reason)};
	}

	if (state.status !== 'lost') {
		return state;
	}

	const {successor} = state;
	return {
		...state,
		reason: redactor.text(state.reason),
		...(typeof successor === 'object' && {successor: {failed: redactor.text(successor.failed)}}),
	};
};

const redactAnswer = <Q extends Query>(query: Q, answer: AnswerTo<Q>, redactor: Redactor): AnswerTo<Q> => {
	// The query says which of the answers this is; the compiler cannot follow it there.
	const redact = redactions[query.ask] as unknown as (answer: AnswerTo<Q>, redactor: Redactor) => AnswerTo<Q>;
	return redact(answer, redactor);
};

type Redactions = {
	readonly [A in Query['ask']]: (answer: AnswerTo<Extract<Query, {ask: A}>>, redactor: Redactor) => AnswerTo<Extract<Query, {ask: A}>>;
};

const redactions: Redactions = {
	overview: (overview, redactor) => redactOverview(overview, redactor),
	panel: (window, redactor) => ({...window, rows: window.rows.map(row => redactor.row(row))}),
	findings: (window, redactor) => ({...window, rows: window.rows.map(row => redactor.row(row))}),
	changes: (window, redactor) => ({...window, rows: window.rows.map(change => redactor.change(change))}),
	expirations: (window, redactor) => ({...window, rows: window.rows.map(row => redactor.expiration(row))}),
	detail: (detail, redactor) => ({
		...detail,
		entry: detail.entry && redactor.entry(detail.entry),
		snapshot: detail.snapshot && redactor.header(detail.snapshot),
		history: detail.history.map(change => redactor.change(change)),
	}),
};

const redactOverview = (overview: Overview, redactor: Redactor): Overview => ({
	...overview,
	account: overview.account && {accountId: redactor.account(overview.account.accountId), partition: overview.account.partition},
	panels: overview.panels.map(panel => ({
		...panel,
		top: panel.top.map(row => redactor.row(row)),
		// A snapshot with one member more, which `header` keeps.
		snapshots: panel.snapshots.map(snapshot => ({...redactor.header(snapshot satisfies SnapshotHeader), stale: snapshot.stale})),
	})),
	problems: overview.problems.map(problem => ({
		...problem,
		text: redactor.text(problem.text),
		...(problem.fix !== undefined && {fix: redactor.text(problem.fix)}),
	})),
});

/** One overview with stand-ins, where `--redact` asks for them. */
export const redactOverviewFor = async (overview: Overview, flags: GlobalFlags, io: Io): Promise<Overview> => {
	const redactor = await redactorFor(flags, io);
	return redactor === undefined ? overview : redactOverview(overview, redactor);
};
