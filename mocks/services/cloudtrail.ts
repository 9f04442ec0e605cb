import {
	DescribeTrailsCommand,
	GetEventSelectorsCommand,
	GetTrailStatusCommand,
	ReadWriteType,
	type Trail,
} from '@aws-sdk/client-cloudtrail';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {CloudTrailState, CloudTrailTrail} from './cloudtrail-state.js';

// Behaviour is that of https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Operations.html.

type CloudTrail = Context<CloudTrailState>;
type Placed = {readonly one: CloudTrailTrail; readonly homeRegion: string; readonly arn: string};

const id = 'cloudtrail';
const empty = (): CloudTrailState => ({trails: [], refused: {}});

const permitted = (context: CloudTrail): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

/** The trails of this Region, and the copies here of those that record all Regions. */
const trailsHere = (context: CloudTrail): readonly Placed[] =>
	context.account.regions.flatMap(({awsRegion: homeRegion}) =>
		context.world
			.state({id, empty}, homeRegion, context.accountId)
			.trails.filter(({multiRegion}) => multiRegion || homeRegion === context.awsRegion)
			.map(one => ({
				one,
				homeRegion,
				arn: `arn:${context.partition}:cloudtrail:${homeRegion}:${one.ownerAccountId ?? context.accountId}:trail/${one.name}`,
			})),
	);

/** "To get information about a shadow trail (a replication of the trail in another Region), you must specify its ARN." */
const trailOf = (named: string | undefined, context: CloudTrail): Placed => {
	permitted(context);
	if (named?.startsWith('arn:') === true && !/^arn:[\w-]+:cloudtrail:[\w-]+:\d{12}:trail\/./u.test(named)) {
		throw new AwsError('CloudTrailARNInvalidException', `Invalid trail ARN: ${named}`);
	}
	const found = trailsHere(context).find(
		({one, arn, homeRegion}) => arn === named || (one.name === named && homeRegion === context.awsRegion),
	);
	if (found === undefined) throw new AwsError('TrailNotFoundException', `Unknown trail: ${named} for the user: ${context.accountId}`);
	const because = found.one.refused[context.operation];
	if (because !== undefined) throw context.denied(found.arn, because);
	return found;
};

const describe = ({one, homeRegion, arn}: Placed): Trail => ({
	Name: one.name,
	S3BucketName: one.bucket,
	S3KeyPrefix: one.prefix,
	IncludeGlobalServiceEvents: one.multiRegion || homeRegion === 'us-east-1',
	IsMultiRegionTrail: one.multiRegion,
	HomeRegion: homeRegion,
	TrailARN: arn,
	LogFileValidationEnabled: one.validated,
	CloudWatchLogsLogGroupArn: one.logGroupArn,
	CloudWatchLogsRoleArn: one.logGroupArn === undefined ? undefined : `arn:aws:iam::${arn.split(':')[4]}:role/cloudtrail-to-logs`,
	KmsKeyId: one.kmsKeyArn,
	HasCustomEventSelectors: true,
	HasInsightSelectors: false,
	IsOrganizationTrail: one.organization,
});

export const cloudtrail = defineMockService({
	id,
	signingName: 'cloudtrail',
	protocol: {name: 'awsJson1.1', target: 'CloudTrail_20131101'},
	enums: [ReadWriteType],
	empty,
	commands: {
		DescribeTrails: DescribeTrailsCommand,
		GetTrailStatus: GetTrailStatusCommand,
		GetEventSelectors: GetEventSelectorsCommand,
	},
	handlers: {
		DescribeTrails: (input, context) => {
			permitted(context);
			const named = input.trailNameList ?? [];
			return {
				trailList: trailsHere(context)
					.filter(({homeRegion}) => input.includeShadowTrails !== false || homeRegion === context.awsRegion)
					.filter(({one, arn}) => named.length === 0 || named.includes(one.name) || named.includes(arn))
					.map(describe),
			};
		},

		GetTrailStatus: (input, context) => {
			const {one} = trailOf(input.Name, context);
			return {
				IsLogging: one.logging,
				LatestDeliveryError: one.deliveryError,
				LatestDeliveryTime: one.deliveredAt,
				StartLoggingTime: one.startedAt,
				StopLoggingTime: one.stoppedAt,
				LatestCloudWatchLogsDeliveryError: one.logGroupError,
				LatestCloudWatchLogsDeliveryTime: one.logGroupDeliveredAt,
				LatestDigestDeliveryTime: one.validated ? one.deliveredAt : undefined,
				LatestDigestDeliveryError: one.digestError,
			};
		},

		GetEventSelectors: (input, context) => {
			const {one, arn} = trailOf(input.TrailName, context);
			// As members of an organisation are told: https://github.com/turbot/steampipe-plugin-aws/issues/577
			if (one.ownerAccountId !== undefined) {
				const message = `AccountID in ARN is wrong, you can only access resources with AccountID ${context.accountId}.`;
				throw new AwsError('CloudTrailARNInvalidException', message);
			}

			return {
				TrailARN: arn,
				...(one.advancedSelectors === undefined
					? {EventSelectors: [...one.selectors]}
					: {AdvancedEventSelectors: [...one.advancedSelectors]}),
			};
		},
	},
});
