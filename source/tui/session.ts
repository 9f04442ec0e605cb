import type {Query} from '../model/index.js';
import {say} from '../view/line.js';
import {createLook} from '../view/look.js';
import {drawScreen, listRowsOf, scrolledLines} from '../view/screen.js';
import {paint} from '../view/theme.js';
import {actions} from './actions.js';
import type {FrameSource, TerminalControl} from './frame-source.js';
import {bindingFor} from './key-bindings.js';
import type {KeyName} from './keys.js';
import {promptKey} from './prompt.js';
import {overviewQuery, queryOf, windowAround} from './queries.js';
import {screenInput} from './screen-input.js';
import type {Session, SessionOptions} from './session-port.js';
import {createStore} from './store.js';
import {takeAnswer} from './take-answer.js';
import {currentPlace, currentVisit, initialState, listOf, type TuiState, windowOf, withVisit} from './tui-state.js';

const noticeMs = 8000;
const healthEveryMs = 5000;

type SlotName = 'overview' | 'list' | 'detail';
type Slot = {readonly query: string; readonly base: string; readonly limit: number; hasAnswered: boolean; stop: () => void};

/** The TUI's one writer: keys, answers and time come in, frames go out. */
export const createSession = (options: SessionOptions, control: TerminalControl): FrameSource => {
	const {watcher, now} = options;
	const lookAt = createLook(options);
	const store = createStore(initialState(watcher.state()));
	const frames = createStore<readonly string[]>([]);
	const slots = new Map<SlotName, Slot>();
	let isClosed = false;
	let healthAskedMs = 0;

	const draw = (): void => {
		const state = store.get();
		const look = lookAt(now());
		const next = drawScreen(screenInput(state, options.catalogue, look), look, state.size).map(line => paint(line, options.theme));
		const shown = frames.get();
		// The same lines are the same frame: nothing is drawn, nothing is written.
		if (next.length !== shown.length || next.some((line, row) => line !== shown[row])) {
			frames.set(next);
		}
	};

	const follow = (name: SlotName, query: Query | undefined, base: string, limit: number): void => {
		const old = slots.get(name);
		const key = query === undefined ? '' : JSON.stringify(query);
		if (old?.query === key || (old === undefined && query === undefined)) {
			return;
		}

		if (query === undefined) {
			slots.delete(name);
		} else {
			const slot: Slot = {query: key, base, limit, hasAnswered: false, stop: () => {}};
			slots.set(name, slot);
			const stop = watcher.watch(query, answer => {
				if (slots.get(name) === slot) {
					slot.hasAnswered = true;
					update(state => takeAnswer(state, query, answer, listRowsNow(state)));
					enterAhead();
				}
			});
			// The first answer may have come at once, and with it the next question.
			if (slots.get(name) === slot) {
				slot.stop = stop;
			} else {
				stop();
			}
		}

		old?.stop();
	};

	/** Asks for what the place shows, and no more. */
	const followAll = (): void => {
		const state = store.get();
		follow('overview', overviewQuery, 'overview', 0);
		// A detail keeps its list alive: the next and previous rows are one key away.
		const {at} = currentPlace(state);
		const listed = at === 'detail' || at === 'json' ? state.visits.findLast(({place}) => listOf(place) !== undefined) : currentVisit(state);
		const list = listed === undefined ? undefined : listOf(listed.place);
		if (listed === undefined || list === undefined) {
			follow('list', undefined, '', 0);
		} else {
			const base = JSON.stringify(queryOf(listed.place, {offset: 0, limit: 0}));
			const slot = slots.get('list');
			const window = windowOf(listed);
			const atHand = slot?.base === base && window !== undefined ? {...window, limit: slot.limit} : undefined;
			if (window === undefined && slot?.hasAnswered === true) {
				// A place opened anew has forgotten what it was told: the same question is asked again.
				follow('list', undefined, '', 0);
			}

			const wanted = windowAround(list, state.size.rows, atHand);
			follow('list', queryOf(listed.place, wanted), base, wanted.limit);
		}

		const query = at === 'detail' || at === 'json' ? queryOf(currentPlace(state), {offset: 0, limit: 0}) : undefined;
		follow('detail', query, 'detail', 0);
	};

	/** Presses the Enters that came before the rows did. */
	const enterAhead = (): void => {
		const visit = currentVisit(store.get());
		const {entersAhead = 0, ...rest} = visit;
		const isReady = visit.place.at === 'overview' ? store.get().overview !== undefined : windowOf(visit) !== undefined;
		if (entersAhead > 0 && isReady) {
			update(state => withVisit(state, rest));
			for (let count = 0; count < entersAhead; count++) {
				press('enter');
			}
		}
	};

	const listRowsNow = (state: TuiState): number =>
		listRowsOf({place: currentPlace(state), state: state.watcher, prompt: state.prompt}, state.size);

	const update = (change: (state: TuiState) => TuiState): void => {
		if (isClosed) {
			return;
		}

		const before = store.get();
		const after = change(before);
		if (after === before) {
			return;
		}

		store.set(after);
		followAll();
		draw();
	};

	const session: Session = {
		options,
		control,
		state: store.get,
		update,
		tell(text, tone = 'told') {
			update(state => ({...state, notice: {text, tone, at: now()}}));
		},
		look: () => lookAt(now()),
		listRows: () => listRowsNow(store.get()),
		mostScroll() {
			const state = store.get();
			const look = lookAt(now());
			const lines = scrolledLines(screenInput(state, options.catalogue, look), look, state.size.columns)?.length ?? 0;
			// The place's own first line and the footer do not scroll.
			return Math.max(0, lines - (listRowsNow(state) - 1) - 1);
		},
		lastLookedAt: options.lastLookedAt,
	};

	const press = (key: KeyName): void => {
		const {prompt, notice} = store.get();
		if (notice !== undefined) {
			update(state => ({...state, notice: undefined}));
		}

		if (prompt !== undefined && promptKey(session, key)) {
			return;
		}

		const binding = bindingFor(key, currentPlace(store.get()).at);
		if (binding !== undefined) {
			actions[binding.action](session);
		} else if ([...key].length === 1) {
			session.tell(say`${session.look().show(key)} does nothing here · ? shows all keys`, 'refused');
		}
	};

	const askHealth = async (): Promise<void> => {
		try {
			const health = await watcher.health();
			update(state => ({...state, health}));
		} catch {
			// No answer is no news: the state line says that the daemon is gone.
		}
	};

	const tick = (): void => {
		const nowMs = Date.parse(now());
		const {notice} = store.get();
		if (notice !== undefined && nowMs - Date.parse(notice.at) > noticeMs) {
			update(state => ({...state, notice: undefined}));
		}

		if (currentPlace(store.get()).at === 'collectors' && nowMs - healthAskedMs > healthEveryMs) {
			healthAskedMs = nowMs;
			void askHealth();
		}

		draw();
	};

	// Ages change with the second: the timer fires just after it, and what it changes is only what reads differently.
	let timer: NodeJS.Timeout | undefined;
	const schedule = (): void => {
		timer = setTimeout(
			() => {
				tick();
				schedule();
			},
			1000 - (Date.parse(now()) % 1000) + 5,
		);
	};

	const stopState = watcher.onState(state => {
		update(old => ({...old, watcher: state}));
	});
	followAll();
	draw();
	if (options.ticks !== false) {
		schedule();
	}

	return {
		subscribe: frames.subscribe,
		frame: frames.get,
		resize(size) {
			update(state => (state.size.columns === size.columns && state.size.rows === size.rows ? state : {...state, size}));
		},
		press,
		close() {
			isClosed = true;
			clearTimeout(timer);
			stopState();
			for (const {stop} of slots.values()) {
				stop();
			}

			slots.clear();
		},
	};
};
