import type {Resource} from '../../../model/index.js';
import {type Address, addressType} from '../rules/address.js';
import type {Ec2, Output} from './commands.js';
import {loadBalancerOf, type NetworkInterfaces} from './interfaces.js';
import {type Listed, list, nameOf, present, resourceOf, toTags} from './listing.js';

type Entry = NonNullable<Output<'DescribeAddresses'>['Addresses']>[number];

export const listAddresses = async (aws: Ec2): Promise<Listed<Entry>> =>
	list(
		aws,
		'DescribeAddresses',
		// It has no pages.
		async facts => (await facts.attempt('DescribeAddresses', {}))?.Addresses,
		({AllocationId}) => AllocationId,
		'AllocationId',
	);

export type InterfacesById = ReadonlyMap<string, NonNullable<NetworkInterfaces['items']>[number]['item']>;

export const addressResource = (
	aws: Ec2,
	{id, item}: {readonly id: string; readonly item: Entry},
	interfaces: InterfacesById,
): Resource<Address> => {
	const tags = toTags(item.Tags);
	const attached = interfaces.get(item.NetworkInterfaceId ?? '');
	return resourceOf<Address>(aws, {
		// As Shield names what it protects: https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtection.html
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}:${aws.accountId}:eip-allocation/${id}`,
		resourceType: addressType,
		resourceId: id,
		name: nameOf(tags, item.PublicIp ?? id),
		tags,
		configuration: present({
			publicIp: item.PublicIp,
			associationId: item.AssociationId || undefined,
			instanceId: item.InstanceId || undefined,
			networkInterfaceId: item.NetworkInterfaceId,
			networkInterfaceOwnerId: item.NetworkInterfaceOwnerId,
			privateIp: item.PrivateIpAddress,
			networkBorderGroup: item.NetworkBorderGroup,
			serviceManaged: item.ServiceManaged,
			loadBalancer: attached && loadBalancerOf(attached),
			interfaceType: attached?.InterfaceType,
		}),
	});
};
