import {protection, responds, type ShieldState, standard, subscription} from '../../services/shield-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** Names of protections may be anything. Whoever reads this account may list them, and nothing else. */
export const populate: Populate<ShieldState> = place => ({
	...standard(),
	subscription: subscription(place, 100),
	protections: hostileStrings.map((trick, index) =>
		protection(
			place,
			`${index}/${trick}`,
			`arn:${place.partition}:elasticloadbalancing:us-east-1:${place.accountId}:loadbalancer/app/${hostileAt(index + 1)}/1`,
			{Name: trick, HealthCheckIds: index % 2 === 0 ? [hostileAt(index + 2)] : [], ...(index % 3 === 0 && responds('Block'))},
		),
	),
	refused: {
		GetSubscriptionState: 'no-identity-based-policy',
		DescribeSubscription: 'no-identity-based-policy',
		DescribeEmergencyContactSettings: 'no-identity-based-policy',
		DescribeDRTAccess: 'no-identity-based-policy',
		ListProtectionGroups: 'no-identity-based-policy',
		ListAttacks: 'explicit-deny-in-service-control-policy',
	},
});
