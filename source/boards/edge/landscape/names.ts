import type {Inputs, Joined} from '../../../model/index.js';
import type {HostedZone} from '../../../services/route53/rules/zone.js';
import {type Doubt, distinct, doubtsOf, missing} from '../standing.js';

/** What Route 53 says of names, as far as its public zones were read. */
export type Names = {
	/** The name itself and all that it leads to, by alias or CNAME. */
	resolve(host: string): readonly string[];
	/** Names of records that lead to one of these, sorted. */
	leadingTo(hosts: readonly string[]): readonly string[];
	/** Why it cannot be told where a name leads to; none where its zone was read whole, or where its DNS is kept elsewhere. */
	doubtsAbout(host: string): readonly Doubt[];
	/** Why a name in any zone may have been missed. */
	readonly doubts: readonly Doubt[];
	/** Whether a zone of this account answers for the name. */
	isOurs(host: string): boolean;
};

/** As Route 53's entries write targets: in lower case, without the last dot and without `dualstack.`. */
export const plain = (host: string): string => {
	const lower = host.toLowerCase();
	const start = lower.startsWith('dualstack.') ? 'dualstack.'.length : 0;
	return lower.slice(start, lower.endsWith('.') ? -1 : undefined);
};

/** Where the names of the world end that AWS itself gives: nobody's zone leads them elsewhere. */
export const isNameOfAws = (host: string): boolean =>
	/\.(?:amazonaws\.com(?:\.cn)?|cloudfront\.net|awsglobalaccelerator\.com|on\.aws|aws\.dev)$/u.test(host);

// Aliases of aliases: more than these is a circle.
const mostSteps = 5;

/** The name's parents, longest first: `b.c` and `c` of `a.b.c`. */
const parentsOf = (host: string): readonly string[] => {
	const labels = host.split('.');
	return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
};

const add = (map: Map<string, string[]>, key: string, value: string): void => {
	const known = map.get(key);
	if (known === undefined) {
		map.set(key, [value]);
	} else if (!known.includes(value)) {
		known.push(value);
	}
};

const doubtAbout = ({resource}: Joined<HostedZone>): Doubt | undefined => {
	const {entries, moreEntries, isPrivate} = resource.configuration;
	if (entries === undefined) {
		return isPrivate === undefined
			? {because: `AWS did not tell whether the zone ${resource.resourceName} is public`}
			: missing(resource, `the records of the zone ${resource.resourceName}`, 'ListResourceRecordSets');
	}

	return moreEntries === undefined
		? undefined
		: {because: `of the zone ${resource.resourceName} ${moreEntries} more records lead to AWS than are kept`};
};

export const readNames = (inputs: Inputs): Names => {
	const zones = inputs.of<HostedZone>('AWS::Route53::HostedZone').filter(({resource}) => resource.configuration.isPrivate !== true);
	const targets = new Map<string, string[]>();
	const names = new Map<string, string[]>();
	const unreadZones = new Map<string, Doubt>();
	const zoneNames = new Set<string>();
	for (const zone of zones) {
		const zoneName = plain(zone.resource.resourceName);
		zoneNames.add(zoneName);
		const doubt = doubtAbout(zone);
		if (doubt !== undefined) {
			unreadZones.set(zoneName, doubt);
		}

		for (const {name, target} of zone.resource.configuration.entries ?? []) {
			add(targets, plain(name), plain(target));
			add(names, plain(target), plain(name));
		}
	}

	const gap = inputs.gap('route53', ['ListHostedZones']);
	const listing = doubtsOf(gap);

	/** A wildcard answers for what no record of its own answers. */
	const stepFrom = (host: string): readonly string[] => {
		const own = targets.get(host);
		if (own !== undefined || isNameOfAws(host)) {
			return own ?? [];
		}

		const wildcard = parentsOf(host).find(parent => targets.has(`*.${parent}`));
		return wildcard === undefined ? [] : (targets.get(`*.${wildcard}`) ?? []);
	};

	const zoneOf = (host: string): string | undefined => [host, ...parentsOf(host)].find(name => zoneNames.has(name));

	return {
		resolve(host) {
			const found = new Set([plain(host)]);
			let edge: readonly string[] = [...found];
			for (let step = 0; step < mostSteps && edge.length > 0; step++) {
				edge = edge.flatMap(stepFrom).filter(next => !found.has(next));
				for (const next of edge) {
					found.add(next);
				}
			}

			return [...found];
		},
		leadingTo(hosts) {
			const found = hosts.flatMap(host => names.get(plain(host)) ?? []);
			return found.length < 2 ? found : [...new Set(found)].sort();
		},
		doubtsAbout(host) {
			const name = plain(host);
			if (isNameOfAws(name)) {
				return [];
			}

			const zone = zoneOf(name);
			const doubt = zone === undefined ? undefined : unreadZones.get(zone);
			return zone === undefined ? listing : doubt === undefined ? [] : [doubt];
		},
		doubts: distinct([...listing, ...unreadZones.values()]),
		isOurs: host => zoneOf(plain(host)) !== undefined,
	};
};
