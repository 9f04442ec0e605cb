import type {Address, IpPermission, NetworkAcl, NetworkAclEntry, NetworkInterface, SecurityGroup} from '@aws-sdk/client-ec2';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';
import {type Ec2PrefixList, idOf, nameTag} from './ec2-state.js';

export const groupId = (place: Place, name: string): string => idOf(place, 'sg', name);
export const prefixListId = (place: Place, name: string): string => idOf(place, 'pl', name);
const vpcId = (place: Place, name: string): string => idOf(place, 'vpc', name);
const subnetId = (place: Place, name: string): string => idOf(place, 'subnet', name);
const interfaceId = (place: Place, name: string): string => idOf(place, 'eni', name);

type Source = {
	readonly cidrs?: readonly string[];
	readonly cidrs6?: readonly string[];
	readonly lists?: readonly string[];
	/** Groups of the account by their ids. */
	readonly groups?: readonly string[];
};

/** A rule for tcp, with one port or a range. */
export const tcp = (place: Place, ports: number | readonly [number, number], source: Source, protocol = 'tcp'): IpPermission => {
	const [from, to] = typeof ports === 'number' ? [ports, ports] : ports;
	return {...everything(place, source), IpProtocol: protocol, FromPort: from, ToPort: to};
};

/** A rule for all traffic, which has no ports. */
export const everything = (place: Place, {cidrs = [], cidrs6 = [], lists = [], groups = []}: Source): IpPermission => ({
	IpProtocol: '-1',
	IpRanges: cidrs.map(CidrIp => ({CidrIp})),
	Ipv6Ranges: cidrs6.map(CidrIpv6 => ({CidrIpv6})),
	PrefixListIds: lists.map(PrefixListId => ({PrefixListId})),
	UserIdGroupPairs: groups.map(GroupId => ({GroupId, UserId: place.accountId})),
});

/** A security group that lets everything out, as new ones do, and in what `ingress` says. */
export const group = (place: Place, name: string, ingress: readonly IpPermission[], facts: Partial<SecurityGroup> = {}): SecurityGroup => ({
	GroupId: groupId(place, name),
	GroupName: name,
	Description: `What ${name} needs`,
	OwnerId: place.accountId,
	VpcId: vpcId(place, 'main'),
	IpPermissions: [...ingress],
	IpPermissionsEgress: [everything(place, {cidrs: ['0.0.0.0/0']})],
	Tags: [],
	...facts,
});

/** The group that AWS makes with a VPC: its members reach each other, and everything outside. */
export const defaultGroup = (place: Place, vpc: string, facts: Partial<SecurityGroup> = {}): SecurityGroup => {
	const id = groupId(place, `default of ${vpc}`);
	return group(place, 'default', [everything(place, {groups: [id]})], {
		GroupId: id,
		Description: 'default VPC security group',
		VpcId: vpcId(place, vpc),
		...facts,
	});
};

/** The default group after somebody took its rules away. */
export const emptyDefaultGroup = (place: Place, vpc: string): SecurityGroup =>
	defaultGroup(place, vpc, {IpPermissions: [], IpPermissionsEgress: []});

type Rule = {
	readonly number: number;
	readonly action: 'allow' | 'deny';
	readonly cidr: string;
	readonly port?: number;
	readonly egress?: true;
};

/** Rules of a network ACL, closed by the one that denies the rest. Without a port a rule is for everything. */
export const aclEntries = (...rules: readonly Rule[]): NetworkAclEntry[] => [
	...rules.map(({number, action, cidr, port, egress}) => ({
		RuleNumber: number,
		RuleAction: action,
		Egress: egress ?? false,
		...(cidr.includes(':') ? {Ipv6CidrBlock: cidr} : {CidrBlock: cidr}),
		...(port === undefined ? {Protocol: '-1'} : {Protocol: '6', PortRange: {From: port, To: port}}),
	})),
	...[false, true].map(Egress => ({RuleNumber: 32_767, RuleAction: 'deny' as const, Egress, CidrBlock: '0.0.0.0/0', Protocol: '-1'})),
];

/** As AWS makes it: everything goes in and out. */
export const openEntries = (): NetworkAclEntry[] =>
	aclEntries({number: 100, action: 'allow', cidr: '0.0.0.0/0'}, {number: 100, action: 'allow', cidr: '0.0.0.0/0', egress: true});

