import {addTo, type Inputs, type Joined, type Refusal, readNameWays, refusalInWords} from '../../model/index.js';
import type {Accelerator} from '../../services/globalaccelerator/rules/accelerator.js';
import type {Entry, HostedZone} from '../../services/route53/rules/zone.js';
import type {Unread} from './unread.js';

/** The account's own names that lead somewhere, and why there may be more of them. */
export type Names = {
	/** Names by the DNS name to which they lead, straight or by way of other names. */
	to(host: string | undefined): readonly string[];
	/** The other way round: all names to which one of the account's own leads, and why there may be some that are not known. */
	from(name: string, unread: Unread): {readonly hosts: readonly string[]; readonly missing: string | undefined};
	/** Names by the ARN of the load balancer to which an accelerator leads them. */
	throughAccelerator(arn: string): readonly string[];
	/** Names that are answered by the website of a bucket. */
	ofWebsite(bucketName: string): readonly string[];
	/** Why not all names are known, noted where it matters; undefined where all are. Of load balancers accelerators count too. */
	missing(unread: Unread, isLoadBalancer: boolean): string | undefined;
};

/** Why something is not known, and what refusal is at the root of it. */
type Lack = {readonly refusal: Refusal | undefined; readonly why: string};

const sorted = (names: ReadonlySet<string> | undefined): readonly string[] => [...(names ?? [])].sort();

/** Why the records of a zone are not all known. Those of private zones are not read: VPCs alone are answered from them. */
const lackOfZone = ({resource: {configuration, resourceName, unread}}: Joined<HostedZone>): Lack | undefined => {
	const {isPrivate, entries, moreEntries = 0, moreLinks = 0} = configuration;
	if (isPrivate !== true && entries === undefined) {
		const refusal = unread['ListResourceRecordSets'];
		const why = refusal === undefined ? 'its records were not told' : refusalInWords(refusal);
		return {refusal, why: `where the names of the zone ${resourceName} lead could not be read: ${why}`};
	}

	const more = moreEntries + moreLinks;
	return more === 0 ? undefined : {refusal: undefined, why: `the zone ${resourceName} has ${more} more records than are kept`};
};

/** What is not known of the zones: of any of them, or of those that a name may stand in. */
const lacksOf = (inputs: Inputs, zones: ReadonlyArray<Joined<HostedZone>>) => {
	const gap = inputs.gap('route53', ['ListHostedZones']);
	const all = gap && {refusal: gap, why: `where the names of Route 53 lead could not be read: ${refusalInWords(gap)}`};
	const byZone = new Map<string, Lack>();
	for (const zone of zones) {
		const lack = lackOfZone(zone);
		if (lack !== undefined) {
			byZone.set(zone.resource.resourceName.toLowerCase(), lack);
		}
	}

	const [first] = byZone.values();
	return {
		any: all ?? first,
		of(name: string): Lack | undefined {
			const labels = name.split('.');
			return all ?? labels.map((_, index) => byZone.get(labels.slice(index).join('.'))).find(lack => lack !== undefined);
		},
	};
};

/** What stands behind an accelerator, or why that is not known. */
type Behind = {readonly endpointIds: readonly string[]; readonly lack?: Lack};

const behindAccelerator = ({resource: {configuration, resourceName, unread}}: Joined<Accelerator>): Behind => {
	const {enabled, listeners} = configuration;
	if (enabled === false || listeners !== undefined) {
		const groups = enabled === false ? [] : (listeners ?? []).flatMap(listener => listener.groups);
		return {endpointIds: groups.flatMap(({endpoints}) => endpoints.map(({endpointId}) => endpointId))};
	}

	const refusal = unread['ListListeners'] ?? unread['ListEndpointGroups'];
	const why = refusal === undefined ? 'its endpoints were not told' : refusalInWords(refusal);
	return {endpointIds: [], lack: {refusal, why: `whether the accelerator ${resourceName} leads here could not be read: ${why}`}};
};

const readAccelerators = (inputs: Inputs): ((name: string, host: string) => Behind) => {
	const byHost = new Map(
		inputs.of<Accelerator>('AWS::GlobalAccelerator::Accelerator').flatMap(entry => {
			const {dnsName, dualStackDnsName} = entry.resource.configuration;
			const behind = behindAccelerator(entry);
			return [dnsName, dualStackDnsName].flatMap(host => (host === undefined ? [] : [[host.toLowerCase(), behind] as const]));
		}),
	);
	const gap = inputs.gap('globalaccelerator', ['ListAccelerators']);
	return (name, host) =>
		byHost.get(host) ?? {
			endpointIds: [],
			...(gap && {
				lack: {refusal: gap, why: `where the accelerator behind ${name} leads could not be read: ${refusalInWords(gap)}`},
			}),
		};
};

/** The bucket whose website a record leads to. Aliases name the Region’s endpoint alone: the bucket has the record’s own name. */
const websiteBucket = (name: string, target: string): string =>
	target.startsWith('s3-website') ? name : (target.split('.s3-website')[0] ?? name);

/** DNS names that AWS gave: none of the account's own zones has them. */
const isAwsOwn = (host: string): boolean => /\.(?:amazonaws\.com(?:\.cn)?|on\.aws|cloudfront\.net|awsglobalaccelerator\.com)$/u.test(host);

/** Reads once which names lead where. */
export const readNames = (inputs: Inputs): Names => {
	const zones = inputs.of<HostedZone>('AWS::Route53::HostedZone');
	const lacks = lacksOf(inputs, zones);
	const accelerator = readAccelerators(inputs);
	const records = zones.flatMap(({resource: {configuration}}) => configuration.entries ?? []);
	const links = zones.flatMap(({resource: {configuration}}) => configuration.links ?? []);
	const ways = readNameWays([...records, ...links].map(({name, target}) => [name.toLowerCase(), target] as const));
	let acceleratorLack: Lack | undefined;
	const byBalancer = new Map<string, Set<string>>();
	const byWebsite = new Map<string, Set<string>>();
	const sort = (name: string, {target, kind}: Entry): void => {
		if (kind === 'accelerator') {
			const {endpointIds, lack} = accelerator(name, target);
			acceleratorLack ??= lack;
			for (const endpointId of endpointIds) {
				addTo(byBalancer, endpointId, name);
			}
		} else if (kind === 'S3 website') {
			addTo(byWebsite, websiteBucket(name, target), name);
		}
	};

	for (const entry of records) {
		const name = entry.name.toLowerCase();
		for (const one of [name, ...ways.to(name)]) {
			sort(one, entry);
		}
	}

	return {
		to: host => (host === undefined ? [] : ways.to(host.toLowerCase())),
		from(name, unread) {
			const hosts = ways.from(name);
			const lack = [name, ...hosts].flatMap(one => (isAwsOwn(one) ? [] : (lacks.of(one) ?? [])))[0];
			unread.add(lack?.refusal);
			return {hosts, missing: lack?.why};
		},
		throughAccelerator: arn => sorted(byBalancer.get(arn)),
		ofWebsite: bucketName => sorted(byWebsite.get(bucketName)),
		missing(unread, isLoadBalancer) {
			const lack = lacks.any ?? (isLoadBalancer ? acceleratorLack : undefined);
			unread.add(lack?.refusal);
			return lack?.why;
		},
	};
};
