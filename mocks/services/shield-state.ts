import type {AttackSummary, EmergencyContact, Protection, ProtectionGroup, Subscription} from '@aws-sdk/client-shield';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** What Shield knows of an account. It is one state, in us-east-1. */
export type ShieldState = {
	/** Absent where the account has Shield Standard alone. */
	subscription?: Subscription | undefined;
	contacts: readonly EmergencyContact[];
	/** The role and the buckets that the response team may use. */
	roleArn?: string | undefined;
	logBuckets: readonly string[];
	groups: readonly ProtectionGroup[];
	protections: readonly Protection[];
	attacks: readonly AttackSummary[];
	/** Operations that are refused, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

export const standard = (): ShieldState => ({contacts: [], logBuckets: [], groups: [], protections: [], attacks: [], refused: {}});

/** A subscription of a year that began so many days ago, and renews. */
export const subscription = (place: Place, ageDays: number, facts: Partial<Subscription> = {}): Subscription => ({
	StartTime: place.daysAgo(ageDays),
	EndTime: place.inDays(365 - ageDays),
	TimeCommitmentInSeconds: 365 * 86_400,
	AutoRenew: 'ENABLED',
	ProactiveEngagementStatus: 'ENABLED',
	SubscriptionArn: `arn:${place.partition}:shield::${place.accountId}:subscription`,
	SubscriptionLimits: {
		ProtectionLimits: {ProtectedResourceTypeLimits: [{Type: 'ELASTIC_IP_ADDRESS', Max: 1000}]},
		ProtectionGroupLimits: {MaxProtectionGroups: 100, PatternTypeLimits: {ArbitraryPatternLimits: {MaxMembers: 1000}}},
	},
	...facts,
});

/** A protection without a health check or automatic mitigation; `facts` say what it has. */
export const protection = (place: Place, name: string, resourceArn: string, facts: Partial<Protection> = {}): Protection => {
	const id = place.random(`shield/${name}`).uuid();
	return {
		Id: id,
		Name: name,
		ResourceArn: resourceArn,
		HealthCheckIds: [],
		ProtectionArn: `arn:${place.partition}:shield::${place.accountId}:protection/${id}`,
		...facts,
	};
};

export const healthCheck = (place: Place, name: string): string => place.random(`route53/healthcheck/${name}`).uuid();

export const responds = (action: 'Block' | 'Count'): Pick<Protection, 'ApplicationLayerAutomaticResponseConfiguration'> => ({
	ApplicationLayerAutomaticResponseConfiguration: {Status: 'ENABLED', Action: action === 'Block' ? {Block: {}} : {Count: {}}},
});
