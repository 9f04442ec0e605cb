import type {Severity} from '../model/index.js';
import type {GlobalFlags} from './global-options.js';

export type ExportFlags = GlobalFlags & {
	readonly output?: string;
	readonly once?: boolean;
	readonly failOn?: Severity;
	readonly maxUnknown?: number;
	readonly deadline?: number;
	readonly schema?: boolean;
};
