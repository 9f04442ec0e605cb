import type {
	ComplianceType,
	ConfigRule,
	ConfigurationRecorder,
	ConfigurationRecorderStatus,
	DeliveryChannel,
	DeliveryChannelStatus,
	DeliveryStatus,
	RecorderStatus,
	RecordingGroup,
} from '@aws-sdk/client-config-service';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** What a rule says of a resource. */
export type Evaluation = {
	readonly resourceType: string;
	readonly resourceId: string;
	readonly annotation?: string;
	readonly recordedAt: Date;
};

/** A rule, and its verdicts: those of NON_COMPLIANT resources one by one. */
export type ConfigRuleRecord = {
	readonly rule: ConfigRule & {readonly ConfigRuleName: string};
	readonly compliance: ComplianceType;
	readonly nonCompliant: readonly Evaluation[];
};

export type ConfigState = {
	/** The customer's recorder, where there is one. */
	recorder?: {readonly recorder: ConfigurationRecorder; readonly status: ConfigurationRecorderStatus} | undefined;
	channel?: {readonly channel: DeliveryChannel; readonly status: DeliveryChannelStatus} | undefined;
	rules: readonly ConfigRuleRecord[];
	/** Operations that are refused here, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

// The SDK says `Success`; AWS answers `SUCCESS`, as its own documentation shows:
// https://docs.aws.amazon.com/config/latest/developerguide/gs-cli-verify-subscribe.html
const said = <T extends DeliveryStatus | RecorderStatus>(status: 'SUCCESS' | 'FAILURE' | 'PENDING'): T => status as string as T;

type RecorderFacts = {
	readonly recording?: boolean;
	readonly status?: 'SUCCESS' | 'FAILURE' | 'PENDING';
	readonly error?: readonly [code: string, message: string];
	readonly group?: RecordingGroup;
};

/** Everything and the global types, continuously. */
const everything: RecordingGroup = {
	allSupported: true,
	includeGlobalResourceTypes: true,
	resourceTypes: [],
	exclusionByResourceTypes: {resourceTypes: []},
	recordingStrategy: {useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES'},
};

/** A recorder that records everything since half a year; `facts` say what differs. */
export const recorder = (place: Place, facts: RecorderFacts = {}): NonNullable<ConfigState['recorder']> => {
	const {recording = true, status = 'SUCCESS', error, group} = facts;
	const arn = place.arn('config', `configuration-recorder/default/${place.random('config').hex(16)}`);
	return {
		recorder: {
			arn,
			name: 'default',
			roleARN: `arn:${place.partition}:iam::${place.accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
			recordingGroup: {...everything, ...group},
			recordingMode: {recordingFrequency: 'CONTINUOUS', recordingModeOverrides: []},
			recordingScope: 'PAID',
		},
		status: {
			arn,
			name: 'default',
			lastStartTime: place.daysAgo(180),
			...(!recording && {lastStopTime: place.daysAgo(9)}),
			recording,
			lastStatus: said(status),
			lastStatusChangeTime: place.hoursAgo(3),
			...(error && {lastErrorCode: error[0], lastErrorMessage: error[1]}),
		},
	};
};

/** A channel to a bucket of the organisation's log account; `error` breaks its history. */
export const channel = (place: Place, error?: readonly [code: string, message: string]): NonNullable<ConfigState['channel']> => ({
	channel: {name: 'default', s3BucketName: 'acme-config-logs', configSnapshotDeliveryProperties: {deliveryFrequency: 'TwentyFour_Hours'}},
	status: {
		name: 'default',
		configSnapshotDeliveryInfo: {lastStatus: said('SUCCESS'), lastAttemptTime: place.hoursAgo(7), lastSuccessfulTime: place.hoursAgo(7)},
		configHistoryDeliveryInfo:
			error === undefined
				? {lastStatus: said('SUCCESS'), lastAttemptTime: place.hoursAgo(2), lastSuccessfulTime: place.hoursAgo(2)}
				: {
						lastStatus: said('FAILURE'),
						lastErrorCode: error[0],
						lastErrorMessage: error[1],
						lastAttemptTime: place.hoursAgo(2),
						lastSuccessfulTime: place.daysAgo(23),
					},
		configStreamDeliveryInfo: {},
	},
});

type RuleFacts = {
	readonly compliance?: ComplianceType;
	readonly nonCompliant?: readonly Evaluation[];
	readonly parameters?: Readonly<Record<string, string>>;
	readonly createdBy?: string;
	readonly description?: string;
	readonly owner?: 'AWS' | 'CUSTOM_LAMBDA';
};

/** A managed rule with which all comply, unless `nonCompliant` says otherwise. */
export const configRule = (place: Place, name: string, identifier: string, facts: RuleFacts = {}): ConfigRuleRecord => {
	const {nonCompliant = [], compliance = nonCompliant.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT', parameters = {}, owner = 'AWS'} = facts;
	const id = `config-rule-${place.random(`config/${name}`).hex(6)}`;
	return {
		rule: {
			ConfigRuleName: name,
			ConfigRuleArn: place.arn('config', `config-rule/${id}`),
			ConfigRuleId: id,
			Source: {Owner: owner, SourceIdentifier: owner === 'AWS' ? identifier : place.arn('lambda', `function:${identifier}`)},
			InputParameters: JSON.stringify(parameters),
			ConfigRuleState: 'ACTIVE',
			EvaluationModes: [{Mode: 'DETECTIVE'}],
			...(facts.createdBy !== undefined && {CreatedBy: facts.createdBy}),
			...(facts.description !== undefined && {Description: facts.description}),
		},
		compliance,
		nonCompliant,
	};
};

/** The check of certificates, from so many days before their end. */
export const certificateRule = (place: Place, days: number, facts: RuleFacts & {readonly name?: string} = {}): ConfigRuleRecord =>
	configRule(place, facts.name ?? 'acm-certificate-expiration-check', 'ACM_CERTIFICATE_EXPIRATION_CHECK', {
		parameters: {daysToExpiration: String(days)},
		...facts,
	});

export const evaluation = (place: Place, resourceType: string, resourceId: string, annotation?: string): Evaluation => ({
	resourceType,
	resourceId,
	...(annotation !== undefined && {annotation}),
	recordedAt: place.hoursAgo(11),
});
