import {type Answer, answerOfTrust, listed, type Rule, readPolicy} from '../../../model/index.js';
import {type Bucket, hub} from './bucket.js';
import {readPlainHttp} from './secure-transport.js';

const operation = 'GetBucketPolicy';
const unread: Answer = {verdict: 'UNKNOWN', reason: 'its policy has not been read'};

export const tlsOnly: Rule<Bucket> = {
	id: 's3-bucket-tls-only',
	title: 'A bucket’s policy denies plain HTTP',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['S3.5'],
		cis: ['v3.0 2.1.1', 'v5.0 2.1.1', 'v6.0 3.1.1', 'v7.0 3.1.1'],
		prowler: ['s3_bucket_secure_transport_policy'],
	},
	rationale: 'S3 answers on port 80 too. A client that is pointed there sends objects, and the URL that is signed for them, in the clear.',
	remediation: {
		text: 'Add a statement that denies everybody everything where aws:SecureTransport is false, on the bucket and on its objects. PutBucketPolicy replaces the policy: add to what is there.',
		cli: 'aws s3api put-bucket-policy --bucket {name} --policy file://policy.json --region {region}',
		terraform:
			'data "aws_iam_policy_document" "tls" {\n  statement {\n    sid       = "DenyPlainHttp"\n    effect    = "Deny"\n    actions   = ["s3:*"]\n    resources = ["{arn}", "{arn}/*"]\n    principals {\n      type        = "*"\n      identifiers = ["*"]\n    }\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport"\n      values   = ["false"]\n    }\n  }\n}',
		url: hub('S3.5'),
	},
	note: 'The statement must hit every principal, every action, the bucket and its objects: one that covers the objects alone leaves the listing of their names in the clear. Two statements may share the work.',
	reads: [operation],
	evaluate({configuration: {policy}, arn}) {
		if (policy === undefined) return unread;
		const expected = `Deny s3:* to * on ${arn} and ${arn}/* where aws:SecureTransport is false`;
		if (policy === null) {
			return {
				verdict: 'FAIL',
				reason: 'it has no policy, so plain HTTP is not denied',
				evidence: {expected, observed: 'no policy', operation},
			};
		}

		const reading = readPlainHttp(policy, arn);
		if (!reading.readable) return {verdict: 'UNKNOWN', reason: `its policy cannot be judged: ${reading.problem}`};
		const {bucketDenied, objectsDenied, halfDenials} = reading;
		const evidence = {
			expected,
			observed: [`bucket ${bucketDenied ? 'denied' : 'open'}, objects ${objectsDenied ? 'denied' : 'open'}`, ...halfDenials].join('; '),
			operation,
		};
		if (bucketDenied && objectsDenied) {
			return {verdict: 'PASS', reason: 'its policy denies plain HTTP on the bucket and its objects', evidence};
		}

		const but = halfDenials.length === 0 ? '' : `: ${listed(halfDenials)}`;
		const what = bucketDenied
			? 'its policy denies plain HTTP on the bucket, but not on its objects'
			: objectsDenied
				? 'its policy denies plain HTTP on the objects, but not on the bucket and its listing'
				: 'its policy does not deny plain HTTP';
		return {verdict: 'FAIL', reason: `${what}${but}`, evidence};
	},
};

/** What another account must not be able to do, by Security Hub's S3.6. */
const grave = ['s3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutObjectAcl'];

export const policyTrusted: Rule<Bucket> = {
	id: 's3-bucket-policy-trusted-accounts',
	title: 'A bucket’s policy names only trusted accounts',
	severity: 'MEDIUM',
	published: {securityControlIds: ['S3.6'], cis: [], prowler: ['s3_bucket_cross_account_access']},
	rationale:
		'Another account that may read or write keeps doing so after the reason is forgotten. One that may change the policy, the ACLs or the encryption owns the bucket in all but name.',
	remediation: {
		text: 'Take the account out of the policy, or add it to trustedAccounts in the configuration if it is meant to reach the bucket.',
		cli: 'aws s3api put-bucket-policy --bucket {name} --policy file://policy.json --region {region}',
		url: hub('S3.6'),
	},
	note: 'High where a stranger may change the policy, ACLs or encryption, which is all that S3.6 asks about. Access by ACL and through access points is not read. Which accounts an organization has is not read either, so that a policy for one is UNKNOWN.',
	reads: [operation],
	evaluate({configuration: {policy}, accountId}, {trustedAccounts}) {
		if (policy === undefined) return unread;
		const expected = 'principals of this account, of trusted ones and of AWS';
		if (policy === null) {
			return {
				verdict: 'PASS',
				reason: 'it has no policy, so none names another account',
				evidence: {expected, observed: 'no policy', operation},
			};
		}

		const reading = readPolicy(policy, accountId);
		if (!reading.readable) return {verdict: 'UNKNOWN', reason: `its policy cannot be judged: ${reading.problem}`};
		return answerOfTrust(reading.summary, trustedAccounts, {
			expected,
			operation,
			whereAnyone: 'its policy has a statement for anyone, which the rule on public buckets judges',
			grave,
		});
	},
};
