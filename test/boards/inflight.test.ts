import {describe, expect, test} from 'vitest';
import {inflight} from '../../source/boards/inflight/index.js';
import type {Joined, ResourceEntry} from '../../source/model/index.js';
import type {DomainName} from '../../source/services/apigateway/rules/domain-name.js';
import type {LoadBalancer} from '../../source/services/elbv2/rules/load-balancer.js';
import type {Accelerator} from '../../source/services/globalaccelerator/rules/accelerator.js';
import {
	accelerator,
	accountId,
	api,
	balancer,
	balancerArn,
	balancerHost,
	bucket,
	certificate,
	certificateArn,
	denied,
	distribution,
	domain,
	edge,
	fails,
	type Gaps,
	home,
	http,
	https,
	joined,
	leads,
	listener,
	origin,
	rest,
	rowOf,
	rowsOf,
	targets,
	tcp,
	valid,
	withListeners,
	zone,
} from './inflight-made.js';

// A truth table of entry points, certificates and refusals.

type Case = readonly [
	what: string,
	entries: readonly Joined[],
	verdict: string,
	reason: string,
	severity?: string | undefined,
	gaps?: Gaps,
];

/** With what each is about in front, for titles. */
const named = (cases: readonly Case[]) => cases.map(one => [one[0], one] as const);

const expectAnswer = (rule: string, [, entries, verdict, reason, severity, gaps]: Case): void => {
	const judgement = rowOf(entries, gaps).judgements.find(({ruleId}) => ruleId === `inflight-entry-${rule}`);
	expect([judgement?.verdict, judgement?.reason]).toEqual([verdict, expect.stringContaining(reason)]);
	if (severity !== undefined) {
		expect(judgement?.severity).toBe(severity);
	}
};

const www = certificate('www.acme.com');
const further = certificateArn('shop.acme.com');

