import type {Facts, Refusal, Resource} from '../../model/index.js';
import type {Backlog} from './backlog.js';

export type DetectorFeature = {
	/** `ENABLED` or `DISABLED`. */
	readonly status: string;
	/** `GUARDDUTY_POLICY` where an organisation policy decides. */
	readonly managedBy?: string;
	readonly additional: Readonly<Record<string, string>>;
};

/** How GuardDuty stands in one Region. There is at most one detector; without one, `status` is `NONE`. */
export type Detector = {
	readonly detectorId?: string;
	/** `NONE` there never was one that we saw, `DELETED` there was one until just now, `DISABLED` suspended, `ENABLED`. */
	readonly status?: string;
	readonly createdAt?: string;
	/** How often updates of known findings are published: `FIFTEEN_MINUTES`, `ONE_HOUR`, `SIX_HOURS`. */
	readonly publishingFrequency?: string;
	/** From `Features`; the deprecated `DataSources` are not read. */
	readonly features?: Readonly<Record<string, DetectorFeature>>;
	/** Null: this account has no administrator, or is the administrator itself. */
	readonly administrator?: {readonly accountId: string; readonly relationshipStatus: string} | null;
	/** Null: this account may not say, because it is not the delegated administrator. */
	readonly organization?: {
		readonly autoEnable: string;
		readonly memberLimitReached: boolean;
		readonly features: Readonly<Record<string, string>>;
	} | null;
	readonly destinations?: ReadonlyArray<{readonly id: string; readonly type: string; readonly status: string}>;
	/** Of hosts and clusters that Runtime Monitoring should see. */
	readonly coverage?: {
		readonly healthy: number;
		readonly unhealthy: number;
		readonly byResourceType: Readonly<Record<string, number>>;
		/** The first fifty of the unhealthy. */
		readonly issues: ReadonlyArray<{readonly resourceId: string; readonly issue: string}>;
	};
};

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const arn = ({partition, awsRegion, accountId}: Place, resource: string): string =>
	`arn:${partition}:guardduty:${awsRegion}:${accountId}:${resource}`;

export const detectorResource = (
	place: Place,
	detectorId: string,
	configuration: Detector,
	tags: Readonly<Record<string, string>>,
	{unread, readAt}: Pick<Facts<never>, 'unread' | 'readAt'>,
): Resource<Detector> => ({
	arn: arn(place, `detector/${detectorId}`),
	resourceType: 'AWS::GuardDuty::Detector',
	resourceId: detectorId,
	resourceName: `detector ${detectorId.slice(0, 8)}`,
	accountId: place.accountId,
	awsRegion: place.awsRegion,
	tags,
	configuration,
	unread,
	readAt,
});

const nothingUnread: Read = {unread: {}, readAt: {}};

/** Stands for the detector that is not there, so that its absence fails a rule and does not pass for calm. */
export const noDetectorResource = (place: Place): Resource<Detector> => ({
	...detectorResource(place, 'none', {status: 'NONE'}, {}, nothingUnread),
	arn: arn(place, 'detector'),
	resourceName: 'no detector',
});

/** Stands for a detector that was there at the last look, until the next full collection finds that there is none. */
export const deletedDetectorResource = (place: Place, detectorId: string): Resource<Detector> =>
	detectorResource(place, detectorId, {detectorId, status: 'DELETED'}, {}, nothingUnread);

export const backlogResource = (place: Place, detectorId: string, configuration: Backlog, {unread, readAt}: Read): Resource<Backlog> => ({
	arn: arn(place, `detector/${detectorId}/finding`),
	resourceType: 'AWS::GuardDuty::FindingBacklog',
	resourceId: `${detectorId}/finding`,
	resourceName: 'findings to triage',
	accountId: place.accountId,
	awsRegion: place.awsRegion,
	tags: {},
	configuration,
	unread,
	readAt,
});
