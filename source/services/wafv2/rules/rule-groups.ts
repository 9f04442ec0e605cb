import {type Rule, unpublished} from '../../../model/index.js';
import {counted, quoted, type RuleGroup} from './web-acl.js';

export const ruleGroupActs: Rule<RuleGroup> = {
	id: 'wafv2-rulegroup-acts',
	title: 'A rule group has rules that do more than count',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A rule group is made to be used in many web ACLs. One that is empty, or only counts, leaves each of them with a rule that does nothing.',
	remediation: {
		text: 'Give its rules an action, or delete the group where nothing uses it.',
		cli: 'aws wafv2 get-rule-group --arn {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-user-created-rule-groups.html',
	},
	note: 'WAF.3 and WAF.7 of Security Hub ask this of WAF Classic, of which no new rule group can be made any more.',
	reads: ['GetRuleGroup'],
	evaluate({configuration: {rules = []}}) {
		const evidence = {
			expected: 'a rule that allows, blocks or challenges',
			observed: rules.map(({name, action}) => `${name}: ${action}`).join('; ') || 'no rules',
			operation: 'GetRuleGroup',
		};
		const acting = rules.filter(({effect}) => effect === 'stops' || effect === 'allows');
		if (acting.length > 0) return {verdict: 'PASS', reason: `${acting.length} of ${counted(rules.length, 'rule')} act`, evidence};
		const unknown = rules.find(({effect}) => effect === 'unknown');
		if (unknown !== undefined) return {verdict: 'UNKNOWN', reason: `what “${unknown.name}” does is not known to this version`, evidence};
		return {
			verdict: 'FAIL',
			reason:
				rules.length === 0
					? 'has no rules'
					: `${rules.length === 1 ? 'its one rule only counts' : `its ${rules.length} rules only count`}: ${quoted(rules.map(({name}) => name))}`,
			evidence,
		};
	},
};

export const ruleGroupMetricsOn: Rule<RuleGroup> = {
	id: 'wafv2-rulegroup-metrics-on',
	title: 'A rule group and its rules have metrics',
	severity: 'LOW',
	published: {securityControlIds: ['WAF.12'], cis: [], prowler: []},
	rationale: 'No alarm can tell what a rule group stops in all the web ACLs that use it, if CloudWatch hears nothing of it.',
	remediation: {
		text: 'Turn the CloudWatch metrics on in the visibility configuration of the group and of each rule. They cost nothing.',
		cli: "aws wafv2 get-rule-group --arn {arn} --query 'RuleGroup.[VisibilityConfig,Rules[].VisibilityConfig]' --region {region}",
		terraform:
			'visibility_config {\n  cloudwatch_metrics_enabled = true\n  sampled_requests_enabled   = true\n  metric_name                = "{name}"\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html',
	},
	reads: ['GetRuleGroup'],
	evaluate({configuration: {metrics, rules = []}}) {
		const silent = rules.filter(rule => rule.metrics === false).map(({name}) => name);
		const evidence = {
			expected: 'CloudWatchMetricsEnabled true throughout',
			observed: `group ${metrics ?? 'absent'}, off in ${silent.length} of ${counted(rules.length, 'rule')}`,
			operation: 'GetRuleGroup',
		};
		if (metrics === undefined || (silent.length === 0 && rules.some(rule => rule.metrics === undefined))) {
			return {verdict: 'UNKNOWN', reason: 'GetRuleGroup did not tell of all metrics', evidence};
		}

		if (!metrics) return {verdict: 'FAIL', reason: 'CloudWatch gets no metrics of it', evidence};
		return silent.length === 0
			? {verdict: 'PASS', reason: 'it and all its rules have metrics', evidence}
			: {verdict: 'FAIL', reason: `no metrics of ${counted(silent.length, 'rule')}: ${quoted(silent)}`, evidence};
	},
};
