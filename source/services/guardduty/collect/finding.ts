import type {Json, Mark, ReportedFinding, Severity} from '../../../model/index.js';
import {affectedResource} from './affected.js';
import type {GuardDutyFinding} from './report.js';
import {reasonOf, remoteOf, titleOf} from './words.js';

/**
 * GuardDuty's bands. A number out of them all (or none) is taken as MEDIUM: it must neither hide nor cry.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
export const severityOf = (value: number | undefined): Severity => {
	if (value === undefined || !(value > 0)) return 'MEDIUM';
	if (value >= 9) return 'CRITICAL';
	if (value >= 7) return 'HIGH';
	if (value >= 4) return 'MEDIUM';
	return 'LOW';
};

/**
 * Types that mean that somebody mines on this account's bill.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
const cryptoMining = /^CryptoCurrency:|BitcoinDomainRequest|CryptoMinerExecuted/u;
const cryptoIndicators = new Set(['CRYPTOMINING_DOMAIN', 'CRYPTOMINING_IP', 'CRYPTOMINING_PROCESS']);

const marksOf = (finding: GuardDutyFinding): readonly Mark[] => {
	const type = finding.Type ?? '';
	const indicators = finding.Service?.Detection?.Sequence?.SequenceIndicators ?? [];
	const marks: Mark[] = [];
	if (type.startsWith('AttackSequence:') || finding.Service?.Detection?.Sequence !== undefined) marks.push('attack-sequence');
	if (cryptoMining.test(type) || indicators.some(({Key}) => cryptoIndicators.has(Key ?? ''))) marks.push('crypto-mining');
	return marks;
};

/** `[SAMPLE]` before the title and `sample: true` in the additional information: what `CreateSampleFindings` writes. */
export const isSample = ({Title, Service}: GuardDutyFinding): boolean => {
	if (Title?.startsWith('[SAMPLE]')) return true;
	try {
		const info: unknown = JSON.parse(Service?.AdditionalInfo?.Value ?? 'null');
		return typeof info === 'object' && info !== null && 'sample' in info && String(info.sample) === 'true';
	} catch {
		return false;
	}
};

const present = (members: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> =>
	Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined));

const detailsOf = (finding: GuardDutyFinding, type: string): Readonly<Record<string, Json>> => {
	const report = finding.Service;
	const action = report?.Action;
	const remote = remoteOf(report);
	const sequence = report?.Detection?.Sequence;
	return present({
		type,
		title: finding.Title,
		description: finding.Description,
		count: report?.Count,
		action: action?.ActionType,
		api: action?.AwsApiCallAction?.Api,
		calledService: action?.AwsApiCallAction?.ServiceName,
		domain: action?.DnsRequestAction?.Domain,
		direction: action?.NetworkConnectionAction?.ConnectionDirection,
		localPort: action?.NetworkConnectionAction?.LocalPortDetails?.Port,
		remotePort: action?.NetworkConnectionAction?.RemotePortDetails?.Port,
		probedPort: action?.PortProbeAction?.PortProbeDetails?.[0]?.LocalPortDetails?.Port,
		remoteIp: remote?.IpAddressV4 ?? remote?.IpAddressV6,
		remoteCountry: remote?.Country?.CountryName,
		remoteCity: remote?.City?.CityName,
		remoteOrganization: remote?.Organization?.AsnOrg ?? remote?.Organization?.Org,
		kubernetesRequest: action?.KubernetesApiCallAction?.RequestUri,
		role: report?.ResourceRole,
		feature: report?.FeatureName,
		attackSequence: finding.AssociatedAttackSequenceArn,
		sequence: sequence?.Description,
		signals: sequence?.Signals?.map(signal =>
			present({
				name: signal.Name,
				type: signal.Type,
				description: signal.Description,
				firstSeenAt: signal.FirstSeenAt,
				severity: signal.Severity,
			}),
		),
		sequenceResources: sequence?.Resources?.flatMap(({Uid}) => Uid ?? []),
	});
};

type Advice = {readonly page: string; readonly first: string};

