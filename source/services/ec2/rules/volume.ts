import {answer, type Rule} from '../../../model/index.js';
import {ebsGuide, notSaid} from './common.js';

/** AWS Config's name. */
export const volumeType = 'AWS::EC2::Volume';

/** An EBS volume. Words are AWS's, times ISO 8601. */
export type Volume = {
	/** `in-use`, `available` (attached to nothing), `creating`, `deleting`, `error`. */
	readonly state?: string;
	readonly createdAt?: string;
	/** In GiB. */
	readonly sizeGiB?: number;
	/** `gp3`, `io2`, … */
	readonly type?: string;
	readonly availabilityZone?: string;
	readonly encrypted?: boolean;
	/** The ARN of its key; absent where it is not encrypted. Whether AWS manages the key only KMS tells. */
	readonly kmsKeyId?: string;
	/** Absent where it was made empty. */
	readonly snapshotId?: string;
	/** The instances that it is attached to, sorted. */
	readonly instanceIds: readonly string[];
	/** True where it goes with its instance. Absent where it is attached to none. */
	readonly deleteOnTermination?: boolean;
};

export const volumeEncrypted: Rule<Volume> = {
	id: 'ec2-volume-encrypted',
	title: 'An EBS volume is encrypted',
	severity: 'MEDIUM',
	published: {securityControlIds: ['EC2.3'], cis: ['v3.0 2.2.1', 'v5.0 5.1.1'], prowler: ['ec2_ebs_volume_encryption']},
	rationale:
		'Encryption keeps the data from whoever gets at the disk without the key, and every snapshot of an unencrypted volume is unencrypted too.',
	remediation: {
		text: 'A volume cannot be encrypted where it is: snapshot it, copy the snapshot with encryption, make a volume of the copy and swap them. Turn on encryption by default for what comes.',
		cli: 'aws ec2 create-snapshot --volume-id {id} --description "To be copied with encryption" --region {region}',
		terraform:
			'resource "aws_ebs_volume" "this" {\n  availability_zone = "{region}a"\n  snapshot_id       = aws_ebs_snapshot_copy.encrypted.id\n  encrypted         = true\n  kms_key_id        = aws_kms_key.this.arn\n}',
		url: `${ebsGuide}/ebs-encryption.html`,
	},
	note: 'Security Hub asks this of attached volumes only; one that lies about is as readable.',
	reads: [],
	evaluate({configuration: {encrypted, kmsKeyId, instanceIds}}) {
		if (encrypted === undefined) {
			return notSaid('whether it is encrypted', 'DescribeVolumes');
		}

		const observed = `Encrypted ${encrypted}`;
		const where = instanceIds.length === 0 ? 'attached to nothing' : `attached to ${instanceIds.join(', ')}`;
		return encrypted
			? answer('PASS', `encrypted${kmsKeyId === undefined ? '' : ` with ${kmsKeyId}`}`, 'DescribeVolumes', 'Encrypted true', observed)
			: answer('FAIL', `not encrypted, ${where}`, 'DescribeVolumes', 'Encrypted true', observed);
	},
};