describe('every way in is encrypted', () => {
	const cases: readonly Case[] = [
		['an ALB of HTTPS', withListeners([https()]), 'PASS', 'takes HTTPS 443 alone'],
		['one that redirects', withListeners([http('PASS', ''), https()]), 'PASS', 'HTTPS 443 encrypted, HTTP 80 redirected to HTTPS'],
		[
			'one that answers in the clear',
			withListeners([http('FAIL', 'over plain HTTP the default rule forwards to web', {severity: 'HIGH'}), https()]),
			'FAIL',
			'lets in HTTP 80 (over plain HTTP the default rule forwards to web)',
			'HIGH',
		],
		[
			'whose rules were not read',
			withListeners([http('UNKNOWN', 'elasticloadbalancing:DescribeRules was denied'), https()]),
			'UNKNOWN',
			'whether HTTP 80 is in the clear could not be told: elasticloadbalancing:DescribeRules was denied',
		],
		[
			'in the clear on one port, unread on another: a failure all the same',
			withListeners([http('UNKNOWN', 'not read'), tcp(1883, 'FAIL', 'TCP on 1883 goes unencrypted')]),
			'FAIL',
			'TCP 1883',
			'MEDIUM',
		],
		['without listeners', withListeners([]), 'NOT_APPLICABLE', 'has no listeners'],
		[
			'whose listeners could not be listed',
			[
				joined<LoadBalancer>(
					'AWS::ElasticLoadBalancingV2::LoadBalancer',
					balancerArn,
					{type: 'application', securityGroupIds: []},
					{unread: {DescribeListeners: denied('elasticloadbalancing:DescribeListeners')}},
				),
			],
			'UNKNOWN',
			'elasticloadbalancing:DescribeListeners was denied',
		],
		['of which one listener is missing', [balancer({listeners: [{arn: 'x'}, {arn: 'y'}]}), https()], 'UNKNOWN', 'not all of its listeners'],
		[
			'an NLB that passes on',
			withListeners([tcp(443, 'NOT_APPLICABLE', 'passed through')], {type: 'network'}),
			'NOT_APPLICABLE',
			'TCP 443: passed on as it comes',
		],
		[
			'an NLB that ends TLS and passes on',
			withListeners([https({protocol: 'TLS'}), tcp(5432, 'NOT_APPLICABLE', 'passed through')], {type: 'network'}),
			'PASS',
			'TLS 443 encrypted; TCP 5432 is passed on as it comes',
		],
		['a rule of the listener that is turned off', withListeners([listener('HTTP', 80)]), 'UNKNOWN', 'is turned off'],
		['a distribution that redirects', [distribution()], 'PASS', '* redirected to HTTPS'],
		[
			'a distribution that allows HTTP for a path',
			[
				distribution({
					behaviors: [
						{pathPattern: '/feed/*', viewerProtocolPolicy: 'allow-all'},
						{pathPattern: '*', viewerProtocolPolicy: 'https-only'},
					],
				}),
			],
			'FAIL',
			'lets in /feed/* (its behaviour allows plain HTTP)',
			'MEDIUM',
		],
		[
			'a policy of tomorrow',
			[distribution({behaviors: [{pathPattern: '*', viewerProtocolPolicy: 'quantum-only'}]})],
			'UNKNOWN',
			'quantum-only is not known to this version',
		],
		['an API domain', [domain()], 'PASS', 'takes HTTPS alone'],
		['a REST API', [rest()], 'PASS', 'takes HTTPS alone'],
		['a WebSocket API', [api({protocol: 'WEBSOCKET'})], 'PASS', 'takes WSS alone'],
		['a bucket that denies plain HTTP', [bucket('PASS', 'denied')], 'PASS', 'takes HTTPS alone'],
		['a bucket that does not', [bucket('FAIL', 'it has no policy')], 'FAIL', 'lets in HTTP (it has no policy)', 'MEDIUM'],
		[
			'a bucket with a website',
			[bucket('FAIL', 'it has no policy'), zone('acme.com', [leads('www.acme.com', 's3-website-eu-west-1.amazonaws.com', 'S3 website')])],
			'FAIL',
			'website (www.acme.com leads to its website, which speaks nothing else)',
		],
		[
			'a bucket with a website, by way of another name',
			[
				bucket('FAIL', 'it has no policy'),
				zone('acme.com', [leads('acme.com', 's3-website-eu-west-1.amazonaws.com', 'S3 website')], {
					links: [{name: 'www.acme.com', target: 'acme.com'}],
				}),
			],
			'FAIL',
			'website (www.acme.com leads to its website, which speaks nothing else)',
		],
		[
			'a bucket whose policy was not read',
			[bucket('UNKNOWN', 's3:GetBucketPolicy was denied', {GetBucketPolicy: denied('s3:GetBucketPolicy')})],
			'UNKNOWN',
			's3:GetBucketPolicy was denied',
		],
	];
	test.each(named(cases))('%s', (_, one) => expectAnswer('encrypted', one));
});

