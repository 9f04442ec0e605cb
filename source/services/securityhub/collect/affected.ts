import type {ResourceReference, ResourceType} from '../../../model/index.js';
import type {ReportedResource} from './report.js';

/**
 * The services in ASFF's resource types, each with CloudFormation's name for it; longer ones before those they begin with.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html
 */
const services: ReadonlyArray<readonly [asff: string, name: string]> = [
	['ApiGatewayV2', 'ApiGatewayV2'],
	['ApiGateway', 'ApiGateway'],
	['AutoScaling', 'AutoScaling'],
	['CertificateManager', 'ACM'],
	['CloudFormation', 'CloudFormation'],
	['CloudFront', 'CloudFront'],
	['CloudTrail', 'CloudTrail'],
	['CloudWatch', 'CloudWatch'],
	['CodeBuild', 'CodeBuild'],
	['Dms', 'DMS'],
	['DynamoDb', 'DynamoDB'],
	['Ec2', 'EC2'],
	['Ecr', 'ECR'],
	['Ecs', 'ECS'],
	['Efs', 'EFS'],
	['Eks', 'EKS'],
	['ElasticBeanstalk', 'ElasticBeanstalk'],
	['Elasticsearch', 'Elasticsearch'],
	['Elbv2', 'ElasticLoadBalancingV2'],
	['Elb', 'ElasticLoadBalancing'],
	['GuardDuty', 'GuardDuty'],
	['Iam', 'IAM'],
	['Kinesis', 'Kinesis'],
	['Kms', 'KMS'],
	['Lambda', 'Lambda'],
	['NetworkFirewall', 'NetworkFirewall'],
	['OpenSearchService', 'OpenSearchService'],
	['Rds', 'RDS'],
	['Redshift', 'Redshift'],
	['Route53', 'Route53'],
	['S3', 'S3'],
	['SageMaker', 'SageMaker'],
	['SecretsManager', 'SecretsManager'],
	['Sns', 'SNS'],
	['Sqs', 'SQS'],
	['Ssm', 'SSM'],
	['StepFunction', 'StepFunctions'],
	['Wafv2', 'WAFv2'],
	['WafRegional', 'WAFRegional'],
	['Waf', 'WAF'],
];

/** Things that are called otherwise than CloudFormation calls them. */
const things: ReadonlyMap<string, string> = new Map([
	['Ec2Eip', 'EIP'],
	['Ec2Vpc', 'VPC'],
	['RdsDbCluster', 'DBCluster'],
	['RdsDbClusterSnapshot', 'DBClusterSnapshot'],
	['RdsDbInstance', 'DBInstance'],
	['RdsDbSnapshot', 'DBSnapshot'],
	['Wafv2WebAcl', 'WebACL'],
	['WafWebAcl', 'WebACL'],
	['WafRegionalWebAcl', 'WebACL'],
]);

/** `AwsS3Bucket` → `AWS::S3::Bucket`. What is of no known service stays under Security Hub's own name. */
export const resourceTypeOf = (asff: string | undefined): ResourceType => {
	if (asff === 'AwsAccount') return 'AWS::Account::Account';
	const rest = /^Aws(?<rest>[A-Z]\w+)$/u.exec(asff ?? '')?.groups?.['rest'] ?? '';
	const service = services.find(([prefix]) => rest.startsWith(prefix) && rest.length > prefix.length);
	return service === undefined
		? `AWS::SecurityHub::${/^\w+$/u.test(rest) ? rest : 'Resource'}`
		: `AWS::${service[1]}::${things.get(rest) ?? rest.slice(service[0].length)}`;
};

/** `app/shop/50dc6c495c0c9188`: of a load balancer the name stands before the id. */
const loadBalancer = /^(?:app|net|gwy)\/(?<name>[^/]+)\/[^/]+$/u;

const nameOf = (resourceId: string): string =>
	loadBalancer.exec(resourceId)?.groups?.['name'] ?? resourceId.split(/[/:]/u).findLast(part => part !== '') ?? resourceId;

const account = /^AWS::::Account:(?<id>\d{12})$/u;

/** What the finding is about: the first of its resources, of which control findings have one. */
export const affectedResource = (
	resource: ReportedResource | undefined,
	owner: {readonly accountId: string; readonly awsRegion: string; readonly partition: string},
): ResourceReference => {
	const {accountId, partition} = owner;
	const id = resource?.Id ?? '';
	const ofAccount = account.exec(id)?.groups?.['id'];
	const isArn = id.startsWith('arn:');
	// Behind the account stand a type and an id; of buckets and the like an id alone.
	const named = isArn
		? id
				.split(':')
				.slice(5)
				.join(':')
				.replace(/^[^/:]*[/:]/u, '')
		: (ofAccount ?? id);
	const resourceId = named === '' ? accountId : named;
	return {
		arn: isArn ? id : `arn:${partition}:iam::${ofAccount ?? accountId}:root`,
		resourceType: resource === undefined ? 'AWS::Account::Account' : resourceTypeOf(resource.Type),
		resourceId,
		resourceName: isArn ? nameOf(resourceId) : resourceId,
		accountId,
		awsRegion: resource?.Region ?? owner.awsRegion,
	};
};
