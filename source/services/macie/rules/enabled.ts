import {type Answer, answer, type Rule, refusalInWords, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide, hub} from './common.js';
import type {Session} from './session.js';

export const sessionEnabled: Rule<Session> = {
	id: 'macie-session-enabled',
	title: 'Macie is on in this Region',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['Macie.1'],
		cis: ['v3.0 2.1.3', 'v5.0 2.1.3', 'v6.0 3.1.3', 'v7.0 3.1.3'],
		prowler: ['macie_is_enabled'],
	},
	rationale: 'Without Macie nobody tells which buckets hold personal data or credentials, nor when one of them is opened to the world.',
	remediation: {
		text: 'Enable Macie in this Region. One that is paused is resumed by: aws macie2 update-macie-session --status ENABLED. Where no bucket is or will be, mute this.',
		cli: 'aws macie2 enable-macie --region {region}',
		terraform: 'resource "aws_macie2_account" "this" {\n  status = "ENABLED"\n}',
		url: hub('Macie.1'),
	},
	note: 'Macie says that it is off with an AccessDeniedException; only its message tells that from a missing permission, which is UNKNOWN here. Prowler says nothing of Regions without buckets; whether there are any, nobody can tell through Macie while it is off.',
	reads: ['GetMacieSession'],
	evaluate({configuration: {status}, awsRegion}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetMacieSession', 'status ENABLED', `${status}`);
		switch (status) {
			case 'ENABLED': {
				return is('PASS', `Macie is on in ${awsRegion}`);
			}

			case 'PAUSED': {
				return is('FAIL', `paused in ${awsRegion}: Macie looks at no bucket and no object`);
			}

			case 'DISABLED': {
				return is('FAIL', `not enabled in ${awsRegion}: Macie watches none of its buckets`);
			}

			default: {
				return is('UNKNOWN', `Macie gives its status as ${status}, which is not known here`);
			}
		}
	},
};

export const discoveryEnabled: Rule<Session> = {
	id: 'macie-discovery-enabled',
	title: 'Automated discovery of sensitive data is on',
	severity: 'HIGH',
	published: {securityControlIds: ['Macie.2'], cis: [], prowler: ['macie_automated_sensitive_data_discovery_enabled']},
	rationale: 'Jobs look where somebody thought of looking. Automated discovery samples every bucket, each day.',
	remediation: {
		text: 'Turn automated discovery on. It has a price by bucket and by what it samples, and a 30-day trial.',
		cli: 'aws macie2 update-automated-discovery-configuration --status ENABLED --region {region}',
		url: hub('Macie.2'),
	},
	reads: ['GetMacieSession', 'GetAutomatedDiscoveryConfiguration'],
	exempts(resource) {
		const {discovery, buckets, administrator, members} = resource.configuration;
		if (discovery === null) return 'the Macie administrator of this account decides about automated discovery';
		// The buckets counted are this account's own: an administrator decides about those of its members as well.
		const decidesForItself = Boolean(administrator) || members?.total === 0;
		return exemptWhenOff(resource) ?? (buckets?.total === 0 && decidesForItself ? 'there is no bucket in this Region' : undefined);
	},
	evaluate({configuration: {discovery, buckets, members}, unread}) {
		const status = discovery?.status;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetAutomatedDiscoveryConfiguration', 'status ENABLED', status ?? 'no answer');
		if (status === 'ENABLED') return is('PASS', 'automated discovery is on');
		if (status === 'DISABLED' && buckets?.total === 0 && members === undefined) {
			const refused = unread['ListMembers'] ?? unread['GetAdministratorAccount'];
			return is(
				'UNKNOWN',
				`automated discovery is off and this account has no bucket here, but whether it has members could not be read${refused === undefined ? '' : `: ${refusalInWords(refused)}`}`,
			);
		}

		if (status === 'DISABLED') return is('FAIL', 'automated discovery is off: sensitive data is found only where a job looks');
		return is('UNKNOWN', `Macie gives the status of automated discovery as ${status ?? 'nothing'}, which is not known here`);
	},
};

export const resultsKept: Rule<Session> = {
	id: 'macie-results-kept',
	title: 'Discovery results are kept beyond the 90 days of Macie',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Macie forgets results after 90 days, and those for objects where it found nothing it shows nowhere else. An auditor asks for both.',
	remediation: {
		text: 'Give Macie a bucket and a KMS key for its results, within 30 days of enabling it.',
		cli: "aws macie2 put-classification-export-configuration --configuration 's3Destination={bucketName=BUCKET,kmsKeyArn=KEY_ARN}' --region {region}",
		terraform:
			'resource "aws_macie2_classification_export_configuration" "this" {\n  s3_destination {\n    bucket_name = aws_s3_bucket.results.bucket\n    kms_key_arn = aws_kms_key.results.arn\n  }\n}',
		url: `${guide}discovery-results-repository-s3.html`,
	},
	reads: ['GetMacieSession', 'GetClassificationExportConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {resultsBucket}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetClassificationExportConfiguration', 'an S3 destination', resultsBucket ?? 'none');
		if (resultsBucket === undefined) return is('NOT_APPLICABLE', 'the Macie administrator of this account decides where results are kept');
		return resultsBucket === null
			? is('FAIL', 'results are kept nowhere: Macie forgets them after 90 days')
			: is('PASS', `results are kept in ${resultsBucket}`);
	},
};

export const findingsPublished: Rule<Session> = {
	id: 'macie-findings-published',
	title: 'All findings go on to Security Hub',
	severity: 'LOW',
	published: unpublished,
	rationale: 'By default only policy findings do. That a bucket holds card numbers then shows in Macie alone, where few look.',
	remediation: {
		text: 'Publish classification findings as well. Where Security Hub is not used, mute this.',
		cli: 'aws macie2 put-findings-publication-configuration --security-hub-configuration publishClassificationFindings=true,publishPolicyFindings=true --region {region}',
		url: `${guide}securityhub-integration.html`,
	},
	reads: ['GetMacieSession', 'GetFindingsPublicationConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {published}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'GetFindingsPublicationConfiguration',
				'both true',
				published === undefined ? 'no answer' : `policy ${published.policy}, classification ${published.classification}`,
			);
		if (published === undefined) return is('UNKNOWN', 'Macie did not say what it publishes');
		const {policy, classification} = published;
		if (policy && classification) return is('PASS', 'policy and classification findings go on to Security Hub');
		return is(
			'FAIL',
			policy
				? 'classification findings do not go on to Security Hub: they show in Macie alone'
				: classification
					? 'policy findings do not go on to Security Hub: they show in Macie alone'
					: 'no finding goes on to Security Hub: all show in Macie alone',
		);
	},
};
