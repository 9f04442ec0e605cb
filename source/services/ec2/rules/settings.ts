import {type Answer, answer, type Resource, type Rule, type Severity} from '../../../model/index.js';
import {ebsGuide, ec2Guide, notSaid} from './common.js';

/** Neither AWS Config nor CloudFormation has one resource for all that an account sets for EC2 in a Region. */
export const settingsType = 'AWS::EC2::RegionSettings';

/** What the account sets for EBS and AMIs in one Region. Words are AWS's; members that are absent could not be read. */
export type RegionSettings = {
	/** Whether new volumes and copies of snapshots are encrypted unless told otherwise. */
	readonly encryptionByDefault?: boolean;
	/**
	 * The key that encrypts where none is named: the ARN of a customer managed key or of AWS's own, or `alias/aws/ebs` where
	 * AWS's own was never used yet.
	 */
	readonly defaultKmsKeyId?: string;
	/** `block-all-sharing`, `block-new-sharing`, `unblocked`. */
	readonly snapshotBlockPublicAccess?: string;
	/** `account` or `declarative-policy`: who decides on the above. */
	readonly snapshotBlockManagedBy?: string;
	/** `block-new-sharing` or `unblocked`. */
	readonly imageBlockPublicAccess?: string;
	readonly imageBlockManagedBy?: string;
	/** `enabled`, `audit-mode` or `disabled`: whether only AMIs of some providers can be used. */
	readonly allowedImages?: string;
	readonly allowedImagesManagedBy?: string;
	/** The providers that the criteria name: account ids, `amazon`, `aws-marketplace`, … */
	readonly allowedImageProviders?: readonly string[];
	/** Whether the account has a volume, a snapshot or an AMI in the Region. Absent where one of these could not be listed. */
	readonly inUse?: boolean;
};

type Settings = Resource<RegionSettings>;

/** What would be at stake is little where there is nothing: the setting matters once somebody begins to use the Region. */
const severityOf = ({configuration: {inUse}}: Settings, severity: Severity): Severity => (inUse === false ? 'LOW' : severity);

const emptiness = ({configuration: {inUse}}: Settings): string =>
	inUse === false ? ', though there is no volume, snapshot or AMI here yet' : '';

const managedBy = (by: string | undefined): string => (by === 'declarative-policy' ? ', by a declarative policy of the organization' : '');

export const encryptionDefault: Rule<RegionSettings> = {
	id: 'ec2-region-encryption-default',
	title: 'New EBS volumes are encrypted by default',
	severity: 'MEDIUM',
	published: {securityControlIds: ['EC2.7'], cis: ['v3.0 2.2.1', 'v5.0 5.1.1', 'v7.0 6.1.1'], prowler: ['ec2_ebs_default_encryption']},
	rationale:
		'A volume that somebody makes without thinking of encryption stays unencrypted for life, and so do its snapshots. The setting costs nothing and is made once for each Region.',
	remediation: {
		text: 'Turn on encryption by default. Volumes and snapshots that exist stay as they are.',
		cli: 'aws ec2 enable-ebs-encryption-by-default --region {region}',
		terraform: 'resource "aws_ebs_encryption_by_default" "this" {\n  enabled = true\n}',
		url: `${ebsGuide}/encryption-by-default.html`,
	},
	note: 'The setting is of each Region, and of no use to volumes that exist. Where a Region holds nothing it is LOW.',
	reads: ['GetEbsEncryptionByDefault'],
	evaluate(resource): Answer {
		const {encryptionByDefault: on, defaultKmsKeyId} = resource.configuration;
		if (on === undefined) {
			return notSaid('whether volumes are encrypted by default', 'GetEbsEncryptionByDefault');
		}

		const observed = `EbsEncryptionByDefault ${on}`;
		return on
			? answer(
					'PASS',
					`new volumes are encrypted${defaultKmsKeyId === undefined ? '' : `, with ${defaultKmsKeyId} unless told otherwise`}`,
					'GetEbsEncryptionByDefault',
					'EbsEncryptionByDefault true',
					observed,
				)
			: answer(
					'FAIL',
					`new volumes are not encrypted unless somebody asks for it${emptiness(resource)}`,
					'GetEbsEncryptionByDefault',
					'EbsEncryptionByDefault true',
					observed,
					severityOf(resource, 'MEDIUM'),
				);
	},
};

