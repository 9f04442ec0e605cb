import type {Interfaces} from '../rules/group.js';
import type {Ec2, Output} from './commands.js';
import {type Listed, list} from './listing.js';

type Entry = NonNullable<Output<'DescribeNetworkInterfaces'>['NetworkInterfaces']>[number];
export type NetworkInterfaces = Listed<Entry>;

export const listInterfaces = async (aws: Ec2): Promise<NetworkInterfaces> =>
	list(
		aws,
		'DescribeNetworkInterfaces',
		async facts => {
			const pages = await facts.attemptPages('DescribeNetworkInterfaces', {MaxResults: 1000});
			return pages?.flatMap(({NetworkInterfaces = []}) => NetworkInterfaces);
		},
		({NetworkInterfaceId}) => NetworkInterfaceId,
		'NetworkInterfaceId',
	);

/**
 * `app/shop/0123456789abcdef` of the interface of a load balancer, which is what follows `loadbalancer/` in its ARN; a
 * Classic Load Balancer's is its name. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export const loadBalancerOf = ({Description, RequesterId}: Pick<Entry, 'Description' | 'RequesterId'>): string | undefined =>
	RequesterId === 'amazon-elb' ? /^ELB (\S+)$/u.exec(Description ?? '')?.[1] : undefined;

/** An IPv6 address is public wherever the route is. */
const isPublic = ({Association, PrivateIpAddresses = [], Ipv6Addresses = []}: Entry): boolean =>
	Association?.PublicIp !== undefined ||
	PrivateIpAddresses.some(({Association: own}) => own?.PublicIp !== undefined) ||
	Ipv6Addresses.length > 0;

// A group of a large fleet has thousands; these are enough to know it by.
const named = 50;

/** What each security group is attached to, by the group's id. */
export const usesOf = (entries: readonly Entry[]): ReadonlyMap<string, Interfaces> => {
	const byGroup = new Map<string, Entry[]>();
	for (const entry of entries) {
		for (const {GroupId} of entry.Groups ?? []) {
			if (GroupId !== undefined) {
				const own = byGroup.get(GroupId);
				if (own === undefined) {
					byGroup.set(GroupId, [entry]);
				} else {
					own.push(entry);
				}
			}
		}
	}

	return new Map([...byGroup].map(([groupId, own]) => [groupId, toInterfaces(own)]));
};

const toInterfaces = (entries: readonly Entry[]): Interfaces => {
	const others = new Map<string, number>();
	const instanceIds: string[] = [];
	const loadBalancers: string[] = [];
	for (const entry of entries) {
		const instanceId = entry.Attachment?.InstanceId;
		const loadBalancer = loadBalancerOf(entry);
		if (instanceId !== undefined) {
			instanceIds.push(instanceId);
		} else if (loadBalancer !== undefined) {
			loadBalancers.push(loadBalancer);
		} else {
			const type = entry.InterfaceType ?? 'interface';
			others.set(type, (others.get(type) ?? 0) + 1);
		}
	}

	// What has several interfaces is one.
	const instances = [...new Set(instanceIds)].sort();
	const balancers = [...new Set(loadBalancers)].sort();
	return {
		total: entries.length,
		public: entries.filter(isPublic).length,
		instanceIds: instances.slice(0, named),
		...(instances.length > named && {instanceCount: instances.length}),
		loadBalancers: balancers.slice(0, named),
		...(balancers.length > named && {loadBalancerCount: balancers.length}),
		others: Object.fromEntries([...others].sort(([a], [b]) => (a < b ? -1 : 1))),
	};
};
