import {ListRulesCommand, ListTargetsByRuleCommand, RuleState} from '@aws-sdk/client-eventbridge';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {EbState} from './eventbridge-state.js';

// Behaviour is that of https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html and
// API_ListTargetsByRule.html. There is one bus.

const refuseUnknownBus = (name: string | undefined, context: Context<EbState>): void => {
	if (name !== undefined && name !== 'default' && name !== context.arn('event-bus/default')) {
		throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
	}
};

export const eventbridge = defineMockService({
	id: 'eventbridge',
	signingName: 'events',
	protocol: {name: 'awsJson1.1', target: 'AWSEvents'},
	errors: {invalidToken: 'InvalidToken'},
	enums: [RuleState],
	empty: (): EbState => ({rules: [], refused: {}}),
	commands: {ListRules: ListRulesCommand, ListTargetsByRule: ListTargetsByRuleCommand},
	handlers: {
		ListRules: (input, context) => {
			const reason = context.state.refused[context.operation];
			if (reason !== undefined) throw context.denied(context.arn('rule/*'), reason);
			refuseUnknownBus(input.EventBusName, context);
			const rules = context.state.rules.filter(({Name}) => Name.startsWith(input.NamePrefix ?? ''));
			const {page, token} = context.paginate(rules, input, {token: 'NextToken', limit: 'Limit', defaultLimit: 100, maximumLimit: 100});
			return {
				Rules: page.map(({targets: _targets, refused: _refused, ...rule}) => rule),
				...(token !== undefined && {NextToken: token}),
			};
		},

		ListTargetsByRule: (input, context) => {
			refuseUnknownBus(input.EventBusName, context);
			const rule = context.state.rules.find(({Name}) => Name === input.Rule);
			if (rule === undefined) throw new AwsError('ResourceNotFoundException', `Rule ${input.Rule} does not exist on EventBus default.`);
			const reason = rule.refused[context.operation];
			if (reason !== undefined) throw context.denied(rule.Arn, reason);
			const {page, token} = context.paginate(rule.targets, input, {
				token: 'NextToken',
				limit: 'Limit',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {Targets: [...page], ...(token !== undefined && {NextToken: token})};
		},
	},
});
