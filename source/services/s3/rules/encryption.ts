import {type Answer, type Rule, unpublished} from '../../../model/index.js';
import {type Bucket, type Encryption, encryptionInWords, guide, hasDefaultKey, hub, isKms} from './bucket.js';

const operation = 'GetBucketEncryption';

const observed = (encryption: Encryption | null): string =>
	encryption === null
		? 'no default encryption'
		: [
				`SSEAlgorithm ${encryption.algorithm}`,
				...(encryption.kmsKeyId === null ? [] : [`KMSMasterKeyID ${encryption.kmsKeyId}`]),
				`BucketKeyEnabled ${encryption.bucketKeyEnabled}`,
				`BlockedEncryptionTypes ${encryption.blockedTypes.join(', ') || 'none'}`,
			].join(', ');

const unread: Answer = {verdict: 'UNKNOWN', reason: 'its default encryption has not been read'};

/** Said with each command and resource here: one that names a part alone would undo the rest. */
const replacesAll =
	'Both ways replace the whole rule. The command writes back what is set with this one change, given a CLI that knows BlockedEncryptionTypes: an older one loses them. Give the Terraform resource what is set as well.';

/** A command that sets some members of a bucket's one rule, as JSON, and keeps the others. */
const changing = (members: object): string =>
	`aws s3api get-bucket-encryption --bucket {name} --query 'ServerSideEncryptionConfiguration.{Rules:Rules[].merge(@,\`${JSON.stringify(members)}\`)}' --output json --region {region} | aws s3api put-bucket-encryption --bucket {name} --server-side-encryption-configuration file:///dev/stdin --region {region}`;

/** The resource with all that it has to say. */
const resource = (says: {
	readonly bucketKey: string;
	readonly blockedTypes: string;
	readonly algorithm: string;
	readonly key: string;
}): string =>
	[
		'resource "aws_s3_bucket_server_side_encryption_configuration" "this" {',
		'  bucket = "{name}"',
		'  rule {',
		`    bucket_key_enabled       = ${says.bucketKey}`,
		`    blocked_encryption_types = ${says.blockedTypes}`,
		'    apply_server_side_encryption_by_default {',
		`      sse_algorithm     = ${says.algorithm}`,
		`      kms_master_key_id = ${says.key}`,
		'    }',
		'  }',
		'}',
	].join('\n');

export const encryptedWithKms: Rule<Bucket> = {
	id: 's3-bucket-encrypted-with-kms',
	title: 'New objects are encrypted with a key of KMS',
	severity: 'INFORMATIONAL',
	published: {securityControlIds: ['S3.17'], cis: [], prowler: ['s3_bucket_kms_encryption']},
	rationale:
		'With S3’s own keys whoever may read the object may read its content. A key of KMS asks for a second permission, writes down who used it, and can be turned off.',
	remediation: {
		text: `Set a customer managed key as the default, with a Bucket Key. Objects that are there stay as they are until they are copied onto themselves. ${replacesAll}`,
		cli: changing({
			ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'KEY_ARN'},
			BucketKeyEnabled: true,
		}),
		terraform: resource({
			bucketKey: 'true',
			blockedTypes: 'var.present_blocked_types',
			algorithm: '"aws:kms"',
			key: 'aws_kms_key.this.arn',
		}),
		url: hub('S3.17'),
	},
	note: 'Older notes warn of unencrypted objects: since 5 January 2023 S3 encrypts every new one, with its own keys where nothing else is set, and only older objects may lie there in the clear. This rule asks for more, so that it is information; give it a severity where a policy demands KMS.',
	reads: [operation],
	evaluate({configuration: {encryption}}) {
		if (encryption === undefined) return unread;
		const evidence = {expected: 'SSEAlgorithm aws:kms or aws:kms:dsse', observed: observed(encryption), operation};
		if (encryption === null || encryption.algorithm === 'AES256') {
			return {verdict: 'FAIL', reason: 'new objects are encrypted with S3’s own keys, not with a key of KMS', evidence};
		}

		if (!isKms(encryption.algorithm)) {
			return {verdict: 'UNKNOWN', reason: `new objects are encrypted by ${encryption.algorithm}, which is not known here`, evidence};
		}

		return hasDefaultKey(encryption)
			? {verdict: 'PASS', reason: 'new objects are encrypted by KMS with aws/s3, which AWS manages and no other account can use', evidence}
			: {verdict: 'PASS', reason: `new objects are encrypted by KMS with ${encryption.kmsKeyId}`, evidence};
	},
};