describe('the certificates that are shown are sound', () => {
	const shown = (...certificates: readonly Joined[]): readonly Joined[] => [...withListeners([https()]), ...certificates];
	const cases: readonly Case[] = [
		['valid', shown(www), 'PASS', 'www.acme.com: valid for another 138 days'],
		[
			'near its end',
			shown(certificate('www.acme.com', {}, {judged: [valid, fails('imported-replaced', 'CRITICAL', 'expires in 6 days, imported')]})),
			'FAIL',
			'www.acme.com: expires in 6 days, imported',
			'CRITICAL',
		],
		[
			'its renewal stuck',
			shown(certificate('www.acme.com', {}, {judged: [fails('renewing', 'HIGH', 'renewal stuck: it waits for a record'), valid]})),
			'FAIL',
			'renewal stuck: it waits for a record',
			'HIGH',
		],
		[
			'more than one trouble: the worst',
			shown(
				certificate(
					'www.acme.com',
					{},
					{judged: [fails('key-strong', 'HIGH', 'weak key'), fails('valid', 'CRITICAL', 'expired 3 days ago')]},
				),
			),
			'FAIL',
			'expired 3 days ago',
			'CRITICAL',
		],
		[
			'trouble that clients do not notice',
			shown(certificate('www.acme.com', {}, {judged: [valid, fails('dns-validated', 'LOW', 'validated by e-mail')]})),
			'PASS',
			'valid',
		],
		[
			'ended, where somebody else sees to it',
			shown(
				certificate(
					'www.acme.com',
					{notAfter: '2026-11-20T12:00:00.000Z'},
					{judged: [{ruleId: 'acm-certificate-valid', verdict: 'NOT_APPLICABLE', reason: 'an ACME client holds its key'}]},
				),
			),
			'FAIL',
			'expired 3 days ago',
			'CRITICAL',
		],
		['never issued', shown(certificate('www.acme.com', {status: 'FAILED'}, {judged: []})), 'FAIL', 'not issued (FAILED)', 'MEDIUM'],
		[
			'what its own panel cannot tell',
			shown(
				certificate(
					'www.acme.com',
					{},
					{
						judged: [{...valid, verdict: 'UNKNOWN', reason: 'SearchCertificates did not tell its status'}],
						unread: {DescribeCertificate: denied('acm:DescribeCertificate')},
					},
				),
			),
			'UNKNOWN',
			'www.acme.com: SearchCertificates did not tell its status; acm:DescribeCertificate was denied',
		],
		['its rules turned off', shown(certificate('www.acme.com', {}, {judged: []})), 'UNKNOWN', 'are turned off'],
		['not in ACM', shown(), 'FAIL', `www.acme.com: not among the certificates that ACM has in ${home}`, 'MEDIUM'],
		[
			'ACM not read',
			shown(),
			'UNKNOWN',
			'acm:SearchCertificates was denied',
			undefined,
			{
				'acm:SearchCertificates': denied('acm:SearchCertificates'),
				'acm:ListCertificates': denied('acm:ListCertificates'),
			},
		],
		[
			'ACM not read in another Region',
			shown(www),
			'PASS',
			'valid',
			undefined,
			{
				'acm:SearchCertificates us-east-1': denied('acm:SearchCertificates'),
				'acm:ListCertificates us-east-1': denied('acm:ListCertificates'),
			},
		],
		[
			'the search refused, the listing whole',
			shown(),
			'FAIL',
			'not among the certificates',
			undefined,
			{'acm:SearchCertificates': denied('acm:SearchCertificates')},
		],
		['of IAM', withListeners([https({certificateArn: `arn:aws:iam::${accountId}:server-certificate/old`})]), 'UNKNOWN', 'old: kept by IAM'],
		[
			'of another account',
			withListeners([https({certificateArn: certificateArn('www.acme.com').replace(accountId, '999988887777')})]),
			'UNKNOWN',
			'of the account 999988887777, which is not read',
		],
		[
			'one by name in trouble beside a sound one',
			[
				...withListeners([https({furtherCertificateArns: [further]})]),
				www,
				certificate('shop.acme.com', {}, {judged: [fails('valid', 'CRITICAL', 'expired')]}),
			],
			'FAIL',
			'shop.acme.com: expired',
		],
		[
			'two in order',
			[...withListeners([https({furtherCertificateArns: [further]})]), www, certificate('shop.acme.com')],
			'PASS',
			'2 certificates in order: www.acme.com, shop.acme.com',
		],
		[
			'those by name not read',
			[
				balancer({listeners: [{arn: 'x'}]}),
				listener(
					'HTTPS',
					443,
					{certificateArn: certificateArn('www.acme.com')},
					{unread: {DescribeListenerCertificates: denied('elasticloadbalancing:DescribeListenerCertificates')}},
				),
				www,
			],
			'UNKNOWN',
			'elasticloadbalancing:DescribeListenerCertificates was denied',
		],
		['an ALB of HTTP', withListeners([http('FAIL', '')]), 'NOT_APPLICABLE', 'ends no TLS'],
		['a distribution’s', [distribution(), edge], 'PASS', 'www.acme.com: valid'],
		[
			'a distribution’s in the wrong Region',
			[
				distribution({viewerCertificate: {isDefault: false, acmCertificateArn: certificateArn('www.acme.com')}}),
				certificate('www.acme.com'),
			],
			'FAIL',
			`lies in ${home}, but only those of us-east-1 are taken`,
			'HIGH',
		],
		['CloudFront’s own', [distribution({viewerCertificate: {isDefault: true}})], 'NOT_APPLICABLE', 'shows *.cloudfront.net, AWS’s own'],
		[
			'a distribution’s of IAM',
			[distribution({viewerCertificate: {isDefault: false, iamCertificateId: 'ASCA1'}})],
			'UNKNOWN',
			'ASCA1: kept by IAM',
		],
		['of tenants', [distribution({connectionMode: 'tenant-only'})], 'NOT_APPLICABLE', 'multi-tenant'],
		['an API domain’s', [domain(), certificate('api.acme.com')], 'PASS', 'api.acme.com: valid'],
		[
			'an edge-optimised API domain’s in us-east-1',
			[domain({endpointTypes: ['EDGE'], certificateArn: certificateArn('www.acme.com', 'us-east-1')}), edge],
			'PASS',
			'www.acme.com: valid',
		],
		[
			'an edge-optimised API domain’s elsewhere',
			[domain({endpointTypes: ['EDGE'], certificateArn: certificateArn('www.acme.com')}), www],
			'FAIL',
			'only those of us-east-1 are taken',
		],
		[
			'uploaded to API Gateway',
			[
				joined<DomainName>('AWS::ApiGateway::DomainName', 'arn:aws:apigateway:::/domainnames/a', {
					endpointTypes: ['EDGE'],
					certificateName: 'erp-2019',
					mutualTls: null,
					policy: null,
				}),
			],
			'UNKNOWN',
			'erp-2019: kept by API Gateway',
		],
		['a default endpoint’s', [rest()], 'NOT_APPLICABLE', `*.execute-api.${home}.amazonaws.com, AWS’s own`],
		['a bucket’s', [bucket('PASS', '')], 'NOT_APPLICABLE', `*.s3.${home}.amazonaws.com, AWS’s own`],
	];
	test.each(named(cases))('%s', (_, one) => expectAnswer('certificate-sound', one));
});

