import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide, hub} from './common.js';
import type {Detector} from './detector.js';

export const detectorEnabled: Rule<Detector> = {
	id: 'guardduty-detector-enabled',
	title: 'GuardDuty watches this Region',
	severity: 'HIGH',
	published: {securityControlIds: ['GuardDuty.1'], cis: [], prowler: ['guardduty_is_enabled']},
	rationale:
		'Intruders work in the Regions that nobody looks at. Without a running detector neither stolen credentials nor mining instances are noticed there.',
	remediation: {
		text: 'Enable GuardDuty in this Region; better, let the organisation’s administrator enable it for all members. A detector that is only suspended comes back with: aws guardduty update-detector --detector-id ID --enable. Without workloads a detector costs next to nothing.',
		cli: 'aws guardduty create-detector --enable --region {region}',
		terraform: 'resource "aws_guardduty_detector" "this" {\n  enable = true\n}',
		url: hub('GuardDuty.1'),
	},
	note: 'GuardDuty is regional: one detector in the home Region says nothing of the others. A Region that an SCP closes entirely may be muted.',
	reads: ['ListDetectors', 'GetDetector'],
	exempts({configuration: {status}}) {
		return status === 'REPLACED' ? 'there is a detector here now, which answers for itself' : undefined;
	},
	evaluate({configuration: {status, detectorId}, awsRegion}) {
		const say = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, status === 'NONE' ? 'ListDetectors' : 'GetDetector', 'a detector with status ENABLED', `${status}`);
		switch (status) {
			case 'ENABLED': {
				return say('PASS', `GuardDuty watches ${awsRegion}`);
			}

			case 'DISABLED': {
				return say('FAIL', `suspended in ${awsRegion}: GuardDuty keeps old findings and sees nothing new`);
			}

			case 'NONE': {
				return say('FAIL', `not enabled in ${awsRegion}: GuardDuty has no detector, nobody watches there`);
			}

			case 'DELETED': {
				return say('FAIL', `turned off in ${awsRegion}: detector ${detectorId} was deleted, and its findings with it`);
			}

			default: {
				return say('UNKNOWN', `GuardDuty gives its status as ${status}, which is not known here`);
			}
		}
	},
};

export const findingsExported: Rule<Detector> = {
	id: 'guardduty-findings-exported',
	title: 'Findings are kept beyond the 90 days of GuardDuty',
	severity: 'LOW',
	published: unpublished,
	rationale: 'GuardDuty forgets findings after 90 days, and deletes them with the detector. Who investigates later needs a copy.',
	remediation: {
		text: 'Export findings to a bucket in another account, or mend the destination that has stopped: its bucket policy and its key policy must let guardduty.amazonaws.com write. Where Security Hub or a SIEM keeps them already, mute this.',
		cli: 'aws guardduty create-publishing-destination --detector-id {id} --destination-type S3 --destination-properties DestinationArn=BUCKET_ARN,KmsKeyArn=KEY_ARN --region {region}',
		terraform:
			'resource "aws_guardduty_publishing_destination" "this" {\n  detector_id     = aws_guardduty_detector.this.id\n  destination_arn = aws_s3_bucket.findings.arn\n  kms_key_arn     = aws_kms_key.findings.arn\n}',
		url: `${guide}guardduty_exportfindings.html`,
	},
	reads: ['ListPublishingDestinations'],
	exempts: exemptWhenOff,
	evaluate({configuration: {destinations = []}}) {
		const expected = 'a destination with status PUBLISHING';
		const observed = destinations.map(({type, status}) => `${type} ${status}`).join(', ') || 'none';
		const broken = destinations.find(({status}) => status === 'UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY' || status === 'STOPPED');
		if (broken !== undefined) {
			return answer(
				'FAIL',
				`export to ${broken.type} has stopped (${broken.status}): new findings are not kept`,
				'ListPublishingDestinations',
				expected,
				observed,
				'MEDIUM',
			);
		}

		if (destinations.some(({status}) => status === 'PUBLISHING')) {
			return answer('PASS', 'findings are exported', 'ListPublishingDestinations', expected, observed);
		}

		return destinations.length === 0
			? answer(
					'FAIL',
					'findings are exported nowhere: GuardDuty forgets them after 90 days',
					'ListPublishingDestinations',
					expected,
					observed,
				)
			: answer(
					'UNKNOWN',
					`export has the status ${destinations[0]?.status}: whether it will work is not known yet`,
					'ListPublishingDestinations',
					expected,
					observed,
				);
	},
};
