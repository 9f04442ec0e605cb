import type {CommandOutput, Resource} from '../../../model/index.js';
import {type Scope, type WebAcl, webAclType} from '../rules/web-acl.js';
import {type LockTokens, toAclRules} from './acl-rule.js';
import {type Commands, present, type Waf, whileUnchanged} from './commands.js';
import type {LoggingByAcl} from './logging.js';
import type {Acl} from './statement.js';

export type Listed = NonNullable<CommandOutput<Commands['ListWebACLs']>['WebACLs']>[number] & {readonly ARN: string};

const defaultActionOf = ({DefaultAction}: Acl): NonNullable<WebAcl['defaultAction']> =>
	DefaultAction?.Block !== undefined ? 'block' : DefaultAction?.Allow !== undefined ? 'allow' : 'unknown';

/** One web ACL with its rules, its logging and what it stands before. */
export const toWebAcl = async (
	aws: Waf,
	scope: Scope,
	listed: Listed,
	lockTokens: LockTokens,
	loggingByAcl: LoggingByAcl,
): Promise<Resource<WebAcl>> => {
	const facts = aws.facts();
	const {ARN: arn, Id, Name, Description, LockToken} = listed;
	const answer = await whileUnchanged(LockToken, async options => facts.attempt('GetWebACL', {ARN: arn}, options));
	const acl = answer?.WebACL;
	// AWS sends an empty list where there are no rules.
	if (acl && acl.Rules === undefined) facts.missing('GetWebACL', 'Rules');
	// CloudFront's distributions name their web ACL themselves, and so do API Gateway's stages. Each call here is worth a
	// second of the account's quota.
	const loadBalancerArns =
		scope === 'REGIONAL'
			? (await facts.attempt('ListResourcesForWebACL', {WebACLArn: arn, ResourceType: 'APPLICATION_LOAD_BALANCER'}))?.ResourceArns
			: undefined;
	const {logging, unread} = loggingByAcl.of(arn);
	return {
		arn,
		resourceType: webAclType,
		resourceId: Id || arn,
		resourceName: Name || arn,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {
			scope,
			...(Description !== undefined && Description !== '' && {description: Description}),
			...(acl &&
				present({
					defaultAction: defaultActionOf(acl),
					rules: acl.Rules && (await toAclRules(facts, scope, acl, lockTokens)),
					capacity: acl.Capacity,
					metrics: acl.VisibilityConfig?.CloudWatchMetricsEnabled,
					samples: acl.VisibilityConfig?.SampledRequestsEnabled,
					managedByFirewallManager: acl.ManagedByFirewallManager,
					retrofittedByFirewallManager: acl.RetrofittedByFirewallManager,
					lowReputationMode: acl.OnSourceDDoSProtectionConfig?.ALBLowReputationMode,
				})),
			...present({logging, loadBalancerArns}),
		},
		unread: {...facts.unread, ...unread},
		readAt: facts.readAt,
	};
};
