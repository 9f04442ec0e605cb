import {addTo, type Inputs, type Joined, listed} from '../../../model/index.js';
import type {Distribution} from '../../../services/cloudfront/rules/distribution.js';
import type {Accelerator, Endpoint} from '../../../services/globalaccelerator/rules/accelerator.js';
import {type Doubt, distinct, doubtsOf, missing} from '../standing.js';
import {isNameOfAws, type Names, plain} from './names.js';

type Common = {
	/** `distribution www.acme.com`. */
	readonly words: string;
	/** The DNS names by which visitors come to it. */
	readonly hosts: readonly string[];
	/** Names of records that lead to it. */
	readonly records: readonly string[];
};
export type DistributionFront = Common & {readonly sort: 'distribution'; readonly entry: Joined<Distribution>};
export type AcceleratorFront = Common & {readonly sort: 'accelerator'; readonly entry: Joined<Accelerator>};

/** A distribution or an accelerator that leads to something. */
export type Front = DistributionFront | AcceleratorFront;

/** What stands in front of what. Disabled distributions and accelerators answer nobody, and stand nowhere. */
export type Fronts = {
	/** Distributions of which an origin leads to one of these names. */
	ofHosts(hosts: readonly string[]): readonly Front[];
	/** Distributions of which an origin is EC2's public name of this address. */
	ofAddress(publicIp: string): readonly Front[];
	/** Accelerators that send traffic to an endpoint, by its ARN or id. */
	ofEndpoints(ids: readonly string[]): readonly Front[];
	/** Why a distribution in front of a name may have been missed, and why an accelerator may have been. */
	readonly doubts: {readonly distributions: readonly Doubt[]; readonly accelerators: readonly Doubt[]};
	/** Origins of which Route 53 keeps something else than a way to AWS: an address, perhaps. */
	readonly unnamedOrigins: readonly Doubt[];
	/** All that answer. */
	readonly distributions: readonly DistributionFront[];
	readonly accelerators: readonly AcceleratorFront[];
};

/** A few of them, and how many more there are. */
export const inWords = (fronts: readonly Front[]): string =>
	fronts.length === 1 ? (fronts[0]?.words ?? '') : listed(fronts.map(({words}) => words));

/** Both lists: one of them itself where the other is empty, so that what was found out about it holds for all that it stands before. */
export const bothFronts = (some: readonly Front[], others: readonly Front[]): readonly Front[] =>
	others.length === 0 ? some : some.length === 0 ? others : [...some, ...others];

const recordsOfLists = new WeakMap<readonly Front[], readonly string[]>();

/** Names of records that lead to one of them, sorted. */
export const recordsOf = (fronts: readonly Front[]): readonly string[] => {
	let records = recordsOfLists.get(fronts);
	if (records === undefined) {
		records = [...new Set(fronts.flatMap(front => front.records))].sort();
		recordsOfLists.set(fronts, records);
	}

	return records;
};

const named = (names: ReadonlyArray<string | undefined>): readonly string[] => names.flatMap(name => name ?? []);

const toDistribution = (entry: Joined<Distribution>, names: Names): DistributionFront => {
	const {resourceName, configuration} = entry.resource;
	const hosts = named([configuration.domainName]);
	return {sort: 'distribution', entry, words: `distribution ${resourceName}`, hosts, records: names.leadingTo(hosts)};
};

const toAccelerator = (entry: Joined<Accelerator>, names: Names): AcceleratorFront => {
	const {resourceName, configuration} = entry.resource;
	const hosts = named([configuration.dnsName, configuration.dualStackDnsName]);
	return {sort: 'accelerator', entry, words: `accelerator ${resourceName}`, hosts, records: names.leadingTo(hosts)};
};

