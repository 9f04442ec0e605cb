import {accountsInWords, answer, type Rule, unpublished} from '../../../model/index.js';
import {ebsGuide, notSaid, unreadInWords} from './common.js';
import {judgeKeys, strangersAmong} from './share.js';
import {isHidden, type Snapshot} from './snapshot.js';

const listing = 'DescribeSnapshots';
const attribute = 'DescribeSnapshotAttribute';

export const snapshotNotPublic: Rule<Snapshot> = {
	id: 'ec2-snapshot-not-public',
	title: 'An EBS snapshot is not public',
	severity: 'CRITICAL',
	published: {securityControlIds: ['EC2.1'], cis: [], prowler: ['ec2_ebs_public_snapshot']},
	rationale: 'Every AWS account can find a public snapshot, make a volume of it and read the whole disk, deleted files included.',
	remediation: {
		text: 'Make it private; then treat what was on the disk as read by others, and change the credentials on it. Block public access for snapshots keeps it from happening again.',
		cli: 'aws ec2 modify-snapshot-attribute --snapshot-id {id} --attribute createVolumePermission --operation-type remove --group-names all --region {region}',
		url: `${ebsGuide}/ebs-modifying-snapshot-permissions.html`,
	},
	note: 'One listing tells all public snapshots, however many there are; Prowler asks for each, and stops at a number that can be configured. Where the Region blocks all public sharing a snapshot that is marked public passes: nobody outside can see it.',
	reads: [listing],
	evaluate({configuration: snapshot, unread}) {
		const expected = 'not among the snapshots that all can restore';
		if (snapshot.public === undefined) {
			return notSaid('whether it is public', listing);
		}

		if (!snapshot.public) {
			return answer('PASS', 'not public', listing, expected, 'not restorable by all');
		}

		const observed = `restorable by all, block public access ${snapshot.blockPublicAccess ?? 'not read'}`;
		if (isHidden(snapshot)) {
			return answer('PASS', 'marked public, but the Region’s block on public access hides it from everyone', listing, expected, observed);
		}

		const operation = 'GetSnapshotBlockPublicAccessState';
		if (snapshot.blockPublicAccess === undefined) {
			return answer(
				'UNKNOWN',
				`marked public; whether the Region’s block on public access hides it ${unreadInWords(unread[operation], operation)}`,
				operation,
				expected,
				observed,
			);
		}

		return answer('FAIL', `public: every AWS account can restore its ${snapshot.sizeGiB ?? '?'} GiB`, listing, expected, observed);
	},
};

export const snapshotEncrypted: Rule<Snapshot> = {
	id: 'ec2-snapshot-encrypted',
	title: 'An EBS snapshot is encrypted',
	severity: 'MEDIUM',
	published: {...unpublished, prowler: ['ec2_ebs_snapshots_encrypted']},
	rationale:
		'Whoever may restore an unencrypted snapshot reads it; of an encrypted one they need its key too, which is a second and separately kept permission.',
	remediation: {
		text: 'Copy it with encryption, move what uses it to the copy, and delete the original. Later snapshots follow their volume: encrypt that too.',
		cli: 'aws ec2 copy-snapshot --source-region {region} --source-snapshot-id {id} --encrypted --kms-key-id KMS_KEY_ARN --region {region}',
		terraform:
			'resource "aws_ebs_snapshot_copy" "this" {\n  source_snapshot_id = "{id}"\n  source_region      = "{region}"\n  encrypted          = true\n  kms_key_id         = aws_kms_key.this.arn\n}',
		url: `${ebsGuide}/ebs-copy-snapshot.html`,
	},
	note: 'Keys stay in their Region: a copy into another Region is encrypted anew there, with a key of that Region or, if none is named, with its default key. Security Hub asks this of attached volumes only.',
	reads: [],
	evaluate({configuration: {encrypted, kmsKeyId}}) {
		if (encrypted === undefined) {
			return notSaid('whether it is encrypted', listing);
		}

		const observed = `Encrypted ${encrypted}`;
		return encrypted
			? answer('PASS', `encrypted${kmsKeyId === undefined ? '' : ` with ${kmsKeyId}`}`, listing, 'Encrypted true', observed)
			: answer('FAIL', 'not encrypted', listing, 'Encrypted true', observed);
	},
};

