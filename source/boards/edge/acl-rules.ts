import {listed, type Rule, unpublished} from '../../model/index.js';
import {aclReads, type EdgeAcl} from './acl.js';
import {standingVerdicts} from './standing.js';

const used: Rule<EdgeAcl> = {
	id: 'edge-web-acl-used',
	title: 'A web ACL stands before something',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'A web ACL that stands before nothing protects nothing and is charged for; most often what it was made for stands unprotected.',
	remediation: {
		text: 'Ask WAF for what is not read here, such as RESOURCE_TYPE AMPLIFY of one for CloudFront. Where there is nothing, put it before what it was made for (a distribution names its own, as WebACLId; else aws wafv2 associate-web-acl), or delete it.',
		cli: 'aws wafv2 list-resources-for-web-acl --web-acl-arn {arn} --resource-type RESOURCE_TYPE --region {region}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html',
	},
	note: 'Advice, since it may stand before what is not read. WAF stands before Application Load Balancers, API Gateway’s REST stages, CloudFront, AppSync and Cognito user pools, and by now before App Runner, Verified Access, Amplify and AgentCore gateways; never before a Network Load Balancer: for fixed addresses put Global Accelerator before an Application Load Balancer in the web ACL’s own Region. Load balancers are asked for, one a second being all that AWS answers; stages and distributions name their web ACL themselves; the rest is not seen. So a regional one that stands before none of these is UNKNOWN, and so is one for CloudFront where tenants of distributions could name it; otherwise only an Amplify app could use that: mute it where one does.',
	reads: aclReads,
	exempts: ({configuration: {use}}) => (use.met === 'n/a' ? use.because : undefined),
	evaluate: ({configuration: {scope, before, use}}) => ({
		verdict: standingVerdicts[use.met],
		reason: use.because,
		evidence: {
			expected: scope === 'CLOUDFRONT' ? 'a distribution' : 'a load balancer or an API stage',
			observed: listed(before, 10) || 'none',
			operation: scope === 'CLOUDFRONT' ? 'ListDistributions' : 'ListResourcesForWebACL, GetStages',
		},
	}),
};

/** What should be true of a web ACL beside what it does. */
export const aclRules: ReadonlyArray<Rule<EdgeAcl>> = [used];