export const acl = (
	place: Place,
	name: string,
	{
		vpc = 'main',
		isDefault = false,
		subnets,
		entries,
	}: {
		readonly vpc?: string;
		readonly isDefault?: boolean;
		readonly subnets: readonly string[];
		readonly entries: readonly NetworkAclEntry[];
	},
): NetworkAcl => ({
	NetworkAclId: idOf(place, 'acl', name),
	VpcId: vpcId(place, vpc),
	IsDefault: isDefault,
	OwnerId: place.accountId,
	Associations: subnets.map(subnet => ({
		NetworkAclAssociationId: idOf(place, 'aclassoc', subnet),
		NetworkAclId: idOf(place, 'acl', name),
		SubnetId: subnetId(place, subnet),
	})),
	Entries: [...entries],
	Tags: nameTag(name),
});

type InterfaceFacts = {
	/** Names of the groups that it has, or their ids. */
	readonly groups: readonly string[];
	readonly instanceId?: string;
	/** What follows `loadbalancer/` in a load balancer's ARN. */
	readonly loadBalancer?: string;
	readonly publicIp?: string;
	readonly shown?: Partial<NetworkInterface>;
};

export const networkInterface = (
	place: Place,
	name: string,
	{groups, instanceId, loadBalancer, publicIp, shown}: InterfaceFacts,
): NetworkInterface => ({
	NetworkInterfaceId: interfaceId(place, name),
	Status: 'in-use',
	OwnerId: place.accountId,
	VpcId: vpcId(place, 'main'),
	SubnetId: subnetId(place, 'a'),
	InterfaceType: 'interface',
	Description: loadBalancer === undefined ? '' : `ELB ${loadBalancer}`,
	...(loadBalancer !== undefined && {RequesterId: 'amazon-elb', RequesterManaged: true}),
	Groups: groups.map(one => ({GroupId: one.startsWith('sg-') ? one : groupId(place, one)})),
	...(instanceId !== undefined && {
		Attachment: {AttachmentId: idOf(place, 'eni-attach', name), InstanceId: instanceId, Status: 'attached', DeviceIndex: 0},
	}),
	...(publicIp !== undefined && {Association: {PublicIp: publicIp, IpOwnerId: place.accountId}}),
	...shown,
});

/** An address that is in nobody's use: 203.0.113.0/24 and 198.51.100.0/24 are for documentation. */
export const publicIp = (place: Place, name: string): string => {
	const chance = place.random(`ec2/address/${name}`);
	return `${chance.pick(['203.0.113', '198.51.100'])}.${chance.between(1, 254)}`;
};

/** An Elastic IP address; on the interface of that name, where one is given. */
export const address = (place: Place, allocation: string, name: string, on?: string, facts: Partial<Address> = {}): Address => ({
	AllocationId: allocation,
	PublicIp: publicIp(place, name),
	Domain: 'vpc',
	NetworkBorderGroup: place.awsRegion,
	PublicIpv4Pool: 'amazon',
	...(on !== undefined && {
		AssociationId: idOf(place, 'eipassoc', name),
		NetworkInterfaceId: interfaceId(place, on),
		NetworkInterfaceOwnerId: place.accountId,
		PrivateIpAddress: '10.0.4.17',
	}),
	Tags: nameTag(name),
	...facts,
});

/** One of the account's own prefix lists. */
export const prefixList = (place: Place, name: string, cidrs: readonly string[], refused?: DenialReason): Ec2PrefixList => ({
	shown: {
		PrefixListId: prefixListId(place, name),
		PrefixListName: name,
		OwnerId: place.accountId,
		AddressFamily: 'IPv4',
		MaxEntries: 20,
		State: 'create-complete',
		Version: 1,
		PrefixListArn: place.arn('ec2', `prefix-list/${prefixListId(place, name)}`),
	},
	cidrs,
	...(refused !== undefined && {refused}),
});

/** One of AWS's, such as the addresses from which CloudFront comes to an origin. Its id is the same for all accounts. */
export const awsPrefixList = (place: Place, name: string, cidrs: readonly string[]): Ec2PrefixList => ({
	shown: {
		PrefixListId: prefixListId(place, name),
		PrefixListName: name,
		OwnerId: 'AWS',
		AddressFamily: 'IPv4',
		State: 'create-complete',
		PrefixListArn: `arn:${place.partition}:ec2:${place.awsRegion}:aws:prefix-list/${prefixListId(place, name)}`,
	},
	cidrs,
});
