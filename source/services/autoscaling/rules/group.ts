import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const groupType = 'AWS::AutoScaling::AutoScalingGroup';

/** Names and values are AWS's; enumerations are open, because AWS adds to them. */
export type Group = {
	/** Absent unless it is being deleted. */
	readonly status?: string;
	/** `us-east-1a` and so on, sorted. */
	readonly zones?: readonly string[];
	readonly subnetIds: readonly string[];
	/** `EC2` always counts; `ELB`, `EBS` and `VPC_LATTICE` besides it where named. */
	readonly healthCheckTypes?: readonly string[];
	readonly healthCheckGraceSeconds?: number;
	/** Of Application, Network and Gateway Load Balancers: a load balancer names its own by the same ARNs. */
	readonly targetGroupArns: readonly string[];
	/** Of Classic Load Balancers. */
	readonly loadBalancerNames: readonly string[];
	/** Target groups of VPC Lattice, by ARN. */
	readonly latticeTargetGroupArns: readonly string[];
	readonly minSize?: number;
	readonly maxSize?: number;
	readonly desiredCapacity?: number;
	/** What sizes are counted in: `units` (instances; the default), `vcpu` or `memory-mib`. */
	readonly desiredCapacityType?: string;
	/** Of a mixed instances policy too. What it sets, IMDS for one, DescribeAutoScalingGroups does not tell. */
	readonly launchTemplate?: LaunchTemplate;
	/** Where it still has a launch configuration instead. */
	readonly launchConfigurationName?: string;
	/** Parts of its work that somebody, or AWS, suspended. */
	readonly suspended?: readonly Suspension[];
	readonly createdAt?: string;
};

export type LaunchTemplate = {
	readonly id?: string;
	readonly name?: string;
	/** A number, `$Latest` or `$Default`. */
	readonly version?: string;
};

export type Suspension = {readonly process: string; readonly reason?: string};

export type GroupResource = Resource<Group>;

/** Whether anything sends it requests: what stands in the line of a flood. */
export const isBehindLoadBalancer = ({targetGroupArns, loadBalancerNames, latticeTargetGroupArns}: Group): boolean =>
	targetGroupArns.length + loadBalancerNames.length + latticeTargetGroupArns.length > 0;

/** Why no question about it arises. */
export const whileDeleted = ({configuration: {status}}: GroupResource): string | undefined =>
	status === undefined ? undefined : `it is being deleted (${status})`;

const units: Readonly<Record<string, string>> = {units: 'instance', vcpu: 'vCPU', 'memory-mib': 'MiB'};

/** `4 instances`, `16 vCPUs`, `4096 MiB`: what its sizes are counted in. */
export const inUnits = ({desiredCapacityType = 'units'}: Group, count: number): string => {
	const unit = units[desiredCapacityType] ?? desiredCapacityType;
	return `${count} ${unit}${count === 1 || unit === 'MiB' ? '' : 's'}`;
};
