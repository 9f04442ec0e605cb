import type {AdvancedEventSelector, EventSelector} from '@aws-sdk/client-cloudtrail';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** A trail in its home Region. */
export type CloudTrailTrail = {
	readonly name: string;
	readonly multiRegion: boolean;
	readonly organization: boolean;
	/** The management account that made it, where that is another: the account is a member of an organisation. */
	readonly ownerAccountId?: string | undefined;
	readonly bucket: string;
	readonly prefix?: string | undefined;
	readonly kmsKeyArn?: string | undefined;
	readonly validated: boolean;
	readonly logGroupArn?: string | undefined;
	/** A trail has selectors of one sort or the other. */
	readonly selectors: readonly EventSelector[];
	readonly advancedSelectors?: readonly AdvancedEventSelector[] | undefined;
	logging: boolean;
	startedAt?: Date | undefined;
	stoppedAt?: Date | undefined;
	deliveredAt?: Date | undefined;
	deliveryError?: string | undefined;
	digestError?: string | undefined;
	logGroupDeliveredAt?: Date | undefined;
	logGroupError?: string | undefined;
	/** Operations on it that are refused, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

export type CloudTrailState = {
	trails: readonly CloudTrailTrail[];
	/** Operations that are refused in this Region, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

/** What a trail takes in where nobody chose: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
export const everyManagementEvent: EventSelector = {
	ReadWriteType: 'All',
	IncludeManagementEvents: true,
	DataResources: [],
	ExcludeManagementEventSources: [],
};

/** All management events and all data events of S3, but for the sources named. */
export const withObjects = (...without: readonly string[]): EventSelector => ({
	...everyManagementEvent,
	DataResources: [{Type: 'AWS::S3::Object', Values: ['arn:aws:s3']}],
	ExcludeManagementEventSources: [...without],
});

/** A trail of this Region in good order: two years old, all management events, digest files, a delivery some minutes ago; `facts` say what differs. */
export const trail = (place: Place, name: string, facts: Partial<CloudTrailTrail> = {}): CloudTrailTrail => ({
	name,
	multiRegion: false,
	organization: false,
	bucket: 'acme-audit-trail',
	validated: true,
	selectors: [everyManagementEvent],
	logging: true,
	startedAt: place.daysAgo(730),
	deliveredAt: place.minutesAgo(4),
	...(facts.logGroupArn !== undefined && {logGroupDeliveredAt: place.minutesAgo(2)}),
	refused: {},
	...facts,
});
