import {didYouMean} from '../config/nearest.js';
import {exitCode} from './exit-code.js';
import type {GlobalFlags} from './global-options.js';
import {toIamPolicy} from './iam-policy.js';
import type {Io} from './io.js';
import {asking} from './registry.js';

export const policy = async (flags: GlobalFlags & {readonly for?: readonly string[]}, io: Io): Promise<number> => {
	const wanted = flags.for?.flatMap(ids => ids.split(','));
	// A service and a question that stands before all services may share an id.
	const ids = [...new Set(asking.map(({id}) => id))];
	const unknown = wanted?.find(id => !ids.includes(id));
	if (unknown !== undefined) {
		io.note(`vedette: there is no service "${unknown}"${didYouMean(unknown, ids) || '.'} Services: ${ids.join(', ')}`);
		return exitCode.usage;
	}

	const chosen = wanted === undefined ? asking : asking.filter(({id}) => wanted.includes(id));
	await io.out(`${JSON.stringify(toIamPolicy(chosen), undefined, 2)}\n`);
	return exitCode.clean;
};
