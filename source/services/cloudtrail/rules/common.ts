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

/** Why nobody can tell: the trails in question and the permissions that would show it. */
export const whyUnclear = (recorders: readonly Recorder[]): string => {
	const actions = [...new Set(recorders.flatMap(({unread = []}) => unread))];
	return `whether ${listed(recorders.map(({name}) => name))} ${recorders.length === 1 ? 'records' : 'record'} it cannot be told: ${actions.join(' and ') || 'what it records'} could not be read`;
};

/** What a trail records, for evidence: `security: reads and writes`. */
export const coverageInWords = ({name, logging, management}: Recorder): string => {
	if (logging === false) return `${name}: stopped`;
	if (management === undefined) return `${name}: not read`;
	const {reads, writes} = management;
	return `${name}: ${reads && writes ? 'reads and writes' : reads ? 'reads only' : writes ? 'writes only' : 'no management events'}`;
};
