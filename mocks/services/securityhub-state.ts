import type {AwsSecurityFinding, SeverityLabel, StandardsStatus, StatusReasonCode} from '@aws-sdk/client-securityhub';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** A finding in the index; the report itself is made only when it is asked for, since there may be 10,000. */
export type SecurityHubRecord = {
	readonly id: string;
	/** Whose finding it is: `securityhub`, or another product that reports to it, such as `guardduty`. */
	readonly product: string;
	/** What the control is worth where it fails. Findings that passed are INFORMATIONAL. */
	readonly severity: SeverityLabel;
	readonly compliance?: 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE' | undefined;
	readonly previously?: 'PASSED' | 'FAILED' | undefined;
	readonly workflow: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
	readonly recordState: 'ACTIVE' | 'ARCHIVED';
	readonly createdAtMs: number;
	readonly updatedAtMs: number;
	readonly sample?: boolean | undefined;
	readonly report: () => Pick<
		AwsSecurityFinding,
		'GeneratorId' | 'Title' | 'Description' | 'Resources' | 'Compliance' | 'Remediation' | 'ProductFields' | 'AwsAccountId'
	>;
};

export type SecurityHubStandard = {
	/** `aws-foundational-security-best-practices/v/1.0.0`. */
	readonly name: string;
	readonly status: StandardsStatus;
	readonly reason?: StatusReasonCode | undefined;
};

