import {type Cell, type Column, defineService, hourMs, type Kind, type Resource} from '../../model/index.js';
import {eventRules, routingRules} from './rules/index.js';
import {isLive, type Routing, routingType, targetInWords} from './rules/routing.js';
import {type EventRule, isEnabled, ruleType, topicsInWords} from './rules/rule.js';
import {homeElsewhere, type TopicId, topicIds, topics} from './rules/topics.js';

// EventBridge publishes rates for events and endpoints alone: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
const unpublished = {
	requestsPerSecond: 5,
	source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (names no rate for listing: 5/s is a cautious guess)',
};

const state = (rule: EventRule): Cell => {
	const on = isEnabled(rule);
	return on === undefined ? rule.state : on ? 'on' : 'off';
};

const eventRuleKind: Kind<EventRule> = {
	resourceType: ruleType,
	title: 'Rules',
	columns: [
		{title: 'State', value: ({configuration}) => state(configuration)},
		{title: 'For', value: ({configuration}) => topicsInWords(configuration)},
		{title: 'Targets', value: ({configuration: {targets}}) => targets?.length},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'For', value: ({configuration}) => topicsInWords(configuration)},
		{title: 'Events', value: ({configuration: {concerns}}) => [...new Set(concerns.map(({event}) => event))].join(', ')},
		{
			title: 'Narrowed by',
			value: ({configuration: {concerns}}) => [...new Set(concerns.flatMap(({dependsOn}) => dependsOn))].join(', ') || undefined,
		},
		{title: 'Sources', value: ({configuration: {sources}}) => sources.join(', ') || 'any'},
		{title: 'Types', value: ({configuration: {detailTypes}}) => detailTypes.join(', ') || 'any'},
		{
			title: 'Sends to',
			value: ({configuration: {targets}, accountId}) =>
				targets && (targets.map(({arn}) => targetInWords(arn, accountId)).join(', ') || 'none'),
		},
		{title: 'Targets', value: ({configuration: {targets}}) => targets?.map(({arn}) => arn).join(', ') || undefined},
		{
			title: 'Dead letters',
			value: ({configuration: {targets}}) => targets?.flatMap(({deadLetterArn}) => deadLetterArn ?? []).join(', ') || undefined,
		},
		{title: 'Pattern', value: ({configuration}) => configuration.pattern},
		{title: 'Managed by', value: ({configuration}) => configuration.managedBy},
	],
	rules: eventRules,
	consolePath: ({resourceName, awsRegion}) =>
		`events/home?region=${awsRegion}#/eventbus/default/rules/${encodeURIComponent(resourceName.toWellFormed())}`,
};

const short: Readonly<Record<TopicId, string>> = {
	guardduty: 'GuardDuty',
	inspector: 'Inspector',
	macie: 'Macie',
	securityhub: 'Security Hub',
	certificates: 'Certificates',
	secrets: 'Secrets',
	parameters: 'Parameters',
	keys: 'Keys',
	health: 'Health',
};

/** The rules that tell somebody of a topic's events that matter, or how many of those sorts nobody is told of. Empty where they come to another Region. */
const told = ({arn, awsRegion, configuration}: Resource<Routing>, topic: TopicId): Cell => {
	if (homeElsewhere(topic, arn, awsRegion) !== undefined) {
		return undefined;
	}

	const wanted = configuration.topics?.[topic].filter(({matters}) => matters);
	const routed = wanted?.filter(({routes}) => routes.some(isLive));
	return (
		routed && wanted && (routed.length === wanted.length ? 'yes' : routed.length === 0 ? 'no' : `${routed.length} of ${wanted.length}`)
	);
};

const byWhom = (topic: TopicId): Column<Resource<Routing>> => ({
	title: topics[topic].title.replace(/^e/u, 'E'),
	value: ({configuration: {topics: known}}) =>
		known?.[topic]
			.map(({event, routes}) => {
				const live = routes.filter(isLive).map(({ruleName}) => ruleName);
				return `${event}: ${live.join(', ') || 'nobody'}`;
			})
			.join('; '),
});

const routingKind: Kind<Routing> = {
	resourceType: routingType,
	title: 'Routing',
	columns: topicIds.map(topic => ({title: short[topic], value: resource => told(resource, topic)})),
	facts: [...topicIds.map(byWhom), {title: 'Rules on the default bus', value: ({configuration}) => configuration.ruleCount}],
	rules: routingRules,
	consolePath: ({awsRegion}) => `events/home?region=${awsRegion}#/rules`,
};

export const eventbridge = defineService({
	id: 'eventbridge',
	title: 'Event routes',
	group: 'organisation',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 5 * 60_000}},
	iamPrefix: 'events',
	operations: {
		ListRules: {...unpublished, answers: ['Rules'], paging: {input: 'NextToken', output: 'NextToken'}},
		// One for each rule that concerns us and is not disabled.
		ListTargetsByRule: {
			...unpublished,
			freshForMs: hourMs / 2,
			answers: ['Targets'],
			paging: {input: 'NextToken', output: 'NextToken'},
		},
	},
	kinds: [routingKind, eventRuleKind],
	load: async () => import('./collect.js'),
});
