import type {Catalogue, SafeText, Watcher} from '../model/index.js';
import type {Look, Redact} from '../view/look.js';
import type {Theme} from '../view/theme.js';
import type {TerminalControl} from './frame-source.js';
import type {TuiState} from './tui-state.js';

export type SessionOptions = {
	readonly watcher: Watcher;
	/** The clock: now, ISO 8601. */
	readonly now: () => string;
	readonly catalogue: Catalogue;
	readonly theme: Theme;
	readonly timeZone?: string | undefined;
	readonly redact?: Redact | undefined;
	/** False: ages are only told anew with other news, for a screen reader would read the whole screen out each second. */
	readonly ticks?: boolean | undefined;
	/** When the user last looked at the changes; undefined shows all of them. */
	readonly lastLookedAt?: string | undefined;
	/** Told when the user has looked at the changes. */
	readonly onLooked?: ((at: string) => void) | undefined;
};

/** What actions work with. */
export type Session = {
	readonly options: SessionOptions;
	readonly control: TerminalControl;
	state(): TuiState;
	update(change: (state: TuiState) => TuiState): void;
	/** Says in the last line what a key did, or why it did nothing. */
	tell(text: SafeText, tone?: 'told' | 'refused'): void;
	look(): Look;
	/** Lines of the current list that are on screen. */
	listRows(): number;
	/** How far the current place can be scrolled by lines. */
	mostScroll(): number;
	/** When the changes were last looked at. */
	lastLookedAt: string | undefined;
};
