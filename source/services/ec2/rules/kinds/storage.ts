import type {Cell, Kind} from '../../../../model/index.js';
import {keyInWords} from '../common.js';
import {encryptionInWords, type Image, imageType, sharesOf} from '../image.js';
import {imageRules, settingsRules, snapshotRules, volumeRules} from '../index.js';
import {type RegionSettings, settingsType} from '../settings.js';
import {isHidden, type Snapshot, snapshotType} from '../snapshot.js';
import {type Volume, volumeType} from '../volume.js';

const at = (moment: string | undefined): Cell => (moment === undefined ? undefined : {at: moment});
const yesNo = (is: boolean | undefined): Cell => (is === undefined ? undefined : is ? 'yes' : 'no');
const some = (names: readonly string[] | undefined, otherwise: string): Cell =>
	names === undefined ? undefined : names.length === 0 ? otherwise : names.join(', ');
const gibibytes = (sizeGiB: number | undefined): Cell => (sizeGiB === undefined ? undefined : {bytes: sizeGiB * 1024 ** 3});
const key = (kmsKeyId: string | undefined, encrypted: boolean | undefined): Cell =>
	kmsKeyId === undefined ? (encrypted === false ? 'none' : undefined) : keyInWords(kmsKeyId);

export const settings: Kind<RegionSettings> = {
	resourceType: settingsType,
	title: 'Region settings',
	columns: [
		{
			title: 'Encryption',
			value: ({configuration: {encryptionByDefault: on}}) => (on === undefined ? undefined : on ? 'by default' : 'off'),
		},
		{title: 'Snapshots', value: ({configuration}) => configuration.snapshotBlockPublicAccess},
		{title: 'AMIs', value: ({configuration}) => configuration.imageBlockPublicAccess},
		{title: 'Allowed AMIs', value: ({configuration}) => configuration.allowedImages},
	],
	facts: [
		{title: 'Encryption by default', value: ({configuration}) => yesNo(configuration.encryptionByDefault)},
		{title: 'Default key', value: ({configuration}) => configuration.defaultKmsKeyId},
		{title: 'Public snapshots', value: ({configuration}) => configuration.snapshotBlockPublicAccess},
		{title: 'Public snapshots decided by', value: ({configuration}) => configuration.snapshotBlockManagedBy},
		{title: 'Public AMIs', value: ({configuration}) => configuration.imageBlockPublicAccess},
		{title: 'Public AMIs decided by', value: ({configuration}) => configuration.imageBlockManagedBy},
		{title: 'Allowed AMIs', value: ({configuration}) => configuration.allowedImages},
		{title: 'Allowed AMIs decided by', value: ({configuration}) => configuration.allowedImagesManagedBy},
		{title: 'AMIs allowed of', value: ({configuration}) => some(configuration.allowedImageProviders, 'nobody by name')},
		{title: 'Anything here', value: ({configuration}) => yesNo(configuration.inUse)},
	],
	rules: settingsRules,
	consolePath: ({awsRegion}) => `ec2/home?region=${awsRegion}#Settings:tab=dataProtection`,
};

const sharedInWords = (snapshot: Snapshot): Cell => {
	const {sharedWith} = snapshot;
	if (snapshot.public === true) {
		return isHidden(snapshot) ? 'public, but blocked' : 'public';
	}

	return sharedWith === undefined ? undefined : sharedWith.length > 1 ? `${sharedWith.length} accounts` : (sharedWith[0] ?? 'nobody');
};

export const snapshots: Kind<Snapshot> = {
	resourceType: snapshotType,
	title: 'Snapshots',
	columns: [
		{title: 'Shared with', value: ({configuration}) => sharedInWords(configuration)},
		{title: 'Key', value: ({configuration: {kmsKeyId, encrypted}}) => key(kmsKeyId, encrypted)},
		{title: 'Size', value: ({configuration}) => gibibytes(configuration.sizeGiB)},
		{title: 'Taken', value: ({configuration}) => at(configuration.startedAt)},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Public', value: ({configuration}) => yesNo(configuration.public)},
		{title: 'Block on public access', value: ({configuration}) => configuration.blockPublicAccess},
		{title: 'Shared with', value: ({configuration}) => some(configuration.sharedWith, 'nobody')},
		{title: 'Encrypted', value: ({configuration}) => yesNo(configuration.encrypted)},
		{title: 'Key', value: ({configuration}) => configuration.kmsKeyId},
		{title: 'Default key of the Region', value: ({configuration}) => configuration.defaultKmsKeyId},
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'Tier', value: ({configuration}) => configuration.storageTier},
		{title: 'Restored until', value: ({configuration}) => at(configuration.restoreExpiresAt)},
		{title: 'Taken', value: ({configuration}) => at(configuration.startedAt)},
		{title: 'Size', value: ({configuration}) => gibibytes(configuration.sizeGiB)},
		{title: 'Volume', value: ({configuration}) => configuration.volumeId},
		{
			title: 'Copied from',
			value: ({configuration: {copiedFrom}}) => copiedFrom && `${copiedFrom.snapshotId} in ${copiedFrom.awsRegion}`,
		},
		{title: 'AMIs', value: ({configuration}) => some(configuration.imageIds, 'none')},
		{title: 'Owner', value: ({configuration}) => configuration.ownerId},
	],
	rules: snapshotRules,
	expirations: ({configuration: {restoreExpiresAt}}) =>
		restoreExpiresAt === undefined ? [] : [{what: 'snapshot (restored from archive)', at: restoreExpiresAt}],
	consolePath: ({awsRegion, resourceId}) => `ec2/home?region=${awsRegion}#SnapshotDetails:snapshotId=${encodeURIComponent(resourceId)}`,
};

