import type {
	Address,
	BlockDeviceMapping,
	GetAllowedImagesSettingsResult,
	Image,
	LaunchPermission,
	ManagedBy,
	ManagedPrefixList,
	NetworkAcl,
	NetworkInterface,
	SecurityGroup,
	Snapshot,
	SnapshotBlockPublicAccessState,
	Volume,
} from '@aws-sdk/client-ec2';
import type {DenialReason} from '../endpoint/aws-error.js';
import {random} from '../endpoint/random.js';
import type {Place} from '../scenarios/scenario.js';

/** A snapshot, and who else may restore it. */
export type Ec2Snapshot = {
	readonly shown: Snapshot & {readonly SnapshotId: string};
	isPublic: boolean;
	/** Account ids. */
	sharedWith: readonly string[];
	/** Why its permissions may not be read, where they may not. */
	readonly refused?: DenialReason;
};

/** An AMI, and who else may launch it. `Public` follows from that. */
export type Ec2Image = {
	readonly shown: Image & {readonly ImageId: string};
	isPublic: boolean;
	sharedWith: readonly LaunchPermission[];
	readonly refused?: DenialReason;
};

export type Ec2PrefixList = {
	readonly shown: ManagedPrefixList & {readonly PrefixListId: string};
	readonly cidrs: readonly string[];
	readonly refused?: DenialReason;
};

