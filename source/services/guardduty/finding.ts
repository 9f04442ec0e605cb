import type {Json, Mark, ReportedFinding, ResourceReference, Severity} from '../../model/index.js';
import {affectedResource, type GuardDutyResource} from './affected.js';

/** What of GuardDuty's report is read. Members may be missing: GuardDuty adds kinds of findings faster than clients learn them. */
export type GuardDutyFinding = {
	readonly AccountId?: string | undefined;
	readonly Arn?: string | undefined;
	readonly AssociatedAttackSequenceArn?: string | undefined;
	readonly CreatedAt?: string | undefined;
	readonly Description?: string | undefined;
	readonly Id?: string | undefined;
	readonly Region?: string | undefined;
	readonly Resource?: GuardDutyResource | undefined;
	readonly Service?: Report | undefined;
	readonly Severity?: number | undefined;
	readonly Title?: string | undefined;
	readonly Type?: string | undefined;
	readonly UpdatedAt?: string | undefined;
};

type RemoteIp = {
	readonly City?: {readonly CityName?: string | undefined} | undefined;
	readonly Country?: {readonly CountryName?: string | undefined} | undefined;
	readonly IpAddressV4?: string | undefined;
	readonly IpAddressV6?: string | undefined;
	readonly Organization?: {readonly AsnOrg?: string | undefined; readonly Org?: string | undefined} | undefined;
};

type Report = {
	readonly Action?:
		| {
				readonly ActionType?: string | undefined;
				readonly AwsApiCallAction?:
					| {readonly Api?: string | undefined; readonly ServiceName?: string | undefined; readonly RemoteIpDetails?: RemoteIp | undefined}
					| undefined;
				readonly DnsRequestAction?: {readonly Domain?: string | undefined; readonly Blocked?: boolean | undefined} | undefined;
				readonly NetworkConnectionAction?:
					| {
							readonly ConnectionDirection?: string | undefined;
							readonly LocalPortDetails?: {readonly Port?: number | undefined} | undefined;
							readonly RemotePortDetails?: {readonly Port?: number | undefined} | undefined;
							readonly RemoteIpDetails?: RemoteIp | undefined;
					  }
					| undefined;
				readonly PortProbeAction?:
					| {readonly PortProbeDetails?: ReadonlyArray<{readonly RemoteIpDetails?: RemoteIp | undefined}> | undefined}
					| undefined;
				readonly KubernetesApiCallAction?:
					| {readonly RequestUri?: string | undefined; readonly Verb?: string | undefined; readonly RemoteIpDetails?: RemoteIp | undefined}
					| undefined;
				readonly RdsLoginAttemptAction?: {readonly RemoteIpDetails?: RemoteIp | undefined} | undefined;
		  }
		| undefined;
	readonly AdditionalInfo?: {readonly Value?: string | undefined} | undefined;
	readonly Archived?: boolean | undefined;
	readonly Count?: number | undefined;
	readonly EventFirstSeen?: string | undefined;
	readonly EventLastSeen?: string | undefined;
	readonly FeatureName?: string | undefined;
	readonly ResourceRole?: string | undefined;
	readonly Detection?:
		| {
				readonly Sequence?:
					| {
							readonly Description?: string | undefined;
							readonly Signals?:
								| ReadonlyArray<{
										readonly Name?: string | undefined;
										readonly Type?: string | undefined;
										readonly Description?: string | undefined;
										readonly FirstSeenAt?: string | undefined;
										readonly Severity?: number | undefined;
								  }>
								| undefined;
							readonly Resources?:
								| ReadonlyArray<{readonly Uid?: string | undefined; readonly ResourceType?: string | undefined}>
								| undefined;
							readonly SequenceIndicators?:
								| ReadonlyArray<{readonly Key?: string | undefined; readonly Values?: readonly string[] | undefined}>
								| undefined;
					  }
					| undefined;
		  }
		| undefined;
};

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

