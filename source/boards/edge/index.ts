import {defineBoard, type Kind, listed} from '../../model/index.js';
import {aclType, type EdgeAcl} from './acl.js';
import {aclRules} from './acl-rules.js';
import {type EdgeEntry, entryType, type Practice, scoreInWords} from './entry.js';
import {join} from './join.js';
import {entryRules} from './rules.js';

const glyphs = {yes: 'yes', no: 'no', unknown: '?', 'n/a': '–'} as const;

const column = (title: string, practice: Practice) => ({
	title,
	value: ({configuration}: {readonly configuration: EdgeEntry}) => glyphs[configuration.practices[practice].met],
});

/** The practice as a sentence, with what it rests on: `no: …`. */
const fact = (title: string, practice: Practice) => ({
	title,
	value({configuration}: {readonly configuration: EdgeEntry}) {
		const {met, because} = configuration.practices[practice];
		return `${glyphs[met]}: ${because}`;
	},
});

const entries: Kind<EdgeEntry> = {
	resourceType: entryType,
	title: 'Entry points',
	columns: [
		{title: 'Type', value: ({configuration}) => configuration.sort},
		{title: 'Score', value: ({configuration}) => scoreInWords(configuration)},
		column('BP1', 'bp1'),
		column('BP2', 'bp2'),
		column('BP3', 'bp3'),
		column('BP4', 'bp4'),
		column('BP5', 'bp5'),
		column('BP6', 'bp6'),
		column('BP7', 'bp7'),
		column('Shield', 'shield'),
	],
	facts: [
		{title: 'Type', value: ({configuration}) => configuration.sort},
		{title: 'Names and addresses', value: ({configuration}) => configuration.hosts.join(', ') || undefined},
		{title: 'Behind', value: ({configuration}) => configuration.behind.join(', ') || undefined},
		{title: 'Best practices met', value: ({configuration}) => scoreInWords(configuration)},
		fact('BP1 CloudFront or accelerator in front', 'bp1'),
		fact('BP2 A web ACL that limits', 'bp2'),
		fact('BP3 Route 53 leads to it', 'bp3'),
		fact('BP4 The API limits and hides', 'bp4'),
		fact('BP5 Closed to all but the edge', 'bp5'),
		fact('BP6 A load balancer in front', 'bp6'),
		fact('BP7 Auto Scaling over two zones', 'bp7'),
		fact('Shield Advanced', 'shield'),
	],
	rules: entryRules,
	consolePath: ({configuration}) => configuration.consolePath,
};

const webAcls: Kind<EdgeAcl> = {
	resourceType: aclType,
	title: 'Web ACLs',
	columns: [
		{title: 'Scope', value: ({configuration: {scope}}) => (scope === 'CLOUDFRONT' ? 'CloudFront' : 'regional')},
		{title: 'Before', value: ({configuration: {before, use}}) => listed(before) || (use.met === 'unknown' ? '?' : 'nothing')},
	],
	facts: [
		{title: 'Scope', value: ({configuration: {scope}}) => (scope === 'CLOUDFRONT' ? 'CloudFront, everywhere' : 'regional')},
		{title: 'Stands before', value: ({configuration: {before, use}}) => listed(before, 20) || `${glyphs[use.met]}: ${use.because}`},
	],
	rules: aclRules,
	consolePath: ({configuration}) => configuration.consolePath,
};

/** How each point at which the internet comes in stands with AWS's best practices against DDoS, BP1 to BP7, and what web ACLs stand before. */
export const edge = defineBoard({
	id: 'edge',
	title: 'Edge and DDoS',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'elbv2', resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer'},
		{service: 'cloudfront', resourceType: 'AWS::CloudFront::Distribution'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::RestApi'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::Stage'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::DomainName'},
		{service: 'apigatewayv2', resourceType: 'AWS::ApiGatewayV2::Api'},
		{service: 'apigatewayv2', resourceType: 'AWS::ApiGatewayV2::Stage'},
		{service: 'globalaccelerator', resourceType: 'AWS::GlobalAccelerator::Accelerator'},
		{service: 'route53', resourceType: 'AWS::Route53::HostedZone'},
		{service: 'autoscaling', resourceType: 'AWS::AutoScaling::AutoScalingGroup'},
		{service: 'wafv2', resourceType: 'AWS::WAFv2::WebACL'},
		{service: 'shield', resourceType: 'AWS::Shield::Subscription'},
		{service: 'shield', resourceType: 'AWS::Shield::Protection'},
		{service: 'ec2', resourceType: 'AWS::EC2::SecurityGroup'},
		{service: 'ec2', resourceType: 'AWS::EC2::NetworkAcl'},
		{service: 'ec2', resourceType: 'AWS::EC2::EIP'},
	],
	kinds: [entries, webAcls],
	join,
});
