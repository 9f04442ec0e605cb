import type {AttackSummary} from '@aws-sdk/client-shield';
import {healthCheck, protection, responds, type ShieldState, standard, subscription} from '../../services/shield-state.js';
import {allocationId, distributionArn, hostedZoneId, loadBalancerArn} from '../estate.js';
import {type Moment, type Place, type Populate, startOf, type Timeline} from '../scenario.js';

const attack = (
	place: Place,
	name: string,
	resourceArn: string,
	vectors: readonly string[],
	StartTime: Date,
	EndTime?: Date,
): AttackSummary => ({
	AttackId: place.random(`shield/attack/${name}`).uuid(),
	ResourceArn: resourceArn,
	StartTime,
	...(EndTime !== undefined && {EndTime}),
	AttackVectors: vectors.map(VectorType => ({VectorType})),
});

const before = (place: Place): readonly AttackSummary[] => [
	attack(place, 'shop', loadBalancerArn(place, 'shop'), ['REQUEST_FLOOD'], place.hoursAgo(53), place.hoursAgo(50)),
	attack(place, 'www', distributionArn(place, 'E1A2B3C4D5E6F7'), ['SYN_FLOOD', 'UDP_REFLECTION'], place.daysAgo(20), place.daysAgo(19.9)),
];

const subscribed = (place: Place) => subscription(place, 212, {ProactiveEngagementStatus: 'DISABLED'});
const contacts: ShieldState['contacts'] = [{EmailAddress: 'security@acme.example'}];
const responseRole = (place: Place): string => `arn:${place.partition}:iam::${place.accountId}:role/AWSSRTAccess`;

/** Shield Advanced with four protections: the API’s load balancer, the second address and the accelerator were forgotten. */
export const populate: Populate<ShieldState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				...standard(),
				subscription: subscribed(place),
				contacts,
				roleArn: responseRole(place),
				logBuckets: [`aws-waf-logs-acme-edge`],
				groups: [
					{
						ProtectionGroupId: 'shop',
						Aggregation: 'SUM',
						Pattern: 'ARBITRARY',
						Members: [loadBalancerArn(place, 'shop'), distributionArn(place, 'E1A2B3C4D5E6F7')],
						ProtectionGroupArn: `arn:${place.partition}:shield::${place.accountId}:protection-group/shop`,
					},
				],
				protections: [
					protection(place, 'shop', loadBalancerArn(place, 'shop'), {HealthCheckIds: [healthCheck(place, 'shop')], ...responds('Block')}),
					protection(place, 'www', distributionArn(place, 'E1A2B3C4D5E6F7'), responds('Count')),
					protection(place, 'ingest-a', place.arn('ec2', `eip-allocation/${allocationId(place, 'ingest-a')}`)),
					protection(place, 'acme.com', `arn:${place.partition}:route53:::hostedzone/${hostedZoneId(place, 'acme.com')}`),
				],
				attacks: before(place),
			}
		: undefined;

const ingest = (moment: Moment): string => moment.arn('ec2', `eip-allocation/${allocationId(moment, 'ingest-a')}`);

/**
 * The fixed address is attacked, Shield turns it away, and somebody gives the distribution a health check meanwhile. There is one
 * subscription in an account: what may be right and wrong with it can only come one after the other.
 */
export const timeline: Timeline<ShieldState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 55,
			what: 'the address ingest-a is under attack',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.attacks = [...state.attacks, attack(moment, `ingest/${moment.round}`, ingest(moment), ['SYN_FLOOD'], moment.now)];
			},
		},
		{
			atSeconds: 140,
			what: 'somebody gives the distribution www a health check',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.protections = state.protections.map(one =>
					one.Name === 'www' ? {...one, HealthCheckIds: [healthCheck(moment, 'www')]} : one,
				);
			},
		},
		{
			atSeconds: 205,
			what: 'somebody takes its role away from the Shield Response Team',
			awsRegion: 'us-east-1',
			apply(state) {
				state.roleArn = undefined;
			},
		},
		{
			atSeconds: 215,
			what: 'the attack on ingest-a is over',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.attacks = state.attacks.map(one => (one.EndTime === undefined ? {...one, EndTime: moment.now} : one));
			},
		},
		{
			atSeconds: 230,
			what: 'the Shield Response Team has its role again, and somebody to telephone when an attack hurts',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.roleArn = responseRole(moment);
				state.contacts = [...contacts, {EmailAddress: 'on-call@acme.example', PhoneNumber: '+15550100'}];
				state.subscription = {...subscribed(startOf(moment)), ProactiveEngagementStatus: 'ENABLED'};
			},
		},
		{
			// Renewal can be turned off in the last 30 days alone: https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_UpdateSubscription.html
			atSeconds: 250,
			what: 'time passes: Shield Advanced ends in 20 days, and somebody turns its renewal off',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.subscription = subscription(moment, 345, {AutoRenew: 'DISABLED'});
			},
		},
		{
			atSeconds: 270,
			what: 'the subscription to Shield Advanced has ended',
			awsRegion: 'us-east-1',
			apply(state) {
				state.subscription = undefined;
			},
		},
		{
			atSeconds: 285,
			what: 'Shield Advanced is subscribed to again, and proactive engagement was forgotten',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.subscription = subscribed(startOf(moment));
				state.contacts = contacts;
			},
		},
		{
			atSeconds: 290,
			what: 'the health check of www is gone again, and a quiet month lies behind ingest-a',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.attacks = state.attacks.filter(({ResourceArn}) => ResourceArn !== ingest(moment));
				state.protections = state.protections.map(one => (one.Name === 'www' ? {...one, HealthCheckIds: []} : one));
			},
		},
	],
};
