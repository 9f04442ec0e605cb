import {type Answer, answer, hourMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {coverageInWords, guide, hub, listed, unclear, untold, whyUnclear} from './common.js';
import type {Trail} from './trail.js';

export const trailLogging: Rule<Trail> = {
	id: 'cloudtrail-trail-logging',
	title: 'A trail is logging',
	severity: 'HIGH',
	published: {securityControlIds: ['CloudTrail.1'], cis: ['v3.0 3.1', 'v5.0 3.1'], prowler: ['cloudtrail_multi_region_enabled']},
	rationale:
		'Stopping the trail is among the first things that an intruder does, and a trail that is stopped looks like one until it is needed.',
	remediation: {
		text: 'Find out who stopped it (the event history has the StopLogging call for 90 days), then start it, or delete a trail that nobody needs.',
		cli: 'aws cloudtrail start-logging --name {arn} --region {region}',
		terraform: 'resource "aws_cloudtrail" "this" {\n  enable_logging = true\n}',
		url: `${guide}cloudtrail-turning-off-logging.html`,
	},
	reads: ['GetTrailStatus'],
	evaluate({configuration: {logging, startedAt, stoppedAt, homeRegion, ownerAccountId}, accountId}, {now}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'GetTrailStatus',
				'IsLogging true',
				`IsLogging ${logging ?? 'absent'}, StopLoggingTime ${stoppedAt ?? 'absent'}`,
			);
		if (logging === undefined) return is('UNKNOWN', untold(ownerAccountId, accountId, 'whether it is logging'));
		if (logging)
			return is('PASS', startedAt === undefined ? `logging in ${homeRegion}` : `logging for ${spanInWords(msBetween(startedAt, now))}`);
		return is(
			'FAIL',
			stoppedAt === undefined
				? 'not logging: it was never started'
				: `stopped ${spanInWords(msBetween(stoppedAt, now))} ago: nothing is recorded since`,
		);
	},
};

export const trailMultiRegion: Rule<Trail> = {
	id: 'cloudtrail-trail-multi-region',
	title: 'A trail records all Regions',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudTrail.1'], cis: ['v3.0 3.1', 'v5.0 3.1'], prowler: ['cloudtrail_multi_region_enabled']},
	rationale: 'A trail of one Region misses what happens in the next, and in those that are opened later.',
	remediation: {
		text: 'Let the trail record all Regions, or leave it and make another one that does.',
		cli: 'aws cloudtrail update-trail --name {arn} --is-multi-region-trail --region {region}',
		terraform: 'resource "aws_cloudtrail" "this" {\n  is_multi_region_trail = true\n}',
		url: `${guide}receive-cloudtrail-log-files-from-multiple-regions.html`,
	},
	note: 'A trail of one Region beside one that records all reads and writes in all Regions is no failure.',
	reads: ['GetEventSelectors'],
	evaluate({configuration: {multiRegion, homeRegion, logging, management, multiRegionTrails, ownerAccountId}, accountId}) {
		const observed = [`IsMultiRegionTrail ${multiRegion ?? 'absent'}`, ...multiRegionTrails.map(coverageInWords)].join('; ');
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeTrails', 'IsMultiRegionTrail true, or another trail that records all Regions', observed);
		if (multiRegion) return is('PASS', 'records all Regions, and those that are opened later');
		if (logging === false) return is('NOT_APPLICABLE', 'it is stopped, which another rule says');
		if (multiRegion === undefined || management === undefined) return is('UNKNOWN', untold(ownerAccountId, accountId, 'what it records'));
		const {reads, writes} = management;
		if (!reads && !writes) return is('NOT_APPLICABLE', 'records no management events as a whole');
		const other = multiRegionTrails.find(one => one.logging === true && one.management?.reads === true && one.management.writes);
		if (other !== undefined) return is('NOT_APPLICABLE', `${other.name} records all Regions`);
		const open = unclear(multiRegionTrails);
		if (open.length > 0) return is('UNKNOWN', whyUnclear(open));
		return is(
			'FAIL',
			multiRegionTrails.length === 0
				? `records ${homeRegion} alone, and no other trail records the other Regions`
				: `records ${homeRegion} alone, and ${listed(multiRegionTrails.map(({name}) => name))} ${multiRegionTrails.length === 1 ? 'does' : 'do'} not record all that is done in the others`,
		);
	},
};

