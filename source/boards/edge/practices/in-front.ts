import {listed} from '../../../model/index.js';
import {type Front, type Fronts, inWords, recordsOf} from '../landscape/fronts.js';
import type {Names} from '../landscape/names.js';
import {type Doubt, no, notAsked, type Standing, unknown, yes} from '../standing.js';

// BP1: CloudFront or Global Accelerator in front. BP3: Route 53 leads to it.

/** Met where something stands in front; `doubts` say why it may have been missed. */
export const standsBehind = (fronts: readonly Front[], doubts: readonly Doubt[]): Standing =>
	fronts.length > 0
		? yes(`behind ${inWords(fronts)}`)
		: doubts.length > 0
			? unknown(...doubts)
			: no('no distribution and no accelerator of this account leads to it');

/** Why a front of any sort may have been missed. */
export const frontDoubts = ({doubts}: Fronts): readonly Doubt[] => [...doubts.distributions, ...doubts.accelerators];

/** Met where a record leads to one of these names, or to what stands in front. */
export const namedInRoute53 = (names: Names, hosts: readonly string[], fronts: readonly Front[], doubts = names.doubts): Standing => {
	const direct = names.leadingTo(hosts);
	const byFront = recordsOf(fronts).filter(name => !direct.includes(name));
	const told = [
		...(direct.length > 0 ? [`${listed(direct)} ${direct.length === 1 ? 'leads' : 'lead'} to it`] : []),
		...(byFront.length > 0 ? [`${listed(byFront)} ${byFront.length === 1 ? 'leads' : 'lead'} to it by ${inWords(fronts)}`] : []),
	];
	return told.length > 0
		? yes(told.join('; '))
		: doubts.length > 0
			? unknown(...doubts)
			: no('no record in a public zone of this account leads to it');
};

/** The same of something that has these names of its own: of zones, only theirs matter. */
export const answeredByRoute53 = (
	names: Names,
	own: readonly string[],
	hosts: readonly string[],
	fronts: readonly Front[],
	doubts: readonly Doubt[] = [],
): Standing =>
	own.length === 0
		? notAsked('has no domain name of its own: it is asked for by a name that AWS answers')
		: namedInRoute53(names, hosts, fronts, [...own.flatMap(name => names.doubtsAbout(name)), ...doubts]);
