import type {Cell, Kind} from '../../../../model/index.js';
import {type Acl, aclType} from '../acl.js';
import {type Address, addressType, usdPerMonth, userInWords} from '../address.js';
import {type Group, groupType, opennessOf, permissionInWords, usersInWords} from '../group.js';
import {aclRules, addressRules, groupRules} from '../index.js';
import {portsInWords} from '../internet.js';

const some = (names: readonly string[] | undefined, otherwise: string): Cell =>
	names === undefined ? undefined : names.length === 0 ? otherwise : names.join(', ');

/** The first of them by name, and how many more there are. */
const first = (names: readonly string[] | undefined, count: number | undefined): Cell =>
	some(count === undefined || names === undefined ? names : [...names, `${count - names.length} more`], 'none');

// A cell names what fits in one; the facts have the rest.
const named = 4;

const openInWords = ({ingress, prefixLists}: Group): Cell => {
	if (ingress === undefined) {
		return undefined;
	}

	const ports = [
		...new Set(opennessOf(ingress, prefixLists).open.map(({permission}) => portsInWords(permission).replace(/^ports? /u, ''))),
	];
	return ports.length > named ? `${ports.slice(0, named).join(', ')}, …` : ports.join(', ') || 'nothing';
};

export const groups: Kind<Group> = {
	resourceType: groupType,
	title: 'Security groups',
	columns: [
		{title: 'Open to internet', value: ({configuration}) => openInWords(configuration)},
		{title: 'Used by', value: ({configuration: {interfaces}}) => interfaces && usersInWords(interfaces)},
		{title: 'VPC', value: ({configuration}) => configuration.vpcId},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'VPC', value: ({configuration}) => configuration.vpcId},
		{title: 'Owner', value: ({configuration}) => configuration.ownerId},
		{title: 'Default group', value: ({configuration}) => (configuration.isDefault ? 'yes' : 'no')},
		{title: 'Open to internet', value: ({configuration}) => openInWords(configuration)},
		{title: 'Lets in', value: ({configuration: {ingress}}) => ingress && (ingress.map(permissionInWords).join('; ') || 'nothing')},
		{title: 'Lets out', value: ({configuration: {egress}}) => egress && (egress.map(permissionInWords).join('; ') || 'nothing')},
		{
			title: 'Prefix lists',
			value: ({configuration: {prefixLists}}) =>
				prefixLists.map(({id, name, cidrs}) => [id, name, cidrs?.join(' ')].filter(Boolean).join(' ')).join('; ') || undefined,
		},
		{title: 'Network interfaces', value: ({configuration: {interfaces}}) => interfaces?.total},
		{title: 'With a public address', value: ({configuration: {interfaces}}) => interfaces?.public},
		{title: 'Instances', value: ({configuration: {interfaces}}) => first(interfaces?.instanceIds, interfaces?.instanceCount)},
		{title: 'Load balancers', value: ({configuration: {interfaces}}) => first(interfaces?.loadBalancers, interfaces?.loadBalancerCount)},
		{title: 'Used by', value: ({configuration: {interfaces}}) => interfaces && usersInWords(interfaces)},
		{title: 'Named by groups', value: ({configuration}) => some(configuration.referencedBy, 'none')},
	],
	rules: groupRules,
	consolePath: ({awsRegion, resourceId}) => `ec2/home?region=${awsRegion}#SecurityGroup:groupId=${encodeURIComponent(resourceId)}`,
};

const entryInWords = ({number, action, cidr, ...ports}: NonNullable<Acl['entries']>[number]): string =>
	`${number} ${action} ${portsInWords(ports)} ${cidr}`;

export const acls: Kind<Acl> = {
	resourceType: aclType,
	title: 'Network ACLs',
	columns: [
		{title: 'Subnets', value: ({configuration: {subnetIds}}) => subnetIds?.length},
		{title: 'Default', value: ({configuration: {isDefault}}) => (isDefault === undefined ? undefined : isDefault ? 'yes' : 'no')},
		{title: 'Rules', value: ({configuration: {entries}}) => entries?.length},
		{title: 'VPC', value: ({configuration}) => configuration.vpcId},
	],
	facts: [
		{title: 'VPC', value: ({configuration}) => configuration.vpcId},
		{title: 'Default', value: ({configuration: {isDefault}}) => (isDefault === undefined ? undefined : isDefault ? 'yes' : 'no')},
		{title: 'Subnets', value: ({configuration}) => some(configuration.subnetIds, 'none')},
		{
			title: 'Lets in',
			value: ({configuration: {entries}}) =>
				entries &&
				(entries
					.filter(({isEgress}) => !isEgress)
					.map(entryInWords)
					.join('; ') ||
					'nothing'),
		},
		{
			title: 'Lets out',
			value: ({configuration: {entries}}) =>
				entries &&
				(entries
					.filter(({isEgress}) => isEgress)
					.map(entryInWords)
					.join('; ') ||
					'nothing'),
		},
	],
	rules: aclRules,
	consolePath: ({awsRegion, resourceId}) =>
		`vpcconsole/home?region=${awsRegion}#NetworkAclDetails:networkAclId=${encodeURIComponent(resourceId)}`,
};

export const addresses: Kind<Address> = {
	resourceType: addressType,
	title: 'Elastic IPs',
	columns: [
		{title: 'Address', value: ({configuration}) => configuration.publicIp},
		{title: 'Used by', value: ({configuration}) => userInWords(configuration) ?? 'nothing'},
	],
	facts: [
		{title: 'Address', value: ({configuration}) => configuration.publicIp},
		{title: 'Used by', value: ({configuration}) => userInWords(configuration) ?? 'nothing'},
		{title: 'Instance', value: ({configuration}) => configuration.instanceId},
		{title: 'Load balancer', value: ({configuration}) => configuration.loadBalancer},
		{title: 'Network interface', value: ({configuration}) => configuration.networkInterfaceId},
		{title: 'Interface type', value: ({configuration}) => configuration.interfaceType},
		{title: 'Interface of', value: ({configuration}) => configuration.networkInterfaceOwnerId},
		{title: 'Private address', value: ({configuration}) => configuration.privateIp},
		{title: 'Announced in', value: ({configuration}) => configuration.networkBorderGroup},
		{title: 'Managed by', value: ({configuration}) => configuration.serviceManaged},
		{title: 'US$/month', value: () => usdPerMonth},
	],
	rules: addressRules,
	usdPerMonth: () => usdPerMonth,
	consolePath: ({awsRegion, resourceId}) => `ec2/home?region=${awsRegion}#ElasticIpDetails:AllocationId=${encodeURIComponent(resourceId)}`,
};
