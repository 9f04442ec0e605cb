import type {Topic} from '../model/index.js';
import {under} from './under.js';

const ami = 'AMI Sharing Process – Encrypted via KMS';
const steps = `${ami} › Step-by-Step Process`;

/** Encrypted data that crosses a border: to another Region, or to another account. */
export const copies: readonly Topic[] = [
	{
		id: 'snapshot-copies-across-regions',
		title: 'Snapshot copies across Regions',
		headings: under('Copying Snapshots Across Regions (with KMS Encryption)', 'Scenario', 'Example Workflow', 'Key Points'),
		text: 'A key serves its own Region only, so that a copy of an encrypted snapshot into another Region is encrypted anew there, with a key of that Region, and so is each volume made from it. The replica of a multi-Region key is such a key as well: it has the same id, but another ARN, and EBS encrypts anew for it all the same. An unencrypted snapshot can be encrypted by copying it.',
		changed:
			'The notes say that a key of the target Region must be specified or created. None needs to be named: then the Region’s default key for EBS is used, and where that is aws/ebs the copy can never be shared.',
		shownBy: {
			boards: ['sharing'],
			rules: ['ec2-snapshot-encrypted', 'ec2-region-encryption-default'],
		},
	},
	{
		id: 'snapshot-sharing-across-accounts',
		title: 'Snapshot sharing across accounts',
		headings: [
			...under('Copying Snapshots Across AWS Accounts (with KMS Encryption)', 'Steps for Cross-Account Encrypted Snapshot Sharing'),
			'Key Notes',
		],
		text: 'The snapshot lies under a customer managed key, the key’s policy lets the other account in, the snapshot is shared with that account, which copies it under a key of its own and makes its volumes from the copy. Sharing the snapshot alone opens nothing, and letting the account into the key alone neither. Vedette holds each share against the policy and grants of its key.',
		changed:
			'The notes say that the snapshot must be encrypted anew before it can be used. It need not: volumes can be made from the shared one as long as the owner’s key is open. The copy is what makes the other account independent of a key that somebody else can disable. A Region can block public sharing by now, but not sharing with accounts by their id.',
		shownBy: {
			boards: ['sharing'],
			rules: [
				'ec2-snapshot-shares-trusted',
				'ec2-snapshot-share-key',
				'ec2-snapshot-not-public',
				'ec2-region-snapshots-blocked',
				'kms-policy-accounts-trusted',
			],
		},
	},
	{
		id: 'ami-sharing',
		title: 'AMI sharing in five steps',
		headings: [
			...under(ami, 'Step-by-Step Process'),
			`${steps} › 1. Create AMI in Source Account`,
			`${steps} › 2. Modify Image Attribute`,
			`${steps} › 3. Share KMS Key`,
			`${steps} › 4. Assign Required Permissions`,
			`${steps} › 5. Launch Instance in Target Account`,
			'Summary #2',
		],
		text: 'An AMI whose disks lie under a customer managed key gets a launch permission for the other account; the key’s policy lets that account in; there the role that launches may call kms:DescribeKey, ReEncrypt*, CreateGrant and Decrypt on the key; then it launches, under a key of its own if it wishes. Of these, all but the role’s IAM policy can be seen from the owner’s account: image, permission, key and key policy. A missing link shows as a launch that ends with a client error, elsewhere.',
		changed:
			'AMIs can be shared with organizations and organizational units too, and then the key’s policy must admit those, by aws:PrincipalOrgID. AWS has blocked public sharing since October 2023 for accounts that had no public AMI.',
		shownBy: {
			boards: ['sharing'],
			rules: [
				'ec2-image-shares-trusted',
				'ec2-image-share-key',
				'ec2-image-not-public',
				'ec2-region-images-blocked',
				'kms-policy-accounts-trusted',
				'kms-grants-accounts-trusted',
			],
		},
	},
	{
		id: 'global-table-encryption',
		title: 'DynamoDB global tables with client-side encryption',
		headings: under(
			'DynamoDB Global Tables and KMS Multi-Region Keys – Client-Side Encryption',
			'Overview',
			'Integration with KMS Multi-Region Keys',
			'Benefits',
			'Workflow Summary',
		),
		text: 'The application encrypts an attribute, such as a social security number, with a multi-Region key; the global table replicates it as it is; and in the other Region the application decrypts it there with the replica key, without a call across Regions. Whoever may read the table, but not use the key, sees ciphertext. DynamoDB does not know, and no API tells: Vedette shows whether a key is there in each Region of the table, not that it is used so. Encryption at rest is another matter, with one key in each Region.',
		changed:
			'The DynamoDB Encryption Client of the notes is called AWS Database Encryption SDK for DynamoDB today. Global tables of the version of 2017 are legacy.',
		shownBy: {
			boards: ['multiregion'],
			rules: [
				'kms-replicas-consistent',
				'dynamodb-table-replicas-active',
				'dynamodb-table-replicas-same-key-type',
				'dynamodb-table-global-version',
				'dynamodb-table-key-accessible',
			],
		},
	},
	{
		id: 'global-aurora-encryption',
		title: 'Global Aurora with client-side encryption',
		headings: under(
			'Global Aurora and KMS Multi-Region Keys – Client-Side Encryption',
			'Overview',
			'Integration with KMS Multi-Region Keys',
			'Benefits',
			'Example Workflow',
		),
		text: 'The application encrypts a column with the AWS Encryption SDK and a multi-Region key, the global database carries it to its other Regions, and there the replica key decrypts it close by. The administrators of the database cannot read it unless they may use the key. To Aurora such a column is data like any other: Vedette shows whether the Regions have the key, and how the database itself is encrypted at rest.',
		changed:
			'Since 18 February 2026 new clusters of Aurora are encrypted at rest in any case, with a key that AWS owns where no other is chosen.',
		shownBy: {
			boards: ['multiregion'],
			rules: [
				'kms-replicas-consistent',
				'rds-global-cluster-encrypted',
				'rds-global-cluster-kms-key',
				'rds-global-cluster-in-step',
				'rds-global-cluster-has-secondary',
			],
		},
	},
	{
		id: 's3-replication-defaults',
		title: 'S3 replication by default: SSE-S3 and SSE-C',
		headings: [...under('S3 Replication – Encryption Considerations', 'Default Replication Behavior'), 'Summary'],
		text: 'Objects under S3’s own keys replicate as they are, and so do those under keys that the customer provides (SSE-C), which S3 carries along without keeping the key. Only objects that KMS encrypts need more: their replication must be switched on, and two keys opened to the role.',
		changed:
			'Unencrypted objects are a matter of the past: S3 encrypts every new one since 5 January 2023. SSE-C is blocked by default since April 2026 in new buckets, and in the older ones of accounts that had no such object.',
		shownBy: {
			rules: [
				's3-bucket-replication-kms-objects',
				's3-bucket-replication-elsewhere',
				's3-bucket-replication-versioned',
				's3-bucket-replication-trusted-accounts',
				's3-bucket-customer-keys-blocked',
			],
			boards: ['multiregion'],
			services: ['s3'],
		},
	},
	{
		id: 's3-replication-kms',
		title: 'S3 replication of objects under KMS, multi-Region keys included',
		headings: ['SSE-KMS Encrypted Objects', 'Multi-Region Keys'],
		text: 'A replication rule must say that it takes such objects along, and under which key of the destination’s Region; the role needs kms:Decrypt on the source key and kms:Encrypt on the target key, and the target key’s policy must let it. Without the switch the objects stay behind, silently. Whether the role’s own policy allows both is not read: the rule, the keys and their policies are. Each object costs requests to KMS, which a Bucket Key spares; a higher quota comes after that.',
		changed:
			'By default S3 still treats multi-Region keys as unrelated ones, as the notes say. A replication rule can now ask to encrypt replicas with the related key in the destination’s Region (UseSourceMultiRegionKey).',
		shownBy: {
			rules: [
				's3-bucket-replication-kms-objects',
				's3-bucket-replication-key-fits',
				's3-bucket-key-enabled',
				'kms-policy-accounts-trusted',
			],
			boards: ['multiregion'],
		},
	},
];
