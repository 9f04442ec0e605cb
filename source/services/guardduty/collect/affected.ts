import type {ResourceReference, ResourceType} from '../../../model/index.js';

/** What of a finding's `Resource` names the thing that it is about. */
export type GuardDutyResource = {
	readonly ResourceType?: string | undefined;
	readonly AccessKeyDetails?:
		| {
				readonly UserName?: string | undefined;
				readonly UserType?: string | undefined;
				readonly AccessKeyId?: string | undefined;
				readonly PrincipalId?: string | undefined;
		  }
		| undefined;
	readonly InstanceDetails?:
		| {
				readonly InstanceId?: string | undefined;
				readonly Tags?: ReadonlyArray<{readonly Key?: string | undefined; readonly Value?: string | undefined}> | undefined;
		  }
		| undefined;
	readonly S3BucketDetails?: ReadonlyArray<{readonly Arn?: string | undefined; readonly Name?: string | undefined}> | undefined;
	readonly EksClusterDetails?: Named | undefined;
	readonly EcsClusterDetails?: Named | undefined;
	readonly LambdaDetails?: {readonly FunctionArn?: string | undefined; readonly FunctionName?: string | undefined} | undefined;
	readonly RdsDbInstanceDetails?:
		| {readonly DbInstanceArn?: string | undefined; readonly DbInstanceIdentifier?: string | undefined}
		| undefined;
	readonly EbsSnapshotDetails?: {readonly SnapshotArn?: string | undefined} | undefined;
	readonly Ec2ImageDetails?: {readonly ImageArn?: string | undefined} | undefined;
	readonly RecoveryPointDetails?: {readonly RecoveryPointArn?: string | undefined} | undefined;
	readonly BedrockGuardrailDetails?: {readonly GuardrailArn?: string | undefined} | undefined;
};
/** Who acts in an attack sequence. */
export type SequenceActor = {
	readonly User?: {readonly Name?: string | undefined; readonly Type?: string | undefined} | undefined;
};
type Sequence = {
	readonly Actors?: readonly SequenceActor[] | undefined;
	readonly Resources?: ReadonlyArray<{readonly Uid?: string | undefined; readonly ResourceType?: string | undefined}> | undefined;
};
type Named = {readonly Arn?: string | undefined; readonly Name?: string | undefined};
type Owner = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};

const lastPart = (arn: string): string => arn.split(/[/:]/u).at(-1) ?? arn;

/** Resource types of attack sequences: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ResourceV2.html */
const sequenceTypes: Readonly<Record<string, ResourceType>> = {
	EC2_INSTANCE: 'AWS::EC2::Instance',
	S3_BUCKET: 'AWS::S3::Bucket',
	S3_OBJECT: 'AWS::S3::Bucket',
	EKS_CLUSTER: 'AWS::EKS::Cluster',
	KUBERNETES_WORKLOAD: 'AWS::EKS::Cluster',
	CONTAINER: 'AWS::ECS::Cluster',
	ECS_CLUSTER: 'AWS::ECS::Cluster',
	ACCESS_KEY: 'AWS::IAM::User',
	LAMBDA: 'AWS::Lambda::Function',
};

/**
 * The one resource to show for a finding: the narrowest that it names. Access keys are shown as their user or role,
 * because that is what one looks up; an attack sequence as who acts in it, or the first resource of its chain.
 */
export const affectedResource = (
	resource: GuardDutyResource | undefined,
	owner: Owner,
	sequence: Sequence | undefined,
): ResourceReference => {
	const {accountId, awsRegion, partition} = owner;
	const named = (resourceType: ResourceType, arn: string, resourceId = lastPart(arn), resourceName = resourceId): ResourceReference => ({
		arn,
		resourceType,
		resourceId,
		resourceName,
		accountId,
		awsRegion,
	});
	const instanceId = resource?.InstanceDetails?.InstanceId;
	const lambda = resource?.LambdaDetails;
	const database = resource?.RdsDbInstanceDetails;
	const cluster = resource?.EksClusterDetails;
	const tasks = resource?.EcsClusterDetails;
	const bucket = resource?.S3BucketDetails?.[0];
	const key = resource?.AccessKeyDetails;
	const arnOnly: ReadonlyArray<readonly [ResourceType, string | undefined]> = [
		['AWS::EC2::Snapshot', resource?.EbsSnapshotDetails?.SnapshotArn],
		['AWS::EC2::Image', resource?.Ec2ImageDetails?.ImageArn],
		['AWS::Backup::RecoveryPoint', resource?.RecoveryPointDetails?.RecoveryPointArn],
		['AWS::Bedrock::Guardrail', resource?.BedrockGuardrailDetails?.GuardrailArn],
	];

	if (instanceId !== undefined) {
		const name = resource?.InstanceDetails?.Tags?.find(({Key}) => Key === 'Name')?.Value;
		return named(
			'AWS::EC2::Instance',
			`arn:${partition}:ec2:${awsRegion}:${accountId}:instance/${instanceId}`,
			instanceId,
			name ? `${name} (${instanceId})` : instanceId,
		);
	}

	if (lambda?.FunctionArn !== undefined) return named('AWS::Lambda::Function', lambda.FunctionArn, lambda.FunctionName);
	if (database?.DbInstanceArn !== undefined) return named('AWS::RDS::DBInstance', database.DbInstanceArn, database.DbInstanceIdentifier);
	if (cluster?.Arn !== undefined) return named('AWS::EKS::Cluster', cluster.Arn, cluster.Name);
	if (tasks?.Arn !== undefined) return named('AWS::ECS::Cluster', tasks.Arn, tasks.Name);
	if (bucket?.Name !== undefined || bucket?.Arn !== undefined) {
		return named('AWS::S3::Bucket', bucket.Arn ?? `arn:${partition}:s3:::${bucket.Name}`, bucket.Name);
	}

	const other = arnOnly.find((entry): entry is readonly [ResourceType, string] => entry[1] !== undefined);
	if (other !== undefined) return named(...other);
	// Of an assumed role GuardDuty gives the role's name as the user's.
	const identity = (name: string, type = ''): ResourceReference => {
		if (type === 'Root') return named('AWS::IAM::User', `arn:${partition}:iam::${accountId}:root`, 'root');
		const isRole = /role/iu.test(type);
		return named(
			isRole ? 'AWS::IAM::Role' : 'AWS::IAM::User',
			`arn:${partition}:iam::${accountId}:${isRole ? 'role' : 'user'}/${name}`,
			name,
		);
	};
	if (key?.UserName !== undefined) return identity(key.UserName, key.UserType);
	const actor = sequence?.Actors?.find(({User}) => User?.Name !== undefined)?.User;
	if (actor?.Name !== undefined) return identity(actor.Name, actor.Type);
	const first = sequence?.Resources?.find(({Uid}) => Uid !== undefined);
	if (first?.Uid !== undefined) return named(sequenceTypes[first.ResourceType ?? ''] ?? 'AWS::GuardDuty::Resource', first.Uid);
	return named('AWS::GuardDuty::Resource', `arn:${partition}:iam::${accountId}:root`, resource?.ResourceType ?? accountId);
};
