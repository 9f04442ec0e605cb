import type {AttackSummary} from '@aws-sdk/client-shield';
import {healthCheck, protection, responds, type ShieldState, standard, subscription} from '../../services/shield-state.js';
import {allocationId, distributionArn, hostedZoneId, loadBalancerArn} from '../estate.js';
import type {Moment, Place, Populate, Timeline} from '../scenario.js';

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

/** Shield Advanced with four protections: the API’s load balancer, the second address and the accelerator were forgotten. */
export const populate: Populate<ShieldState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				...standard(),
				subscription: subscription(place, 212, {ProactiveEngagementStatus: 'DISABLED'}),
				contacts: [{EmailAddress: 'security@acme.example'}],
				roleArn: `arn:${place.partition}:iam::${place.accountId}:role/AWSSRTAccess`,
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

/** The fixed address is attacked, Shield turns it away, and somebody gives the distribution a health check meanwhile. */
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
			atSeconds: 215,
			what: 'the attack on ingest-a is over',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.attacks = state.attacks.map(one => (one.EndTime === undefined ? {...one, EndTime: moment.now} : one));
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
