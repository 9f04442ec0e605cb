import {
	DescribeListenersCommand,
	DescribeLoadBalancersCommand,
	DescribeRulesCommand,
	DescribeTagsCommand,
	DescribeTargetGroupsCommand,
	ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

const fake = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/nobody/0123456789abcdef';

describe('the mock of Elastic Load Balancing', () => {
	let endpoint: Endpoint;
	let client: ElasticLoadBalancingV2Client;
	beforeAll(async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
		client = new ElasticLoadBalancingV2Client({
			endpoint: endpoint.url,
			region: 'us-east-1',
			credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
			maxAttempts: 1,
		});
	});
	afterAll(async () => {
		client.destroy();
		await endpoint.close();
	});

	it.each([
		[
			'a load balancer that is none',
			() => client.send(new DescribeListenersCommand({LoadBalancerArn: fake})),
			'LoadBalancerNotFoundException',
		],
		['a listener that is none', () => client.send(new DescribeRulesCommand({ListenerArn: 'x'})), 'ListenerNotFoundException'],
		['no load balancer', () => client.send(new DescribeListenersCommand({})), 'ValidationError'],
		['a page of 401', () => client.send(new DescribeLoadBalancersCommand({PageSize: 401})), 'ValidationError'],
		['the tags of 21', () => client.send(new DescribeTagsCommand({ResourceArns: Array.from({length: 21}, () => fake)})), 'ValidationError'],
	])('refuses %s as AWS does', async (_, call, name) => {
		await expect(call()).rejects.toMatchObject({name});
	});

	it('tells rules in the order of their priorities, the default one last, and who uses a target group', async () => {
		const {LoadBalancers = []} = await client.send(new DescribeLoadBalancersCommand({Names: ['mail']}));
		const arn = LoadBalancers[0]?.LoadBalancerArn;
		const {Listeners = []} = await client.send(new DescribeListenersCommand({LoadBalancerArn: arn}));
		const {Rules = []} = await client.send(new DescribeRulesCommand({ListenerArn: Listeners[0]?.ListenerArn}));
		expect(Rules.map(({Priority, IsDefault}) => [Priority, IsDefault])).toEqual([
			['1', false],
			['default', true],
		]);
		const {TargetGroups = []} = await client.send(new DescribeTargetGroupsCommand({}));
		expect(TargetGroups.find(({TargetGroupName}) => TargetGroupName === 'mail')?.LoadBalancerArns).toEqual([arn]);
	});
});