const purposes: Readonly<Record<string, string>> = {
	AttackSequence: 'Attack sequence',
	Backdoor: 'Backdoor',
	Behavior: 'Odd behaviour',
	CredentialAccess: 'Credential access',
	CryptoCurrency: 'Crypto mining',
	DefenseEvasion: 'Evading defences',
	Discovery: 'Discovery',
	Effect: 'Effect',
	Execution: 'Execution',
	Exfiltration: 'Exfiltration',
	Impact: 'Impact',
	InitialAccess: 'Way in',
	Object: 'Malicious object',
	PenTest: 'Attack tool',
	Persistence: 'Persistence',
	Policy: 'Policy weakened',
	PrivilegeEscalation: 'More rights taken',
	Recon: 'Scouting',
	Stealth: 'Tracks covered',
	Trojan: 'Trojan',
	UnauthorizedAccess: 'Unauthorised access',
};

/** `UnauthorizedAccess:EC2/SSHBruteForce` → `Unauthorised access: SSH brute force`. A type of another shape stays as it is. */
export const titleOf = (type: string): string => {
	const parts = /^(?<purpose>\w+):(?<resource>\w+)\/(?<family>[\w&]+)/u.exec(type)?.groups;
	if (parts === undefined) return type;
	const {purpose = '', family = ''} = parts;
	const words = family
		.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, ' ')
		.split(' ')
		.map(word => (/^[A-Z]{2,}s?\d*$/u.test(word) || /^S3$/u.test(word) ? word : word.toLowerCase()))
		.join(' ');
	return `${purposes[purpose] ?? purpose}: ${words}`;
};

const remoteOf = (report: Report | undefined): RemoteIp | undefined => {
	const action = report?.Action;
	return (
		action?.AwsApiCallAction?.RemoteIpDetails ??
		action?.NetworkConnectionAction?.RemoteIpDetails ??
		action?.PortProbeAction?.PortProbeDetails?.[0]?.RemoteIpDetails ??
		action?.KubernetesApiCallAction?.RemoteIpDetails ??
		action?.RdsLoginAttemptAction?.RemoteIpDetails
	);
};

const fullStop = /[.\s]+$/u;

const reasonOf = (finding: GuardDutyFinding, type: string): string => {
	const said = (finding.Title ?? finding.Description ?? type).replace(/^\[SAMPLE\]\s*/u, '').replace(fullStop, '');
	const count = finding.Service?.Count ?? 1;
	const remote = remoteOf(finding.Service);
	const address = remote?.IpAddressV4 ?? remote?.IpAddressV6;
	const from =
		address === undefined || said.includes(address)
			? ''
			: `, with ${address}${remote?.Country?.CountryName === undefined ? '' : ` (${remote.Country.CountryName})`}`;
	return `${said}${from}${count > 1 ? `, ${count} times` : ''}`;
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

/** A page of advice by what the finding is about. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_remediate.html */
const remediationOf = (reference: ResourceReference): NonNullable<ReportedFinding['remediation']> => {
	const page: Readonly<Record<string, string>> = {
		'AWS::EC2::Instance': 'compromised-ec2.html',
		'AWS::S3::Bucket': 'compromised-s3.html',
		'AWS::ECS::Cluster': 'compromised-ecs.html',
		'AWS::EKS::Cluster': 'guardduty-remediate-kubernetes.html',
		'AWS::Lambda::Function': 'remediate-lambda-protection-finding-types.html',
		'AWS::RDS::DBInstance': 'guardduty-remediate-compromised-database-rds.html',
		'AWS::IAM::User': 'compromised-creds.html',
		'AWS::IAM::Role': 'compromised-creds.html',
	};
	return {
		text: 'Confirm with its owner whether this was expected. If not: isolate the resource, revoke the credentials it used, keep the evidence, then archive the finding.',
		url: `https://docs.aws.amazon.com/guardduty/latest/ug/${page[reference.resourceType] ?? 'guardduty_remediate.html'}`,
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
	const resource = affectedResource(finding.Resource, owner, finding.Service?.Detection?.Sequence?.Resources ?? []);
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
		marks: marksOf(finding),
		resource,
		firstObservedAt: finding.Service?.EventFirstSeen ?? finding.CreatedAt ?? updatedAt,
		lastObservedAt: finding.Service?.EventLastSeen ?? updatedAt,
		updatedAt,
		remediation: remediationOf(resource),
		details: detailsOf(finding, type),
	};
};
