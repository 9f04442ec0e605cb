export const imageType = 'AWS::EC2::Image';

/** One EBS disk of an AMI. */
export type ImageDisk = {
	/** `/dev/xvda`. */
	readonly deviceName?: string;
	readonly snapshotId: string;
	readonly encrypted?: boolean;
	/** The ARN of its snapshot's key. Absent where not encrypted, or where the account's snapshots could not be listed. */
	readonly kmsKeyId?: string;
	/** In GiB. */
	readonly sizeGiB?: number;
};

/** With whom an AMI is shared, each list sorted, and empty where there is nobody. */
export type LaunchPermissions = {
	/** Account ids. */
	readonly accounts: readonly string[];
	/** ARNs, such as `arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5`. */
	readonly organizations: readonly string[];
	/** ARNs, such as `arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-a1b2-34567890`. */
	readonly organizationalUnits: readonly string[];
};

/** An AMI that the account owns. Words are AWS's, times ISO 8601. Facts that could not be read are absent. */
export type Image = {
	readonly description?: string;
	/** `available`, `disabled`, `pending`, `failed`, … */
	readonly state?: string;
	readonly createdAt?: string;
	readonly deprecatedAt?: string;
	/** To the day or so: absent where it was never launched, or not since 2017. */
	readonly lastLaunchedAt?: string;
	/** `Linux/UNIX`, `Windows`, … */
	readonly platform?: string;
	readonly architecture?: string;
	/** `ebs` or `instance-store`: the latter has no snapshots. */
	readonly rootDeviceType?: string;
	/** Whether every AWS account can launch it. */
	readonly public?: boolean;
	/** Of a copy: what it was copied from, and where. */
	readonly sourceImageId?: string;
	readonly sourceImageRegion?: string;
	/** The instance it was made of. */
	readonly sourceInstanceId?: string;
	readonly deregistrationProtection?: string;
	/** Those on EBS, in the order of their devices. */
	readonly disks?: readonly ImageDisk[];
	/** Absent where DescribeImageAttribute was refused or waits for its turn. */
	readonly sharedWith?: LaunchPermissions;
	/** Of one that is shared and has an encrypted disk: the key that the Region encrypts with by default. */
	readonly defaultKmsKeyId?: string;
};

/** All accounts, organizations and organizational units that it is shared with, as written. */
export const sharesOf = ({accounts, organizations, organizationalUnits}: LaunchPermissions): readonly string[] => [
	...accounts,
	...organizations,
	...organizationalUnits,
];

/** `yes`, `no`, `1 of 2 disks`; undefined where an AMI has no disk on EBS, or where AWS did not say. */
export const encryptionInWords = ({disks = []}: Image): string | undefined => {
	const encrypted = disks.filter(disk => disk.encrypted === true).length;
	if (disks.length === 0 || disks.some(disk => disk.encrypted === undefined)) {
		return undefined;
	}

	return encrypted === disks.length ? 'yes' : encrypted === 0 ? 'no' : `${encrypted} of ${disks.length} disks`;
};
