import type {CommandOutput, Facts, Refusal} from '../../../model/index.js';
import type {Recorder, Trail} from '../rules/trail.js';
import type {CloudTrail, Commands} from './commands.js';
import {readSelectors} from './selectors.js';

type Description = NonNullable<CommandOutput<Commands['DescribeTrails']>['trailList']>[number];
type Status = CommandOutput<Commands['GetTrailStatus']>;

/** A trail of the list whose name and home are known. */
export type Listed = {readonly arn: string; readonly name: string; readonly homeRegion: string; readonly description: Description};

const ownerOf = (arn: string): string => arn.split(':')[4] ?? '';

/** A trail without an ARN cannot be told from another; its ARN tells the rest. */
export const toListed = (description: Description): Listed | undefined => {
	const {TrailARN: arn, Name, HomeRegion} = description;
	const homeRegion = HomeRegion ?? arn?.split(':')[3];
	return arn === undefined || homeRegion === undefined
		? undefined
		: {arn, name: Name ?? arn.split('/').at(-1) ?? arn, homeRegion, description};
};

/** What was read of a trail, and what of it was not. */
export type Read = {
	readonly listed: Listed;
	readonly recorder: Recorder;
	/** Of the Region that asked. */
	readonly status: Status | undefined;
	readonly unread: Readonly<Record<string, Refusal>>;
	readonly readAt: Readonly<Record<string, string>>;
};

// Between the list and the question it may have been deleted: then there is nothing more to say of it. An organisation's
// trail is listed in its members' accounts too, which may not ask about it: there neither of these errors says that it is gone.
const ours = {absent: ['TrailNotFoundException']};
const others = {absent: ['TrailNotFoundException', 'CloudTrailARNInvalidException']};

const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/** One trail with its status in this Region and its selectors; undefined if it is gone. */
export const readTrail = async (aws: CloudTrail, listed: Listed): Promise<Read | undefined> => {
	const {arn, name, homeRegion, description} = listed;
	const here = aws.facts();
	// Selectors are the trail's own: asked at home, one answer serves all Regions.
	const home: Facts<Commands> = homeRegion === aws.awsRegion ? here : aws.in(homeRegion).facts();
	const owner = ownerOf(arn);
	const isOurs = owner === aws.accountId;
	const options = isOurs ? ours : others;
	const status = await here.attempt('GetTrailStatus', {Name: arn}, options);
	if (status === null && isOurs) return undefined;
	const answer = await home.attempt('GetEventSelectors', {TrailName: arn}, options);
	if (answer === null && isOurs) return undefined;
	const selectors = answer && readSelectors(answer);
	if (answer && selectors === undefined) home.missing('GetEventSelectors', 'selectors that are known here');
	const unread = {...here.unread, ...home.unread};
	const actions = Object.values(unread).map(({iamAction}) => iamAction);
	return {
		listed,
		recorder: {
			arn,
			name,
			homeRegion,
			multiRegion: description.IsMultiRegionTrail === true,
			...present({logging: status?.IsLogging}),
			...selectors,
			...(actions.length > 0 && {unread: actions}),
			...((status === null || answer === null) && {hiddenBy: owner}),
		},
		status: status ?? undefined,
		unread,
		readAt: {...here.readAt, ...home.readAt},
	};
};

const statusOf = (status: Status): Partial<Trail> =>
	present({
		logging: status.IsLogging,
		startedAt: status.StartLoggingTime,
		stoppedAt: status.StopLoggingTime,
		deliveredAt: status.LatestDeliveryTime,
		// An error is told only where there is one.
		deliveryError: status.LatestDeliveryError ?? null,
		digestError: status.LatestDigestDeliveryError ?? null,
		logGroupDeliveredAt: status.LatestCloudWatchLogsDeliveryTime,
		logGroupError: status.LatestCloudWatchLogsDeliveryError ?? null,
	});

export const toTrail = ({listed: {arn, homeRegion, description}, recorder, status}: Read, others: readonly Recorder[]): Trail => ({
	homeRegion,
	organizationTrail: description.IsOrganizationTrail === true,
	ownerAccountId: ownerOf(arn),
	...present({
		multiRegion: description.IsMultiRegionTrail,
		validated: description.LogFileValidationEnabled,
		bucket: description.S3BucketName,
		bucketPrefix: description.S3KeyPrefix,
		topicArn: description.SnsTopicARN,
	}),
	kmsKeyArn: description.KmsKeyId ?? null,
	logGroupArn: description.CloudWatchLogsLogGroupArn ?? null,
	globalServiceEvents: description.IncludeGlobalServiceEvents === true,
	insights: description.HasInsightSelectors === true,
	...(status && statusOf(status)),
	...(recorder.management && {management: recorder.management}),
	...(recorder.dataEvents && {dataEvents: recorder.dataEvents}),
	multiRegionTrails: others.filter(other => other.multiRegion && other.arn !== arn),
});
