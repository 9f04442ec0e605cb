import {
	acl,
	aclEntries,
	address,
	awsPrefixList,
	defaultGroup,
	emptyDefaultGroup,
	everything,
	group,
	groupId,
	networkInterface,
	openEntries,
	prefixList,
	prefixListId,
	publicIp,
	tcp,
} from '../../../services/ec2-network-state.js';
import type {Ec2State} from '../../../services/ec2-state.js';
import {allocationId, instanceId, loadBalancerArn} from '../../estate.js';
import type {Place} from '../../scenario.js';

const world = {cidrs: ['0.0.0.0/0'], cidrs6: ['::/0']} as const;
const ipv4World = {cidrs: ['0.0.0.0/0']} as const;

const groupsOf = (place: Place): Ec2State['groups'] => {
	const from = (...names: readonly string[]) => ({groups: names.map(name => groupId(place, name))});
	const list = (name: string) => ({lists: [prefixListId(place, name)]});
	return [
		defaultGroup(place, 'main'),
		emptyDefaultGroup(place, 'data'),
		// CloudFront alone gets to the shop's load balancer.
		group(place, 'shop-alb', [tcp(place, 443, list('com.amazonaws.global.cloudfront.origin-facing'))]),
		group(place, 'api-alb', [tcp(place, 443, world)]),
		group(place, 'old-alb', [tcp(place, 80, world), tcp(place, 443, world), tcp(place, 8080, ipv4World)]),
		group(place, 'status-alb', [tcp(place, 80, world), tcp(place, 443, world), tcp(place, 443, world, 'udp')]),
		group(place, 'internal-alb', [tcp(place, 443, {cidrs: ['10.0.0.0/8']})]),
		group(place, 'ingest-nlb', [tcp(place, [9000, 9010], ipv4World)]),
		group(place, 'web', [tcp(place, 8443, from('shop-alb', 'api-alb', 'old-alb'))]),
		group(place, 'bastion', [tcp(place, 22, ipv4World)]),
		group(place, 'batch', [everything(place, ipv4World)]),
		group(place, 'ci', [tcp(place, 22, list('offices'))]),
		// Somebody who was told not to write 0.0.0.0/0 wrote its halves.
		group(place, 'vendors', [tcp(place, 3389, list('vendors'))]),
		group(place, 'partner-vpn', [tcp(place, 22, list('partners'))]),
		group(place, 'orders-db', [tcp(place, 5432, from('web', 'batch'))]),
		group(place, 'legacy-redis', [tcp(place, 6379, {cidrs6: ['::/0']})]),
		group(place, 'search', [tcp(place, [9200, 9300], {cidrs: ['10.0.0.0/8']}), tcp(place, 5601, ipv4World)]),
		group(place, 'lambda', []),
		group(place, 'migration-2023', [tcp(place, 1433, ipv4World)], {Description: 'temporary'}),
	];
};

