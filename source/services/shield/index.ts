import {defineService, hourMs, type Kind} from '../../model/index.js';
import {protectionRules, subscriptionRules} from './rules/index.js';
import {nameOf, type Protection, protectionType} from './rules/protection.js';
import {type Subscription, subscriptionType} from './rules/subscription.js';
import {usdPerMonth} from './rules/subscription-rules.js';

// Shield publishes no request rates: https://docs.aws.amazon.com/waf/latest/developerguide/shield-limits.html
const unpublished = {
	requestsPerSecond: 2,
	source: 'https://docs.aws.amazon.com/waf/latest/developerguide/shield-limits.html (names no request rate: 2/s is a cautious guess)',
};
const paging = {input: 'NextToken', output: 'NextToken'};
const minuteMs = 60_000;

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const lower = (word: string | undefined) => word?.toLowerCase();

const subscriptions: Kind<Subscription> = {
	resourceType: subscriptionType,
	title: 'Subscription',
	columns: [
		{title: 'State', value: ({configuration}) => lower(configuration.state)},
		{title: 'Ends', value: ({configuration}) => at(configuration.endsAt)},
		{title: 'Protects', value: ({configuration}) => configuration.protections},
	],
	facts: [
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'Since', value: ({configuration}) => at(configuration.startedAt)},
		{title: 'Ends, or renews', value: ({configuration}) => at(configuration.endsAt)},
		{title: 'Commitment, in days', value: ({configuration}) => configuration.commitmentDays},
		{title: 'Renews by itself', value: ({configuration}) => lower(configuration.autoRenew)},
		{title: 'Proactive engagement', value: ({configuration}) => lower(configuration.proactiveEngagement)},
		{title: 'Emergency contacts', value: ({configuration}) => configuration.contacts?.total},
		{title: 'With a telephone number', value: ({configuration}) => configuration.contacts?.withPhone},
		{
			title: 'Role of the response team',
			value: ({configuration: {responseTeam}}) => responseTeam && (responseTeam.roleArn ?? 'none'),
		},
		{
			title: 'Logs it may read',
			value: ({configuration: {responseTeam}}) => responseTeam && (responseTeam.logBuckets.join(', ') || 'none'),
		},
		{title: 'Protected resources', value: ({configuration}) => configuration.protections},
		{
			title: 'Protection groups',
			value: ({configuration: {protectionGroups}}) =>
				protectionGroups &&
				(protectionGroups.map(({id, pattern, aggregation}) => `${id} (${[pattern, aggregation].filter(Boolean).join(', ')})`).join(', ') ||
					'none'),
		},
		{title: 'Attacks in 30 days', value: ({configuration}) => configuration.attacks?.length},
		{title: 'Last attack', value: ({configuration: {attacks}}) => at(attacks?.[0]?.startedAt)},
	],
	rules: subscriptionRules,
	expirations: ({configuration: {autoRenew, endsAt}}) =>
		autoRenew === 'DISABLED' && endsAt !== undefined ? [{what: 'Shield Advanced', at: endsAt}] : [],
	usdPerMonth: ({configuration: {state}}) => (state === 'ACTIVE' ? usdPerMonth : 0),
	consolePath: () => 'wafv2/shieldv2?region=us-east-1#/overview',
};

const protections: Kind<Protection> = {
	resourceType: protectionType,
	title: 'Protections',
	columns: [
		{title: 'Protects', value: ({configuration: {resourceArn}}) => resourceArn && nameOf(resourceArn)},
		{title: 'Kind', value: ({configuration}) => configuration.kind},
		{title: 'Attacked', value: ({configuration: {attacks}}) => at(attacks?.[0]?.startedAt)},
	],
	facts: [
		{title: 'Protects', value: ({configuration}) => configuration.resourceArn},
		{title: 'Kind', value: ({configuration}) => configuration.kind},
		{title: 'Health checks', value: ({configuration: {healthCheckIds}}) => healthCheckIds.join(', ') || 'none'},
		{
			title: 'Automatic mitigation',
			value: ({configuration: {automaticResponse: response}}) =>
				response === null ? 'never set up' : `${response.status.toLowerCase()}, ${response.action}`,
		},
		{title: 'Attacks in 30 days', value: ({configuration}) => configuration.attacks?.length},
		{title: 'Last attack began', value: ({configuration: {attacks}}) => at(attacks?.[0]?.startedAt)},
		{title: 'Last attack ended', value: ({configuration: {attacks}}) => at(attacks?.[0]?.endedAt)},
		{title: 'By', value: ({configuration: {attacks}}) => attacks?.[0]?.vectors.join(', ') || undefined},
	],
	rules: protectionRules,
	consolePath: ({resourceId}) => `wafv2/shieldv2?region=us-east-1#/protected_resources/${encodeURIComponent(resourceId.toWellFormed())}`,
};

export const shield = defineService({
	id: 'shield',
	title: 'Shield',
	group: 'edge',
	leads: 'worst',
	// "You must use the us-east-1 endpoint": https://docs.aws.amazon.com/general/latest/gr/shield.html
	scope: {homeRegion: 'us-east-1'},
	// Attacks are asked for each time; of the rest the cache knows.
	refresh: {full: {everyMs: 2 * minuteMs, deadlineMs: 2 * minuteMs}},
	iamPrefix: 'shield',
	operations: {
		GetSubscriptionState: {...unpublished, freshForMs: 10 * minuteMs, answers: ['SubscriptionState']},
		DescribeSubscription: {...unpublished, freshForMs: hourMs, answers: ['Subscription']},
		DescribeEmergencyContactSettings: {...unpublished, freshForMs: hourMs},
		// Without access it has neither a role nor buckets to tell of.
		DescribeDRTAccess: {...unpublished, freshForMs: hourMs},
		ListProtectionGroups: {...unpublished, freshForMs: hourMs, answers: ['ProtectionGroups'], paging},
		ListProtections: {...unpublished, freshForMs: 5 * minuteMs, answers: ['Protections'], paging},
		ListAttacks: {...unpublished, answers: ['AttackSummaries'], paging},
	},
	kinds: [subscriptions, protections],
	load: async () => import('./collect.js'),
});
