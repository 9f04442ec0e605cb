import {
	DescribeCustomKeyStoresCommand,
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	ListAliasesCommand,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	ListKeysCommand,
	ListResourceTagsCommand,
} from '@aws-sdk/client-kms';

export const commands = {
	ListKeys: ListKeysCommand,
	ListAliases: ListAliasesCommand,
	DescribeKey: DescribeKeyCommand,
	GetKeyRotationStatus: GetKeyRotationStatusCommand,
	GetKeyPolicy: GetKeyPolicyCommand,
	ListGrants: ListGrantsCommand,
	ListKeyRotations: ListKeyRotationsCommand,
	GetKeyLastUsage: GetKeyLastUsageCommand,
	ListResourceTags: ListResourceTagsCommand,
	DescribeCustomKeyStores: DescribeCustomKeyStoresCommand,
};
export type Commands = typeof commands;
