import type {Resource} from '../../../model/index.js';
import type {Attack} from './attack.js';

/** CloudFormation has no name for it: this one is made after `AWS::Shield::Protection`. */
export const subscriptionType = 'AWS::Shield::Subscription';

/** What the account has of Shield. It is always there, since Shield Standard is free and always on. */
export type Subscription = {
	/** `ACTIVE` or `INACTIVE`: whether it is Shield Advanced. */
	readonly state?: string;
	readonly startedAt?: string;
	/** When the commitment ends, or is renewed. */
	readonly endsAt?: string;
	readonly commitmentDays?: number;
	/** `ENABLED` or `DISABLED`. */
	readonly autoRenew?: string;
	/** Whether the Shield Response Team calls by itself: `ENABLED`, `PENDING` or `DISABLED`. */
	readonly proactiveEngagement?: string;
	/** How many emergency contacts there are. Their addresses and numbers are not kept. */
	readonly contacts?: {readonly total: number; readonly withPhone: number};
	/** What the Shield Response Team may use: a role, and buckets with logs. `roleArn` is null where it has none. */
	readonly responseTeam?: {readonly roleArn: string | null; readonly logBuckets: readonly string[]};
	readonly protectionGroups?: readonly ProtectionGroup[];
	/** How many resources are protected. */
	readonly protections?: number;
	/** Those that began within 30 days, newest first, at most 100 of them. */
	readonly attacks?: readonly Attack[];
};

/** Resources whose traffic is judged together. */
export type ProtectionGroup = {
	readonly id: string;
	/** `ALL`, `ARBITRARY` or `BY_RESOURCE_TYPE`. */
	readonly pattern?: string;
	/** `SUM`, `MEAN` or `MAX`. */
	readonly aggregation?: string;
	readonly resourceType?: string;
	/** Of an arbitrary group. */
	readonly memberArns: readonly string[];
};

export type SubscriptionResource = Resource<Subscription>;

/** Why nothing more is asked of an account without Shield Advanced. */
export const notSubscribed = ({configuration: {state}}: SubscriptionResource): string | undefined =>
	state === 'INACTIVE' ? 'not subscribed to Shield Advanced' : undefined;
