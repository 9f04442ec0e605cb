import {defineService, hourMs, type Kind, type Resource} from '../../model/index.js';
import {limitInWords} from './rules/acl-rule.js';
import {ipSetRules, ruleGroupRules, webAclRules} from './rules/index.js';
import {usdPerMonth} from './rules/keeping.js';
import {
	type IpSet,
	ipSetType,
	loadBalancerInWords,
	type RuleGroup,
	ruleGroupType,
	type Scope,
	type WebAcl,
	webAclType,
} from './rules/web-acl.js';

const limits = 'https://docs.aws.amazon.com/waf/latest/developerguide/limits.html';
// "Any other Get or List action: five requests per second" each, which cannot be raised.
const read = {requestsPerSecond: 5, source: limits};
const paging = {input: 'NextMarker', output: 'NextMarker'};

const yesNo = (is: boolean | undefined) => (is === undefined ? undefined : is ? 'yes' : 'no');
const list = (words: readonly string[] | undefined) => (words === undefined || words.length === 0 ? undefined : words.join(', '));
const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
/** Web ACLs are regional; those for CloudFront hold everywhere, and are kept in us-east-1. */
const holds = ({configuration: {scope}, awsRegion}: Resource<{readonly scope: Scope}>): string =>
	scope === 'CLOUDFRONT' ? 'CloudFront, everywhere' : `what lies in ${awsRegion}`;
const page = (scope: Scope, awsRegion: string): string => `region=${scope === 'CLOUDFRONT' ? 'global' : awsRegion}`;
const path = (...parts: readonly string[]): string => parts.map(part => encodeURIComponent(part.toWellFormed())).join('/');

const rulesInWords = (rules: WebAcl['rules']) =>
	rules?.map(({name, action, stage}) => `${name}: ${action}${stage === 'own' ? '' : ` (${stage})`}`).join('; ') || (rules && 'none');

const webAcls: Kind<WebAcl> = {
	resourceType: webAclType,
	title: 'Web ACLs',
	columns: [
		{
			title: 'Stopping',
			value: ({configuration: {rules, defaultAction}}) =>
				rules &&
				(defaultAction === 'block' ? 'by default' : `${rules.filter(({effect}) => effect === 'stops').length} of ${rules.length} rules`),
		},
		{
			title: 'Rate limit',
			value: ({configuration: {rules}}) => rules && (rules.flatMap(({rateLimits}) => rateLimits)[0]?.limit ?? 'none'),
		},
		{
			title: 'Load balancers',
			value: ({configuration: {loadBalancerArns}}) => list(loadBalancerArns?.map(loadBalancerInWords)),
		},
		{title: 'Capacity', value: ({configuration}) => configuration.capacity},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Holds for', value: holds},
		{title: 'Load balancers', value: ({configuration}) => list(configuration.loadBalancerArns?.map(loadBalancerInWords))},
		{title: 'By default', value: ({configuration}) => configuration.defaultAction},
		{title: 'Rules, in order', value: ({configuration: {rules}}) => rulesInWords(rules)},
		{
			title: 'Rate limits',
			value: ({configuration: {rules}}) =>
				list(rules?.flatMap(({rateLimits}) => rateLimits.map(limit => `${limit.rule}: ${limitInWords(limit)} (${limit.effect})`))),
		},
		{
			title: 'Stops by',
			value: ({configuration: {rules}}) =>
				list(rules && unique(rules.flatMap(({effect, inspects}) => (effect === 'stops' ? inspects : [])))),
		},
		{title: 'Countries', value: ({configuration: {rules}}) => list(rules && unique(rules.flatMap(({countries}) => countries)))},
		{
			title: 'IP sets',
			value: ({configuration: {rules}}) =>
				list(rules && unique(rules.flatMap(({ipSetArns}) => ipSetArns.map(arn => arn.split('/').at(-2) ?? arn)))),
		},
		{
			title: 'Rule groups',
			value: ({configuration: {rules}}) => list(rules && unique(rules.flatMap(({group}) => (group === undefined ? [] : [group])))),
		},
		{title: 'Low reputation', value: ({configuration}) => configuration.lowReputationMode},
		{title: 'Capacity, in units', value: ({configuration}) => configuration.capacity},
		{
			title: 'Logs to',
			value: ({configuration: {logging}}) =>
				logging && (list(logging.flatMap(({destinations, scope}) => destinations.map(to => `${to} (${scope})`))) ?? 'nowhere'),
		},
		{title: 'Logs only what a filter keeps', value: ({configuration: {logging}}) => yesNo(logging?.[0]?.drops)},
		{title: 'Fields blacked out in logs', value: ({configuration: {logging}}) => logging?.[0]?.redactedFields},
		{title: 'Metrics', value: ({configuration}) => yesNo(configuration.metrics)},
		{title: 'Samples of requests', value: ({configuration}) => yesNo(configuration.samples)},
		{title: 'Made by Firewall Manager', value: ({configuration}) => yesNo(configuration.managedByFirewallManager)},
		{title: 'Taken over by Firewall Manager', value: ({configuration}) => yesNo(configuration.retrofittedByFirewallManager)},
	],
	rules: webAclRules,
	usdPerMonth: ({configuration}) => usdPerMonth(configuration),
	consolePath: ({resourceName, resourceId, awsRegion, configuration: {scope}}) =>
		`wafv2/homev2/${path('web-acl', resourceName, resourceId)}/overview?${page(scope, awsRegion)}`,
};

