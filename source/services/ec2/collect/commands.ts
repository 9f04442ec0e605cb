import {
	DescribeAddressesCommand,
	DescribeImageAttributeCommand,
	DescribeImagesCommand,
	DescribeManagedPrefixListsCommand,
	DescribeNetworkAclsCommand,
	DescribeNetworkInterfacesCommand,
	DescribeSecurityGroupsCommand,
	DescribeSnapshotAttributeCommand,
	DescribeSnapshotsCommand,
	DescribeVolumesCommand,
	GetAllowedImagesSettingsCommand,
	GetEbsDefaultKmsKeyIdCommand,
	GetEbsEncryptionByDefaultCommand,
	GetImageBlockPublicAccessStateCommand,
	GetManagedPrefixListEntriesCommand,
	GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import type {Aws, CommandOutput} from '../../../model/index.js';

export const commands = {
	DescribeAddresses: DescribeAddressesCommand,
	DescribeImageAttribute: DescribeImageAttributeCommand,
	DescribeImages: DescribeImagesCommand,
	DescribeManagedPrefixLists: DescribeManagedPrefixListsCommand,
	DescribeNetworkAcls: DescribeNetworkAclsCommand,
	DescribeNetworkInterfaces: DescribeNetworkInterfacesCommand,
	DescribeSecurityGroups: DescribeSecurityGroupsCommand,
	DescribeSnapshotAttribute: DescribeSnapshotAttributeCommand,
	DescribeSnapshots: DescribeSnapshotsCommand,
	DescribeVolumes: DescribeVolumesCommand,
	GetAllowedImagesSettings: GetAllowedImagesSettingsCommand,
	GetEbsDefaultKmsKeyId: GetEbsDefaultKmsKeyIdCommand,
	GetEbsEncryptionByDefault: GetEbsEncryptionByDefaultCommand,
	GetImageBlockPublicAccessState: GetImageBlockPublicAccessStateCommand,
	GetManagedPrefixListEntries: GetManagedPrefixListEntriesCommand,
	GetSnapshotBlockPublicAccessState: GetSnapshotBlockPublicAccessStateCommand,
};
export type Commands = typeof commands;
export type Ec2 = Aws<Commands>;
export type Output<K extends keyof Commands> = CommandOutput<Commands[K]>;