/** What to do first, by what the finding is about. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_remediate.html */
const advice: Readonly<Record<string, Advice>> = {
	'AWS::EC2::Instance': {
		page: 'compromised-ec2.html',
		first:
			'Isolate the instance with a security group that lets nothing through, snapshot its volumes, and revoke the sessions of its role.',
	},
	'AWS::S3::Bucket': {
		page: 'compromised-s3.html',
		first: 'Block public access, see in CloudTrail who read or deleted what, and revoke the credentials that did.',
	},
	'AWS::ECS::Cluster': {
		page: 'compromised-ecs.html',
		first: 'Cut the task off by its security group, keep its image and logs, revoke its role’s sessions, then stop it.',
	},
	'AWS::EKS::Cluster': {
		page: 'guardduty-remediate-kubernetes.html',
		first: 'Isolate the pod with a network policy, cordon its node, and revoke the credentials of its service account.',
	},
	'AWS::Lambda::Function': {
		page: 'remediate-lambda-protection-finding-types.html',
		first: 'Set the function’s reserved concurrency to 0, revoke the sessions of its role, and compare its code with what was deployed.',
	},
	'AWS::RDS::DBInstance': {
		page: 'guardduty-remediate-compromised-database-rds.html',
		first: 'Close the database’s security group, change the password of the user that logged in, and see what it read.',
	},
	'AWS::IAM::User': {
		page: 'compromised-creds.html',
		first: 'Deactivate the access key, or deny the user everything, then see in CloudTrail what was called with it.',
	},
	'AWS::IAM::Role': {
		page: 'compromised-creds.html',
		first:
			'Revoke the active sessions of the role, find out where its credentials leaked, and see in CloudTrail what was called with them.',
	},
};
const anyAdvice: Advice = {
	page: 'guardduty_remediate.html',
	first: 'Isolate the resource, revoke the credentials it used, and keep the evidence.',
};

/** Somebody knocks: nobody is in yet, as far as this finding goes. */
const knocked: Advice = {
	page: 'compromised-ec2.html',
	first: 'Close the port to the internet in the security group, and see in the host’s log whether a login succeeded.',
};
const isKnock = ({Type, Service}: GuardDutyFinding): boolean =>
	/\/PortProbe/u.test(Type ?? '') ||
	(/BruteForce/u.test(Type ?? '') && Service?.Action?.NetworkConnectionAction?.ConnectionDirection === 'INBOUND');

const remediationOf = (
	finding: GuardDutyFinding,
	resourceType: string,
	isSequence: boolean,
): NonNullable<ReportedFinding['remediation']> => {
	const {page, first} = isKnock(finding) ? knocked : (advice[resourceType] ?? anyAdvice);
	return {
		text: `${isSequence ? 'An attack in several steps is under way: look at all resources of the sequence. ' : ''}${first} If its owner expected this, archive the finding.`,
		url: `https://docs.aws.amazon.com/guardduty/latest/ug/${page}`,
	};
};

/**
 * One of GuardDuty's findings in Vedette's words, or undefined where it has no id.
 * @param readAt stands in for times that the report lacks, ISO 8601
 */
export const toReportedFinding = (
	finding: GuardDutyFinding,
	place: {readonly accountId: string; readonly awsRegion: string; readonly partition: string},
	readAt: string,
): ReportedFinding | undefined => {
	if (finding.Id === undefined) return undefined;
	const type = finding.Type ?? 'unnamed type';
	const owner = {...place, accountId: finding.AccountId ?? place.accountId, awsRegion: finding.Region ?? place.awsRegion};
	const resource = affectedResource(finding.Resource, owner, finding.Service?.Detection?.Sequence);
	const found = marksOf(finding);
	const updatedAt = finding.UpdatedAt ?? readAt;
	return {
		id: finding.Id,
		source: 'guardduty',
		type,
		title: titleOf(type),
		reason: reasonOf(finding, type),
		severity: severityOf(finding.Severity),
		...(finding.Severity !== undefined && {score: finding.Severity}),
		recordState: isSample(finding) ? 'sample' : finding.Service?.Archived === true ? 'archived' : 'active',
		marks: found,
		resource,
		firstObservedAt: finding.Service?.EventFirstSeen ?? finding.CreatedAt ?? updatedAt,
		lastObservedAt: finding.Service?.EventLastSeen ?? updatedAt,
		updatedAt,
		remediation: remediationOf(finding, resource.resourceType, found.includes('attack-sequence')),
		details: detailsOf(finding, type),
	};
};
