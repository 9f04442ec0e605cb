import type {
	Administrator,
	AutoEnableMembers,
	CoverageResource,
	Destination,
	DetectorFeatureConfigurationResult,
	Finding,
	MemberFeaturesConfigurationResult,
	Resource,
} from '@aws-sdk/client-guardduty';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** A finding in the index; the report itself is made only when it is asked for, since there may be 20,000. */
export type GuardDutyRecord = {
	readonly id: string;
	readonly type: string;
	readonly severity: number;
	readonly createdAtMs: number;
	readonly updatedAtMs: number;
	readonly archived: boolean;
	readonly report: () => Omit<
		Finding,
		'Id' | 'Type' | 'Severity' | 'CreatedAt' | 'UpdatedAt' | 'Arn' | 'AccountId' | 'Region' | 'SchemaVersion'
	>;
};

export type GuardDutyDetector = {
	readonly id: string;
	status: 'ENABLED' | 'DISABLED';
	readonly createdAt: Date;
	readonly features: readonly DetectorFeatureConfigurationResult[];
	readonly tags: Readonly<Record<string, string>>;
};

export type Organization = {
	readonly autoEnable: AutoEnableMembers;
	/** All that were ever members. `relationship` is GuardDuty's word: `Enabled`, `Paused`, `Removed`, `Resigned`, … */
	readonly members: ReadonlyArray<{
		readonly accountId: string;
		readonly relationship: string;
		readonly features: readonly MemberFeaturesConfigurationResult[];
	}>;
	/** Accounts that never were members. */
	readonly strangers: number;
};

export type GuardDutyState = {
	detector?: GuardDutyDetector | undefined;
	/** By `updatedAtMs`, oldest first. Replaced, never changed: what was computed from a list stays true of it. */
	findings: readonly GuardDutyRecord[];
	administrator?: Administrator | undefined;
	/** Only where this account is the delegated administrator. */
	organization?: Organization | undefined;
	/** Members by invitation, of an administrator outside AWS Organizations. */
	invited?: Organization['members'] | undefined;
	destinations: readonly Destination[];
	coverage: readonly CoverageResource[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

const everyFeature = [
	'CLOUD_TRAIL',
	'DNS_LOGS',
	'FLOW_LOGS',
	'S3_DATA_EVENTS',
	'EKS_AUDIT_LOGS',
	'EBS_MALWARE_PROTECTION',
	'RDS_LOGIN_EVENTS',
	'LAMBDA_NETWORK_LOGS',
	'RUNTIME_MONITORING',
	'AI_PROTECTION',
] as const;
const everyAgent = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'] as const;

// The foundations are no features of members: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_MemberFeaturesConfigurationResult.html
const memberFeatures = [
	'S3_DATA_EVENTS',
	'EKS_AUDIT_LOGS',
	'EBS_MALWARE_PROTECTION',
	'RDS_LOGIN_EVENTS',
	'LAMBDA_NETWORK_LOGS',
	'RUNTIME_MONITORING',
	'AI_PROTECTION',
] as const;

/** All features on but those named. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfigurationResult.html */
export const featuresWithout = (...off: readonly string[]): readonly DetectorFeatureConfigurationResult[] => {
	const status = (name: string): 'ENABLED' | 'DISABLED' => (off.includes(name) ? 'DISABLED' : 'ENABLED');
	return everyFeature.map(Name => ({
		Name,
		Status: status(Name),
		...(Name === 'RUNTIME_MONITORING' && {AdditionalConfiguration: everyAgent.map(agent => ({Name: agent, Status: status(agent)}))}),
	}));
};

/** A member with all features on but those named: what `GetMemberDetectors` lists of it. */
export const member = (accountId: string, relationship: string, ...off: readonly string[]): Organization['members'][number] => ({
	accountId,
	relationship,
	features: memberFeatures.map(Name => ({Name, Status: off.includes(Name) ? 'DISABLED' : 'ENABLED'})),
});

/** A Region where this account is the organisation's administrator, with everything on, and where nothing ever happened. */
export const quietGuardDuty = (): GuardDutyState => ({
	detector: {
		id: '5ac1d4c0b7e84e6f9a3d2b1c0f9e8d7c',
		status: 'ENABLED',
		createdAt: new Date('2024-03-11T09:14:25Z'),
		features: featuresWithout(),
		tags: {},
	},
	findings: [],
	organization: {autoEnable: 'ALL', members: [member('555566667777', 'Enabled'), member('666677778888', 'Enabled')], strangers: 0},
	destinations: [{DestinationId: '3c2b1a09f8e7d6c5b4a3928170f6e5d4', DestinationType: 'S3', Status: 'PUBLISHING'}],
	coverage: [
		{
			ResourceId: 'i-0d1c2b3a49586f7e0',
			CoverageStatus: 'HEALTHY',
			ResourceDetails: {ResourceType: 'EC2', Ec2InstanceDetails: {InstanceId: 'i-0d1c2b3a49586f7e0', InstanceType: 't4g.nano'}},
		},
	],
	refused: {},
});

export const byUpdate = (records: readonly GuardDutyRecord[]): readonly GuardDutyRecord[] =>
	records.toSorted((one, other) => one.updatedAtMs - other.updatedAtMs);

export type FindingFacts = {
	readonly type: string;
	readonly severity: number;
	readonly title: string;
	readonly description?: string;
	readonly resource: Resource;
	readonly createdHoursAgo: number;
	/** Defaults to its creation. */
	readonly updatedHoursAgo?: number;
	readonly count?: number;
	readonly archived?: true;
	/** As `CreateSampleFindings` makes them. https://docs.aws.amazon.com/guardduty/latest/ug/sample_findings.html */
	readonly sample?: true;
	readonly service?: Finding['Service'];
};

/** A finding by what happened; `name` seeds its id. */
export const guardDutyFinding = (place: Place, name: string, facts: FindingFacts): GuardDutyRecord => {
	const created = place.hoursAgo(facts.createdHoursAgo);
	const updated = place.hoursAgo(facts.updatedHoursAgo ?? facts.createdHoursAgo);
	return {
		id: place.random(`guardduty/${name}`).hex(32),
		type: facts.type,
		severity: facts.severity,
		createdAtMs: created.getTime(),
		updatedAtMs: updated.getTime(),
		archived: facts.archived === true,
		report: () => ({
			Partition: place.partition,
			Title: `${facts.sample === true ? '[SAMPLE] ' : ''}${facts.title}`,
			Description: facts.description ?? facts.title,
			Resource: facts.resource,
			Service: {
				ServiceName: 'guardduty',
				Archived: facts.archived === true,
				Count: facts.count ?? 1,
				EventFirstSeen: created.toISOString(),
				EventLastSeen: updated.toISOString(),
				ResourceRole: 'TARGET',
				AdditionalInfo: {Value: facts.sample === true ? '{"sample":true}' : '{}', Type: 'default'},
				...facts.service,
			},
		}),
	};
};
