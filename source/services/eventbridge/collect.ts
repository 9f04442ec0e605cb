import {EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand} from '@aws-sdk/client-eventbridge';
import {type Aws, type CommandOutput, defineCollector, type Facts, type Resource, type Yielded} from '../../model/index.js';
import {askedOf, readPattern} from './rules/pattern.js';
import {concernsOf, type Routing, routesOf, routingType} from './rules/routing.js';
import {type EventRule, isEnabled, ruleType, type Target} from './rules/rule.js';

const commands = {ListRules: ListRulesCommand, ListTargetsByRule: ListTargetsByRuleCommand};
type EventBridge = Aws<typeof commands>;

type Listed = NonNullable<CommandOutput<typeof ListRulesCommand>['Rules']>[number];

/** A hundred is the most: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const page = {Limit: 100} as const;

const toRule = (aws: EventBridge, entry: Listed): EventRule => {
	const pattern = entry.EventPattern === undefined ? undefined : readPattern(entry.EventPattern);
	return {
		...(entry.State !== undefined && {state: entry.State}),
		...(entry.Description !== undefined && {description: entry.Description}),
		...(entry.EventPattern !== undefined && {pattern: entry.EventPattern}),
		...(entry.ManagedBy !== undefined && {managedBy: entry.ManagedBy}),
		sources: pattern === undefined ? [] : askedOf(pattern, 'source'),
		detailTypes: pattern === undefined ? [] : askedOf(pattern, 'detail-type'),
		// A rule without a pattern runs by the clock.
		concerns:
			entry.EventPattern === undefined && entry.ScheduleExpression !== undefined
				? []
				: concernsOf({pattern: entry.EventPattern, accountId: aws.accountId, awsRegion: aws.awsRegion}),
	};
};

const readTargets = async (facts: Facts<typeof commands>, name: string): Promise<readonly Target[] | undefined> => {
	const pages = await facts.attemptPages('ListTargetsByRule', {Rule: name, ...page});
	const targets = pages?.flatMap(({Targets = []}) => Targets);
	if (targets?.some(({Arn}) => Arn === undefined) === true) {
		facts.missing('ListTargetsByRule', 'Arn');
		return undefined;
	}

	return targets?.map(({Id, Arn = '', DeadLetterConfig}) => ({
		id: Id ?? Arn,
		arn: Arn,
		deadLetterArn: DeadLetterConfig?.Arn ?? null,
	}));
};

type Named = {readonly name: string; readonly entry: Listed; readonly rule: EventRule};

const toResource = async (aws: EventBridge, {name, entry, rule}: Named): Promise<Resource<EventRule>> => {
	const facts = aws.facts();
	const targets = isEnabled(rule) === false ? undefined : await readTargets(facts, name);
	return {
		arn: entry.Arn ?? `arn:${aws.partition}:events:${aws.awsRegion}:${aws.accountId}:rule/${name}`,
		resourceType: ruleType,
		resourceId: name,
		resourceName: name,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {...rule, ...(targets && {targets})},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

const toRoute = ({arn, resourceName, configuration}: Resource<EventRule>): Parameters<typeof routesOf>[0][number] => {
	const on = isEnabled(configuration);
	return {
		ruleName: resourceName,
		ruleArn: arn,
		...(on !== undefined && {isEnabled: on}),
		...(configuration.targets && {targetArns: configuration.targets.map(target => target.arn)}),
		concerns: configuration.concerns,
	};
};

const routingResource = (aws: EventBridge, configuration: Routing, facts: Facts<typeof commands>): Resource<Routing> => ({
	// The bus has an ARN, what it does with our topics has not.
	arn: `arn:${aws.partition}:events:${aws.awsRegion}:${aws.accountId}:event-bus/default/routing`,
	resourceType: routingType,
	resourceId: 'default',
	resourceName: 'default event bus',
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: {},
	configuration,
	unread: facts.unread,
	readAt: facts.readAt,
});

export const collector = defineCollector({
	client: EventBridgeClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		// AWS's own services send to the default bus alone, and other buses hear of it only by a rule of this one.
		const facts = aws.facts();
		const pages = await facts.attemptPages('ListRules', page);
		const listed = pages?.flatMap(({Rules = []}) => Rules) ?? [];
		const nameless = listed.some(({Name}) => Name === undefined);
		if (nameless) {
			facts.missing('ListRules', 'Name');
		}

		const ours = listed.flatMap((entry): readonly Named[] => {
			const rule = toRule(aws, entry);
			return entry.Name === undefined || rule.concerns.length === 0 ? [] : [{name: entry.Name, entry, rule}];
		});
		const routes: Array<Parameters<typeof routesOf>[0][number]> = [];
		for await (const resource of aws.each(ours, async named => toResource(aws, named))) {
			routes.push(toRoute(resource));
			yield {yields: 'resource', resource};
		}

		const isKnown = pages !== undefined && pages !== null && !nameless;
		yield {
			yields: 'resource',
			resource: routingResource(aws, isKnown ? {ruleCount: listed.length, topics: routesOf(routes)} : {}, facts),
		};
		yield {yields: 'complete', of: routingType};
		if (isKnown) {
			yield {yields: 'complete', of: ruleType};
		}
	},
});
