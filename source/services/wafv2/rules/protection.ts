import {type Answer, type Rule, unpublished} from '../../../model/index.js';
import {type AclRule, isAntiDdos, limitInWords} from './acl-rule.js';
import {counted, quoted, unreadInWords, type WebAcl, type WebAclResource} from './web-acl.js';

const names = (rules: readonly AclRule[]): string => quoted(rules.map(({name}) => name));

/** Why it cannot be told what a rule does. */
const unknownInWords = ({unread}: WebAclResource, {name, unreadBy}: AclRule): string => {
	const refusal = unreadBy === undefined ? undefined : unread[unreadBy];
	return refusal === undefined
		? `what rule “${name}” does is not known to this version`
		: `what rule “${name}” does ${unreadInWords(refusal)}`;
};

export const stopsRequests: Rule<WebAcl> = {
	id: 'wafv2-webacl-stops-requests',
	title: 'A web ACL stops requests',
	severity: 'MEDIUM',
	published: {securityControlIds: ['WAF.10'], cis: [], prowler: ['wafv2_webacl_with_rules']},
	rationale:
		'A web ACL that lets everything in protects nothing, and looks like protection to whoever counts what is behind one. Counting is for trying a rule out.',
	remediation: {
		text: 'Add rules that block, or AWS’s managed groups: the common rules, known bad inputs and the IP reputation list to begin with. Where rules count, look at what they would have stopped, then take the override away.',
		cli: 'aws wafv2 get-web-acl --arn {arn} --region {region}',
		terraform:
			'rule {\n  name     = "common"\n  priority = 10\n\n  override_action {\n    none {}\n  }\n\n  statement {\n    managed_rule_group_statement {\n      vendor_name = "AWS"\n      name        = "AWSManagedRulesCommonRuleSet"\n    }\n  }\n\n  visibility_config {\n    cloudwatch_metrics_enabled = true\n    sampled_requests_enabled   = true\n    metric_name                = "common"\n  }\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-managed-rule-groups.html',
	},
	note: 'Security Hub and Prowler pass a web ACL with any rule, also where each rule only counts: a managed group whose override is Count, or of which each single rule is overridden to Count, stops nothing. Rules of Firewall Manager count as rules. A web ACL that blocks by default passes.',
	reads: ['GetWebACL'],
	evaluate(resource) {
		const {defaultAction, rules = []} = resource.configuration;
		const observed = `default ${defaultAction}; ${rules.map(({name, action}) => `${name}: ${action}`).join('; ') || 'no rules'}`;
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({
			verdict,
			reason,
			evidence: {expected: 'a rule that blocks, or Block by default', observed, operation: 'GetWebACL'},
		});
		if (defaultAction === 'block') return is('PASS', 'blocks every request that no rule lets in');
		const stopping = rules.filter(({effect}) => effect === 'stops');
		if (stopping.length > 0) return is('PASS', `${stopping.length} of ${counted(rules.length, 'rule')} stop requests: ${names(stopping)}`);
		const unknown = rules.find(({effect}) => effect === 'unknown');
		if (unknown !== undefined) return is('UNKNOWN', unknownInWords(resource, unknown));
		if (defaultAction === 'unknown') return is('UNKNOWN', 'its default action is not known to this version');
		if (rules.length === 0) return is('FAIL', 'has no rules and lets every request in');
		const counting = rules.filter(({effect}) => effect === 'counts');
		return counting.length === rules.length
			? is('FAIL', `${rules.length === 1 ? 'its one rule only counts' : `its ${rules.length} rules only count`}: ${names(rules)}`)
			: is('FAIL', `no rule stops a request, they let in or count: ${names(rules)}`);
	},
};

/** Whether a rule of which not all is known may be one that limits rates. */
const mayLimit = (rule: AclRule): boolean =>
	rule.effect !== 'counts' &&
	(rule.unclear === true ||
		(rule.effect === 'unknown' && (rule.unreadBy === 'GetRuleGroup' || rule.rateLimits.length > 0 || isAntiDdos(rule))));

export const rateLimited: Rule<WebAcl> = {
	id: 'wafv2-webacl-rate-limited',
	title: 'A web ACL limits how often a sender may ask',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'A flood of well-formed requests passes every other rule. A rate-based rule stops those who ask too often, at the edge, before the application does the work.',
	remediation: {
		text: 'Add a rate-based rule, with a limit somewhat above what your busiest honest client needs, or AWS’s anti-DDoS group.',
		cli: 'aws wafv2 get-web-acl --arn {arn} --region {region}',
		terraform:
			'rule {\n  name     = "rate"\n  priority = 1\n\n  action {\n    block {}\n  }\n\n  statement {\n    rate_based_statement {\n      limit              = 2000\n      aggregate_key_type = "IP"\n    }\n  }\n\n  visibility_config {\n    cloudwatch_metrics_enabled = true\n    sampled_requests_enabled   = true\n    metric_name                = "rate"\n  }\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html',
	},
	note: 'Rate-based statements in rule groups count, and so do AWSManagedRulesAntiDDoSRuleSet and the group by which Shield Advanced answers attacks. One that only counts limits nothing. A limit may be as low as 10 (it was 100) in a window of 60, 120, 300 or 600 seconds (it was five minutes).',
	reads: ['GetWebACL'],
	evaluate(resource) {
		const {rules = []} = resource.configuration;
		const limits = rules.flatMap(({rateLimits}) => rateLimits);
		const observed = limits.map(limit => `${limit.rule}: ${limitInWords(limit)}, ${limit.effect}`).join('; ') || 'no rate-based statement';
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({
			verdict,
			reason,
			evidence: {expected: 'a rate-based rule that stops requests', observed, operation: 'GetWebACL'},
		});
		const limit = limits.find(({effect, scoped}) => effect === 'stops' && !scoped) ?? limits.find(({effect}) => effect === 'stops');
		if (limit !== undefined) return is('PASS', `“${limit.rule}” allows ${limitInWords(limit)}`);
		const group = rules.find(rule => isAntiDdos(rule) && rule.effect === 'stops');
		if (group !== undefined)
			return is('PASS', `“${group.name}” is ${group.sort === 'rule group' ? 'Shield Advanced’s' : 'AWS’s anti-DDoS'} group`);
		const unknown = rules.find(mayLimit);
		if (unknown !== undefined) return is('UNKNOWN', unknownInWords(resource, unknown));
		const idle = limits[0]?.rule ?? rules.find(isAntiDdos)?.name;
		return is('FAIL', idle === undefined ? 'no rule limits how often a sender may ask' : `“${idle}” only counts: nobody is held back`);
	},
};
