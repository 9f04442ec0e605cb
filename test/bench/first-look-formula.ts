import type {Service} from '../../source/model/index.js';

// What a first look at an account may cost, in calls: the cold formula of `aws.md` §6, and by name what it leaves out.

export type Sizes = {
	/** Resources of a type, in all Regions and of the account, of which the test holds. */
	readonly of: (resourceType: string, where?: (configuration: unknown) => boolean) => number;
	/** Findings that a service reported. */
	readonly found: (service: string) => number;
};

type Term = (sizes: Sizes, regions: number) => number;
/** By operation. */
type Terms = Readonly<Record<string, Term>>;
type Formula = Readonly<Record<string, Terms>>;

/** One question for each. */
const each =
	(resourceType: string, where?: (configuration: unknown) => boolean): Term =>
	({of}) =>
		of(resourceType, where);

const pages = (count: number, size: number, regions: number): number => regions - 1 + Math.max(1, Math.ceil(count / size));
const listed =
	(resourceType: string, size: number): Term =>
	({of}, regions) =>
		pages(of(resourceType), size, regions);
const reported =
	(service: string, size: number): Term =>
	({found}, regions) =>
		pages(found(service), size, regions);

/** WAF's scopes: one in each Region, and that of CloudFront. */
const eachScope: Term = (_, regions) => regions + 1;

const has =
	(member: string, value?: unknown) =>
	(configuration: unknown): boolean => {
		// A configuration is an object, of whatever its service keeps.
		const found = (configuration as Readonly<Record<string, unknown>>)[member];
		return value === undefined ? found !== undefined && found !== null : found === value;
	};

const key = 'AWS::KMS::Key';
const customerKeys = each(key, has('keyManager', 'CUSTOMER'));
const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const accelerators = each('AWS::GlobalAccelerator::Accelerator');
const buckets = each('AWS::S3::Bucket');
const trails = each('AWS::CloudTrail::Trail');
const policies = each('AWS::FMS::Policy');

/** The letters of §6, with the slow tier of §6.1: grants and last uses of keys, policies of secrets, shares one by one. */
const section6: Formula = {
	kms: {
		ListKeys: listed(key, 1000),
		ListAliases: listed(key, 100),
		DescribeKey: each(key),
		GetKeyRotationStatus: customerKeys,
		GetKeyPolicy: customerKeys,
		ListGrants: customerKeys,
		GetKeyLastUsage: customerKeys,
	},
	acm: {
		SearchCertificates: listed('AWS::ACM::Certificate', 100),
		DescribeCertificate: each('AWS::ACM::Certificate', has('description')),
	},
	secretsmanager: {
		ListSecrets: listed('AWS::SecretsManager::Secret', 100),
		DescribeSecret: each('AWS::SecretsManager::Secret', has('replicas')),
		GetResourcePolicy: each('AWS::SecretsManager::Secret'),
	},
	ssm: {DescribeParameters: listed('AWS::SSM::Parameter', 50)},
	guardduty: {ListFindings: reported('guardduty', 50), GetFindings: reported('guardduty', 50)},
	inspector: {ListFindings: reported('inspector', 100)},
	macie: {ListFindings: reported('macie', 50), GetFindings: reported('macie', 50)},
	wafv2: {
		ListWebACLs: eachScope,
		ListLoggingConfigurations: eachScope,
		GetWebACL: each('AWS::WAFv2::WebACL'),
		ListResourcesForWebACL: each('AWS::WAFv2::WebACL', has('scope', 'REGIONAL')),
	},
	elbv2: {
		DescribeLoadBalancers: listed(balancer, 400),
		DescribeListeners: each(balancer),
		// A listener has rules or certificates worth asking for.
		DescribeRules: each('AWS::ElasticLoadBalancingV2::Listener'),
		DescribeListenerCertificates: () => 0,
	},
	apigateway: {GetRestApis: listed('AWS::ApiGateway::RestApi', 500), GetStages: each('AWS::ApiGateway::RestApi')},
	apigatewayv2: {GetApis: listed('AWS::ApiGatewayV2::Api', 100), GetStages: each('AWS::ApiGatewayV2::Api')},
	ec2: {
		// Own ones by the page, and all that is public in one question.
		DescribeSnapshots: (sizes, regions) => listed('AWS::EC2::Snapshot', 1000)(sizes, regions) + regions,
		DescribeImages: listed('AWS::EC2::Image', 1000),
		DescribeSnapshotAttribute: each('AWS::EC2::Snapshot'),
		DescribeImageAttribute: each('AWS::EC2::Image'),
	},
	s3: {GetBucketEncryption: buckets, GetBucketPolicy: buckets, GetPublicAccessBlock: buckets, GetBucketReplication: buckets},
	dynamodb: {ListTables: listed('AWS::DynamoDB::Table', 100), DescribeTable: each('AWS::DynamoDB::Table')},
	route53: {ListResourceRecordSets: each('AWS::Route53::HostedZone')},
	fms: {GetComplianceDetail: policies},
};

