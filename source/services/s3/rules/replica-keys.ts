import {type Evidence, listed, type Rule, unpublished} from '../../../model/index.js';
import {type Bucket, encryptionInWords, isKms, type ReplicationRule} from './bucket.js';
import {ofReplicating, operation, remediation, to} from './replicating.js';

export const kmsObjectsReplicated: Rule<Bucket> = {
	id: 's3-bucket-replication-kms-objects',
	title: 'Replication takes the objects along that KMS encrypts',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'A replication rule leaves out objects that KMS encrypts unless it is told to take them, and says nothing. The copy that is to survive a disaster then lacks all that was encrypted by default.',
	remediation: {
		...remediation(
			'Enable SseKmsEncryptedObjects in the rule, name a key in the destination’s Region, and let the role decrypt with the one key and encrypt with the other. What was left out so far is made good by S3 Batch Replication.',
			'replication-config-for-kms-objects.html',
		),
		terraform:
			'rule {\n  source_selection_criteria {\n    sse_kms_encrypted_objects {\n      status = "Enabled"\n    }\n  }\n  destination {\n    bucket = aws_s3_bucket.replica.arn\n    encryption_configuration {\n      replica_kms_key_id = aws_kms_key.replica.arn\n    }\n  }\n}',
	},
	note: 'Judged by the default encryption: an upload may still name KMS in a bucket whose default is S3’s own keys. Objects under S3’s keys replicate as they are; those under SSE-C do too, where they are not blocked. Whether the role may use both keys stands in their policies.',
	reads: [operation, 'GetBucketEncryption'],
	evaluate: resource =>
		ofReplicating(resource, rules => {
			const {encryption} = resource.configuration;
			if (encryption === undefined) return {verdict: 'UNKNOWN', reason: 'its default encryption has not been read'};
			const lacking = rules.filter(({replicatesKmsObjects}) => !replicatesKmsObjects);
			const evidence: Evidence = {
				expected: 'SseKmsEncryptedObjects Enabled in every rule',
				observed: lacking.length === 0 ? 'Enabled in all' : `not in ${listed(lacking.map(({name}) => name))}`,
				operation,
			};
			if (lacking.length === 0) {
				return {verdict: 'PASS', reason: 'its rules take the objects along that KMS encrypts', evidence};
			}

			if (encryption !== null && !isKms(encryption.algorithm) && encryption.algorithm !== 'AES256') {
				return {verdict: 'UNKNOWN', reason: `new objects are encrypted by ${encryption.algorithm}, which is not known here`, evidence};
			}

			if (encryption === null || !isKms(encryption.algorithm)) {
				return {verdict: 'PASS', reason: 'new objects are encrypted with S3’s own keys, and replicate as they are', evidence};
			}

			const [first] = lacking;
			return {
				verdict: 'FAIL',
				reason: `new objects are encrypted by ${encryptionInWords(encryption)}, and ${listed(lacking.map(({name}) => `“${name}”`))} leaves those out${first === undefined ? '' : `: nothing new gets to ${to(first.destination)}`}`,
				evidence,
			};
		}),
};

type Fit = {readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN'; readonly reason: string; readonly observed: string};

/** Whether the key that a rule names for its replicas can be one of the destination's Region. */
const keyFits = (
	{destination, replicaKmsKeyId, usesSourceMultiRegionKey}: ReplicationRule,
	{encryption}: Pick<Bucket, 'encryption'>,
): Fit => {
	const {awsRegion} = destination;
	if (usesSourceMultiRegionKey) {
		const key = encryption?.kmsKeyId ?? null;
		const observed = `UseSourceMultiRegionKey Enabled, KMSMasterKeyID ${key ?? 'absent'}`;
		if (encryption === undefined) return {verdict: 'UNKNOWN', reason: 'its default encryption has not been read', observed};
		// An alias hides what its key is.
		if (key?.includes('alias/') === true && !key.endsWith('alias/aws/s3')) {
			return {verdict: 'UNKNOWN', reason: `whether ${key} names a multi-Region key is not read here`, observed};
		}

		if (encryption === null || !isKms(encryption.algorithm)) {
			return {verdict: 'UNKNOWN', reason: 'KMS encrypts no new object by default, and which keys the others have is not read', observed};
		}

		return key?.includes('mrk-') === true
			? {verdict: 'PASS', reason: `the relative of its multi-Region key encrypts replicas in ${destination.bucketName}`, observed}
			: {
					verdict: 'FAIL',
					reason: `replicas in ${destination.bucketName} are to be encrypted with the relative of a multi-Region key, and its default key is none`,
					observed,
				};
	}

	if (replicaKmsKeyId === null) {
		return {
			verdict: 'FAIL',
			reason: `no key is named that could encrypt replicas in ${destination.bucketName}`,
			observed: 'no ReplicaKmsKeyID',
		};
	}

	const observed = `ReplicaKmsKeyID ${replicaKmsKeyId}, destination in ${awsRegion ?? 'an unknown Region'}`;
	const keyRegion = /^arn:[\w-]+:kms:([a-z0-9-]+):/u.exec(replicaKmsKeyId)?.[1];
	if (keyRegion === undefined) {
		return {verdict: 'UNKNOWN', reason: `the key ${replicaKmsKeyId} names no Region`, observed};
	}

	if (awsRegion === undefined) {
		return {
			verdict: 'UNKNOWN',
			reason: `where ${destination.bucketName} is cannot be told: S3 says it of this account’s buckets only`,
			observed,
		};
	}

	return keyRegion === awsRegion
		? {verdict: 'PASS', reason: `replicas in ${destination.bucketName} are encrypted with a key in ${awsRegion}`, observed}
		: {
				verdict: 'FAIL',
				reason: `the key for replicas in ${destination.bucketName} is in ${keyRegion}, and the bucket in ${awsRegion}: none is written`,
				observed,
			};
};

const worstFirst = ['FAIL', 'UNKNOWN', 'PASS'] as const;

export const replicaKeyFits: Rule<Bucket> = {
	id: 's3-bucket-replication-key-fits',
	title: 'The key for replicas is in the destination’s Region',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'S3 can only encrypt with a key of the bucket’s own Region. With any other, replication fails for each object, and nobody is told but the object’s replication status.',
	remediation: remediation(
		'Name a key of the destination’s Region in the rule, or let S3 use the relative of the source’s multi-Region key there.',
		'replication-config-for-kms-objects.html',
	),
	note: 'S3 long treated multi-Region keys as independent ones, and still does unless a rule says UseSourceMultiRegionKey. Whether the key exists, is enabled and lets the role use it only KMS can tell. Of a bucket in another account the Region is not told.',
	reads: [operation, 'GetBucketEncryption'],
	evaluate: resource =>
		ofReplicating(resource, rules => {
			const withKms = rules.filter(({replicatesKmsObjects}) => replicatesKmsObjects);
			const fits = withKms.map(rule => keyFits(rule, resource.configuration));
			const worst = worstFirst.flatMap(verdict => fits.find(fit => fit.verdict === verdict) ?? [])[0];
			return worst === undefined
				? {verdict: 'NOT_APPLICABLE', reason: 'none of its rules takes objects along that KMS encrypts'}
				: {
						verdict: worst.verdict,
						reason: worst.reason,
						evidence: {expected: 'a key of the destination’s Region', observed: worst.observed, operation},
					};
		}),
};
