import type {Topic} from '../model/index.js';
import {under} from './under.js';

/** KMS keys: kinds, cost, rotation, who may use them, and their copies in other Regions. */
export const keys: readonly Topic[] = [
	{
		id: 'key-management',
		title: 'AWS KMS (Key Management Service)',
		headings: under('AWS KMS (Key Management Service)', 'Overview', 'Features'),
		text: 'KMS keeps keys that never leave it in the clear and uses them for whoever its policies allow: for services such as EBS, S3, RDS and Parameter Store, and for applications by its API. CloudTrail records each use with its caller.',
		changed:
			'That CloudTrail records all use of keys is true by default only: a trail may leave KMS out, or all reads, and Decrypt is a read. When a key was last used KMS itself tells by now.',
		shownBy: {
			services: ['kms'],
			boards: ['atrest'],
			rules: [
				'cloudtrail-kms-use-recorded',
				'kms-key-usable',
				'kms-key-used',
				'kms-key-not-left-disabled',
				'kms-key-not-pending-deletion',
				'eventbridge-key-events-routed',
			],
		},
	},
	{
		id: 'key-types',
		title: 'Key types: symmetric and asymmetric keys',
		headings: under('KMS Key Types', 'Terminology', '1. Symmetric Keys', '2. Asymmetric Keys', 'Use Cases'),
		text: 'A symmetric key (AES-256) encrypts and decrypts, never leaves KMS, and is what services of AWS take. Of an asymmetric pair (RSA or elliptic curves) the public half can be handed out to those who cannot call KMS; the private half stays inside, to decrypt, to sign or to agree on a secret. Type, usage and origin of each key are columns and facts of the panel. Only symmetric encryption keys rotate by themselves.',
		changed:
			'There are more than the two by now: keys for HMACs, and pairs that quantum computers do not break, ML-DSA to sign and ML-KEM to encapsulate. “Customer master key” (CMK) is the old name of all of them; where people say CMK today, they mean a customer managed key.',
		shownBy: {services: ['kms'], rules: ['kms-key-usable', 'kms-key-rotation-enabled']},
	},
	{
		id: 'key-managers',
		title: 'Whose key: AWS owned, AWS managed, customer managed and imported keys, and their cost',
		headings: under('AWS KMS (Key Management Service) – Key Types and Costs', 'Types of KMS Keys'),
		text: 'AWS owned keys are free and invisible: SSE-S3, SSE-SQS and DynamoDB use them by default. AWS managed keys (aws/ebs, aws/rds) are free and visible, but their policy is fixed, so that nothing under them can be shared with another account. Customer managed keys cost $1 a month, whether their material was made by KMS, imported or kept in a key store of your own. The panel shows manager, origin and cost of each key, and which keys nobody uses.',
		changed:
			'The $1 is the beginning: the first and the second rotation add $1 a month each, and no further one does; each replica of a multi-Region key costs like a key. AWS makes no managed keys for new services since 2021: those use keys that AWS owns.',
		shownBy: {
			services: ['kms'],
			boards: ['atrest'],
			rules: [
				'kms-key-used',
				'kms-key-not-left-disabled',
				'kms-material-not-expiring',
				'secretsmanager-secret-customer-key',
				'dynamodb-table-kms-key',
			],
		},
	},
	{
		id: 'key-request-prices',
		title: 'KMS API pricing and throttling',
		headings: ['KMS API Pricing'],
		text: 'Requests to KMS cost $0.03 for 10,000, the first 20,000 of a month are free, and most of those with asymmetric keys cost more. Services ask on your behalf: a bucket under KMS without a Bucket Key asks for nearly each object. How many requests a key gets no API tells; Vedette shows where they can be spared, and counts those that it sends itself.',
		shownBy: {boards: ['atrest'], rules: ['s3-bucket-key-enabled'], services: ['kms']},
	},
	{
		id: 'key-rotation',
		title: 'Key rotation, of imported keys too',
		headings: ['Key Rotation'],
		text: 'AWS rotates its own managed keys every year. Your symmetric keys rotate by themselves once it is switched on, every 365 days or at an interval of your own (90 to 2,560 days), and on demand besides, at most 25 times; what was encrypted before stays readable. Asymmetric keys, HMAC keys and keys in custom key stores do not rotate: there it still takes a new key behind the same alias.',
		changed:
			'The notes say that imported keys can only be rotated by hand, by pointing an alias to a new key. Since 2025 new material can be imported into the same key, and rotated to on demand; of a multi-Region key it goes into each replica first.',
		shownBy: {
			rules: ['kms-key-rotation-enabled', 'kms-key-rotation-on-time', 'kms-material-rotated', 'kms-material-not-expiring'],
			boards: ['expiry'],
		},
	},
	{
		id: 'key-policies',
		title: 'Key policies, default and custom',
		headings: [...under('KMS Key Policies', 'Purpose', 'Default KMS Key Policy'), 'Custom KMS Key Policy', 'Key Takeaway'],
		text: 'Each key has a policy, and nobody gets at the key past it, the administrator of the account included. The default one names the account (its “root”), which means not the root user alone: IAM policies of the account may then grant access. A custom policy says who uses and who manages the key, and is what lets another account in; without the account in it the key can become unmanageable. Grants give access too and do not show in the policy: Vedette reads both.',
		changed:
			'The notes say that access is managed exclusively by key policies. So it is only where the statement for the account is missing: under the default policy IAM policies grant access as well. A detail of each key says whether they do.',
		shownBy: {
			rules: ['kms-policy-accounts-trusted', 'kms-policy-not-public', 'kms-policy-manageable', 'kms-grants-accounts-trusted'],
			boards: ['sharing'],
		},
	},
	{
		id: 'multi-region-keys',
		title: 'Multi-Region keys: primary and replica keys',
		headings: [
			...under('KMS Multi-Region Keys', 'Overview', 'Primary and Replica Keys', 'ARN Example', 'Use Case'),
			...under('KMS Multi-Region Keys – Key Features and Use Cases', 'Key Features', 'Use Cases'),
		],
		text: 'A primary key and its replicas share key id (mrk-…), material and rotation, so that what one Region encrypted another decrypts by itself; their ARNs differ in the Region. They are keys of their own all the same: policy, grants, aliases, tags and whether they are enabled are set in each Region, and can drift apart. Rotation is set on the primary. They are made for encryption by the client, global tables and global databases included; most services treat them like any other key of their Region.',
		shownBy: {
			boards: ['multiregion'],
			rules: ['kms-replicas-consistent', 'kms-key-rotation-enabled', 'kms-key-not-pending-deletion'],
		},
	},
];
