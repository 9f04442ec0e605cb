import type {Topic} from '../model/index.js';
import {under} from './under.js';

const practices = 'AWS WAF – Web Application Firewall › AWS Best Practices for DDoS Resiliency –';
const atEdge = `${practices} Edge Location Mitigation`;
const infrastructure = `${practices} Infrastructure Layer`;

/** AWS’s best practices for DDoS resiliency, by their numbers: BP1 to BP7. */
export const ddos: readonly Topic[] = [
	{
		id: 'cloudfront-at-the-edge',
		title: 'CloudFront at the edge (BP1)',
		headings: [atEdge, `${atEdge} › BP1 – Amazon CloudFront`],
		text: 'A distribution takes requests at hundreds of places, answers only what is valid HTTP, and so absorbs SYN floods and UDP reflections before they reach the origin. It helps only if the origin cannot be reached around it: a bucket by origin access control, a load balancer by security groups or a VPC origin.',
		shownBy: {
			boards: ['edge'],
			rules: ['cloudfront-distribution-web-acl', 'cloudfront-distribution-origin-access-control', 'apigateway-api-default-endpoint-off'],
			services: ['cloudfront'],
		},
	},
	{
		id: 'global-accelerator-at-the-edge',
		title: 'Global Accelerator at the edge (BP1)',
		headings: [`${atEdge} › BP1 – AWS Global Accelerator`],
		text: 'Where an application speaks something other than HTTP, or cannot stand behind CloudFront, an accelerator takes the traffic at the edge by two fixed addresses and Shield looks after it. It passes everything on that fits a listener: whether endpoints are healthy and visitors’ addresses preserved decides how much it helps.',
		shownBy: {
			boards: ['edge'],
			rules: [
				'globalaccelerator-accelerator-endpoints-healthy',
				'globalaccelerator-accelerator-client-ip-preserved',
				'globalaccelerator-accelerator-enabled',
				'globalaccelerator-accelerator-flow-logs',
			],
			services: ['globalaccelerator'],
		},
	},
	{
		id: 'dns-at-the-edge',
		title: 'Route 53 at the edge (BP3)',
		headings: [`${atEdge} › BP3 – Amazon Route 53`],
		text: 'Route 53 answers queries from the edge, for each zone by four name servers on different parts of its network, so that a flood at one leaves the others standing; that needs no setting. What is yours to set is shown: signatures, logs of queries, and health checks that take a dead address out of the answers.',
		shownBy: {
			services: ['route53'],
			rules: [
				'route53-zone-routed-entries-checked',
				'route53-healthcheck-can-fail',
				'route53-zone-dnssec-signing',
				'route53-zone-query-logging',
			],
			boards: ['edge'],
		},
	},
	{
		id: 'infrastructure-layer-defence',
		title: 'Infrastructure layer: in front of EC2 instances (BP1, BP3, BP6)',
		headings: [...under(infrastructure, 'Infrastructure Layer Defense', 'Protecting Amazon EC2')],
		text: 'Between the internet and instances stand services that take the blow: Global Accelerator, Route 53, CloudFront and load balancers. An instance with a public address of its own has none of them, and whatever is sent to it arrives. The Edge board shows each way in with what stands before it.',
		shownBy: {
			boards: ['edge'],
			rules: ['ec2-group-ports-closed', 'elbv2-load-balancer-able-to-scale'],
			services: ['elbv2', 'cloudfront', 'globalaccelerator'],
		},
	},
	{
		id: 'load-balancers-as-buffer',
		title: 'Elastic Load Balancing as a buffer (BP6)',
		headings: [`${infrastructure} › Protecting Amazon EC2 › 1. Elastic Load Balancer (BP6)`],
		text: 'A load balancer grows with its traffic and spreads it, so that no single instance is drowned; an Application Load Balancer drops what is no HTTP. It can grow only where its subnets have addresses left, and survive a zone only if it is in several.',
		shownBy: {
			rules: [
				'elbv2-load-balancer-able-to-scale',
				'elbv2-load-balancer-spans-zones',
				'elbv2-load-balancer-drops-invalid-headers',
				'elbv2-load-balancer-desync-mitigated',
			],
			boards: ['edge'],
			services: ['elbv2'],
		},
	},
	{
		id: 'instances-that-scale',
		title: 'EC2 Auto Scaling for sudden traffic (BP7)',
		headings: [`${infrastructure} › Protecting Amazon EC2 › 2. Amazon EC2 with Auto Scaling (BP7)`],
		text: 'A group that adds instances carries a crowd, welcome or not, for as long as its maximum and your budget allow. It needs room below its maximum, several zones, the load balancer’s word on which instances are healthy, and nothing suspended. Whether a scaling policy makes use of the room is not read.',
		shownBy: {
			rules: [
				'autoscaling-group-has-room',
				'autoscaling-group-at-work',
				'autoscaling-group-checks-load-balancer-health',
				'autoscaling-group-spans-zones',
			],
			boards: ['edge'],
			services: ['autoscaling'],
		},
	},
	{
		id: 'application-layer-defence',
		title: 'Application layer: CloudFront, AWS WAF and Shield against floods of requests (BP1, BP2)',
		headings: [...under(`${practices} Application Layer Defense`, 'Key Practices', 'AWS WAF Capabilities', 'Additional Mitigation Tools')],
		text: 'What CloudFront has in its cache never reaches the application. A web ACL on it, or on the load balancer, stops by signature, limits senders by rate, and knows by managed lists which addresses have a bad name or hide who they are. CloudFront can refuse whole countries. Shield Advanced can write, try and apply rules by itself during an attack.',
		changed:
			'Without Shield Advanced there is an automatic defence by now too: AWSManagedRulesAntiDDoSRuleSet, a managed group of WAF rules, at a price. A web ACL before a load balancer can also turn away senders of low reputation while an attack goes on.',
		shownBy: {
			rules: [
				'wafv2-webacl-rate-limited',
				'wafv2-webacl-stops-requests',
				'cloudfront-distribution-web-acl',
				'shield-protection-automatic-response',
				'elbv2-load-balancer-waf-fails-closed',
			],
			boards: ['edge'],
		},
	},
	{
		id: 'attack-surface',
		title: 'Attack surface: hidden backends, APIs, security groups and network ACLs (BP1, BP4, BP5, BP6)',
		headings: under(`${practices} Attack Surface Reduction`, 'Key Strategies'),
		text: 'What cannot be reached cannot be flooded. Instances and functions stand behind CloudFront, API Gateway or a load balancer (BP1, BP4, BP6); security groups and network ACLs let in only the ports and senders that are meant (BP5); APIs have limits of their own, besides a web ACL. API keys count callers and are no authentication. Whether routes demand authorization is read of HTTP and WebSocket APIs; the methods of REST APIs are not, nor which of them demand a key.',
		changed: 'The notes say that Shield Advanced protects Elastic IP addresses by itself: each has to be added by name, and be in use.',
		shownBy: {
			boards: ['edge'],
			rules: [
				'ec2-group-ports-closed',
				'ec2-group-admin-ports-closed',
				'ec2-group-risky-ports-closed',
				'ec2-acl-admin-ports-closed',
				'ec2-group-default-empty',
				'apigateway-api-default-endpoint-off',
				'apigateway-api-own-edge',
				'apigateway-stage-throttled',
				'apigatewayv2-stage-throttled',
				'apigatewayv2-api-routes-authorized',
				'apigateway-stage-web-acl',
				'ec2-address-in-use',
			],
		},
	},
];
