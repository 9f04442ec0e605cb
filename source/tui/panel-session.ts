import type {Overview, Query, Watcher, Window} from '../model/index.js';
import {ours} from '../model/index.js';
import {disconnectedLine, isTooSmall, tooSmall} from '../view/banners.js';
import {dimmed, fillScreen, type Line, type Size, say, span, words} from '../view/line.js';
import {createLook, type Look, type Redact} from '../view/look.js';
import {smallPane} from '../view/small-pane.js';
import {paint, type Theme} from '../view/theme.js';
import type {FrameSource, TerminalControl} from './frame-source.js';
import {createStore} from './store.js';

export type PanelOptions = {
	readonly watcher: Watcher;
	/** The clock: now, ISO 8601. */
	readonly now: () => string;
	/** Id of the service. */
	readonly service: string;
	readonly theme: Theme;
	readonly timeZone?: string | undefined;
	readonly redact?: Redact | undefined;
};

// A pane that is taller than this is a screen: the TUI is for those.
const mostRows = 200;

/** One panel alone, for a pane of tmux: live, in the smallest place. `q` and `Ctrl-C` end it, `r` asks anew. */
export const createPanelSession = (options: PanelOptions, control: TerminalControl): FrameSource => {
	const {watcher, now, service} = options;
	const lookAt = createLook(options);
	const frames = createStore<readonly string[]>([]);
	let size: Size = {columns: 80, rows: 24};
	let overview: Overview | undefined;
	let window: Window | undefined;

	const body = (look: Look): readonly Line[] => {
		if (isTooSmall(size)) {
			return tooSmall(size);
		}

		const gone = disconnectedLine(watcher.state(), overview, look);
		const panel = overview?.panels.find(({id}) => id === service);
		const inner = {columns: size.columns, rows: size.rows - (gone === undefined ? 0 : 1)};
		const lines: readonly Line[] =
			overview === undefined
				? [[words(' reading…', 'dim')]]
				: panel === undefined
					? [
							[span(say` no panel is called ${look.show(service)}`, 'warning')],
							[span(say` there are: ${ours(overview.panels.map(({id}) => look.show(id)).join(', '))}`, 'dim')],
						]
					: smallPane(panel, window?.rows ?? panel.top, overview, look, inner);
		return gone === undefined ? lines : [gone, ...lines.map(dimmed)];
	};

	const draw = (): void => {
		const next = fillScreen(body(lookAt(now())), size).map(line => paint(line, options.theme));
		const shown = frames.get();
		if (next.length !== shown.length || next.some((line, row) => line !== shown[row])) {
			frames.set(next);
		}
	};

	const query: Query & {readonly ask: 'panel'} = {
		ask: 'panel',
		service,
		filter: '',
		sort: 'urgency',
		descending: true,
		offset: 0,
		limit: mostRows,
	};
	const stops = [
		watcher.watch({ask: 'overview', rowsPerPanel: 1}, answer => {
			overview = answer;
			draw();
		}),
		watcher.watch(query, answer => {
			window = answer;
			draw();
		}),
		watcher.onState(draw),
	];
	const timer = setInterval(draw, 1000);
	draw();

	return {
		subscribe: frames.subscribe,
		frame: frames.get,
		resize(next) {
			size = next;
			draw();
		},
		press(key) {
			if (key === 'q' || key === 'ctrl+c') {
				control.quit();
			} else if (key === 'ctrl+z') {
				control.suspend();
			} else if (key === 'ctrl+l') {
				control.repaint();
			} else if (key === 'r') {
				// The pane has no line for the answer; what it brings shows by itself, and if it brings nothing, the age says so.
				watcher.refresh(service).catch(() => {});
			}
		},
		close() {
			clearInterval(timer);
			for (const stop of stops) {
				stop();
			}
		},
	};
};