export const snapshotsBlocked: Rule<RegionSettings> = {
	id: 'ec2-region-snapshots-blocked',
	title: 'Public sharing of EBS snapshots is blocked',
	severity: 'HIGH',
	published: {securityControlIds: ['EC2.182'], cis: [], prowler: ['ec2_ebs_snapshot_account_block_public_access']},
	rationale:
		'A snapshot is a whole disk. One command, or one wrong click, makes it restorable by every AWS account; there are people who look for such snapshots all day.',
	remediation: {
		text: 'Block all public sharing: snapshots that are public already become private at once, and come back if the setting is taken back.',
		cli: 'aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region {region}',
		terraform: 'resource "aws_ebs_snapshot_block_public_access" "this" {\n  state = "block-all-sharing"\n}',
		url: `${ebsGuide}/block-public-access-snapshots.html`,
	},
	note: 'block-new-sharing is MEDIUM: what is public stays so. Sharing with accounts by their id is not blocked by either.',
	reads: ['GetSnapshotBlockPublicAccessState'],
	evaluate(resource) {
		const {snapshotBlockPublicAccess: state, snapshotBlockManagedBy} = resource.configuration;
		const operation = 'GetSnapshotBlockPublicAccessState';
		const expected = 'State block-all-sharing';
		switch (state) {
			case undefined:
				return notSaid('whether public sharing is blocked', operation);
			case 'block-all-sharing':
				return answer('PASS', `no snapshot can be public${managedBy(snapshotBlockManagedBy)}`, operation, expected, `State ${state}`);
			case 'block-new-sharing':
				return answer(
					'FAIL',
					`no further snapshot can be made public, but those that are public stay so${emptiness(resource)}`,
					operation,
					expected,
					`State ${state}`,
					severityOf(resource, 'MEDIUM'),
				);
			case 'unblocked':
				return answer(
					'FAIL',
					`any snapshot can be made public${emptiness(resource)}`,
					operation,
					expected,
					`State ${state}`,
					severityOf(resource, 'HIGH'),
				);
			default:
				return answer(
					'UNKNOWN',
					`its state is ${state}, which this version of Vedette does not know`,
					operation,
					expected,
					`State ${state}`,
				);
		}
	},
};

export const imagesBlocked: Rule<RegionSettings> = {
	id: 'ec2-region-images-blocked',
	title: 'Public sharing of AMIs is blocked',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['ec2_ami_account_block_public_access']},
	rationale: 'A public AMI hands out whatever was left on its disks: keys, histories, source code.',
	remediation: {
		text: 'Block public sharing of AMIs. Those that are public stay so until each is made private.',
		cli: 'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing --region {region}',
		terraform: 'resource "aws_ec2_image_block_public_access" "this" {\n  state = "block-new-sharing"\n}',
		url: `${ec2Guide}/block-public-access-to-amis.html`,
	},
	note: 'Older notes do not have it: accounts that had no public AMI have been blocked by AWS since October 2023. A change takes up to ten minutes to work.',
	reads: ['GetImageBlockPublicAccessState'],
	evaluate(resource) {
		const {imageBlockPublicAccess: state, imageBlockManagedBy} = resource.configuration;
		const operation = 'GetImageBlockPublicAccessState';
		const expected = 'ImageBlockPublicAccessState block-new-sharing';
		const observed = `ImageBlockPublicAccessState ${state}`;
		switch (state) {
			case undefined:
				return notSaid('whether public sharing is blocked', operation);
			case 'block-new-sharing':
				return answer('PASS', `no AMI can be made public${managedBy(imageBlockManagedBy)}`, operation, expected, observed);
			case 'unblocked':
				return answer(
					'FAIL',
					`any AMI can be made public${emptiness(resource)}`,
					operation,
					expected,
					observed,
					severityOf(resource, 'MEDIUM'),
				);
			default:
				return answer('UNKNOWN', `its state is ${state}, which this version of Vedette does not know`, operation, expected, observed);
		}
	},
};
