import type {SafeText, SortKey} from '../model/index.js';

/** Where the cursor stands in a list of which only a window is at hand. */
export type ListState = {
	/** The filter in force. */
	readonly filter: string;
	readonly sort: SortKey;
	readonly descending: boolean;
	/** The selected row, counted over all that match. */
	readonly index: number;
	/** The first row on screen. */
	readonly top: number;
};

/** One place of the application, with what it remembers. Opening a place puts it on top of the one before, `Esc` takes it off. */
export type Place =
	| {readonly at: 'overview'; readonly panel: string | undefined}
	| {readonly at: 'table'; readonly service: string; readonly list: ListState}
	| {readonly at: 'findings'; readonly list: ListState}
	| {readonly at: 'changes'; readonly list: ListState; readonly since: string | undefined}
	| {readonly at: 'timeline'; readonly list: ListState}
	| {readonly at: 'detail'; readonly key: string; readonly scroll: number; readonly terraform: boolean}
	| {readonly at: 'json'; readonly key: string; readonly scroll: number}
	| {readonly at: 'collectors'; readonly scroll: number}
	| {readonly at: 'help'; readonly scroll: number};

export type PlaceName = Place['at'];

/** A line being typed. */
export type Prompt = {readonly for: 'filter' | 'go-to'; readonly text: string};

/** What the last key did, until the next key or until it is old. */
export type Notice = {readonly text: SafeText; readonly at: string; readonly tone: 'told' | 'refused'};

/** A key as the footer and the help name it. */
export type KeyHint = {readonly keys: string; readonly label: string};

export const newList = (sort: SortKey, descending: boolean): ListState => ({filter: '', sort, descending, index: 0, top: 0});
