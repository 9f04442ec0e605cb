import type {Facts, Resource} from '../../../model/index.js';
import {type Group, groupType, type Interfaces, type Permission, type PrefixList} from '../rules/group.js';
import {hasPorts, protocolOf} from '../rules/internet.js';
import type {Commands, Ec2, Output} from './commands.js';
import type {NetworkInterfaces} from './interfaces.js';
import {type Listed, list, present, resourceOf, toTags, type Unread} from './listing.js';

type Entry = NonNullable<Output<'DescribeSecurityGroups'>['SecurityGroups']>[number];
export type Groups = Listed<Entry>;

export const listGroups = async (aws: Ec2): Promise<Groups> =>
	list(
		aws,
		'DescribeSecurityGroups',
		async facts => {
			const pages = await facts.attemptPages('DescribeSecurityGroups', {MaxResults: 1000});
			return pages?.flatMap(({SecurityGroups = []}) => SecurityGroups);
		},
		({GroupId}) => GroupId,
		'GroupId',
	);

const prefixListIds = ({IpPermissions = [], IpPermissionsEgress = []}: Entry): readonly string[] =>
	[
		...new Set(
			[...IpPermissions, ...IpPermissionsEgress].flatMap(({PrefixListIds = []}) => PrefixListIds.flatMap(one => one.PrefixListId ?? [])),
		),
	].sort();

export type PrefixLists = {
	readonly byId: ReadonlyMap<string, {readonly list: PrefixList; readonly unread: Unread}>;
};

/** Those that some group names, with what is in them where AWS does not keep them. Asks nothing where none is named. */
export const readPrefixLists = async (aws: Ec2, {items = []}: Groups): Promise<PrefixLists> => {
	const wanted = [...new Set(items.flatMap(({item}) => prefixListIds(item)))].sort();
	if (wanted.length === 0) {
		return {byId: new Map()};
	}

	const listing = aws.facts();
	const pages = await listing.attemptPages('DescribeManagedPrefixLists', {MaxResults: 100});
	const known = new Map((pages ?? []).flatMap(({PrefixLists = []}) => PrefixLists.map(one => [one.PrefixListId, one] as const)));
	const byId = new Map<string, {readonly list: PrefixList; readonly unread: Unread}>();
	const read = async (id: string) => {
		const facts = aws.facts();
		const found = known.get(id);
		const entries =
			found?.OwnerId === 'AWS'
				? undefined
				: await facts.attemptPages(
						'GetManagedPrefixListEntries',
						{PrefixListId: id, MaxResults: 100},
						{absent: ['InvalidPrefixListID.NotFound']},
					);
		const all = entries?.flatMap(({Entries = []}) => Entries);
		if (all?.some(({Cidr}) => Cidr === undefined) === true) {
			facts.missing('GetManagedPrefixListEntries', 'the Cidr of an entry');
		}

		const cidrs = facts.unread['GetManagedPrefixListEntries'] === undefined ? all?.flatMap(({Cidr}) => Cidr ?? []) : undefined;
		return {
			id,
			list: {id, ...present({name: found?.PrefixListName, ownerId: found?.OwnerId, cidrs})},
			unread: {...listing.unread, ...facts.unread},
		};
	};

	for await (const {id, ...one} of aws.each(wanted, read)) {
		byId.set(id, one);
	}

	return {byId};
};

/** Undefined where a rule lacks its protocol: half of a group's rules are none. */
const toPermissions = (facts: Facts<Commands>, permissions: Entry['IpPermissions'], member: string): readonly Permission[] | undefined => {
	if (permissions === undefined || permissions.some(({IpProtocol}) => IpProtocol === undefined)) {
		facts.missing('DescribeSecurityGroups', permissions === undefined ? member : `the IpProtocol of one of ${member}`);
		return undefined;
	}

	return permissions.map(
		({IpProtocol = '-1', FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = []}) => {
			const protocol = protocolOf(IpProtocol);
			return {
				protocol,
				// Of ICMP these are a type and a code.
				...(hasPorts(protocol) && present({fromPort: FromPort, toPort: ToPort})),
				cidrs: [...IpRanges.flatMap(({CidrIp}) => CidrIp ?? []), ...Ipv6Ranges.flatMap(({CidrIpv6}) => CidrIpv6 ?? [])].sort(),
				prefixListIds: PrefixListIds.flatMap(({PrefixListId}) => PrefixListId ?? []).sort(),
				groups: UserIdGroupPairs.flatMap(({GroupId, UserId, VpcId}) =>
					GroupId === undefined ? [] : [{groupId: GroupId, ...present({accountId: UserId, vpcId: VpcId})}],
				),
			};
		},
	);
};

/** Of each group the others whose rules name it. */
export const referencesTo = ({items = []}: Groups): ReadonlyMap<string, readonly string[]> => {
	const found = new Map<string, Set<string>>();
	for (const {id, item} of items) {
		for (const {UserIdGroupPairs = []} of [...(item.IpPermissions ?? []), ...(item.IpPermissionsEgress ?? [])]) {
			for (const {GroupId} of UserIdGroupPairs) {
				if (GroupId !== undefined && GroupId !== id) {
					found.set(GroupId, (found.get(GroupId) ?? new Set()).add(id));
				}
			}
		}
	}

	return new Map([...found].map(([groupId, by]) => [groupId, [...by].sort()]));
};

export type GroupContext = {
	readonly interfaces: NetworkInterfaces;
	readonly uses: ReadonlyMap<string, Interfaces>;
	readonly references: ReadonlyMap<string, readonly string[]>;
	readonly prefixLists: PrefixLists;
};

const unused: Interfaces = {total: 0, public: 0, instanceIds: [], loadBalancers: [], others: {}};

export const groupResource = (
	aws: Ec2,
	{id, item}: {readonly id: string; readonly item: Entry},
	{interfaces, uses, references, prefixLists}: GroupContext,
): Resource<Group> => {
	const facts = aws.facts();
	const lists = prefixListIds(item).flatMap(one => prefixLists.byId.get(one) ?? []);
	const ingress = toPermissions(facts, item.IpPermissions, 'IpPermissions');
	const egress = toPermissions(facts, item.IpPermissionsEgress, 'IpPermissionsEgress');
	return resourceOf<Group>(aws, {
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}:${item.OwnerId ?? aws.accountId}:security-group/${id}`,
		resourceType: groupType,
		resourceId: id,
		name: item.GroupName,
		tags: toTags(item.Tags),
		configuration: {
			isDefault: item.GroupName === 'default',
			prefixLists: lists.map(({list: one}) => one),
			referencedBy: references.get(id) ?? [],
			...present({
				description: item.Description || undefined,
				vpcId: item.VpcId,
				ownerId: item.OwnerId,
				ingress,
				egress,
				interfaces: interfaces.isWhole ? (uses.get(id) ?? unused) : undefined,
			}),
		},
		unread: Object.assign({}, interfaces.unread, ...lists.map(({unread}) => unread), facts.unread),
	});
};