export const snapshotSharesTrusted: Rule<Snapshot> = {
	id: 'ec2-snapshot-shares-trusted',
	title: 'An EBS snapshot is shared with trusted accounts only',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Whoever a snapshot is shared with can copy it into their own account, where no change of mind reaches it. Accounts that are meant stand in the configuration as trusted.',
	remediation: {
		text: 'Take the account out of the snapshot’s permissions, or add it to trustedAccounts in the configuration if it belongs there. What was copied already stays with them; of an encrypted one the key’s policy decides whether they can still read it.',
		cli: 'aws ec2 modify-snapshot-attribute --snapshot-id {id} --attribute createVolumePermission --operation-type remove --user-ids ACCOUNT_ID --region {region}',
		url: `${ebsGuide}/ebs-modifying-snapshot-permissions.html`,
	},
	note: 'HIGH where it is not encrypted, since then no key stands in between. Security Hub and Prowler see public snapshots only, and none that is shared with an account by its id.',
	reads: [attribute],
	evaluate({configuration: {sharedWith, encrypted}}, context) {
		if (sharedWith === undefined) {
			return notSaid('with whom it is shared', attribute);
		}

		const expected = 'no account that is not trusted';
		const observed = sharedWith.join(', ') || 'no account';
		const strangers = strangersAmong(sharedWith, context);
		return strangers.length > 0
			? answer(
					'FAIL',
					`shared with ${accountsInWords(strangers)}${encrypted === false ? ', and not encrypted' : ''}`,
					attribute,
					expected,
					observed,
					encrypted === false ? 'HIGH' : 'MEDIUM',
				)
			: answer(
					'PASS',
					sharedWith.length === 0 ? 'shared with no other account' : `shared with trusted ${accountsInWords(sharedWith)} only`,
					attribute,
					expected,
					observed,
				);
	},
};

export const snapshotShareKey: Rule<Snapshot> = {
	id: 'ec2-snapshot-share-key',
	title: 'A shared encrypted EBS snapshot is not under aws/ebs, nor under the Region’s default key',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'To restore it the other account needs the key. AWS’s own key for EBS lets in no other account; a default key of yours that does lets it read every volume that was encrypted by default.',
	remediation: {
		text: 'Copy the snapshot under a customer managed key that is made for sharing, let the other account use that key (kms:DescribeKey, ReEncrypt*, CreateGrant, Decrypt), and share the copy. The other account then copies it under a key of its own.',
		cli: 'aws ec2 copy-snapshot --source-region {region} --source-snapshot-id {id} --encrypted --kms-key-id KMS_KEY_ARN --region {region}',
		url: `${ebsGuide}/share-kms-key.html`,
	},
	note: 'EC2 refuses to share what is under aws/ebs, so that this tells of what became so in other ways. EC2 names keys by id, by which AWS’s own cannot be told from yours: the key’s manager and its policy stand with the keys of KMS.',
	reads: [attribute, 'GetEbsDefaultKmsKeyId'],
	exempts: ({configuration: {encrypted}}) => (encrypted === false ? 'not encrypted, so whoever it is shared with needs no key' : undefined),
	evaluate({configuration: snapshot, unread}) {
		const {sharedWith, encrypted, kmsKeyId, defaultKmsKeyId} = snapshot;
		if (sharedWith === undefined) {
			return notSaid('with whom it is shared', attribute);
		}

		if (encrypted === undefined) {
			return notSaid('whether it is encrypted', listing);
		}

		return sharedWith.length === 0 && snapshot.public !== true
			? {verdict: 'NOT_APPLICABLE', reason: 'shared with nobody'}
			: judgeKeys([{kmsKeyId, defaultKmsKeyId}], listing, unread[listing]);
	},
};