export const virginiaNetwork = (place: Place): Pick<Ec2State, 'groups' | 'acls' | 'addresses' | 'interfaces' | 'prefixLists'> => {
	const balancer = (name: string, type?: 'app' | 'net') => loadBalancerArn(place, name, type).split('loadbalancer/')[1] ?? '';
	const alb = (name: string, groups: readonly string[], isPublic = true) =>
		['a', 'b'].map(zone =>
			networkInterface(place, `${name}-${zone}`, {
				groups,
				loadBalancer: balancer(name),
				...(isPublic && {publicIp: publicIp(place, `${name}-${zone}`)}),
			}),
		);
	const host = (name: string, groups: readonly string[], address?: string) =>
		networkInterface(place, name, {groups, instanceId: instanceId(place, name), ...(address !== undefined && {publicIp: address})});
	return {
		groups: groupsOf(place),
		interfaces: [
			...alb('shop', ['shop-alb']),
			...alb('api', ['api-alb']),
			...alb('old', ['old-alb']),
			...alb('status', ['status-alb']),
			...alb('payments', ['status-alb']),
			...alb('intranet', ['internal-alb'], false),
			...alb('hr', ['internal-alb'], false),
			...['a', 'b'].map(zone =>
				networkInterface(place, `ingest-${zone}`, {
					groups: ['ingest-nlb'],
					loadBalancer: balancer('ingest', 'net'),
					publicIp: publicIp(place, `ingest-${zone}`),
					shown: {InterfaceType: 'network_load_balancer'},
				}),
			),
			networkInterface(place, 'nat', {
				groups: [],
				publicIp: publicIp(place, 'nat'),
				shown: {InterfaceType: 'natGateway', Description: `Interface for NAT Gateway nat-0${place.random('ec2/nat').hex(16)}`},
			}),
			host('web-1', ['web']),
			host('web-2', ['web']),
			host('batch-1', ['batch', groupId(place, 'default of main')]),
			host('bastion', ['bastion', 'vendors'], publicIp(place, 'bastion')),
			host('ci-runner', ['ci', 'partner-vpn']),
			networkInterface(place, 'orders-db', {groups: ['orders-db'], shown: {Description: 'RDSNetworkInterface', RequesterId: 'amazon-rds'}}),
			networkInterface(place, 'search-1', {groups: ['search']}),
			...['orders', 'mailer', 'thumbs'].map(name =>
				networkInterface(place, `lambda ${name}`, {
					groups: ['lambda'],
					shown: {InterfaceType: 'lambda', Description: `AWS Lambda VPC ENI-${name}`},
				}),
			),
		],
		prefixLists: [
			awsPrefixList(place, 'com.amazonaws.global.cloudfront.origin-facing', ['120.52.22.96/27', '205.251.249.0/24']),
			awsPrefixList(place, `com.amazonaws.${place.awsRegion}.s3`, ['52.216.0.0/15']),
			prefixList(place, 'offices', ['192.0.2.0/26', '192.0.2.128/26']),
			prefixList(place, 'vendors', ['0.0.0.0/1', '128.0.0.0/1']),
			prefixList(place, 'partners', ['198.51.100.64/27'], 'no-resource-based-policy'),
		],
		acls: [
			acl(place, 'main default', {isDefault: true, subnets: ['a', 'b', 'private-a', 'private-b'], entries: openEntries()}),
			acl(place, 'edge', {
				subnets: ['edge-a', 'edge-b'],
				entries: aclEntries(
					{number: 10, action: 'deny', cidr: '0.0.0.0/0', port: 22},
					{number: 11, action: 'deny', cidr: '::/0', port: 22},
					{number: 12, action: 'deny', cidr: '0.0.0.0/0', port: 3389},
					{number: 13, action: 'deny', cidr: '::/0', port: 3389},
					{number: 100, action: 'allow', cidr: '0.0.0.0/0'},
					{number: 101, action: 'allow', cidr: '::/0'},
					{number: 100, action: 'allow', cidr: '0.0.0.0/0', egress: true},
				),
			}),
			acl(place, 'data', {
				vpc: 'data',
				subnets: ['data-a', 'data-b'],
				entries: aclEntries(
					{number: 100, action: 'allow', cidr: '10.0.0.0/8'},
					{number: 100, action: 'allow', cidr: '10.0.0.0/8', egress: true},
				),
			}),
			// Denied for IPv4, and forgotten for IPv6.
			acl(place, 'partners', {
				subnets: ['partners-a'],
				entries: aclEntries(
					{number: 10, action: 'deny', cidr: '0.0.0.0/0', port: 22},
					{number: 20, action: 'deny', cidr: '0.0.0.0/0', port: 3389},
					{number: 100, action: 'allow', cidr: '0.0.0.0/0'},
					{number: 110, action: 'allow', cidr: '::/0'},
				),
			}),
			acl(place, 'quarantine', {subnets: [], entries: aclEntries()}),
		],
		addresses: [
			...['ingest-a', 'ingest-b'].map(name =>
				address(place, allocationId(place, name), name, name, {NetworkInterfaceOwnerId: 'amazon-elb', ServiceManaged: 'nlb'}),
			),
			address(place, allocationId(place, 'nat'), 'nat', 'nat'),
			address(place, allocationId(place, 'bastion'), 'bastion', 'bastion', {InstanceId: instanceId(place, 'bastion')}),
			address(place, allocationId(place, 'old-mail'), 'old-mail'),
		],
	};
};
