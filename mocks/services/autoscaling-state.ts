import type {SuspendedProcess, TrafficSourceIdentifier} from '@aws-sdk/client-auto-scaling';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** What Auto Scaling knows of a group. */
export type AsgGroup = {
	readonly id: string;
	readonly name: string;
	minSize: number;
	maxSize: number;
	desiredCapacity: number;
	zones: readonly string[];
	subnetIds: readonly string[];
	healthCheckType: string;
	targetGroupArns: readonly string[];
	loadBalancerNames: readonly string[];
	trafficSources: readonly TrafficSourceIdentifier[];
	/** The name of its launch template; where it is absent the group has a launch configuration. */
	launchTemplate?: string | undefined;
	launchConfiguration?: string | undefined;
	/** Whether the template stands in a mixed instances policy. */
	mixed: boolean;
	suspended: readonly SuspendedProcess[];
	status?: string | undefined;
	createdTime: Date;
	tags: Readonly<Record<string, string>>;
};

export type AsgState = {
	groups: AsgGroup[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

type Facts = Partial<Omit<AsgGroup, 'id' | 'name' | 'zones'>> & {/** Letters of its zones; `ab` by default. */ readonly zones?: string};

/** A group of 2 to 8 instances in two zones, from a template, behind no load balancer; `facts` say what differs. `name` seeds its id. */
export const group = (place: Place, name: string, facts: Facts = {}): AsgGroup => {
	const {zones = 'ab', ...rest} = facts;
	const chance = place.random(`autoscaling/${name}`);
	return {
		id: chance.uuid(),
		name,
		minSize: 2,
		maxSize: 8,
		desiredCapacity: 3,
		zones: [...zones].map(letter => `${place.awsRegion}${letter}`),
		subnetIds: [...zones].map(letter => `subnet-0${place.random(`subnet/${letter}`).hex(16)}`),
		healthCheckType: 'EC2',
		targetGroupArns: [],
		loadBalancerNames: [],
		trafficSources: [],
		launchTemplate: `${name}-template`,
		mixed: false,
		suspended: [],
		createdTime: place.daysAgo(chance.between(30, 900)),
		tags: {},
		...rest,
	};
};
