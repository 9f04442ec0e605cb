import {
	DescribeManagedRuleGroupCommand,
	GetIPSetCommand,
	GetRuleGroupCommand,
	GetWebACLCommand,
	IPAddressVersion,
	ListIPSetsCommand,
	ListLoggingConfigurationsCommand,
	ListResourcesForWebACLCommand,
	ListRuleGroupsCommand,
	ListWebACLsCommand,
	LogScope,
	LowReputationMode,
	RateBasedStatementAggregateKeyType,
} from '@aws-sdk/client-wafv2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {apigateway} from './apigateway.js';
import {managedRuleGroups} from './wafv2-managed.js';
import {quietWaf, type WafState, type WafWebAcl} from './wafv2-state.js';

// Behaviour is that of https://docs.aws.amazon.com/waf/latest/APIReference/API_Operations_AWS_WAFV2.html.

type Waf = Context<WafState>;
type Entity = Pick<WafWebAcl, 'arn' | 'id' | 'name' | 'scope' | 'description' | 'lockToken' | 'refused'>;

const paging = {token: 'NextMarker', limit: 'Limit', defaultLimit: 100, maximumLimit: 100} as const;

const refuse = (context: Waf): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

/** "To work with CloudFront, you must also specify the Region US East (N. Virginia)". */
const scopeOf = (scope: string | undefined, context: Waf): string => {
	if (scope === 'CLOUDFRONT' && context.awsRegion !== 'us-east-1') {
		throw new AwsError(
			'WAFInvalidParameterException',
			'Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT',
			400,
			{Field: 'SCOPE_VALUE', Parameter: 'CLOUDFRONT', Reason: 'The scope is not valid.'},
		);
	}

	return scope ?? '';
};

/** By ARN, or by name, scope and id together. */
const find = <T extends Entity>(
	all: readonly T[],
	input: {
		readonly ARN?: string | undefined;
		readonly Name?: string | undefined;
		readonly Id?: string | undefined;
		readonly Scope?: string | undefined;
	},
	context: Waf,
): T => {
	const {ARN, Name, Id, Scope} = input;
	const one = all.find(other =>
		ARN === undefined ? other.name === Name && other.id === Id && other.scope === scopeOf(Scope, context) : other.arn === ARN,
	);
	if (one === undefined) {
		throw new AwsError('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.');
	}

	const because = one.refused[context.operation] ?? context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(one.arn, because);
	return one;
};

const summaryOf = ({arn, id, name, description, lockToken}: Entity) => ({
	ARN: arn,
	Id: id,
	Name: name,
	// AWS sends an empty description where there is none.
	Description: description ?? '',
	LockToken: lockToken,
});

const visibilityOf = (name: string, metrics: boolean) => ({
	SampledRequestsEnabled: true,
	CloudWatchMetricsEnabled: metrics,
	MetricName: name.replaceAll(/[^\w-]/gu, '') || 'metric',
});

