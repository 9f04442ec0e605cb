import {type Answer, type Rule, unpublished} from '../../model/index.js';
import {type EdgeEntry, type Practice, readsOf, type Sort} from './entry.js';
import {standingVerdicts} from './standing.js';

const paper = 'https://docs.aws.amazon.com/whitepapers/latest/aws-best-practices-ddos-resiliency';
const waf = 'https://docs.aws.amazon.com/waf/latest/developerguide';
type Asked = Omit<Rule<EdgeEntry>, 'reads' | 'exempts' | 'evaluate' | 'published'> & {
	readonly practice: Practice;
	/** For the evidence: what should be, and which operations tell of it, where that depends on its sort. */
	readonly expected: string;
	readonly toldBy: string | ((sort: Sort) => string);
	readonly published?: Rule['published'];
};

/** The rule that says of a row what its standing with a practice says. */
const asking = ({practice, expected, toldBy, published = unpublished, ...rule}: Asked): Rule<EdgeEntry> => ({
	...rule,
	published,
	reads: readsOf[practice],
	exempts({configuration: {practices}}) {
		const {met, because} = practices[practice];
		return met === 'n/a' ? because : undefined;
	},
	evaluate({configuration: {practices, behind, sort}}): Answer {
		const {met, because, severity} = practices[practice];
		return {
			verdict: standingVerdicts[met],
			reason: because,
			...(severity !== undefined && {severity}),
			evidence: {
				expected,
				observed: `${sort}, ${behind.length === 0 ? 'nothing known in front' : `behind ${behind.join(', ')}`}`,
				operation: typeof toldBy === 'string' ? toldBy : toldBy(sort),
			},
		};
	},
});

/** Distributions and stages name their web ACL themselves; of load balancers WAF tells. */
const aclToldBy = (sort: Sort): string =>
	sort === 'CloudFront'
		? 'ListDistributions, GetWebACL'
		: sort === 'REST API'
			? 'GetStages, GetWebACL'
			: 'ListResourcesForWebACL, GetWebACL';

