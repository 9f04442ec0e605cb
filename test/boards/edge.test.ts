import {describe, expect, test} from 'vitest';
import {edge} from '../../source/boards/edge/index.js';
import type {Resource} from '../../source/model/index.js';
import {httpApi, restApi} from './edge/api-pieces.js';
import {
	accelerator,
	address,
	alb,
	awsRegion,
	balancerArn,
	balancerDns,
	behindEdge,
	closed,
	distribution,
	edgeAcl,
	nlb,
	onInstance,
	open,
	rateRule,
	refusal,
	scalingGroup,
	webAcl,
} from './edge/pieces.js';
import {rowsOf} from './edge/table.js';

describe('what has a row', () => {
	const names = (...resources: readonly Resource[]) => [...rowsOf(resources).keys()];
	const cases: ReadonlyArray<readonly [string, readonly Resource[], readonly string[]]> = [
		[
			'a load balancer that faces the internet, and none that is internal or a gateway',
			[alb('shop'), alb('hr', {scheme: 'internal'}), alb('fw', {type: 'gateway'})],
			['shop'],
		],
		['a distribution, unless it is disabled', [distribution('E1', []), distribution('E2', [], {enabled: false})], ['E1']],
		[
			'an accelerator before a load balancer without a row',
			[accelerator('ga', [balancerArn('hr')]), alb('hr', {scheme: 'internal'})],
			['ga'],
		],
		[
			'an accelerator before a load balancer with a row and one without',
			[accelerator('ga', [balancerArn('shop'), balancerArn('hr')]), alb('shop'), alb('hr', {scheme: 'internal'})],
			['ga', 'shop'],
		],
		[
			'an accelerator before a load balancer with a row and an instance',
			[accelerator('ga', [balancerArn('shop'), 'i-1']), alb('shop')],
			['ga', 'shop'],
		],
		[
			'no accelerator before a Network Load Balancer that has a row and one of its addresses',
			[
				accelerator('ga', [balancerArn('ingest', 'net'), 'eipalloc-1']),
				nlb('ingest', {zones: [{addresses: [{allocationId: 'eipalloc-1'}]}]}),
			],
			['ingest'],
		],
		['no accelerator before a load balancer that has one', [accelerator('ga', [balancerArn('shop')]), alb('shop')], ['shop']],
		[
			'no accelerator that is disabled, leads nowhere, or of which nothing gets traffic',
			[accelerator('off', ['i-1'], {enabled: false}), accelerator('trial', []), accelerator('drained', [{endpointId: 'i-1', weight: 0}])],
			[],
		],
		['an accelerator of which it could not be read where it leads', [accelerator('ga', undefined)], ['ga']],
		[
			'a stage that the internet may call, and none of a private API',
			[...restApi('api1', 'REGIONAL'), ...restApi('api2', 'PRIVATE')],
			['api1/prod'],
		],
		[
			'an API of which the stages could not be read',
			[...restApi('api1', 'REGIONAL').slice(0, 1)].map(one => ({
				...one,
				configuration: {...(one.configuration as object), stages: undefined},
			})),
			['api1'],
		],
		['a stage of an HTTP API', httpApi(false), ['http1/$default']],
		[
			'an address on an instance, and none on a NAT gateway or on nothing',
			[onInstance, address({interfaceType: 'nat_gateway'}, 'eipalloc-2'), address({}, 'eipalloc-3')],
			['bastion'],
		],
		[
			'no address of a Network Load Balancer that has a row',
			[nlb('ingest', {zones: [{addresses: [{allocationId: 'eipalloc-1'}]}]}), address({serviceManaged: 'nlb'})],
			['ingest'],
		],
		['an address of a Network Load Balancer that is not listed', [address({loadBalancer: 'net/ingest/0123'})], ['bastion']],
	];
	test.each(cases)('%s', (_, resources, expected) => {
		expect(names(...resources)).toEqual(expected);
	});
});