export const wafv2 = defineMockService({
	id: 'wafv2',
	signingName: 'wafv2',
	protocol: {name: 'awsJson1.1', target: 'AWSWAF_20190729'},
	errors: {validation: 'WAFInvalidParameterException'},
	enums: [IPAddressVersion, LogScope, LowReputationMode, RateBasedStatementAggregateKeyType],
	empty: quietWaf,
	commands: {
		ListWebACLs: ListWebACLsCommand,
		GetWebACL: GetWebACLCommand,
		ListLoggingConfigurations: ListLoggingConfigurationsCommand,
		ListResourcesForWebACL: ListResourcesForWebACLCommand,
		ListRuleGroups: ListRuleGroupsCommand,
		GetRuleGroup: GetRuleGroupCommand,
		DescribeManagedRuleGroup: DescribeManagedRuleGroupCommand,
		ListIPSets: ListIPSetsCommand,
		GetIPSet: GetIPSetCommand,
	},
	handlers: {
		ListWebACLs: (input, context) => {
			refuse(context);
			const scope = scopeOf(input.Scope, context);
			const {page, token} = context.paginate(
				context.state.webAcls.filter(one => one.scope === scope),
				input,
				paging,
			);
			return {WebACLs: page.map(summaryOf), ...(token !== undefined && {NextMarker: token})};
		},

		GetWebACL: (input, context) => {
			const one = find(context.state.webAcls, input, context);
			return {
				WebACL: {Name: one.name, Id: one.id, ARN: one.arn, Description: one.description ?? '', ...one.acl},
				LockToken: one.lockToken,
			};
		},

		ListLoggingConfigurations: (input, context) => {
			refuse(context);
			const scope = scopeOf(input.Scope, context);
			// "The default is CUSTOMER."
			const logScope = input.LogScope ?? 'CUSTOMER';
			const all = context.state.webAcls
				.filter(one => one.scope === scope)
				.flatMap(one =>
					one.logging
						.filter(({LogScope: of}) => of === logScope)
						.map(logging => ({ResourceArn: one.arn, ...logging, LogDestinationConfigs: [...(logging.LogDestinationConfigs ?? [])]})),
				);
			const {page, token} = context.paginate(all, input, paging);
			return {LoggingConfigurations: [...page], ...(token !== undefined && {NextMarker: token})};
		},

		ListResourcesForWebACL: (input, context) => {
			const one = find(context.state.webAcls, {ARN: input.WebACLArn}, context);
			// "For Amazon CloudFront, don't use this call."
			if (one.scope === 'CLOUDFRONT') throw context.invalid('The ARN isn’t valid. A valid ARN is that of a regional web ACL.');
			switch (input.ResourceType ?? 'APPLICATION_LOAD_BALANCER') {
				case 'APPLICATION_LOAD_BALANCER':
					return {ResourceArns: [...one.loadBalancers]};
				case 'API_GATEWAY': {
					const {apis} = context.world.state(apigateway, context.awsRegion, context.accountId);
					const arnOf = (apiId: string, stageName: string | undefined) =>
						`arn:${context.partition}:apigateway:${context.awsRegion}::/restapis/${apiId}/stages/${stageName}`;
					return {
						ResourceArns: apis.flatMap(({api: {id = ''}, stages}) =>
							stages.filter(({webAclArn}) => webAclArn === one.arn).map(({stageName}) => arnOf(id, stageName)),
						),
					};
				}
				default:
					return {ResourceArns: []};
			}
		},

		ListRuleGroups: (input, context) => {
			refuse(context);
			const scope = scopeOf(input.Scope, context);
			// Groups that another account shares are referred to, and not listed.
			const own = context.state.ruleGroups.filter(one => one.scope === scope && one.arn.includes(`:${context.accountId}:`));
			const {page, token} = context.paginate(own, input, paging);
			return {RuleGroups: page.map(summaryOf), ...(token !== undefined && {NextMarker: token})};
		},

		GetRuleGroup: (input, context) => {
			const one = find(context.state.ruleGroups, input, context);
			return {
				RuleGroup: {
					Name: one.name,
					Id: one.id,
					ARN: one.arn,
					Capacity: one.capacity,
					Description: one.description ?? '',
					Rules: [...one.rules],
					VisibilityConfig: visibilityOf(one.name, one.metrics),
				},
				LockToken: one.lockToken,
			};
		},

		DescribeManagedRuleGroup: (input, context) => {
			refuse(context);
			scopeOf(input.Scope, context);
			const group = input.VendorName === 'AWS' ? managedRuleGroups[input.Name ?? ''] : undefined;
			if (group === undefined) throw context.invalid(`There is no managed rule group ${input.VendorName}/${input.Name}.`);
			return {Capacity: group.capacity, Rules: [...group.rules], LabelNamespace: `awswaf:managed:aws:${input.Name}:`};
		},

		ListIPSets: (input, context) => {
			refuse(context);
			const scope = scopeOf(input.Scope, context);
			const {page, token} = context.paginate(
				context.state.ipSets.filter(one => one.scope === scope),
				input,
				paging,
			);
			return {IPSets: page.map(summaryOf), ...(token !== undefined && {NextMarker: token})};
		},

		GetIPSet: (input, context) => {
			const one = find(context.state.ipSets, input, context);
			return {
				IPSet: {
					Name: one.name,
					Id: one.id,
					ARN: one.arn,
					Description: one.description ?? '',
					IPAddressVersion: one.version,
					Addresses: [...one.addresses],
				},
				LockToken: one.lockToken,
			};
		},
	},
});