/** What should be true of an entry point, most pressing first. */
export const entryRules: ReadonlyArray<Rule<EdgeEntry>> = [
	asking({
		practice: 'bp2',
		id: 'edge-entry-web-acl-limits',
		title: 'A web ACL that limits floods stands in every way to an entry point',
		severity: 'MEDIUM',
		expected: 'a rate-based rule that stops, on the entry or on all that leads to it',
		toldBy: aclToldBy,
		rationale:
			'A flood of well-formed requests passes everything but a limit (BP2). A web ACL on CloudFront helps only where nobody reaches the origin around it.',
		remediation: {
			text: 'Associate a web ACL that has a rate-based rule which blocks, and AWS’s managed rules against bad addresses (aws wafv2 associate-web-acl; a distribution names its own). Or put it on the distribution in front, and close the origin to all but CloudFront.',
			url: `${waf}/waf-rule-statement-type-rate-based.html`,
		},
		note: 'WAF protects CloudFront, Application Load Balancers, stages of REST APIs, AppSync, Cognito user pools, App Runner, Verified Access, Amplify and AgentCore gateways. It cannot protect a Network Load Balancer, an HTTP API or an address: for fixed addresses with WAF, Global Accelerator goes before an Application Load Balancer. Whether a web ACL stops anything at all, and what else it does, is asked in WAF’s panel; Firewall Manager lays web ACLs over all accounts of an organization. CloudFront’s prefix list lets in distributions of others too: an origin that must know its own asks for a secret header, which is not read. Behind CloudFront, a limit by address counts CloudFront’s own unless it counts forwarded ones.',
	}),
	asking({
		practice: 'bp5',
		id: 'edge-entry-origin-closed',
		title: 'An origin lets in what stands in front of it, and nobody else',
		severity: 'MEDIUM',
		expected: 'no security group that lets in the internet on a port that is listened on',
		toldBy: 'DescribeSecurityGroups, DescribeNetworkAcls',
		rationale:
			'Whoever finds the address of an origin that is open to everyone floods it past CloudFront, its cache and its web ACL (BP5). Addresses are found by scanning within hours.',
		remediation: {
			text: 'Let the security group let in the prefix list com.amazonaws.global.cloudfront.origin-facing (PREFIX_LIST_ID) alone, or make a load balancer that is internal and reach it by a VPC origin or an accelerator. Then take 0.0.0.0/0 and ::/0 away. A Network Load Balancer that was made without a security group takes none later: make it anew with one.',
			cli: "aws ec2 authorize-security-group-ingress --group-id SECURITY_GROUP_ID --ip-permissions 'IpProtocol=tcp,FromPort=PORT,ToPort=PORT,PrefixListIds=[{PrefixListId=PREFIX_LIST_ID}]' --region {region}",
			terraform:
				'data "aws_ec2_managed_prefix_list" "cloudfront" {\n  name = "com.amazonaws.global.cloudfront.origin-facing"\n}\n\nresource "aws_vpc_security_group_ingress_rule" "edge" {\n  security_group_id = aws_security_group.origin.id\n  ip_protocol       = "tcp"\n  from_port         = 443\n  to_port           = 443\n  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id\n}',
			url: `${paper}/security-groups-and-network-acls-bp5.html`,
		},
		note: 'MEDIUM where a distribution stands in front and can be walked around; LOW where nothing does, since an entry for everyone must be open then, or where an accelerator does. Network ACLs count where they keep the internet out of every subnet; they know no prefix lists. Distributions and APIs have no security groups.',
	}),
	asking({
		practice: 'shield',
		id: 'edge-entry-shield-advanced',
		title: 'What is exposed is protected by Shield Advanced where the account has it',
		severity: 'MEDIUM',
		expected: 'a protection of Shield Advanced for its ARN',
		toldBy: 'ListProtections',
		published: {
			securityControlIds: [],
			cis: [],
			prowler: [
				'shield_advanced_protection_in_associated_elastic_ips',
				'shield_advanced_protection_in_cloudfront_distributions',
				'shield_advanced_protection_in_global_accelerators',
				'shield_advanced_protection_in_internet_facing_load_balancers',
				'shield_advanced_protection_in_route53_hosted_zones',
			],
		},
		rationale:
			'The subscription is paid for the whole organization, but protects only what was added by name: the rest has no cost protection, no tuned detection and no response team.',
		remediation: {
			text: 'Add its own ARN, that of each Elastic IP address of a Network Load Balancer (arn:aws:ec2:REGION:ACCOUNT_ID:eip-allocation/ALLOCATION_ID) or that of the distribution in front of an API: Shield takes neither a Network Load Balancer nor an API. Then associate a health check that tells Shield when an attack hurts, but for a hosted zone. Firewall Manager adds what comes later, in all accounts.',
			cli: 'aws shield create-protection --name PROTECTION_NAME --resource-arn RESOURCE_ARN --region us-east-1',
			terraform: 'resource "aws_shield_protection" "this" {\n  name         = "PROTECTION_NAME"\n  resource_arn = "RESOURCE_ARN"\n}',
			url: `${waf}/ddos-protections-by-resource-type.html`,
		},
		note: 'Shield Standard is automatic and free, and turns common floods of layers 3 and 4 away for everybody. Shield Advanced (3,000 USD a month for an organization) is for who needs more: visibility, cost protection, answers at layer 7 and the Shield Response Team, which older notes call DRP. It cannot protect APIs: those have a distribution in front. Public hosted zones are asked where the account is subscribed; Classic Load Balancers, which it protects too, are not read. Whether to subscribe is asked in Shield’s panel. AWS WAF, Shield and Firewall Manager go together: rules, attacks, and both of them over all accounts.',
	}),
	asking({
		practice: 'bp1',
		id: 'edge-entry-behind-edge',
		title: 'CloudFront or Global Accelerator stands in front of an entry point',
		severity: 'LOW',
		expected: 'a distribution or an accelerator that leads to it',
		toldBy: 'ListDistributions, ListEndpointGroups',
		rationale:
			'AWS’s edge locations absorb SYN floods and reflected UDP near where they begin (BP1). Without them a flood meets one Region’s addresses, and the application.',
		remediation: {
			text: 'Put a distribution in front of what speaks HTTP, whose origin it is and is asked by HTTPS, and an accelerator (aws globalaccelerator create-accelerator) in front of what does not, or what needs fixed addresses. Then close the origin to all else.',
			cli: 'aws cloudfront create-distribution --distribution-config file://distribution.json',
			url: `${paper}/web-application-delivery-at-the-edge-bp1.html`,
		},
		note: 'Origins are found by the DNS names of load balancers, APIs and addresses, also by way of records in this account’s public zones. Not seen are edges of other accounts and of other companies, and origins whose DNS is kept elsewhere: mute it there. Edge-optimised APIs have a distribution of AWS’s own. AWS keeps the paper that numbers these practices for reference.',
	}),
	asking({
		practice: 'bp4',
		id: 'edge-entry-api-held-back',
		title: 'An API limits its callers, and is not reached around CloudFront',
		severity: 'LOW',
		expected: 'a limit of its own; edge-optimised, or a distribution in front and the default endpoint off',
		toldBy: 'GetStages, GetRestApis',
		rationale:
			'What stands behind an API is hidden, the API is not: without a limit of its own and an edge that filters, a flood at one API turns away the callers of all in the Region (BP4).',
		remediation: {
			text: 'Set a rate and a burst on the stage (aws apigateway update-stage, or aws apigatewayv2 update-stage of an HTTP or WebSocket API). Make the API Regional behind a distribution of yours, which can have a web ACL, have it demand a key or header that the distribution adds, and once callers come by a name of its own turn the execute-api endpoint off (disableExecuteApiEndpoint of aws apigateway update-rest-api or aws apigatewayv2 update-api).',
			url: `${paper}/protecting-api-endpoints-bp4.html`,
		},
		note: 'Usage plans count as a limit, although API keys are no authentication. An edge-optimised API passes as the notes have it, but takes no web ACL at the edge: AWS recommends a Regional one with a distribution of your own. Where an HTTP or WebSocket API’s custom domain names lead is not read.',
	}),
	asking({
		practice: 'bp6',
		id: 'edge-entry-behind-load-balancer',
		title: 'A load balancer stands before instances',
		severity: 'LOW',
		expected: 'a load balancer',
		toldBy: 'DescribeAddresses',
		rationale:
			'An address on an instance gets the whole flood, and shows where the instance is. A load balancer spreads it, takes only what it understands, and grows (BP6).',
		remediation: {
			text: 'Put a load balancer in front, in the Region of the instance, and take the address off the instance. Where somebody administers it by the address, use Session Manager or EC2 Instance Connect Endpoint instead.',
			cli: 'aws elbv2 create-load-balancer --name LOAD_BALANCER_NAME --subnets SUBNET_ID_1 SUBNET_ID_2 --region REGION',
			url: `${paper}/elastic-load-balancing-bp6.html`,
		},
		note: 'Public addresses that are not Elastic IP addresses go with their instances, which are not read. Older notes say that Shield Advanced protects Elastic IP addresses automatically: each is added by name.',
	}),
	asking({
		practice: 'bp7',
		id: 'edge-entry-scales',
		title: 'What stands behind an entry point grows by Auto Scaling over two zones',
		severity: 'LOW',
		expected: 'groups in two zones or more, with the load balancer’s health checks, not fixed in size',
		toldBy: 'DescribeAutoScalingGroups',
		rationale:
			'What gets through, an attack or a crowd, must be borne by instances. A group over two zones that asks the load balancer for health adds working ones (BP7).',
		remediation: {
			text: 'Attach an Auto Scaling group in two zones or more to the target group, in its Region, with health checks of the load balancer, a maximum above its minimum and a policy that scales by requests. What a group lacks that is attached, Auto Scaling’s panel says how to mend.',
			cli: 'aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name GROUP_NAME --target-group-arns TARGET_GROUP_ARN --region REGION',
			url: `${paper}/amazon-ec2-with-auto-scaling-bp7.html`,
		},
		note: 'Groups are found by the load balancer’s target groups. Targets that are functions or addresses, such as those of containers, scale elsewhere: where there are no others the question does not arise. Each shortcoming of a group is asked in Auto Scaling’s panel too: here it is what the entry lacks.',
	}),
	asking({
		practice: 'bp3',
		id: 'edge-entry-in-route53',
		title: 'Route 53 leads to an entry point',
		severity: 'INFORMATIONAL',
		expected: 'a record in a public zone of the account, by alias or CNAME',
		toldBy: 'ListResourceRecordSets',
		rationale:
			'Names that a flood takes off the net take the application with them. Route 53 answers from edge locations all over the world, which Shield protects (BP3).',
		remediation: {
			text: 'Keep the zone in Route 53 and let an alias lead to the distribution, accelerator or load balancer.',
			cli: 'aws route53 change-resource-record-sets --hosted-zone-id HOSTED_ZONE_ID --change-batch file://changes.json',
			url: `${paper}/domain-name-resolution-at-the-edge-bp3.html`,
		},
		note: 'Advice: a zone may be kept in another account, or by another provider that withstands as much. Records by address alone say not what they lead to, and are not kept.',
	}),
];