export type SecurityHubState = {
	/** Undefined: the account is not subscribed in this Region. */
	hub?:
		| {
				readonly subscribedAt: Date;
				readonly autoEnableControls: boolean;
				readonly generator: 'SECURITY_CONTROL' | 'STANDARD_CONTROL';
		  }
		| undefined;
	standards: readonly SecurityHubStandard[];
	administrator?: {readonly accountId: string; readonly status: string} | undefined;
	/** Only where this account is the delegated administrator. */
	organization?:
		| {
				readonly configuration: 'CENTRAL' | 'LOCAL';
				readonly status: 'ENABLED' | 'PENDING' | 'FAILED';
				readonly autoEnable: boolean;
				readonly autoEnableStandards: 'DEFAULT' | 'NONE';
		  }
		| undefined;
	/** Replaced, never changed: what was computed from a list stays true of it. */
	findings: readonly SecurityHubRecord[];
	/** Operations that are refused in this Region, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

export const foundational = 'aws-foundational-security-best-practices/v/1.0.0';
export const cis = 'cis-aws-foundations-benchmark/v/3.0.0';

/** A Region where this account is the organisation's administrator, with policies for all, and where every control passed. */
export const quietSecurityHub = (): SecurityHubState => ({
	hub: {subscribedAt: new Date('2024-03-11T09:40:12.345Z'), autoEnableControls: true, generator: 'SECURITY_CONTROL'},
	standards: [
		{name: foundational, status: 'READY'},
		{name: cis, status: 'READY'},
	],
	organization: {configuration: 'CENTRAL', status: 'ENABLED', autoEnable: false, autoEnableStandards: 'NONE'},
	findings: [],
	refused: {},
});

/** Controls as AWS has them: severity, title, and the ASFF type of what they look at. */
const controls: Readonly<Record<string, readonly [SeverityLabel, title: string, type: string]>> = {
	'ACM.1': [
		'MEDIUM',
		'Imported and ACM-issued certificates should be renewed after a specified time period',
		'AwsCertificateManagerCertificate',
	],
	'CloudTrail.2': ['MEDIUM', 'CloudTrail should have encryption at-rest enabled', 'AwsCloudTrailTrail'],
	'CloudTrail.4': ['LOW', 'CloudTrail log file validation should be enabled', 'AwsCloudTrailTrail'],
	'EC2.7': ['MEDIUM', 'EBS default encryption should be enabled', 'AwsAccount'],
	'EC2.19': ['CRITICAL', 'Security groups should not allow unrestricted access to ports with high risk', 'AwsEc2SecurityGroup'],
	'EC2.182': ['HIGH', 'Block public access settings should be enabled for Amazon EBS snapshots', 'AwsAccount'],
	'ELB.1': ['MEDIUM', 'Application Load Balancer should be configured to redirect all HTTP requests to HTTPS', 'AwsElbv2LoadBalancer'],
	'GuardDuty.9': ['HIGH', 'GuardDuty RDS Protection should be enabled', 'AwsAccount'],
	'IAM.6': ['CRITICAL', 'Hardware MFA should be enabled for the root user', 'AwsAccount'],
	'KMS.4': ['MEDIUM', 'AWS KMS key rotation should be enabled', 'AwsKmsKey'],
	'RDS.27': ['MEDIUM', 'RDS DB clusters should be encrypted at rest', 'AwsRdsDbCluster'],
	'S3.2': ['CRITICAL', 'S3 general purpose buckets should block public read access', 'AwsS3Bucket'],
	'S3.5': ['MEDIUM', 'S3 general purpose buckets should require requests to use SSL', 'AwsS3Bucket'],
	'SecretsManager.1': ['MEDIUM', 'Secrets Manager secrets should have automatic rotation enabled', 'AwsSecretsManagerSecret'],
	'SSM.7': ['CRITICAL', 'SSM documents should have the block public sharing setting enabled', 'AwsAccount'],
};

type FindingFacts = Partial<Omit<SecurityHubRecord, 'id' | 'report' | 'createdAtMs' | 'updatedAtMs'>> & {
	/** The ARN of what it is about; by default the account. */
	readonly resource?: string;
	readonly createdDaysAgo?: number;
	readonly updatedHoursAgo?: number;
	/** The standard that made it, where findings are not consolidated. */
	readonly standard?: string;
	readonly annotation?: string;
	/** The member that it is of; by default this account. */
	readonly accountId?: string;
	readonly title?: string;
	readonly description?: string;
	readonly type?: string;
};

/**
 * A finding of a control, failed and new unless `facts` say otherwise, in the shape of AWS's samples:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html
 */
export const controlFinding = (place: Place, controlId: string, name: string, facts: FindingFacts = {}): SecurityHubRecord => {
	const {standard, resource, annotation, accountId = place.accountId, ...rest} = facts;
	const [severity, title, type] = (Object.hasOwn(controls, controlId) ? controls[controlId] : undefined) ?? [
		'MEDIUM',
		`${controlId} should pass`,
		'AwsAccount',
	];
	const {uuid} = place.random(`securityhub/${standard ?? ''}/${controlId}/${name}`);
	const generator = standard === undefined ? `security-control/${controlId}` : `${standard}/${controlId}`;
	const own = `arn:${place.partition}:securityhub:${place.awsRegion}:${accountId}:`;
	const compliance = facts.compliance ?? 'FAILED';
	return {
		id: `${own}${standard === undefined ? '' : 'subscription/'}${generator}/finding/${uuid()}`,
		product: 'securityhub',
		severity,
		compliance,
		workflow: compliance === 'PASSED' ? 'RESOLVED' : 'NEW',
		recordState: 'ACTIVE',
		createdAtMs: place.daysAgo(facts.createdDaysAgo ?? 20).getTime(),
		updatedAtMs: place.hoursAgo(facts.updatedHoursAgo ?? 7).getTime(),
		...rest,
		report: () => ({
			GeneratorId: generator,
			AwsAccountId: accountId,
			Title: facts.title ?? (standard === undefined ? title : `${controlId} ${title}`),
			Description: facts.description ?? `This control checks the following: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
			Remediation: {
				Recommendation: {
					Text: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
					Url: `https://docs.aws.amazon.com/console/securityhub/${controlId}/remediation`,
				},
			},
			ProductFields: {
				'RelatedAWSResources:0/name': `securityhub-${controlId.toLowerCase().replace('.', '-')}`,
				'RelatedAWSResources:0/type': 'AWS::Config::ConfigRule',
				'aws/securityhub/ProductName': 'Security Hub CSPM',
				...(annotation !== undefined && {'aws/securityhub/annotation': annotation}),
				...(facts.previously !== undefined && {PreviousComplianceStatus: facts.previously}),
			},
			Resources: [
				{
					Type: resource === undefined ? 'AwsAccount' : (facts.type ?? type),
					Id: resource ?? `AWS::::Account:${accountId}`,
					Partition: 'aws',
					Region: place.awsRegion,
				},
			],
			Compliance: {
				Status: compliance,
				SecurityControlId: controlId,
				AssociatedStandards: [{StandardsId: `standards/${standard ?? foundational}`}],
			},
		}),
	};
};

/** The finding after another check: its status, what it was before, and the moment. A check that passes resolves. */
export const checkedAgain = (record: SecurityHubRecord, compliance: 'PASSED' | 'FAILED', now: Date): SecurityHubRecord => {
	const previously = record.compliance === 'PASSED' || record.compliance === 'FAILED' ? record.compliance : undefined;
	const workflow = compliance === 'PASSED' ? 'RESOLVED' : record.workflow === 'RESOLVED' ? 'NEW' : record.workflow;
	return {
		...record,
		compliance,
		previously,
		workflow,
		updatedAtMs: now.getTime(),
		report: () => {
			const before = record.report();
			return {
				...before,
				Compliance: {...before.Compliance, Status: compliance},
				ProductFields: {...before.ProductFields, ...(previously !== undefined && {PreviousComplianceStatus: previously})},
			};
		},
	};
};
