import {type Answer, answer, type Rule, type Severity, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {Bucket} from './session.js';

export const bucketReadable: Rule<Bucket> = {
	id: 'macie-bucket-readable',
	title: 'Macie can look into the bucket',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A bucket that Macie may not open has no findings, whatever it holds.',
	remediation: {
		text: 'Let the role AWSServiceRoleForAmazonMacie pass the bucket policy and the policy of its KMS key.',
		cli: 'aws s3api get-bucket-policy --bucket {name} --region {region}',
		url: `${guide}monitoring-restrictive-s3-buckets.html`,
	},
	reads: ['DescribeBuckets'],
	evaluate({configuration: {error, errorMessage}}) {
		const expected = 'no errorCode';
		switch (error) {
			case undefined: {
				return answer('PASS', 'Macie can look into the bucket', 'DescribeBuckets', expected, 'none');
			}

			case 'ACCESS_DENIED': {
				return answer(
					'FAIL',
					'a policy keeps Macie out: nobody can tell what is inside, nor who can read it',
					'DescribeBuckets',
					expected,
					error,
				);
			}

			case 'BUCKET_COUNT_EXCEEDS_QUOTA': {
				return answer('FAIL', 'Macie leaves this bucket out: the account has more than it looks at', 'DescribeBuckets', expected, error);
			}

			default: {
				return answer(
					'UNKNOWN',
					`Macie gives the error ${error}${errorMessage ? `: ${errorMessage}` : ''}`,
					'DescribeBuckets',
					expected,
					error,
				);
			}
		}
	},
};

export const bucketMonitored: Rule<Bucket> = {
	id: 'macie-bucket-monitored',
	title: 'Macie looks for sensitive data in the bucket',
	severity: 'LOW',
	published: unpublished,
	rationale: 'Buckets that are excluded from discovery are where copies of production data end up.',
	remediation: {
		text: 'Take the bucket off the exclusion list of automated discovery, or give it a recurring job. Logs and the like may stay out: mute them.',
		cli: 'aws macie2 get-classification-scope --id CLASSIFICATION_SCOPE_ID --region {region}',
		url: `${guide}discovery-asdd-account-configure-s3-buckets.html`,
	},
	reads: ['DescribeBuckets'],
	exempts({configuration: {error}}) {
		return error === undefined ? undefined : 'Macie cannot look into the bucket at all';
	},
	evaluate({configuration: {monitoring, monitoredByJob}}) {
		const observed = `automated ${monitoring ?? 'not told'}, by job ${monitoredByJob ?? 'not told'}`;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeBuckets', 'MONITORED, or a recurring job', observed);
		if (monitoring === 'MONITORED') return is('PASS', 'automated discovery samples it');
		if (monitoredByJob === 'TRUE') return is('PASS', 'a recurring job looks into it');
		if (monitoring === 'NOT_MONITORED' && monitoredByJob === 'FALSE') {
			return is('FAIL', 'neither automated discovery nor a recurring job looks into it');
		}

		return is(
			'UNKNOWN',
			monitoring === 'NOT_MONITORED'
				? 'automated discovery does not look into it, and Macie does not say whether a recurring job does'
				: 'Macie does not say whether anything looks into it',
		);
	},
};

/** https://docs.aws.amazon.com/macie/latest/user/discovery-scoring-s3.html */
const sensitiveFrom = 51;

export const sensitivePrivate: Rule<Bucket> = {
	id: 'macie-sensitive-bucket-private',
	title: 'A bucket with sensitive data is open to nobody outside',
	severity: 'CRITICAL',
	published: unpublished,
	rationale: 'Macie knows what is inside and who can reach it. Either alone is often harmless; both together are the breach.',
	remediation: {
		text: 'Where anyone can reach it, block public access. Where it is shared, see in its policy and its replication with whom, and take foreign accounts out; a distribution of CloudFront may stay where it asks its visitors who they are. Then see who has read from it.',
		cli: 'aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --region {region}',
		terraform:
			'resource "aws_s3_bucket_public_access_block" "this" {\n  bucket                  = aws_s3_bucket.this.id\n  block_public_acls       = true\n  ignore_public_acls      = true\n  block_public_policy     = true\n  restrict_public_buckets = true\n}',
		url: `${guide}monitoring-s3-how-it-works.html`,
	},
	note: 'Macie calls a bucket EXTERNAL that an account outside its organisation may reach, and one behind CloudFront all the same, and does not tell which: that is MEDIUM, and HIGH where the bucket is replicated outside. Macie looks at settings about once a day: the facts may be that old, and "Updated" says how old.',
	reads: ['DescribeBuckets'],
	evaluate({configuration: {sensitivityScore, effectivePermission, sharedAccess, replicatedExternally, error}}) {
		const observed = `score ${sensitivityScore ?? 'none'}, ${effectivePermission ?? 'permission not told'}, ${sharedAccess ?? 'sharing not told'}`;
		const is = (verdict: Answer['verdict'], reason: string, severity?: Severity): Answer =>
			answer(verdict, reason, 'DescribeBuckets', 'not public and not shared outside, if sensitive', observed, severity);
		if (error !== undefined) return is('UNKNOWN', 'Macie cannot look into the bucket');
		if (sensitivityScore === undefined || sensitivityScore === 50 || sensitivityScore < 0) {
			return is(
				'UNKNOWN',
				sensitivityScore === undefined
					? 'Macie gives no sensitivity score'
					: sensitivityScore < 0
						? 'Macie could not analyse its objects'
						: 'Macie has not analysed it yet',
			);
		}

		if (sensitivityScore < sensitiveFrom) return is('NOT_APPLICABLE', `Macie found nothing sensitive (score ${sensitivityScore})`);
		const holds = `it holds sensitive data (score ${sensitivityScore})`;
		if (effectivePermission === 'PUBLIC') return is('FAIL', `anyone can reach it, and ${holds}`);
		if (replicatedExternally === true) return is('FAIL', `replicated to an account outside the Macie organisation, and ${holds}`, 'HIGH');
		if (sharedAccess === 'EXTERNAL') {
			return is('FAIL', `shared with CloudFront or with an account outside the Macie organisation, and ${holds}`, 'MEDIUM');
		}

		if (effectivePermission !== 'NOT_PUBLIC' || sharedAccess === undefined || sharedAccess === 'UNKNOWN') {
			return is('UNKNOWN', `Macie could not tell who can reach it, and ${holds}`);
		}

		return is('PASS', `nobody outside can reach it, though ${holds}`);
	},
};