export const trailEncrypted: Rule<Trail> = {
	id: 'cloudtrail-trail-encrypted',
	title: 'Log files are encrypted with a key of KMS',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['CloudTrail.2'],
		cis: ['v3.0 3.5', 'v5.0 3.5', 'v6.0 4.5', 'v7.0 4.5'],
		prowler: ['cloudtrail_kms_encryption_enabled'],
	},
	rationale: 'With a key of their own the log files need a second permission to be read, and each reading of them is recorded too.',
	remediation: {
		text: 'Make a key whose policy lets CloudTrail encrypt and the auditors decrypt, in the Region of the bucket, and give it to the trail.',
		cli: 'aws cloudtrail update-trail --name {arn} --kms-key-id KEY_ARN --region {region}',
		terraform: 'resource "aws_cloudtrail" "this" {\n  kms_key_id = aws_kms_key.trail.arn\n}',
		url: hub('CloudTrail.2'),
	},
	reads: [],
	evaluate({configuration: {kmsKeyArn}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeTrails', 'a KmsKeyId', kmsKeyArn ?? 'no KmsKeyId');
		return kmsKeyArn === null
			? is('FAIL', 'log files have S3’s own encryption only: who may read the bucket may read them')
			: is('PASS', `log files are encrypted with ${kmsKeyArn.split('/').at(-1) ?? kmsKeyArn}`);
	},
};

export const trailValidated: Rule<Trail> = {
	id: 'cloudtrail-trail-validated',
	title: 'Changes to log files can be detected',
	severity: 'LOW',
	published: {
		securityControlIds: ['CloudTrail.4'],
		cis: ['v3.0 3.2', 'v5.0 3.2'],
		prowler: ['cloudtrail_log_file_validation_enabled'],
	},
	rationale: 'A record that may have been changed proves nothing. Digest files, signed by CloudTrail each hour, show whether one was.',
	remediation: {
		text: 'Turn on validation of log files: it costs nothing, and holds from then on.',
		cli: 'aws cloudtrail update-trail --name {arn} --enable-log-file-validation --region {region}',
		terraform: 'resource "aws_cloudtrail" "this" {\n  enable_log_file_validation = true\n}',
		url: hub('CloudTrail.4'),
	},
	reads: [],
	evaluate({configuration: {validated}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeTrails', 'LogFileValidationEnabled true', `LogFileValidationEnabled ${validated ?? 'absent'}`);
		if (validated === undefined) return is('UNKNOWN', 'CloudTrail did not say whether digest files are written');
		return validated
			? is('PASS', 'digest files are written')
			: is('FAIL', 'no digest files are written: who may write to the bucket may change the record');
	},
};

export const trailDelivered: Rule<Trail> = {
	id: 'cloudtrail-trail-delivered',
	title: 'Log files arrive in the bucket',
	severity: 'HIGH',
	published: unpublished,
	rationale: 'A trail that logs and cannot deliver keeps nothing. It goes on saying that it is logging.',
	remediation: {
		text: 'Let cloudtrail.amazonaws.com write: the bucket must exist, its policy must allow s3:PutObject under the trail’s prefix and s3:GetBucketAcl, and the key’s policy kms:GenerateDataKey.',
		cli: 'aws cloudtrail get-trail-status --name {arn} --region {region}',
		url: `${guide}create-s3-bucket-policy-for-cloudtrail.html`,
	},
	note: 'Most tools read whether a trail is on, not whether anything arrives.',
	reads: ['GetTrailStatus'],
	evaluate({configuration: {logging, deliveredAt, deliveryError, digestError, bucket = 'its bucket', ownerAccountId}, accountId}, {now}) {
		const observed = `LatestDeliveryError ${deliveryError ?? 'none'}, LatestDigestDeliveryError ${digestError ?? 'none'}, LatestDeliveryTime ${deliveredAt ?? 'absent'}`;
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'MEDIUM'): Answer =>
			answer(verdict, reason, 'GetTrailStatus', 'a delivery without an error', observed, severity);
		if (logging === undefined) return is('UNKNOWN', untold(ownerAccountId, accountId, 'whether it delivers'));
		if (!logging) return is('NOT_APPLICABLE', 'it is stopped, which another rule says');
		const last =
			deliveredAt === undefined ? 'nothing ever arrived' : `the last file arrived ${spanInWords(msBetween(deliveredAt, now))} ago`;
		if (typeof deliveryError === 'string') return is('FAIL', `log files do not arrive in ${bucket} (${deliveryError}): ${last}`);
		if (typeof digestError === 'string') return is('FAIL', `digest files do not arrive in ${bucket} (${digestError}): ${last}`, 'MEDIUM');
		return deliveredAt === undefined
			? is('UNKNOWN', `nothing has arrived in ${bucket} yet, and CloudTrail tells of no error`)
			: is('PASS', `${last}, in ${bucket}`);
	},
};

