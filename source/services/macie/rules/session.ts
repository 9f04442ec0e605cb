import type {Refusal, Resource, ResourceType, Severity} from '../../../model/index.js';

/** How Macie stands in one Region of the account. Members that are absent could not be read. */
export type Session = {
	/** `ENABLED`, `PAUSED`, or `DISABLED` where Macie says that it is not enabled. */
	readonly status?: string;
	readonly createdAt?: string;
	/** How often updates of policy findings are published: `FIFTEEN_MINUTES`, `ONE_HOUR`, `SIX_HOURS`. */
	readonly publishingFrequency?: string;
	/** Null: this account may not say, because an administrator decides. */
	readonly discovery?: {readonly status: string; readonly autoEnable?: string; readonly firstEnabledAt?: string} | null;
	/** Null: results are kept nowhere. */
	readonly resultsBucket?: string | null;
	readonly buckets?: {
		readonly total: number;
		readonly publiclyAccessible?: number;
		readonly sharedExternally?: number;
		readonly sensitive?: number;
		readonly unclassified?: number;
		readonly classifiableBytes?: number;
		/** Macie's numbers are up to a day old. */
		readonly lastUpdated?: string;
	};
};

/** A bucket as Macie sees it: up to a day old. */
export type Bucket = {
	/** `PUBLIC`, `NOT_PUBLIC`, `UNKNOWN`; absent where the buckets could not be listed. */
	readonly effectivePermission?: string;
	/** `EXTERNAL`, `INTERNAL`, `NOT_SHARED`, `UNKNOWN`. */
	readonly sharedAccess?: string;
	/** -1 could not be analysed, 1 to 49 not sensitive, 50 not analysed yet, 51 to 100 sensitive. */
	readonly sensitivityScore?: number;
	/** `MONITORED` or `NOT_MONITORED` by automated discovery. */
	readonly monitoring?: string;
	readonly monitoredByJob?: string;
	readonly replicatedExternally?: boolean;
	readonly encryption?: string;
	/** Why Macie could not look: `ACCESS_DENIED`, `BUCKET_COUNT_EXCEEDS_QUOTA`. */
	readonly error?: string;
	readonly errorMessage?: string;
	readonly objectCount?: number;
	readonly bytes?: number;
	readonly lastDiscoveryAt?: string;
	readonly lastUpdated?: string;
};

/** What waits to be looked at, summed up by the last full reading. Absent members: the findings could not be read. */
export type Backlog = {
	readonly active?: Readonly<Record<Severity, number>>;
	/** When the oldest active finding of a severity was made, ISO 8601. */
	readonly oldest?: Readonly<Partial<Record<Severity, string>>>;
	readonly policy?: number;
	readonly classification?: number;
	readonly archived?: number;
	readonly samples?: number;
	/** What Macie's own statistics count as not archived. */
	readonly counted?: number;
};

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const resourceOf = <C>(
	place: Place,
	resourceType: ResourceType,
	resourceId: string,
	resourceName: string,
	configuration: C,
	read: Read,
): Resource<C> => ({
	arn: `arn:${place.partition}:macie2:${place.awsRegion}:${place.accountId}:${resourceId}`,
	resourceType,
	resourceId,
	resourceName,
	accountId: place.accountId,
	awsRegion: place.awsRegion,
	tags: {},
	configuration,
	unread: read.unread,
	readAt: read.readAt,
});

export const sessionResource = (place: Place, configuration: Session, read: Read): Resource<Session> =>
	resourceOf(place, 'AWS::Macie::Session', 'session', 'Macie', configuration, read);

export const backlogResource = (place: Place, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(place, 'AWS::Macie::FindingBacklog', 'finding', 'findings to triage', configuration, read);

/** Stands for the buckets that could not be listed, so that they are UNKNOWN and not silently none. */
export const unreadBucketsResource = (place: Place, read: Read): Resource<Bucket> =>
	resourceOf(place, 'AWS::Macie::Bucket', 'bucket', 'buckets', {}, read);

export const bucketResource = (
	place: Place,
	name: string,
	arn: string | undefined,
	tags: Readonly<Record<string, string>>,
	configuration: Bucket,
	read: Read,
): Resource<Bucket> => ({
	...resourceOf(place, 'AWS::Macie::Bucket', name, name, configuration, read),
	arn: arn ?? `arn:${place.partition}:s3:::${name}`,
	tags,
});
