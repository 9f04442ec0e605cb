import {type RegionSettings, settingsType} from '../rules/settings.js';
import type {Ec2} from './commands.js';
import {present, resourceOf, type Unread} from './listing.js';

export type SettingsRead = {
	readonly configuration: RegionSettings;
	readonly unread: Unread;
	readonly readAt: Readonly<Record<string, string>>;
};

export const readSettings = async (aws: Ec2): Promise<SettingsRead> => {
	const facts = aws.facts();
	const [encryption, key, snapshots, images, allowed] = await Promise.all([
		facts.attempt('GetEbsEncryptionByDefault', {}),
		facts.attempt('GetEbsDefaultKmsKeyId', {}),
		facts.attempt('GetSnapshotBlockPublicAccessState', {}),
		facts.attempt('GetImageBlockPublicAccessState', {}),
		facts.attempt('GetAllowedImagesSettings', {}),
	]);
	const providers = allowed?.ImageCriteria?.flatMap(({ImageProviders}) => ImageProviders ?? []);
	return {
		configuration: present({
			encryptionByDefault: encryption?.EbsEncryptionByDefault,
			defaultKmsKeyId: key?.KmsKeyId,
			snapshotBlockPublicAccess: snapshots?.State,
			snapshotBlockManagedBy: snapshots?.ManagedBy,
			imageBlockPublicAccess: images?.ImageBlockPublicAccessState,
			imageBlockManagedBy: images?.ManagedBy,
			allowedImages: allowed?.State,
			allowedImagesManagedBy: allowed?.ManagedBy,
			allowedImageProviders: providers && [...new Set(providers)].sort(),
		}),
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

/** `inUse` is true where any of the listings has something, false where all have nothing, and absent otherwise. */
export const settingsResource = (
	aws: Ec2,
	{configuration, unread, readAt}: SettingsRead,
	listings: ReadonlyArray<{readonly items?: readonly unknown[]; readonly isWhole: boolean}>,
) => {
	const inUse = listings.some(({items = []}) => items.length > 0) ? true : listings.every(({isWhole}) => isWhole) ? false : undefined;
	return resourceOf<RegionSettings>(aws, {
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}:${aws.accountId}:region-settings/${aws.awsRegion}`,
		resourceType: settingsType,
		resourceId: aws.awsRegion,
		configuration: {...configuration, ...(inUse !== undefined && {inUse})},
		unread,
		readAt,
	});
};
