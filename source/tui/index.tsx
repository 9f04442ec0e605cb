import {createPanelSession, type PanelOptions} from './panel-session.js';
import {createSession} from './session.js';
import type {SessionOptions} from './session-port.js';
import {showOnTerminal, type TerminalEnd, type TerminalOptions} from './terminal.js';

export type {PanelOptions, SessionOptions, TerminalEnd, TerminalOptions};

/**
 * The whole TUI, until a key or a signal ends it or the terminal goes away. Leaves the terminal clean. The watcher stays
 * open: it is its maker's to close. Exit codes are the caller's affair: `endedBy` tells why.
 */
export const runTui = async (options: SessionOptions & TerminalOptions): Promise<TerminalEnd> =>
	showOnTerminal(options, control => createSession({ticks: process.env['INK_SCREEN_READER'] !== 'true', ...options}, control));

/** One live panel for a small pane: `vedette panel NAME`. Otherwise as `runTui`. */
export const panelPane = async (options: PanelOptions & TerminalOptions): Promise<TerminalEnd> =>
	showOnTerminal(options, control => createPanelSession(options, control));
