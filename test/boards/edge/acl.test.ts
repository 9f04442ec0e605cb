import {expect, test} from 'vitest';
import {aclType} from '../../../source/boards/edge/acl.js';
import {edge} from '../../../source/boards/edge/index.js';
import {dayMs, type Refusal, type Resource} from '../../../source/model/index.js';
import {cloudfront} from '../../../source/services/cloudfront/index.js';
import {wafv2} from '../../../source/services/wafv2/index.js';
import {judgeAll, watchScenario} from '../../services/watch.js';
import {restApi} from './api-pieces.js';
import {balancerArn, behindEdge, distribution, edgeAcl, otherRule, refusal, webAcl, webAclArn} from './pieces.js';
import {inputsOf} from './table.js';

const own = (more: object = {}, facts: Partial<Resource> = {}) => webAcl('own', [otherRule({})], more, facts);
const unread = {unread: {ListResourcesForWebACL: refusal('wafv2:ListResourcesForWebACL')}};
const stage = restApi('api1', 'REGIONAL', {}, {webAclArn: webAclArn('own', 'regional')});

const {webAclId: _, ...configuration} = distribution('E1', []).configuration;
const untold = {...distribution('E1', []), configuration};

const cases: ReadonlyArray<readonly [string, string, readonly Resource[], string, Readonly<Record<string, Refusal>>?]> = [
	['a load balancer', 'own', [own({loadBalancerArns: [balancerArn('shop')]})], 'PASS: stands before load balancer shop'],
	['a stage, which says so itself', 'own', [own(), ...stage], 'PASS: stands before API stage api1/prod'],
	[
		'a stage, whatever of load balancers was refused',
		'own',
		[own({loadBalancerArns: undefined}, unread), ...stage],
		'PASS: stands before API stage api1/prod',
	],
	[
		'a stage of another web ACL',
		'own',
		[own(), ...restApi('api1', 'REGIONAL', {}, {webAclArn: webAclArn('other', 'regional')})],
		'UNKNOWN: stands before no load balancer and no API stage; whether before a user pool of Cognito, or AppSync, App Runner, Verified Access or AgentCore, is not asked',
	],
	['load balancers refused', 'own', [own({loadBalancerArns: undefined}, unread)], 'UNKNOWN: wafv2:ListResourcesForWebACL'],
	['stages refused', 'own', [own()], 'UNKNOWN: apigateway:GET', {apigateway: refusal('apigateway:GET')}],
	[
		'stages refused, which matters not',
		'own',
		[own({loadBalancerArns: [balancerArn('shop')]})],
		'PASS: stands before load balancer shop',
		{apigateway: refusal('apigateway:GET')},
	],
	['Firewall Manager’s', 'own', [own({managedByFirewallManager: true})], 'NOT_APPLICABLE: Firewall Manager keeps it'],
	['for CloudFront, before a distribution', 'edge', [edgeAcl, distribution('E1', [], behindEdge)], 'PASS: stands before distribution E1'],
	[
		'for CloudFront, before none',
		'edge',
		[edgeAcl, distribution('E1', [])],
		'FAIL: no distribution of this account names it, so that an Amplify app at most could use it; it costs 6 USD a month',
	],
	['for CloudFront, before one that did not tell', 'edge', [edgeAcl, untold], 'UNKNOWN: AWS did not tell the web ACL of E1'],
	[
		'for CloudFront, before one whose tenants have theirs',
		'edge',
		[edgeAcl, distribution('E1', [], {connectionMode: 'tenant-only'})],
		'UNKNOWN: the tenants of distribution E1 are not read',
	],
	[
		'distributions refused',
		'edge',
		[edgeAcl],
		'UNKNOWN: cloudfront:ListDistributions',
		{cloudfront: refusal('cloudfront:ListDistributions')},
	],
];

for (const [title, name, resources, expected, gaps] of cases) {
	test(`a web ACL: ${title}`, () => {
		const inputs = inputsOf(resources, gaps);
		const [entry] = judgeAll(
			edge,
			[...edge.join(inputs)].filter(({resourceType, resourceName}) => resourceType === aclType && resourceName === name),
			inputs.now,
		);
		expect(entry?.judgements.map(({verdict, reason}) => `${verdict}: ${reason}`).join()).toContain(expected);
	});
}

test('in the typical account one passes, and one that stands before nothing cannot be told until no tenant could have it', async () => {
	const watch = await watchScenario('typical');
	const verdicts = async (seconds: number) => {
		watch.endpoint.timeline.advance(seconds);
		watch.pass(dayMs);
		const collected = [await watch.collect(wafv2, 'us-east-1'), await watch.collect(cloudfront, 'us-east-1')];
		const inputs = inputsOf(collected.flatMap(({resources}) => resources));
		const rows = [...edge.join(inputs)].filter(
			({resourceType, resourceName, awsRegion}) => resourceType === aclType && resourceName.startsWith('edge') && awsRegion === 'us-east-1',
		);
		return judgeAll(edge, rows, inputs.now).flatMap(({judgements}) => judgements.map(one => one.verdict));
	};
	try {
		expect(await verdicts(0)).toEqual(['PASS', 'UNKNOWN']);
		expect(await verdicts(100)).toEqual(['PASS', 'FAIL']);
		expect(await verdicts(70)).toEqual(['PASS', 'UNKNOWN']);
	} finally {
		await watch.close();
	}
});