describe('the certificates speak for the names', () => {
	const alb = withListeners([https()]);
	const behind = (endpointId: string): Accelerator['listeners'] => [
		{arn: 'l', ports: ['443'], groups: [{arn: 'g', endpoints: [{endpointId}]}]},
	];
	const fixed = zone('acme.com', [leads('fixed.acme.com', 'a1.awsglobalaccelerator.com', 'accelerator')]);
	const cases: readonly Case[] = [
		['its own', [...alb, www, zone('acme.com', [leads('WWW.acme.com', balancerHost)])], 'PASS', 'www.acme.com is covered'],
		[
			'another',
			[...alb, www, zone('acme.com', [leads('www.acme.com', balancerHost), leads('shop.acme.com', balancerHost)])],
			'FAIL',
			'shop.acme.com leads here, and the certificate speaks for www.acme.com alone',
			'MEDIUM',
		],
		[
			'one label of a wildcard',
			[
				...alb,
				certificate('www.acme.com', {domainName: '*.acme.com', subjectAlternativeNames: []}),
				zone('acme.com', [leads('shop.acme.com', balancerHost)]),
			],
			'PASS',
			'shop.acme.com is covered',
		],
		[
			'the parent of a wildcard',
			[
				...alb,
				certificate('www.acme.com', {domainName: '*.acme.com', subjectAlternativeNames: []}),
				zone('acme.com', [leads('acme.com', balancerHost)]),
			],
			'FAIL',
			'acme.com leads here',
		],
		[
			'two labels of a wildcard',
			[
				...alb,
				certificate('www.acme.com', {domainName: '*.acme.com', subjectAlternativeNames: []}),
				zone('acme.com', [leads('a.b.acme.com', balancerHost)]),
			],
			'FAIL',
			'a.b.acme.com leads here',
		],
		[
			'a wildcard of its own',
			[
				...alb,
				certificate('www.acme.com', {domainName: '*.acme.com', subjectAlternativeNames: []}),
				zone('acme.com', [leads('*.acme.com', balancerHost)]),
			],
			'PASS',
			'*.acme.com is covered',
		],
		[
			'by a further certificate',
			[
				...withListeners([https({furtherCertificateArns: [further]})]),
				www,
				certificate('shop.acme.com'),
				zone('acme.com', [leads('shop.acme.com', balancerHost)]),
			],
			'PASS',
			'shop.acme.com is covered',
		],
		[
			'by one whose names are not known',
			[
				...alb,
				certificate('www.acme.com', {
					listedBy: 'ListCertificates',
					subjectAlternativeNames: Array.from({length: 100}, (_, n) => `h${n}.acme.com`),
				}),
				zone('acme.com', [leads('x.acme.com', balancerHost)]),
			],
			'UNKNOWN',
			'whether a certificate speaks for x.acme.com could not be told',
		],
		['none', [...alb, www, zone('acme.com', [])], 'NOT_APPLICABLE', 'no name of a public zone'],
		[
			'an ALB of HTTP',
			[...withListeners([http('FAIL', '')]), zone('acme.com', [leads('a.acme.com', balancerHost)])],
			'NOT_APPLICABLE',
			'ends no TLS',
		],
		[
			'covered ones, and a zone that could not be read',
			[
				...alb,
				www,
				zone('acme.com', [leads('www.acme.com', balancerHost)]),
				zone('labs.dev', undefined, {}, {ListResourceRecordSets: denied('route53:ListResourceRecordSets')}),
			],
			'UNKNOWN',
			'www.acme.com is covered; where the names of the zone labs.dev lead could not be read: route53:ListResourceRecordSets was denied',
		],
		[
			'uncovered ones, and a zone that could not be read: a failure all the same',
			[...alb, www, zone('acme.com', [leads('a.acme.com', balancerHost)]), zone('labs.dev', undefined)],
			'FAIL',
			'a.acme.com leads here',
		],
		['a private zone is not read', [...alb, www, zone('acme.internal', undefined, {isPrivate: true})], 'NOT_APPLICABLE', 'no name'],
		['more records than are kept', [...alb, www, zone('acme.com', [], {moreEntries: 7})], 'UNKNOWN', 'has 7 more records'],
		[
			'Route 53 not read',
			[...alb, www],
			'UNKNOWN',
			'route53:ListHostedZones was denied',
			undefined,
			{'route53:ListHostedZones': denied('route53:ListHostedZones')},
		],
		[
			'by way of another name',
			[
				...alb,
				certificate('lb.acme.com', {}, {arn: certificateArn('www.acme.com')}),
				zone('acme.com', [leads('lb.acme.com', balancerHost)], {links: [{name: 'origin.acme.com', target: 'lb.acme.com'}]}),
			],
			'FAIL',
			'origin.acme.com leads here, and the certificate speaks for lb.acme.com alone',
		],
		[
			'by way of another name, of more than are kept',
			[...alb, www, zone('acme.com', [], {moreLinks: 3})],
			'UNKNOWN',
			'has 3 more records than are kept',
		],
		[
			'by way of another name and an accelerator',
			[
				...alb,
				www,
				fixed,
				accelerator(behind(balancerArn)),
				zone('acme.net', [], {links: [{name: 'shop.acme.net', target: 'fixed.acme.com'}]}),
			],
			'FAIL',
			'fixed.acme.com, shop.acme.net lead here',
		],
		['through an accelerator', [...alb, www, fixed, accelerator(behind(balancerArn))], 'FAIL', 'fixed.acme.com leads here'],
		['through one that leads elsewhere', [...alb, www, fixed, accelerator(behind('eipalloc-1'))], 'NOT_APPLICABLE', 'no name'],
		['through one that is disabled', [...alb, www, fixed, accelerator(behind(balancerArn), {enabled: false})], 'NOT_APPLICABLE', 'no name'],
		[
			'through one whose endpoints could not be read',
			[...alb, www, fixed, accelerator(undefined, {}, {ListEndpointGroups: denied('globalaccelerator:ListEndpointGroups')})],
			'UNKNOWN',
			'whether the accelerator fixed leads here could not be read: globalaccelerator:ListEndpointGroups was denied',
		],
		[
			'through accelerators that could not be listed',
			[...alb, www, fixed],
			'UNKNOWN',
			'globalaccelerator:ListAccelerators was denied',
			undefined,
			{'globalaccelerator:ListAccelerators': denied('globalaccelerator:ListAccelerators')},
		],
		['aliases of a distribution', [distribution(), edge], 'PASS', 'www.acme.com is covered'],
		['an alias that is not covered', [distribution({aliases: ['www.acme.com', 'acme.com']}), edge], 'FAIL', 'acme.com leads here'],
		[
			'a record that leads to CloudFront’s own certificate',
			[
				distribution({aliases: [], viewerCertificate: {isDefault: true}}),
				zone('acme.com', [leads('promo.acme.com', 'd1.cloudfront.net', 'CloudFront')]),
			],
			'FAIL',
			'promo.acme.com leads here, and the certificate speaks for *.cloudfront.net alone',
		],
		[
			'of an API domain, whatever Route 53 says',
			[domain(), certificate('api.acme.com'), zone('labs.dev', undefined)],
			'PASS',
			'api.acme.com is covered',
		],
		[
			'of an API domain with another’s certificate',
			[domain({regionalCertificateArn: certificateArn('www.acme.com')}), www],
			'FAIL',
			'api.acme.com leads here',
		],
		['of a default endpoint', [rest()], 'NOT_APPLICABLE', 'reached by the names that AWS gave it'],
	];
	test.each(named(cases))('%s', (_, one) => expectAnswer('names-covered', one));
});