export type Ec2State = {
	encryptionByDefault: boolean;
	defaultKmsKeyId: string;
	snapshotAccess: SnapshotBlockPublicAccessState;
	imageAccess: 'block-new-sharing' | 'unblocked';
	/** Who decides on both. */
	readonly managedBy: ManagedBy;
	readonly allowedImages: GetAllowedImagesSettingsResult;
	snapshots: Ec2Snapshot[];
	images: Ec2Image[];
	volumes: readonly Volume[];
	groups: SecurityGroup[];
	acls: readonly NetworkAcl[];
	addresses: readonly Address[];
	interfaces: readonly NetworkInterface[];
	prefixLists: readonly Ec2PrefixList[];
	/** Operations that are refused here, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

/** A Region that nobody uses and that somebody set up well: nothing is there, and what comes is encrypted and stays private. */
export const quietEc2 = (): Ec2State => ({
	encryptionByDefault: true,
	defaultKmsKeyId: 'alias/aws/ebs',
	snapshotAccess: 'block-all-sharing',
	imageAccess: 'block-new-sharing',
	managedBy: 'account',
	allowedImages: {State: 'disabled', ImageCriteria: [], ManagedBy: 'account'},
	snapshots: [],
	images: [],
	volumes: [],
	groups: [],
	acls: [],
	addresses: [],
	interfaces: [],
	prefixLists: [],
	refused: {},
});

export const nameTag = (name: string) => [{Key: 'Name', Value: name}];

/** `snap-0…` and the like, by what it is called: one name gives one id, whoever asks. */
export const idOf = (place: Place, prefix: string, name: string): string => {
	// Not by `place.random`: of a place that was moved to another Region, that would be the id in the first one.
	const {hex} = random(`${place.scenario}/${place.accountId}/${place.awsRegion}/ec2/${prefix}/${name}`);
	return `${prefix}-0${hex(16)}`;
};
export const snapshotId = (place: Place, name: string): string => idOf(place, 'snap', name);
export const volumeId = (place: Place, name: string): string => idOf(place, 'vol', name);
export const imageId = (place: Place, name: string): string => idOf(place, 'ami', name);

/** Encrypted under a key, or not at all. */
const encryption = (key: string | undefined) => (key === undefined ? {Encrypted: false} : {Encrypted: true, KmsKeyId: key});

type SnapshotFacts = {
	/** The ARN of its key; not encrypted without. */
	readonly key?: string;
	readonly ageDays?: number;
	readonly sizeGiB?: number;
	readonly sharedWith?: readonly string[];
	readonly isPublic?: true;
	readonly refused?: DenialReason;
	readonly shown?: Omit<Snapshot, 'SnapshotId'>;
};

/** A finished snapshot of a volume of the same name, 20 days old and of 100 GiB; `facts` say what differs. */
export const snapshot = (place: Place, name: string, facts: SnapshotFacts = {}): Ec2Snapshot => ({
	shown: {
		SnapshotId: snapshotId(place, name),
		VolumeId: volumeId(place, name),
		State: 'completed',
		Progress: '100%',
		StartTime: place.daysAgo(facts.ageDays ?? 20),
		VolumeSize: facts.sizeGiB ?? 100,
		OwnerId: place.accountId,
		Description: '',
		StorageTier: 'standard',
		...encryption(facts.key),
		Tags: nameTag(name),
		...facts.shown,
	},
	isPublic: facts.isPublic ?? false,
	sharedWith: facts.sharedWith ?? [],
	...(facts.refused !== undefined && {refused: facts.refused}),
});

/** The description that CopySnapshot gives a copy, which has a volume id of its own kind. */
export const copyOf = (sourceId: string, awsRegion: string): Omit<Snapshot, 'SnapshotId'> => ({
	Description: `[Copied ${sourceId} from ${awsRegion}]`,
	VolumeId: 'vol-ffffffff',
});

type ImageFacts = {
	/** The snapshots that it starts from, the root's first. */
	readonly of: readonly Ec2Snapshot[];
	readonly ageDays?: number;
	readonly launchedDays?: number;
	readonly sharedWith?: readonly LaunchPermission[];
	readonly isPublic?: true;
	readonly refused?: DenialReason;
	readonly shown?: Omit<Image, 'ImageId'>;
};

/** An AMI of Amazon Linux's kind, 15 days old and launched two days ago; `facts` say what differs. */
export const image = (place: Place, name: string, facts: ImageFacts): Ec2Image => ({
	shown: {
		ImageId: imageId(place, name),
		Name: name,
		State: 'available',
		OwnerId: place.accountId,
		CreationDate: place.daysAgo(facts.ageDays ?? 15).toISOString(),
		LastLaunchedTime: place.daysAgo(facts.launchedDays ?? 2).toISOString(),
		Architecture: 'arm64',
		PlatformDetails: 'Linux/UNIX',
		RootDeviceType: 'ebs',
		RootDeviceName: '/dev/xvda',
		ImageType: 'machine',
		DeregistrationProtection: 'disabled',
		// DescribeImages tells whether a disk is encrypted, and not with what.
		BlockDeviceMappings: facts.of.map(
			({shown}, index): BlockDeviceMapping => ({
				DeviceName: index === 0 ? '/dev/xvda' : `/dev/sd${'bcdefgh'.charAt(index - 1)}`,
				Ebs: {
					DeleteOnTermination: true,
					SnapshotId: shown.SnapshotId,
					VolumeSize: shown.VolumeSize,
					VolumeType: 'gp3',
					Encrypted: shown.Encrypted,
				},
			}),
		),
		Tags: [],
		...facts.shown,
	},
	isPublic: facts.isPublic ?? false,
	sharedWith: facts.sharedWith ?? [],
	...(facts.refused !== undefined && {refused: facts.refused}),
});

type VolumeFacts = {readonly key?: string; readonly instanceId?: string; readonly ageDays?: number; readonly sizeGiB?: number};

export const volume = (place: Place, name: string, {key, instanceId, ageDays = 90, sizeGiB = 100}: VolumeFacts = {}): Volume => ({
	VolumeId: volumeId(place, name),
	State: instanceId === undefined ? 'available' : 'in-use',
	CreateTime: place.daysAgo(ageDays),
	Size: sizeGiB,
	VolumeType: 'gp3',
	AvailabilityZone: `${place.awsRegion}a`,
	...encryption(key),
	SnapshotId: '',
	Attachments:
		instanceId === undefined
			? []
			: [
					{
						InstanceId: instanceId,
						VolumeId: volumeId(place, name),
						Device: '/dev/xvda',
						State: 'attached',
						DeleteOnTermination: true,
						AttachTime: place.daysAgo(ageDays),
					},
				],
	Tags: nameTag(name),
});
