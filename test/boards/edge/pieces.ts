import type {Refusal, Resource} from '../../../source/model/index.js';
import type {Group as ScalingGroup} from '../../../source/services/autoscaling/rules/group.js';
import type {Distribution, Origin} from '../../../source/services/cloudfront/rules/distribution.js';
import type {Group, Permission} from '../../../source/services/ec2/rules/group.js';
import type {LoadBalancer} from '../../../source/services/elbv2/rules/load-balancer.js';
import type {Accelerator} from '../../../source/services/globalaccelerator/rules/accelerator.js';
import type {Entry, HostedZone} from '../../../source/services/route53/rules/zone.js';
import type {AclRule} from '../../../source/services/wafv2/rules/acl-rule.js';
import type {WebAcl} from '../../../source/services/wafv2/rules/web-acl.js';

// Small pieces of an account for the board of entry points, each in good order but for what a test says.

export const accountId = '111122223333';
export const awsRegion = 'eu-west-1';

export const refusal = (iamAction: string, status: Refusal['status'] = 'denied'): Refusal => ({
	status,
	operation: iamAction.split(':')[1] ?? '',
	iamAction,
	error: status === 'denied' ? 'AccessDeniedException' : '',
	message: '',
});

export const thing = <C>(
	arn: string,
	resourceType: Resource['resourceType'],
	resourceName: string,
	configuration: C,
	facts: Partial<Resource> = {},
): Resource<C> => ({
	arn,
	resourceType,
	resourceId: arn.split('/').slice(1).join('/') || arn,
	resourceName,
	accountId,
	awsRegion,
	tags: {},
	unread: {},
	readAt: {},
	...facts,
	configuration,
});

export const balancerArn = (name: string, type: 'app' | 'net' = 'app'): string =>
	`arn:aws:elasticloadbalancing:${awsRegion}:${accountId}:loadbalancer/${type}/${name}/0123`;
export const balancerDns = (name: string): string => `${name}-1.${awsRegion}.elb.amazonaws.com`;

export const alb = (name: string, configuration: Partial<LoadBalancer> = {}, facts: Partial<Resource> = {}): Resource<LoadBalancer> =>
	thing(
		balancerArn(name, configuration.type === 'network' ? 'net' : 'app'),
		'AWS::ElasticLoadBalancingV2::LoadBalancer',
		name,
		{
			type: 'application',
			scheme: 'internet-facing',
			dnsName: balancerDns(name),
			securityGroupIds: [`sg-${name}`],
			zones: [{name: `${awsRegion}a`, subnetId: 'subnet-a', addresses: []}],
			listeners: [{arn: 'listener', protocol: 'HTTPS', port: 443}],
			targetGroupArns: [`targets/${name}`],
			targetTypes: ['instance'],
			...configuration,
		},
		facts,
	);

export const nlb = (name: string, configuration: Partial<LoadBalancer> = {}, facts: Partial<Resource> = {}): Resource<LoadBalancer> =>
	alb(name, {type: 'network', listeners: [{arn: 'listener', protocol: 'TCP', port: 443}], ...configuration}, facts);

const customOrigin = (domainName: string): Origin => ({id: domainName, domainName, type: 'custom', accessControlId: null});

export const distributionArn = (id: string): string => `arn:aws:cloudfront::${accountId}:distribution/${id}`;

export const distribution = (
	id: string,
	origins: ReadonlyArray<string | Origin>,
	configuration: Partial<Distribution> = {},
): Resource<Distribution> =>
	thing(
		distributionArn(id),
		'AWS::CloudFront::Distribution',
		id,
		{
			enabled: true,
			domainName: `${id}.cloudfront.net`,
			aliases: [],
			webAclId: null,
			origins: origins.map(origin => (typeof origin === 'string' ? customOrigin(origin) : origin)),
			...configuration,
		},
		{awsRegion: 'global'},
	);

export const acceleratorArn = (name: string): string => `arn:aws:globalaccelerator::${accountId}:accelerator/${name}`;

export const accelerator = (
	name: string,
	endpoints: ReadonlyArray<string | {readonly endpointId: string; readonly weight: number}> | undefined,
	configuration: Partial<Accelerator> = {},
	facts: Partial<Resource> = {},
): Resource<Accelerator> =>
	thing(
		acceleratorArn(name),
		'AWS::GlobalAccelerator::Accelerator',
		name,
		{
			enabled: true,
			dnsName: `${name}.awsglobalaccelerator.com`,
			...(endpoints !== undefined && {
				listeners: [
					{
						arn: 'listener',
						protocol: 'TCP',
						ports: ['443'],
						groups: [
							{
								arn: 'group',
								awsRegion,
								endpoints: endpoints.map(endpoint => (typeof endpoint === 'string' ? {endpointId: endpoint, weight: 128} : endpoint)),
							},
						],
					},
				],
			}),
			...configuration,
		},
		{awsRegion: 'global', ...facts},
	);

export const webAclArn = (name: string, scope: 'regional' | 'global' = 'regional'): string =>
	`arn:aws:wafv2:${scope === 'global' ? 'us-east-1' : awsRegion}:${accountId}:${scope}/webacl/${name}/0123`;

