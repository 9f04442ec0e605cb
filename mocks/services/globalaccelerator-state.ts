import type {HealthState, IpAddressType, Protocol} from '@aws-sdk/client-global-accelerator';
import type {DenialReason} from '../endpoint/aws-error.js';
import {acceleratorArn, acceleratorDnsName} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

export type GaEndpoint = {
	/** The ARN of a load balancer, or the allocation id of an Elastic IP address. */
	readonly endpointId: string;
	readonly weight: number;
	readonly health: HealthState;
	readonly preservesClientIp: boolean;
};

export type GaGroup = {readonly awsRegion: string; readonly trafficDial: number; readonly endpoints: readonly GaEndpoint[]};

export type GaListener = {readonly protocol: Protocol; readonly ports: readonly number[]; readonly groups: readonly GaGroup[]};

/** What Global Accelerator knows of a standard accelerator, as far as Vedette asks. */
export type GaAccelerator = {
	readonly arn: string;
	readonly name: string;
	enabled: boolean;
	status: 'DEPLOYED' | 'IN_PROGRESS';
	ipAddressType: IpAddressType;
	readonly ipAddresses: readonly string[];
	readonly dnsName: string;
	createdAt: Date;
	lastModified: Date;
	listeners: readonly GaListener[];
	/** The bucket of its flow logs, or nothing. */
	flowLogsBucket: string;
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type GaState = {accelerators: GaAccelerator[]};

export const endpoint = (endpointId: string, facts: Partial<GaEndpoint> = {}): GaEndpoint => ({
	endpointId,
	weight: 128,
	health: 'HEALTHY',
	preservesClientIp: endpointId.includes('loadbalancer/app/'),
	...facts,
});

/** A listener on port 443 with one group, in one Region. */
export const https = (awsRegion: string, ...endpoints: readonly GaEndpoint[]): GaListener => ({
	protocol: 'TCP',
	ports: [443],
	groups: [{awsRegion, trafficDial: 100, endpoints}],
});

/** An accelerator in good order, with flow logs and two addresses; `facts` say what differs. */
export const accelerator = (
	place: Place,
	name: string,
	listeners: readonly GaListener[],
	facts: Partial<GaAccelerator> = {},
): GaAccelerator => {
	const chance = place.random(`globalaccelerator/${name}`);
	const byte = (): number => chance.between(1, 254);
	return {
		arn: acceleratorArn(place, name),
		name,
		enabled: true,
		status: 'DEPLOYED',
		ipAddressType: 'IPV4',
		ipAddresses: [`75.2.${byte()}.${byte()}`, `99.83.${byte()}.${byte()}`],
		dnsName: acceleratorDnsName(place, name),
		createdAt: place.daysAgo(600),
		lastModified: place.daysAgo(90),
		listeners,
		flowLogsBucket: 'acme-ci-logs',
		refused: {},
		...facts,
	};
};
