import {describe, expect, test} from 'vitest';
import type {Resource} from '../../../source/model/index.js';
import {apiHost, restApi} from './api-pieces.js';
import {
	accelerator,
	acceleratorArn,
	alb,
	awsRegion,
	balancerArn,
	distribution,
	distributionArn,
	nlb,
	onInstance,
	refusal,
	thing,
	zone,
} from './pieces.js';
import {rowsOf, table} from './table.js';

describe('Shield Advanced', () => {
	const subscription = (state: object): Resource =>
		thing('arn:aws:shield::111122223333:subscription', 'AWS::Shield::Subscription', 'Shield', state, {awsRegion: 'global'});
	const active = subscription({state: 'ACTIVE'});
	const protection = (resourceArn: string, healthCheckIds: readonly string[] = ['hc-1'], kind = 'unknown'): Resource =>
		thing(
			`arn:aws:shield::111122223333:protection/${resourceArn}`,
			'AWS::Shield::Protection',
			resourceArn,
			{resourceArn, kind, healthCheckIds, automaticResponse: null},
			{awsRegion: 'global'},
		);
	const addresses = {zones: [{addresses: [{allocationId: 'eipalloc-1'}]}, {addresses: [{allocationId: 'eipalloc-2'}]}]};
	const eip = (id: string): string => `arn:aws:ec2:${awsRegion}:111122223333:eip-allocation/${id}`;
	const bare = 'Shield Advanced, which the account has, does not protect it';
	table('shield', [
		['protected', 'shop', [active, alb('shop'), protection(balancerArn('shop'))], 'PASS: Shield Advanced protects it, by a health check'],
		[
			'without a health check',
			'E1',
			[active, distribution('E1', []), protection(distributionArn('E1'), [])],
			'PASS: Shield Advanced protects it, without a health check',
		],
		['forgotten', 'ga', [active, accelerator('ga', ['i-1']), protection(acceleratorArn('other'))], `FAIL MEDIUM: ${bare}`],
		['an address', 'bastion', [active, onInstance, protection(eip('eipalloc-1'))], 'PASS: Shield Advanced protects it, by a health check'],
		[
			'both addresses of a Network Load Balancer',
			'ingest',
			[active, nlb('ingest', addresses), protection(eip('eipalloc-1')), protection(eip('eipalloc-2'))],
			'PASS: Shield Advanced protects it, by a health check',
		],
		[
			'one of them',
			'ingest',
			[active, nlb('ingest', addresses), protection(eip('eipalloc-1'))],
			'FAIL MEDIUM: Shield Advanced, which the account has, does not protect its address eipalloc-2',
		],
		[
			'none to protect',
			'ingest',
			[active, nlb('ingest')],
			'FAIL MEDIUM: Shield Advanced protects a Network Load Balancer by its Elastic IP addresses, and it has none',
		],
		[
			'an API by its distribution',
			'api1/prod',
			[active, ...restApi('api1', 'REGIONAL'), distribution('E1', [apiHost('api1')]), protection(distributionArn('E1'))],
			'PASS: Shield Advanced protects E1 in front',
		],
		[
			'an API by itself',
			'api1/prod',
			[active, ...restApi('api1', 'REGIONAL')],
			'NOT_APPLICABLE: Shield Advanced cannot protect an API itself, only a distribution in front',
		],
		[
			'a hosted zone',
			'acme.com',
			[active, zone('acme.com', []), protection('arn:aws:route53:::hostedzone/acme.com', [], 'hosted zone')],
			'PASS: Shield Advanced protects it',
		],
		['a hosted zone that was forgotten', 'acme.com', [active, zone('acme.com', [])], `FAIL MEDIUM: ${bare}`],
		[
			'a hosted zone, protections refused',
			'acme.com',
			[active, zone('acme.com', [])],
			'UNKNOWN: shield:ListProtections was denied',
			{'shield/ListProtections': refusal('shield:ListProtections')},
		],
		['a hosted zone without a subscription', 'acme.com', [subscription({state: 'INACTIVE'}), zone('acme.com', [])], 'no row'],
		[
			'a hosted zone while nobody knows of a subscription',
			'acme.com',
			[zone('acme.com', [])],
			'no row',
			{'shield/GetSubscriptionState': refusal('shield:GetSubscriptionState')},
		],
		['a private hosted zone', 'acme.com', [active, zone('acme.com', undefined, {}, {isPrivate: true})], 'no row'],
		[
			'not subscribed',
			'shop',
			[subscription({state: 'INACTIVE'}), alb('shop')],
			'NOT_APPLICABLE: not subscribed to Shield Advanced: Shield Standard, free and automatic, is all it has',
		],
		[
			'the state refused',
			'shop',
			[alb('shop')],
			'UNKNOWN: shield:GetSubscriptionState was denied',
			{'shield/GetSubscriptionState': refusal('shield:GetSubscriptionState')},
		],
		[
			'the state refused, protections listed',
			'shop',
			[subscription({}), alb('shop'), protection(acceleratorArn('ga'))],
			`FAIL MEDIUM: ${bare}`,
			{'shield/GetSubscriptionState': refusal('shield:GetSubscriptionState')},
		],
		[
			'protections refused',
			'shop',
			[active, alb('shop')],
			'UNKNOWN: shield:ListProtections was denied',
			{'shield/ListProtections': refusal('shield:ListProtections')},
		],
	]);
});

test('of a hosted zone nothing else is asked', () => {
	const active = thing('arn:aws:shield::111122223333:subscription', 'AWS::Shield::Subscription', 'Shield', {state: 'ACTIVE'});
	const row = rowsOf([active, zone('acme.com', [])]).get('acme.com');
	expect(row?.cells).toEqual(['hosted zone', '–', '–', '–', '–', '–', '–', '–', '–', 'no']);
	expect(row?.judgement('scales')?.reason).toBe('a zone answers for names and serves no traffic itself');
});