const aclRule: AclRule = {
	name: 'rate',
	priority: 0,
	stage: 'own',
	sort: 'rate',
	effect: 'stops',
	action: 'block',
	inspects: [],
	rateLimits: [],
	ipSetArns: [],
	countries: [],
};

export const rateRule = (effect: AclRule['effect'] = 'stops', more: Partial<AclRule> = {}): AclRule => ({
	...aclRule,
	effect,
	rateLimits: [{rule: 'rate', limit: 2000, windowSeconds: 300, key: 'IP', scoped: false, effect}],
	...more,
});

/** A rule of which all that matters is said. */
export const otherRule = (more: Partial<AclRule>): AclRule => ({...aclRule, name: 'other', sort: 'match', ...more});

export const webAcl = (
	name: string,
	rules: readonly AclRule[] | undefined,
	configuration: Partial<WebAcl> = {},
	facts: Partial<Resource> = {},
): Resource<WebAcl> =>
	thing(
		webAclArn(name, configuration.scope === 'CLOUDFRONT' ? 'global' : 'regional'),
		'AWS::WAFv2::WebACL',
		name,
		{scope: 'REGIONAL', defaultAction: 'allow', loadBalancerArns: [], ...(rules !== undefined && {rules}), ...configuration},
		facts,
	);

/** A group that lets these in on port 443. */
export const securityGroup = (
	name: string,
	cidrs: readonly string[],
	configuration: Partial<Group> = {},
	facts: Partial<Resource> = {},
): Resource<Group> =>
	thing(
		`arn:aws:ec2:${awsRegion}:${accountId}:security-group/sg-${name}`,
		'AWS::EC2::SecurityGroup',
		name,
		{
			isDefault: false,
			prefixLists: [],
			referencedBy: [],
			ingress: [permission({cidrs})],
			interfaces: {total: 0, public: 0, instanceIds: [], loadBalancers: [], others: {}},
			...configuration,
		},
		facts,
	);

export const permission = (more: Partial<Permission>): Permission => ({
	protocol: 'tcp',
	fromPort: 443,
	toPort: 443,
	cidrs: [],
	prefixListIds: [],
	groups: [],
	...more,
});

export const cloudFrontList = {id: 'pl-edge', name: 'com.amazonaws.global.cloudfront.origin-facing', ownerId: 'AWS'} as const;

/** Closed to all but CloudFront. */
export const closed = (name: string): Resource<Group> =>
	securityGroup(name, [], {ingress: [permission({prefixListIds: ['pl-edge']})], prefixLists: [cloudFrontList]});

export const zone = (
	name: string,
	entries: readonly Entry[] | undefined,
	facts: Partial<Resource> = {},
	configuration: Partial<HostedZone> = {},
): Resource<HostedZone> =>
	thing(
		`arn:aws:route53:::hostedzone/${name}`,
		'AWS::Route53::HostedZone',
		name,
		{isPrivate: false, ...(entries !== undefined && {entries}), ...configuration},
		{awsRegion: 'global', ...facts},
	);

/** `origin.acme.com` leads to `lb.acme.com`, which leads to the load balancer shop. */
export const chained: Resource<HostedZone> = zone(
	'acme.com',
	[{name: 'lb.acme.com', type: 'A', target: balancerDns('shop'), kind: 'load balancer'}],
	{},
	{links: [{name: 'origin.acme.com', target: 'lb.acme.com'}]},
);

export const record = (name: string, target: string): Entry => ({name, type: 'A', target, kind: 'load balancer'});

export const scalingGroup = (name: string, configuration: Partial<ScalingGroup> = {}): Resource<ScalingGroup> =>
	thing(`arn:aws:autoscaling:${awsRegion}:${accountId}:group/${name}`, 'AWS::AutoScaling::AutoScalingGroup', name, {
		zones: [`${awsRegion}a`, `${awsRegion}b`],
		subnetIds: [],
		healthCheckTypes: ['EC2', 'ELB'],
		targetGroupArns: [`targets/${name}`],
		loadBalancerNames: [],
		latticeTargetGroupArns: [],
		minSize: 2,
		maxSize: 8,
		...configuration,
	});

export const world = ['0.0.0.0/0'];
export const open = securityGroup('shop', world);
export const edgeAcl = webAcl('edge', [rateRule()], {scope: 'CLOUDFRONT'}, {awsRegion: 'us-east-1'});
export const behindEdge = {webAclId: webAclArn('edge', 'global')};
export const limited = (name: string) =>
	`web ACL ${name} holds back whoever makes more than 2,000 requests in 5 minutes; no managed rules stop anything`;
export const noFront = 'no distribution and no accelerator of this account leads to it';

export const address = (configuration: object, id = 'eipalloc-1'): Resource =>
	thing(`arn:aws:ec2:${awsRegion}:111122223333:eip-allocation/${id}`, 'AWS::EC2::EIP', 'bastion', {
		publicIp: '203.0.113.25',
		...configuration,
	});
export const onInstance = address({instanceId: 'i-1'});
