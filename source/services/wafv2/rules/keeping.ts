import {type Answer, grouped, type Rule, unpublished} from '../../../model/index.js';
import {counted, quoted, type WebAcl} from './web-acl.js';

export const logged: Rule<WebAcl> = {
	id: 'wafv2-webacl-logged',
	title: 'A web ACL logs its requests',
	severity: 'LOW',
	published: {securityControlIds: ['WAF.11'], cis: [], prowler: ['wafv2_webacl_logging_enabled']},
	rationale:
		'Without logs nobody can tell what was stopped, what was let in before an incident, or why an honest customer was turned away. Samples are kept for three hours only.',
	remediation: {
		text: 'Send the logs to a Firehose stream, a log group or a bucket, whose name must begin with aws-waf-logs-.',
		cli: 'aws wafv2 put-logging-configuration --logging-configuration ResourceArn={arn},LogDestinationConfigs=DESTINATION_ARN --region {region}',
		terraform:
			'resource "aws_wafv2_web_acl_logging_configuration" "this" {\n  resource_arn            = "{arn}"\n  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging.html',
	},
	note: 'Logs that Security Lake or CloudWatch’s telemetry rules collect pass too: Security Hub’s WAF.11 and Prowler see only what the account itself set up.',
	reads: ['ListLoggingConfigurations'],
	evaluate({configuration: {logging = []}}) {
		const evidence = {
			expected: 'a logging configuration',
			observed: logging.flatMap(({scope, destinations}) => destinations.map(to => `${scope} ${to}`)).join(', ') || 'none',
			operation: 'ListLoggingConfigurations',
		};
		const [first] = logging;
		if (first === undefined) return {verdict: 'FAIL', reason: 'logs nothing', evidence};
		const to = first.scope === 'SECURITY_LAKE' ? 'Security Lake' : (first.destinations[0] ?? 'a destination that was not told');
		return {verdict: 'PASS', reason: `logs to ${to}${first.drops ? ', only what a filter keeps' : ''}`, evidence};
	},
};

export const metricsOn: Rule<WebAcl> = {
	id: 'wafv2-webacl-metrics-on',
	title: 'A web ACL and its rules have metrics',
	severity: 'LOW',
	published: {securityControlIds: ['WAF.12'], cis: [], prowler: ['wafv2_webacl_rule_logging_enabled']},
	rationale: 'No alarm can tell of a rule that begins to stop thousands of requests, or none any more, if CloudWatch hears nothing of it.',
	remediation: {
		text: 'Turn the CloudWatch metrics on in the visibility configuration of the web ACL and of each rule. They cost nothing.',
		cli: "aws wafv2 get-web-acl --arn {arn} --query 'WebACL.[VisibilityConfig,Rules[].VisibilityConfig]' --region {region}",
		terraform:
			'visibility_config {\n  cloudwatch_metrics_enabled = true\n  sampled_requests_enabled   = true\n  metric_name                = "{name}"\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html',
	},
	note: 'Prowler asks of the web ACL and of its rules; Security Hub’s WAF.12 of rule groups, which are asked by a rule of their own here.',
	reads: ['GetWebACL'],
	evaluate({configuration: {metrics, rules = []}}) {
		const silent = rules.filter(rule => rule.metrics === false).map(({name}) => name);
		const evidence = {
			expected: 'CloudWatchMetricsEnabled true throughout',
			observed: `web ACL ${metrics ?? 'absent'}, off in ${silent.length} of ${counted(rules.length, 'rule')}`,
			operation: 'GetWebACL',
		};
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({verdict, reason, evidence});
		if (metrics === false) return is('FAIL', 'CloudWatch gets no metrics of it');
		const untold = metrics === undefined || (silent.length === 0 && rules.some(rule => rule.metrics === undefined));
		if (untold) return is('UNKNOWN', 'GetWebACL did not tell of all metrics');
		return silent.length === 0
			? is('PASS', rules.length === 0 ? 'has metrics, and no rules' : 'it and all its rules have metrics')
			: is('FAIL', `no metrics of ${silent.length === rules.length ? 'any rule' : counted(silent.length, 'rule')}: ${quoted(silent)}`);
	},
};

// 5.00 USD a web ACL and month, and 1.00 USD a rule or rule group in it: https://aws.amazon.com/waf/pricing/
export const usdPerMonth = ({rules = []}: WebAcl): number => 5 + rules.length;

export const capacityInReserve: Rule<WebAcl> = {
	id: 'wafv2-webacl-capacity-in-reserve',
	title: 'A web ACL has capacity in reserve',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'The rules of a web ACL may use 5,000 capacity units, which no request can raise: near that, the rule that stops an attack may not fit. Beyond 1,500 units each request costs more.',
	remediation: {
		text: 'Take out rules that never match, replace patterns by managed groups, or spread the rules over web ACLs for different applications.',
		cli: 'aws wafv2 get-web-acl --arn {arn} --query WebACL.Capacity --region {region}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html',
	},
	note: 'Older notes give 1,500 units as the most there can be: they are what the base price includes.',
	settings: {includedUnits: 1500, maximumUnits: 5000, warnPercent: 90},
	reads: ['GetWebACL'],
	evaluate({configuration: {capacity}}, {settings}) {
		const {includedUnits = 1500, maximumUnits = 5000, warnPercent = 90} = settings;
		if (capacity === undefined) return {verdict: 'UNKNOWN', reason: 'GetWebACL did not tell how much capacity it uses'};
		const units = `${grouped(capacity)} capacity units`;
		const evidence = {expected: `at most ${includedUnits} units`, observed: `Capacity ${capacity}`, operation: 'GetWebACL'};
		if (capacity * 100 >= maximumUnits * warnPercent) {
			return {verdict: 'FAIL', severity: 'LOW', reason: `uses ${units} of ${grouped(maximumUnits)}`, evidence};
		}

		return capacity > includedUnits
			? {verdict: 'FAIL', reason: `uses ${units}: requests cost more beyond ${grouped(includedUnits)}`, evidence}
			: {verdict: 'PASS', reason: `uses ${units}`, evidence};
	},
};