describe('what was decrypted goes on encrypted', () => {
	const to = (by: string | undefined) => withListeners([https()], {targetProtocols: by === undefined ? {} : {[targets]: by}});
	const last = (entries: readonly Joined[], gaps?: Gaps): ResourceEntry | undefined => rowsOf(entries, gaps).at(-1);
	const cases: readonly Case[] = [
		['to HTTPS targets', to('HTTPS'), 'PASS', 'goes on encrypted to web'],
		['to HTTP targets', to('HTTP'), 'FAIL', 'goes on by HTTP to the target group web', 'LOW'],
		['to a function', to('lambda'), 'PASS', 'goes on encrypted to web'],
		['to targets that were not told', to(undefined), 'UNKNOWN', 'how web is spoken to was not told'],
		['by a protocol of tomorrow', to('HTTP9'), 'UNKNOWN', 'HTTP9'],
		['to nothing', withListeners([https()], {targetGroupArns: []}), 'NOT_APPLICABLE', 'forwards to no targets'],
		['nothing is decrypted', withListeners([http('FAIL', '')]), 'NOT_APPLICABLE', 'ends no TLS'],
		[
			'a TLS listener of an NLB to TCP',
			withListeners([https({protocol: 'TLS'})], {type: 'network', targetProtocols: {[targets]: 'TCP'}}),
			'FAIL',
			'goes on by TCP',
		],
		[
			'a TLS listener of an NLB to TLS',
			withListeners([https({protocol: 'TLS'})], {type: 'network', targetProtocols: {[targets]: 'TLS'}}),
			'PASS',
			'encrypted',
		],
		['an origin by HTTPS', [distribution()], 'PASS', 'goes on encrypted to origin.example'],
		[
			'an origin by HTTP',
			[distribution({origins: [origin('origin.example', 'http-only')]})],
			'FAIL',
			'HTTP to origin.example, over public addresses',
			'MEDIUM',
		],
		[
			'an origin as viewers came, who came by HTTPS',
			[distribution({origins: [origin('origin.example', 'match-viewer')]})],
			'PASS',
			'encrypted',
		],
		[
			'an origin as viewers came, who may come by HTTP, through a group',
			[
				distribution({
					origins: [origin('origin.example', 'match-viewer')],
					originGroups: [{id: 'both', originIds: ['origin.example']}],
					behaviors: [{pathPattern: '*', targetOriginId: 'both', viewerProtocolPolicy: 'allow-all'}],
				}),
			],
			'FAIL',
			'HTTP to origin.example',
		],
		[
			'a VPC origin',
			[distribution({origins: [origin('inner.example', undefined, 'vpc')]})],
			'UNKNOWN',
			'stands in the VPC origin, which is not read',
		],
		[
			'a bucket asked as viewers came',
			[distribution({origins: [origin('b.s3.amazonaws.com', undefined, 's3')]})],
			'PASS',
			'b.s3.amazonaws.com',
		],
		['an origin policy of tomorrow', [distribution({origins: [origin('origin.example', 'quantum')]})], 'UNKNOWN', 'quantum'],
		['a bucket', [bucket('PASS', '')], 'NOT_APPLICABLE', 'S3 keeps'],
		['an API', [rest()], 'NOT_APPLICABLE', 'integrations'],
	];
	test.each(named(cases))('%s', (_, one) => expectAnswer('path-encrypted', one));

	const front = (domainName: string): Joined => distribution({origins: [origin(domainName, 'https-only')]});
	const beyond: readonly Case[] = [
		['a load balancer with HTTP behind it', [...to('HTTP'), front(balancerHost)], 'FAIL', 'goes on by HTTP to the target group web', 'LOW'],
		['one with HTTPS behind it', [...to('HTTPS'), front(balancerHost)], 'PASS', 'goes on encrypted to'],
		[
			'one by a name of the account’s own',
			[...to('HTTP'), front('origin.acme.com'), zone('acme.com', [leads('origin.acme.com', balancerHost)])],
			'FAIL',
			'the target group web',
		],
		[
			'one by way of two names',
			[
				...to('HTTP'),
				front('origin.acme.com'),
				zone('acme.com', [leads('lb.acme.com', balancerHost)], {links: [{name: 'origin.acme.com', target: 'lb.acme.com'}]}),
			],
			'FAIL',
			'the target group web',
		],
		[
			'one by a wildcard',
			[...to('HTTP'), front('a.acme.com'), zone('acme.com', [leads('*.acme.com', balancerHost)])],
			'FAIL',
			'the target group web',
		],
		[
			'a name that leads on to a zone that could not be read',
			[front('a.acme.com'), zone('acme.com', [], {links: [{name: 'a.acme.com', target: 'b.labs.dev'}]}), zone('labs.dev', undefined)],
			'UNKNOWN',
			'the zone labs.dev',
		],
		[
			'one that could not be listed',
			[front(balancerHost)],
			'UNKNOWN',
			'elasticloadbalancing:DescribeLoadBalancers was denied',
			undefined,
			{[`elbv2:DescribeLoadBalancers ${home}`]: denied('elasticloadbalancing:DescribeLoadBalancers')},
		],
		[
			'a network load balancer that could not be listed',
			[front(`pos-1.elb.${home}.amazonaws.com`)],
			'UNKNOWN',
			'DescribeLoadBalancers was denied',
			undefined,
			{[`elbv2:DescribeLoadBalancers ${home}`]: denied('elasticloadbalancing:DescribeLoadBalancers')},
		],
		['somebody else’s', [front('other-1.us-east-1.elb.amazonaws.com')], 'PASS', 'goes on encrypted to other-1'],
		['a name in a zone that could not be read', [front('a.labs.dev'), zone('labs.dev', undefined)], 'UNKNOWN', 'the zone labs.dev'],
		['a name outside the zone that could not be read', [front('a.acme.com'), zone('labs.dev', undefined)], 'PASS', 'a.acme.com'],
	];
	test.each(named(beyond))('behind a distribution: %s', (_, [, entries, verdict, reason, severity, gaps]) => {
		const judgement = last(entries, gaps)?.judgements.find(({ruleId}) => ruleId === 'inflight-entry-path-encrypted');
		expect([judgement?.verdict, judgement?.reason]).toEqual([verdict, expect.stringContaining(reason)]);
		expect(judgement?.severity).toBe(severity ?? 'LOW');
	});
});

