import {type Answer, grouped, type Rule, unpublished} from '../../../model/index.js';
import {guide, limitInWords} from './common.js';
import {isPrivate} from './rest-api.js';
import {allMethods, type MethodSettings, type Stage} from './stage.js';

export const stageWebAcl: Rule<Stage> = {
	id: 'apigateway-stage-web-acl',
	title: 'A stage is protected by a web ACL',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.4'], cis: [], prowler: ['apigateway_restapi_waf_acl_attached']},
	rationale:
		'A web ACL turns floods and common attacks away before they reach the API and its backend, and is the only place to count requests by address.',
	remediation: {
		text: 'Associate a Regional web ACL with the stage, one with a rate-based rule.',
		cli: 'aws wafv2 associate-web-acl --web-acl-arn WEB_ACL_ARN --resource-arn {arn} --region {region}',
		terraform:
			'resource "aws_wafv2_web_acl_association" "this" {\n  resource_arn = "{arn}"\n  web_acl_arn  = aws_wafv2_web_acl.this.arn\n}',
		url: `${guide}/apigateway-control-access-aws-waf.html`,
	},
	note: 'LOW for a private API, which only VPCs reach. A web ACL on a CloudFront distribution in front does not count here: the execute-api name goes around it. Support of WAF Classic ended on 30 September 2025, so that one of its web ACLs fails.',
	reads: [],
	evaluate({configuration: {webAclArn, endpointTypes}}): Answer {
		const evidence = {expected: 'webAclArn of WAF', observed: `webAclArn ${webAclArn ?? 'absent'}`, operation: 'GetStages'};
		if (webAclArn === null) {
			return isPrivate(endpointTypes)
				? {verdict: 'FAIL', severity: 'LOW', reason: 'has no web ACL; only VPCs reach it', evidence}
				: {verdict: 'FAIL', reason: 'has no web ACL', evidence};
		}

		// https://aws.amazon.com/blogs/security/announcing-aws-waf-classic-end-of-life/
		if (/^arn:[\w-]+:waf-regional:/u.test(webAclArn)) {
			return {verdict: 'FAIL', reason: 'its web ACL is one of WAF Classic, whose support ended in 2025', evidence};
		}

		return {verdict: 'PASS', reason: `protected by web ACL ${/\/webacl\/([^/]+)\//u.exec(webAclArn)?.[1] ?? webAclArn}`, evidence};
	},
};

/** A limit of its own, lower than what the account allows all APIs together. `-1` lifts a limit. */
const isLimited = ({requestsPerSecond}: MethodSettings, accountRequestsPerSecond: number): boolean =>
	requestsPerSecond !== undefined && requestsPerSecond >= 0 && requestsPerSecond < accountRequestsPerSecond;

export const stageThrottled: Rule<Stage> = {
	id: 'apigateway-stage-throttled',
	title: 'A stage has a request limit of its own',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'All APIs of an account share one limit in a Region. A flood, or a client in a loop, at one stage without a limit of its own turns away the callers of all others.',
	remediation: {
		text: 'Set a rate and a burst for all methods of the stage, lower for those that are dear. Give known clients API keys in a usage plan, which limits each by itself, and have the methods require them.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations "op=replace,path=/*/*/throttling/rateLimit,value=100" "op=replace,path=/*/*/throttling/burstLimit,value=200" --region {region}',
		terraform:
			'resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = aws_api_gateway_rest_api.this.id\n  stage_name  = aws_api_gateway_stage.this.stage_name\n  method_path = "*/*"\n\n  settings {\n    throttling_rate_limit  = 100\n    throttling_burst_limit = 200\n  }\n}',
		url: `${guide}/api-gateway-request-throttling.html`,
	},
	note: 'Limits are applied on a best-effort basis, and API keys are no authentication. A usage plan counts here if it limits the rate of this stage; whether each method requires a key is not read, and the keys themselves never are.',
	reads: ['GetAccount', 'GetUsagePlans'],
	evaluate({configuration: {methods, usagePlans, account}}): Answer {
		if (account?.requestsPerSecond === undefined || usagePlans === undefined) {
			return {verdict: 'UNKNOWN', reason: 'GetAccount did not tell the limit of the account'};
		}

		const {requestsPerSecond} = account;
		const all = methods[allMethods] ?? {};
		const evidence = {
			expected: `throttlingRateLimit below the account’s ${grouped(requestsPerSecond)}, or a usage plan with a rate`,
			observed: `throttlingRateLimit ${all.requestsPerSecond ?? 'absent'}, ${usagePlans.length} usage plan${usagePlans.length === 1 ? '' : 's'}`,
			operation: 'GetStages',
		};
		const lifted = Object.entries(methods).filter(([path, settings]) => path !== allMethods && !isLimited(settings, requestsPerSecond));
		if (isLimited(all, requestsPerSecond)) {
			const [first] = lifted;
			return first === undefined
				? {verdict: 'PASS', reason: `limited to ${limitInWords(all.requestsPerSecond, all.burst)}`, evidence}
				: {
						verdict: 'FAIL',
						reason: `limited, but not for ${first[0]}${lifted.length > 1 ? ` and ${lifted.length - 1} more` : ''}`,
						evidence,
					};
		}

		const plan = usagePlans.find(({requestsPerSecond: rate}) => rate !== undefined);
		return plan === undefined
			? {
					verdict: 'FAIL',
					reason: `nothing but the account’s ${grouped(requestsPerSecond)} requests a second, which all APIs here share, holds it back`,
					evidence,
				}
			: {
					verdict: 'PASS',
					reason: `usage plan “${plan.name}” limits each API key to ${limitInWords(plan.requestsPerSecond, plan.burst)}`,
					evidence,
				};
	},
};
