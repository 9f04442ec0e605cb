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
} from '@aws-sdk/client-kms';
import {GetResourcesCommand} from '@aws-sdk/client-resource-groups-tagging-api';

export const commands = {
	ListKeys: ListKeysCommand,
	ListAliases: ListAliasesCommand,
	DescribeKey: DescribeKeyCommand,
	GetKeyRotationStatus: GetKeyRotationStatusCommand,
	GetKeyPolicy: GetKeyPolicyCommand,
	ListGrants: ListGrantsCommand,
	ListKeyRotations: ListKeyRotationsCommand,
	GetKeyLastUsage: GetKeyLastUsageCommand,
	GetResources: GetResourcesCommand,
	DescribeCustomKeyStores: DescribeCustomKeyStoresCommand,
};
export type Commands = typeof commands;
