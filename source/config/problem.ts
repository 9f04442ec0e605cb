import {type SafeText, safeText} from '../model/index.js';

/** What is wrong with the configuration, and where. Its strings come from outside: write it with `problemText`. */
export type ConfigProblem = {
	/** The file, the flag (`--region`) or the variable (`VEDETTE_REGIONS`) that holds the mistake. */
	readonly origin: string;
	/** Counted from 1; absent for flags and variables. */
	readonly line?: number;
	readonly column?: number;
	/** The path of the field, such as `rules.kms-key-rotation-enabled.severity`; empty for the whole file. */
	readonly field: string;
	/** What was expected and what was found, as a sentence without a full stop. */
	readonly message: string;
};

/** `file:line:column: field: message`, which editors and terminals turn into a link. */
export const problemText = ({origin, line, column, field, message}: ConfigProblem): SafeText =>
	safeText([line === undefined ? origin : `${origin}:${line}:${column ?? 1}`, ...(field === '' ? [] : [field]), message].join(': '));