const launchableBy = ({public: isPublic, sharedWith}: Image): Cell => {
	if (isPublic === true) {
		return 'public';
	}

	const shares = sharedWith && sharesOf(sharedWith);
	return shares === undefined ? undefined : shares.length > 1 ? `${shares.length} shares` : (shares[0]?.split('/').at(-1) ?? 'nobody');
};

export const images: Kind<Image> = {
	resourceType: imageType,
	title: 'AMIs',
	columns: [
		{title: 'Shared with', value: ({configuration}) => launchableBy(configuration)},
		{title: 'Encrypted', value: ({configuration}) => encryptionInWords(configuration)},
		{title: 'Launched', value: ({configuration}) => at(configuration.lastLaunchedAt)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'Public', value: ({configuration}) => yesNo(configuration.public)},
		{title: 'Shared with accounts', value: ({configuration: {sharedWith}}) => some(sharedWith?.accounts, 'none')},
		{title: 'Shared with organizations', value: ({configuration: {sharedWith}}) => some(sharedWith?.organizations, 'none')},
		{title: 'Shared with organizational units', value: ({configuration: {sharedWith}}) => some(sharedWith?.organizationalUnits, 'none')},
		{title: 'Encrypted', value: ({configuration}) => encryptionInWords(configuration)},
		{
			title: 'Keys',
			value: ({configuration: {disks}}) => some(disks && [...new Set(disks.flatMap(({kmsKeyId}) => kmsKeyId ?? []))], 'none'),
		},
		{title: 'Default key of the Region', value: ({configuration}) => configuration.defaultKmsKeyId},
		{
			title: 'Snapshots',
			value: ({configuration: {disks}}) =>
				some(
					disks?.map(({snapshotId}) => snapshotId),
					'none',
				),
		},
		{
			title: 'Platform',
			value: ({configuration: {platform, architecture}}) => [platform, architecture].filter(Boolean).join(', ') || undefined,
		},
		{title: 'Root device', value: ({configuration}) => configuration.rootDeviceType},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Last launched', value: ({configuration}) => at(configuration.lastLaunchedAt)},
		{title: 'Deprecated', value: ({configuration}) => at(configuration.deprecatedAt)},
		{
			title: 'Copied from',
			value: ({configuration: {sourceImageId, sourceImageRegion}}) =>
				sourceImageId && `${sourceImageId}${sourceImageRegion === undefined ? '' : ` in ${sourceImageRegion}`}`,
		},
		{title: 'Made of instance', value: ({configuration}) => configuration.sourceInstanceId},
		{title: 'Deregistration protection', value: ({configuration}) => configuration.deregistrationProtection},
	],
	rules: imageRules,
	consolePath: ({awsRegion, resourceId}) => `ec2/home?region=${awsRegion}#ImageDetails:imageId=${encodeURIComponent(resourceId)}`,
};

export const volumes: Kind<Volume> = {
	resourceType: volumeType,
	title: 'Volumes',
	columns: [
		{title: 'Key', value: ({configuration: {kmsKeyId, encrypted}}) => key(kmsKeyId, encrypted)},
		{title: 'Attached to', value: ({configuration: {instanceIds}}) => some(instanceIds, 'nothing')},
		{title: 'Size', value: ({configuration}) => gibibytes(configuration.sizeGiB)},
		{title: 'Type', value: ({configuration}) => configuration.type},
	],
	facts: [
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'Encrypted', value: ({configuration}) => yesNo(configuration.encrypted)},
		{title: 'Key', value: ({configuration}) => configuration.kmsKeyId},
		{title: 'Attached to', value: ({configuration: {instanceIds}}) => some(instanceIds, 'nothing')},
		{title: 'Deleted with the instance', value: ({configuration}) => yesNo(configuration.deleteOnTermination)},
		{title: 'Size', value: ({configuration}) => gibibytes(configuration.sizeGiB)},
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Zone', value: ({configuration}) => configuration.availabilityZone},
		{title: 'Made of', value: ({configuration}) => configuration.snapshotId},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	rules: volumeRules,
	consolePath: ({awsRegion, resourceId}) => `ec2/home?region=${awsRegion}#VolumeDetails:volumeId=${encodeURIComponent(resourceId)}`,
};
