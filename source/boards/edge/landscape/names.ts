import {type Inputs, type Joined, readNameWays} from '../../../model/index.js';
import type {HostedZone} from '../../../services/route53/rules/zone.js';
import {type Doubt, distinct, doubtsOf, missing} from '../standing.js';

/** What Route 53 says of names, as far as its public zones were read. */
export type Names = {
	/** The name itself and all that it leads to, by alias or CNAME, straight or by way of other names. */
	resolve(host: string): readonly string[];
	/** Where it leads in the end, as far as that is known: AWS's own names, and those from which no record is kept that leads on. */
	endsOf(host: string): readonly string[];
	/** Names of records that lead to one of these, straight or by way of other names, sorted. */
	leadingTo(hosts: readonly string[]): readonly string[];
	/** Why it cannot be told where a name leads to; none where the zones on the way were read whole, or where its DNS is kept elsewhere. */
	doubtsAbout(host: string): readonly Doubt[];
	/** Why a name in any zone may have been missed. */
	readonly doubts: readonly Doubt[];
	/** Whether a zone of this account answers for the name. */
	isOurs(host: string): boolean;
};

/** Where the names of the world end that AWS itself gives: nobody's zone leads them elsewhere. */
export const isNameOfAws = (host: string): boolean =>
	/\.(?:amazonaws\.com(?:\.cn)?|cloudfront\.net|awsglobalaccelerator\.com|on\.aws|aws\.dev)$/u.test(host);

/** As Route 53's entries write targets: in lower case, without the last dot, and AWS's names without `dualstack.`. */
export const plain = (host: string): string => {
	const lower = host.toLowerCase();
	const name = lower.slice(0, lower.endsWith('.') ? -1 : undefined);
	return name.startsWith('dualstack.') && isNameOfAws(name) ? name.slice('dualstack.'.length) : name;
};

/** The name's parents, longest first: `b.c` and `c` of `a.b.c`. */
const parentsOf = (host: string): readonly string[] => {
	const labels = host.split('.');
	return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
};

const doubtAbout = ({resource}: Joined<HostedZone>): Doubt | undefined => {
	const {entries, moreEntries, moreLinks, isPrivate} = resource.configuration;
	if (entries === undefined) {
		return isPrivate === undefined
			? {because: `AWS did not tell whether the zone ${resource.resourceName} is public`}
			: missing(resource, `the records of the zone ${resource.resourceName}`, 'ListResourceRecordSets');
	}

	if (moreEntries !== undefined) {
		return {because: `of the zone ${resource.resourceName} ${moreEntries} more records lead to AWS than are kept`};
	}

	return moreLinks === undefined
		? undefined
		: {because: `of the zone ${resource.resourceName} ${moreLinks} more names lead to other names than are kept`};
};

export const readNames = (inputs: Inputs): Names => {
	const zones = inputs.of<HostedZone>('AWS::Route53::HostedZone').filter(({resource}) => resource.configuration.isPrivate !== true);
	const unreadZones = new Map<string, Doubt>();
	const zoneNames = new Set<string>();
	for (const zone of zones) {
		const zoneName = plain(zone.resource.resourceName);
		zoneNames.add(zoneName);
		const doubt = doubtAbout(zone);
		if (doubt !== undefined) {
			unreadZones.set(zoneName, doubt);
		}
	}

	const ways = readNameWays(
		zones.flatMap(({resource: {configuration}}) =>
			[...(configuration.entries ?? []), ...(configuration.links ?? [])].map(({name, target}) => [plain(name), plain(target)] as const),
		),
	);
	const gap = inputs.gap('route53', ['ListHostedZones']);
	const listing = doubtsOf(gap);
	const zoneOf = (host: string): string | undefined => [host, ...parentsOf(host)].find(name => zoneNames.has(name));

	const resolve = (host: string): readonly string[] => {
		const name = plain(host);
		return isNameOfAws(name) ? [name] : [name, ...ways.from(name)];
	};

	const doubtsAboutOne = (name: string): readonly Doubt[] => {
		if (isNameOfAws(name)) {
			return [];
		}

		const zone = zoneOf(name);
		const doubt = zone === undefined ? undefined : unreadZones.get(zone);
		return zone === undefined ? listing : doubt === undefined ? [] : [doubt];
	};

	return {
		resolve,
		endsOf: host => resolve(host).filter(name => isNameOfAws(name) || ways.isEnd(name)),
		leadingTo(hosts) {
			const found = hosts.flatMap(host => ways.to(plain(host)));
			return found.length < 2 ? found : [...new Set(found)].sort();
		},
		doubtsAbout: host => resolve(host).flatMap(doubtsAboutOne),
		doubts: distinct([...listing, ...unreadZones.values()]),
		isOurs: host => zoneOf(plain(host)) !== undefined,
	};
};
