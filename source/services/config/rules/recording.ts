import {msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {exemptWhenOff, homeOf, isGlobalType, type Recorder} from './recorder.js';
import {changeChannel, changeScope, homes, recorderName} from './recording-commands.js';

const hub = 'https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1';

const because = ({errorCode, errorMessage}: Pick<Recorder, 'errorCode' | 'errorMessage'>): string => {
	const why = [errorCode, errorMessage?.replace(/[.\s]+$/u, '')].filter(Boolean).join(', ');
	return why === '' ? '' : `: ${why}`;
};

const published = {
	securityControlIds: ['Config.1'],
	cis: ['v3.0 3.3', 'v5.0 3.3', 'v6.0 4.3', 'v7.0 4.3'],
	prowler: ['config_recorder_all_regions_enabled'],
};

export const recorderPresent: Rule<Recorder> = {
	id: 'config-recorder-present',
	title: 'There is a recorder of AWS Config in the Region',
	severity: 'MEDIUM',
	published,
	rationale:
		'The record says what was changed, when and to what: nobody can ask for it afterwards. Config’s rules, and most of Security Hub’s controls, see nothing without it.',
	remediation: {
		text: 'Make a recorder with the service-linked role AWSServiceRoleForConfig and a delivery channel, and start it. Config is charged for by recorded change: leave out types that change all day rather than the Region.',
		cli: `aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=ROLE_ARN --region {region} && ${changeChannel} && aws configservice start-configuration-recorder --configuration-recorder-name default --region {region}`,
		terraform:
			'resource "aws_config_configuration_recorder" "this" {\n  role_arn = aws_iam_service_linked_role.config.arn\n}\n\nresource "aws_config_delivery_channel" "this" {\n  s3_bucket_name = aws_s3_bucket.config.bucket\n  depends_on     = [aws_config_configuration_recorder.this]\n}\n\nresource "aws_config_configuration_recorder_status" "this" {\n  name       = aws_config_configuration_recorder.this.name\n  is_enabled = true\n  depends_on = [aws_config_delivery_channel.this]\n}',
		url: hub,
	},
	note: 'A recorder that AWS made for one of its services (such as Security Hub’s own) does not count here: its record is not yours.',
	reads: ['DescribeConfigurationRecorders'],
	evaluate({configuration: {name}, awsRegion}) {
		const evidence = {
			expected: 'a recorder of the account’s own',
			observed: name === null ? 'no recorder' : (name ?? 'not told'),
			operation: 'DescribeConfigurationRecorders',
		};
		return name === undefined
			? {verdict: 'UNKNOWN', reason: 'AWS did not tell whether there is a recorder', evidence}
			: name === null
				? {verdict: 'FAIL', reason: `there is no recorder in ${awsRegion}: no change is recorded`, evidence}
				: {verdict: 'PASS', reason: `there is the recorder ${name}`, evidence};
	},
};

export const recorderOn: Rule<Recorder> = {
	id: 'config-recorder-on',
	title: 'The recorder of AWS Config is on and works',
	severity: 'MEDIUM',
	published,
	rationale: 'Between the day when a recorder is stopped or begins to fail and the day when it works again there is no record at all.',
	remediation: {
		text: 'Find out who stopped it and start it again. Where it is on and fails, mend what the error code names: most often its role.',
		cli: `aws configservice start-configuration-recorder --configuration-recorder-name ${recorderName} --region {region}`,
		terraform:
			'resource "aws_config_configuration_recorder_status" "this" {\n  name       = aws_config_configuration_recorder.this.name\n  is_enabled = true\n}',
		url: hub,
	},
	note: 'Security Hub calls this critical, since its own controls rest on it, and fails a recorder that does not use the service-linked role too.',
	reads: ['DescribeConfigurationRecorders', 'DescribeConfigurationRecorderStatus'],
	exempts: ({configuration: {name}}) => (name === null ? 'there is no recorder here' : undefined),
	evaluate({configuration: recorder, awsRegion}, {now}) {
		const {name, isRecording, status, stoppedAt} = recorder;
		const evidence = {
			expected: 'recording true and lastStatus SUCCESS',
			observed: `recording ${isRecording ?? 'absent'}, lastStatus ${status ?? 'absent'}`,
			operation: 'DescribeConfigurationRecorderStatus',
		};
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
		text: 'Record all types, with the global types of IAM in the home Region alone, where they are recorded once. The command takes back every exclusion: where one is on purpose, because a type changes all day and nobody asks about it, mute this instead.',
		cli: changeScope,
		terraform: `resource "aws_config_configuration_recorder" "this" {\n  role_arn = aws_iam_service_linked_role.config.arn\n\n  recording_group {\n    all_supported                 = true\n    include_global_resource_types = contains(${homes}, "{region}")\n  }\n}`,
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html',
	},
	note: 'CIS asks for the global types in one Region at least. Here that is the Region where IAM lives: where another records them, mute this. To leave them out elsewhere is no failure. MEDIUM where only the types of a list are recorded.',
	reads: ['DescribeConfigurationRecorders'],
	exempts: ({configuration}) => exemptWhenOff(configuration),
	evaluate({configuration: {records, listedTypes = [], recordsGlobalTypes, frequency}, arn, awsRegion}) {
		const home = homeOf(arn);
		const isHome = home === awsRegion;
		const how = frequency === 'DAILY' ? ' once a day' : '';
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
				// What is recorded at home need not be recorded here too.
				const lacking = home === undefined || isHome ? listedTypes : listedTypes.filter(type => !isGlobalType(type));
				return lacking.length === 0
					? {verdict: 'PASS', reason: `records every type${how} but the global ones of IAM, whose home is ${home}`, evidence}
					: {verdict: 'FAIL', reason: `records all but ${few(lacking)}`, evidence};
			}

			case 'everything': {
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
		text: 'Mend what the error code names: most often the bucket is gone, or its policy or its key’s no longer admits config.amazonaws.com. The command sends to another bucket, and leaves prefix, key and topic as they are.',
		cli: changeChannel,
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
