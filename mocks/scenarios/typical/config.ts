import {
	type ConfigRuleRecord,
	type ConfigState,
	certificateRule,
	channel,
	configRule,
	type Evaluation,
	evaluation,
	recorder,
} from '../../services/config-state.js';
import {certificateArn, keyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const certificates = (place: Place, ...domains: ReadonlyArray<readonly [domain: string, days: number]>): readonly Evaluation[] =>
	domains.map(([domain, days]) =>
		evaluation(
			place,
			'AWS::ACM::Certificate',
			certificateArn(place, domain),
			days < 0 ? 'The certificate has expired.' : `The certificate expires in ${days} days.`,
		),
	);

const keys = (place: Place, ...aliases: readonly string[]): readonly Evaluation[] =>
	aliases.map(alias => evaluation(place, 'AWS::KMS::Key', keyArn(place, alias)));

const volumes = (place: Place): readonly Evaluation[] => {
	const chance = place.random('config/volumes');
	return Array.from({length: 41}, () => evaluation(place, 'AWS::EC2::Volume', `vol-0${chance.hex(16)}`));
};

// Of api.acme.com, imported again where nothing was recorded, no check knows.
const northVirginia = (place: Place): readonly ConfigRuleRecord[] => [
	certificateRule(place, 14, {nonCompliant: certificates(place, ['pay.acme.com', 11], ['status.acme.com', -1])}),
	certificateRule(place, 30, {
		name: 'securityhub-acm-certificate-expiration-check-5e1f09ab',
		createdBy: 'securityhub.amazonaws.com',
		nonCompliant: certificates(place, ['mail.acme.com', 27], ['*.shop.acme.com', 22], ['pay.acme.com', 11], ['status.acme.com', -1]),
	}),
	certificateRule(place, 90, {
		name: 'certificates-early-warning',
		description: 'Set when certificates lasted 395 days',
		nonCompliant: certificates(
			place,
			['intranet.acme.com', 83],
			['edge.acme.com', 44],
			['old.acme.com', 41],
			['mail.acme.com', 27],
			['*.shop.acme.com', 22],
			['pay.acme.com', 11],
			['status.acme.com', -1],
		),
	}),
	configRule(place, 'cmk-backing-key-rotation-enabled', 'CMK_BACKING_KEY_ROTATION_ENABLED', {
		nonCompliant: keys(place, 'prod/legacy-erp', 'staging/app'),
	}),
	configRule(place, 'kms-cmk-not-scheduled-for-deletion', 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION', {
		nonCompliant: keys(place, 'prod/old-checkout'),
	}),
	configRule(place, 'secretsmanager-rotation-enabled-check', 'SECRETSMANAGER_ROTATION_ENABLED_CHECK', {
		nonCompliant: [
			evaluation(place, 'AWS::SecretsManager::Secret', 'prod/stripe'),
			evaluation(place, 'AWS::SecretsManager::Secret', 'prod/twilio'),
		],
	}),
	// The type it looks at was left out of the record for a year.
	configRule(place, 'secretsmanager-secret-unused', 'SECRETSMANAGER_SECRET_UNUSED', {compliance: 'INSUFFICIENT_DATA'}),
	configRule(place, 'guardduty-enabled-centralized', 'GUARDDUTY_ENABLED_CENTRALIZED'),
	configRule(place, 's3-bucket-public-read-prohibited', 'S3_BUCKET_PUBLIC_READ_PROHIBITED', {
		nonCompliant: [evaluation(place, 'AWS::S3::Bucket', 'acme-exports', 'The S3 bucket policy allows public read access.')],
	}),
	configRule(place, 'encrypted-volumes', 'ENCRYPTED_VOLUMES', {nonCompliant: volumes(place)}),
	// Nothing of ours.
	configRule(place, 'restricted-ssh', 'INCOMING_SSH_DISABLED'),
	configRule(place, 'required-tags', 'REQUIRED_TAGS', {parameters: {tag1Key: 'team'}}),
	configRule(place, 'acme-naming', 'naming-police', {owner: 'CUSTOM_LAMBDA'}),
];

const milanRefuses: ConfigState['refused'] = Object.fromEntries(
	[
		'DescribeConfigurationRecorders',
		'DescribeConfigurationRecorderStatus',
		'DescribeDeliveryChannels',
		'DescribeDeliveryChannelStatus',
		'DescribeConfigRules',
	].map(operation => [operation, 'explicit-deny-in-permissions-boundary']),
);

/** Virginia lacks the global types, Ireland's bucket is closed to Config, Sydney records nothing, London is in order. */
export const populate: Populate<ConfigState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				recorder: recorder(place, {group: {includeGlobalResourceTypes: false}}),
				channel: channel(place),
				rules: northVirginia(place),
				refused: {},
			};
		case 'eu-west-1':
			return {
				recorder: recorder(place, {
					group: {
						allSupported: false,
						includeGlobalResourceTypes: false,
						resourceTypes: [],
						exclusionByResourceTypes: {
							resourceTypes: ['AWS::EC2::NetworkInterface', 'AWS::ECS::TaskDefinition', 'AWS::KMS::Key', 'AWS::SSM::Document'],
						},
						recordingStrategy: {useOnly: 'EXCLUSION_BY_RESOURCE_TYPES'},
					},
				}),
				channel: channel(place, ['AccessDenied', 'Access Denied to the bucket acme-config-logs.']),
				rules: [
					configRule(place, 's3-bucket-replication-enabled', 'S3_BUCKET_REPLICATION_ENABLED'),
					configRule(place, 'kms-cmk-not-scheduled-for-deletion', 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION'),
				],
				refused: {DescribeComplianceByConfigRule: 'no-identity-based-policy'},
			};
		case 'eu-south-1':
			return {rules: [], refused: milanRefuses};
		case 'eu-west-2':
			return {
				recorder: recorder(place, {group: {includeGlobalResourceTypes: false}}),
				channel: channel(place),
				rules: [certificateRule(place, 30), configRule(place, 'encrypted-volumes', 'ENCRYPTED_VOLUMES')],
				refused: {},
			};
		default:
			return undefined;
	}
};

/** Somebody stops the recorder for an hour's quiet, and starts it again. */
export const timeline: Timeline<ConfigState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 110,
			what: 'somebody stops the recorder of AWS Config in eu-west-2',
			awsRegion: 'eu-west-2',
			apply(state, moment) {
				const {status} = recorder(moment, {recording: false});
				state.recorder = state.recorder && {...state.recorder, status: {...status, lastStopTime: moment.now}};
			},
		},
		{
			atSeconds: 230,
			what: 'the recorder of AWS Config in eu-west-2 is started again',
			awsRegion: 'eu-west-2',
			apply(state, moment) {
				const {status} = recorder(moment);
				state.recorder = state.recorder && {...state.recorder, status: {...status, lastStartTime: moment.now}};
			},
		},
	],
};
