import {describe} from 'vitest';
import {apiHost, domainName, httpApi, restApi} from './api-pieces.js';
import {
	accelerator,
	alb,
	awsRegion,
	balancerArn,
	balancerDns,
	chained,
	distribution,
	nlb,
	noFront,
	onInstance,
	record,
	refusal,
	zone,
} from './pieces.js';
import {table} from './table.js';

describe('BP1: the edge in front', () => {
	const denied = refusal('cloudfront:ListDistributions');
	table('bp1', [
		['a distribution is the edge', 'E1', [distribution('E1', [])], 'PASS: a CloudFront distribution itself'],
		['an accelerator is', 'ga', [accelerator('ga', ['i-1'])], 'PASS: an accelerator itself'],
		[
			'a load balancer that an origin names',
			'shop',
			[alb('shop'), distribution('E1', [balancerDns('shop').toUpperCase()])],
			'PASS: behind distribution E1',
		],
		[
			'one that an origin names by way of Route 53',
			'shop',
			[alb('shop'), distribution('E1', ['origin.acme.com']), zone('acme.com', [record('origin.acme.com', balancerDns('shop'))])],
			'PASS: behind distribution E1',
		],
		[
			'and by a wildcard',
			'shop',
			[alb('shop'), distribution('E1', ['a.b.acme.com']), zone('acme.com', [record('*.acme.com', balancerDns('shop'))])],
			'PASS: behind distribution E1',
		],
		[
			'one that an origin names by way of two names',
			'shop',
			[alb('shop'), distribution('E1', ['origin.acme.com']), chained],
			'PASS: behind distribution E1',
		],
		[
			'an origin that leads in a circle',
			'shop',
			[
				alb('shop'),
				distribution('E1', ['a.acme.com']),
				zone(
					'acme.com',
					[],
					{},
					{
						links: [
							{name: 'a.acme.com', target: 'b.acme.com'},
							{name: 'b.acme.com', target: 'a.acme.com'},
						],
					},
				),
			],
			`FAIL LOW: ${noFront}`,
		],
		[
			'an origin that leads on to a zone whose records are refused',
			'shop',
			[
				alb('shop'),
				distribution('E1', ['origin.acme.com']),
				zone('acme.com', [], {}, {links: [{name: 'origin.acme.com', target: 'lb.acme.dev'}]}),
				zone('acme.dev', undefined, {unread: {ListResourceRecordSets: refusal('route53:ListResourceRecordSets')}}),
			],
			'UNKNOWN: route53:ListResourceRecordSets was denied',
		],
		['one to which an accelerator leads', 'shop', [alb('shop'), accelerator('ga', [balancerArn('shop')])], 'PASS: behind accelerator ga'],
		[
			'one behind an accelerator that gives it nothing',
			'shop',
			[alb('shop'), accelerator('ga', [{endpointId: balancerArn('shop'), weight: 0}])],
			`FAIL LOW: ${noFront}`,
		],
		[
			'one behind a distribution that is disabled',
			'shop',
			[alb('shop'), distribution('E1', [balancerDns('shop')], {enabled: false})],
			`FAIL LOW: ${noFront}`,
		],
		[
			'a Network Load Balancer by its address',
			'ingest',
			[nlb('ingest', {zones: [{addresses: [{allocationId: 'eipalloc-1'}]}]}), accelerator('ga', ['eipalloc-1'])],
			'PASS: behind accelerator ga',
		],
		['nothing in front', 'shop', [alb('shop')], `FAIL LOW: ${noFront}`],
		['distributions refused', 'shop', [alb('shop')], 'UNKNOWN: cloudfront:ListDistributions was denied', {cloudfront: denied}],
		[
			'distributions refused, an accelerator found',
			'shop',
			[alb('shop'), accelerator('ga', [balancerArn('shop')])],
			'PASS: behind accelerator ga',
			{cloudfront: denied},
		],
		[
			'an accelerator whose endpoints are refused',
			'shop',
			[alb('shop'), accelerator('ga', undefined, {}, {unread: {ListEndpointGroups: refusal('globalaccelerator:ListEndpointGroups')}})],
			'UNKNOWN: globalaccelerator:ListEndpointGroups was denied',
		],
		[
			'an origin in a zone whose records are refused',
			'shop',
			[
				alb('shop'),
				distribution('E1', ['origin.acme.com']),
				zone('acme.com', undefined, {unread: {ListResourceRecordSets: refusal('route53:ListResourceRecordSets')}}),
			],
			'UNKNOWN: route53:ListResourceRecordSets was denied',
		],
		[
			'an origin of which the zones are not read yet',
			'shop',
			[alb('shop'), distribution('E1', ['origin.acme.com'])],
			'UNKNOWN: route53:ListHostedZones has not been read yet',
			{route53: refusal('route53:ListHostedZones', 'pending')},
		],
		[
			'origins that need no zone, while zones are not read',
			'shop',
			[alb('shop'), distribution('E1', [balancerDns('api')])],
			`FAIL LOW: ${noFront}`,
			{route53: refusal('route53:ListHostedZones', 'pending')},
		],
		[
			'an edge-optimised API',
			'api1/prod',
			restApi('api1', 'EDGE'),
			'PASS: edge-optimised: AWS’s own distribution stands in front, which takes no web ACL of yours',
		],
		[
			'a Regional API behind a distribution',
			'api1/prod',
			[...restApi('api1', 'REGIONAL'), distribution('E1', [apiHost('api1')])],
			'PASS: behind distribution E1',
		],
		[
			'by its custom name',
			'api1/prod',
			[...restApi('api1', 'REGIONAL'), domainName('api.acme.com', 'api1'), distribution('E1', ['api.acme.com'])],
			'PASS: behind distribution E1',
		],
		['a Regional API by itself', 'api1/prod', restApi('api1', 'REGIONAL'), `FAIL LOW: ${noFront}`],
		[
			'a name that a distribution asks, and of which the mappings are refused',
			'api1/prod',
			[
				...restApi('api1', 'REGIONAL'),
				domainName('api.acme.com', undefined, {}, {unread: {GetBasePathMappings: refusal('apigateway:GET')}}),
				distribution('E1', ['api.acme.com']),
			],
			'UNKNOWN: apigateway:GET was denied',
		],
		[
			'the same name, which no distribution asks',
			'api1/prod',
			[...restApi('api1', 'REGIONAL'), domainName('api.acme.com', undefined)],
			`FAIL LOW: ${noFront}`,
		],
		[
			'custom names refused',
			'api1/prod',
			restApi('api1', 'REGIONAL', {}, {}, {unread: {GetDomainNames: refusal('apigateway:GET')}}),
			'UNKNOWN: apigateway:GET was denied',
		],
		[
			'an HTTP API behind a name that may be its own',
			'http1/$default',
			[...httpApi(true), domainName('m.acme.com', ''), distribution('E1', ['m.acme.com'])],
			'UNKNOWN: where m.acme.com leads is not read',
		],
		['an HTTP API by itself', 'http1/$default', httpApi(false), `FAIL LOW: ${noFront}`],
		[
			'an instance that an origin names by its address',
			'bastion',
			[onInstance, distribution('E1', ['ec2-203-0-113-25.eu-west-1.compute.amazonaws.com'])],
			'PASS: behind distribution E1',
		],
		['an instance behind an accelerator', 'bastion', [onInstance, accelerator('ga', ['i-1'])], 'PASS: behind accelerator ga'],
		[
			'an instance, and an origin that may have its address',
			'bastion',
			[onInstance, distribution('E1', ['origin.acme.com']), zone('acme.com', [])],
			'UNKNOWN: whether the origin origin.acme.com of E1 leads to it is not kept',
		],
		[
			'an instance, and an origin that may have its address by way of another name',
			'bastion',
			[
				onInstance,
				distribution('E1', ['origin.acme.com']),
				zone('acme.com', [], {}, {links: [{name: 'origin.acme.com', target: 'host.acme.com'}]}),
			],
			'UNKNOWN: whether the origin origin.acme.com of E1 leads to it is not kept',
		],
	]);
});

