import type {Joined} from '../../../model/index.js';
import type {LoadBalancer} from '../../../services/elbv2/rules/load-balancer.js';
import type {Landscape} from '../landscape/index.js';
import {plain} from '../landscape/names.js';
import {type Doubt, doubtsOf} from '../standing.js';
import {addressIdsOf, isInternetFacing} from './load-balancers.js';

/** Load balancers by what leads to them, found quickly. */
export type LoadBalancers = {
	byArn(arn: string): Joined<LoadBalancer> | undefined;
	byHost(host: string): Joined<LoadBalancer> | undefined;
	/** What leads here, to the ARN or to an Elastic IP address of one, leads to a row of its own. */
	isRow(arnOrAllocationId: string): boolean;
	/** Whether this Elastic IP address is one of a load balancer that is known. */
	hasAddress(allocationId: string): boolean;
	/** Why a load balancer of this ARN or name may have been missed. */
	doubts(arnOrHost: string): readonly Doubt[];
};

/** The Region in an ARN or in a DNS name of Elastic Load Balancing. */
const regionIn = (arnOrHost: string): string | undefined =>
	/^arn:[\w-]+:elasticloadbalancing:([\w-]+):/u.exec(arnOrHost)?.[1] ??
	/\.([a-z]{2}[a-z0-9-]*-\d)\.elb\.amazonaws\.com/u.exec(arnOrHost)?.[1] ??
	/\.elb\.([a-z]{2}[a-z0-9-]*-\d)\.amazonaws\.com/u.exec(arnOrHost)?.[1];

export const isLoadBalancer = (arnOrHost: string): boolean => regionIn(arnOrHost) !== undefined;

/** `shop` of `…:loadbalancer/app/shop/0123456789abcdef`. */
export const nameInArn = (arn: string): string => /:loadbalancer\/(?:app|net|gwy)\/([^/]+)/u.exec(arn)?.[1] ?? arn;

export const readLoadBalancers = ({loadBalancers, inputs}: Landscape): LoadBalancers => {
	const byArn = new Map(loadBalancers.map(entry => [entry.resource.arn, entry]));
	const byHost = new Map(
		loadBalancers.flatMap(entry => {
			const {dnsName} = entry.resource.configuration;
			return dnsName === undefined ? [] : [[plain(dnsName), entry] as const];
		}),
	);
	const addresses = new Set(loadBalancers.flatMap(addressIdsOf));
	const rows = new Set(loadBalancers.filter(isInternetFacing).flatMap(entry => [entry.resource.arn, ...addressIdsOf(entry)]));
	return {
		byArn: arn => byArn.get(arn),
		byHost: host => byHost.get(plain(host)),
		isRow: arnOrAllocationId => rows.has(arnOrAllocationId),
		hasAddress: allocationId => addresses.has(allocationId),
		doubts(arnOrHost) {
			const gaps = doubtsOf(inputs.gap('elbv2', ['DescribeLoadBalancers'], regionIn(arnOrHost)));
			return gaps.length > 0 ? gaps : [{because: `the load balancer ${nameInArn(arnOrHost)} is not among those that this account lists`}];
		},
	};
};