describe('a row', () => {
	const cellsOf = (entries: readonly Joined[], gaps?: Gaps) => {
		const titles = inflight.kinds[0]?.columns.map(({title}) => title) ?? [];
		const {cells, resource} = rowOf(entries, gaps);
		return {...Object.fromEntries(titles.map((title, index) => [title, cells[index]])), unread: Object.keys(resource.unread)};
	};

	test('says in a line what comes in, by what, and how it goes on', () => {
		expect(cellsOf([...withListeners([http('PASS', ''), https()], {targetProtocols: {[targets]: 'HTTP'}}), www])).toEqual({
			'In the clear': 'redirected',
			Certificate: 'www.acme.com',
			'It is': 'valid',
			'TLS from': 'TLS 1.2',
			Behind: 'HTTP to web',
			Type: 'ALB',
			'Open to': 'internet',
			Protocols: 'HTTP, HTTPS',
			unread: [],
		});
	});

	test('has a question mark in the cells that rest on what could not be read, and in no others', () => {
		const acmRefused = {
			'acm:SearchCertificates': denied('acm:SearchCertificates', {explicitDeny: true}),
			'acm:ListCertificates': denied('acm:ListCertificates'),
		};
		expect(cellsOf(withListeners([https()]), acmRefused)).toMatchObject({
			'In the clear': 'refused',
			Certificate: 'www.acme.com',
			'It is': '?',
			'TLS from': 'TLS 1.2',
			Behind: 'encrypted',
			unread: ['acm:SearchCertificates'],
		});
		const unread = {DescribeListeners: denied('elasticloadbalancing:DescribeListeners')};
		const told = {type: 'application', scheme: 'internal', securityGroupIds: []} satisfies LoadBalancer;
		expect(cellsOf([joined<LoadBalancer>('AWS::ElasticLoadBalancingV2::LoadBalancer', balancerArn, told, {unread})])).toEqual({
			'In the clear': '?',
			Certificate: '?',
			'It is': '?',
			'TLS from': '?',
			Behind: '?',
			Type: 'ALB',
			'Open to': 'VPC',
			Protocols: '?',
			unread: ['elasticloadbalancing:DescribeListeners'],
		});
	});

	test('shows no question mark where there is nothing to know', () => {
		expect(cellsOf(withListeners([tcp(443, 'NOT_APPLICABLE', 'passed')], {type: 'network'}))).toEqual({
			'In the clear': 'passed on',
			Certificate: undefined,
			'It is': undefined,
			'TLS from': undefined,
			Behind: undefined,
			Type: 'NLB',
			'Open to': 'internet',
			Protocols: 'TCP',
			unread: [],
		});
	});

	test('knows the oldest TLS of every policy', () => {
		const tlsOf = (entry: Joined) => rowOf([entry]).cells[3];
		const policies = {
			TLS_1_0: 'TLS 1.0',
			SecurityPolicy_TLS13_1_3_2025_09: 'TLS 1.3',
			SecurityPolicy_TLS13_1_2_PQ_2025_09: 'TLS 1.2',
			SecurityPolicy_TLS13_2025_EDGE: 'TLS 1.3',
			SecurityPolicy_TLS12_2018_EDGE: 'TLS 1.2',
			SecurityPolicy_QUIC: '?',
		};
		for (const [securityPolicy, oldest] of Object.entries(policies)) {
			expect([securityPolicy, tlsOf(domain({securityPolicy}))]).toEqual([securityPolicy, oldest]);
		}

		for (const [minimumProtocolVersion, oldest] of Object.entries({SSLv3: 'SSL 3.0', TLSv1_2016: 'TLS 1.0', 'TLSv1.3_2025': 'TLS 1.3'})) {
			expect(tlsOf(distribution({viewerCertificate: {isDefault: false, iamCertificateId: 'a', minimumProtocolVersion}}))).toBe(oldest);
		}

		expect(tlsOf(distribution({viewerCertificate: {isDefault: true, minimumProtocolVersion: 'TLSv1.2_2021'}}))).toBe('TLS 1.0');
	});

	test('is for what takes clients, and for nothing else', () => {
		const none = [
			balancer({type: 'gateway'}),
			distribution({enabled: false}),
			rest({defaultHostDisabled: true}),
			api({defaultHostDisabled: true}),
		];
		expect(rowsOf(none)).toEqual([]);
		expect(rowsOf([balancer(), distribution(), domain(), rest(), api(), bucket('PASS', '')]).map(({cells}) => cells[5])).toEqual([
			'ALB',
			'CloudFront',
			'API domain',
			'REST API',
			'HTTP API',
			'bucket',
		]);
	});

	test('shows when the certificates end that it shows', () => {
		const ends = [{what: 'certificate', at: '2026-11-29T12:00:00.000Z'}];
		expect(rowOf([...withListeners([https()]), certificate('www.acme.com', {}, {ends})]).expirations).toEqual(ends);
	});
});

test.each((inflight.kinds[0]?.rules ?? []).map(({id, remediation: {cli = ''}}) => [id, cli] as const))(
	'the command of %s is read by no shell as anything else, and names no Region of what lies in none',
	(_, cli) => {
		expect(cli.replaceAll(/'[^']*'/gu, '')).not.toMatch(/[[\]{}*?$&|;<>()!#~]/u);
	},
);
