import type {Remediation} from '../../../model/index.js';
import type {Recorder} from './trail.js';

export const guide = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/' as const;
export const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#${control.toLowerCase().replace('.', '-')}`;

/** Names as a list in a sentence: `a`, `a and b`, `a, b and 3 more`. */
export const listed = (names: readonly string[]): string => {
	const [first = 'none', second, ...rest] = names;
	if (second === undefined) return first;
	return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${rest.length} more`;
};

/** Those of which it is not known whether they record here, or what. */
export const unclear = (recorders: readonly Recorder[]): readonly Recorder[] =>
	recorders.filter(({logging, management}) => logging === undefined || (logging && management === undefined));

const beOrDo = (names: readonly unknown[], one: string, several: string): string => (names.length === 1 ? one : several);

/** Why nobody can tell: the trails in question, and the permissions or the account that would show it. */
export const whyUnclear = (recorders: readonly Recorder[]): string => {
	const actions = [...new Set(recorders.flatMap(({unread = []}) => unread))];
	const hidden = recorders.filter(({hiddenBy}) => hiddenBy !== undefined);
	const owners = [...new Set(hidden.flatMap(({hiddenBy = []}) => hiddenBy))];
	const causes = [
		...(actions.length === 0 ? [] : [`${actions.join(' and ')} could not be read`]),
		...(hidden.length === 0
			? []
			: [
					`${listed(hidden.map(({name}) => name))} ${beOrDo(hidden, 'is an organisation’s trail', 'are trails of an organisation')}, whose selectors only ${beOrDo(owners, 'its owner', 'their owners')}, ${listed(owners)}, can read`,
				]),
	];
	return `whether ${listed(recorders.map(({name}) => name))} ${beOrDo(recorders, 'records', 'record')} it cannot be told: ${causes.join(', and ') || 'what it records could not be read'}`;
};

/** What of a trail was not told, such as `whether it is logging`: an organisation's trail tells some of it to its owner alone. */
export const untold = (ownerAccountId: string, accountId: string, what: string): string =>
	ownerAccountId === accountId
		? `CloudTrail did not say ${what}`
		: `an organisation’s trail, of which only its owner, ${ownerAccountId}, is told ${what}`;

/** What a trail records, for evidence: `security: reads and writes, without kms.amazonaws.com`. */
export const coverageInWords = ({name, logging, management}: Recorder): string => {
	if (logging === false) return `${name}: stopped`;
	if (management === undefined) return `${name}: not read`;
	const {reads, writes, readsWithout, writesWithout} = management;
	const what = reads && writes ? 'reads and writes' : reads ? 'reads only' : writes ? 'writes only' : 'no management events';
	const without = [...new Set([...readsWithout, ...writesWithout])];
	return `${name}: ${what}${without.map(source => `, without ${source}`).join('')}`;
};
