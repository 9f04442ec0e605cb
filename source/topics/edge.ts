import type {Topic} from '../model/index.js';
import {under} from './under.js';

const waf = 'AWS WAF – Web Application Firewall';
const rulesOf = `${waf} › AWS WAF – Web ACLs and Rules`;
const shield = `${waf} › AWS Shield – DDoS Protection`;

/** What stands in front of applications: AWS WAF, Shield and Firewall Manager. */
export const edge: readonly Topic[] = [
	{
		id: 'web-application-firewall',
		title: 'AWS WAF (Web Application Firewall)',
		headings: under(waf, 'Overview', 'Benefits'),
		text: 'AWS WAF looks at HTTP requests (layer 7) before the application gets them, and stops those that look like SQL injection, scripts of others, bots or floods, by your own rules and by groups of rules that AWS and vendors keep up to date. It protects nothing where it stands before nothing, or where its rules only count: both are judged.',
		changed:
			'Its predecessor, WAF Classic, ended on 30 September 2025; a web ACL of it protects nothing any more. The console also calls web ACLs protection packs.',
		shownBy: {
			services: ['wafv2'],
			rules: ['wafv2-webacl-stops-requests', 'edge-web-acl-used', 'wafv2-webacl-logged', 'wafv2-webacl-metrics-on'],
			boards: ['edge'],
		},
	},
	{
		id: 'waf-targets',
		title: 'Deployment targets and Regions of AWS WAF',
		headings: [`${waf} › Deployment Targets`, `${rulesOf} › Regionality`],
		text: 'A web ACL belongs to a Region and stands before what lies there: Application Load Balancers, REST APIs of API Gateway, AppSync and Cognito user pools. For CloudFront it is global, and made in us-east-1. Vedette asks which load balancers a web ACL protects, and AWS answers one such question a second; API stages and distributions name their web ACL themselves; the other targets are not asked for.',
		changed:
			'App Runner, Verified Access, Amplify and AgentCore gateways have joined the list of the notes. Of API Gateway it means REST APIs only: an HTTP API needs a distribution of CloudFront in front. A Network Load Balancer still cannot have one.',
		shownBy: {
			rules: [
				'edge-web-acl-used',
				'cloudfront-distribution-web-acl',
				'apigateway-stage-web-acl',
				'elbv2-load-balancer-waf-possible',
				'apigatewayv2-api-not-around-waf',
			],
			boards: ['edge'],
		},
	},
	{
		id: 'web-acls',
		title: 'Web ACLs and rule groups',
		headings: [rulesOf, `${rulesOf} › Web ACL (Web Access Control List)`, `${rulesOf} › Rule Groups`],
		text: 'A web ACL is a list of rules in order: each allows, blocks, counts or challenges what it matches, and what none matches gets the default. A rule group is a part of such a list that several web ACLs use. Rules cost capacity units, of which 1,500 are in the base price and 5,000 are the most. The detail of a web ACL shows its rules in order, with what they stop and what they only count.',
		changed: 'The notes know allow, deny and monitor. CAPTCHA and Challenge are actions by now, which ask the client to prove itself.',
		shownBy: {
			rules: ['wafv2-webacl-stops-requests', 'wafv2-rulegroup-acts', 'wafv2-webacl-capacity-in-reserve', 'wafv2-rulegroup-metrics-on'],
			services: ['wafv2'],
		},
	},
	{
		id: 'waf-rule-types',
		title: 'Types of WAF rules: IP sets, strings, sizes, countries and rates',
		headings: [`${rulesOf} › Types of Rules`],
		text: 'A rule matches by addresses (an IP set has room for 10,000 addresses and ranges; for more, use several), by strings, patterns and sizes in headers, body or path, by signs of SQL injection and cross-site scripting, by country, or by how often a sender asks. Of the body only the first 8 KB are looked at behind load balancers and AppSync, 16 KB elsewhere unless more is set.',
		changed:
			'A rate may be limited to as few as 10 requests (it was 100) in 1, 2, 5 or 10 minutes (it was always 5), and counted by headers, cookies and other keys besides the address. AWS has a managed group against floods, too.',
		shownBy: {rules: ['wafv2-webacl-rate-limited', 'wafv2-ipset-has-room'], services: ['wafv2']},
	},
	{
		id: 'fixed-addresses',
		title: 'A fixed IP address in front of AWS WAF',
		headings: under(`${waf} › WAF – Fixed IP with Load Balancer`, 'Key Concepts', 'Requirement: Fixed IP', 'Architecture', 'Benefits'),
		text: 'AWS WAF works on HTTP and cannot stand before a Network Load Balancer, and an Application Load Balancer has no fixed addresses. Global Accelerator has: two for IPv4, before an Application Load Balancer whose web ACL is in the load balancer’s Region. The load balancer sees the visitors’ own addresses only if the accelerator preserves them, which rules by address depend on.',
		changed:
			'There are two further ways: since 2021 a Network Load Balancer with Elastic IP addresses can have an Application Load Balancer as its target, and CloudFront offers static anycast addresses.',
		shownBy: {
			rules: [
				'elbv2-load-balancer-waf-possible',
				'globalaccelerator-accelerator-client-ip-preserved',
				'globalaccelerator-accelerator-endpoints-healthy',
			],
			boards: ['edge'],
			services: ['globalaccelerator'],
		},
	},
	{
		id: 'shield-standard',
		title: 'DDoS attacks and Shield Standard',
		headings: under(shield, 'What is a DDoS Attack?', 'AWS Shield Standard'),
		text: 'Many machines ask at once until nobody else gets through: by floods of packets at layers 3 and 4, or of HTTP requests at layer 7. Shield Standard is on for every account, free of charge, and turns away the former: SYN and UDP floods and reflections. It has no settings and no API, so that there is nothing of it to show; against floods of requests it does nothing, and a web ACL with a rate limit does.',
		shownBy: {boards: ['edge'], rules: ['wafv2-webacl-rate-limited', 'shield-subscription-active']},
	},
	{
		id: 'shield-advanced',
		title: 'Shield Advanced',
		headings: [`${shield} › AWS Shield Advanced`, `${shield} › Additional Features`, `${shield} › Summary Table`],
		text: 'For $3,000 a month for all accounts of one payer, plus data transfer, for a year at least, Shield Advanced protects CloudFront distributions, hosted zones of Route 53, accelerators, Application and Classic Load Balancers, and Elastic IP addresses with the instances and Network Load Balancers behind them: each by name. It answers floods of requests by WAF rules of its own if told to, gives credits for what an attack made you pay, and has a team that helps at any hour, if it was let in beforehand.',
		changed:
			'The team is called Shield Response Team (SRT) today, not DRP, and needs Business or Enterprise Support. Nothing is protected by the subscription alone, Elastic IP addresses included, whatever older notes say.',
		shownBy: {
			services: ['shield'],
			rules: [
				'shield-subscription-active',
				'shield-protection-automatic-response',
				'shield-protection-health-checked',
				'shield-protection-not-attacked',
				'shield-subscription-proactive-engagement',
				'shield-subscription-response-team-access',
				'shield-subscription-renews',
			],
			boards: ['edge'],
		},
	},
	{
		id: 'firewall-manager',
		title: 'AWS Firewall Manager',
		headings: under(`${waf} › AWS Firewall Manager`, 'Overview', 'Features', 'Key Capabilities', 'Benefits'),
		text: 'One account of the organisation writes policies, and Firewall Manager carries them into all accounts, new ones and new resources included: web ACLs, Shield Advanced, security groups, Network Firewall and DNS Firewall. A policy belongs to a Region, or is global for CloudFront. It sees by AWS Config, and where that is off it sees nothing; with remediation off it only tells.',
		changed: 'Network ACLs and firewalls of other vendors have joined what policies cover.',
		shownBy: {
			services: ['fms'],
			rules: [
				'fms-policy-accounts-comply',
				'fms-policy-remediates',
				'fms-policy-dependencies-on',
				'fms-policy-in-scope',
				'organizations-service-delegated',
			],
		},
	},
	{
		id: 'waf-shield-firewall-manager',
		title: 'AWS WAF, Shield or Firewall Manager: when to use which',
		headings: [...under(`${waf} › WAF vs. Firewall Manager vs. Shield`, 'Overview'), `${waf} › When to Use Each`, `${waf} › Combined Use`],
		text: 'AWS WAF filters requests to a resource; Shield Advanced is for attacks, with people and money behind it; Firewall Manager carries both through an organisation. They add up: web ACLs where HTTP comes in, Shield Advanced where an outage costs more than it, and Firewall Manager once there are more accounts than one can look after. The Edge board shows for each way in what stands before it.',
		shownBy: {boards: ['edge'], services: ['wafv2', 'shield', 'fms']},
	},
];
