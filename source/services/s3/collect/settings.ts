import type {Encryption, PublicAccessBlock} from '../rules/bucket.js';
import type {BucketFacts, Told} from './commands.js';

// Answers in S3's shapes become the facts of `rules/bucket.ts`. A member that S3 always sends and that is not there makes
// the fact unread: false would be an answer that nobody gave.

/** A bucket has one rule of default encryption. */
export const toEncryption = (told: Told<'GetBucketEncryption'>, facts: BucketFacts): Encryption | undefined => {
	const [rule] = told.ServerSideEncryptionConfiguration?.Rules ?? [];
	const {SSEAlgorithm, KMSMasterKeyID} = rule?.ApplyServerSideEncryptionByDefault ?? {};
	if (SSEAlgorithm === undefined) {
		facts.missing('GetBucketEncryption', 'SSEAlgorithm');
		return undefined;
	}

	return {
		algorithm: SSEAlgorithm,
		kmsKeyId: KMSMasterKeyID ?? null,
		// "By default, S3 Bucket Key is not enabled", and nothing is blocked.
		bucketKeyEnabled: rule?.BucketKeyEnabled === true,
		blockedTypes: rule?.BlockedEncryptionTypes?.EncryptionType ?? [],
	};
};

export const toPublicAccessBlock = (told: Told<'GetPublicAccessBlock'>, facts: BucketFacts): PublicAccessBlock | undefined => {
	const {BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets} = told.PublicAccessBlockConfiguration ?? {};
	if (
		BlockPublicAcls === undefined ||
		IgnorePublicAcls === undefined ||
		BlockPublicPolicy === undefined ||
		RestrictPublicBuckets === undefined
	) {
		facts.missing('GetPublicAccessBlock', 'one of its four switches');
		return undefined;
	}

	return {
		blockPublicAcls: BlockPublicAcls,
		ignorePublicAcls: IgnorePublicAcls,
		blockPublicPolicy: BlockPublicPolicy,
		restrictPublicBuckets: RestrictPublicBuckets,
	};
};

export const toPolicyIsPublic = (told: Told<'GetBucketPolicyStatus'>, facts: BucketFacts): boolean | undefined => {
	const isPublic = told.PolicyStatus?.IsPublic;
	if (isPublic === undefined) {
		facts.missing('GetBucketPolicyStatus', 'IsPublic');
	}

	return isPublic;
};
