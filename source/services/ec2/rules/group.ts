import type {Resource} from '../../../model/index.js';
import {isInternet, type Ports} from './internet.js';

/** AWS Config's name. */
export const groupType = 'AWS::EC2::SecurityGroup';

/** Some ports and those whom they are open to (or, of egress, that they are open towards). Lists may be empty. */
export type Permission = Ports & {
	/** IPv4 and IPv6, as written. */
	readonly cidrs: readonly string[];
	readonly prefixListIds: readonly string[];
	/** Those that are in another security group. */
	readonly groups: ReadonlyArray<{
		readonly groupId: string;
		/** The account whose group it is. */
		readonly accountId?: string;
		/** Of a group in a peered VPC. */
		readonly vpcId?: string;
	}>;
};

/** A prefix list that a group names. */
export type PrefixList = {
	readonly id: string;
	/** `com.amazonaws.global.cloudfront.origin-facing`. Absent where prefix lists could not be listed, as is the owner. */
	readonly name?: string;
	/** `AWS`, or an account id. */
	readonly ownerId?: string;
	/** Of lists that are not AWS's. Absent where they could not be read. */
	readonly cidrs?: readonly string[];
};

/** What a group is attached to: network interfaces, by what has them. */
export type Interfaces = {
	readonly total: number;
	/** Those with a public IPv4 address, or any IPv6 address. */
	readonly public: number;
	/** Instance ids, sorted; the first 50. */
	readonly instanceIds: readonly string[];
	/** How many there are, where that is more. */
	readonly instanceCount?: number;
	/** `app/shop/0123456789abcdef`: what follows `loadbalancer/` in their ARNs, sorted; the first 50. */
	readonly loadBalancers: readonly string[];
	/** How many there are, where that is more. */
	readonly loadBalancerCount?: number;
	/** Interfaces of neither, by their type (`lambda`, `vpc_endpoint`, `interface`, …), with how many there are. */
	readonly others: Readonly<Record<string, number>>;
};

/** A security group. Facts that could not be read are absent. */
export type Group = {
	readonly description?: string;
	readonly vpcId?: string;
	readonly ownerId?: string;
	/** Whether it is the one that each VPC has from its beginning. */
	readonly isDefault: boolean;
	readonly ingress?: readonly Permission[];
	readonly egress?: readonly Permission[];
	/** Those that its rules name, by id. */
	readonly prefixLists: readonly PrefixList[];
	/** Absent where network interfaces could not be listed. */
	readonly interfaces?: Interfaces;
	/** Other groups of the account and Region whose rules name it, by id, sorted. */
	readonly referencedBy: readonly string[];
};

export type GroupResource = Resource<Group>;

/** Some ports that are open to the internet, and by what. */
export type Opening = {readonly permission: Permission; readonly source: string};

export type Openness = {
	/** Surely open. */
	readonly open: readonly Opening[];
	/** Open to a prefix list of which nobody knows here what is in it. */
	readonly doubtful: readonly Opening[];
};

const inWords = (id: string, list: PrefixList | undefined): string => (list?.name === undefined ? id : `${id} (${list.name})`);

/** Which of its ingress rules let in the internet. */
export const opennessOf = (ingress: readonly Permission[], prefixLists: readonly PrefixList[]): Openness => {
	const lists = new Map(prefixLists.map(list => [list.id, list]));
	const open: Opening[] = [];
	const doubtful: Opening[] = [];
	for (const permission of ingress) {
		for (const cidr of permission.cidrs) {
			if (isInternet(cidr)) {
				open.push({permission, source: cidr});
			}
		}

		for (const id of permission.prefixListIds) {
			const list = lists.get(id);
			// AWS's own lists are the addresses of a service.
			if (list?.ownerId === 'AWS') {
				continue;
			}

			const wide = list?.cidrs?.find(isInternet);
			if (wide !== undefined) {
				open.push({permission, source: `${wide} in ${inWords(id, list)}`});
			} else if (list?.cidrs === undefined) {
				doubtful.push({permission, source: inWords(id, list)});
			}
		}
	}

	return {open, doubtful};
};

/** AWS's types of interfaces are written in many ways: `natGateway`, `vpc_endpoint`, `efa-only`. */
export const typeInWords = (type: string): string =>
	type
		.replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
		.replaceAll(/[_-]/gu, ' ')
		.toLowerCase();

/** What uses it, in the fewest words: `3 instances, 1 load balancer, 2 lambda interfaces`; `nothing`. */
export const usersInWords = ({total, instanceIds, loadBalancers, others, ...more}: Interfaces): string => {
	const {instanceCount = instanceIds.length, loadBalancerCount = loadBalancers.length} = more;
	const counted = (count: number, one: string) => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`]);
	return total === 0
		? 'nothing'
		: [
				...counted(instanceCount, 'instance'),
				...counted(loadBalancerCount, 'load balancer'),
				...Object.entries(others).flatMap(([type, count]) =>
					counted(count, type === 'interface' ? 'interface' : `${typeInWords(type)} interface`),
				),
			].join(', ');
};

/** A rule as one line: `tcp 443 from 0.0.0.0/0, sg-…`. */
export const permissionInWords = ({protocol, fromPort, toPort, cidrs, prefixListIds, groups}: Permission): string => {
	const ports =
		protocol === '-1'
			? 'all'
			: `${protocol}${fromPort === undefined ? '' : ` ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`}`}`;
	return `${ports}: ${[...cidrs, ...prefixListIds, ...groups.map(({groupId}) => groupId)].join(' ') || 'nobody'}`;
};