export const trailWatched: Rule<Trail> = {
	id: 'cloudtrail-trail-watched',
	title: 'Events go to a log group where alarms can see them',
	severity: 'LOW',
	published: {securityControlIds: ['CloudTrail.5'], cis: [], prowler: ['cloudtrail_cloudwatch_logging_enabled']},
	rationale: 'A file in a bucket alarms nobody: metric filters on a log group can, within minutes.',
	remediation: {
		text: 'Send the trail to a log group and set alarms on what matters. Where EventBridge or a SIEM does that already, mute this.',
		cli: 'aws cloudtrail update-trail --name {arn} --cloud-watch-logs-log-group-arn LOG_GROUP_ARN --cloud-watch-logs-role-arn ROLE_ARN --region {region}',
		terraform:
			'resource "aws_cloudtrail" "this" {\n  cloud_watch_logs_group_arn = format("%s:*", aws_cloudwatch_log_group.trail.arn)\n  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn\n}',
		url: hub('CloudTrail.5'),
	},
	settings: {silentHours: 24},
	reads: ['GetTrailStatus'],
	evaluate({configuration: {logging, logGroupArn, logGroupDeliveredAt, logGroupError, ownerAccountId}, accountId}, {now, settings}) {
		const {silentHours = 24} = settings;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'GetTrailStatus',
				`a log group with a delivery within ${silentHours} hours`,
				`${logGroupArn ?? 'no log group'}, ${logGroupError ?? 'no error'}, ${logGroupDeliveredAt ?? 'no delivery'}`,
			);
		if (logging === undefined) return is('UNKNOWN', untold(ownerAccountId, accountId, 'whether it delivers'));
		if (!logging) return is('NOT_APPLICABLE', 'it is stopped, which another rule says');
		if (logGroupArn === null) return is('FAIL', 'events go to no log group');
		if (typeof logGroupError === 'string')
			return is('FAIL', `events do not arrive in the log group: ${logGroupError.replace(/[.\s]+$/u, '')}`);
		if (logGroupDeliveredAt === undefined)
			return is('UNKNOWN', 'nothing has arrived in the log group yet, and CloudTrail tells of no error');
		const silentMs = msBetween(logGroupDeliveredAt, now);
		return silentMs > silentHours * hourMs
			? is('FAIL', `nothing has arrived in the log group for ${spanInWords(silentMs)}`)
			: is('PASS', `the last event arrived ${spanInWords(silentMs)} ago`);
	},
};