export const bucketKey: Rule<Bucket> = {
	id: 's3-bucket-key-enabled',
	title: 'A bucket that KMS encrypts asks KMS through a Bucket Key',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Without a Bucket Key each object written or read is a request to KMS: it is charged for, and counts against a quota that all of the account’s services share. When it is used up, they all fail with ThrottlingException.',
	remediation: {
		text: `Turn the Bucket Key on. Only objects written from then on have it; policies that look at the object’s ARN as encryption context must name the bucket’s instead. ${replacesAll}`,
		cli: changing({BucketKeyEnabled: true}),
		terraform: resource({
			bucketKey: 'true',
			blockedTypes: 'var.present_blocked_types',
			algorithm: '"aws:kms"',
			key: 'var.present_key_arn # null where it is aws/s3',
		}),
		url: `${guide}bucket-key.html`,
	},
	note: 'Notes on replication advise to ask for a higher quota when KMS throttles: a Bucket Key comes first, since it spares nearly all of the requests.',
	reads: [operation],
	evaluate({configuration: {encryption}}) {
		if (encryption === undefined) return unread;
		const evidence = {expected: 'BucketKeyEnabled true with aws:kms', observed: observed(encryption), operation};
		if (encryption === null || !isKms(encryption.algorithm)) {
			return {
				verdict: 'NOT_APPLICABLE',
				reason: `KMS is not asked: ${encryption === null ? 'S3’s own keys encrypt' : `new objects are encrypted with ${encryptionInWords(encryption)}`}`,
			};
		}

		if (encryption.algorithm === 'aws:kms:dsse') {
			return {verdict: 'NOT_APPLICABLE', reason: 'S3 has no Bucket Keys for objects that KMS encrypts twice'};
		}

		return encryption.bucketKeyEnabled
			? {verdict: 'PASS', reason: 'the Bucket Key is on, so KMS is asked seldom', evidence}
			: {verdict: 'FAIL', reason: 'the Bucket Key is off: every object asks KMS, which costs and can throttle the whole account', evidence};
	},
};

export const customerKeysBlocked: Rule<Bucket> = {
	id: 's3-bucket-customer-keys-blocked',
	title: 'Uploads with keys that the customer provides are blocked',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'With SSE-C the caller brings the key and AWS forgets it. Whoever steals credentials can so encrypt all objects with a key of their own and ask for ransom, without touching KMS.',
	remediation: {
		text: `Block SSE-C, unless a program brings its own keys. Objects already encrypted so can still be read with their key. ${replacesAll}`,
		cli: changing({BlockedEncryptionTypes: {EncryptionType: ['SSE-C']}}),
		terraform: resource({
			bucketKey: 'var.present_bucket_key',
			blockedTypes: '["SSE-C"]',
			algorithm: 'var.present_algorithm',
			key: 'var.present_key_arn # null with AES256 or aws/s3',
		}),
		url: `${guide}blocking-unblocking-s3-c-encryption-gpb.html`,
	},
	note: 'Since April 2026 S3 blocks SSE-C by itself for new buckets, and for the older ones of accounts that had no such object; not in Bahrain and the Emirates. Where it is still open, the account had one, or somebody opened it.',
	reads: [operation],
	evaluate({configuration: {encryption}}) {
		if (encryption === undefined) return unread;
		const evidence = {expected: 'BlockedEncryptionTypes SSE-C', observed: observed(encryption), operation};
		if (encryption?.blockedTypes.includes('SSE-C') === true) {
			return {verdict: 'PASS', reason: 'uploads with SSE-C are blocked', evidence};
		}

		return encryption?.blockedTypes.includes('NONE') === true
			? {verdict: 'FAIL', reason: 'uploads with SSE-C are allowed, as somebody set it', evidence}
			: {verdict: 'FAIL', reason: 'uploads with SSE-C are allowed: nothing is blocked', evidence};
	},
};
