import type {CommandOutput, Resource} from '../../../model/index.js';
import {type RuleGroup, ruleGroupType, type Scope} from '../rules/web-acl.js';
import {toPlainRule} from './acl-rule.js';
import {type Commands, present, type Waf, whileUnchanged} from './commands.js';

export type ListedGroup = NonNullable<CommandOutput<Commands['ListRuleGroups']>['RuleGroups']>[number] & {readonly ARN: string};

export const toRuleGroup = async (aws: Waf, scope: Scope, listed: ListedGroup): Promise<Resource<RuleGroup>> => {
	const facts = aws.facts();
	const {ARN: arn, Id, Name, Description, LockToken} = listed;
	const group = (await whileUnchanged(LockToken, async options => facts.attempt('GetRuleGroup', {ARN: arn}, options)))?.RuleGroup;
	if (group && group.Rules === undefined) facts.missing('GetRuleGroup', 'Rules');
	return {
		arn,
		resourceType: ruleGroupType,
		resourceId: Id || arn,
		resourceName: Name || arn,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {
			scope,
			...(Description !== undefined && Description !== '' && {description: Description}),
			...(group &&
				present({
					rules: group.Rules?.map(toPlainRule).toSorted((one, other) => one.priority - other.priority),
					capacity: group.Capacity,
					metrics: group.VisibilityConfig?.CloudWatchMetricsEnabled,
				})),
		},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};
