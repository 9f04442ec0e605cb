import type {RuleSummary} from '@aws-sdk/client-wafv2';

type Action = 'Block' | 'Count' | 'Challenge';

const rules = (action: Action, ...names: readonly string[]): readonly RuleSummary[] =>
	names.map(name => ({Name: name, Action: {[action]: {}}}));

/**
 * AWS's managed rule groups with their rules and what these do unless they are overridden.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const managedRuleGroups: Readonly<Record<string, {readonly capacity: number; readonly rules: readonly RuleSummary[]}>> = {
	AWSManagedRulesCommonRuleSet: {
		capacity: 700,
		rules: rules(
			'Block',
			'NoUserAgent_HEADER',
			'UserAgent_BadBots_HEADER',
			'SizeRestrictions_QUERYSTRING',
			'SizeRestrictions_Cookie_HEADER',
			'SizeRestrictions_BODY',
			'SizeRestrictions_URIPATH',
			'EC2MetaDataSSRF_BODY',
			'EC2MetaDataSSRF_COOKIE',
			'EC2MetaDataSSRF_URIPATH',
			'EC2MetaDataSSRF_QUERYARGUMENTS',
			'GenericLFI_QUERYARGUMENTS',
			'GenericLFI_URIPATH',
			'GenericLFI_BODY',
			'RestrictedExtensions_URIPATH',
			'RestrictedExtensions_QUERYARGUMENTS',
			'GenericRFI_QUERYARGUMENTS',
			'GenericRFI_BODY',
			'GenericRFI_URIPATH',
			'CrossSiteScripting_COOKIE',
			'CrossSiteScripting_QUERYARGUMENTS',
			'CrossSiteScripting_BODY',
			'CrossSiteScripting_URIPATH',
		),
	},
	AWSManagedRulesKnownBadInputsRuleSet: {
		capacity: 200,
		rules: rules(
			'Block',
			'JavaDeserializationRCE_HEADER',
			'JavaDeserializationRCE_BODY',
			'JavaDeserializationRCE_URIPATH',
			'JavaDeserializationRCE_QUERYSTRING',
			'Host_localhost_HEADER',
			'PROPFIND_METHOD',
			'ExploitablePaths_URIPATH',
			'Log4JRCE_HEADER',
			'Log4JRCE_QUERYSTRING',
			'Log4JRCE_BODY',
			'Log4JRCE_URIPATH',
		),
	},
	AWSManagedRulesSQLiRuleSet: {
		capacity: 200,
		rules: rules(
			'Block',
			'SQLi_QUERYARGUMENTS',
			'SQLiExtendedPatterns_QUERYARGUMENTS',
			'SQLi_BODY',
			'SQLiExtendedPatterns_BODY',
			'SQLi_COOKIE',
		),
	},
	AWSManagedRulesAmazonIpReputationList: {
		capacity: 25,
		rules: [...rules('Block', 'AWSManagedIPReputationList', 'AWSManagedReconnaissanceList'), ...rules('Count', 'AWSManagedIPDDoSList')],
	},
	AWSManagedRulesAnonymousIpList: {capacity: 50, rules: rules('Block', 'AnonymousIPList', 'HostingProviderIPList')},
	AWSManagedRulesBotControlRuleSet: {
		capacity: 50,
		rules: rules('Block', 'CategoryHttpLibrary', 'CategoryScrapingFramework', 'SignalAutomatedBrowser', 'SignalNonBrowserUserAgent'),
	},
	AWSManagedRulesAntiDDoSRuleSet: {
		capacity: 50,
		rules: [...rules('Challenge', 'ChallengeAllDuringEvent', 'ChallengeDDoSRequests'), ...rules('Block', 'DDoSRequests')],
	},
};

/** The names of a group's rules, such as to override each of them. */
export const rulesOf = (group: string): readonly string[] => managedRuleGroups[group]?.rules.flatMap(({Name}) => Name ?? []) ?? [];
