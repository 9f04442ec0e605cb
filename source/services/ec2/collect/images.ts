import type {Facts, Resource} from '../../../model/index.js';
import {type Image, type ImageDisk, imageType, type LaunchPermissions, sharesOf} from '../rules/image.js';
import type {Commands, Ec2, Output} from './commands.js';
import {type Listed, list, only, present, resourceOf, toTags} from './listing.js';
import type {SettingsRead} from './settings.js';
import {type Snapshots, sharedFreshForMs} from './snapshots.js';

type Entry = NonNullable<Output<'DescribeImages'>['Images']>[number];
type Permission = NonNullable<Output<'DescribeImageAttribute'>['LaunchPermissions']>[number];
export type Images = Listed<Entry>;

export const listImages = async (aws: Ec2): Promise<Images> =>
	list(
		aws,
		'DescribeImages',
		async facts => {
			// Disabled ones are left out unless asked for.
			const pages = await facts.attemptPages('DescribeImages', {Owners: ['self'], IncludeDisabled: true, MaxResults: 1000});
			return pages?.flatMap(({Images = []}) => Images);
		},
		({ImageId}) => ImageId,
		'ImageId',
	);

/** The AMIs that start from each snapshot, sorted. */
export const imagesBySnapshot = ({items, isWhole}: Images): ReadonlyMap<string, readonly string[]> | undefined => {
	if (items === undefined || !isWhole) {
		return undefined;
	}

	const found = new Map<string, string[]>();
	for (const {id, item} of items) {
		for (const {Ebs} of item.BlockDeviceMappings ?? []) {
			if (Ebs?.SnapshotId !== undefined) {
				found.set(Ebs.SnapshotId, [...(found.get(Ebs.SnapshotId) ?? []), id].sort());
			}
		}
	}

	return found;
};

const toDisks = (mappings: Entry['BlockDeviceMappings'], keys: ReadonlyMap<string, string | undefined>): readonly ImageDisk[] | undefined =>
	mappings?.flatMap(({DeviceName, Ebs}) =>
		Ebs?.SnapshotId === undefined
			? []
			: [
					{
						snapshotId: Ebs.SnapshotId,
						...present({
							deviceName: DeviceName,
							encrypted: Ebs.Encrypted,
							kmsKeyId: Ebs.KmsKeyId ?? keys.get(Ebs.SnapshotId),
							sizeGiB: Ebs.VolumeSize,
						}),
					},
				],
	);

const toPermissions = (permissions: readonly Permission[]): LaunchPermissions => ({
	accounts: [...new Set(permissions.flatMap(({UserId}) => UserId ?? []))].sort(),
	organizations: permissions.flatMap(({OrganizationArn}) => OrganizationArn ?? []).sort(),
	organizationalUnits: permissions.flatMap(({OrganizationalUnitArn}) => OrganizationalUnitArn ?? []).sort(),
});

const isKnown = ({UserId, OrganizationArn, OrganizationalUnitArn, Group}: Permission): boolean =>
	UserId !== undefined || OrganizationArn !== undefined || OrganizationalUnitArn !== undefined || Group === 'all';

const readShares = async (facts: Facts<Commands>, id: string): Promise<LaunchPermissions | null | undefined> => {
	const ask = async (options: {readonly freshForMs?: number} = {}) =>
		facts.attempt(
			'DescribeImageAttribute',
			{ImageId: id, Attribute: 'launchPermission'},
			// One that is unavailable is there, pending or disabled: https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html
			{...options, absent: ['InvalidAMIID.NotFound']},
		);
	const first = await ask();
	const answer = first?.LaunchPermissions?.length ? await ask({freshForMs: sharedFreshForMs}) : first;
	if (!answer) {
		return answer;
	}

	const permissions = answer.LaunchPermissions ?? [];
	if (!permissions.every(isKnown)) {
		facts.missing('DescribeImageAttribute', 'an account, organization or group that this version knows in a permission');
		return undefined;
	}

	return toPermissions(permissions);
};

export type ImageContext = {
	readonly settings: SettingsRead;
	readonly snapshots: Snapshots;
	/** The keys of the account's snapshots by their ids; undefined for those that have none. */
	readonly keys: ReadonlyMap<string, string | undefined>;
};

/** Undefined where it is gone since it was listed. */
export const imageResource = async (
	aws: Ec2,
	{id, item}: {readonly id: string; readonly item: Entry},
	{settings, snapshots, keys}: ImageContext,
): Promise<Resource<Image> | undefined> => {
	const facts = aws.facts();
	const sharedWith = await readShares(facts, id);
	if (sharedWith === null) {
		return undefined;
	}

	const disks = toDisks(item.BlockDeviceMappings, keys);
	const hasEncrypted = disks?.some(({encrypted}) => encrypted !== false) === true;
	const isShared = item.Public === true || (sharedWith !== undefined && sharesOf(sharedWith).length > 0);
	return resourceOf<Image>(aws, {
		// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html : without an account.
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}::image/${id}`,
		resourceType: imageType,
		resourceId: id,
		name: item.Name,
		tags: toTags(item.Tags),
		configuration: present({
			description: item.Description || undefined,
			state: item.State,
			createdAt: item.CreationDate,
			deprecatedAt: item.DeprecationTime,
			lastLaunchedAt: item.LastLaunchedTime,
			platform: item.PlatformDetails,
			architecture: item.Architecture,
			rootDeviceType: item.RootDeviceType,
			public: item.Public,
			sourceImageId: item.SourceImageId,
			sourceImageRegion: item.SourceImageRegion,
			sourceInstanceId: item.SourceInstanceId,
			deregistrationProtection: item.DeregistrationProtection,
			disks,
			sharedWith,
			defaultKmsKeyId: isShared && hasEncrypted ? settings.configuration.defaultKmsKeyId : undefined,
		}),
		unread: {
			...(hasEncrypted && snapshots.unread),
			...(isShared && hasEncrypted && only(settings.unread, 'GetEbsDefaultKmsKeyId')),
			...facts.unread,
		},
		readAt: facts.readAt,
	});
};