describe('BP3: Route 53 leads to it', () => {
	const acme = (...entries: Parameters<typeof zone>[1] & object) => zone('acme.com', entries);
	const refusedZone = zone('acme.dev', undefined, {unread: {ListResourceRecordSets: refusal('route53:ListResourceRecordSets')}});
	table('bp3', [
		['by a record', 'shop', [alb('shop'), acme(record('shop.acme.com', balancerDns('shop')))], 'PASS: shop.acme.com leads to it'],
		[
			'by what stands in front',
			'shop',
			[alb('shop'), distribution('E1', [balancerDns('shop')]), acme(record('shop.acme.com', 'E1.cloudfront.net'))],
			'PASS: shop.acme.com leads to it by distribution E1',
		],
		['by way of another name', 'shop', [alb('shop'), chained], 'PASS: lb.acme.com, origin.acme.com lead to it'],
		[
			'an alias that leads on to a zone that was refused',
			'E1',
			[
				distribution('E1', [], {aliases: ['www.acme.com']}),
				zone('acme.com', [], {}, {links: [{name: 'www.acme.com', target: 'www.acme.dev'}]}),
				refusedZone,
			],
			'UNKNOWN: route53:ListResourceRecordSets was denied',
		],
		[
			'a zone of which some ways to other names are not kept',
			'shop',
			[alb('shop'), zone('acme.com', [], {}, {moreLinks: 7})],
			'UNKNOWN: of the zone acme.com 7 more names lead to other names than are kept',
		],
		['by none', 'shop', [alb('shop'), acme()], 'FAIL INFORMATIONAL: no record in a public zone of this account leads to it'],
		['zones refused', 'shop', [alb('shop')], 'UNKNOWN: route53:ListHostedZones was denied', {route53: refusal('route53:ListHostedZones')}],
		['one zone refused', 'shop', [alb('shop'), acme(), refusedZone], 'UNKNOWN: route53:ListResourceRecordSets was denied'],
		[
			'one zone refused, which matters to no alias',
			'E1',
			[distribution('E1', [], {aliases: ['www.acme.com']}), acme(), refusedZone],
			'FAIL INFORMATIONAL: no record in a public zone of this account leads to it',
		],
		[
			'one zone refused, of an alias',
			'E1',
			[distribution('E1', [], {aliases: ['www.acme.dev']}), acme(), refusedZone],
			'UNKNOWN: route53:ListResourceRecordSets was denied',
		],
		[
			'a zone of which some records are not kept',
			'shop',
			[alb('shop'), zone('acme.com', [], {}, {moreEntries: 7})],
			'UNKNOWN: of the zone acme.com 7 more records lead to AWS than are kept',
		],
		[
			'a distribution without a name of its own',
			'E1',
			[distribution('E1', [])],
			'NOT_APPLICABLE: has no domain name of its own: it is asked for by a name that AWS answers',
		],
		[
			'an API by its custom name',
			'api1/prod',
			[
				...restApi('api1', 'REGIONAL'),
				domainName('api.acme.com', 'api1'),
				acme(record('api.acme.com', `d-api.acme.com.execute-api.${awsRegion}.amazonaws.com`)),
			],
			'PASS: api.acme.com leads to it',
		],
		[
			'an API without one',
			'api1/prod',
			restApi('api1', 'REGIONAL'),
			'NOT_APPLICABLE: has no domain name of its own: it is asked for by a name that AWS answers',
		],
		[
			'an accelerator',
			'ga',
			[accelerator('ga', ['i-1']), acme(record('ga.acme.com', 'ga.awsglobalaccelerator.com'))],
			'PASS: ga.acme.com leads to it',
		],
		['an address', 'bastion', [onInstance], 'NOT_APPLICABLE: an address: records by address alone are not kept'],
	]);
});
