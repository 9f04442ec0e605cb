import type {CommandOutput, Facts, Resource} from '../../../model/index.js';
import {type Delivery, isGlobalType, type Recorder, recorderType} from '../rules/recorder.js';
import {type Commands, type Config, present} from './commands.js';

type Listed = NonNullable<CommandOutput<Commands['DescribeConfigurationRecorders']>['ConfigurationRecorders']>[number];
type Delivered = NonNullable<CommandOutput<Commands['DescribeDeliveryChannelStatus']>['DeliveryChannelsStatus']>[number];

/** `SUCCESS` where AWS answers, `Success` where its model says so. */
const upper = (status: string | undefined): string | undefined => status?.toUpperCase();

/** The customer's recorder: those of AWS's services have a service's name. */
const isOurs = ({servicePrincipal}: {readonly servicePrincipal?: string | undefined}): boolean => servicePrincipal === undefined;

const scopeOf = ({recordingGroup}: Listed): Pick<Recorder, 'records' | 'listedTypes'> => {
	const {allSupported, recordingStrategy, resourceTypes, exclusionByResourceTypes} = recordingGroup ?? {};
	const excluded = exclusionByResourceTypes?.resourceTypes;
	switch (recordingStrategy?.useOnly) {
		case 'ALL_SUPPORTED_RESOURCE_TYPES': {
			return {records: 'everything', listedTypes: []};
		}

		case 'EXCLUSION_BY_RESOURCE_TYPES': {
			return excluded === undefined || excluded.length === 0
				? {records: 'everything', listedTypes: []}
				: {records: 'all but some', listedTypes: excluded};
		}

		case 'INCLUSION_BY_RESOURCE_TYPES': {
			return {records: 'some', listedTypes: resourceTypes ?? []};
		}

		case undefined: {
			// Recorders from before 2023 have no strategy.
			return allSupported === undefined
				? {}
				: allSupported
					? {records: 'everything', listedTypes: []}
					: {records: 'some', listedTypes: resourceTypes ?? []};
		}

		default: {
			return {};
		}
	}
};

/** By its switch, or by the list, whatever the switch. */
const recordsGlobalTypes = (
	recorder: Listed,
	{records, listedTypes = []}: Pick<Recorder, 'records' | 'listedTypes'>,
): boolean | undefined => {
	switch (records) {
		case 'everything': {
			// The exclusion strategy knows no switch: what it does not exclude it records.
			return recorder.recordingGroup?.recordingStrategy?.useOnly === 'EXCLUSION_BY_RESOURCE_TYPES'
				? true
				: recorder.recordingGroup?.includeGlobalResourceTypes;
		}

		case 'all but some': {
			return !listedTypes.some(isGlobalType);
		}

		case 'some': {
			return listedTypes.some(isGlobalType);
		}

		default: {
			return undefined;
		}
	}
};

const readRecorder = async (facts: Facts<Commands>): Promise<Partial<Recorder>> => {
	const answer = await facts.attempt('DescribeConfigurationRecorders', {});
	if (!answer) {
		return {};
	}

	const recorder = answer.ConfigurationRecorders?.find(isOurs);
	if (recorder === undefined) {
		return {name: null};
	}

	const scope = scopeOf(recorder);
	return present({
		name: recorder.name ?? 'default',
		roleArn: recorder.roleARN,
		...scope,
		recordsGlobalTypes: recordsGlobalTypes(recorder, scope),
		frequency: recorder.recordingMode?.recordingFrequency,
		otherFrequencies: recorder.recordingMode?.recordingModeOverrides?.flatMap(({resourceTypes = [], recordingFrequency}) =>
			resourceTypes.map(type => `${type} ${recordingFrequency?.toLowerCase() ?? ''}`.trim()),
		),
	});
};

const readStatus = async (facts: Facts<Commands>): Promise<Partial<Recorder>> => {
	const answer = await facts.attempt('DescribeConfigurationRecorderStatus', {});
	const status = answer?.ConfigurationRecordersStatus?.find(isOurs);
	return status === undefined
		? {}
		: present({
				isRecording: status.recording,
				status: upper(status.lastStatus),
				errorCode: status.lastErrorCode,
				errorMessage: status.lastErrorMessage,
				startedAt: status.lastStartTime,
				stoppedAt: status.recording === true ? undefined : status.lastStopTime,
			});
};

const toDeliveries = ({
	configHistoryDeliveryInfo: history,
	configSnapshotDeliveryInfo: snapshot,
	configStreamDeliveryInfo: stream,
}: Delivered) => {
	const told = (
		info:
			| {
					readonly lastStatus?: string | undefined;
					readonly lastErrorCode?: string | undefined;
					readonly lastErrorMessage?: string | undefined;
			  }
			| undefined,
		succeededAt: string | undefined,
	): Delivery | undefined =>
		// A sort that was never tried has no status and no times.
		info === undefined || Object.keys(info).length === 0
			? undefined
			: present({status: upper(info.lastStatus), errorCode: info.lastErrorCode, errorMessage: info.lastErrorMessage, succeededAt});
	return present({
		history: told(history, history?.lastSuccessfulTime),
		snapshot: told(snapshot, snapshot?.lastSuccessfulTime),
		stream: told(stream, undefined),
	});
};

const readDelivery = async (facts: Facts<Commands>): Promise<Partial<Recorder>> => {
	const channels = await facts.attempt('DescribeDeliveryChannels', {});
	const statuses = await facts.attempt('DescribeDeliveryChannelStatus', {});
	const channel = channels?.DeliveryChannels?.[0];
	const delivered = statuses?.DeliveryChannelsStatus?.[0];
	return {
		...(channels && {
			channel:
				channel === undefined
					? null
					: {
							name: channel.name ?? 'default',
							...present({bucket: channel.s3BucketName, keyArn: channel.s3KmsKeyArn, topicArn: channel.snsTopicARN}),
						},
		}),
		...(delivered && {deliveries: toDeliveries(delivered)}),
	};
};

/** AWS Config in this Region: the recorder, or that there is none, and what could be read of it. */
export const readRegion = async (
	aws: Config,
	facts: Facts<Commands>,
	rules: Pick<Recorder, 'certificateRules' | 'ruleCount'>,
): Promise<Resource<Recorder>> => {
	const configuration: Recorder = {
		...(await readRecorder(facts)),
		...(await readStatus(facts)),
		...(await readDelivery(facts)),
		...rules,
	};
	return {
		// Made of what stays: a Region has one recorder of its own, or none.
		arn: `arn:${aws.partition}:config:${aws.awsRegion}:${aws.accountId}:configuration-recorder`,
		resourceType: recorderType,
		resourceId: 'configuration-recorder',
		resourceName: 'AWS Config',
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration,
		unread: facts.unread,
		readAt: facts.readAt,
	};
};
