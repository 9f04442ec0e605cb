import {describe} from 'vitest';
import {restApi} from './api-pieces.js';
import {accelerator, address, alb, balancerArn, balancerDns, distribution, onInstance, refusal, scalingGroup} from './pieces.js';
import {table} from './table.js';

describe('BP6 and BP7: a load balancer, and Auto Scaling behind it', () => {
	table('bp6', [
		['a load balancer', 'shop', [alb('shop')], 'PASS: a load balancer itself'],
		['an address on an instance', 'bastion', [onInstance], 'FAIL LOW: leads to the instance i-1, without a load balancer'],
		['an address of a Network Load Balancer', 'bastion', [address({serviceManaged: 'nlb'})], 'PASS: an address of a Network Load Balancer'],
		[
			'an accelerator before an address',
			'ga',
			[accelerator('ga', ['eipalloc-1'])],
			'FAIL LOW: eipalloc-1 stands behind it without a load balancer',
		],
		['an accelerator before a load balancer', 'ga', [accelerator('ga', [balancerArn('hr')])], 'PASS: load balancers stand behind it'],
		[
			'an accelerator not read yet',
			'ga',
			[accelerator('ga', undefined, {}, {unread: {ListListeners: refusal('globalaccelerator:ListListeners', 'pending')}})],
			'UNKNOWN: globalaccelerator:ListListeners has not been read yet',
		],
		['an API', 'api1/prod', restApi('api1', 'EDGE'), 'NOT_APPLICABLE: API Gateway spreads its load by itself'],
		[
			'a VPC origin of any name',
			'E1',
			[distribution('E1', [{id: 'v', domainName: 'www.acme.com', type: 'vpc', accessControlId: null}])],
			'UNKNOWN: what the VPC origin www.acme.com is, CloudFront’s listing does not tell',
		],
	]);
	const denied = {autoscaling: refusal('autoscaling:DescribeAutoScalingGroups')};
	const unlisted = [alb('shop', {}, {unread: {DescribeTargetGroups: refusal('elasticloadbalancing:DescribeTargetGroups')}})].map(one => ({
		...one,
		configuration: {...one.configuration, targetGroupArns: undefined},
	}));
	table('bp7', [
		['two zones, health checks, room', 'shop', [alb('shop'), scalingGroup('shop')], 'PASS: Auto Scaling stands behind it: shop in 2 zones'],
		['one zone', 'shop', [alb('shop'), scalingGroup('shop', {zones: ['eu-west-1a']})], 'FAIL LOW: shop stands in eu-west-1a alone'],
		[
			'health checks of EC2',
			'shop',
			[alb('shop'), scalingGroup('shop', {healthCheckTypes: ['EC2']})],
			'FAIL LOW: shop does not ask the load balancer for health',
		],
		['fixed in size', 'shop', [alb('shop'), scalingGroup('shop', {minSize: 2, maxSize: 2})], 'FAIL LOW: shop is fixed at 2'],
		[
			'one of two groups is weak',
			'shop',
			[
				alb('shop', {targetGroupArns: ['targets/shop', 'targets/next']}),
				scalingGroup('shop'),
				scalingGroup('next', {zones: ['eu-west-1b']}),
			],
			'FAIL LOW: next stands in eu-west-1b alone',
		],
		[
			'being deleted',
			'shop',
			[alb('shop'), scalingGroup('shop', {status: 'Delete in progress'})],
			'FAIL LOW: no Auto Scaling group stands behind its target groups',
		],
		['no group', 'shop', [alb('shop')], 'FAIL LOW: no Auto Scaling group stands behind its target groups'],
		['groups refused', 'shop', [alb('shop')], 'UNKNOWN: autoscaling:DescribeAutoScalingGroups was denied', denied],
		[
			'groups refused, one known',
			'shop',
			[alb('shop'), scalingGroup('shop')],
			'PASS: Auto Scaling stands behind it: shop in 2 zones',
			denied,
		],
		['target groups refused', 'shop', [...unlisted, scalingGroup('shop')], 'UNKNOWN: elasticloadbalancing:DescribeTargetGroups was denied'],
		[
			'functions',
			'shop',
			[alb('shop', {targetTypes: ['lambda']})],
			'NOT_APPLICABLE: its targets are lambda, which no Auto Scaling group runs',
		],
		[
			'addresses alone, such as those of containers',
			'shop',
			[alb('shop', {targetTypes: ['ip']})],
			'NOT_APPLICABLE: its targets are ip, which no Auto Scaling group runs',
		],
		[
			'functions, and instances that no group runs',
			'shop',
			[alb('shop', {targetTypes: ['instance', 'lambda']})],
			'FAIL LOW: no Auto Scaling group stands behind its target groups',
		],
		[
			'targets of which the types are not told',
			'shop',
			[alb('shop')].map(one => ({...one, configuration: {...one.configuration, targetTypes: undefined}})),
			'UNKNOWN: AWS did not tell what its targets are',
		],
		['nothing behind', 'shop', [alb('shop', {targetGroupArns: []})], 'NOT_APPLICABLE: it has no target groups: nothing stands behind it'],
		[
			'an internal load balancer behind an accelerator',
			'ga',
			[accelerator('ga', [balancerArn('hr')]), alb('hr', {scheme: 'internal'}), scalingGroup('hr')],
			'PASS: Auto Scaling stands behind it: hr in 2 zones',
		],
		[
			'a VPC origin',
			'E1',
			[
				distribution('E1', [{id: 'v', domainName: balancerDns('hr'), type: 'vpc', accessControlId: null}]),
				alb('hr', {scheme: 'internal'}),
				scalingGroup('hr'),
			],
			'PASS: Auto Scaling stands behind it: hr in 2 zones',
		],
		['an address', 'bastion', [onInstance], 'FAIL LOW: leads to one instance, i-1, which does not grow'],
	]);
});