/** What rules of §4 need besides and §1 knows no list for: asked one by one because there is no other way. */
const besides: Formula = {
	// When material was rotated, of which the price depends, and what was imported and waits.
	kms: {ListKeyRotations: customerKeys, GetResources: listed(key, 100)},
	acm: {
		GetResources: listed('AWS::ACM::Certificate', 100),
		ListCertificates: listed('AWS::ACM::Certificate', 1000),
		ListCertificateDomainValidations: each('AWS::ACM::Certificate', has('validationMethod', 'EMAIL')),
	},
	// Rate-based rules lie in groups, and rules refer to sets.
	wafv2: {
		ListRuleGroups: eachScope,
		GetRuleGroup: each('AWS::WAFv2::RuleGroup'),
		ListIPSets: eachScope,
		GetIPSet: each('AWS::WAFv2::IPSet'),
	},
	elbv2: {DescribeLoadBalancerAttributes: each(balancer)},
	apigateway: {GetBasePathMappings: each('AWS::ApiGateway::DomainName')},
	apigatewayv2: {GetRoutes: each('AWS::ApiGatewayV2::Api')},
	// Whether a policy is public, where the policy itself leaves that open.
	s3: {
		GetBucketVersioning: buckets,
		GetBucketPolicyStatus: each('AWS::S3::Bucket', bucket => has('policy')(bucket) && !has('isPolicyNamed')(bucket)),
	},
	dynamodb: {DescribeContinuousBackups: each('AWS::DynamoDB::Table')},
	cloudfront: {GetDistributionConfig: each('AWS::CloudFront::Distribution')},
	route53: {GetDNSSEC: each('AWS::Route53::HostedZone', has('isPrivate', false))},
	globalaccelerator: {ListListeners: accelerators, ListEndpointGroups: accelerators, DescribeAcceleratorAttributes: accelerators},
	fms: {GetPolicy: policies, ListComplianceStatus: policies},
	eventbridge: {ListTargetsByRule: each('AWS::Events::Rule')},
	cloudtrail: {GetTrailStatus: trails, GetEventSelectors: trails},
};

/** §6 counts some twenty single questions a Region. */
const singletons = 20;

const sum = (formula: Formula, sizes: Sizes, regions: number): number =>
	Object.values(formula)
		.flatMap(terms => Object.values(terms))
		.reduce((total, term) => total + term(sizes, regions), 0);

/**
 * What §6 counts, and what comes besides: the tables above, and of single questions what there are more than its twenty, each
 * operation that no table names being one question a Region.
 */
export const formulaOf = (
	services: readonly Service[],
	regions: number,
	sizes: Sizes,
): {readonly section6: number; readonly besides: number} => {
	const single = services.reduce((total, {id, operations, scope}) => {
		const named = {...section6[id], ...besides[id]};
		return total + Object.keys(operations).filter(name => named[name] === undefined).length * (scope === 'regional' ? regions : 1);
	}, 0);
	return {
		section6: sum(section6, sizes, regions) + singletons * regions,
		besides: sum(besides, sizes, regions) + Math.max(0, single - singletons * regions),
	};
};
