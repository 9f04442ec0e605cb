import {describe} from 'vitest';
import type {Resource} from '../../../source/model/index.js';
import {apiHost, domainName, httpApi, restApi} from './api-pieces.js';
import {
	accelerator,
	alb,
	balancerArn,
	balancerDns,
	behindEdge,
	chained,
	closed,
	distribution,
	edgeAcl,
	limited,
	nlb,
	onInstance,
	open,
	otherRule,
	rateRule,
	refusal,
	webAcl,
	webAclArn,
} from './pieces.js';
import {table} from './table.js';

describe('BP2: a web ACL that limits', () => {
	const own = (rules: Parameters<typeof webAcl>[1], more: object = {}, facts: Partial<Resource> = {}): readonly Resource[] => [
		alb('shop'),
		webAcl('own', rules, {loadBalancerArns: [balancerArn('shop')], ...more}, facts),
	];
	const managed = otherRule({sort: 'managed rule group', group: 'AWS/AWSManagedRulesCommonRuleSet'});
	const front = distribution('E1', [balancerDns('shop')], behindEdge);
	table('bp2', [
		[
			'a rate rule that stops',
			'shop',
			own([rateRule(), managed]),
			'PASS: web ACL own holds back whoever makes more than 2,000 requests in 5 minutes; 1 group of managed rules',
		],
		[
			'AWS’s group against floods',
			'shop',
			own([otherRule({name: 'ddos', sort: 'managed rule group', group: 'AWS/AWSManagedRulesAntiDDoSRuleSet'})]),
			'PASS: web ACL own has a group against floods, “ddos”; 1 group of managed rules',
		],
		['a rate rule that counts', 'shop', own([rateRule('counts')]), 'FAIL MEDIUM: web ACL own only counts who asks too often'],
		['managed rules alone', 'shop', own([managed]), 'FAIL MEDIUM: web ACL own has no rate-based rule that stops anybody'],
		['closed by default', 'shop', own([], {defaultAction: 'block'}), 'PASS: web ACL own blocks whom no rule lets in'],
		['rules refused', 'shop', own(undefined, {}, {unread: {GetWebACL: refusal('wafv2:GetWebACL')}}), 'UNKNOWN: wafv2:GetWebACL was denied'],
		[
			'a group that may limit, and is refused',
			'shop',
			own(
				[otherRule({sort: 'rule group', effect: 'unknown', unreadBy: 'GetRuleGroup'})],
				{},
				{unread: {GetRuleGroup: refusal('wafv2:GetRuleGroup')}},
			),
			'UNKNOWN: wafv2:GetRuleGroup was denied',
		],
		['no web ACL', 'shop', [alb('shop')], 'FAIL MEDIUM: no web ACL of its own'],
		['web ACLs refused', 'shop', [alb('shop')], 'UNKNOWN: wafv2:ListWebACLs was denied', {wafv2: refusal('wafv2:ListWebACLs')}],
		[
			'associations of another web ACL wait for their turn',
			'shop',
			[
				alb('shop'),
				webAcl('other', [rateRule()], {}, {unread: {ListResourcesForWebACL: refusal('wafv2:ListResourcesForWebACL', 'pending')}}),
			].map(one => (one.resourceName === 'other' ? {...one, configuration: {scope: 'REGIONAL', rules: []}} : one)),
			'UNKNOWN: wafv2:ListResourcesForWebACL has not been read yet',
		],
		[
			'only in front, and closed to all else',
			'shop',
			[alb('shop'), closed('shop'), front, edgeAcl],
			`PASS: distribution E1: ${limited('edge')}`,
		],
		[
			'only in front, by way of two names',
			'shop',
			[alb('shop'), closed('shop'), distribution('E1', ['origin.acme.com'], behindEdge), chained, edgeAcl],
			`PASS: distribution E1: ${limited('edge')}`,
		],
		[
			'only in front, and open',
			'shop',
			[alb('shop'), open, front, edgeAcl],
			`FAIL MEDIUM: no web ACL of its own; distribution E1: ${limited('edge')}, but shop lets in 0.0.0.0/0`,
		],
		[
			'only in front, groups refused',
			'shop',
			[alb('shop'), front, edgeAcl],
			'UNKNOWN: distribution E1: web ACL edge holds back whoever makes more than 2,000 requests in 5 minutes; no managed rules stop anything, but ec2:DescribeSecurityGroups was denied',
			{ec2: refusal('ec2:DescribeSecurityGroups')},
		],
		[
			'of two in front one has none',
			'shop',
			[alb('shop'), closed('shop'), front, edgeAcl, distribution('E2', [balancerDns('shop')])],
			'FAIL MEDIUM: no web ACL of its own; distribution E2: no web ACL of its own',
		],
		['own and in front without', 'shop', [...own([rateRule()]), distribution('E2', [balancerDns('shop')])], `PASS: ${limited('own')}`],
		[
			'no own, distributions refused',
			'shop',
			[alb('shop'), closed('shop')],
			'UNKNOWN: cloudfront:ListDistributions was denied',
			{cloudfront: refusal('cloudfront:ListDistributions')},
		],
		[
			'a Network Load Balancer with web traffic',
			'ingest',
			[nlb('ingest')],
			'FAIL INFORMATIONAL: WAF cannot protect a Network Load Balancer: an Application Load Balancer with Global Accelerator for fixed addresses can have a web ACL',
		],
		[
			'one without',
			'ingest',
			[nlb('ingest', {listeners: [{arn: '', protocol: 'UDP', port: 514}]})],
			'NOT_APPLICABLE: takes no web traffic, which is all that WAF reads: UDP 514',
		],
		[
			'one before an Application Load Balancer',
			'ingest',
			[nlb('ingest', {targetTypes: ['alb']})],
			'NOT_APPLICABLE: forwards to an Application Load Balancer, whose own web ACL counts',
		],
		[
			'one closed behind a distribution',
			'ingest',
			[nlb('ingest'), closed('ingest'), distribution('E1', [balancerDns('ingest')], behindEdge), edgeAcl],
			`PASS: distribution E1: ${limited('edge')}`,
		],
		['a distribution with one', 'E1', [front, edgeAcl], `PASS: ${limited('edge')}`],
		['a distribution without', 'E1', [distribution('E1', [])], 'FAIL MEDIUM: no web ACL of its own'],
		[
			'one of WAF Classic',
			'E1',
			[distribution('E1', [], {webAclId: '473e64fd-f30b-4765-81a0-62ad96dd167a'})],
			'FAIL MEDIUM: its web ACL is one of WAF Classic, whose support ended in 2025',
		],
		[
			'a template for tenants',
			'E1',
			[distribution('E1', [], {connectionMode: 'tenant-only'})],
			'UNKNOWN: multi-tenant, without a web ACL of its own: those of its tenants are not read',
		],
		[
			'a web ACL where us-east-1 is not watched',
			'E1',
			[front],
			'UNKNOWN: us-east-1 is not watched',
			{'wafv2@us-east-1': {...refusal('wafv2:ListWebACLs', 'not-available'), message: 'us-east-1 is not watched'}},
		],
		[
			'a stage with one',
			'api1/prod',
			[...restApi('api1', 'REGIONAL', {}, {webAclArn: webAclArn('own')}), webAcl('own', [rateRule()])],
			`PASS: ${limited('own')}`,
		],
		[
			'a stage behind a distribution alone',
			'api1/prod',
			[...restApi('api1', 'REGIONAL', {defaultHostDisabled: true}), distribution('E1', [apiHost('api1')], behindEdge), edgeAcl],
			`PASS: distribution E1: ${limited('edge')}`,
		],
		[
			'and around it',
			'api1/prod',
			[...restApi('api1', 'REGIONAL'), distribution('E1', [apiHost('api1')], behindEdge), edgeAcl],
			`FAIL MEDIUM: no web ACL of its own; distribution E1: ${limited('edge')}, but ${apiHost('api1')} answers around distribution E1`,
		],
		['an HTTP API', 'http1/$default', httpApi(true), 'FAIL MEDIUM: WAF cannot protect an HTTP API, only a distribution in front'],
		[
			'an HTTP API behind a distribution',
			'http1/$default',
			[...httpApi(true), domainName('m.acme.com', 'http1'), distribution('E1', ['m.acme.com'], behindEdge), edgeAcl],
			`PASS: distribution E1: ${limited('edge')}`,
		],
		[
			'an accelerator before an internal load balancer without',
			'ga',
			[accelerator('ga', [balancerArn('hr')]), alb('hr', {scheme: 'internal'})],
			'FAIL MEDIUM: hr: no web ACL of its own',
		],
		[
			'and of one that is not listed',
			'ga',
			[accelerator('ga', [balancerArn('hr')])],
			'UNKNOWN: elasticloadbalancing:DescribeLoadBalancers was denied',
			{elbv2: refusal('elasticloadbalancing:DescribeLoadBalancers')},
		],
		[
			'an accelerator before an instance',
			'ga',
			[accelerator('ga', ['i-1'])],
			'FAIL INFORMATIONAL: WAF cannot protect i-1: an Application Load Balancer behind the accelerator can have a web ACL, and clients keep their fixed addresses',
		],
		['an address', 'bastion', [onInstance], 'NOT_APPLICABLE: WAF cannot protect an instance: a load balancer in front can have a web ACL'],
	]);
});