describe('the row', () => {
	test('shows each practice in a word, and how many are met', () => {
		const [row] = rowsOf(
			[alb('shop'), closed('shop'), scalingGroup('shop'), distribution('E1', [balancerDns('shop')], behindEdge), edgeAcl],
			{route53: refusal('route53:ListHostedZones')},
		).values();
		expect(row?.cells).toEqual(['CloudFront', '2/2', 'yes', 'yes', '–', '–', '–', '–', '–', '?']);
		expect([...rowsOf([alb('shop'), open]).values()][0]?.cells).toEqual(['ALB', '1/6', 'no', 'no', 'no', '–', 'no', 'yes', 'no', '?']);
	});

	test('lacks exactly the permissions on which its unknown cells rest', () => {
		const gaps = {cloudfront: refusal('cloudfront:ListDistributions'), wafv2: refusal('wafv2:ListWebACLs')};
		const unread = (...resources: readonly Resource[]) =>
			Object.keys(rowsOf([alb('shop'), ...resources], gaps).get('shop')?.row.unread ?? {}).sort();
		expect(unread()).toEqual(['cloudfront:ListDistributions', 'wafv2:ListWebACLs']);
		// The accelerator is enough for BP1, the web ACL for BP2.
		expect(
			unread(accelerator('ga', [balancerArn('shop')]), webAcl('own', [rateRule()], {loadBalancerArns: [balancerArn('shop')]})),
		).toEqual([]);
	});

	test('of an accelerator asks what leads to rows of their own nothing again', () => {
		const rows = rowsOf([
			accelerator('ga', [balancerArn('shop'), balancerArn('hr'), 'i-1']),
			alb('shop'),
			webAcl('own', [rateRule()], {loadBalancerArns: [balancerArn('shop')]}),
			alb('hr', {scheme: 'internal'}),
		]);
		const reasons = ['web-acl-limits', 'behind-load-balancer', 'scales'].map(rule => rows.get('ga')?.judgement(rule));
		expect(reasons.map(judgement => `${judgement?.verdict}: ${judgement?.reason}`)).toEqual([
			expect.stringMatching(/^FAIL: hr: no web ACL of its own; WAF cannot protect i-1: /u),
			'FAIL: i-1 stands behind it without a load balancer',
			'FAIL: no Auto Scaling group stands behind its target groups; i-1 is one address or instance, which does not grow',
		]);
	});

	test('waits for a slow listing as part of the first look', () => {
		const rows = rowsOf([alb('shop')], {wafv2: refusal('wafv2:ListWebACLs', 'pending')});
		expect(rows.get('shop')?.judgement('web-acl-limits')).toMatchObject({verdict: 'UNKNOWN', firstLook: true});
	});

	test.each([
		['a load balancer', [alb('shop'), edgeAcl], 'shop', 'ListResourcesForWebACL, GetWebACL'],
		['a distribution', [distribution('E1', [], behindEdge), edgeAcl], 'E1', 'ListDistributions, GetWebACL'],
		['a stage', restApi('api1', 'REGIONAL'), 'api1/prod', 'GetStages, GetWebACL'],
	] as const)('names as evidence of its web ACL what tells of that of %s', (_, resources, name, operation) => {
		expect(rowsOf(resources).get(name)?.judgement('web-acl-limits')?.evidence?.operation).toBe(operation);
	});

	test('is the thing’s own, and leads to its page', () => {
		const row = rowsOf([alb('shop', {}, {tags: {team: 'shop'}})]).get('shop')?.row;
		expect(row).toMatchObject({
			arn: balancerArn('shop'),
			resourceId: balancerArn('shop'),
			resourceType: 'Vedette::Edge::Entry',
			awsRegion,
			tags: {team: 'shop'},
		});
		expect(row?.configuration.consolePath).toContain(`region=${awsRegion}`);
	});

	test('has a page whatever its id is', () => {
		const {row} = rowsOf([distribution('E\uD800', [])]).get('E\uD800') ?? {};
		expect(row?.configuration.consolePath).toBe('cloudfront/v4/home?region=us-east-1#/distributions/E%EF%BF%BD');
	});
});

describe('the commands that mend', () => {
	const rules = edge.kinds.flatMap(kind => kind.rules);

	test.each(rules.map(({id, remediation: {cli = ''}}) => [id, cli] as const))('no shell reads anything into that of %s', (_, cli) => {
		expect(cli.replaceAll(/'[^']*'/gu, '').replaceAll(/\{(?:arn|id|name|region|account)\}/gu, '')).not.toMatch(/[[\]{}*?$&|;<>()!#~]/u);
	});

	test('name no Region of what lies in none', () => {
		const rows = rowsOf([
			accelerator('ga', [balancerArn('hr'), 'i-1']),
			alb('hr', {scheme: 'internal'}),
			distribution('E1', [{id: 'v', domainName: balancerDns('hr'), type: 'vpc', accessControlId: null}]),
		]);
		for (const name of ['ga', 'E1']) {
			const failed = rules.filter(({id}) => rows.get(name)?.judgement(id.replace('edge-entry-', ''))?.verdict === 'FAIL');
			expect(failed.length).toBeGreaterThan(0);
			expect(failed.filter(({remediation}) => remediation.cli?.includes('{region}') === true)).toEqual([]);
		}
	});

	test('give Shield no ARN that it refuses', () => {
		const {cli, terraform} = rules.find(({id}) => id === 'edge-entry-shield-advanced')?.remediation ?? {};
		expect(`${cli} ${terraform}`).not.toMatch(/\{arn\}|\{name\}/u);
	});
});
