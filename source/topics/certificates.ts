import type {Topic} from '../model/index.js';
import {under} from './under.js';

const requesting = 'ACM – Requesting Public Certificates';
const steps = `${requesting} › Steps to Request a Public Certificate`;
const importing = `${requesting} › ACM – Importing Public Certificates`;

/** Certificates of ACM, and the load balancers and APIs that serve them. */
export const certificates: readonly Topic[] = [
	{
		id: 'certificate-manager',
		title: 'AWS Certificate Manager (ACM) and what serves its certificates',
		headings: [...under('AWS Certificate Manager (ACM)', 'Overview', 'Key Features'), 'Integrations', 'Example Use Case'],
		text: 'ACM issues public and private certificates, renews them, and hands them to load balancers, CloudFront distributions and APIs; public ones cost nothing there. The usual picture is an Application Load Balancer that ends TLS and speaks HTTP to its targets: encrypted up to the load balancer, in the clear behind it. Vedette shows for each certificate when it ends, who renews it and what serves it. Classic Load Balancers are seen only as what serves a certificate.',
		changed:
			'Public certificates last 198 days since 18 February 2026, where it was 395. More services take them by now, such as Cognito, OpenSearch and Network Firewall, and CloudFront manages some by itself, which are not yours to mend.',
		shownBy: {
			services: ['acm'],
			boards: ['inflight', 'expiry'],
			rules: [
				'acm-certificate-valid',
				'acm-certificate-in-region-of-use',
				'cloudfront-distribution-certificate-region',
				'acm-certificate-key-strong',
				'acm-certificate-used',
			],
		},
	},
	{
		id: 'certificate-export',
		title: 'Certificates of ACM on EC2 instances and elsewhere: export',
		headings: ['Limitations'],
		text: 'The key of a certificate leaves ACM only if the certificate was requested as exportable, or comes from a private authority. An exported one is installed by you and has to be installed again after each renewal: ACM does not see whether that happened, and neither does Vedette.',
		changed:
			'The notes say that certificates of ACM cannot be extracted or used on EC2 instances. Since 2025 public ones can be exported if requested so, for $7 a name and $79 a wildcard name at issue and at each renewal; private ones always could. Since June 2026 clients can also get certificates from ACM by the ACME protocol.',
		shownBy: {rules: ['acm-certificate-not-exportable'], services: ['acm']},
	},
	{
		id: 'certificate-requests',
		title: 'Requests for public certificates and their validation',
		headings: [
			requesting,
			steps,
			`${steps} › 1. List Domain Names`,
			`${steps} › 2. Select Validation Method`,
			`${steps} › 3. Verification Process`,
			`${requesting} › Best Practices`,
		],
		text: 'A request names hosts, or a wildcard, which covers one level of names and not the bare domain. That they are yours is proved by a CNAME record, which stays and makes every renewal automatic, or by e-mail, which needs a person each time. ACM waits 72 hours and then gives up; the request has to be made anew.',
		changed:
			'E-mails no longer go to contacts in WHOIS, since 2024, but to five addresses such as admin@ and postmaster@ of the domain. A third method, by HTTP, exists for CloudFront. The method of an existing certificate can be changed by now.',
		shownBy: {
			rules: ['acm-certificate-validated', 'acm-certificate-dns-validated', 'acm-certificate-not-wildcard'],
			boards: ['expiry'],
		},
	},
	{
		id: 'certificate-renewal',
		title: 'Certificate renewal',
		headings: [`${steps} › 4. Automatic Renewal`],
		text: 'ACM renews what it issued if it is in use (or was exported) and its domain can still be validated: the CNAME must still be there. One that nothing serves is not renewed, and ends. A renewal that waits for a person says so in its status long before the end.',
		changed:
			'The notes say that renewal begins 60 days before the end. For public certificates of 198 days it is about 45; 60 is still true of private ones and of those that were issued for 395 days. Public certificates get shorter still: the industry has announced 47 days for 2029.',
		shownBy: {rules: ['acm-certificate-renewing', 'acm-certificate-not-expiring', 'acm-certificate-valid'], boards: ['expiry']},
	},
	{
		id: 'imported-certificates',
		title: 'Imported certificates',
		headings: [importing, `${importing} › Key Features`],
		text: 'A certificate from another authority can be imported, and serves like any other. Nobody renews it but you: its successor has to be imported in its place, under the same ARN, before it ends. Its end stands on the Expiry board with what depends on it.',
		shownBy: {rules: ['acm-certificate-imported-replaced', 'acm-certificate-valid', 'acm-certificate-key-strong'], boards: ['expiry']},
	},
	{
		id: 'certificate-expiry-events',
		title: 'Expiry events of certificates, and who hears of them',
		headings: [`${importing} › Expiration Notifications`, `${importing} › Example Automation Flow`],
		text: 'ACM sends an event each day from 45 days before the end of a certificate, or from another day that the account sets. It goes to EventBridge and no further: a rule has to take it to a function, a topic or a queue. Vedette follows it that far, from the setting to the rule and its targets; whether the function then does anything it cannot see.',
		shownBy: {
			boards: ['expiry'],
			rules: [
				'eventbridge-certificate-expiry-routed',
				'acm-account-expiry-events-early',
				'eventbridge-rule-has-target',
				'eventbridge-rule-enabled',
				'eventbridge-rule-dead-letters-kept',
				'eventbridge-health-events-routed',
			],
		},
	},
	{
		id: 'certificate-expiry-check',
		title: 'The check of certificates by AWS Config',
		headings: [`${importing} › Monitoring and Compliance`],
		text: 'AWS Config has a managed rule, acm-certificate-expiration-check, that flags certificates some days before their end: 14 unless told otherwise. It needs a recorder that is on in the Region and delivers. What it says of a certificate is shown beside the end of that certificate.',
		changed: 'A threshold of 45 days or more flags certificates of today before ACM can have renewed them.',
		shownBy: {
			rules: ['config-certificate-rule-present', 'config-certificate-rule-threshold', 'config-rule-evaluates', 'config-recorder-on'],
			boards: ['expiry'],
		},
	},
	{
		id: 'load-balancer-tls',
		title: 'TLS at the Application Load Balancer, and the redirect from HTTP to HTTPS',
		headings: under(
			`${requesting} › ACM – Integration with Application Load Balancer (ALB)`,
			'Overview',
			'Example Architecture',
			'TLS Flow',
			'Benefits',
			'Best Practice',
		),
		text: 'The load balancer serves a certificate of ACM on its HTTPS listener and redirects everything that comes by HTTP; behind it stands a group of instances that grows and mends itself. A redirect protects only if each rule of the HTTP listener redirects. Which versions of TLS it takes is said by its policy; that it speaks to its targets by plain HTTP, as in the notes, is shown for what it is.',
		changed:
			'The notes do not mention the policy. ELBSecurityPolicy-2016-08, which listeners made by command line or CloudFormation still get where none is named, takes TLS 1.0; newer ones have TLS 1.3 and key agreements that quantum computers do not break.',
		shownBy: {
			boards: ['inflight'],
			rules: [
				'elbv2-listener-redirects-to-https',
				'elbv2-listener-encrypted',
				'elbv2-listener-tls-current',
				'elbv2-listener-forward-secrecy',
				'elbv2-listener-post-quantum',
				'autoscaling-group-checks-load-balancer-health',
			],
		},
	},
	{
		id: 'api-endpoint-types',
		title: 'Endpoint types of API Gateway: edge-optimised, Regional and private',
		headings: under(`${requesting} › API Gateway – Endpoint Types`, '1. Edge-Optimized (Default)', '2. Regional', '3. Private', 'Summary'),
		text: 'An edge-optimised API answers through a distribution of CloudFront that API Gateway runs; a Regional one answers in its Region, and may have a distribution of your own in front of it, with your cache, your domain and your web ACL. A private one is reached from a VPC through an interface endpoint, and only as far as its resource policy lets: without a policy nobody reaches it, with a wide one every VPC of every account does.',
		changed: 'HTTP and WebSocket APIs are Regional only. Custom domain names can be private by now too.',
		shownBy: {
			rules: [
				'apigateway-api-own-edge',
				'apigateway-api-private-narrow',
				'apigateway-api-default-endpoint-off',
				'apigatewayv2-api-not-around-waf',
			],
			services: ['apigateway', 'apigatewayv2'],
			boards: ['edge'],
		},
	},
	{
		id: 'api-certificates',
		title: 'Certificates and custom domain names of API Gateway',
		headings: [
			...under(`${requesting} › ACM – Integration with API Gateway`, 'Custom Domain Name Setup'),
			`${requesting} › Edge-Optimized Endpoint (Default)`,
			`${requesting} › Regional Endpoint`,
			`${requesting} › Summary Table`,
		],
		text: 'The certificate of an edge-optimised domain name lies in us-east-1, where CloudFront takes it from; that of a Regional one in the Region of the API. A CNAME, or better an alias of Route 53, leads to either. The domain name has a policy that says which versions of TLS it takes.',
		changed:
			'The notes say that a Regional certificate is imported into API Gateway. It is a certificate of ACM in the same Region, requested or imported there. Since the end of 2025 a REST API has a policy for TLS of its own too, which holds under its default name.',
		shownBy: {
			rules: [
				'apigateway-domain-certificate-region',
				'apigateway-domain-modern-tls',
				'apigateway-domain-available',
				'acm-certificate-in-region-of-use',
			],
			boards: ['inflight'],
		},
	},
];
