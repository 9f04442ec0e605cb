import {type Inputs, type Resource, refusalInWords} from '../../model/index.js';
import type {EntryPoint, Leg} from './entry-point.js';
import type {Names} from './names.js';
import type {Unread} from './unread.js';

/** What lies behind an origin, noting what could not be read of it; nothing where it is no load balancer of this account. */
export type LegsBeyond = (origin: string, unread: Unread) => readonly Leg[];

/** `eu-west-1` of `shop-1.eu-west-1.elb.amazonaws.com` and, of a Network Load Balancer, `pos-1.elb.eu-west-1.amazonaws.com`. */
const regionOf = (host: string): string | undefined => {
	const [, before, after] = /(?:^|\.)([a-z0-9-]+)\.elb(?:\.([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/u.exec(host) ?? [];
	return after ?? before;
};

const unknown = (host: string, why: string): Leg => ({to: `what lies behind ${host}`, through: 'VPC', state: 'unknown', why});

const reads = ['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeListeners'];

export const legsBeyond = (inputs: Inputs, balancers: ReadonlyArray<Resource<EntryPoint>>, names: Names): LegsBeyond => {
	const byHost = new Map(balancers.map(row => [row.configuration.host?.toLowerCase(), row]));

	const behindHost = (host: string, unread: Unread): readonly Leg[] => {
		const row = byHost.get(host);
		if (row === undefined) {
			const awsRegion = regionOf(host);
			const gap = awsRegion === undefined ? undefined : inputs.gap('elbv2', ['DescribeLoadBalancers'], awsRegion);
			unread.add(gap);
			return gap === undefined ? [] : [unknown(host, refusalInWords(gap))];
		}

		const {legs} = row.configuration;
		for (const action of legs.some(({state}) => state === 'unknown') ? reads : []) {
			unread.add(row.unread[action]);
		}

		return legs;
	};

	return (origin, unread) => {
		const host = origin.toLowerCase();
		const {hosts, missing} = names.from(host, unread);
		const legs = [host, ...hosts].flatMap(one => behindHost(one, unread));
		return missing === undefined ? legs : [...legs, unknown(host, missing)];
	};
};
