import type {Facts, Resource} from '../../../model/index.js';
import {type Acl, type AclEntry, aclType} from '../rules/acl.js';
import {protocolOf} from '../rules/internet.js';
import type {Commands, Ec2, Output} from './commands.js';
import {type Listed, list, present, resourceOf, toTags} from './listing.js';

type Entry = NonNullable<Output<'DescribeNetworkAcls'>['NetworkAcls']>[number];

export const listAcls = async (aws: Ec2): Promise<Listed<Entry>> =>
	list(
		aws,
		'DescribeNetworkAcls',
		async facts => {
			const pages = await facts.attemptPages('DescribeNetworkAcls', {MaxResults: 1000});
			return pages?.flatMap(({NetworkAcls = []}) => NetworkAcls);
		},
		({NetworkAclId}) => NetworkAclId,
		'NetworkAclId',
	);

/** Undefined where a rule lacks what makes it one: the others mean something else without it. */
const toEntries = (facts: Facts<Commands>, entries: Entry['Entries']): readonly AclEntry[] | undefined => {
	const read = entries?.flatMap(({RuleNumber, Egress, RuleAction, Protocol, CidrBlock, Ipv6CidrBlock, PortRange}): AclEntry[] => {
		const cidr = CidrBlock ?? Ipv6CidrBlock;
		return RuleNumber === undefined || Egress === undefined || RuleAction === undefined || Protocol === undefined || cidr === undefined
			? []
			: [
					{
						number: RuleNumber,
						isEgress: Egress,
						action: RuleAction,
						protocol: protocolOf(Protocol),
						cidr,
						...present({fromPort: PortRange?.From, toPort: PortRange?.To}),
					},
				];
	});
	if (read === undefined || read.length < (entries ?? []).length) {
		facts.missing('DescribeNetworkAcls', 'a part of a rule');
		return undefined;
	}

	return read.sort((a, b) => Number(a.isEgress) - Number(b.isEgress) || a.number - b.number);
};

export const aclResource = (aws: Ec2, {id, item}: {readonly id: string; readonly item: Entry}): Resource<Acl> => {
	const facts = aws.facts();
	return resourceOf<Acl>(aws, {
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}:${item.OwnerId ?? aws.accountId}:network-acl/${id}`,
		resourceType: aclType,
		resourceId: id,
		tags: toTags(item.Tags),
		configuration: present({
			vpcId: item.VpcId,
			isDefault: item.IsDefault,
			subnetIds: item.Associations?.flatMap(({SubnetId}) => SubnetId ?? []).sort(),
			entries: toEntries(facts, item.Entries),
		}),
		unread: facts.unread,
	});
};
