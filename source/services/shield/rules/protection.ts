import type {Attack} from './attack.js';

/** CloudFormation's name. */
export const protectionType = 'AWS::Shield::Protection';

export type ProtectedKind =
	| 'application load balancer'
	| 'classic load balancer'
	| 'distribution'
	| 'Elastic IP address'
	| 'accelerator'
	| 'hosted zone'
	| 'unknown';

/** One resource that Shield Advanced protects. */
export type Protection = {
	/** For joins: which load balancer, distribution, address, accelerator or zone it is. */
	readonly resourceArn?: string;
	readonly kind: ProtectedKind;
	/** Ids of the Route 53 health checks that tell whether an attack hurts. */
	readonly healthCheckIds: readonly string[];
	/** Whether Shield writes rules into the resource’s web ACL during an attack; null where it was never set up. */
	readonly automaticResponse: {readonly status: string; readonly action: 'block' | 'count' | 'unknown'} | null;
	/** Those on the resource that began within 30 days, newest first. */
	readonly attacks?: readonly Attack[];
};

const kinds: ReadonlyArray<readonly [RegExp, ProtectedKind]> = [
	[/:elasticloadbalancing:[^:]*:\d*:loadbalancer\/app\//u, 'application load balancer'],
	[/:elasticloadbalancing:[^:]*:\d*:loadbalancer\/[^/]+$/u, 'classic load balancer'],
	[/:cloudfront::\d*:distribution\//u, 'distribution'],
	[/:ec2:[^:]*:\d*:eip-allocation\//u, 'Elastic IP address'],
	[/:globalaccelerator::\d*:accelerator\//u, 'accelerator'],
	[/:route53:::hostedzone\//u, 'hosted zone'],
];

export const kindOf = (resourceArn: string | undefined): ProtectedKind =>
	kinds.find(([pattern]) => pattern.test(resourceArn ?? ''))?.[1] ?? 'unknown';

/** The part of an ARN by which people know the resource. */
export const nameOf = (resourceArn: string): string =>
	/loadbalancer\/app\/([^/]+)/u.exec(resourceArn)?.[1] ?? resourceArn.split('/').at(-1) ?? resourceArn;
