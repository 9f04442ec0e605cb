import {describe} from 'vitest';
import {apiHost, domainName, httpApi, restApi} from './api-pieces.js';
import {alb, awsRegion, distribution, record, refusal, zone} from './pieces.js';
import {table} from './table.js';

describe('BP4: an API limits and hides', () => {
	const behind = distribution('E1', [apiHost('api1')]);
	const hidden = {defaultHostDisabled: true};
	const alone = 'its default endpoint is off, so that callers come by distribution E1';
	const unlimited = 'nothing but the limit of the account, which all APIs of the Region share, holds callers back';
	table('bp4', [
		[
			'limited and edge-optimised',
			'api1/prod',
			restApi('api1', 'EDGE'),
			'PASS: limited to 100 requests a second; edge-optimised: callers come by CloudFront, of AWS’s own making',
		],
		[
			'limited, behind a distribution alone',
			'api1/prod',
			[...restApi('api1', 'REGIONAL', hidden), behind],
			`PASS: limited to 100 requests a second; ${alone}`,
		],
		[
			'the default endpoint answers',
			'api1/prod',
			[...restApi('api1', 'REGIONAL'), behind],
			`FAIL LOW: ${apiHost('api1')} answers around distribution E1`,
		],
		[
			'nothing in front',
			'api1/prod',
			restApi('api1', 'REGIONAL', hidden),
			'FAIL LOW: Regional, and no distribution of this account stands in front',
		],
		[
			'distributions refused',
			'api1/prod',
			restApi('api1', 'REGIONAL', hidden),
			'UNKNOWN: cloudfront:ListDistributions was denied',
			{cloudfront: refusal('cloudfront:ListDistributions')},
		],
		['not limited', 'api1/prod', [...restApi('api1', 'REGIONAL', hidden, {methods: {}}), behind], `FAIL LOW: ${unlimited}`],
		[
			'limited as high as the account',
			'api1/prod',
			[...restApi('api1', 'REGIONAL', hidden, {methods: {'*/*': {requestsPerSecond: 10_000}}}), behind],
			`FAIL LOW: ${unlimited}`,
		],
		[
			'limited, but for one method',
			'api1/prod',
			restApi('api1', 'EDGE', {}, {methods: {'*/*': {requestsPerSecond: 100}, '/a/GET': {requestsPerSecond: -1}}}),
			'FAIL LOW: limited, but not for /a/GET',
		],
		[
			'limited by a usage plan',
			'api1/prod',
			restApi('api1', 'EDGE', {}, {methods: {}, usagePlans: [{id: '1', name: 'Partners', requestsPerSecond: 50}]}),
			'PASS: usage plan “Partners” limits each API key to 50 requests a second; edge-optimised: callers come by CloudFront, of AWS’s own making',
		],
		[
			'usage plans refused',
			'api1/prod',
			restApi('api1', 'EDGE', {}, {methods: {}}, {unread: {GetUsagePlans: refusal('apigateway:GET')}}).map(one => ({
				...one,
				configuration: {...(one.configuration as object), usagePlans: undefined},
			})),
			'UNKNOWN: apigateway:GET was denied',
		],
		[
			'a record that leads around',
			'api1/prod',
			[
				...restApi('api1', 'REGIONAL', hidden),
				behind,
				domainName('api.acme.com', 'api1'),
				zone('acme.com', [record('api.acme.com', `d-api.acme.com.execute-api.${awsRegion}.amazonaws.com`)]),
			],
			'FAIL LOW: api.acme.com leads callers around distribution E1',
		],
		[
			'a record that the distribution needs',
			'api1/prod',
			[
				...restApi('api1', 'REGIONAL', hidden),
				distribution('E1', ['api.acme.com']),
				domainName('api.acme.com', 'api1'),
				zone('acme.com', [record('api.acme.com', `d-api.acme.com.execute-api.${awsRegion}.amazonaws.com`)]),
			],
			`PASS: limited to 100 requests a second; ${alone}`,
		],
		[
			'records that the distribution needs',
			'api1/prod',
			[
				...restApi('api1', 'REGIONAL', hidden),
				distribution('E1', ['origin.acme.com']),
				domainName('api.acme.com', 'api1'),
				zone(
					'acme.com',
					[record('api.acme.com', `d-api.acme.com.execute-api.${awsRegion}.amazonaws.com`)],
					{},
					{links: [{name: 'origin.acme.com', target: 'api.acme.com'}]},
				),
			],
			`PASS: limited to 100 requests a second; ${alone}`,
		],
		[
			'an HTTP API that turns everybody away',
			'http1/$default',
			httpApi(true, {defaults: {requestsPerSecond: 0}}),
			'FAIL LOW: its limit is 0 requests a second, so that it turns everybody away; Regional, and no distribution of this account stands in front',
		],
		['no API', 'shop', [alb('shop')], 'NOT_APPLICABLE: no API'],
	]);
});
