import type {Evidence, Rule} from '../../../model/index.js';
import {type Distribution, disabled, isMultiTenant, notTold, originIdsOf, webAclName} from './distribution.js';

export const webAcl: Rule<Distribution> = {
	id: 'cloudfront-distribution-web-acl',
	title: 'A distribution has a web ACL',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.6'], cis: [], prowler: ['cloudfront_distributions_using_waf']},
	rationale:
		'A web ACL at the edge turns attacks and floods away before they reach an origin: AWS’s best practices against DDoS build on it (BP1, BP2), and Shield Advanced mitigates floods of layer 7 through it.',
	remediation: {
		text: 'Attach a web ACL of scope CLOUDFRONT, which lives in us-east-1, with a rate-based rule and the managed groups that fit the application.',
		cli: 'aws cloudfront associate-distribution-web-acl --id {id} --web-acl-arn WEB_ACL_ARN',
		terraform: 'resource "aws_cloudfront_distribution" "this" {\n  web_acl_id = aws_wafv2_web_acl.edge.arn\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html',
	},
	note: 'What the web ACL does is the Web ACLs panel’s to say. One of AWS WAF Classic fails as LOW: its support ended on 30 September 2025. Tenants of a multi-tenant distribution may bring another web ACL or turn it off, and are not read here.',
	reads: [],
	exempts: disabled,
	evaluate({configuration}) {
		const {webAclId} = configuration;
		if (webAclId === undefined) {
			return notTold('its web ACL');
		}

		const evidence: Evidence = {
			expected: 'WebACLId of a web ACL of AWS WAF',
			observed: webAclId === null ? 'WebACLId empty' : `WebACLId ${webAclId}`,
			operation: 'ListDistributions',
		};
		if (webAclId === null) {
			return isMultiTenant(configuration)
				? {
						verdict: 'UNKNOWN',
						reason: 'multi-tenant, without a web ACL of its own; whether its tenants have some is not read here',
						evidence,
					}
				: {verdict: 'FAIL', reason: 'no web ACL: every request is answered or passed on', evidence};
		}

		if (!webAclId.startsWith('arn:')) {
			return {
				verdict: 'FAIL',
				severity: 'LOW',
				reason: `a web ACL of AWS WAF Classic (${webAclId}), which AWS supports no more`,
				evidence,
			};
		}

		return {
			verdict: 'PASS',
			reason: `web ACL ${webAclName(webAclId)}${isMultiTenant(configuration) ? ', where its tenants have not chosen otherwise' : ''}`,
			evidence,
		};
	},
};

export const defaultRootObject: Rule<Distribution> = {
	id: 'cloudfront-distribution-default-root-object',
	title: 'A distribution of a bucket has a default root object',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.1'], cis: [], prowler: ['cloudfront_distributions_default_root_object']},
	rationale: 'Without one a request for / goes to the bucket’s root: where the bucket allows listing, its answer names every object.',
	remediation: {
		text: 'Name an object, such as index.html, as default root object.',
		cli: 'aws cloudfront update-distribution --id {id} --default-root-object index.html',
		terraform: 'resource "aws_cloudfront_distribution" "this" {\n  default_root_object = "index.html"\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html',
	},
	note: 'Asked where the default behaviour leads to a bucket. Custom origins answer for / themselves: Prowler fails them all the same. Where a function sees the request first it may answer for /, and nothing here tells whether it does.',
	reads: ['GetDistributionConfig'],
	exempts(resource) {
		const {behaviors, origins, originGroups} = resource.configuration;
		const last = behaviors?.at(-1);
		if (last !== undefined && origins !== undefined && originGroups !== undefined) {
			const asked = originIdsOf(last, originGroups);
			const isBucket = origins.some(({id, type}) => asked.includes(id) && type === 's3');
			if (!isBucket) {
				return 'its default behaviour asks no bucket, so its origin answers for /';
			}
		}

		return disabled(resource);
	},
	evaluate({configuration: {defaultRootObject: root, behaviors}}) {
		if (root === undefined) {
			return {verdict: 'UNKNOWN', reason: 'GetDistributionConfig did not tell its default root object'};
		}

		const evidence: Evidence = {
			expected: 'a DefaultRootObject',
			observed: root === null ? 'DefaultRootObject empty' : `DefaultRootObject ${root}`,
			operation: 'GetDistributionConfig',
		};
		if (root !== null) {
			return {verdict: 'PASS', reason: `answers / with ${root}`, evidence};
		}

		return behaviors?.at(-1)?.runsFunction === true
			? {verdict: 'UNKNOWN', reason: 'no default root object; a function sees requests for / first, and what it does is not read', evidence}
			: {verdict: 'FAIL', reason: 'no default root object: / is asked of the bucket', evidence};
	},
};

export const logging: Rule<Distribution> = {
	id: 'cloudfront-distribution-logging',
	title: 'A distribution logs its requests',
	severity: 'LOW',
	published: {securityControlIds: ['CloudFront.5'], cis: [], prowler: ['cloudfront_distributions_logging_enabled']},
	rationale: 'What the edge answered, no origin ever saw: without its logs nobody can say who asked for what, or how an attack began.',
	remediation: {
		text: 'Turn on standard logging (v2) to CloudWatch Logs, S3 or Firehose: a delivery of CloudWatch Logs in us-east-1, of which CloudFront itself tells nothing. Mute this rule for the distribution then. Standard logging (legacy) is told.',
		cli: 'aws logs put-delivery-source --name NAME --resource-arn {arn} --log-type ACCESS_LOGS --region us-east-1',
		terraform:
			'resource "aws_cloudwatch_log_delivery_source" "this" {\n  region       = "us-east-1"\n  name         = "cloudfront"\n  log_type     = "ACCESS_LOGS"\n  resource_arn = "{arn}"\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html',
	},
	note: 'Judged by standard logging (legacy), as Security Hub and Prowler do, and by real-time logs of every behaviour, whose sampling rate is not read. Standard logging (v2) is not visible to CloudFront’s API, so a failure is LOW and says so.',
	reads: ['GetDistributionConfig'],
	exempts: disabled,
	evaluate({configuration: {logging: target, behaviors}}) {
		const real = behaviors?.filter(({realtimeLogConfigArn}) => realtimeLogConfigArn !== undefined).length ?? 0;
		const evidence: Evidence = {
			expected: 'Logging enabled, or a real-time log configuration in every behaviour',
			observed: `${target ? `logs to ${target.bucket ?? 'a bucket'}` : target === null ? 'Logging off' : 'Logging not told'}, real-time logs in ${real} of ${behaviors?.length ?? 'unknown'} behaviours`,
			operation: 'GetDistributionConfig',
		};
		if (target !== undefined && target !== null) {
			return {verdict: 'PASS', reason: `logs to ${target.bucket ?? 'a bucket that was not told'}`, evidence};
		}

		if (behaviors !== undefined && real === behaviors.length) {
			return {verdict: 'PASS', reason: 'real-time logs in every behaviour', evidence};
		}

		return target === undefined
			? {verdict: 'UNKNOWN', reason: 'GetDistributionConfig did not tell of its logs', evidence}
			: {verdict: 'FAIL', reason: 'no standard logging (legacy); standard logging (v2) cannot be seen here', evidence};
	},
};
