import type {Refusal, Resource, ResourceReference, ResourceType} from '../../../model/index.js';

/** How Inspector stands in one Region of the account. Members that are absent could not be read. */
export type Activation = {
	/** `ENABLED`, `ENABLING`, `DISABLED`, `DISABLING`, `SUSPENDED`, `SUSPENDING`. */
	readonly status?: string;
	/** The same for each kind of scanning. Some are not offered in every Region: those are absent. */
	readonly scanning?: {
		readonly ec2: string;
		readonly ecr: string;
		readonly lambda?: string;
		readonly lambdaCode?: string;
		readonly codeRepository?: string;
	};
	/** `EC2_HYBRID` (with and without agent) or `EC2_SSM_AGENT_BASED`. */
	readonly ec2ScanMode?: string;
	/** How long images are scanned again after a push: `DAYS_30`, `LIFETIME`, … */
	readonly ecrRescanDuration?: string;
	/** Resources that Inspector knows, by whether it scans them. */
	readonly coverage?: {readonly active: number; readonly inactive: number};
};

export type Scan = {
	/** `PACKAGE`, `NETWORK`, `CODE`. */
	readonly type: string;
	/** `ACTIVE` or `INACTIVE`. */
	readonly status: string;
	/** Such as `SUCCESSFUL` or `UNMANAGED_EC2_INSTANCE`. */
	readonly reason: string;
	/** Such as `EC2_AGENTLESS`. */
	readonly mode?: string;
	readonly lastScannedAt?: string;
};

/** Whether Inspector scans one host, image or function, in each way that it could. */
export type Coverage = {
	/** Inspector's name for what it is, such as `AWS_EC2_INSTANCE`; absent where the coverage could not be listed. */
	readonly resourceType?: string;
	readonly platform?: string;
	readonly scans?: readonly Scan[];
};

/** What waits to be mended, summed up by the last full reading. */
export type Backlog = {
	/** Active findings that somebody can mend now and should: see `isUrgent`. */
	readonly urgent?: {readonly critical: Waiting; readonly exploitable: Waiting};
	readonly networkReachable?: number;
	readonly suppressed?: number;
	/** What Inspector's own aggregation counts as active. */
	readonly counted?: {
		readonly all: number;
		readonly critical: number;
		readonly high: number;
		readonly medium: number;
		readonly exploitable?: number;
	};
	/** `urgent` where there are so many that only critical, high and exploitable ones are listed. */
	readonly listed?: 'all' | 'urgent';
};
/** `oldest` names the resource of the one that waits longest. */
export type Waiting = {readonly count: number; readonly oldestAt?: string; readonly oldest?: string};

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const resourceOf = <C>(
	{accountId, awsRegion, partition}: Place,
	resourceType: ResourceType,
	resourceId: string,
	resourceName: string,
	configuration: C,
	{unread, readAt}: Read,
): Resource<C> => ({
	arn: `arn:${partition}:inspector2:${awsRegion}:${accountId}:${resourceId}`,
	resourceType,
	resourceId,
	resourceName,
	accountId,
	awsRegion,
	tags: {},
	configuration,
	unread,
	readAt,
});

export const activationResource = (place: Place, configuration: Activation, read: Read): Resource<Activation> =>
	resourceOf(place, 'AWS::InspectorV2::Activation', 'activation', 'Inspector', configuration, read);

export const backlogResource = (place: Place, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(place, 'AWS::InspectorV2::FindingBacklog', 'finding', 'findings to mend', configuration, read);

/** Stands for the coverage that could not be listed, so that it is UNKNOWN and not silently whole. */
export const unreadCoverageResource = (place: Place, read: Read): Resource<Coverage> =>
	resourceOf(place, 'AWS::InspectorV2::Coverage', 'coverage', 'coverage', {}, read);

export const coverageResource = (
	of: ResourceReference,
	tags: Readonly<Record<string, string>>,
	configuration: Coverage,
	{unread, readAt}: Read,
): Resource<Coverage> => ({...of, resourceType: 'AWS::InspectorV2::Coverage', tags, configuration, unread, readAt});
