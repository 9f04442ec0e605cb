import {accountsInWords, answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {ec2Guide, notSaid} from './common.js';
import {encryptionInWords, type Image, sharesOf} from './image.js';
import {judgeKeys, organizationOf, strangersAmong} from './share.js';

const listing = 'DescribeImages';
const attribute = 'DescribeImageAttribute';

export const imageNotPublic: Rule<Image> = {
	id: 'ec2-image-not-public',
	title: 'An AMI is not public',
	severity: 'CRITICAL',
	published: {...unpublished, prowler: ['ec2_ami_public']},
	rationale: 'Every AWS account can find a public AMI, launch it and read all that was left on its disks: keys, histories, source code.',
	remediation: {
		text: 'Make it private; then treat what is on its disks as read by others, and change the credentials on them. Block public access for AMIs keeps it from happening again.',
		cli: 'aws ec2 modify-image-attribute --image-id {id} --launch-permission "Remove=[{Group=all}]" --region {region}',
		url: `${ec2Guide}/sharingamis-intro.html`,
	},
	note: 'Block public access for AMIs does not help here: it stops new sharing, and what is public stays so.',
	reads: [],
	evaluate({configuration: image}) {
		if (image.public === undefined) {
			return notSaid('whether it is public', listing);
		}

		const observed = `Public ${image.public}, State ${image.state ?? 'absent'}`;
		return image.public
			? answer('FAIL', 'public: every AWS account can launch it', listing, 'Public false', observed)
			: answer('PASS', 'not public', listing, 'Public false', observed);
	},
};

export const imageSharesTrusted: Rule<Image> = {
	id: 'ec2-image-shares-trusted',
	title: 'An AMI is shared with trusted accounts only',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Whoever may launch an AMI can read its disks, and can copy it where no change of mind reaches it. Accounts and organizations that are meant stand in the configuration as trusted.',
	remediation: {
		text: 'Take the account out of the AMI’s launch permissions, or add it (or the organization’s id) to trustedAccounts in the configuration if it belongs there.',
		cli: 'aws ec2 modify-image-attribute --image-id {id} --launch-permission "Remove=[{UserId=ACCOUNT_ID}]" --region {region}',
		url: `${ec2Guide}/sharingamis-explicit.html`,
	},
	note: 'HIGH where it is not encrypted, since then no key stands in between. Which accounts an organization has is not read here, so that a share with one that is not trusted is UNKNOWN.',
	reads: [attribute],
	evaluate({configuration: image}, context) {
		const {sharedWith, disks = []} = image;
		if (sharedWith === undefined) {
			return notSaid('with whom it is shared', attribute);
		}

		const shares = sharesOf(sharedWith);
		const expected = 'no account or organization that is not trusted';
		const observed = shares.join(', ') || 'nobody';
		const strangers = strangersAmong(sharedWith.accounts, context);
		if (strangers.length > 0) {
			const isOpen = disks.some(({encrypted}) => encrypted === false);
			const encryption = encryptionInWords(image);
			return answer(
				'FAIL',
				`shared with ${accountsInWords(strangers)}${isOpen ? `, and ${encryption === 'no' ? 'not encrypted' : 'not all of it encrypted'}` : ''}`,
				attribute,
				expected,
				observed,
				isOpen ? 'HIGH' : 'MEDIUM',
			);
		}

		const strange = [...new Set([...sharedWith.organizations, ...sharedWith.organizationalUnits].map(organizationOf))];
		const untrusted = strangersAmong(strange, context);
		if (untrusted.length > 0) {
			const unit = sharedWith.organizations.length === 0 ? 'an organizational unit' : 'every account';
			return answer(
				'UNKNOWN',
				`shared with ${unit} of organization ${listed(untrusted)}, and which accounts these are is not read`,
				attribute,
				expected,
				observed,
			);
		}

		return answer(
			'PASS',
			shares.length === 0 ? 'shared with nobody' : `shared with trusted ${listed([...sharedWith.accounts, ...strange])} only`,
			attribute,
			expected,
			observed,
		);
	},
};

export const imageShareKey: Rule<Image> = {
	id: 'ec2-image-share-key',
	title: 'The disks of a shared encrypted AMI are not under aws/ebs, nor under the Region’s default key',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'To launch it the other account needs the keys of its disks. AWS’s own key for EBS lets in no other account; a default key of yours that does lets it read every volume that was encrypted by default.',
	remediation: {
		text: 'Copy the AMI under a customer managed key that is made for sharing, let the other account use that key (kms:DescribeKey, ReEncrypt*, CreateGrant, Decrypt), and share the copy.',
		cli: 'aws ec2 copy-image --source-region {region} --source-image-id {id} --name NEW_NAME --encrypted --kms-key-id KMS_KEY_ARN --region {region}',
		url: `${ec2Guide}/sharingamis-explicit.html`,
	},
	note: 'Sharing an AMI shares no key: without the key’s policy a launch in the other account ends with a client error, and nothing here shows it but that policy, which stands with the keys of KMS. EC2 refuses to share what is under aws/ebs, so that this tells of what became so in other ways.',
	reads: [attribute, 'DescribeSnapshots', 'GetEbsDefaultKmsKeyId'],
	exempts({configuration: {disks}}) {
		return disks?.every(({encrypted}) => encrypted === false) === true
			? 'no disk is encrypted, so whoever it is shared with needs no key'
			: undefined;
	},
	evaluate({configuration: image, unread}) {
		const {sharedWith, disks, defaultKmsKeyId} = image;
		if (sharedWith === undefined) {
			return notSaid('with whom it is shared', attribute);
		}

		if (disks === undefined) {
			return notSaid('what disks it has', listing);
		}

		return sharesOf(sharedWith).length === 0 && image.public !== true
			? {verdict: 'NOT_APPLICABLE', reason: 'shared with nobody'}
			: judgeKeys(
					disks.flatMap(({encrypted, kmsKeyId}) => (encrypted === false ? [] : [{kmsKeyId, defaultKmsKeyId}])),
					'DescribeSnapshots',
					unread['DescribeSnapshots'],
				);
	},
};