/** Endpoints that get traffic, with the ports of their listeners; undefined where they could not be read. */
export const endpointsOf = ({
	listeners,
}: Accelerator): ReadonlyArray<Endpoint & {readonly awsRegion?: string; readonly ports: readonly string[]}> | undefined =>
	listeners?.flatMap(({groups, ports}) =>
		groups.flatMap(({endpoints, awsRegion, trafficDialPercentage}) =>
			trafficDialPercentage === 0
				? []
				: endpoints.flatMap(endpoint => (endpoint.weight === 0 ? [] : {...endpoint, ports, ...(awsRegion !== undefined && {awsRegion})})),
		),
	);

export const unreadEndpoints = ({resource}: Joined<Accelerator>): Doubt =>
	missing(resource, `what the accelerator ${resource.resourceName} leads to`, 'ListListeners', 'ListEndpointGroups');

/** The address in EC2's public name of an instance: `ec2-203-0-113-25.compute-1.amazonaws.com`. */
const addressIn = (host: string): string | undefined => /^ec2-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})\./u.exec(host)?.slice(1).join('.');

export const readFronts = (inputs: Inputs, names: Names): Fronts => {
	const distributions = inputs
		.of<Distribution>('AWS::CloudFront::Distribution')
		.filter(({resource}) => resource.configuration.enabled !== false)
		.map(entry => toDistribution(entry, names));
	const accelerators = inputs
		.of<Accelerator>('AWS::GlobalAccelerator::Accelerator')
		.filter(({resource}) => resource.configuration.enabled !== false)
		.map(entry => toAccelerator(entry, names));
	const byHost = new Map<string, Set<Front>>();
	const byAddress = new Map<string, Set<Front>>();
	const byEndpoint = new Map<string, Set<Front>>();
	const unnamed: Doubt[] = [];
	const doubtful: Doubt[] = [];
	for (const front of distributions) {
		const {resource} = front.entry;
		if (resource.configuration.origins === undefined) {
			doubtful.push({because: `AWS did not tell the origins of the distribution ${resource.resourceName}`});
		}

		for (const {domainName} of resource.configuration.origins ?? []) {
			const hosts = names.resolve(domainName);
			for (const end of names.endsOf(domainName).filter(name => !isNameOfAws(name))) {
				doubtful.push(...names.doubtsAbout(end));
				if (names.isOurs(end)) {
					// Records by address are not kept: what leads to nothing else may lead to an address of ours.
					unnamed.push({because: `whether the origin ${plain(domainName)} of ${resource.resourceName} leads to it is not kept`});
				}
			}

			for (const host of hosts) {
				addTo(byHost, host, front);
				const address = addressIn(host);
				if (address !== undefined) {
					addTo(byAddress, address, front);
				}
			}
		}
	}

	const unreadAccelerators: Doubt[] = [];
	for (const front of accelerators) {
		const {entry} = front;
		const endpoints = endpointsOf(entry.resource.configuration);
		if (endpoints === undefined) {
			unreadAccelerators.push(unreadEndpoints(entry));
		}

		for (const {endpointId} of endpoints ?? []) {
			addTo(byEndpoint, endpointId, front);
		}
	}

	const finding = (map: ReadonlyMap<string, ReadonlySet<Front>>) => {
		const lists = new Map([...map].map(([key, set]) => [key, [...set]]));
		return (keys: readonly string[]): readonly Front[] => {
			const [first = [], ...others] = new Set(keys.map(key => lists.get(key)).filter(list => list !== undefined));
			return others.length > 0 ? [...new Set([first, ...others].flat())] : first;
		};
	};

	const ofHosts = finding(byHost);
	const ofAddresses = finding(byAddress);
	return {
		ofHosts: hosts => ofHosts(hosts.map(plain)),
		ofAddress: publicIp => ofAddresses([publicIp]),
		ofEndpoints: finding(byEndpoint),
		doubts: {
			distributions: distinct([...doubtsOf(inputs.gap('cloudfront', ['ListDistributions'])), ...doubtful]),
			accelerators: distinct([...doubtsOf(inputs.gap('globalaccelerator', ['ListAccelerators'])), ...unreadAccelerators]),
		},
		unnamedOrigins: distinct(unnamed),
		distributions,
		accelerators,
	};
};
