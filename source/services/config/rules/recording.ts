import {msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {exemptWhenOff, isHomeRegion, type Recorder} from './recorder.js';

const hub = 'https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1';

const because = ({errorCode, errorMessage}: Pick<Recorder, 'errorCode' | 'errorMessage'>): string => {
	const why = [errorCode, errorMessage?.replace(/[.\s]+$/u, '')].filter(Boolean).join(', ');
	return why === '' ? '' : `: ${why}`;
};

export const recorderOn: Rule<Recorder> = {
	id: 'config-recorder-on',
	title: 'AWS Config records in the Region',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['Config.1'],
		cis: ['v3.0 3.3', 'v5.0 3.3', 'v6.0 4.3', 'v7.0 4.3'],
		prowler: ['config_recorder_all_regions_enabled'],
	},
	rationale:
		'The record says what was changed, when and to what: nobody can ask for it afterwards. Config’s rules, and most of Security Hub’s controls, see nothing without it.',
	remediation: {
		text: 'Make a recorder with the service-linked role AWSServiceRoleForConfig and a delivery channel, and start it; or start the one that is there. Config is charged for by recorded change: leave out types that change all day rather than the Region.',
		cli: 'aws configservice start-configuration-recorder --configuration-recorder-name default --region {region}',
		terraform:
			'resource "aws_config_configuration_recorder_status" "this" {\n  name       = aws_config_configuration_recorder.this.name\n  is_enabled = true\n}',
		url: hub,
	},
	note: 'Security Hub calls this critical, since its own controls rest on it, and fails a recorder that does not use the service-linked role too. A recorder that AWS made for one of its services (such as Security Hub’s own) does not count here: its record is not yours.',
	reads: ['DescribeConfigurationRecorders', 'DescribeConfigurationRecorderStatus'],
	evaluate({configuration: recorder, awsRegion}, {now}) {
		const {name, isRecording, status, stoppedAt} = recorder;
		const evidence = {
			expected: 'a recorder with recording true and lastStatus SUCCESS',
			observed: name === null ? 'no recorder' : `recording ${isRecording ?? 'absent'}, lastStatus ${status ?? 'absent'}`,
			operation: name === null ? 'DescribeConfigurationRecorders' : 'DescribeConfigurationRecorderStatus',
		};
		if (name === null) {
			return {verdict: 'FAIL', reason: `there is no recorder in ${awsRegion}: no change is recorded`, evidence};
		}

		if (isRecording === undefined) {
			return {verdict: 'UNKNOWN', reason: 'AWS did not tell whether it records', evidence};
		}

		if (!isRecording) {
			const since = stoppedAt === undefined ? '' : ` ${spanInWords(msBetween(stoppedAt, now))} ago`;
			return {verdict: 'FAIL', reason: `the recorder ${name} was stopped${since}: no change is recorded`, evidence};
		}

		switch (status) {
			case 'FAILURE': {
				return {verdict: 'FAIL', reason: `the recorder ${name} is on and fails${because(recorder)}`, evidence};
			}

			case 'SUCCESS': {
				return {verdict: 'PASS', reason: `records in ${awsRegion}`, evidence};
			}

			case 'PENDING': {
				return {verdict: 'PASS', reason: `has begun to record in ${awsRegion}`, evidence};
			}

			default: {
				return {verdict: 'UNKNOWN', reason: `on, and its last status ${status ?? 'was not told'} does not say whether it works`, evidence};
			}
		}
	},
};

const few = (types: readonly string[]): string =>
	types.length <= 3 ? types.join(', ') : `${types.slice(0, 3).join(', ')} and ${types.length - 3} more`;

export const recordsEverything: Rule<Recorder> = {
	id: 'config-recorder-records-everything',
	title: 'AWS Config records every type, and the global ones in the home Region',
	severity: 'LOW',
	published: {securityControlIds: [], cis: ['v3.0 3.3', 'v5.0 3.3', 'v6.0 4.3', 'v7.0 4.3'], prowler: []},
	rationale:
		'A type that is not recorded has no past: neither its changes nor its relations can be looked up, and no rule on it is ever evaluated.',
	remediation: {
		text: 'Record all types, with the global types of IAM in the home Region alone, where they are recorded once. Leave out what changes all day and nobody asks about.',
		cli: 'aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=ROLE_ARN --recording-group allSupported=true,includeGlobalResourceTypes=true --region {region}',
		terraform:
			'resource "aws_config_configuration_recorder" "this" {\n  role_arn = aws_iam_service_linked_role.config.arn\n\n  recording_group {\n    all_supported                 = true\n    include_global_resource_types = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html',
	},
	note: 'CIS asks for the global types in one Region at least. Here that is the Region where IAM lives: where another records them, mute this. MEDIUM where only the types of a list are recorded.',
	reads: ['DescribeConfigurationRecorders'],
	exempts: ({configuration}) => exemptWhenOff(configuration),
	evaluate({configuration: {records, listedTypes = [], recordsGlobalTypes, frequency}, arn, awsRegion}) {
		const isHome = isHomeRegion(arn, awsRegion);
		const evidence = {
			expected: `all types${isHome ? ', includeGlobalResourceTypes true' : ''}`,
			observed: `${records ?? 'not told'}${listedTypes.length === 0 ? '' : ` (${listedTypes.length} types)`}, global types ${recordsGlobalTypes ?? 'not told'}`,
			operation: 'DescribeConfigurationRecorders',
		};
		switch (records) {
			case 'some': {
				return {verdict: 'FAIL', severity: 'MEDIUM', reason: `records ${few(listedTypes) || 'no type'} alone`, evidence};
			}

			case 'all but some': {
				return {verdict: 'FAIL', reason: `records all but ${few(listedTypes)}`, evidence};
			}

			case 'everything': {
				const how = frequency === 'DAILY' ? ' once a day' : '';
				if (!isHome) {
					return {verdict: 'PASS', reason: `records every type${how}`, evidence};
				}

				return recordsGlobalTypes === undefined
					? {verdict: 'UNKNOWN', reason: 'AWS did not tell whether it records global types', evidence}
					: recordsGlobalTypes
						? {verdict: 'PASS', reason: `records every type${how}, those of IAM too`, evidence}
						: {verdict: 'FAIL', reason: 'records every type but the global ones of IAM, whose home this Region is', evidence};
			}

			default: {
				return {verdict: 'UNKNOWN', reason: 'AWS did not tell what it records, or in a way that this version does not know', evidence};
			}
		}
	},
};

