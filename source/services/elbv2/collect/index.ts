import {ElasticLoadBalancingV2Client} from '@aws-sdk/client-elastic-load-balancing-v2';
import {defineCollector, type Resource, type Yielded} from '../../../model/index.js';
import {listenerType, type Owner} from '../rules/listener.js';
import {type LoadBalancer, loadBalancerType} from '../rules/load-balancer.js';
import {commands, type Elb, type ElbFacts, whole} from './commands.js';
import {listenerResource, protocolsOf, targetsOf, targetTypesOf} from './listener.js';
import {type Balancer, type Heard, present, toAttributes, toListener, toLoadBalancer} from './read.js';
import {readShared, type Shared} from './shared.js';

type Listed = {readonly arn: string; readonly balancer: Balancer};
type Identified = {readonly arn: string; readonly heard: Heard};

/** `app/shop/50dc6c495c0c9188`. */
const idOf = (arn: string): string => arn.split(':loadbalancer/').at(-1) ?? arn;

/** Every listener with its ARN; undefined where not all could be told. */
const readListeners = async (facts: ElbFacts, arn: string): Promise<readonly Identified[] | undefined> => {
	const pages = await facts.attemptPages('DescribeListeners', {LoadBalancerArn: arn, ...whole});
	const listeners = pages?.flatMap(page => page.Listeners ?? []);
	const identified = listeners?.flatMap(heard => (heard.ListenerArn === undefined ? [] : [{arn: heard.ListenerArn, heard}]));
	if (listeners === undefined || identified?.length === listeners.length) {
		return identified;
	}

	facts.missing('DescribeListeners', 'ListenerArn');
	return undefined;
};

const readAttributes = async (facts: ElbFacts, arn: string): Promise<LoadBalancer['attributes']> => {
	const answer = await facts.attempt('DescribeLoadBalancerAttributes', {LoadBalancerArn: arn});
	return answer ? toAttributes(answer.Attributes ?? []) : undefined;
};

/** A load balancer and its listeners. One that is listed and not found (just made, or just gone) stays: nothing is known of it. */
const read = async (
	aws: Elb,
	shared: Shared,
	{arn, balancer}: Listed,
): Promise<{readonly resources: readonly Resource[]; readonly complete: boolean}> => {
	const facts: ElbFacts = aws.facts();
	const settings = toLoadBalancer(balancer);
	// What gateways have is no listener that anybody connects to.
	const isGateway = settings.type === 'gateway';
	const [attributes, identified] = await Promise.all([readAttributes(facts, arn), isGateway ? undefined : readListeners(facts, arn)]);
	const name = balancer.LoadBalancerName ?? idOf(arn).split('/')[1] ?? arn;
	const owner: Owner = {arn, name, ...present({type: settings.type, scheme: settings.scheme, dnsName: settings.dnsName})};
	const byDefault = identified?.flatMap(({heard}) => toListener(heard).defaultActions ?? []) ?? [];
	const attached = shared.targets.value && [...(shared.targets.value.byLoadBalancer.get(arn) ?? [])].sort();
	const loadBalancer: Resource<LoadBalancer> = {
		arn,
		resourceType: loadBalancerType,
		resourceId: idOf(arn),
		resourceName: name,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: shared.tagsOf(arn),
		configuration: {
			...settings,
			...present({
				attributes,
				listeners: identified?.map(one => ({arn: one.arn, ...present({protocol: one.heard.Protocol, port: one.heard.Port})})),
				targetGroupArns: attached,
				targetProtocols: attached && protocolsOf(attached, shared.targets),
				// Those of default actions too, which AWS tells in another answer: what one leaves out the other may tell.
				targetTypes: attached && targetTypesOf([...new Set([...attached, ...targetsOf(byDefault)])], shared.targets),
			}),
		},
		unread: {...facts.unread, ...shared.targets.facts.unread, ...shared.tagFacts.unread},
		readAt: {...facts.readAt, ...shared.tagFacts.readAt},
	};
	return {
		resources: [
			loadBalancer,
			...(await Promise.all((identified ?? []).map(async one => listenerResource(aws, shared, owner, one.arn, one.heard)))),
		],
		complete: isGateway || identified !== undefined,
	};
};

export const collector = defineCollector({
	client: ElasticLoadBalancingV2Client,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const listed: Listed[] = [];
		let isComplete = true;
		for await (const {LoadBalancers = []} of aws.pages('DescribeLoadBalancers', whole)) {
			for (const balancer of LoadBalancers) {
				if (balancer.LoadBalancerArn === undefined) {
					aws.facts().missing('DescribeLoadBalancers', 'LoadBalancerArn');
					isComplete = false;
				} else {
					listed.push({arn: balancer.LoadBalancerArn, balancer});
				}
			}
		}

		let hasAllListeners = isComplete;
		if (listed.length > 0) {
			const shared = await readShared(
				aws,
				listed.map(({arn}) => arn),
			);
			for await (const {resources, complete} of aws.each(listed, async one => read(aws, shared, one))) {
				hasAllListeners &&= complete;
				for (const resource of resources) {
					yield {yields: 'resource', resource};
				}
			}
		}

		if (isComplete) {
			yield {yields: 'complete', of: loadBalancerType};
		}

		if (hasAllListeners) {
			yield {yields: 'complete', of: listenerType};
		}
	},
});
