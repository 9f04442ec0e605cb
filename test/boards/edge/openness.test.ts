import {describe} from 'vitest';
import type {Resource} from '../../../source/model/index.js';
import {
	accelerator,
	alb,
	awsRegion,
	balancerArn,
	balancerDns,
	chained,
	closed,
	distribution,
	nlb,
	onInstance,
	open,
	permission,
	refusal,
	securityGroup,
	thing,
	world,
} from './pieces.js';
import {table} from './table.js';

describe('BP5: closed to all but the edge', () => {
	const acl = (entries: ReadonlyArray<{number: number; action: string; cidr: string; port?: number}>): Resource =>
		thing(`arn:aws:ec2:${awsRegion}:111122223333:network-acl/acl-1`, 'AWS::EC2::NetworkAcl', 'acl-1', {
			subnetIds: ['subnet-a'],
			entries: entries.map(({port, ...entry}) => ({
				...entry,
				isEgress: false,
				protocol: port === undefined ? '-1' : 'tcp',
				...(port !== undefined && {fromPort: port, toPort: port}),
			})),
		});
	const front = distribution('E1', [balancerDns('shop')]);
	const alone = 'shop lets in 0.0.0.0/0, and nothing stands in front to which it could be closed';
	const list = (facts: object, unread: Resource['unread'] = {}): Resource =>
		securityGroup(
			'shop',
			[],
			{ingress: [permission({prefixListIds: ['pl-1']})], prefixLists: [{id: 'pl-1', name: 'vendors', ...facts}]},
			{unread},
		);
	const holding = (instanceIds: readonly string[], cidrs = world): Resource =>
		securityGroup('shop', cidrs, {interfaces: {total: 1, public: 1, instanceIds, loadBalancers: [], others: {}}});
	table('bp5', [
		[
			'to CloudFront alone',
			'shop',
			[alb('shop'), closed('shop'), front],
			'PASS: shop lets in com.amazonaws.global.cloudfront.origin-facing alone',
		],
		[
			'open around a distribution',
			'shop',
			[alb('shop'), open, front],
			'FAIL MEDIUM: reached around distribution E1: shop lets in 0.0.0.0/0',
		],
		[
			'open around a distribution that leads there by way of two names',
			'shop',
			[alb('shop'), open, distribution('E1', ['origin.acme.com']), chained],
			'FAIL MEDIUM: reached around distribution E1: shop lets in 0.0.0.0/0',
		],
		[
			'open around an accelerator',
			'shop',
			[alb('shop'), open, accelerator('ga', [balancerArn('shop')])],
			'FAIL LOW: reached around accelerator ga, behind which it could be internal: shop lets in 0.0.0.0/0',
		],
		['open, nothing in front', 'shop', [alb('shop'), open], `FAIL LOW: ${alone}`],
		[
			'open, distributions refused',
			'shop',
			[alb('shop'), open],
			'FAIL LOW: shop lets in 0.0.0.0/0',
			{cloudfront: refusal('cloudfront:ListDistributions')},
		],
		[
			'open for IPv6',
			'shop',
			[alb('shop'), securityGroup('shop', ['::/0'])],
			'FAIL LOW: shop lets in ::/0, and nothing stands in front to which it could be closed',
		],
		[
			'open in halves',
			'shop',
			[alb('shop'), list({cidrs: ['0.0.0.0/1', '128.0.0.0/1']})],
			'FAIL LOW: shop lets in 0.0.0.0/1 in vendors, and nothing stands in front to which it could be closed',
		],
		[
			'open where nothing listens',
			'shop',
			[alb('shop', {listeners: [{arn: '', protocol: 'HTTPS', port: 8443}]}), open],
			'PASS: shop lets in nobody',
		],
		['open to some', 'shop', [alb('shop'), securityGroup('shop', ['192.0.2.0/26'])], 'PASS: shop lets in 192.0.2.0/26 alone'],
		[
			'a list that is refused',
			'shop',
			[alb('shop'), list({}, {GetManagedPrefixListEntries: refusal('ec2:GetManagedPrefixListEntries')})],
			'UNKNOWN: ec2:GetManagedPrefixListEntries was denied',
		],
		[
			'listeners refused',
			'shop',
			[alb('shop', {}, {unread: {DescribeListeners: refusal('elasticloadbalancing:DescribeListeners')}}), open].map(one =>
				one.resourceName === 'shop' && one.resourceType.includes('LoadBalancer')
					? {...one, configuration: {...(one.configuration as object), listeners: undefined}}
					: one,
			),
			'UNKNOWN: elasticloadbalancing:DescribeListeners was denied',
		],
		[
			'groups refused',
			'shop',
			[alb('shop')],
			'UNKNOWN: ec2:DescribeSecurityGroups was denied',
			{'ec2/DescribeSecurityGroups': refusal('ec2:DescribeSecurityGroups')},
		],
		['a group of another account', 'shop', [alb('shop')], 'UNKNOWN: sg-shop is not among the security groups that this account lists'],
		['of two groups one is open', 'shop', [alb('shop', {securityGroupIds: ['sg-shop', 'sg-lost']}), open], `FAIL LOW: ${alone}`],
		[
			'a network ACL that keeps the internet out',
			'shop',
			[
				alb('shop'),
				open,
				acl([
					{number: 1, action: 'deny', cidr: '0.0.0.0/0', port: 443},
					{number: 2, action: 'allow', cidr: '0.0.0.0/0'},
				]),
			],
			'PASS: shop lets in 0.0.0.0/0, but its network ACLs keep the internet out',
		],
		[
			'a network ACL that does not',
			'shop',
			[
				alb('shop'),
				open,
				acl([
					{number: 1, action: 'deny', cidr: '0.0.0.0/0', port: 22},
					{number: 2, action: 'allow', cidr: '0.0.0.0/0'},
				]),
			],
			`FAIL LOW: ${alone}`,
		],
		[
			'network ACLs refused',
			'shop',
			[alb('shop'), open],
			'UNKNOWN: ec2:DescribeNetworkAcls was denied',
			{'ec2/DescribeNetworkAcls': refusal('ec2:DescribeNetworkAcls')},
		],
		[
			'a Network Load Balancer without a group',
			'ingest',
			[nlb('ingest', {securityGroupIds: []})],
			'FAIL LOW: it has no security group, and nothing stands in front to which it could be closed',
		],
		['an instance', 'bastion', [onInstance, holding(['i-1'])], 'FAIL LOW: shop lets in 0.0.0.0/0'],
		['an instance that is closed', 'bastion', [onInstance, holding(['i-1'], ['192.0.2.0/26'])], 'PASS: shop lets in 192.0.2.0/26 alone'],
		[
			'an instance, interfaces refused',
			'bastion',
			[onInstance, securityGroup('shop', world, {}, {unread: {DescribeNetworkInterfaces: refusal('ec2:DescribeNetworkInterfaces')}})].map(
				one => (one.resourceName === 'shop' ? {...one, configuration: {...(one.configuration as object), interfaces: undefined}} : one),
			),
			'UNKNOWN: ec2:DescribeNetworkInterfaces was denied',
		],
		[
			'an accelerator before an internal load balancer',
			'ga',
			[accelerator('ga', [balancerArn('hr')]), alb('hr', {scheme: 'internal'})],
			'PASS: hr is internal: the internet comes by the accelerator alone',
		],
		[
			'a distribution with a VPC origin',
			'E1',
			[distribution('E1', [{id: 'v', domainName: balancerDns('hr'), type: 'vpc', accessControlId: null}]), alb('hr', {scheme: 'internal'})],
			`PASS: ${balancerDns('hr')} is a VPC origin, which CloudFront alone reaches`,
		],
		[
			'a distribution',
			'E1',
			[front],
			'NOT_APPLICABLE: its origins are no load balancers inside a VPC: those that face the internet have rows of their own',
		],
	]);
});