export const deliverySucceeds: Rule<Recorder> = {
	id: 'config-delivery-succeeds',
	title: 'What AWS Config records is delivered',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: ['v3.0 3.3', 'v5.0 3.3', 'v6.0 4.3', 'v7.0 4.3'], prowler: []},
	rationale:
		'Config keeps its record where an intruder in the account could end it. The files in the bucket are what is left, if they arrive.',
	remediation: {
		text: 'Mend what the error code names: most often the bucket is gone, or its policy or its key’s no longer admits config.amazonaws.com.',
		cli: 'aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=BUCKET --region {region}',
		terraform: 'resource "aws_config_delivery_channel" "this" {\n  s3_bucket_name = aws_s3_bucket.config.bucket\n}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html',
	},
	reads: ['DescribeDeliveryChannels', 'DescribeDeliveryChannelStatus'],
	exempts: ({configuration}) => exemptWhenOff(configuration),
	evaluate({configuration: {channel, deliveries}}) {
		if (channel === undefined || (channel !== null && deliveries === undefined)) {
			return {verdict: 'UNKNOWN', reason: 'AWS did not tell of its delivery channel'};
		}

		const known = Object.entries(deliveries ?? {});
		const evidence = {
			expected: 'a delivery channel, lastStatus SUCCESS',
			observed:
				channel === null
					? 'no delivery channel'
					: known.map(([sort, {status}]) => `${sort} ${status ?? 'absent'}`).join(', ') || 'no deliveries',
			operation: channel === null ? 'DescribeDeliveryChannels' : 'DescribeDeliveryChannelStatus',
		};
		if (channel === null) {
			return {verdict: 'FAIL', reason: 'there is no delivery channel: the record goes nowhere', evidence};
		}

		const failed = known.find(([, {status}]) => status === 'FAILURE');
		if (failed !== undefined) {
			const [sort, delivery] = failed;
			return {verdict: 'FAIL', reason: `delivery of ${sort} to ${channel.bucket ?? 'its bucket'} fails${because(delivery)}`, evidence};
		}

		const odd = known.find(([, {status}]) => status !== 'SUCCESS' && status !== 'NOT_APPLICABLE');
		if (odd !== undefined) {
			const [sort, {status}] = odd;
			return {verdict: 'UNKNOWN', reason: `the status ${status ?? 'that was not told'} of ${sort} is not known to this version`, evidence};
		}

		return known.some(([, {status}]) => status === 'SUCCESS')
			? {verdict: 'PASS', reason: `delivered to ${channel.bucket ?? 'its bucket'}`, evidence}
			: {verdict: 'UNKNOWN', reason: 'nothing was delivered yet', evidence};
	},
};

export const certificateRulePresent: Rule<Recorder> = {
	id: 'config-certificate-rule-present',
	title: 'A rule of AWS Config checks when certificates end',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Config flags certificates that are about to expire for those who look there rather than here, and keeps the history of who did not. It asks the same question by another way: where the two differ, one of them is worth a look.',
	remediation: {
		text: 'Add the managed rule acm-certificate-expiration-check, with 30 days rather than its default of 14.',
		cli: 'aws configservice put-config-rule --config-rule \'{"ConfigRuleName":"acm-certificate-expiration-check","Source":{"Owner":"AWS","SourceIdentifier":"ACM_CERTIFICATE_EXPIRATION_CHECK"},"InputParameters":"{\\"daysToExpiration\\":\\"30\\"}"}\' --region {region}',
		terraform:
			'resource "aws_config_config_rule" "this" {\n  name             = "acm-certificate-expiration-check"\n  input_parameters = jsonencode({daysToExpiration = "30"})\n\n  source {\n    owner             = "AWS"\n    source_identifier = "ACM_CERTIFICATE_EXPIRATION_CHECK"\n  }\n}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/acm-certificate-expiration-check.html',
	},
	note: 'Found by its identifier, whatever its name, so that Security Hub’s copy of it counts. Whether there are certificates in the Region is not asked.',
	reads: ['DescribeConfigRules'],
	exempts: ({configuration}) => exemptWhenOff(configuration),
	evaluate({configuration: {certificateRules, ruleCount}}) {
		if (certificateRules === undefined) {
			return {verdict: 'UNKNOWN', reason: 'the rules were not listed'};
		}

		const evidence = {
			expected: 'a rule with SourceIdentifier ACM_CERTIFICATE_EXPIRATION_CHECK',
			observed: certificateRules.join(', ') || `none among ${ruleCount ?? 0} rules`,
			operation: 'DescribeConfigRules',
		};
		return certificateRules.length === 0
			? {verdict: 'FAIL', reason: `none of the ${ruleCount ?? 0} rules of AWS Config here checks when certificates end`, evidence}
			: {verdict: 'PASS', reason: `checked by ${certificateRules.join(', ')}`, evidence};
	},
};