const ruleGroups: Kind<RuleGroup> = {
	resourceType: ruleGroupType,
	title: 'Rule groups',
	columns: [
		{
			title: 'Stopping',
			value: ({configuration: {rules}}) => rules && `${rules.filter(({effect}) => effect === 'stops').length} of ${rules.length} rules`,
		},
		{title: 'Capacity', value: ({configuration}) => configuration.capacity},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Holds for', value: holds},
		{title: 'Rules, in order', value: ({configuration: {rules}}) => rulesInWords(rules)},
		{
			title: 'Rate limits',
			value: ({configuration: {rules}}) =>
				list(rules?.flatMap(({rateLimits}) => rateLimits.map(limit => `${limit.rule}: ${limitInWords(limit)} (${limit.effect})`))),
		},
		{title: 'Looks at', value: ({configuration: {rules}}) => list(rules && unique(rules.flatMap(({inspects}) => inspects)))},
		{title: 'Capacity, in units', value: ({configuration}) => configuration.capacity},
		{title: 'Metrics', value: ({configuration}) => yesNo(configuration.metrics)},
	],
	rules: ruleGroupRules,
	consolePath: ({resourceName, resourceId, awsRegion, configuration: {scope}}) =>
		`wafv2/homev2/${path('rule-group', resourceName, resourceId)}?${page(scope, awsRegion)}`,
};

const ipSets: Kind<IpSet> = {
	resourceType: ipSetType,
	title: 'IP sets',
	columns: [
		{title: 'Addresses', value: ({configuration}) => configuration.size},
		{title: 'Used by', value: ({configuration: {usedBy}}) => usedBy && (list(usedBy) ?? 'nothing')},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Holds for', value: holds},
		{title: 'Version', value: ({configuration}) => configuration.version},
		{title: 'Addresses and ranges', value: ({configuration}) => configuration.size},
		{title: 'Used by', value: ({configuration: {usedBy}}) => usedBy && (list(usedBy) ?? 'nothing')},
	],
	rules: ipSetRules,
	consolePath: ({resourceName, resourceId, awsRegion, configuration: {scope}}) =>
		`wafv2/homev2/${path('ip-set', resourceName, resourceId)}?${page(scope, awsRegion)}`,
};

export const wafv2 = defineService({
	id: 'wafv2',
	title: 'WAF',
	group: 'edge',
	leads: 'worst',
	scope: 'regional',
	// Ten calls where nothing changed. A hundred web ACLs, rule groups and IP sets that are all new take two minutes.
	refresh: {full: {everyMs: 5 * 60_000, deadlineMs: 5 * 60_000}},
	iamPrefix: 'wafv2',
	operations: {
		ListWebACLs: {...read, answers: ['WebACLs'], paging},
		// How long its answers live is told by lock tokens: see the collector.
		GetWebACL: {...read, answers: ['WebACL']},
		ListLoggingConfigurations: {...read, answers: ['LoggingConfigurations'], paging},
		ListResourcesForWebACL: {
			requestsPerSecond: 1,
			slow: true,
			freshForMs: hourMs,
			answers: ['ResourceArns'],
			source: limits,
		},
		ListRuleGroups: {...read, answers: ['RuleGroups'], paging},
		GetRuleGroup: {...read, freshForMs: hourMs, answers: ['RuleGroup']},
		DescribeManagedRuleGroup: {...read, freshForMs: 24 * hourMs, answers: ['Rules']},
		ListIPSets: {...read, answers: ['IPSets'], paging},
		GetIPSet: {...read, answers: ['IPSet']},
	},
	kinds: [webAcls, ruleGroups, ipSets],
	load: async () => import('./collect/index.js'),
});
